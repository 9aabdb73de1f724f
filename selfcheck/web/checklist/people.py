"""Who does a step: people and offices of the Team, chosen by their names, or whoever was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import DepartmentId
from selfcheck.core.rules.to_do.checklist import Step
from selfcheck.core.text.order import fold
from selfcheck.store.database import limits
from selfcheck.store.parts.seats import Seat, Together, load_together
from selfcheck.store.parts.values import StepText, StoredStep, author
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage


class Office(NamedTuple):
    """An office as a filter names it: one that is asked, else the department that usually knows."""

    key: str = ""
    title: str = ""


NOBODY = Office()


@dataclass(frozen=True)
class People:
    """Everybody of the Team whose place is open."""

    together: Together

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._by_call)

    @cached_property
    def _by_call(self) -> dict[str, Seat]:
        return {_call(seat): seat for seat in self.together.seats}

    @cached_property
    def _by_name(self) -> dict[str, Seat]:
        return {fold(name): seat for name, seat in self._by_call.items()}

    def seat(self, place_id: int | None) -> Seat | None:
        return self.together.seat(place_id) if place_id is not None else None

    def read(self, said: StepText) -> StepText:
        """`said` with the place of the one whose name was typed."""
        seat = self._by_name.get(fold(said.person)) if 0 < len(said.person) <= limits.PERSON else None
        return _assign(said, seat) if seat is not None else said

    def content(self, step: StoredStep) -> StepText:
        """What people said about a step, as `read` would read it from its fields; its mark is the base of the part."""
        said = StepText(step.own, step.done, step.person, step.note, step.title, step.due, step.group)
        seat = self.seat(step.place_id)
        return _assign(said, seat) if seat is not None else said

    def say(self, step: StoredStep) -> str:
        """Who does it, as their field says it; whoever left the Team by the name of then."""
        seat = self.seat(step.place_id)
        return _call(seat) if seat is not None else step.person

    def file_under(self, departments: Mapping[DepartmentId, Office], stored: StoredStep, step: Step | None) -> Office:
        """The office that is to do it: the one that was chosen, else one that is asked the question, else that of the
        department that usually knows (`departments`); none where a person does it or is to answer the question.
        """
        seat = self.seat(stored.place_id)
        if seat is not None or stored.person:
            return _name(seat) if seat is not None and seat.role is Role.OFFICE else NOBODY
        asked = self.together.offices(step.question) if step is not None and step.question else ()
        if asked:
            return _name(asked[0])
        if self.find_assignee(step) is not None:
            return NOBODY
        return NOBODY if step is None or step.department is None else departments[step.department]

    def find_assignee(self, step: Step | None) -> Seat | None:
        """The person to whom the question of a step is assigned."""
        return self.together.assignee(step.question) if step is not None and step.question else None

    def name_departments(self, page: CheckPage) -> Mapping[DepartmentId, Office]:
        """The office of each department by the name that it has here, and the department itself where none is open."""
        offices = {fold(seat.label): seat for seat in reversed(self.together.seats) if seat.role is Role.OFFICE}
        found: dict[DepartmentId, Office] = {}
        for own in page.departments.all:
            seat = offices.get(fold(own.title))
            found |= dict.fromkeys(own.ids, _name(seat) if seat else Office(f"fb-{own.id}", own.title))
        return found


def find_people(check_id: int) -> People:
    """One statement."""
    return People(load_together(check_id, clock.today()))


ALONE = People(Together((), {}, {}, 0))
"""Where nobody asks who does it."""


def _assign(said: StepText, seat: Seat) -> StepText:
    """What is kept beside the place is there for those who cannot look it up: the history, the data file."""
    return replace(said, person=_cut(author(seat.person, seat.label)), place_id=seat.place_id)


def _call(seat: Seat) -> str:
    """The name by which a seat is chosen: no longer than what can be typed."""
    return _cut(seat.name)


def _cut(name: str) -> str:
    return name if len(name) <= limits.PERSON else f"{name[: limits.PERSON - 1]}…"


def _name(seat: Seat) -> Office:
    return Office(f"platz-{seat.place_id}", seat.name)
