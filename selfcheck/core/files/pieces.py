"""A whole file looked through piece by piece, so that no large one ever lies in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

PIECE = 256 * 1024
OVERLAP = 64
"""Bytes of a piece that are looked at once more with the next one: what is looked for is never longer."""


def read_pieces(file: IO[bytes], overlap: int = OVERLAP) -> Iterator[bytes]:
    """The whole file, piece by piece, each with the end of the one before it."""
    file.seek(0)
    end = b""
    while piece := file.read(PIECE):
        yield end + piece
        end = (end + piece)[-overlap:]


def holds(file: IO[bytes], pattern: re.Pattern[bytes]) -> bool:
    """Whether it stands anywhere in the file."""
    return any(pattern.search(piece) for piece in read_pieces(file))
