"""Where a text was taken out of everything: the words that stand there instead."""

from __future__ import annotations

import re

from selfcheck.core.removed import Removed
from selfcheck.reporting.words import german

_SAID = re.compile(r"entfernt am \d\d\.\d\d\.\d{4} durch .+")


def say_removed(removed: Removed) -> str:
    """`entfernt am 12.01.2027 durch Koordination`."""
    return f"entfernt am {german.day(removed.on)} durch {removed.by}"


def is_removed(text: str) -> bool:
    """Whether these are the words that stand where a text was."""
    return _SAID.fullmatch(text) is not None
