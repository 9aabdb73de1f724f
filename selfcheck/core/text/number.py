"""How a number is read, with the unit that people write behind it."""

from __future__ import annotations

import re
from decimal import Decimal

from selfcheck.core.text.contents import clean_code
from selfcheck.core.text.order import fold

LONGEST = 40
_NUMBER = re.compile(r"([-+]?) ?(\d[\d., ]*)(\D*)", re.ASCII)
_PARTED = re.compile(r"\d{1,3}((\.\d{3})+|( \d{3})+)", re.ASCII)
_STORED = re.compile(r"\d+(\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+", re.ASCII)


def read_number(text: str, unit: str, decimals: int) -> Decimal | None:
    """`38,5 %`, `38.5`, `1.234`, `1 234,5 Plätze` -> Decimal; None if it is no number.

    A single point before three digits parts thousands, unless the question allows three decimals.
    """
    if len(text) > 2 * LONGEST:
        return None
    typed = clean_code(text)
    found = _NUMBER.fullmatch(typed) if len(typed) <= LONGEST else None
    if found is None or not _names_unit(found[3], unit):
        return None
    digits = found[2].strip()
    if "," not in digits and digits.count(".") == 1 and (decimals >= 3 or not _PARTED.fullmatch(digits)):
        digits = digits.replace(".", ",")
    whole, comma, rest = digits.partition(",")
    if not (_PLAIN.fullmatch(whole) or _PARTED.fullmatch(whole)) or (comma and not _PLAIN.fullmatch(rest)):
        return None
    number = Decimal(f"{whole.replace('.', '').replace(' ', '')}.{rest or 0}")
    return -number if found[1] == "-" and number else number


def read_stored_number(text: str, decimals: int) -> Decimal:
    """A number as our own files have it: `38.5`, at least 0, with at most so many `decimals`. Raises `ValueError`."""
    if len(text) > LONGEST or not _STORED.fullmatch(text) or len(text.partition(".")[2]) > decimals:
        raise ValueError(text[:LONGEST])
    return tidy_number(Decimal(text))


def tidy_number(number: Decimal) -> Decimal:
    """The same number as it is stored, always with the same digits: `2.50` is `2.5`, `1E+1` is `10`."""
    return Decimal(format(number.normalize(), "f"))


def _names_unit(entered: str, unit: str) -> bool:
    wanted, said = "".join(fold(unit).split()), "".join(fold(entered).split()).rstrip(".")
    return (
        not said
        or wanted.startswith(said)
        or (said == "prozent" and "%" in wanted)
        or (said == "%" and "prozent" in wanted)
    )
