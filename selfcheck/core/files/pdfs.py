"""PDFs: whether one is whole, can be opened by everybody, runs nothing and carries no other file.

Objects are looked at as they stand in the file, and unpacked where they are packed together in an object stream, as far
as that takes. Pages, pictures and fonts are never unpacked.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO

from selfcheck.core.files.kinds import Refused
from selfcheck.core.files.pieces import OVERLAP, PIECE, holds, read_pieces
from selfcheck.core.files.reasons import ACTIVE_PDF, ATTACHED, BROKEN, LOCKED, ODD_PDF, SWOLLEN

END, TAIL = b"%%EOF", 4096
MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes of all object streams together; those of a file of 25 MB are far less."""
MOST_STREAMS = 100_000
LONGEST_HEAD = 16 * 1024
"""Bytes of what a stream says of itself."""
PACKED_PIECE = 8 * 1024
BLANKS = b"\0\t\n\f\r "
STREAM = re.compile(rb">>[\s\0]{0,16}(?:%[^\r\n]{0,80}[\r\n][\s\0]{0,16})?stream")
PLAIN_FILTER = re.compile(rb"/Filter[\s\0]*(\[[\s\0]*/(FlateDecode|Fl)[\s\0]*\]|/(FlateDecode|Fl)(?![\w#]))")


def _spell(*names: str) -> str:
    """A pattern for names as a PDF may spell them: each letter as it is, or by its number."""
    spelt = ("".join(f"(?:{each}|#{ord(each):02x}|#{ord(each):02X})" for each in name) for name in names)
    return f"/(?:{'|'.join(spelt)})(?=[\\x00\\s()<>\\[\\]{{}}/%])"


ENCRYPTED = re.compile(rf"{_spell('Encrypt')}[\s\0]*(\d+\s+\d+\s+R\b|<<)".encode())
RUNNING = _spell("JavaScript", "Launch", "Rendition", "RichMedia", "XFA")
CARRYING = _spell("EmbeddedFile", "EmbeddedFiles", "FileAttachment")
UNWANTED = re.compile(rf"\(https?://[^\s\0()<>\[\]{{}}]*|(?P<running>{RUNNING})|(?P<carrying>{CARRYING})".encode())
"""The address of a link is passed over: names may be parts of it."""
SUSPECT = re.compile(f"/(?:{RUNNING[1:]}|{CARRYING[1:]})".encode())
"""The same without asking where it stands, thirty times as fast."""
REASONS = {"running": ACTIVE_PDF, "carrying": ATTACHED}
OBJECT_STREAM = re.compile(_spell("ObjStm", "First").encode())
"""A reader may do without the first of them, not without the second."""
FILTER = re.compile(_spell("Filter").encode())
PREDICTOR = re.compile(rf"{_spell('Predictor')}[\s\0]+(?!1[\s\0/>])".encode())


def check_pdf(file: IO[bytes], size: int) -> None:
    """Raises `Refused` with the reason for a PDF of `size` bytes that is not taken."""
    file.seek(max(0, size - TAIL))
    if END not in file.read(TAIL):
        raise Refused(BROKEN)
    if holds(file, ENCRYPTED):
        raise Refused(LOCKED)
    for piece in read_pieces(file):
        _refuse_active(piece)
    _check_packed(file)


def _refuse_active(objects: bytes) -> None:
    if not SUSPECT.search(objects):
        return
    for found in UNWANTED.finditer(objects):
        if found.lastgroup is not None:
            raise Refused(REASONS[found.lastgroup])


def _check_packed(file: IO[bytes]) -> None:
    """Looks into the object streams, all of them together no further than `MOST_UNPACKED`."""
    left = MOST_UNPACKED
    for place in _find_packed(file):
        end = b""
        for objects in _unpack(file, place):
            left -= len(objects)
            if left < 0:
                raise Refused(SWOLLEN)
            _refuse_active(end + objects)
            end = (end + objects)[-OVERLAP:]


def _find_packed(file: IO[bytes]) -> Iterator[int]:
    """Where the packed bytes of each object stream begin. Whoever is told may go on reading elsewhere."""
    seen, left = 0, MOST_STREAMS
    for piece in read_pieces(file, LONGEST_HEAD):
        end = file.tell()
        for mark in STREAM.finditer(piece):
            place = end - len(piece) + mark.end()
            if place <= seen:
                continue
            seen, left = place, left - 1
            if not left:
                raise Refused(ODD_PDF)
            if _is_packed(piece[max(0, mark.end() - LONGEST_HEAD) : mark.end()]):
                yield place
                file.seek(end)


def _is_packed(before: bytes) -> bool:
    """Whether what stands before a stream says that objects are packed in it. Raises `Refused` for what nobody packs
    so, and we could not look into.
    """
    head = before.rpartition(b"obj")[2]
    if len(head) == LONGEST_HEAD:
        raise Refused(ODD_PDF)
    if not (OBJECT_STREAM.search(head) and FILTER.search(head)):
        return False
    if len(FILTER.findall(head)) > 1 or not PLAIN_FILTER.search(head) or PREDICTOR.search(head):
        raise Refused(ODD_PDF)
    return True


def _unpack(file: IO[bytes], place: int) -> Iterator[bytes]:
    """The objects that are packed there, piece by piece. Raises `Refused` where they cannot be unpacked."""
    file.seek(place)
    packed, inflate = file.read(OVERLAP).lstrip(BLANKS), zlib.decompressobj()
    while packed and not inflate.eof:
        try:
            yield inflate.decompress(packed, PIECE)
        except zlib.error:
            raise Refused(BROKEN) from None
        packed = inflate.unconsumed_tail or file.read(PACKED_PIECE)
    yield b"\n"  # a name may be the last word
