"""One question in a criterion's file: data -> Question, or every fault with its line. Conditions come afterwards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selfcheck.core.questionnaire.model import (
    ZERO,
    CriterionId,
    DepartmentId,
    Kind,
    Measure,
    MeasureId,
    NumberStep,
    Option,
    OptionId,
    Question,
    QuestionId,
    Value,
)
from selfcheck.core.reading.check import check, duplicates
from selfcheck.core.reading.faults import quote
from selfcheck.core.reading.keys import (
    KEYS_OF_KIND,
    ManyKeys,
    MeasureKeys,
    NumberKeys,
    OneKeys,
    QuestionKeys,
    ScoringKeys,
    UnknownKindKeys,
    YesNoKeys,
)
from selfcheck.core.reading.values import describe, describe_decimals, describe_range
from selfcheck.core.reading.yaml_lines import Document, Path
from selfcheck.core.rules.answers import fits
from selfcheck.core.rules.scoring import score
from selfcheck.core.rules.wording import points_count

YES, PARTLY, NO = OptionId("ja"), OptionId("teilweise"), OptionId("nein")


def read_question(document: Document, path: Path, criterion: str, number: str) -> Question | None:
    """The question at `path` without its condition; None if its keys are faulty, with the faults in the document.

    A question whose keys are sound but do not go together is returned too: others may still be checked against it.
    """
    raw = document.at(path)
    kind = raw.get("kind") if isinstance(raw, dict) else None
    keys = check(document, path, KEYS_OF_KIND.get(kind, UnknownKindKeys) if isinstance(kind, str) else UnknownKindKeys)
    if keys is None:
        return None
    question = _without_measures(keys, criterion, number)
    before = len(document.faults)
    _check_points(document, path, keys)
    if isinstance(keys, ScoringKeys):
        sound = len(document.faults) == before
        for place in duplicates(keys.evidence):
            name = quote(keys.evidence[place])
            document.complain((*path, "evidence", place), f"der Nachweis {name} steht doppelt, erwartet nur einmal")
        measures = _read_measures(document, path, keys, question) if sound else ()
        return replace(question, measures=measures)
    return question


def _without_measures(keys: QuestionKeys, criterion: str, number: str) -> Question:
    return Question(
        id=QuestionId(keys.id),
        number=number,
        criterion=CriterionId(criterion),
        text=keys.text,
        help=keys.help,
        kind=keys.kind,
        department=DepartmentId(keys.department),
        source=keys.source,
        options=_options(keys),
        at_most=keys.at_most if isinstance(keys, ManyKeys) else None,
        unit=keys.unit if isinstance(keys, NumberKeys) else "",
        minimum=keys.minimum if isinstance(keys, NumberKeys) else None,
        maximum=keys.maximum if isinstance(keys, NumberKeys) else None,
        decimals=keys.decimals if isinstance(keys, NumberKeys) else 0,
        steps=tuple(NumberStep(step.start, step.points) for step in keys.steps) if isinstance(keys, NumberKeys) else (),
        evidence=tuple(keys.evidence) if isinstance(keys, ScoringKeys) else (),
        not_applicable=keys.not_applicable if isinstance(keys, ScoringKeys) else None,
        error=keys.error,
    )


def _options(keys: QuestionKeys) -> tuple[Option, ...]:
    if isinstance(keys, YesNoKeys):
        partly = () if keys.partly is None else (Option(PARTLY, "Teilweise", keys.partly),)
        return (Option(YES, "Ja", keys.points), *partly, Option(NO, "Nein", ZERO))
    if isinstance(keys, OneKeys):
        return tuple(Option(OptionId(option.id), option.text, option.points) for option in keys.options)
    return ()


def _check_points(document: Document, path: Path, keys: QuestionKeys) -> None:
    """Faults of keys that are sound one by one but do not go together."""
    match keys:
        case YesNoKeys():
            if keys.partly is not None and keys.partly > keys.points:
                message = f"„partly“: {keys.partly} Punkte, erwartet höchstens „points“, also {keys.points}"
                document.complain((*path, "partly"), message)
        case OneKeys():
            for place in duplicates([option.id for option in keys.options]):
                name = quote(keys.options[place].id)
                document.complain(
                    (*path, "options", place, "id"), f"die Option {name} steht doppelt, erwartet nur einmal"
                )
            if isinstance(keys, ManyKeys):
                _check_cap(document, path, keys)
        case NumberKeys():
            _check_range(document, path, keys)
            _check_steps(document, path, keys)


def _check_cap(document: Document, path: Path, keys: ManyKeys) -> None:
    points = [option.points for option in keys.options]
    largest, total = max(points), sum(points, ZERO)
    if keys.at_most is not None and not largest <= keys.at_most <= total:
        expected = f"mindestens {largest} (größte Option) und höchstens {total} (Summe)"
        document.complain((*path, "at_most"), f"„at_most“: {keys.at_most}, erwartet {expected}")


def _check_range(document: Document, path: Path, keys: NumberKeys) -> None:
    for name, bound in (("minimum", keys.minimum), ("maximum", keys.maximum)):
        if _decimals(bound) > keys.decimals:
            expected = f"eine Zahl mit {describe_decimals(keys.decimals)}"
            document.complain((*path, name), f"„{name}“: {bound}, erwartet {expected}")
    if keys.minimum > keys.maximum:
        document.complain((*path, "maximum"), f"„maximum“: {keys.maximum}, erwartet mindestens {keys.minimum}")


def _check_steps(document: Document, path: Path, keys: NumberKeys) -> None:
    for place, step in enumerate(keys.steps):
        here = (*path, "steps", place, "from")
        if keys.minimum <= keys.maximum and not keys.minimum <= step.start <= keys.maximum:
            expected = f"eine Zahl von {keys.minimum} bis {keys.maximum}"
            document.complain(here, f"Stufe ab {step.start}, erwartet {expected}")
        if _decimals(step.start) > keys.decimals:
            expected = f"eine Zahl mit {describe_decimals(keys.decimals)}"
            document.complain(here, f"Stufe ab {step.start}, erwartet {expected}")
        if place and step.start <= keys.steps[place - 1].start:
            expected = f"mehr als die Stufe davor, also über {keys.steps[place - 1].start}"
            document.complain(here, f"Stufe ab {step.start}, erwartet {expected}")
    _check_direction(document, path, keys)


def _check_direction(document: Document, path: Path, keys: NumberKeys) -> None:
    """Points go up, or down; down only from the minimum on, since below the first step there are none."""
    points = [step.points for step in keys.steps]
    falls = [place for place in range(1, len(points)) if points[place] < points[place - 1]]
    rises = [place for place in range(1, len(points)) if points[place] > points[place - 1]]
    if falls and rises:
        turn = max(falls[0], rises[0])
        expected = "Punkte, die nur steigen oder nur fallen"
        document.complain((*path, "steps", turn, "points"), f"Stufe mit {points[turn]} Punkten, erwartet {expected}")
    elif falls and keys.steps[0].start != keys.minimum:
        expected = f"das „minimum“ {keys.minimum}, weil die Punkte fallen"
        document.complain((*path, "steps", 0, "from"), f"erste Stufe ab {keys.steps[0].start}, erwartet {expected}")


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _read_measures(document: Document, path: Path, keys: ScoringKeys, question: Question) -> tuple[Measure, ...]:
    least = _least_points(question)
    if question.possible == least and keys.measures:
        expected = "[], weil alle Antworten gleich viele Punkte geben"
        document.complain((*path, "measures"), f"„measures“ mit Maßnahmen, erwartet {expected}")
        return ()
    if question.possible > least and not keys.measures:
        document.complain((*path, "measures"), "„measures“ ist leer, erwartet mindestens eine Maßnahme")
    for place in duplicates([measure.id for measure in keys.measures]):
        name = quote(keys.measures[place].id)
        document.complain((*path, "measures", place, "id"), f"die Maßnahme {name} steht doppelt, erwartet nur einmal")
    read = (
        _read_measure(document, (*path, "measures", place), measure, question, least)
        for place, measure in enumerate(keys.measures)
    )
    return tuple(measure for measure in read if measure is not None)


def _least_points(question: Question) -> Decimal:
    """The fewest points that any answer gives."""
    if question.kind is Kind.MANY:
        return ZERO
    if question.kind is Kind.NUMBER:
        below_first = question.steps[0].start != question.minimum
        return ZERO if below_first else min(step.points for step in question.steps)
    return min(option.points for option in question.options)


def _read_measure(
    document: Document, path: Path, keys: MeasureKeys, question: Question, least: Decimal
) -> Measure | None:
    for place in duplicates(keys.needs):
        document.complain((*path, "needs", place), f"{quote(keys.needs[place])} steht doppelt, erwartet nur einmal")
    value = _read_goal(document, (*path, "leads_to"), keys.leads_to, question)
    if value is None:
        return None
    gained = score(question, value)
    if gained <= least:
        expected = f"mehr als {points_count(least)}, so viel gibt schon die schwächste Antwort"
        document.complain((*path, "leads_to"), f"„leads_to“: ergibt {points_count(gained)}, erwartet {expected}")
    return Measure(MeasureId(keys.id), keys.text, keys.effort, keys.months, tuple(keys.needs), value)


def _read_goal(document: Document, path: Path, raw: object, question: Question) -> Value | None:
    """The value that a measure leads to; None if the question cannot have it, with the fault in the document."""
    value: Value | None = None
    match question.kind, raw:
        case Kind.MANY, list():
            return _read_added_options(document, path, raw, question)
        case ((Kind.YES_NO | Kind.ONE), str()):
            value = OptionId(raw)
        case Kind.NUMBER, Decimal():
            value = raw
    if value is None or not fits(question, value):
        document.complain(path, f"„leads_to“: {describe(raw)}, erwartet {_possible_answers(question)}")
        return None
    return value


def _read_added_options(document: Document, path: Path, raw: list[object], question: Question) -> Value | None:
    wrong = [place for place, option in enumerate(raw) if not isinstance(option, str) or option not in question.option]
    double = [place for place in duplicates(raw) if place not in wrong]
    for place in wrong:
        if not document.is_broken((*path, place)):
            document.complain(
                (*path, place), f"„leads_to“: {describe(raw[place])}, erwartet {_possible_answers(question)}"
            )
    for place in double:
        document.complain((*path, place), f"{describe(raw[place])} steht doppelt, erwartet nur einmal")
    if wrong or double:
        return None
    return frozenset(OptionId(str(option)) for option in raw)


def _possible_answers(question: Question) -> str:
    if question.kind is Kind.NUMBER:
        return describe_range(question)
    kinds = "eine Liste aus: " if question.kind is Kind.MANY else "einer von: "
    return kinds + ", ".join(question.option)
