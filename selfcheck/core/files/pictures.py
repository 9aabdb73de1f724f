"""Whether a picture is whole, by the lengths that it names itself; nothing of it is decoded."""

from __future__ import annotations

from typing import IO

MOST_PIECES = 100_000
"""Chunks or segments of one picture; no camera makes more."""
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
"""Marks of a JPEG after which no length stands."""
SCAN, END, FILL = 0xDA, 0xD9, 0xFF
PIECE = 256 * 1024


def check_jpeg(file: IO[bytes], size: int) -> bool:
    """Whether segments lead to the picture itself, and it ends."""
    place = 2
    for _ in range(MOST_PIECES):
        file.seek(place)
        mark = file.read(4)
        if len(mark) < 4 or mark[0] != FILL:
            return False
        if mark[1] == FILL:
            place += 1
        elif mark[1] in WITHOUT_LENGTH:
            place += 2
        else:
            length = int.from_bytes(mark[2:], "big")
            if length < 2 or place + 2 + length > size:
                return False
            if mark[1] == SCAN:
                return _ends(file, place + 2 + length)
            place += 2 + length
    return False


def _ends(file: IO[bytes], place: int) -> bool:
    file.seek(place)
    last = b""
    while piece := file.read(PIECE):
        if bytes((FILL, END)) in last + piece:
            return True
        last = piece[-1:]
    return False


def check_png(file: IO[bytes], size: int) -> bool:
    """Whether chunks lead from the head to the end, and there is a picture among them."""
    place, names = 8, set()
    for count in range(MOST_PIECES):
        file.seek(place)
        head = file.read(8)
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        place += 12 + length
        if len(head) < 8 or place > size or (count == 0) != (name == b"IHDR") or (not count and length != 13):
            return False
        names.add(name)
        if name == b"IEND":
            return b"IDAT" in names
    return False


def check_webp(file: IO[bytes], size: int) -> bool:
    """Whether it is as long as it says, and holds a picture of a kind that there is."""
    file.seek(4)
    length = int.from_bytes(file.read(4), "little")
    file.seek(12)
    return 12 <= length <= size - 8 and file.read(4) in (b"VP8 ", b"VP8L", b"VP8X")
