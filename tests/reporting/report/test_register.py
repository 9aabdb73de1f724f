"""Numbers of evidence in the folder, who should come to the interview, and what is still open about a question."""

from __future__ import annotations

from dataclasses import replace

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Answer, Evidence, State
from selfcheck.reporting.report.interview import MAYOR
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.register import number_evidence
from selfcheck.reporting.report.report import build_report
from selfcheck.reporting.report.stand import Stand
from tests.reporting.builders import stand
from tests.towns import questionnaire

FIRST, SECOND = (question.id for question in questionnaire().questions[:2])
NUMBER, OTHER = (questionnaire().question[id].number for id in (FIRST, SECOND))


def _answer(*pieces: Evidence) -> Answer:
    return Answer(State.OPEN, evidence=pieces)


def _piece(title: str, *questions: str) -> Evidence:
    return Evidence(title, available=True, questions=questions or None)


def test_evidence_is_numbered_as_it_lies_at_its_question() -> None:
    answers = {FIRST: _answer(_piece("Konzept", FIRST), _piece("Beschluss", FIRST)), SECOND: _answer()}
    numbers = number_evidence(questionnaire(), answers)
    assert (numbers[FIRST], numbers[SECOND]) == ((f"{NUMBER}.1", f"{NUMBER}.2"), ())


def test_a_piece_of_two_questions_keeps_the_number_of_the_first() -> None:
    shared = _piece("Konzept", FIRST, SECOND)
    answers = {FIRST: _answer(shared), SECOND: _answer(shared, _piece("Flyer", SECOND))}
    assert number_evidence(questionnaire(), answers)[SECOND] == (f"{NUMBER}.1", f"{OTHER}.1")


def test_equal_pieces_of_an_old_stand_belong_to_their_own_questions() -> None:
    answers = {FIRST: _answer(_piece("Webseite")), SECOND: _answer(_piece("Webseite"))}
    numbers = number_evidence(questionnaire(), answers)
    assert (numbers[FIRST], numbers[SECOND]) == ((f"{NUMBER}.1",), (f"{OTHER}.1",))


def test_the_mayor_the_contact_and_the_heads_of_asked_departments_should_come() -> None:
    report = build_report(questionnaire(), stand())
    mayor, contact, *heads = report.attendees
    assert (mayor.label, contact.name) == (MAYOR, "Sabine Krüger, Wirtschaftsförderung")
    titles = [department.title for department in questionnaire().departments]
    assert [head.department for head in heads] == [title for title in titles if title in {h.department for h in heads}]
    asked = [asked.number for criterion in report.criteria for asked in criterion.questions]
    assert sorted(number for head in heads for number in head.numbers) == sorted(asked)


def _find(frozen: Stand, id: QuestionId) -> QuestionSection:
    report = build_report(questionnaire(), frozen)
    return next(asked for criterion in report.criteria for asked in criterion.questions if asked.id == id)


def test_what_is_open_about_a_question_is_said() -> None:
    frozen, asked = stand(), QuestionId("beschluss")
    assert _find(frozen, asked).open_points == ("Rückfrage: Wer hat den <b>Beschluss</b>?",)
    answers = dict(frozen.answers)
    answers[asked] = answers[asked]._replace(evidence=())
    bare = replace(frozen, answers=answers, remarks=None)
    assert _find(bare, asked).open_points == (), "the points are those of the Stand, and it said that they are proven"
    answers[asked] = answers[asked]._replace(evidence=(_piece("Beschluss", asked),))
    assert _find(replace(bare, answers=answers), asked).open_points == (f"Fundstelle fehlt: {NUMBER}.1 Beschluss",)
    assert "Antwort fehlt" in _find(frozen, QuestionId("leitbild")).open_points


def test_an_open_question_with_its_number_in_the_pruefbogen() -> None:
    frozen = replace(stand(), numbers_there={FIRST: "1.1 a"})
    assert _find(frozen, FIRST).number_there == "1.1 a"
    assert _find(stand(), FIRST).number_there == ""
