"""One question of a report: its answer, what proves it, what it brings, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Kind, Question, Questionnaire
from selfcheck.core.rules.answers import OPEN, Answer, State
from selfcheck.core.rules.estimate import Applies, Line
from selfcheck.reporting.report.interview import list_open_points
from selfcheck.reporting.report.stand import Stand
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import EvidenceLine, say_answer, say_evidence
from selfcheck.reporting.words.documents import NOT_TO_BE_FOUND, lacks_place
from selfcheck.reporting.words.question_points import PointsRow, find_step, list_better

Facts = tuple[tuple[str, str], ...]
"""Words and what they say."""


@dataclass(frozen=True, slots=True)
class QuestionSection:
    """One question that counts or may count.

    `points` and `proof` are empty where it gives none, `why` where the answer says it already. `better`: what was not
    chosen and what it would give. `remarks`: what was asked about it (text, who and when), where that is shared.
    `department` is who usually knows the answer, `number_there` its number in the Prüfbogen that was laid beside;
    `open_points`: what is to be done about it before the interview.
    """

    id: str
    number: str
    text: str
    answer: tuple[str, ...]
    reason: str
    note: str
    evidence: tuple[EvidenceLine, ...]
    points: str
    proof: str
    why: str
    better: Facts
    remarks: Facts = ()
    department: str = ""
    number_there: str = ""
    open_points: tuple[str, ...] = ()


def describe_question(
    question: Question, line: Line, stand: Stand, questionnaire: Questionnaire, register: Sequence[str]
) -> QuestionSection:
    """`question` as its report shows it; `line` is that of the estimate, `register` has the numbers of its evidence."""
    answer, points = stand.answers.get(question.id, OPEN), line.points
    remarks = (stand.remarks or {}).get(question.id, ())
    return QuestionSection(
        id=question.id,
        number=question.number,
        text=question.text,
        answer=say_answer(question, answer),
        reason=answer.reason if answer.state is State.NOT_APPLICABLE else "",
        note=answer.note,
        evidence=tuple(
            say_evidence(piece, stand.day, number) for piece, number in zip(answer.evidence, register, strict=True)
        ),
        points=german.points_out_of(points.claimed, points.possible) if points.possible else "",
        proof=_proof(question, answer, line, stand.day),
        why=_explain_points(question, answer, line),
        better=_list_better(question, answer, line),
        remarks=tuple(
            (remark.text, f"{remark.by}, {german.day(remark.day)}{'' if remark.open else ', erledigt'}")
            for remark in remarks
        ),
        department=stand.name_departments(questionnaire).title(question.department),
        number_there=(stand.numbers_there or {}).get(question.id, ""),
        open_points=list_open_points(question, answer, line, register, remarks, stand),
    )


def _list_better(question: Question, answer: Answer, line: Line) -> Facts:
    """What was not chosen, where points were lost by it."""
    if answer.state is not State.GIVEN or not line.points.lost:
        return ()
    rows = list_better(question, answer.value)
    return tuple(
        (row.text if place else _begin_with_unit(question, row.text), german.points_count(row.points))
        for place, row in enumerate(rows)
    )


def _begin_with_unit(question: Question, step: str) -> str:
    """`Ferienwochen mit Betreuung: ab 8`: a unit in words stands before the first of the steps."""
    return f"{question.unit}: {step}" if _is_in_words(question) else step


def _is_in_words(question: Question) -> bool:
    return question.kind is Kind.NUMBER and question.unit[:1].isalpha()


def _explain_points(question: Question, answer: Answer, line: Line) -> str:
    """The kept reason, but nothing where it would only say the answer again."""
    settled = answer.state in (State.GIVEN, State.NOT_APPLICABLE) and line.applies is Applies.YES
    if not settled or not line.points.possible:
        return line.reason
    if isinstance(answer.value, Decimal):
        return _say_step(question, find_step(question, answer.value))
    return _say_cap(question.at_most) if question.at_most is not None and _meets_cap(question, answer) else ""


def _say_step(question: Question, step: PointsRow) -> str:
    """From or below which number on it is worth that much; nothing where the step is one number, which was said."""
    if not step.text.startswith(("ab ", "unter ")):
        return ""
    of_what = f"{question.unit}: " if question.unit[:1].isalpha() else ""
    points = german.points_count(step.points) if step.points else "Keine Punkte"
    return f"{of_what}{points} gibt es {step.text}."


def _say_cap(most: Decimal) -> str:
    return f"Mehr als {german.points_count(most)} {'zählt' if most == 1 else 'zählen'} nicht."


def _meets_cap(question: Question, answer: Answer) -> bool:
    """Whether more is chosen than counts."""
    if question.at_most is None or not isinstance(answer.value, frozenset):
        return False
    return sum(option.points for option in question.options if option.id in answer.value) > question.at_most


def _proof(question: Question, answer: Answer, line: Line, day: date) -> str:
    if not line.points.claimed:
        return ""
    if not question.needs_evidence:
        return "kein Beleg nötig"
    if not line.points.documented:
        return "Beleg fehlt"
    return NOT_TO_BE_FOUND if lacks_place(answer, day) else "belegt"
