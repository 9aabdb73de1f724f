"""What a file is, decided by what stands in it: never opened further than that needs, never decoded, never run.

The caller lends a file that can be read at any place; nothing here knows where it lies.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from typing import IO

from selfcheck.core.files.archives import read_archive
from selfcheck.core.files.kinds import ENDINGS, LARGEST, FileKind, Refused
from selfcheck.core.files.names import name_file, read_name
from selfcheck.core.files.pdfs import check_pdf
from selfcheck.core.files.pictures import check_jpeg, check_png, check_webp
from selfcheck.core.files.pieces import PIECE, holds, read_pieces
from selfcheck.core.files.reasons import (
    BROKEN,
    EMPTY,
    HEIC,
    LOCKED,
    OLD_OFFICE,
    PAGE,
    TOO_LARGE,
    TWO_KINDS,
    UNKNOWN,
    say_broken_promise,
    say_other_kind,
)

HEAD = 1024
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PACKAGE = re.compile(re.escape("EncryptedPackage".encode("utf-16-le")))
ACTIVE = re.compile(rb"<(!doctype\s+html|html|head|body|script|svg|iframe|\?php)[\s>/]", re.IGNORECASE)
SCRIPTS = (b"#!", b"<?xml", b"<?php")
RICH_TEXT = b"{\\rtf"
BYTE_ORDER = b"\xef\xbb\xbf"
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is taken: what it is, and the name under which it is kept."""

    kind: FileKind
    name: str


def judge(file: IO[bytes], size: int, sent_name: str) -> Accepted:
    """What the file of `size` bytes is that came under `sent_name`. Raises `Refused` with the reason."""
    if not size:
        raise Refused(EMPTY)
    if size > LARGEST:
        raise Refused(TOO_LARGE)
    _, ending = read_name(sent_name)
    kind = _find_kind(file, size, ending)
    if ending in ENDINGS and ENDINGS[ending] is not kind:
        raise Refused(say_other_kind(ending, kind))
    return Accepted(kind, name_file(sent_name, kind))


def _find_kind(file: IO[bytes], size: int, ending: str) -> FileKind:
    """Raises `Refused` for what is none of ours, or broken."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(OLE):
        raise Refused(LOCKED if holds(file, ENCRYPTED_PACKAGE) else OLD_OFFICE)
    if head.startswith(b"PK"):
        return read_archive(file, size)
    kind = _find_paper(file, size, head)
    if kind is None:
        return _check_text(file, head, ending)
    if zipfile.is_zipfile(file) or ACTIVE.search(head):
        raise Refused(TWO_KINDS)
    return kind


def _find_paper(file: IO[bytes], size: int, head: bytes) -> FileKind | None:
    """A PDF or a picture; None for anything else."""
    if head.startswith(b"%PDF-"):
        check_pdf(file, size)
        return FileKind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        sound, kind = check_jpeg(file, size), FileKind.JPEG
    elif head.startswith(b"\x89PNG\r\n\x1a\n"):
        sound, kind = check_png(file, size), FileKind.PNG
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        sound, kind = check_webp(file, size), FileKind.WEBP
    else:
        return None
    if not sound:
        raise Refused(BROKEN)
    return kind


def _check_text(file: IO[bytes], head: bytes, ending: str) -> FileKind:
    """Plain text in UTF-8 or as Western Windows writes it; a table where its ending says so."""
    start = head.removeprefix(BYTE_ORDER).lstrip()
    if ACTIVE.match(start) or start.startswith(SCRIPTS):
        raise Refused(PAGE)
    if start.startswith(RICH_TEXT) or holds(file, NO_TEXT) or not _is_text(file):
        raise Refused(_explain_unknown(ending))
    if not any(piece.removeprefix(BYTE_ORDER).strip() for piece in read_pieces(file)):
        raise Refused(EMPTY)
    return FileKind.CSV if ending == "csv" else FileKind.TEXT


def _explain_unknown(ending: str) -> str:
    """A file that promises to be one of ours and is none is broken, or called what it is not."""
    if ending in ENDINGS:
        return say_broken_promise(ending, ENDINGS[ending])
    return HEIC if ending in ("heic", "heif") else UNKNOWN


def _is_text(file: IO[bytes]) -> bool:
    return any(_decodes(file, coding) for coding in ("utf-8", "cp1252"))


def _decodes(file: IO[bytes], coding: str) -> bool:
    decoder = codecs.getincrementaldecoder(coding)()
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
