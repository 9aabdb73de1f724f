"""How far a workbook may reach: a reader lays out every cell up to the last one, and a text once for each cell that
names it. What it has no memory for ends the whole process, so all parts are looked through before it sees any, under
whatever name they lie: a part is a sheet because another one says so.
"""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate

from selfcheck.core.files.unpacking import Swollen

MOST_ROWS, MOST_COLUMNS = 2000, 64
MOST_ELEMENTS = 300_000
"""Of all parts; a full file has some 20,000."""
MOST_SAID = 8_000_000
"""Characters of all cells together; a full file has less than a third."""
LONGEST_NUMBER = 7
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
SHARED = "s"


class NoXml(ValueError):
    """A part that is none, or in which programs would read different things."""


class Bounds:
    """Looks through the parts of one workbook. What has no address follows what came before, as a reader has it."""

    def __init__(self) -> None:
        self._elements = 0
        self._lengths: list[int] | None = None
        self._named: list[int] = []

    def look_through(self, part: bytes) -> None:
        """Raises `Swollen` where it reaches too far, `NoXml` where it is none."""
        if b"\0" in part or b"<!DOCTYPE" in part:
            raise NoXml
        looking = _Part(MOST_ELEMENTS - self._elements)
        parser = ParserCreate("UTF-8")  # as who reads it afterwards, whatever it says of itself
        parser.StartElementHandler, parser.EndElementHandler = looking.begin, looking.end
        parser.CharacterDataHandler = looking.say
        parser.CommentHandler = looking.interrupt
        parser.StartCdataSectionHandler = looking.interrupt
        parser.ProcessingInstructionHandler = looking.interrupt
        try:
            parser.Parse(part, True)
        except ExpatError as error:
            raise NoXml from error
        self._elements += looking.elements
        self._named += looking.named
        if looking.lengths:
            if self._lengths is not None:
                raise NoXml
            self._lengths = looking.lengths

    def add_up(self) -> None:
        """Once all parts were looked through. Raises `Swollen` where the texts of all cells together are too long."""
        lengths = self._lengths or []
        if sum(lengths[each] for each in self._named if each < len(lengths)) > MOST_SAID:
            raise Swollen


class _Part:
    """One part: `lengths` of the texts that cells can name, and which are `named`."""

    def __init__(self, most: int) -> None:
        self.elements, self._most = 0, most
        self.lengths: list[int] = []
        self.named: list[int] = []
        self._row = self._column = 0
        self._shares = False
        self._number: list[str] | None = None

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > self._most:
            raise Swollen
        self.interrupt()
        kind = name.rpartition(":")[2]
        if kind == "row":
            address = attributes.get("r")
            self._row, self._column = _read_row(address) if address else self._row + 1, 0
        elif kind == "c":
            self._enter(attributes)
        elif kind == "v" and self._shares:
            self._number = []
        elif kind == "si":
            self.lengths.append(0)

    def end(self, name: str) -> None:
        if self._number is not None:
            self.named.append(_read_number("".join(self._number)))
            self._number = None

    def say(self, text: str) -> None:
        if self._number is not None:
            self._number.append(text)
        elif self.lengths:
            self.lengths[-1] += len(text)

    def interrupt(self, *said: object) -> None:
        """Nothing stands within a number: some programs would read what is before it, others what is behind."""
        if self._number is not None:
            raise NoXml

    def _enter(self, attributes: dict[str, str]) -> None:
        self._column += 1
        address = attributes.get("r")
        if address is not None:
            self._column, self._row = _read_address(address)
        if not (0 < self._row <= MOST_ROWS and 0 < self._column <= MOST_COLUMNS):
            raise Swollen
        self._shares = attributes.get("t") == SHARED


def _read_row(text: str) -> int:
    return int(text) if len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit() else MOST_ROWS + 1


def _read_number(text: str) -> int:
    if not (len(text) <= LONGEST_NUMBER and text.isascii() and text.isdigit()):
        raise NoXml
    return int(text)


def _read_address(text: str) -> tuple[int, int]:
    """Column and row of `E12`: 5 and 12; 0 for anything that is none."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])
