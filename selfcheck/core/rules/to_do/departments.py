"""What a town calls the departments of a questionnaire, and which of them are one there: known by the offices that it
asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Department, DepartmentId, QuestionId, Questionnaire
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.facts import Facts
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.core.text.order import fold

Names = Mapping[DepartmentId, str]


class AskedOffice(NamedTuple):
    """An office that is or was asked, since when, and what; `label` is what the town calls it."""

    label: str
    since: date
    questions: frozenset[QuestionId]


class OwnDepartment(NamedTuple):
    """One department as the town calls it; `ids` are those of the questionnaire that it is, `id` is their first."""

    title: str
    ids: tuple[DepartmentId, ...]

    @property
    def id(self) -> DepartmentId:
        return self.ids[0]


@dataclass(frozen=True)
class OwnDepartments:
    """All departments of a questionnaire as the town calls them, in its order; `names` are those that differ."""

    questionnaire: Questionnaire
    names: Names

    @cached_property
    def all(self) -> tuple[OwnDepartment, ...]:
        """Of the same name are one."""
        titles: dict[str, str] = {}
        ids: dict[str, list[DepartmentId]] = {}
        for each in self.questionnaire.departments:
            title = self.names.get(each.id, each.title)
            titles.setdefault(fold(title), title)
            ids.setdefault(fold(title), []).append(each.id)
        return tuple(OwnDepartment(titles[key], tuple(ids[key])) for key in titles)

    @cached_property
    def by_id(self) -> Mapping[DepartmentId, OwnDepartment]:
        return {id: own for own in self.all for id in own.ids}

    def title(self, id: DepartmentId) -> str:
        """The one function by which a department is named to a town."""
        return self.by_id[id].title


def call_departments(facts: Facts, offices: Sequence[AskedOffice]) -> OwnDepartments:
    """Called is a department by the office of its name, else by the only one that is asked anything of it, if that is
    more than what is left open to somebody else.
    """
    called = {each.id: _find_name(facts, each, offices) for each in facts.questionnaire.departments}
    titles = facts.questionnaire.department
    return OwnDepartments(
        facts.questionnaire, {id: name for id, name in called.items() if name and name != titles[id].title}
    )


def find_since(questionnaire: Questionnaire, offices: Iterable[AskedOffice]) -> dict[DepartmentId, date]:
    """The departments by whose name an office is asked, and since when."""
    since: dict[DepartmentId, date] = {}
    for department in questionnaire.departments:
        days = [each.since for each in offices if _is_called(department, each.label)]
        if days:
            since[department.id] = min(days)
    return since


def answers_for(asked: int, left: int) -> bool:
    """Whether offices that are `asked` so much of a department answer for it, where so much open is `left`."""
    return asked > left


def _find_name(facts: Facts, department: Department, offices: Sequence[AskedOffice]) -> str:
    named = [each.label for each in offices if _is_called(department, each.label)]
    if named:
        return min(named, key=lambda label: fold(label) != fold(department.title))
    lines = facts.estimate.line
    asked = {question: each.label for each in offices for question in each.questions}
    own = [each.id for each in facts.questionnaire.questions if each.department == department.id]
    labels = {fold(each.label): each.label for each in offices if not each.questions.isdisjoint(own)}
    left = [
        id for id in own if id not in asked and lines[id].state in UNSETTLED and lines[id].applies is not Applies.NO
    ]
    answering = len(labels) == 1 and answers_for(sum(id in asked for id in own), len(left))
    return next(iter(labels.values())) if answering else ""


def _is_called(department: Department, label: str) -> bool:
    """`Bauamt` and `Bauamt (Planung, Hochbau)` are the same name: what stands in brackets only says what it does."""
    return _shorten(department.title) == _shorten(label)


def _shorten(name: str) -> str:
    return fold(name).partition(" (")[0]
