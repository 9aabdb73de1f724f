"""What the files of a questionnaire name beside conditions: sources, short names, the decision of the council, what
does not go together, and what questions replace of the version before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import (
    Contradiction,
    OptionId,
    Origin,
    ProfileIs,
    Question,
    QuestionId,
    QuestionIs,
    Questionnaire,
)
from selfcheck.core.reading.condition import Surroundings, read_condition
from selfcheck.core.reading.document.check import check, refuse_repeats
from selfcheck.core.reading.document.faults import quote
from selfcheck.core.reading.document.keys import CarryOverKeys, CouncilKeys, OriginKeys
from selfcheck.core.reading.document.values import describe
from selfcheck.core.reading.document.yaml_lines import Document, Path
from selfcheck.core.rules.conditions import comparisons

Mention = tuple[Document, Path]
"""Where something is named."""


@dataclass(frozen=True)
class Council:
    """The key `council` of `questionnaire.yaml` and what it may name; `complete` as with conditions."""

    document: Document
    keys: CouncilKeys
    questions: Mapping[str, Question | None]
    complete: bool


def read_council(council: Council) -> QuestionIs | None:
    """The answers that it names; None where it is faulty, with the faults in the document."""
    document, keys, path = council.document, council.keys, ("council",)
    question, before = council.questions.get(keys.question), len(document.faults)
    if question is None:
        if keys.question not in council.questions and council.complete:
            message = f"„council“: die Frage {quote(keys.question)} gibt es nicht, erwartet eine Frage mit Auswahl"
            document.complain((*path, "question"), message)
        return None
    if not question.option:
        message = f"„council“: die Frage {quote(keys.question)} hat keine Auswahl, erwartet eine Frage mit Auswahl"
        document.complain((*path, "question"), message)
        return None
    entries = document.entries((*path, "any_of"))
    for entry, value in zip(entries, keys.any_of, strict=True):
        if value not in question.option:
            options = ", ".join(question.option)
            document.complain(entry, f"„council“: {describe(value)}, erwartet einer von: {options}")
    refuse_repeats(document, entries)
    chosen = tuple(OptionId(value) for value in keys.any_of)
    return QuestionIs(question.id, chosen) if len(document.faults) == before else None


def read_contradictions(main: Document, around: Surroundings) -> tuple[Contradiction, ...]:
    """What stands under `contradictions` of `questionnaire.yaml`, without what is faulty; its conditions may name any
    question. One that names no question tells nothing about answers, and is a fault.
    """
    contradictions = []
    for path in main.entries(("contradictions",)):
        condition, text = read_condition(main, (*path, "when"), around), main.text((*path, "text"))
        if condition is None or text is None:
            continue
        if all(isinstance(each, ProfileIs) for each in comparisons(condition)):
            main.complain((*path, "when"), "„when“ nennt keine Frage, erwartet mindestens eine")
            continue
        contradictions.append(Contradiction(condition, text))
    return tuple(contradictions)


def check_sources(main: Document, questions: Iterable[Mention]) -> None:
    """Sources have ids of their own, and questions name only those that are listed."""
    if not isinstance(main.at(("sources",)), list):
        return
    ids = [(*path, "id") for path in main.entries(("sources",))]
    refuse_repeats(main, ids, "die Quelle")
    known = [name for path in ids if (name := main.text(path)) is not None]
    expected = f"einer von: {', '.join(known)}" if known else "eine Quelle mit dieser „id“ unter „sources“"
    for document, path in questions:
        example = (*path, "example", "source")
        named = {entry: "references" for entry in document.entries((*path, "references"))}
        for entry, key in (named | {example: "source"}).items():
            name = document.text(entry)
            if name is not None and name not in known:
                document.complain(entry, f"„{key}“: {quote(name)}, erwartet {expected}")


def check_short_names(questions: Iterable[Mention]) -> None:
    """A fault for every short name that a question before has."""
    first: dict[str, Mention] = {}
    for document, path in questions:
        place = (*path, "short")
        name = document.text(place)
        if name is None:
            continue
        other, there = first.setdefault(name, (document, place))
        if (other, there) != (document, place):
            where = f"{other.file}:{other.line(there)}"
            document.complain(place, f"„short“: {quote(name)} gibt es schon ({where}), erwartet jeder Name nur einmal")


def read_origins(document: Document, questions: Mapping[str, Question | None]) -> dict[QuestionId, Origin]:
    """What `carry_over.yaml` says about `questions`; what is faulty is told in the document."""
    keys = check(document, (), CarryOverKeys)
    if keys is None:
        return {}
    paths = document.entries(("questions",))
    refuse_repeats(document, [(*path, "id") for path in paths], "die Frage")
    for path, origin in zip(paths, keys.questions, strict=True):
        if origin.id not in questions:
            document.complain((*path, "id"), f"die Frage {quote(origin.id)} gibt es in dieser Fassung nicht")
        for place, named in _list_named(path, origin):
            if named not in origin.sources:
                expected = f"einer von: {', '.join(origin.sources)}"
                document.complain(place, f"{quote(named)} steht nicht unter „from“, erwartet {expected}")
        _check_became(document, path, origin, questions.get(origin.id))
    return {QuestionId(origin.id): _make_origin(origin) for origin in keys.questions}


def _list_named(path: Path, origin: OriginKeys) -> Iterator[tuple[Path, str]]:
    """Where questions of the version before are named a second time."""
    for index, became in enumerate(origin.options):
        yield (*path, "options", index, "of"), became.question
    if origin.value_of:
        yield (*path, "value_of"), origin.value_of


def _check_became(document: Document, path: Path, origin: OriginKeys, question: Question | None) -> None:
    if question is None:
        return
    for index, became in enumerate(origin.options):
        for place, option in enumerate(became.became):
            if option not in question.option:
                known = f"einer von: {', '.join(question.option)}" if question.option else "eine Frage mit Auswahl"
                where = (*path, "options", index, "became", place)
                document.complain(where, f"die Antwort {quote(option)} gibt es hier nicht, erwartet {known}")


def _make_origin(keys: OriginKeys) -> Origin:
    options: dict[QuestionId, dict[OptionId, tuple[OptionId, ...]]] = {}
    for each in keys.options:
        became = tuple(OptionId(option) for option in each.became)
        options.setdefault(QuestionId(each.question), {})[OptionId(each.option)] = became
    value_of = QuestionId(keys.value_of) if keys.value_of else None
    return Origin(tuple(QuestionId(id) for id in keys.sources), options, value_of)


def check_origins(document: Document, before: Questionnaire) -> None:
    """A fault for every question and option of `before`, the version before, that `carry_over.yaml` names in vain."""
    keys = check(document, (), CarryOverKeys)
    for path, origin in zip(document.entries(("questions",)), keys.questions if keys else (), strict=False):
        for place, id in zip(document.entries((*path, "from")), origin.sources, strict=True):
            if QuestionId(id) not in before.question:
                document.complain(place, f"die Frage {quote(id)} gibt es in {before.version} nicht")
        for index, became in enumerate(origin.options):
            question = before.question.get(QuestionId(became.question))
            if question is not None and became.option not in question.option:
                where = (*path, "options", index, "is")
                document.complain(where, f"die Antwort {quote(became.option)} gibt es in {before.version} nicht")
