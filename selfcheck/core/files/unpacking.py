"""Archives that nobody trusts, opened within bounds: neither their list of members nor what a member unpacks to may
take more memory than it should, whatever they say of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

LONGEST_LIST = 1024 * 1024
"""Bytes of the list of members: some 5,000 with long names. The standard library reads all of it before it counts."""
PACKINGS = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""What documents of Office are packed with; others unpack as much at once as they like."""
PIECE = 64 * 1024


class Swollen(ValueError):
    """An archive that would take more memory than it may."""


class _Sips:
    """A file of which nobody takes more than `LONGEST_LIST` bytes at a time."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """As `IO.read`: without a size all that is left."""
        read = self._file.read(size if 0 <= size <= LONGEST_LIST else LONGEST_LIST + 1)
        if len(read) > LONGEST_LIST:
            raise Swollen
        return read


@contextmanager
def open_archive(file: IO[bytes]) -> Iterator[ZipFile]:
    """The archive in `file`. Raises `Swollen`, and whatever the standard library does for what is none."""
    with ZipFile(cast(IO[bytes], _Sips(file))) as archive:
        yield archive


def unpack(archive: ZipFile, member: ZipInfo, most: int) -> bytes:
    """What a member holds. Raises `Swollen` beyond `most` bytes, and where it is packed as no document is."""
    if member.compress_type not in PACKINGS:
        raise Swollen
    pieces, left = [], most
    with archive.open(member) as source:
        while piece := source.read(min(PIECE, left + 1)):
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                raise Swollen
    return b"".join(pieces)
