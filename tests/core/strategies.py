"""Random questionnaires with everything that the rules know, and random answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import (
    AUDITS,
    CENTRALITIES,
    LANDS,
    All,
    Any,
    Bonus,
    Condition,
    Effort,
    Kind,
    Measure,
    MeasureId,
    Not,
    NotApplicable,
    NumberStep,
    NumberWithin,
    Option,
    OptionId,
    Profile,
    ProfileIs,
    Question,
    QuestionIs,
    Questionnaire,
    Value,
)
from selfcheck.core.rules.answers import Answer, Answers, Contact, Evidence, Extras, Goal, PastGoal, Project, State
from selfcheck.core.rules.to_do.checklist import Around
from tests.core import builders

DAY = date(2027, 1, 10)
OPTION_NAMES = ("eins", "zwei", "drei", "vier")
PROFILE_FIELDS = {"place": CENTRALITIES[:-1], "audit": AUDITS, "land": LANDS[:-1]}

points = st.integers(0, 8).map(lambda halves: Decimal(halves) / 2)
profiles = st.builds(
    Profile, centrality=st.sampled_from(CENTRALITIES), audit=st.sampled_from(AUDITS), land=st.sampled_from(LANDS)
)
numbers = st.integers(0, 200).map(lambda halves: Decimal(halves) / 2)


def _option_points(draw: st.DrawFn) -> tuple[Option, ...]:
    count = draw(st.integers(2, 4))
    return tuple(Option(OptionId(name), name, draw(points)) for name in OPTION_NAMES[:count])


def _draw_yes_no(draw: st.DrawFn) -> dict[str, object]:
    most = draw(points)
    partly = min(most, draw(points))
    middle = (Option(OptionId("teilweise"), "Teilweise", partly),) if draw(st.booleans()) else ()
    return {
        "options": (Option(OptionId("ja"), "Ja", most), *middle, Option(OptionId("nein"), "Nein", Decimal(0))),
    }


def _draw_one(draw: st.DrawFn) -> dict[str, object]:
    return {"options": _option_points(draw)}


def _draw_many(draw: st.DrawFn) -> dict[str, object]:
    choices = _option_points(draw)
    least, most = max(one.points for one in choices), sum(one.points for one in choices)
    return {"options": choices, "at_most": min(most, least + draw(points)) if draw(st.booleans()) else None}


def _draw_number(draw: st.DrawFn) -> dict[str, object]:
    starts = sorted(draw(st.lists(numbers, min_size=1, max_size=3, unique=True)))
    values = sorted(draw(st.lists(points, min_size=len(starts), max_size=len(starts))), reverse=draw(st.booleans()))
    if values[0] > values[-1]:
        starts[0] = Decimal(0)
    steps = tuple(NumberStep(start, value) for start, value in zip(starts, values, strict=True))
    return {"unit": "%", "minimum": Decimal(0), "maximum": Decimal(100), "decimals": 1, "steps": steps}


FOR_KIND = {
    Kind.YES_NO: _draw_yes_no,
    Kind.ONE: _draw_one,
    Kind.MANY: _draw_many,
    Kind.NUMBER: _draw_number,
    Kind.TEXT: lambda draw: {},
}


@st.composite
def conditions(draw: st.DrawFn, earlier: Sequence[Question], depth: int = 2) -> Condition:
    if depth and draw(st.booleans()):
        parts = st.lists(conditions(earlier, depth - 1), min_size=1, max_size=3).map(tuple)
        return draw(st.builds(All, parts) | st.builds(Any, parts) | st.builds(Not, conditions(earlier, depth - 1)))
    asked = [question for question in earlier if question.scores]
    if not asked or draw(st.integers(0, 4)) == 0:
        field = draw(st.sampled_from(sorted(PROFILE_FIELDS)))
        return ProfileIs(field, tuple(draw(st.sets(st.sampled_from(PROFILE_FIELDS[field]), min_size=1))))
    question = draw(st.sampled_from(asked))
    if question.kind is Kind.NUMBER:
        return NumberWithin(question.id, draw(numbers), draw(st.none() | numbers))
    return QuestionIs(question.id, tuple(draw(st.sets(st.sampled_from(sorted(question.option)), min_size=1))))


def values(question: Question) -> st.SearchStrategy[Value]:
    """Any value that fits the question."""
    match question.kind:
        case Kind.TEXT:
            return st.just("Text")
        case Kind.NUMBER:
            return numbers
        case Kind.MANY:
            return st.frozensets(st.sampled_from(sorted(question.option)))
        case _:
            return st.sampled_from(sorted(question.option))


@st.composite
def measures(draw: st.DrawFn, question: Question, place: int) -> Measure:
    effort, months = draw(st.sampled_from(Effort)), draw(st.integers(0, 8))
    return Measure(MeasureId(f"m{place}"), f"Maßnahme {place}", effort, months, (), draw(values(question)))


@st.composite
def questions(draw: st.DrawFn, place: int, earlier: Sequence[Question], conditional: bool) -> Question:
    kind = draw(st.sampled_from(Kind))
    question = builders.question(f"frage-{place}", kind, **FOR_KIND[kind](draw))
    if kind is not Kind.TEXT:
        question = replace(
            question,
            evidence=draw(st.sampled_from(((), ("Beschluss",)))),
            not_applicable=draw(st.sampled_from((None, *NotApplicable))),
            measures=tuple(draw(measures(question, one)) for one in range(draw(st.integers(0, 3)))),
        )
    condition = draw(st.none() | conditions(earlier)) if conditional else None
    department = draw(st.sampled_from(builders.DEPARTMENTS)).id
    return replace(question, applies_if=condition, department=department)


@st.composite
def questionnaires(draw: st.DrawFn, most: int = 6, conditional: bool = True) -> Questionnaire:
    """One or two criteria with up to `most` questions."""
    drawn: list[Question] = []
    for place in range(draw(st.integers(1, most))):
        drawn.append(draw(questions(place, drawn, conditional)))
    cut = draw(st.integers(0, len(drawn)))
    bonus = Bonus(draw(points), draw(points), draw(points))
    pass_mark = Decimal(draw(st.sampled_from(("70", "50", "100", "33.5"))))
    return builders.questionnaire(
        drawn[:cut],
        drawn[cut:],
        bonus=bonus,
        pass_mark=pass_mark,
        goal_margin=draw(points),
        goals=draw(st.integers(0, 3)),
    )


evidence = st.builds(
    Evidence,
    title=st.just("Beschluss"),
    available=st.booleans(),
    valid_until=st.none() | st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)),
)


@st.composite
def answers_to(draw: st.DrawFn, question: Question) -> Answer:
    offered = [state for state in State if state is not State.NOT_APPLICABLE or question.not_applicable]
    state = draw(st.sampled_from(offered))
    return Answer(
        state,
        value=draw(values(question)) if state is State.GIVEN else None,
        reason="gibt es nicht" if state is State.NOT_APPLICABLE else "",
        evidence=tuple(draw(st.lists(evidence, max_size=2))),
    )


@st.composite
def answers(draw: st.DrawFn, questionnaire: Questionnaire) -> Answers:
    """Some questions have no entry, which is open too."""
    return {question.id: draw(answers_to(question)) for question in questionnaire.questions if draw(st.integers(0, 9))}


@st.composite
def extras(draw: st.DrawFn) -> Extras:
    flags = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=3)
    return Extras(
        tuple(PastGoal(n, f"Ziel {n}", done, proven) for n, (done, proven) in enumerate(draw(flags), start=1)),
        tuple(Project(n, f"Projekt {n}", proven) for n, (proven, _) in enumerate(draw(flags), start=1)),
        tuple(
            Goal(n, "Ziel", "Maßnahme" * named, "Zahl" * told) for n, (named, told) in enumerate(draw(flags), start=1)
        ),
    )


@st.composite
def towns(draw: st.DrawFn, most: int = 6, conditional: bool = True) -> tuple[Questionnaire, Profile, Answers, Extras]:
    """A questionnaire and one municipality's answers to it, in the order that the rules take them."""
    questionnaire = draw(questionnaires(most, conditional))
    return questionnaire, draw(profiles), draw(answers(questionnaire)), draw(extras())


@st.composite
def surroundings(draw: st.DrawFn, questionnaire: Questionnaire) -> Around:
    """What was done beside the answers."""
    days = st.dates(DAY - timedelta(days=200), DAY)
    asked = st.dictionaries(st.sampled_from([question.id for question in questionnaire.questions]), days)
    offices = st.dictionaries(st.sampled_from([department.id for department in questionnaire.departments]), days)
    contact = draw(st.sampled_from((Contact(), Contact("Eva Keller"), Contact("Eva Keller", phone="06100 1"))))
    return Around(contact, draw(st.none() | days), draw(asked), draw(offices))
