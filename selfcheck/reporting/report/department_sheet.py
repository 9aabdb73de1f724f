"""A sheet for each department: its questions to be answered with a pen, and what stands there so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Kind, Question, Questionnaire
from selfcheck.core.rules.answers import OPEN
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.to_do.departments import OwnDepartment
from selfcheck.reporting.report.office_paper import BlankQuestion, ask_on_paper
from selfcheck.reporting.report.register import Register
from selfcheck.reporting.report.stand import Stand
from selfcheck.reporting.words.answer_text import EvidenceLine, say_evidence

ASK = {
    Kind.YES_NO: "Bitte eine Antwort ankreuzen:",
    Kind.ONE: "Bitte eine Antwort ankreuzen:",
    Kind.MANY: "Bitte alles Zutreffende ankreuzen:",
    Kind.NUMBER: "Ihre Angabe:",
    Kind.TEXT: "Ihre Angabe:",
}


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question with room for its answer.

    `options` are empty where a number (then with a `unit`) or a text is asked for; `states` are what can be ticked
    instead. `so_far`, `note` and `evidence` are what was said already; `usual` is what else would prove it, empty
    where nothing has to.
    """

    number: str
    text: str
    hint: str
    help: tuple[str, ...]
    ask: str
    options: tuple[str, ...]
    unit: str
    states: tuple[str, ...]
    so_far: str
    note: str
    evidence: tuple[str, ...]
    usual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DepartmentSheet:
    """What one department (`title`) is asked."""

    title: str
    questions: tuple[SheetQuestion, ...]


def list_department_sheets(
    questionnaire: Questionnaire, stand: Stand, register: Register
) -> tuple[DepartmentSheet, ...]:
    """A sheet for each department that has a question which counts or may count."""
    found = (
        (own.title, tuple(_ask(questionnaire, own, stand, register)))
        for own in stand.name_departments(questionnaire).all
    )
    return tuple(DepartmentSheet(title, questions) for title, questions in found if questions)


def _ask(questionnaire: Questionnaire, own: OwnDepartment, stand: Stand, register: Register) -> Iterator[SheetQuestion]:
    asked = [
        question
        for question in questionnaire.questions
        if question.department in own.ids and stand.estimate.line[question.id].applies is not Applies.NO
    ]
    for blank in ask_on_paper(questionnaire, asked, stand.answers):
        yield _describe(blank, blank.question, stand, register)


def _describe(blank: BlankQuestion, question: Question, stand: Stand, register: Register) -> SheetQuestion:
    answer = stand.answers.get(question.id, OPEN)
    noted = {piece.title for piece in answer.evidence}
    return SheetQuestion(
        number=question.number,
        text=question.text,
        hint=blank.hint,
        help=blank.help,
        ask=ASK[question.kind],
        options=blank.options,
        unit=question.unit,
        states=blank.states,
        so_far=blank.so_far,
        note=answer.note,
        evidence=tuple(
            _say_piece(say_evidence(piece, stand.day, number))
            for piece, number in zip(answer.evidence, register[question.id], strict=True)
        ),
        usual=tuple(title for title in question.evidence if title not in noted),
    )


def _say_piece(piece: EvidenceLine) -> str:
    """`A1.2 Leitbild 2030, liegt vor, Seite 4`."""
    named = " ".join(filter(None, (piece.register, piece.title)))
    return ", ".join(filter(None, (named, piece.status, piece.place, piece.link)))
