"""What lies in the database may be damaged: rows that cannot be read become one named error, not a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager


class DamagedRow(Exception):
    """A stored row holds what nobody ever stored there: the disk, or a hand, has changed it."""


@contextmanager
def sound_rows() -> Iterator[None]:
    """Raises `DamagedRow` where the rows read inside cannot be understood."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedRow(repr(error)) from error


def read_json(text: str) -> object:
    """Stored JSON; the text itself where it is none, so that it can be shown and answered anew."""
    try:
        return json.loads(text)
    except ValueError:
        return text
