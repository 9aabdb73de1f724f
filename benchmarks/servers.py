"""Real servers as processes of their own, each with a data folder."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.load import BadAnswer, Line, get
from tests import towns

ROOT = Path(__file__).resolve().parents[1]
OURS = (sys.executable, "-m", "selfcheck.serve")
BARE = (sys.executable, "-m", "benchmarks.bare")
WORKERS, THREADS = 2, 16
LONGEST_START = 60
LONGEST_STOP = 10


@dataclass(frozen=True)
class Running:
    """A server that answers; `started_in` are the seconds until it first did."""

    port: int
    process: int
    started_in: float


@contextmanager
def serve(command: Sequence[str], data: Path, health: str) -> Iterator[Running]:
    """Starts `command` on a free port and ends it, with all its workers, at the end."""
    data.mkdir(parents=True, exist_ok=True)
    port = _find_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SELFCHECK_", "FLASK_"))}
    inherited.pop("DATABASE_URL", None)
    settings = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SELFCHECK_DATA": str(data),
        "SELFCHECK_QUESTIONNAIRES": str(towns.QUESTIONNAIRES),
        "SELFCHECK_WORKERS": str(WORKERS),
        "SELFCHECK_THREADS": str(THREADS),
        "SELFCHECK_THROTTLE": "0",
    }
    began = time.perf_counter()
    with (data / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=inherited | settings, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_until_it_answers(process, port, health, data)
            yield Running(port, process.pid, time.perf_counter() - began)
        finally:
            _end(process)


def find_workers(process: int) -> list[int]:
    """The processes that `process` has started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=True)
    return [int(number) for number in listed.stdout.split()]


def read_memory(process: int) -> float:
    """The megabytes that `process` holds."""
    return _read_status(process, "VmRSS:")


def read_highest_memory(process: int) -> float:
    """The most megabytes that `process` held at once since `start_highest_memory`."""
    return _read_status(process, "VmHWM:")


def start_highest_memory(process: int) -> None:
    """Forgets what it once held."""
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


def _read_status(process: int, name: str) -> float:
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise LookupError(process)


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, health: str, data: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        try:
            line = Line(port)
            answer = line.ask(get(health))
            line.close()
        except (OSError, BadAnswer):
            time.sleep(0.02)
            continue
        if answer.status == 200:
            return
    raise BadAnswer(f"the server does not answer:\n{(data / 'server.log').read_text(encoding='utf-8')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(LONGEST_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(LONGEST_STOP)


def _find_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
