"""The checklist as it is shown: derived steps and what people added to them, in groups, with what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import DepartmentId, Question
from selfcheck.core.rules.to_do.checklist import DEPARTMENT, EVIDENCE, GROUPS, RECOMMENDATION, Step
from selfcheck.core.text.order import sort_key
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_author
from selfcheck.reporting.words.names import name_step
from selfcheck.store.parts.values import StoredStep
from selfcheck.web.checklist.people import ALONE, NOBODY, Office, People
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Filter
from selfcheck.web.layout.steps import remember
from selfcheck.web.parts.submitted import digest

OWN_GROUP = "Eigene Schritte"
ASK_CHAMBER = "team:chamber"
SOON_DAYS = 14
KINDS = ("team", "answer", "measure", "evidence", "goal", "chamber", "recommendation", "interview")
"""How the keys of the steps of each group begin."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step with its state; `gone`: its cause is gone, but somebody touched it („nicht mehr nötig“).

    `why` says why it is done by itself: then nobody can untick it; `ticked` is what a person said all the same, and
    `needless` that nobody did it nor has to.
    `person` stands in the field of who does it, `who` says it, `office` is the one that it is filed under.
    `department` is its name where the step is about asking one. `title` and `due_text` stand in the fields of the step;
    `author` is who said something about it last, and when.
    """

    key: str
    group: str
    text: str
    due: date | None
    overdue: bool
    soon: bool
    done: bool
    ticked: bool
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
    mine: bool
    why: str = ""
    now: bool = False
    points: Decimal = Decimal(0)
    question: Question | None = None
    office: Office = NOBODY
    department: str = ""
    assignee: str = ""
    needless: bool = False

    @property
    def label(self) -> str:
        """The text; where it is about asking an office, which stands in a block of such, only whom."""
        return self.department if self.involves and self.department else self.text

    @property
    def involves(self) -> bool:
        """Whether it is about asking an office."""
        return self.key.startswith(DEPARTMENT)

    @property
    def about_sheet(self) -> bool:
        """Whether it is about getting the chamber's Prüfbogen."""
        return self.key == ASK_CHAMBER

    @property
    def recommendation(self) -> str:
        """The id of the recommendation that it is about; empty for all others."""
        return self.key.removeprefix(RECOMMENDATION) if self.key.startswith(RECOMMENDATION) else ""

    @property
    def who(self) -> str:
        """A person, else the office, unless the step names it already, else whoever is to answer the question."""
        return self.person or ("" if self.involves else self.office.title) or self.assignee

    @property
    def said_done(self) -> str:
        """That it is done, since when, and why; or why nobody has to do it."""
        if self.needless:
            return f"nicht nötig: {self.why}"
        on = f" {german.day(self.done_on)}" if self.done_on else ""
        return f"erledigt{on}{f', {self.why}' if self.why else ''}" if self.done else ""

    @property
    def said_due(self) -> str:
        return f"{'jetzt, bis ' if self.now else ''}{german.day(self.due)}" if self.due else ""


ALL: Filter[StepRow] = Filter("", "alle offenen", lambda row: not row.done)
MINE: Filter[StepRow] = Filter("mir", "mir zugewiesen", lambda row: row.mine and not row.done)
FILTERS: tuple[Filter[StepRow], ...] = (
    ALL,
    Filter("ueberfaellig", "überfällig", lambda row: row.overdue),
    Filter("bald", "in den nächsten 14 Tagen", lambda row: row.soon),
    MINE,
    Filter("erledigt", "erledigt", lambda row: row.done and not row.needless),
)


class Group(NamedTuple):
    """Steps under one heading: all of them, those that a filter shows, and those done that are folded beneath.

    `offices`: steps of asking offices, which stand in one block; they are not among the others but in `rows`.
    """

    title: str
    rows: tuple[StepRow, ...]
    shown: tuple[StepRow, ...]
    finished: tuple[StepRow, ...]
    offices: tuple[StepRow, ...]

    @property
    def counted(self) -> tuple[StepRow, ...]:
        return tuple(row for row in self.rows if not (row.gone or row.needless))


@dataclass(frozen=True, slots=True)
class Board:
    """All steps of a self-check, in the order to show them."""

    rows: tuple[StepRow, ...]

    @property
    def counted(self) -> tuple[StepRow, ...]:
        return tuple(row for row in self.rows if not (row.gone or row.needless))

    @property
    def done(self) -> int:
        return sum(row.done for row in self.counted)

    @property
    def progress(self) -> str:
        """The same words everywhere."""
        return f"{self.done} von {len(self.counted)}"

    @property
    def offices(self) -> tuple[StepRow, ...]:
        """The steps of asking offices, also where nobody has to."""
        return tuple(row for row in self.rows if row.involves and not row.gone)

    def groups(self, chosen: Filter[StepRow] = ALL) -> tuple[Group, ...]:
        """Every group with steps in it; done steps are shown where they are asked for, else folded."""
        groups = []
        for title in (*GROUPS, OWN_GROUP):
            rows = tuple(row for row in self.rows if row.group == title)
            plain = [row for row in rows if not row.involves]
            shown = tuple(filter(chosen.passes, plain))
            finished = tuple(row for row in plain if row.done and not chosen.key)
            offices = tuple(row for row in rows if row.involves and (not chosen.key or chosen.passes(row)))
            groups.append(Group(title, rows, shown, finished, offices))
        return tuple(group for group in groups if group.rows)

    def office_filters(self, chosen: str = "") -> tuple[Filter[StepRow], ...]:
        """One for each office that has something left to do, by name, and the `chosen` one."""
        offices = {row.office for row in self.counted if row.office.key and (not row.done or row.office.key == chosen)}
        return tuple(_filter_by(office) for office in sorted(offices, key=lambda office: sort_key(office.title)))


def _filter_by(office: Office) -> Filter[StepRow]:
    return Filter(office.key, office.title, lambda row: row.office == office and not row.done)


def build_board(page: CheckPage, people: People = ALONE) -> Board:
    """Derives the steps and adds what people said about them; `people` say who that is where a page shows it."""
    found = remember(page.access, page.today, page.checklist)
    desk = _Desk(page, people, people.name_departments(page))
    rows = [desk.derived(step, found.stored.get(step.key)) for step in found.steps]
    derived = {step.key for step in found.steps}
    others = (stored for key, stored in found.stored.items() if key not in derived)
    rows += [desk.other(stored) for stored in others if stored.own or stored.touched]
    return Board(tuple(sorted(rows, key=lambda row: (row.done, row.gone, row.due or date.max))))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Makes the rows of one page."""

    page: CheckPage
    people: People
    departments: Mapping[DepartmentId, Office]

    def derived(self, step: Step, stored: StoredStep | None) -> StepRow:
        page, kept = self.page, stored or StoredStep(step.key, self.page.today)
        row, assignee = self._row(kept, step.due, done=step.done), self.people.find_assignee(step)
        row = replace(
            row,
            group=step.group,
            text=step.text,
            now=step.now,
            points=step.points,
            question=page.questionnaire.question[step.question] if step.question else None,
            office=self.people.file_under(self.departments, kept, step),
            department=page.departments.title(step.department) if step.department else "",
            assignee=assignee.name if assignee else "",
            mine=row.mine or bool(not row.person and assignee and assignee.place_id == page.access.place_id),
            needless=step.needless,
        )
        if step.by_itself is None:
            return row
        return replace(row, why=step.by_itself.reason, done_on=step.by_itself.on or _find_day(page, step))

    def other(self, stored: StoredStep) -> StepRow:
        """An own step, or one whose cause is gone."""
        row = self._row(stored, stored.due, done=stored.done, gone=not stored.own)
        row = replace(row, office=self.people.file_under(self.departments, stored, None))
        if stored.own:
            return row
        kind = stored.key.partition(":")[0]
        group = GROUPS[KINDS.index(kind if kind in KINDS else "goal")]
        return replace(row, group=group, text=name_step(self.page.questionnaire, stored.key, self.page.departments))

    def _row(self, stored: StoredStep, due: date | None, *, done: bool, gone: bool = False) -> StepRow:
        """What people said about a step, with the day by which it is to be done."""
        access, at = self.page.access, clock.local(stored.at) if stored.at else None
        days = (due - self.page.today).days if due and not (done or gone) else None
        return StepRow(
            key=stored.key,
            group=OWN_GROUP,
            text=stored.title,
            due=due,
            overdue=days is not None and days < 0,
            soon=days is not None and 0 <= days <= SOON_DAYS,
            done=done,
            ticked=stored.done,
            done_on=at.date() if stored.done and at else None,
            person=self.people.say(stored),
            note=stored.note,
            own=stored.own,
            gone=gone,
            version=stored.version,
            base=digest(self.people.content(stored)),
            title=stored.title,
            due_text=german.day(stored.due) if stored.due else "",
            author=say_author(stored.by, at, access.me) if stored.by and at else "",
            mine=stored.place_id is not None and stored.place_id == access.place_id,
        )


def _find_day(page: CheckPage, step: Step) -> date | None:
    """When a question was answered, or its evidence came; nothing for other steps."""
    if step.question is None:
        return None
    if step.group == EVIDENCE:
        pieces = page.loaded.evidence.get(step.question, ())
        moments = [piece.at for piece in pieces if piece.evidence.counts(page.day)]
    else:
        stored = page.loaded.stored.get(step.question)
        moments = [stored.choice_at] if stored is not None and stored.choice_at else []
    return clock.local(max(moments)).date() if moments else None
