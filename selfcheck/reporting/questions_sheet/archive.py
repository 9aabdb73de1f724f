"""What may be opened at all: a file of ours is small, and nothing is unpacked that is not.

A member of a ZIP can say it is small and be huge, and one cell in the last row makes a reader lay out a billion of
them. So everything is unpacked here within bounds, looked through, and packed anew before anybody else opens it.
"""

from __future__ import annotations

import re
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

MOST_BYTES = 2 * 1024 * 1024
MOST_MEMBERS = 60
MOST_UNPACKED = 16 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 2000, 64
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
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
UNPACKING = (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, ZlibError)
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
        with ZipFile(BytesIO(content)) as archive:
            members = _unpack(archive)
    except UNPACKING as error:
        raise error if isinstance(error, BadFile) else BadFile(UNREAD) from error
    packed = BytesIO()
    with ZipFile(packed, "w") as target:
        for name, data in members.items():
            target.writestr(ZipInfo(name), data)
    return packed.getvalue()


def _unpack(archive: ZipFile) -> dict[str, bytes]:
    if len(archive.infolist()) > MOST_MEMBERS:
        raise BadFile(TOO_LARGE)
    members: dict[str, bytes] = {}
    room = MOST_UNPACKED
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as stream:
            data = stream.read(room + 1)
        room -= len(data)
        if room < 0:
            raise BadFile(TOO_LARGE)
        if b"\0" in data or b"<!DOCTYPE" in data:
            raise BadFile(UNREAD)
        if member.filename.startswith("xl/worksheets/"):
            _look_through(data)
        members[member.filename] = data
    return members


class _Positions:
    """Where the cells of a sheet lie, told as a reader of it would: what has no address follows what came before."""

    def __init__(self) -> None:
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind, address = name.rpartition(":")[2], attributes.get("r")
        if kind == "row":
            self._row, self._column = _read_row(address) if address else self._row + 1, 0
        if kind != "c":
            return
        self._column += 1
        if address is not None:
            self._column, self._row = _read_address(address)
        if not (0 < self._row <= MOST_ROWS and 0 < self._column <= MOST_COLUMNS):
            raise BadFile(TOO_LARGE)


def _look_through(sheet: bytes) -> None:
    """Raises `BadFile` where a cell lies further out than any of ours."""
    parser = ParserCreate()
    parser.StartElementHandler = _Positions().start
    try:
        parser.Parse(sheet, True)
    except ExpatError as error:
        raise BadFile(UNREAD) from error


def _read_row(text: str) -> int:
    return int(text) if len(text) <= 7 and text.isascii() and text.isdigit() else MOST_ROWS + 1


def _read_address(text: str) -> tuple[int, int]:
    """Column and row of `E12`: 5 and 12; 0 for anything that is none."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
