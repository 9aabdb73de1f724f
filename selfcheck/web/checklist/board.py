"""The checklist as it is shown: derived steps and what people added to them, in groups, with what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.checklist import GROUPS, Step
from selfcheck.reporting.words.authors import say_author
from selfcheck.reporting.words.names import name_step
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import Steps
from selfcheck.store.parts.values import StepText, StoredStep
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.submitted import digest

OWN_GROUP = "Eigene Schritte"
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with its state; `gone`: its cause is gone, but somebody touched it („nicht mehr nötig“)."""

    key: str
    group: str
    text: str
    due: date | None
    now: bool
    overdue: bool
    soon: bool
    done: bool
    done_on: date | None
    person: str
    department: str
    note: str
    points: Decimal
    question: Question | None
    own: bool
    gone: bool
    version: int
    base: str
    title: str = ""
    due_text: str = ""
    """What stands in the fields of an own step: title and day."""
    author: str = ""
    """Who said something about it last, and when."""


@dataclass(frozen=True, slots=True)
class Board:
    """All steps of a self-check, in the order to show them."""

    rows: tuple[StepRow, ...]

    @property
    def counted(self) -> tuple[StepRow, ...]:
        return tuple(row for row in self.rows if not row.gone)

    @property
    def done(self) -> int:
        return sum(row.done for row in self.counted)

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.counted)

    @property
    def soon(self) -> int:
        return sum(row.soon for row in self.counted)

    def group(self, title: str) -> tuple[StepRow, ...]:
        return tuple(row for row in self.rows if row.group == title)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(title for title in (*GROUPS, OWN_GROUP) if any(row.group == title for row in self.rows))


def build_board(page: CheckPage) -> Board:
    """Derives the steps, remembers when each first appeared, and adds what people said about them."""
    kept = saving.load_steps(page.check.id)
    derived = derive(page, kept)
    if any(step.key not in kept for step in derived):
        kept = saving.remember_first_seen(page.check.id, [step.key for step in derived], page.today)
    rows = [_derived_row(page, step, kept.get(step.key)) for step in derived]
    known = {step.key for step in derived}
    rows += [_kept_row(page, step) for key, step in kept.items() if key not in known and (step.own or step.touched)]
    return Board(tuple(sorted(rows, key=lambda row: (row.done, row.gone, row.due or date.max))))


def derive(page: CheckPage, kept: Steps) -> Sequence[Step]:
    """The steps that have a cause, in the order of the rules."""
    first_seen = {key: step.first_seen for key, step in kept.items()}
    done = frozenset(key for key, step in kept.items() if step.done)
    return page.situation.checklist(first_seen, done)


def content_of(step: StoredStep) -> StepText:
    """What people said about a step; its mark is the base of the part."""
    return StepText(step.own, step.done, step.person, step.note, step.title, step.due, step.group)


def _derived_row(page: CheckPage, step: Step, kept: StoredStep | None) -> StepRow:
    kept = kept or StoredStep(step.key, page.today)
    question = page.questionnaire.question[step.question] if step.question else None
    department = page.questionnaire.department[step.department].title if step.department else ""
    return _row(page, kept, step.group, step.text, step.due, step.now, step.points, question, department, gone=False)


def _kept_row(page: CheckPage, kept: StoredStep) -> StepRow:
    """An own step, or one whose cause is gone."""
    group = OWN_GROUP if kept.own else _group_of(kept.key)
    text = kept.title if kept.own else name_step(page.questionnaire, kept.key)
    return _row(page, kept, group, text, kept.due, False, Decimal(0), None, "", gone=not kept.own)


def _group_of(key: str) -> str:
    kinds = ("team", "answer", "measure", "evidence", "goal", "chamber", "interview")
    kind = key.partition(":")[0]
    return GROUPS[kinds.index(kind)] if kind in kinds else GROUPS[kinds.index("goal")]


def _row(
    page: CheckPage,
    kept: StoredStep,
    group: str,
    text: str,
    due: date | None,
    now: bool,
    points: Decimal,
    question: Question | None,
    department: str,
    *,
    gone: bool,
) -> StepRow:
    waiting = due is not None and not kept.done and not gone
    return StepRow(
        key=kept.key,
        group=group,
        text=text,
        due=due,
        now=now,
        overdue=waiting and due is not None and due < page.today,
        soon=waiting and due is not None and 0 <= (due - page.today).days <= SOON_DAYS,
        done=kept.done,
        done_on=clock.local(kept.at).date() if kept.done and kept.at else None,
        person=kept.person,
        department=department,
        note=kept.note,
        points=points,
        question=question,
        own=kept.own,
        gone=gone,
        version=kept.version,
        base=digest(content_of(kept)),
        title=kept.title,
        due_text=kept.due.isoformat() if kept.due else "",
        author=say_author(kept.by, clock.local(kept.at), page.access.me) if kept.by and kept.at else "",
    )
