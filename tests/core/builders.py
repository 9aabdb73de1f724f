"""Small questionnaires for tests, written down in few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from selfcheck.core.questionnaire.model import (
    Bonus,
    Criterion,
    CriterionId,
    Department,
    DepartmentId,
    Effort,
    Kind,
    Measure,
    MeasureId,
    NumberStep,
    Option,
    OptionId,
    Profile,
    ProfileIs,
    Question,
    QuestionId,
    Questionnaire,
    Source,
    Validity,
    Value,
)
from selfcheck.core.rules.answers import Answer, Evidence, State

PROFILE = Profile(centrality="mittelzentrum", audit="first", land="HE")
DEPARTMENTS = (
    Department(DepartmentId("hauptamt"), "Hauptamt"),
    Department(DepartmentId("jugend"), "Jugendpflege"),
)
RENEWAL_ONLY = ProfileIs("audit", ("renewal",))
LISTED = Evidence("Beschluss", available=True)


def question(name: str, kind: Kind, **further: object) -> Question:
    """Anything not said is as plain as can be; number and criterion come with `questionnaire`."""
    plain = Question(
        QuestionId(name), "", CriterionId(""), f"Wie steht es um {name}?", "", kind, DEPARTMENTS[0].id, Source.OWN
    )
    return replace(plain, **further)


def options(**points: float | str) -> tuple[Option, ...]:
    """`options(ja=4, nein=0)`; an option's text is its id with a capital letter."""
    return tuple(Option(OptionId(name), name.capitalize(), Decimal(str(value))) for name, value in points.items())


def yes_no(name: str, points: float, partly: float | None = None, **further: object) -> Question:
    choices = {"ja": points} | ({} if partly is None else {"teilweise": partly}) | {"nein": 0}
    return question(name, Kind.YES_NO, options=options(**choices), **further)


def number(name: str, steps: dict[float, float], **further: object) -> Question:
    values = {"unit": "%", "minimum": Decimal(0), "maximum": Decimal(100), "decimals": 1} | further
    starts = tuple(NumberStep(Decimal(str(start)), Decimal(str(points))) for start, points in steps.items())
    return question(name, Kind.NUMBER, steps=starts, **values)


def measure(name: str, leads_to: Value, effort: Effort = Effort.SMALL, months: int = 1) -> Measure:
    return Measure(MeasureId(name), f"Maßnahme {name}", effort, months, (), leads_to)


def questionnaire(*criteria: Iterable[Question], **further: object) -> Questionnaire:
    """One criterion per argument, with the letters A, B, C."""
    plain = Questionnaire(
        id="probe",
        version="1",
        title="Probe",
        official=False,
        notice="",
        assumptions="",
        sources=(),
        pass_mark=Decimal(70),
        goal_margin=Decimal(0),
        bonus=Bonus(at_most=Decimal(6), per_project=Decimal(1), per_goal=Decimal(1)),
        goals=3,
        validity=Validity(first=3, renewal=5),
        departments=DEPARTMENTS,
        criteria=tuple(_criterion(letter, questions) for letter, questions in zip("ABCDEFG", criteria, strict=False)),
    )
    return replace(plain, **further)


def _criterion(letter: str, questions: Iterable[Question]) -> Criterion:
    name = CriterionId(f"kriterium-{letter.lower()}")
    numbered = (replace(one, number=f"{letter}{place}", criterion=name) for place, one in enumerate(questions, start=1))
    return Criterion(name, letter, f"Kriterium {letter}", "", tuple(numbered))


def given(value: object, *evidence: Evidence) -> Answer:
    """A value as one would write it: a text for an option, a set of texts, a number."""
    exact = Decimal(str(value)) if isinstance(value, int | float) else value
    if isinstance(value, set):
        exact = frozenset(OptionId(option) for option in value)
    return Answer(State.GIVEN, exact, evidence=evidence)


UNCLEAR = Answer(State.UNCLEAR)
NOT_APPLICABLE = Answer(State.NOT_APPLICABLE, reason="gibt es hier nicht")
