"""One save in memory: the parts as they stand, what has changed of them, and the history it makes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.store.parts.loading import Stock
from selfcheck.store.parts.records import Who
from selfcheck.store.parts.writes import Part


class DoesNotFit(ValueError):
    """A write that the questionnaire does not know; the forms refuse it before."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One change for the history: plain data before and after, None where there was or is nothing."""

    part: Part
    subject: str
    before: Any
    after: Any
    decided: bool = False


@dataclass
class Work:
    """`stock` is changed in place; the sets name what is to be put down. `decided`: a conflict was decided with it."""

    check_id: int
    questionnaire: Questionnaire
    stock: Stock
    by: Who
    now: datetime
    decided: bool = False
    changes: list[Entered] = field(default_factory=list)
    answers: set[QuestionId] = field(default_factory=set)
    evidence: set[str] = field(default_factory=set)
    entries: set[tuple[Part, str]] = field(default_factory=set)

    def question(self, id: QuestionId) -> Question:
        """Raises `DoesNotFit` for a question that is not asked."""
        question = self.questionnaire.question.get(id)
        if question is None:
            raise DoesNotFit(id)
        return question

    def enter(self, part: Part, subject: str, before: Any, after: Any) -> None:
        self.changes.append(Entered(part, subject, before, after, self.decided))


def fields_of(record: Any, names: Sequence[str] | None = None) -> dict[str, Any]:
    """The fields of a flat dataclass by name."""
    return {name: getattr(record, name) for name in names or [field.name for field in fields(record)]}


def plain_fields(record: Any, names: Sequence[str] | None = None) -> dict[str, Any] | None:
    """The same for the history: days as text; None for None."""
    if record is None:
        return None
    found = fields_of(record, names)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def hash_key(*parts: str) -> str:
    """A fixed-length key from what a form sent, whatever that is."""
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()
