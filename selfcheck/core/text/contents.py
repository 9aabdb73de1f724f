"""What a text may hold, and what of it is seen: what cannot be printed or stored goes, all else stays as typed."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

MOST = 100_000
"""Characters of anything that is typed. What has more is too long for every field, and nothing looks into it."""
BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Word, PowerPoint and old machines end lines with these."""
TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of writing. Nobody sees them in a name, and they turn what stands around it; letters of
Arabic and Hebrew know theirs without."""
DRAWN_EMPTY = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u2800\ufffc\U0001d159]"
)
"""Of which nothing is seen, whatever their kind: what Unicode calls ignorable, also where it has no sign yet; and three
that are drawn empty: a pattern of braille, the place of a picture that did not come along, a note without a head."""
UNSEEN = ("C", "Z", "M")
"""Kinds of characters that show nothing by themselves: control and format, blanks, marks on a letter."""

_UNFIT = frozenset(
    chain(
        (code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"),
        range(0xD800, 0xE000),
        range(0xFDD0, 0xFDF0),
        (plane | low for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)),
    )
)
_CLEAN: dict[int, str | None] = {**dict.fromkeys(_UNFIT), 0x1F: " ", **{ord(mark): "\n" for mark in BREAKS}}
_TURNING = dict.fromkeys(map(ord, TURNING))
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\ufe63\uff0d"), "-")
_DASHES = dict.fromkeys(map(ord, "\u2012\u2013\u2014\u2212"), "-")
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""The letters, digits and signs of ASCII as East Asian keyboards write them."""


def clean(text: str) -> str:
    """`text` with `\\n` as line end, without control characters (other than line break and tab), surrogates and
    code points that stand for no character: no page, file or database may hold those. Empty where nothing is seen.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = lines if lines.isprintable() else lines.translate(_CLEAN)
    return "" if is_blank(kept) else kept


def clean_line(text: str) -> str:
    """The same for a name or a title: in one line, without blanks around it and without marks that turn the direction.

    Longer texts keep those: they belong to what was typed, and reach no further than its paragraph.
    """
    return " ".join(clean(text).translate(_TURNING).split())


def clean_paragraph(text: str) -> str:
    """The same for a longer text, which keeps its line breaks and loses the blanks around it."""
    return clean(text).strip()


def clean_code(text: str, *, dashes: bool = True) -> str:
    """The same for what machines read, such as an address or a number: only what is seen, with plain hyphens.

    Dashes are hyphens too, where `dashes` does not say that they mean something.
    """
    line = clean_line(text).translate(_HYPHENS | _WIDE | (_DASHES if dashes else {}))
    seen = line if line.isascii() else "".join(letter for letter in line if not _is_format(letter))
    return " ".join(seen.split())


def is_blank(text: str) -> bool:
    """Whether nothing of `text` is seen: it is empty, or all blanks, control and format characters."""
    return not any(map(_is_seen, text))


def count_seen(text: str) -> int:
    """How many characters of `text` are seen; a letter and the marks on it are one."""
    return sum(map(_is_seen, text))


def _is_seen(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return not DRAWN_EMPTY.match(letter) and (kind == "Cn" or kind[0] not in UNSEEN)


def _is_format(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or DRAWN_EMPTY.match(letter) is not None
