"""How a telephone number is read."""

from __future__ import annotations

import re

from selfcheck.core.text.contents import clean_code

LONGEST = 40
HOME = "+49"
_NUMBER = re.compile(r"[0-9 ()/+.\-]{0,40}")


def tidy_phone(text: str) -> str:
    """A number as it is kept: what is not seen goes, dashes are hyphens."""
    return clean_code(text)


def is_phone(text: str) -> bool:
    """Whether `text` is a number as people write it, or nothing."""
    return len(text) <= LONGEST and _NUMBER.fullmatch(text) is not None and (not text or any(map(str.isdigit, text)))


def dial(text: str) -> str:
    """A number as a telephone dials it, `+496151871`: international where its area is known."""
    digits = "".join(filter(str.isdigit, text.replace("(0)", "")))
    if text.startswith("+") or digits.startswith("00"):
        return f"+{digits.removeprefix('00')}"
    return f"{HOME}{digits.removeprefix('0')}" if digits.startswith("0") else digits
