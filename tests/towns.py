"""The example towns of the questionnaire, and how their answers are entered into the form of a criterion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from selfcheck.core.questionnaire.model import Criterion, Kind, Question, Questionnaire
from selfcheck.core.reading.answers import AnswersFile, read_answers
from selfcheck.core.reading.document.yaml_lines import read_yaml
from selfcheck.core.reading.examples import CaseKeys
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Evidence, Extras, State
from selfcheck.reporting.words import german
from selfcheck.store.catalogue.catalogue import Catalogue

QUESTIONNAIRES = Path(__file__).resolve().parent / "questionnaires" / "every_kind"
"""Version 2026-1 alone: it has questions of every kind and conditions, which later versions do without."""
SHIPPED = Path(__file__).resolve().parents[1] / "questionnaires"
SAMPLE = "Musterstadt am Main"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Town:
    title: str
    file: AnswersFile

    @property
    def answers(self) -> Answers:
        return self.file.answers

    @property
    def extras(self) -> Extras:
        return self.file.extras


@cache
def catalogue() -> Catalogue:
    """The catalogue that tests work with, read once for all of them."""
    return Catalogue(QUESTIONNAIRES)


@cache
def shipped_catalogue() -> Catalogue:
    """What installations offer where nobody says otherwise; read once, too."""
    return Catalogue(SHIPPED)


@cache
def questionnaire() -> Questionnaire:
    return catalogue().newest()


@cache
def town(title: str) -> Town:
    """A town of examples.yaml by its title."""
    return _read_town(QUESTIONNAIRES, questionnaire(), title)


@cache
def shipped() -> Questionnaire:
    """What new self-checks get where nobody says otherwise."""
    return shipped_catalogue().newest()


@cache
def shipped_sample() -> Town:
    """The sample town as it answers that questionnaire."""
    return _read_town(SHIPPED, shipped(), SAMPLE)


def _read_town(folder: Path, questionnaire: Questionnaire, title: str) -> Town:
    file = folder / questionnaire.name / "examples.yaml"
    document = read_yaml(file.name, file.read_text(encoding="utf-8"))
    place = [case["title"] for case in document.data].index(title)
    read = read_answers(document, (place,), CaseKeys, questionnaire)
    assert read is not None, document.faults
    return Town(title, read)


def use(folder: Path) -> None:
    """From now on all towns answer the newest questionnaire in `folder`."""
    globals()["QUESTIONNAIRES"] = folder
    for known in (catalogue, questionnaire, town):
        known.cache_clear()


def sample() -> Town:
    return town(SAMPLE)


def enter_criterion(criterion: Criterion, answers: Answers) -> Pairs:
    """Names and values of the visible fields of every question in `criterion`."""
    return [pair for question in criterion.questions for pair in enter(question, answers.get(question.id, OPEN))]


def enter(question: Question, answer: Answer) -> Pairs:
    """What somebody ticks and types to say `answer`; evidence that is not among the usual becomes an own piece."""
    return [
        *_enter_choice(question, answer),
        (f"{question.id}.reason", answer.reason),
        (f"{question.id}.note", answer.note),
        *(pair for place, piece in enumerate(answer.evidence) for pair in _enter_piece(question, place, piece)),
    ]


def _enter_choice(question: Question, answer: Answer) -> Iterator[tuple[str, str]]:
    name = f"{question.id}.choice"
    if answer.state is not State.GIVEN:
        yield name, str(answer.state)
    elif question.kind is Kind.MANY:
        assert isinstance(answer.value, frozenset)
        yield from ((f"{question.id}.options", option) for option in sorted(answer.value))
        if not answer.value:
            yield name, "none"
    elif question.kind is Kind.NUMBER:
        yield f"{question.id}.value", german.number_to_edit(answer.value)
        yield name, "open"
    elif question.kind is Kind.TEXT:
        yield f"{question.id}.value", str(answer.value)
        yield name, "open"
    else:
        yield name, f"option:{answer.value}"


def _enter_piece(question: Question, place: int, piece: Evidence) -> Iterator[tuple[str, str]]:
    usual = piece.title in question.evidence
    key = f"u{question.evidence.index(piece.title)}" if usual else f"n{place:032x}"
    name = f"{question.id}.e.{key}"
    yield f"{name}.state", "available" if piece.available else "missing"
    yield f"{name}.valid_until", piece.valid_until.isoformat() if piece.valid_until else ""
    yield from ((f"{name}.{place}", getattr(piece, place)) for place in ("link", "file_number", "page"))
    if not usual:
        yield f"{name}.title", piece.title
        yield f"{name}.version", "0"
        yield f"{name}.base", ""
