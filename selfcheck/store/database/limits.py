"""How long texts may be, in characters. The forms say so kindly; the store refuses what comes past them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from selfcheck.core.text.contents import MOST, clean, clean_line

NOTE = 5000
REASON = 1000
PARAGRAPH = 2000
STEP_NOTE = 2000
LINK = 2000
TITLE = 500
LINE = 200
PERSON = 120
LABEL = 120
NAME = 80
"""Of a person; with the label of a place it fits into `LABEL`, see `values.author`."""
MAIL = 254
MESSAGE = 2000
COMMENT = 2000
NUMBER_THERE = 12
"""Of a question in the chamber's Prüfbogen."""
REMARK = 500
KEY = 120
DISTRICT = 20
ID = 48

MOST_POINTS = Decimal(1000)
"""Of one question in the chamber's Prüfbogen: some ten times what a whole one gave."""
DECIMALS = 2
"""Of points there, and of its pass mark."""
YEARS = 20
"""Of a label."""
NUMBER_KEPT = 10_000
"""The highest number of an entry that it keeps when it comes with a file; those that are added go on from there."""
ENTRIES = 100
"""Pieces of evidence of one question, entries of one list, own steps: more than that nobody reads."""


SENT = ENTRIES + 20
"""Entries that one list of a form may name: those stored, and the empty ones that its page offers beside them."""
SENT_AT_ONCE = 500
"""Entries of all lists of a form."""
HISTORY = 50_000_000
"""Letters that are ever written into one self-check: some thousand times all that it asks for."""
WRITING = 200
"""Letters that a line of the history takes beside what it says."""


class TooMany(ValueError):
    """There are `ENTRIES` already."""


class HistoryFull(ValueError):
    """As much as `HISTORY` was written into a self-check already."""


def keep_few(what: str, held: int) -> None:
    """Raises `TooMany` where one more would be too many; `what` says of what, for the log."""
    if held >= ENTRIES:
        raise TooMany(f"{what}: {ENTRIES} already")


def keep_few_sent(what: str, sent: int, together: int) -> None:
    """Raises `TooMany` for a form with more entries in one list, or in all of them together, than any page has."""
    if sent > SENT or together > SENT_AT_ONCE:
        raise TooMany(f"{what}: {sent} at once")


class TooLong(ValueError):
    """A text is longer than it may be; `field` names it."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(f"{field} is longer than {limit} characters")
        self.field = field
        self.limit = limit


def keep_text(text: str, field: str, limit: int) -> str:
    """`text` as it is stored, with its line breaks. Raises `TooLong`."""
    return _keep(text, clean, field, limit)


def keep_line(text: str, field: str, limit: int) -> str:
    """`text` as it is stored, in one line and without blanks around it. Raises `TooLong`."""
    return _keep(text, clean_line, field, limit)


def keep_tidy(text: str, tidy: Callable[[str], str], field: str, limit: int) -> str:
    """`text` as it is stored where machines read it, tidied as its kind in `core.text` says. Raises `TooLong`."""
    return _keep(text, tidy, field, limit)


def _keep(text: str, tidy: Callable[[str], str], field: str, limit: int) -> str:
    """Asks for the length twice: before anything looks into the text, and of what is left of it."""
    if len(text) > MOST or len(kept := tidy(text)) > limit:
        raise TooLong(field, limit)
    return kept
