"""A ZIP that is written while it is sent: nothing of it is ever held but the piece that is on its way.

Files are stored as they are, for most are packed already; so its length is known before it begins.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP64_LIMIT, ZIP_STORED, ZipFile, ZipInfo

AT_ONCE = 64 * 1024
READABLE = 0o100644 << 16
_AROUND_EACH, _AROUND_NAME, _END = 30 + 16 + 46, 2, 22
"""Bytes that a ZIP has beside its members: for each of them, for every letter of its name, and once."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a ZIP: its path in there, its length, and its bytes or where they lie."""

    path: str
    size: int
    source: bytes | Path

    def open(self) -> IO[bytes]:
        return io.BytesIO(self.source) if isinstance(self.source, bytes) else self.source.open("rb")


class Changed(OSError):
    """A file is not as long as it was when the ZIP began: half a ZIP is better than a wrong one."""


class _Outgoing:
    """What was written since somebody last took it; nobody can go back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing to be flushed: it goes where it is taken."""

    def close(self) -> None:
        """Whoever holds it takes what is left."""

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def pack(members: Iterable[Member], moment: datetime) -> Iterator[bytes]:
    """The ZIP, piece by piece; every member is dated with `moment`. Raises `OSError` where a file is gone meanwhile."""
    outgoing = _Outgoing()
    with ZipFile(outgoing, "w", ZIP_STORED) as packed:
        for member in members:
            info = ZipInfo(member.path, moment.timetuple()[:6])
            info.file_size, info.external_attr = member.size, READABLE
            with member.open() as source, packed.open(info, "w") as target:
                while piece := source.read(AT_ONCE):
                    target.write(piece)
                    yield outgoing.take()
            if info.file_size != member.size:
                raise Changed(member.path)
    yield outgoing.take()


def measure(members: Sequence[Member]) -> int | None:
    """How long the ZIP of these will be; None for one so long that it is built otherwise."""
    names = sum(len(member.path.encode()) for member in members)
    length = sum(member.size for member in members) + len(members) * _AROUND_EACH + names * _AROUND_NAME + _END
    return length if length < ZIP64_LIMIT else None
