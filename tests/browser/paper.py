"""What stands where on the pages of a PDF as Chromium writes it, without a library for it: lines of text by page."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
TOKEN = re.compile(rb"<([0-9A-Fa-f]*)>|/(\w+)|(-?[\d.]+)|\[|\]|([A-Za-z'*\"]+)")
SAME = 1.5
"""Letters no farther apart stand in one line."""
FOOT = 45
"""So many points at the lower edge belong to the margin boxes."""


@dataclass(frozen=True, slots=True)
class Line:
    """`y` is how far it stands from the upper edge, in points."""

    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed page: what stands in its middle, and what in its foot."""

    lines: tuple[Line, ...]
    foot: str

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]


@dataclass
class _Pen:
    """Where the next letters go while the contents of a page are read."""

    fonts: dict[bytes, dict[int, str]]
    place: Matrix = PLAIN
    text: Matrix = PLAIN
    letters: dict[int, str] = field(default_factory=dict)
    kept: list[Matrix] = field(default_factory=list)
    found: list[tuple[float, float, str]] = field(default_factory=list)

    def obey(self, order: bytes, said: list[bytes | float]) -> None:
        numbers = [each for each in said if isinstance(each, float)]
        if order == b"q":
            self.kept.append(self.place)
        elif order == b"Q":
            self.place = self.kept.pop()
        elif order == b"cm":
            self.place = _multiply(numbers, self.place)
        elif order in (b"BT", b"Tm", b"Td"):
            self._move(order, numbers)
        elif order == b"Tf":
            self.letters = self.fonts.get(next(each for each in said if isinstance(each, bytes)), {})
        elif order in (b"Tj", b"TJ"):
            self._write(b"".join(each for each in said if isinstance(each, bytes)))

    def _move(self, order: bytes, numbers: list[float]) -> None:
        moved = {b"BT": [*PLAIN], b"Td": [1, 0, 0, 1, *numbers]}.get(order, numbers)
        self.text = _multiply(moved, self.text if order == b"Td" else PLAIN)

    def _write(self, glyphs: bytes) -> None:
        text = "".join(self.letters.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4))
        placed = _multiply([*self.text], self.place)
        self.found.append((placed[5], placed[4], text))


def read_sheets(pdf: bytes) -> list[Sheet]:
    """Every page of `pdf`."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    return [_read_sheet(objects, body) for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]


def _read_sheet(objects: dict[int, bytes], body: bytes) -> Sheet:
    height = float(re.findall(rb"/MediaBox \[0 0 [\d.]+ ([\d.]+)\]", body)[0])
    fonts = {name: _read_letters(objects, int(id)) for name, id in re.findall(rb"/(F\d+) (\d+) 0 R", body)}
    contents = _unpack(objects[int(re.findall(rb"/Contents (\d+)", body)[0])])
    lines = list(_read_lines(contents, _Pen(fonts), height))
    middle = tuple(line for line in lines if line.y < height - FOOT)
    return Sheet(middle, " ".join(line.text for line in lines if line.y >= height - FOOT))


def _read_lines(contents: bytes, pen: _Pen, height: float) -> Iterator[Line]:
    said: list[bytes | float] = []
    for glyphs, name, number, order in TOKEN.findall(contents):
        if order:
            pen.obey(order, said)
            said = []
        else:
            said.append(float(number) if number else name or glyphs)
    rows: dict[float, list[tuple[float, str]]] = {}
    for y, x, text in sorted((height - y, x, text) for y, x, text in pen.found):
        near = next((known for known in reversed(rows) if y - known <= SAME), y)
        rows.setdefault(near, []).append((x, text))
    for y, pieces in rows.items():
        yield Line(y, " ".join("".join(text for _, text in sorted(pieces)).split()))


def _read_letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Which letter each glyph of a font is."""
    named = re.search(rb"/ToUnicode (\d+)", objects[font])
    table = _unpack(objects[int(named[1])]) if named else b""
    found = {}
    for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        for glyph, letter in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
            found[int(glyph, 16)] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange\n(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            span = range(int(first, 16), int(last, 16) + 1)
            found |= {glyph: chr(int(letter, 16) + place) for place, glyph in enumerate(span)}
    return found


def _unpack(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    data = rest[: int(re.findall(rb"/Length (\d+)", head)[0])]
    return zlib.decompress(data) if b"/FlateDecode" in head else data


def _multiply(first: list[float], second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
