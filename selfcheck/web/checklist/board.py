"""The checklist as it is shown: derived steps and what people added to them, in groups, with what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.checklist import GROUPS, Step
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_author
from selfcheck.reporting.words.names import name_step
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import Steps
from selfcheck.store.parts.values import StepText, StoredStep
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Filter
from selfcheck.web.parts.submitted import digest

OWN_GROUP = "Eigene Schritte"
SOON_DAYS = 14
KINDS = ("team", "answer", "measure", "evidence", "goal", "chamber", "interview")
"""How the keys of the steps of each group begin."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with its state; `gone`: its cause is gone, but somebody touched it („nicht mehr nötig“).

    `title` and `due_text` stand in the fields of an own step; `author` is who said something about it last, and when.
    """

    key: str
    group: str
    text: str
    due: date | None
    overdue: bool
    soon: bool
    done: bool
    done_on: date | None
    person: str
    note: str
    own: bool
    gone: bool
    version: int
    base: str
    title: str
    due_text: str
    author: str
    now: bool = False
    points: Decimal = Decimal(0)
    question: Question | None = None
    department: str = ""


FILTERS: tuple[Filter[StepRow], ...] = (
    Filter("", "alle offenen", lambda row: not row.done),
    Filter("ueberfaellig", "überfällig", lambda row: row.overdue),
    Filter("bald", "in den nächsten 14 Tagen", lambda row: row.soon),
    Filter("erledigt", "erledigt", lambda row: row.done),
)


class Group(NamedTuple):
    """Steps under one heading: all of them, those that a filter shows, and those done that are folded beneath."""

    title: str
    rows: tuple[StepRow, ...]
    shown: tuple[StepRow, ...]
    finished: tuple[StepRow, ...]


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

    def groups(self, chosen: Filter[StepRow] = FILTERS[0]) -> tuple[Group, ...]:
        """Every group with steps in it; done steps are shown where they are asked for, else folded."""
        groups = []
        for title in (*GROUPS, OWN_GROUP):
            rows = tuple(row for row in self.rows if row.group == title)
            finished = tuple(row for row in rows if row.done and not chosen.key)
            groups.append(Group(title, rows, tuple(filter(chosen.passes, rows)), finished))
        return tuple(group for group in groups if group.rows)


def build_board(page: CheckPage) -> Board:
    """Derives the steps, remembers when each first appeared, and adds what people said about them."""
    stored = page.load_steps()
    steps = derive(page, stored)
    keys = [step.key for step in steps]
    if page.may(Right.ANSWER) and any(key not in stored for key in keys):
        stored = saving.remember_first_seen(page.check.id, keys, page.today)
    rows = [_derived_row(page, step, stored.get(step.key)) for step in steps]
    others = (step for key, step in stored.items() if key not in keys)
    rows += [_other_row(page, step) for step in others if step.own or step.touched]
    return Board(tuple(sorted(rows, key=lambda row: (row.done, row.gone, row.due or date.max))))


def derive(page: CheckPage, stored: Steps) -> Sequence[Step]:
    """The steps that have a cause, in the order of the rules."""
    first_seen = {key: step.first_seen for key, step in stored.items()}
    done = frozenset(key for key, step in stored.items() if step.done)
    return page.situation.checklist(first_seen, done)


def content_of(step: StoredStep) -> StepText:
    """What people said about a step; its mark is the base of the part."""
    return StepText(step.own, step.done, step.person, step.note, step.title, step.due, step.group)


def _derived_row(page: CheckPage, step: Step, stored: StoredStep | None) -> StepRow:
    return replace(
        _row(page, stored or StoredStep(step.key, page.today), step.due),
        group=step.group,
        text=step.text,
        now=step.now,
        points=step.points,
        question=page.questionnaire.question[step.question] if step.question else None,
        department=page.questionnaire.department[step.department].title if step.department else "",
    )


def _other_row(page: CheckPage, stored: StoredStep) -> StepRow:
    """An own step, or one whose cause is gone."""
    if stored.own:
        return _row(page, stored, stored.due)
    row, kind = _row(page, stored, stored.due, gone=True), stored.key.partition(":")[0]
    group = GROUPS[KINDS.index(kind if kind in KINDS else "goal")]
    return replace(row, group=group, text=name_step(page.questionnaire, stored.key))


def _row(page: CheckPage, stored: StoredStep, due: date | None, *, gone: bool = False) -> StepRow:
    """What people said about a step, with the day by which it is to be done."""
    days = (due - page.today).days if due and not (stored.done or gone) else None
    return StepRow(
        key=stored.key,
        group=OWN_GROUP,
        text=stored.title,
        due=due,
        overdue=days is not None and days < 0,
        soon=days is not None and 0 <= days <= SOON_DAYS,
        done=stored.done,
        done_on=clock.local(stored.at).date() if stored.done and stored.at else None,
        person=stored.person,
        note=stored.note,
        own=stored.own,
        gone=gone,
        version=stored.version,
        base=digest(content_of(stored)),
        title=stored.title,
        due_text=german.day(stored.due) if stored.due else "",
        author=say_author(stored.by, clock.local(stored.at), page.access.me) if stored.by and stored.at else "",
    )
