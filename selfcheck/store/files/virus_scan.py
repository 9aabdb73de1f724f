"""Asks ClamAV whether a file holds a virus: the bytes go through its socket, clamd opens no file of ours."""

from __future__ import annotations

import socket
from pathlib import Path

TIMEOUT = 60
PIECE = 64 * 1024
LONGEST_ANSWER = 1000
CLEAN, FOUND = "OK", "FOUND"


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
    if not answer.endswith(CLEAN):
        raise ScannerSilent(answer)


def _ask(clamd: str, file: Path) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line, file.open("rb") as source:
        line.settimeout(TIMEOUT)
        line.connect(clamd)
        line.sendall(b"zINSTREAM\0")
        while piece := source.read(PIECE):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER and (piece := line.recv(LONGEST_ANSWER)):
            answer += piece
    return answer.rstrip(b"\0").decode(errors="replace").strip()
