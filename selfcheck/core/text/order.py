"""How texts are compared and sorted: as a German register does (DIN 5007), whatever database they come from."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """`text` by its plain small letters, so that one name is found however it is typed: `ä` and its decomposed form are
    `a`, `ß` is `ss`, and what is not seen does not count. Two texts are the same name where these are equal.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in spread if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))


def contains(text: str, wanted: str) -> bool:
    """Whether `wanted` stands somewhere in `text`, as people read both."""
    return fold(wanted) in fold(text)


def sort_key(text: str) -> tuple[str, str]:
    """Sorts names: `Apfel`, `Äppelwoi`, `Bad`; those that differ in their accents only stand beside each other."""
    return fold(text), text


def split_words(text: str) -> list[str]:
    """The words of `text`, ready to be compared."""
    return _WORD.findall(fold(text))
