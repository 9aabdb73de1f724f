"""Asks ClamAV whether a file holds a virus: the bytes go through its socket, clamd opens no file of ours."""

from __future__ import annotations

import socket
import time
from pathlib import Path

PATIENCE = 60.0
"""Seconds from the first byte to the answer, however slowly it comes."""
PIECE = 64 * 1024
LONGEST_ANSWER = 1000
CLEAN, FOUND = "stream: OK", " FOUND"


class VirusFound(Exception):
    """The scanner says that it knows what stands in there."""


class ScannerSilent(Exception):
    """The scanner cannot be reached, or does not say what it found."""


def scan(clamd: str, file: Path, patience: float = PATIENCE) -> None:
    """Returns where the clamd that listens at the socket `clamd` finds nothing in `file`.

    Raises `VirusFound`; `ScannerSilent` where it does not answer within `patience` seconds, for a file that nobody
    looked at is not taken.
    """
    try:
        answer = _ask(clamd, file, time.monotonic() + patience)
    except OSError as error:
        raise ScannerSilent(str(error)) from error
    if answer.endswith(FOUND):
        raise VirusFound(answer)
    if answer != CLEAN:
        raise ScannerSilent(answer)


def _ask(clamd: str, file: Path, until: float) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, file.open("rb") as source:
        _wait(line, until)
        line.connect(clamd)
        line.sendall(b"zINSTREAM\0")
        while piece := source.read(PIECE):
            _wait(line, until)
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            _wait(line, until)
            piece = line.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _wait(line: socket.socket, until: float) -> None:
    """Lets the next step take what is left of the time: each of many may be quick, and all of them never end."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is over")
    line.settimeout(left)
