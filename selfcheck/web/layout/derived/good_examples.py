"""Good examples of towns as they stand at a question: with names of municipality and chamber, and of nobody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.chamber import good_examples
from selfcheck.store.chamber.good_examples import Example, ShownExample
from selfcheck.web.layout.catalogue import catalogue


class TownExample(NamedTuple):
    """The words of an answer, which town they are of, and the name of the chamber that chose them."""

    municipality: str
    chamber: str
    title: str
    text: str


def list_examples(questions: Collection[str] | None = None) -> Mapping[QuestionId, tuple[TownExample, ...]]:
    """What all towns read, by question, or of these questions only: one statement."""
    found = good_examples.list_shown(questions)
    return {question: tuple(map(name_example, examples)) for question, examples in found.items()}


def name_example(example: Example | ShownExample) -> TownExample:
    """An example as it stands, or would stand, at its question."""
    return TownExample(example.municipality, name_chamber(example.chamber), example.title, example.text)


def name_chamber(chamber: str) -> str:
    """The name of the chamber with this id; „IHK“ where it is not listed any more."""
    listed = catalogue().chambers.chambers
    return next((each.name for each in listed if each.id == chamber), "IHK")
