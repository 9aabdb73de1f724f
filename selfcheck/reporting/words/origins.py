"""What a question rests on, to be read and followed: a good example, and the public sources it is from."""

from __future__ import annotations

from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question, Questionnaire, Reference


class Cited(NamedTuple):
    """A source as it is named; `when` is the year it is from, or when it was read."""

    title: str
    url: str
    when: str


class Shown(NamedTuple):
    """A good example, of `year` where that is known."""

    text: str
    source: Cited
    year: str


class Origins(NamedTuple):
    example: Shown | None
    sources: tuple[Cited, ...]

    def __bool__(self) -> bool:
        return self.example is not None or bool(self.sources)


def trace(questionnaire: Questionnaire, question: Question) -> Origins:
    """The example of `question` and what it refers to, in the order of the questionnaire's file."""
    sources = tuple(_cite(questionnaire.source[name]) for name in question.references)
    example = question.example
    if example is None:
        return Origins(None, sources)
    year = "" if example.year is None else str(example.year)
    return Origins(Shown(example.text, _cite(questionnaire.source[example.source]), year), sources)


def _cite(source: Reference) -> Cited:
    return Cited(source.title, source.url, say_when(source))


def say_when(source: Reference) -> str:
    """`2021`, or `abgerufen 2026` where nobody knows what year it is from."""
    if source.year is not None:
        return str(source.year)
    return str(source.date.year) if source.retrieved else f"abgerufen {source.date.year}"
