"""Judgements in words: in the history, in conflicts, and in the list of what is left."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.changed import Changed
from selfcheck.core.review.judgement import Said, Sufficiency
from selfcheck.core.review.thread import ThreadState
from selfcheck.core.review.work import Left
from selfcheck.core.rules.answers import Answer, Evidence, State
from selfcheck.core.rules.estimate import Applies, Line, Points
from selfcheck.reporting.charts.pair import build_pair
from selfcheck.reporting.review.changed_text import ChangedFact, describe_changed
from selfcheck.reporting.review.judgement_text import say_change, say_judged, say_left, say_said
from tests.core.builders import given, yes_no

ID = QuestionId("lotsen")
PROVEN = Points(Decimal(4), Decimal(4), Decimal(4))


def line(points: Points = PROVEN, state: State = State.GIVEN) -> Line:
    return Line(ID, state, Applies.YES, points, "")


def test_a_judgement_says_points_verdict_and_reason() -> None:
    said = Said(Decimal("2.5"), Sufficiency.TO_DISCUSS, "Nur bis 14:30")
    assert say_said(said) == "2,5 Punkte; im Gespräch klären; Begründung: Nur bis 14:30"
    assert say_said(Said(Decimal(1))) == "1 Punkt"
    assert say_said(Said()) == "nichts eingetragen"
    assert say_judged(12, 38) == "12 von 38 eingeschätzt"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"points": "2.5", "verdict": "enough", "reason": "", "stand": 2}, "2,5 Punkte; reicht"),
        ({"points": None, "verdict": "", "reason": "", "stand": 2}, "nichts eingetragen"),
    ],
)
def test_the_history_tells_what_was_said_of_which_stand(after: object, words: str) -> None:
    assert say_change("judgement", after) == ("Einschätzung zum Stand 2", words)


def test_the_history_tells_notes() -> None:
    assert say_change("note", {"text": "Nachfragen"}) == ("Interne Notiz", "Nachfragen")
    assert say_change("note", {"text": ""}) == ("Interne Notiz", "(leer)")


@pytest.mark.parametrize(
    ("left", "of", "threads", "words"),
    [
        (Left(ID, True, False, False), line(), (), ""),
        (Left(ID, True, False, False), line(Points(Decimal(4), Decimal(4))), (), "Beleg fehlt"),
        (Left(ID, True, False, False), line(state=State.OPEN), (), "von der Kommune noch offen"),
        (Left(ID, True, False, False), line(state=State.UNCLEAR), (), "von der Kommune noch unklar"),
        (Left(ID, False, True, True), line(), (ThreadState.OPEN,), "geändert seit Stand 1, Rückfrage offen"),
        (Left(ID, False, False, True), line(), (ThreadState.OPEN, ThreadState.ANSWERED), "Antwort der Kommune da"),
    ],
)
def test_why_a_question_is_not_finished(left: Left, of: Line, threads: tuple[ThreadState, ...], words: str) -> None:
    assert say_left(left, of, 1, threads) == words


def test_a_changed_question_says_before_and_now() -> None:
    before = given("nein")._replace(note="Bald")
    after = given("ja", Evidence("Liste", available=True, valid_until=date(2026, 12, 31)))
    changed = Changed(ID, 1, before, after, (line(Points(Decimal(4))), line()))
    told = describe_changed(yes_no("lotsen", 4), changed, (date(2027, 1, 1), date(2027, 2, 1)))
    assert told.since == 1
    assert told.points == "4 Punkte mehr"
    assert told.facts == (
        ChangedFact("Antwort", "Nein", "Ja"),
        ChangedFact("Erläuterung", "Bald", "(leer)"),
        ChangedFact("Nachweise", "(leer)", "Liste, gilt nur bis 31.12.2026"),
    )


def test_only_points_that_moved_need_no_other_words() -> None:
    changed = Changed(ID, 1, Answer(), Answer(), (line(), line(Points(Decimal(4), Decimal(4)))))
    told = describe_changed(yes_no("lotsen", 4), changed, (date(2027, 1, 1), date(2027, 2, 1)))
    assert (told.facts, told.points) == ((), "4 Punkte weniger belegt")


def test_two_bars_lie_on_one_scale() -> None:
    pair = build_pair("Diese Frage", Decimal(4), Decimal("2.5"), Decimal(4))
    assert pair.title == "Diese Frage, von 4 Punkten"
    assert [(bar.label, bar.width, bar.points) for bar in pair.bars] == [
        ("Kommune", Decimal("100.00"), "4"),
        ("IHK", Decimal("62.50"), "2,5"),
    ]
    assert (pair.left, pair.right) == (Decimal("62.50"), Decimal("100.00"))
    assert (pair.difference, pair.unit) == ("−1,5", "Punkte")
    assert pair.words == "Kommune 4, IHK 2,5"
    assert build_pair("", Decimal(1), Decimal(2), Decimal(0)).difference == "+1"
