"""What the files of a questionnaire name beside conditions: sources, short names, the council, contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Contradiction, OptionId, ProfileIs, Question, QuestionIs
from selfcheck.core.reading.check import refuse_repeats
from selfcheck.core.reading.condition import Surroundings, read_condition
from selfcheck.core.reading.faults import quote
from selfcheck.core.reading.keys import CouncilKeys
from selfcheck.core.reading.values import describe
from selfcheck.core.reading.yaml_lines import Document, Path
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
