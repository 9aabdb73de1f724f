"""What-if: other values for some questions, taken from the address, estimated and forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from selfcheck.core.questionnaire.model import Criterion, Kind, Question, QuestionId, Questionnaire, Value
from selfcheck.core.rules.answers import OPEN, fits
from selfcheck.core.rules.estimate import Applies, Estimate
from selfcheck.core.rules.route import value_after
from selfcheck.core.text.contents import is_blank
from selfcheck.core.text.number import LONGEST, read_number
from selfcheck.reporting.charts.charts import Bar, total_row
from selfcheck.reporting.words import german, verdict
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.reporting.words.question_points import list_points
from selfcheck.reporting.words.verdict import Voice
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.trial import ADDED, ASKED, VALUE

UNKNOWN = "Eine Frage in der Adresse gibt es hier nicht. Sie wurde nicht berücksichtigt."


class Choice(NamedTuple):
    """An option, and what it is worth in words."""

    id: str
    text: str
    points: str


class Deed(NamedTuple):
    """A measure that leads to what is tried out; `key` names it where it becomes a goal."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that is tried out: what stands in its fields, what is answered now, what was wrong.

    `worth`: what numbers are worth, or the most that options can give together; `points` what is tried out is worth.
    """

    question: Question
    choices: tuple[Choice, ...]
    worth: str
    points: str
    name: str
    options: frozenset[str]
    text: str
    now: str
    applies: bool
    error: str
    without: str
    """The end of the address without this question."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything the page shows; `ignored` says what in the address made no sense."""

    asked: tuple[Asked, ...]
    offered: tuple[tuple[Criterion, tuple[Question, ...]], ...]
    changed: bool
    estimate: Estimate
    bars: tuple[Bar, ...]
    pass_mark: Decimal
    difference: str
    deeds: tuple[Deed, ...]
    title: str
    sentence: str
    mark: Decimal
    rows: tuple[tuple[str, str, str, str], ...]
    possible: str
    disclaimer: str
    ignored: tuple[str, ...]


def explore(page: CheckPage, args: MultiDict[str, str]) -> Trial:
    """The estimate of this self-check with the values in `args`; nothing is stored."""
    questionnaire = page.questionnaire
    ids, ignored = _read_ids(questionnaire, args)
    read = {id: _read_value(page, questionnaire.question[id], args) for id in ids}
    values = {id: value for id, (value, _) in read.items() if value is not None}
    changed = {id: value for id, value in values.items() if page.loaded.answers.get(id, OPEN).value != value}
    then = page.situation.with_values(changed).estimate if changed else page.estimate
    voice = Voice.TRIAL if changed else Voice.TOWN
    return Trial(
        asked=tuple(_show(page, questionnaire.question[id], *read[id], args, then) for id in ids),
        offered=_offer(page, set(ids)),
        changed=bool(changed),
        estimate=then,
        bars=total_row(questionnaire, then).bars,
        pass_mark=questionnaire.pass_mark,
        difference=_say_difference(then.reached - page.estimate.reached),
        deeds=tuple(_list_deeds(page, changed)),
        title=verdict.name_verdict(then.verdict, voice),
        sentence=verdict.explain_verdict(questionnaire, then, page.check.municipality, voice),
        mark=verdict.shown_mark(questionnaire, then),
        rows=_compare(page.estimate, then),
        possible=_say_possible(page.estimate, then),
        disclaimer=verdict.disclaim(questionnaire),
        ignored=ignored,
    )


def _offer(page: CheckPage, chosen: set[QuestionId]) -> tuple[tuple[Criterion, tuple[Question, ...]], ...]:
    """What else may be tried out, by criterion: what brings points here and is not tried out yet."""
    lines = page.estimate.line
    offered = []
    for criterion in page.questionnaire.criteria:
        others = (each for each in criterion.questions if each.scores and each.id not in chosen)
        offered.append((criterion, tuple(each for each in others if lines[each.id].applies is not Applies.NO)))
    return tuple((criterion, questions) for criterion, questions in offered if questions)


def _read_ids(questionnaire: Questionnaire, args: MultiDict[str, str]) -> tuple[list[QuestionId], tuple[str, ...]]:
    scoring = {question.id for question in questionnaire.questions if question.scores}
    ids = list(dict.fromkeys(QuestionId(id) for id in (*args.getlist(ASKED), *args.getlist(ADDED)) if id))
    ignored = () if scoring.issuperset(ids) else (UNKNOWN,)
    return [id for id in ids if id in scoring], ignored


def _read_value(page: CheckPage, question: Question, args: MultiDict[str, str]) -> tuple[Value | None, str]:
    """The value that the address gives to `question`, or None and what is wrong, if anything is."""
    if question.id not in args.getlist(ASKED):
        return None, ""
    entered = args.getlist(f"{VALUE}{question.id}")
    value = _parse(question, entered)
    if value is not None and fits(question, value):
        return value, ""
    if all(map(is_blank, (text[:LONGEST] for text in entered))):
        return None, ""
    wrong = question.error or "Diese Angabe gibt es bei dieser Frage nicht."
    return None, f"{wrong} Gerechnet wird weiter mit der heutigen Antwort."


def _parse(question: Question, entered: list[str]) -> Value | None:
    if question.kind is Kind.MANY:
        return frozenset(option.id for option in question.options if option.id in entered)
    text = entered[0] if entered else ""
    if question.kind is Kind.NUMBER:
        return read_number(text, question.unit, question.decimals)
    return text


def _show(
    page: CheckPage, question: Question, value: Value | None, error: str, args: MultiDict[str, str], then: Estimate
) -> Asked:
    answer = page.loaded.answers.get(question.id, OPEN)
    content, name = answer.value if value is None else value, f"{VALUE}{question.id}"
    text = german.number_to_edit(content) if isinstance(content, Decimal) else ""
    others = [(key, each) for key, each in args.items(multi=True) if each and each != question.id and key != name]
    points = then.line[question.id].points
    return Asked(
        question=question,
        choices=tuple(Choice(each.id, each.text, german.points_count(each.points)) for each in question.options),
        worth=_say_worth(question),
        points=german.points_out_of(points.claimed, points.possible),
        name=name,
        options=content if isinstance(content, frozenset) else frozenset([content] if isinstance(content, str) else ()),
        text=args.get(name, "")[:LONGEST] if error else text,
        now=join_options(say_answer(question, answer)),
        applies=page.estimate.line[question.id].applies is Applies.YES,
        error=error,
        without=f"?{urlencode(others)}" if others else "",
    )


def _say_worth(question: Question) -> str:
    if question.kind is Kind.NUMBER:
        return ", ".join(f"{row.text}: {german.points_count(row.points)}" for row in list_points(question))
    return f"Zusammen höchstens {german.points_count(question.at_most)}." if question.at_most is not None else ""


def _list_deeds(page: CheckPage, changed: Mapping[QuestionId, Value]) -> Iterator[Deed]:
    """The measures that lead to just what is tried out, those that are goals already left out."""
    for id, value in changed.items():
        question = page.questionnaire.question[id]
        answer = page.loaded.answers.get(id, OPEN)
        for measure in question.measures:
            if value_after(answer, measure) == value and measure.text not in page.goals:
                yield Deed(f"{id}.{measure.id}", f"{question.number}: {measure.text}")


def _compare(now: Estimate, then: Estimate) -> tuple[tuple[str, str, str, str], ...]:
    """The three numbers now and then, as (label, now, then, difference)."""
    numbers = (
        ("belegt", now.reached_documented, then.reached_documented),
        ("angegeben", now.reached, then.reached),
        ("möglich bis", now.upper, then.upper),
    )
    return tuple((label, _say(old, now), _say(new, then), _say_difference(new - old)) for label, old, new in numbers)


def _say(points: Decimal, estimate: Estimate) -> str:
    percent = german.percent(german.share(points, estimate.points.possible))
    return f"{percent} ({german.points_count(points)})"


def _say_difference(points: Decimal) -> str:
    if not points:
        return "unverändert"
    return f"{'+' if points > 0 else '−'}{german.points_count(abs(points))}"


def _say_possible(now: Estimate, then: Estimate) -> str:
    """Says that other questions count, where they do."""
    if now.points.possible == then.points.possible:
        return ""
    return (
        f"Damit zählen auch andere Fragen: Möglich sind dann {german.points(then.points.possible)} "
        f"statt {german.points_count(now.points.possible)}."
    )
