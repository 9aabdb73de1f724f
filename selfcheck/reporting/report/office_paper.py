"""An office's questions for paper: blank to be filled in by hand, and answered as a copy to keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selfcheck.core.questionnaire.model import Kind, Question, Questionnaire
from selfcheck.core.rules.answers import OPEN, Answers, State
from selfcheck.reporting.words.answer_text import STATES, EvidenceLine, join_options, say_answer, say_evidence
from selfcheck.reporting.words.condition_text import only_if

ASIDES = ("**Beispiel", "**Gutes Beispiel", "**Aus den Berichten")
"""How paragraphs of the help begin that paper leaves out."""
NOTHING = "nichts davon"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with what was answered; `reason` says why it does not apply."""

    number: str
    text: str
    answer: tuple[str, ...]
    reason: str
    note: str
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """One question to be answered with a pen. `help` is what counts and what does not, `so_far` what stands there.

    `options` are empty where a number or a text is asked for; `states` are what can be ticked instead.
    """

    question: Question
    hint: str
    help: tuple[str, ...]
    options: tuple[str, ...]
    states: tuple[str, ...]
    so_far: str


def list_answers(questions: Sequence[Question], answers: Answers, day: date) -> tuple[AnswerLine, ...]:
    """`day` is the one that counts for evidence."""
    return tuple(_line(question, answers, day) for question in questions)


def _line(question: Question, answers: Answers, day: date) -> AnswerLine:
    answer = answers.get(question.id, OPEN)
    reason = answer.reason if answer.state is State.NOT_APPLICABLE else ""
    evidence = tuple(say_evidence(piece, day) for piece in answer.evidence)
    return AnswerLine(question.number, question.text, say_answer(question, answer), reason, answer.note, evidence)


def ask_on_paper(
    questionnaire: Questionnaire, questions: Sequence[Question], answers: Answers
) -> tuple[BlankQuestion, ...]:
    """`questions` as they stand on the sheet; no other question is named."""
    known = frozenset(question.id for question in questions)
    return tuple(
        BlankQuestion(
            question=question,
            hint=only_if(questionnaire, question, known),
            help=_shorten(question.help),
            options=tuple(option.text for option in question.options),
            states=_offer_states(question),
            so_far=_say_so_far(question, answers),
        )
        for question in questions
    )


def _shorten(help: str) -> tuple[str, ...]:
    """The help without its examples and addresses, as plain paragraphs."""
    paragraphs = (each.strip() for each in help.split("\n\n"))
    kept = (each for each in paragraphs if each and not each.startswith(ASIDES))
    return tuple(_LINK.sub(r"\1", each).replace("**", "") for each in kept)


def _offer_states(question: Question) -> tuple[str, ...]:
    nothing = (NOTHING,) if question.kind is Kind.MANY else ()
    outside = (f"{STATES[State.NOT_APPLICABLE]}, weil:",) if question.not_applicable else ()
    return (*nothing, "wissen wir nicht", "nicht unsere Zuständigkeit", *outside)


def _say_so_far(question: Question, answers: Answers) -> str:
    answer = answers.get(question.id, OPEN)
    return join_options(say_answer(question, answer)) if answer.state is not State.OPEN else ""
