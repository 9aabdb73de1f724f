"""Free text as it is kept: what cannot be printed or stored goes, everything else stays as typed."""

from __future__ import annotations

import unicodedata

KEPT = {"\n", "\t"}
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing. Nobody sees them in a name, and they turn what stands around it; letters of
Arabic and Hebrew know theirs without."""


def clean(text: str) -> str:
    """`text` with `\\n` as line end, without control characters (other than line break and tab), surrogates and
    code points that stand for no character: no page, file or database may hold those.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isprintable():
        return lines
    return "".join(letter for letter in lines if letter in KEPT or not _is_unfit(letter))


def clean_line(text: str) -> str:
    """The same for a name or a title: in one line, without blanks around it and without marks that turn the direction.

    Longer texts keep those: they belong to what was typed, and reach no further than its paragraph.
    """
    return " ".join("".join(letter for letter in clean(text) if letter not in TURNING).split())


def _is_unfit(letter: str) -> bool:
    return (
        unicodedata.category(letter) in ("Cc", "Cs")
        or 0xFDD0 <= ord(letter) <= 0xFDEF
        or ord(letter) & 0xFFFE == 0xFFFE
    )
