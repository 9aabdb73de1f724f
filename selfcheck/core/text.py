"""Free text as it is kept: what cannot be printed or stored goes, everything else stays as typed."""

from __future__ import annotations

import unicodedata

KEPT = {"\n", "\t"}


def clean(text: str) -> str:
    """`text` with `\\n` as line end, without control characters (other than line break and tab), surrogates and
    code points that stand for no character: no page, file or database may hold those.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isprintable():
        return lines
    return "".join(letter for letter in lines if letter in KEPT or not _is_unfit(letter))


def _is_unfit(letter: str) -> bool:
    return (
        unicodedata.category(letter) in ("Cc", "Cs")
        or 0xFDD0 <= ord(letter) <= 0xFDEF
        or ord(letter) & 0xFFFE == 0xFFFE
    )
