"""Free text as it is kept: what cannot be printed or stored goes, everything else stays as typed."""

from __future__ import annotations

import unicodedata

KEPT = {"\n", "\t"}


def clean(text: str) -> str:
    """`text` with `\\n` as line end, without control characters (other than line break and tab) and surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isprintable():
        return lines
    return "".join(letter for letter in lines if letter in KEPT or unicodedata.category(letter) not in ("Cc", "Cs"))
