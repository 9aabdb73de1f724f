"""Faults in files that people write: where, what is wrong, what was expected. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault; `line` counts from 1, `message` is German and names what was expected."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Faults(Exception):
    """Everything that is wrong with some files, ordered by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def quote(text: str) -> str:
    """`text` for a message: on one line, at most 40 characters, in German quotation marks."""
    line = " ".join(text.split())
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return f"„{printable[:39]}…“" if len(printable) > 40 else f"„{printable}“"
