"""Goals out of measures: what the answers leave to be done, with what the question counts, if it counts anything."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import Measure, Question, QuestionId
from selfcheck.core.rules.answers import OPEN, Answer
from selfcheck.core.rules.route import latest_start, list_improvements, value_after
from selfcheck.reporting.report import goal_text
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import STATES
from selfcheck.store.database import limits
from selfcheck.store.parts.values import GoalText
from selfcheck.store.parts.writes import Part, Write
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.submitted import SubmittedPart

NAME = "goal.measure"
"""The part as which a measure is taken over."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure that could become a goal: where its question stands now and where it leads.

    `added` says of a choice of several what comes to those chosen, for there `now` and `target` are long. `late`: it is
    not done before the interview, so it is one for afterwards.
    """

    key: str
    title: str
    gain: Decimal
    now: str
    target: str
    added: str
    late: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a measure whose button was pressed; neither where it is none."""

    part: SubmittedPart | None = None
    goal: int | None = None


def list_suggestions(page: CheckPage) -> tuple[Suggestion, ...]:
    """What is no goal yet, by its gain; one measure per question."""
    suggested: dict[QuestionId, Suggestion] = {}
    for one in list_improvements(page.situation):
        question, measure = page.questionnaire.question[one.question], one.measure
        if question.id in suggested or measure.text in page.goals:
            continue
        answer = page.loaded.answers.get(question.id, OPEN)
        after = value_after(answer, measure)
        now, target = (goal_text.say_standing(question, value, limits.LINE) for value in (answer.value, after))
        begin = latest_start(measure, page.check.interview)
        suggested[question.id] = Suggestion(
            key=f"{question.id}.{measure.id}",
            title=f"{question.number}: {measure.text}",
            gain=one.gain,
            now=now or STATES[page.estimate.line[question.id].state],
            target=target,
            added=goal_text.say_added(question, answer.value, after),
            late=begin is not None and begin < page.today,
        )
    return tuple(suggested.values())


def propose(question: Question, answer: Answer, measure: Measure) -> GoalText:
    """The goal that `measure` becomes; whoever takes it over goes on from there."""
    after = value_after(answer, measure)
    return GoalText(
        title=german.shorten(question.name, limits.LINE),
        criterion=question.criterion,
        start=goal_text.say_start(question, answer),
        measure=measure.text,
        metric=goal_text.measure_by_number(question, limits.TITLE),
        metric_now=goal_text.say_counted(question, answer.value, limits.LINE),
        metric_target=goal_text.say_counted(question, after, limits.LINE),
    )


def read_measure(page: CheckPage, text: str, key: str) -> Taken:
    """The measure that `text` names: to be written as a goal, or the goal that it is. `key` makes it only once."""
    id, _, name = text.partition(".")
    question = page.questionnaire.question.get(QuestionId(id))
    measure = next((each for each in question.measures if each.id == name), None) if question else None
    if question is None or measure is None:
        return Taken()
    if measure.text in page.goals:
        return Taken(goal=page.goals[measure.text])
    content = propose(question, page.loaded.answers.get(question.id, OPEN), measure)
    return Taken(SubmittedPart(NAME, write=Write(Part.GOAL, None, 0, content, f"{key}.{text}")))
