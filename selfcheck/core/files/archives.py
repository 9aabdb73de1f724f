"""Files that are archives inside: which documents of Office and OpenDocument they are, and what none of ours may hold.

Only the list of members is read, and of the members the two or three small ones that say what the file is.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO

from selfcheck.core.files.kinds import FileKind, Refused
from selfcheck.core.files.reasons import ARCHIVE, BROKEN, LOCKED, MACROS, OTHER_OFFICE, SWOLLEN, TWO_KINDS
from selfcheck.core.files.unpacking import Swollen, open_archive, unpack

MOST_MEMBERS = 5_000
MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes of all members as they say of themselves."""
HARMLESS = 40 * 1024 * 1024
"""Bytes that may be packed as densely as they like."""
DENSEST = 100
"""So many times smaller may an archive be than its members; sheets of numbers reach half of it."""
MOST_READ = 1024 * 1024
"""Bytes of a member that are read."""
LOCKED_FLAG = 0x1
CONTENT_TYPES, MIMETYPE, MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
"""What reading an archive raises that is none, or damaged; `NotImplementedError` is a `RuntimeError`."""
OFFICE = {
    b"wordprocessingml.document.main+xml": FileKind.DOCX,
    b"spreadsheetml.sheet.main+xml": FileKind.XLSX,
    b"presentationml.presentation.main+xml": FileKind.PPTX,
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileKind.ODP,
}
ACTIVE_OFFICE = re.compile(rb"macroEnabled|vbaProject|ms-office\.active|intlMacrosheet|ms-excel\.macrosheet", re.I)
ACTIVE_MEMBERS = re.compile(r"(^|/)(vba\w*\.bin|activex/.*|macrosheets/.*)$", re.I)
SCRIPTS = re.compile(r"Basic/(?!(.*/)?(script|dialog)-l[bc]\.xml$).*|Scripts/.*", re.I)
"""What OpenDocument keeps macros in; the lists of its libraries are no macros."""


def read_archive(file: IO[bytes], size: int) -> FileKind:
    """What the archive is, of `size` bytes. Raises `Refused` for what is none of ours, or not to be trusted."""
    try:
        with open_archive(file) as archive:
            members = archive.infolist()
            _check_members(members, size)
            return _find_kind(archive, [member.filename for member in members])
    except Swollen:
        raise Refused(SWOLLEN) from None
    except UNREADABLE:
        raise Refused(BROKEN) from None


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    if not members:
        raise Refused(BROKEN)
    if any(member.flag_bits & LOCKED_FLAG for member in members):
        raise Refused(LOCKED)
    unpacked, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or (unpacked > HARMLESS and unpacked > DENSEST * size):
        raise Refused(SWOLLEN)
    if any(member.file_size > HARMLESS and member.file_size > DENSEST * member.compress_size for member in members):
        raise Refused(SWOLLEN)
    if min(member.header_offset for member in members):  # something stands before it
        raise Refused(TWO_KINDS)
    named = {member.filename.lower() for member in members}
    if packed > size or len(named) < len(members) or any(map(_leads_out, members)):
        raise Refused(BROKEN)


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Whether it would be unpacked anywhere else than below where it lies."""
    name = member.orig_filename
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")


def _find_kind(archive: zipfile.ZipFile, names: list[str]) -> FileKind:
    if CONTENT_TYPES in names:
        return _find_office(_read(archive, CONTENT_TYPES), names)
    if MIMETYPE in names:
        return _find_open_document(archive, names)
    raise Refused(ARCHIVE)


def _find_office(types: bytes, names: list[str]) -> FileKind:
    if ACTIVE_OFFICE.search(types) or any(map(ACTIVE_MEMBERS.search, names)):
        raise Refused(MACROS)
    found = [kind for mark, kind in OFFICE.items() if mark in types]
    if not found:
        raise Refused(OTHER_OFFICE)
    if len(found) > 1:
        raise Refused(BROKEN)
    return found[0]


def _find_open_document(archive: zipfile.ZipFile, names: list[str]) -> FileKind:
    kind = OPEN_DOCUMENT.get(_read(archive, MIMETYPE).strip())
    if kind is None:
        raise Refused(OTHER_OFFICE)
    if any(name.lower() == "encrypted-package" for name in names):
        raise Refused(LOCKED)
    if MANIFEST not in names:
        raise Refused(BROKEN)
    if b"encryption-data" in _read(archive, MANIFEST):
        raise Refused(LOCKED)
    if any(SCRIPTS.fullmatch(name) for name in names if not name.endswith("/")):
        raise Refused(MACROS)
    return kind


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small member, whatever it says of its size."""
    return unpack(archive, archive.getinfo(name), MOST_READ)
