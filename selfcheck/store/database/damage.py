"""What lies in the database may be damaged: rows that cannot be read become one named error, not a crash.

The error never says what stands there: that may be anything that somebody wrote, and errors go into the log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Dialect, ExceptionContext, Integer, String

NOT_DECODED = re.compile(r"Could not decode to UTF-8 column '(\w+)'")


class DamagedRow(Exception):
    """A stored row holds what nobody ever stored there: the disk, or a hand, has changed it."""


@contextmanager
def sound_rows() -> Iterator[None]:
    """Raises `DamagedRow` where the rows read inside cannot be understood."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedRow(f"not to be understood ({type(error).__name__})") from error


def read_json(text: str | bytes) -> object:
    """Stored JSON; the text itself where it is none, so that it can be shown and answered anew."""
    try:
        return json.loads(text)
    except ValueError:
        return text if isinstance(text, str) else text.decode(errors="replace")


class SoundText(String):
    """A text as SQLite gives it out, which keeps anything in any column. Raises `DamagedRow` for what is none."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[object], str | None]:
        return _read_text


class SoundNumber(Integer):
    """The same for a whole number."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[object], int | None]:
        return _read_number


SOUND_TYPES = {String: SoundText, Integer: SoundNumber}
"""What stands for which type on SQLite."""


def _read_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise DamagedRow("no text")


def _read_number(value: object) -> int | None:
    if value is None or isinstance(value, int):
        return value
    raise DamagedRow("no number")


def name_undecoded(context: ExceptionContext) -> None:
    """Raises `DamagedRow` for bytes that are no text: what the database itself says of them quotes them."""
    found = NOT_DECODED.match(str(context.original_exception))
    if found is not None:
        raise DamagedRow(f"{found[1]} is no text") from None
