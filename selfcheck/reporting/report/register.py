"""The register: under which number each piece of evidence lies in the folder, `A1.2` as on the page of evidence."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import OPEN, Answers, Evidence

Register = Mapping[QuestionId, tuple[str, ...]]
"""The numbers of a question's pieces, in their order."""


def number_evidence(questionnaire: Questionnaire, answers: Answers) -> Register:
    """A piece of several questions has one number, that of the first of them, and keeps it at all the others."""
    numbers: dict[tuple[str, Evidence], str] = {}
    for question in questionnaire.questions:
        own = [piece for piece in _pieces(answers, question) if find_home(piece, question) == question.id]
        for place, piece in enumerate(own, start=1):
            numbers.setdefault((question.id, piece), f"{question.number}.{place}")
    return {
        question.id: tuple(
            numbers.get((find_home(piece, question), piece), f"{question.number}.{place}")
            for place, piece in enumerate(_pieces(answers, question), start=1)
        )
        for question in questionnaire.questions
    }


def _pieces(answers: Answers, question: Question) -> tuple[Evidence, ...]:
    return answers.get(question.id, OPEN).evidence


def find_home(piece: Evidence, question: Question) -> str:
    """The question at which a piece lies; in a Stand from before it could have several, each is its question's own."""
    return next(iter(piece.questions or ()), question.id)
