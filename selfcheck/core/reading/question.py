"""One question in a criterion's file: data -> Question, or every fault with its line. Conditions come afterwards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selfcheck.core.questionnaire.model import (
    ZERO,
    CriterionId,
    DepartmentId,
    Example,
    Kind,
    Measure,
    MeasureId,
    NoteAsked,
    NumberStep,
    Option,
    OptionId,
    Question,
    QuestionId,
    Value,
)
from selfcheck.core.reading.document.check import check, refuse_repeats
from selfcheck.core.reading.document.keys import (
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
from selfcheck.core.reading.document.values import describe, describe_decimals, describe_range
from selfcheck.core.reading.document.yaml_lines import Document, Path
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
    if isinstance(keys, ScoringKeys) and len(document.faults) == before:
        question = replace(question, measures=_read_measures(document, path, keys, question))
    _check_note(document, path, question)
    refuse_repeats(document, document.entries((*path, "evidence")), "der Beleg")
    refuse_repeats(document, document.entries((*path, "references")), "die Quelle")
    return question


def _without_measures(keys: QuestionKeys, criterion: str, number: str) -> Question:
    question = Question(
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
        evidence=tuple(keys.evidence) if isinstance(keys, ScoringKeys) else (),
        not_applicable=keys.not_applicable if isinstance(keys, ScoringKeys) else None,
        error=keys.error,
        short=keys.short,
        references=tuple(keys.references),
        example=Example(keys.example.text, keys.example.source, keys.example.year) if keys.example else None,
        note=NoteAsked(keys.note.ask, tuple(map(OptionId, keys.note.any_of))) if keys.note else None,
        anew=keys.anew,
    )
    if not isinstance(keys, NumberKeys):
        return question
    steps = tuple(NumberStep(step.start, step.points) for step in keys.steps)
    numbers = replace(question, minimum=keys.minimum, maximum=keys.maximum, decimals=keys.decimals)
    return replace(numbers, unit=keys.unit, steps=steps)


def _check_note(document: Document, path: Path, question: Question) -> None:
    entries = document.entries((*path, "note", "any_of"))
    for entry in entries:
        name = document.text(entry)
        if name is not None and name not in question.option:
            expected = f"einer von: {', '.join(question.option)}" if question.option else "nur bei Fragen mit Auswahl"
            document.complain(entry, f"„any_of“: {describe(name)}, erwartet {expected}")
    refuse_repeats(document, entries)


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
            options = document.entries((*path, "options"))
            refuse_repeats(document, [(*option, "id") for option in options], "die Option")
            if isinstance(keys, ManyKeys):
                _check_cap(document, path, keys)
        case NumberKeys():
            _check_range(document, path, keys)
            _check_steps(document, path, keys)
            _check_direction(document, path, keys)


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
    for index, step in enumerate(keys.steps):
        expected = []
        if keys.minimum <= keys.maximum and not keys.minimum <= step.start <= keys.maximum:
            expected.append(f"eine Zahl von {keys.minimum} bis {keys.maximum}")
        if _decimals(step.start) > keys.decimals:
            expected.append(f"eine Zahl mit {describe_decimals(keys.decimals)}")
        if index and step.start <= keys.steps[index - 1].start:
            expected.append(f"mehr als die Stufe davor, also über {keys.steps[index - 1].start}")
        for words in expected:
            document.complain((*path, "steps", index, "from"), f"Stufe ab {step.start}, erwartet {words}")


def _check_direction(document: Document, path: Path, keys: NumberKeys) -> None:
    """Points go up, or down; down only from the minimum on, since below the first step there are none."""
    points = [step.points for step in keys.steps]
    falls = [index for index in range(1, len(points)) if points[index] < points[index - 1]]
    rises = [index for index in range(1, len(points)) if points[index] > points[index - 1]]
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
    entries = document.entries((*path, "measures"))
    refuse_repeats(document, [(*entry, "id") for entry in entries], "die Maßnahme")
    measures = (
        _read_measure(document, entry, measure, question, least)
        for entry, measure in zip(entries, keys.measures, strict=True)
    )
    return tuple(measure for measure in measures if measure is not None)


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
    refuse_repeats(document, document.entries((*path, "needs")))
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
    if isinstance(raw, str | Decimal) and fits(question, raw):
        return raw
    options = ", ".join(question.option)
    match question.kind:
        case Kind.NUMBER:
            expected = describe_range(question)
        case Kind.MANY:
            expected = f"eine Liste aus: {options}"
        case _:
            expected = f"einer von: {options}"
    if question.kind is Kind.MANY and isinstance(raw, list):
        return _read_added_options(document, path, question, expected)
    document.complain(path, f"„leads_to“: {describe(raw)}, erwartet {expected}")
    return None


def _read_added_options(document: Document, path: Path, question: Question, expected: str) -> Value | None:
    entries = document.entries(path)
    known = {entry: OptionId(text) for entry in entries if (text := document.text(entry) or "") in question.option}
    for entry in entries:
        if entry not in known:
            document.complain(entry, f"„leads_to“: {describe(document.at(entry))}, erwartet {expected}")
    refuse_repeats(document, known, "Text")
    options = frozenset(known.values())
    return options if len(options) == len(entries) else None
