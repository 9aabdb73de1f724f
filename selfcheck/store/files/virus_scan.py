"""Asks ClamAV whether a file holds a virus: the bytes go through its socket, clamd opens no file of ours."""

from __future__ import annotations

import socket
import time
from pathlib import Path

TIMEOUT = 60
"""Seconds that all of it may take."""
PIECE = 64 * 1024
LONGEST_ANSWER = 1000
CLEAN, FOUND = "stream: OK", " FOUND"


class VirusFound(Exception):
    """The scanner says that it knows what stands in there."""


class ScannerSilent(Exception):
    """The scanner cannot be reached, or does not say what it found."""


def scan(clamd: str, file: Path) -> None:
    """Returns where the clamd that listens at the socket `clamd` finds nothing in `file`.

    Raises `VirusFound`; `ScannerSilent` where it does not answer, for a file that nobody looked at is not taken.
    """
    try:
        answer = _ask(clamd, file)
    except OSError as error:
        raise ScannerSilent(str(error)) from error
    if answer.endswith(FOUND):
        raise VirusFound(answer)
    if answer != CLEAN:
        raise ScannerSilent(answer)


def _ask(clamd: str, file: Path) -> str:
    end = time.monotonic() + TIMEOUT
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, file.open("rb") as source:
        _wait(line, end)
        line.connect(clamd)
        line.sendall(b"zINSTREAM\0")
        while piece := source.read(PIECE):
            _wait(line, end)
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            _wait(line, end)
            if not (piece := line.recv(LONGEST_ANSWER)):
                break
            answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _wait(line: socket.socket, end: float) -> None:
    """What comes next may take as long as there is time left. Raises `TimeoutError` where there is none."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
