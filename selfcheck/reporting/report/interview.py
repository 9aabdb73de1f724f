"""Who should sit at the interview, and what is still open about a question: what has to be settled before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.core.rules.answers import Answer, State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate, Line
from selfcheck.reporting.report.stand import Remark, Stand
from selfcheck.reporting.words.answer_text import say_missing
from selfcheck.reporting.words.documents import UNPLACED

MAYOR = "(Ober-)Bürgermeisterin oder (Ober-)Bürgermeister"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who should be there. `department` is what they are the head of; `name` is empty where nobody knows it
    yet; `numbers` are those of the questions that this person can answer.
    """

    role: str
    department: str = ""
    name: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.role}: {self.department}" if self.department else self.role


def list_attendees(questionnaire: Questionnaire, estimate: Estimate, stand: Stand) -> tuple[Attendee, ...]:
    """The mayor, the contact person, and the heads of the departments that have a question which counts."""
    heads = []
    for own in stand.name_departments(questionnaire).all:
        numbers = tuple(
            question.number
            for question in questionnaire.questions
            if question.department in own.ids and estimate.line[question.id].applies is not Applies.NO
        )
        if numbers:
            heads.append(Attendee("Leitung", own.title, numbers=numbers))
    person = ", ".join(part for part in (stand.contact.name, stand.contact.office) if part)
    return (Attendee(MAYOR), Attendee("Ansprechperson der Kommune", name=person), *heads)


def list_open_points(
    question: Question, answer: Answer, line: Line, register: Sequence[str], remarks: Sequence[Remark], stand: Stand
) -> tuple[str, ...]:
    """What is to be done about a question, one sentence each; `register` has the numbers of its evidence."""
    return (
        *_open_answer(line),
        *_open_evidence(question, answer, line, register, stand),
        *(f"Rückfrage: {remark.text}" for remark in remarks if remark.open),
    )


def _open_answer(line: Line) -> Iterator[str]:
    if line.applies is Applies.UNDECIDED:
        yield "Ob die Frage gilt, ist noch nicht entschieden"
    if line.state is State.OPEN:
        yield "Antwort fehlt"
    if line.state is State.UNCLEAR:
        yield "Antwort noch unklar"


def _open_evidence(
    question: Question, answer: Answer, line: Line, register: Sequence[str], stand: Stand
) -> Iterator[str]:
    if question.needs_evidence and line.points.unproven > 0:
        yield f"Beleg fehlt: {say_missing(question, answer, stand.day)}"
    for number, piece in zip(register, answer.evidence, strict=True):
        if piece.counts(stand.day) and not piece.located:
            yield f"{UNPLACED}: {number} {piece.title}"
