"""The elements of a Word text as XML: paragraphs, tables with repeated heads and alternative texts, page numbers.

Written by hand and parsed once: put together element by element a report takes five times as long. Whatever people
typed goes through `run` or `_quote`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from selfcheck.reporting.documents.texts import spell_out
from selfcheck.reporting.documents.word import styles

ALTERNATIVE = 1000
"""Characters of an alternative text; longer ones are read to nobody."""
WIDTH = 9638
"""Between the margins of A4, in twentieths of a point."""
LOOKS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
"""What a table has, and its bit: some programs read the names, others the number."""
BANDLESS = 0x600
KEPT = "<w:keepNext/>"


class Gap(NamedTuple):
    """What somebody still has to write; it is marked."""

    text: str


class Strong(NamedTuple):
    text: str


class Word(NamedTuple):
    """What the text behind it is about."""

    text: str


Piece = str | Gap | Strong | Word
Text = Piece | Sequence[Piece]
_STYLES = {Gap: styles.GAP, Strong: styles.STRONG, Word: styles.WORD}
_BREAKS = {"\n": '</w:t><w:br/><w:t xml:space="preserve">', "\t": '</w:t><w:tab/><w:t xml:space="preserve">'}


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width in per cent; `number`: its cells stand at the right."""

    title: str
    share: int
    number: bool = False

    @property
    def width(self) -> int:
        return WIDTH * self.share // 100


def run(text: str, style: str = "") -> str:
    """`text` with its line breaks and tabs; what cannot be printed is spelled out."""
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(spell_out(text), _BREAKS)}</w:t></w:r>'


def field(code: str) -> str:
    """What the program works out, such as `PAGE`; 1 until it has."""
    return f'<w:fldSimple w:instr="{code}">{run("1")}</w:fldSimple>'


def paragraph(text: Text, style: str = "", *, right: bool = False, kept: bool = False) -> str:
    """One paragraph; `right`: it stands at the right; `kept`: on the same page as what follows."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    side = '<w:jc w:val="right"/>' if right else ""
    return f"<w:p><w:pPr>{look}{KEPT if kept else ''}{side}</w:pPr>{runs(text)}</w:p>"


def runs(text: Text) -> str:
    """Every piece in the look of its kind."""
    pieces = (text,) if isinstance(text, str | Gap | Strong | Word) else text
    return "".join(run(piece) if isinstance(piece, str) else run(piece.text, _STYLES[type(piece)]) for piece in pieces)


def line(style: str, left: str, right: str) -> str:
    """A head or foot: `left` as text, `right` as elements at the other margin."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs></w:pPr>'
        f"{run(left)}<w:r><w:tab/></w:r>{right}</w:p>"
    )


def row(
    cells: Sequence[Text], columns: Sequence[Column], *, head: bool = False, kept: bool = False, height: int = 0
) -> str:
    """A row that no page cuts in two; a `head` stands on every page that its table reaches. `kept`: on the same page as
    the next one; `height`: at least so many twentieths of a point.
    """
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(cell, styles.CELL, right=column.number, kept=kept)}</w:tc>"
        for cell, column in zip(cells, columns, strict=True)
    )
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{'<w:tblHeader/>' if head else ''}</w:trPr>{inside}</w:tr>"


def table(title: str, said: str, columns: Sequence[Column], looks: Iterable[str], rows: Iterable[str]) -> str:
    """`title` and `said` are for those who do not see it; `looks` are those of `LOOKS` that it has."""
    own = set(looks)
    seen = " ".join(f'w:{name}="{int(name in own)}"' for name in LOOKS)
    mask = sum(LOOKS[name] for name in own) + BANDLESS
    grid = "".join(f'<w:gridCol w:w="{column.width}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles.TABLE}"/><w:tblW w:w="{WIDTH}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{mask:04X}" {seen} w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={_quote(title)}/><w:tblDescription w:val={_quote(said)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _quote(text: str) -> str:
    return quoteattr(spell_out(text)[:ALTERNATIVE])
