"""A program in a process of its own, and what that took: `python -m benchmarks.alone FILE COMMAND …`.

In between, so that the memory counted is that of the command and not that of whoever started it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

KILOBYTES = 1024


@dataclass(frozen=True)
class Taken:
    """Seconds of all processor cores together, and the most megabytes held at once."""

    seconds: float
    megabytes: float

    @classmethod
    def read(cls, file: Path) -> Taken:
        seconds, megabytes = file.read_text(encoding="ascii").split()
        return cls(float(seconds), float(megabytes))


def around(file: Path, command: tuple[str, ...]) -> tuple[str, ...]:
    """The command that runs `command` and leaves what it took in `file`."""
    return (sys.executable, "-m", "benchmarks.alone", str(file), *command)


def main(file: Path, command: list[str]) -> int:
    ended = subprocess.run(command, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    file.write_text(f"{used.ru_utime + used.ru_stime} {used.ru_maxrss / KILOBYTES}", encoding="ascii")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
