"""One save in memory: the rows as they stand, which of them have changed, and the history it makes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from selfcheck.core.permissions import Allowed
from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.store.database.times import local_day
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.seats import Together, load_together
from selfcheck.store.parts.shelf import AnyShelf, Shelf, Stock, is_live, live
from selfcheck.store.parts.values import Check, Who

Row = TypeVar("Row")


class DoesNotFit(ValueError):
    """A write that the questionnaire does not know; the forms refuse it before."""


class Gone(LookupError):
    """The self-check, or the place in it, was purged in the meantime."""


class OtherVersion(LookupError):
    """The self-check came onto another version of its questionnaire in the meantime."""


class NotAllowed(PermissionError):
    """A write that its author may not make; pages refuse it before."""


@dataclass
class Work:
    """`stock` is changed in place; `changed` names the rows to be put down, by shelf. `decided`: a conflict was
    decided with what is written now. `keys` and `counted` spare looking through all rows for each write."""

    connection: Connection
    check: Check
    questionnaire: Questionnaire
    stock: Stock
    by: Who
    now: datetime
    allowed: Allowed
    decided: bool = False
    changes: list[Entered] = field(default_factory=list)
    changed: dict[str, tuple[AnyShelf, set[str]]] = field(default_factory=dict)
    seats: Together | None = None
    keys: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    counted: dict[str, tuple[Callable[[Any], str], Counter[str]]] = field(default_factory=dict)

    def rows(self, shelf: Shelf[Row]) -> dict[str, Row]:
        """All rows of a shelf, removed ones too, by what finds them."""
        return self.stock.rows(shelf, self.connection)

    def keep(self, shelf: Shelf[Row], key: str, row: Row) -> None:
        """Has `row` put down at the end."""
        rows = self.rows(shelf)
        before, rows[key] = rows.get(key), row
        if shelf.section in self.counted:
            group, count = self.counted[shelf.section]
            if before is not None and is_live(before):
                count[group(before)] -= 1
            if is_live(row):
                count[group(row)] += 1
        self.changed.setdefault(shelf.section, (shelf, set()))[1].add(key)

    def find_key(self, shelf: Shelf[Row], name: str, value: str) -> str:
        """The key of the stored row whose field `name` says `value`; empty where there is none. Rows that this save
        adds have no such name yet, so all are looked through once, however many are looked for."""
        if (shelf.section, name) not in self.keys:
            self.keys[shelf.section, name] = {str(getattr(row, name)): key for key, row in self.rows(shelf).items()}
        return self.keys[shelf.section, name].get(value, "")

    def count_live(self, shelf: Shelf[Row], group: Callable[[Row], str], name: str) -> int:
        """How many rows that were not removed are of the group `name`; counted once, and kept up to date."""
        if shelf.section not in self.counted:
            self.counted[shelf.section] = group, Counter(group(row) for row in live(self.rows(shelf).values()))
        return self.counted[shelf.section][1][name]

    def together(self) -> Together:
        """Who sits where, and who is asked what; read once."""
        if self.seats is None:
            self.seats = load_together(self.check.id, local_day(self.now))
        return self.seats

    def question(self, id: str | None) -> Question:
        """Raises `DoesNotFit` for a question that is not asked."""
        question = self.questionnaire.question.get(QuestionId(id or ""))
        if question is None:
            raise DoesNotFit(id)
        return question

    def enter(self, part: str, subject: str, before: object, after: object) -> None:
        self.changes.append(Entered(part, subject, before, after, self.decided))

    def store(self) -> Mapping[int, int]:
        """Puts everything down, with its history. The ids that new rows got, by those that stood in for them."""
        ids: dict[int, int] = {}
        for shelf, keys in self.changed.values():
            rows = self.rows(shelf)
            # in the order in which they came: that is the order of the ids that new ones get
            changed = {key: row for key, row in rows.items() if key in keys}
            ids |= shelf.store(self.connection, self.check.id, changed, rows)
        write_changes(self.connection, self.check.id, self.changes, self.by, self.now)
        return ids


def hash_key(*parts: str) -> str:
    """A fixed-length key from what a form sent, whatever that is."""
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()
