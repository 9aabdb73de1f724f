"""What may be opened at all: a file of ours is small, and nothing is unpacked that is not.

A member of a ZIP can say it is small and be huge, and one cell in the last row makes a reader lay out a billion of
them. So everything is unpacked here within bounds, looked through, and packed anew before anybody else opens it.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from selfcheck.core.files.unpacking import Swollen, open_archive, unpack
from selfcheck.reporting.questions_sheet.bounds import Bounds, NoXml

MOST_BYTES = 2 * 1024 * 1024
MOST_MEMBERS = 60
MOST_UNPACKED = 16 * 1024 * 1024
UNREAD = (
    "Die Datei lässt sich nicht als Excel-Datei lesen. Bitte nehmen Sie die Datei „Fragen (Excel)“ und speichern Sie "
    "sie als .xlsx."
)
TOO_LARGE = "Die Datei ist größer, als eine Datei „Fragen (Excel)“ sein kann."
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = (
    "Die Datei ist mit einem Kennwort geschützt oder im alten Format .xls. Bitte speichern Sie sie ohne Kennwort als "
    ".xlsx."
)
UNPACKING = (NoXml, BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, ZlibError)
"""What the standard library raises for a ZIP that is none, is encrypted or breaks off."""


class BadFile(ValueError):
    """Why a file cannot be taken, a sentence each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def repack(content: bytes) -> bytes:
    """The parts of a workbook that hold text, packed anew; raises `BadFile` for whatever is too large or none."""
    if len(content) > MOST_BYTES:
        raise BadFile(TOO_LARGE)
    if content.startswith(OLD_OFFICE):
        raise BadFile(ENCRYPTED)
    try:
        with open_archive(BytesIO(content)) as archive:
            members = _unpack(archive)
    except Swollen as error:
        raise BadFile(TOO_LARGE) from error
    except UNPACKING as error:
        raise error if isinstance(error, BadFile) else BadFile(UNREAD) from error
    packed = BytesIO()
    with ZipFile(packed, "w") as target:
        for name, data in members.items():
            target.writestr(ZipInfo(name), data)
    return packed.getvalue()


def _unpack(archive: ZipFile) -> dict[str, bytes]:
    """Every part of text, none of them by two names that only some programs tell apart."""
    listed = [member for member in archive.infolist() if member.filename.endswith((".xml", ".rels"))]
    if len(archive.infolist()) > MOST_MEMBERS:
        raise BadFile(TOO_LARGE)
    if len({member.filename.lower() for member in listed}) < len(listed):
        raise BadFile(UNREAD)
    members: dict[str, bytes] = {}
    room, bounds = MOST_UNPACKED, Bounds()
    for member in listed:
        data = unpack(archive, member, room)
        room -= len(data)
        bounds.look_through(data)
        members[member.filename] = data
    bounds.add_up()
    return members
