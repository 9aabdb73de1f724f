"""How texts are compared and sorted: as a German register does (DIN 5007), whatever database they come from."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_ALIKE = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"), "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
    | {"æ": "ae", "œ": "oe"}
)
"""Hyphens and dashes look alike in a name; the letters are the ones that Unicode takes for no others with a mark."""
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fold(text: str) -> str:
    """`text` by its plain small letters, so that one name is found however it is typed: `ä` and its decomposed form are
    `a`, `ß` is `ss`, `Ł` is `l`, every dash is a hyphen, and what is not seen does not count. Two texts are the same
    name where these are equal.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = "".join(letter for letter in spread if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
    return seen.translate(_ALIKE)


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands somewhere in `text`, as people read both; whose keyboard has no `ü` types `ue`."""
    return any(part in whole for part, whole in zip(spellings(wanted), spellings(text), strict=True))


def spellings(text: str) -> tuple[str, str]:
    """What `contains` compares, each with its like: `grafenhausen` and `graefenhausen` of `Gräfenhausen`."""
    return fold(text), _spell_out(text)


def _spell_out(text: str) -> str:
    return fold(unicodedata.normalize("NFC", text).lower().translate(_SPELLED))


def sort_key(text: str) -> tuple[str, str]:
    """Sorts names: `Apfel`, `Äppelwoi`, `Bad`; those that differ in their accents only stand beside each other."""
    return fold(text), text


def split_words(text: str) -> list[str]:
    """The words of `text`, ready to be compared."""
    return _WORD.findall(fold(text))
