"""Good examples of towns as they stand at a question: with names of municipality and chamber, and of nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask import current_app

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.chamber.talk import good_examples
from selfcheck.store.chamber.talk.good_examples import Example, ShownExample
from selfcheck.web.layout.catalogue import name_chamber

KEPT = "selfcheck.good_examples"
"""Where an application keeps what it last read, with the public ids that were shown then."""


class TownExample(NamedTuple):
    """The words of an answer, which town they are of, and the name of the chamber that chose them."""

    municipality: str
    chamber: str
    title: str
    text: str


Examples = Mapping[QuestionId, tuple[TownExample, ...]]


def list_examples() -> Examples:
    """What all towns read, by question: one statement."""
    found = good_examples.list_shown()
    return {question: tuple(map(name_example, examples)) for question, examples in found.items()}


def list_kept(shown: frozenset[str], questions: Iterable[QuestionId]) -> Examples:
    """Those of `questions`, for a page that knows which are shown (`Access.shown_examples`): a statement only where
    that has changed. What was taken back meanwhile is not among them, whatever was kept."""
    if not shown:
        return {}
    known, found = current_app.extensions.get(KEPT, (frozenset(), {}))
    if known != shown:
        found = good_examples.list_shown()
        current_app.extensions[KEPT] = (shown, found)
    return {
        question: tuple(name_example(each) for each in found.get(question, ()) if each.public_id in shown)
        for question in questions
    }


def name_example(example: Example | ShownExample) -> TownExample:
    """An example as it stands, or would stand, at its question."""
    return TownExample(example.municipality, name_chamber(example.chamber), example.title, example.text)
