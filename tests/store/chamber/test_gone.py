"""Whoever writes for the chamber while the town takes its report back, or deletes the self-check, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind
from selfcheck.core.review.judgement import Said
from selfcheck.core.review.recommendations import Priority, Turn
from selfcheck.core.review.record import Field
from selfcheck.core.review.release import Release, ShownJudgement
from selfcheck.core.review.steps import Hindrance
from selfcheck.store.chamber import marks, senders, sending, steps
from selfcheck.store.chamber.colleagues import Colleague
from selfcheck.store.chamber.interview import parts, versions
from selfcheck.store.chamber.judging import judgements, notes
from selfcheck.store.chamber.judging.judgements import JudgementWrite
from selfcheck.store.chamber.locking import CaseGone
from selfcheck.store.chamber.result import releases, results
from selfcheck.store.chamber.talk import good_examples, recommending, threads
from selfcheck.store.chamber.talk.recommendations import RecommendationText
from selfcheck.store.chamber.talk.threads import Message, Overtaken
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.writes import Write
from tests.store.chamber.builders import CHAMBER, advisor, again, share
from tests.store.conftest import Store

QUESTION = QuestionId("leitbild")
ABOUT = ("C6", "zuzug", "paket")
TEXT = RecommendationText("Willkommenspaket", "Ein Paket für Neue.", Priority.HIGH)
CONTENT = Release("IHK", 1, {QUESTION: ShownJudgement(Decimal(3), Decimal(4), "unclear", "B")}, None)
WRITTEN = (
    tables.Judgement,
    tables.CaseNote,
    tables.CaseResult,
    tables.AgreedGoal,
    tables.CaseRelease,
    tables.InterviewText,
    tables.RecordVersion,
    tables.GoodExample,
    tables.CaseFlag,
    tables.CaseReminder,
    tables.Mail,
    tables.CaseChange,
    tables.CaseStep,
    tables.ThreadMessage,
)


class Prepared:
    """A case whose result is prepared, with a recommendation that the town has not seen and a Rückfrage."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.case, self.check = share(store)
        self.anna, self.berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
        assert senders.decide_sender(self.case, self.anna, Sender.CONFIRMED, store.now, Sender.OPEN)
        self.step(StepKind.TAKEN)
        said = threads.ask(self.case.id, QUESTION, Message("Wo?", "t"), self.anna, store.now)
        assert not isinstance(said, Overtaken)
        self.thread = said.thread_id
        self.label = recommending.add(self.case, ABOUT, TEXT, self.anna, "k", store.now)
        self.step(StepKind.PREPARED)
        self.case = again(CHAMBER, self.case.public_id)

    def step(self, kind: StepKind) -> steps.Outcome:
        last = steps.find_last(self.case.id, self.anna.account_id)
        return steps.do(self.case.id, self.anna, kind, last.id if last else steps.NO_STEP, self.store.now)


@pytest.fixture
def prepared(store: Store) -> Prepared:
    return Prepared(store)


def _judge(on: Prepared) -> object:
    write = JudgementWrite(QUESTION, 0, Said(Decimal(1), None, "x"), 1, Decimal(4))
    return judgements.save(on.case.id, [write], on.anna, on.store.now)


def _flag(on: Prepared) -> object:
    receiver = Colleague(on.berta.account_id, "Berta", on.berta.mail)
    return marks.flag(on.case.id, on.anna, receiver, "Schau mal", on.store.now, None)


WRITES: dict[str, Callable[[Prepared], object]] = {
    "judgement": _judge,
    "note": lambda on: notes.save_note(on.case.id, QUESTION, "x", 0, on.anna, on.store.now),
    "result": lambda on: results.save_result(
        on.case.id, 0, results.ResultText(next_steps="x"), [], on.anna, on.store.now
    ),
    "record": lambda on: parts.save(on.case.id, [Write(Field.PERIOD, None, 0, "Mai")], on.anna, on.store.now),
    "version": lambda on: versions.finish(on.case.id, 1, dict, on.anna, on.store.now),
    "final": lambda on: versions.make_final(on.case.id, 1, "Anna", on.anna, on.store.now),
    "reopened": lambda on: versions.reopen(on.case.id, 1, on.anna, on.store.now),
    "reading over": lambda on: releases.read_over(on.case, 0, on.berta, on.store.now),
    "release": lambda on: releases.release(on.case, CONTENT, None, on.anna, on.store.now, lambda *_: ()),
    "recommendation": lambda on: recommending.add(on.case, ABOUT, TEXT, on.anna, "l", on.store.now),
    "words": lambda on: recommending.change(
        on.case, on.label, 1, RecommendationText("Anders", "", Priority.HIGH), on.anna, on.store.now
    ),
    "sent": lambda on: recommending.send(on.case, [(on.label, 1)], on.anna, on.store.now),
    "turn": lambda on: recommending.turn(on.case, on.label, Turn.WITHDRAW, "", 0, on.anna, on.store.now),
    "example": lambda on: good_examples.propose(
        on.case, QUESTION, good_examples.Words("T", "eins"), on.anna, "k", on.store.now
    ),
    "sender": lambda on: senders.decide_sender(on.case, on.anna, Sender.REFUSED, on.store.now, Sender.CONFIRMED),
    "flag": _flag,
    "reminder": lambda on: marks.remind(on.case.id, on.anna.account_id, date(2027, 3, 1), "x", on.store.now),
    "question": lambda on: threads.ask(on.case.id, QUESTION, Message("Und?", "u"), on.anna, on.store.now),
    "done": lambda on: threads.resolve(on.case.id, on.thread, Message("", "d", 1), on.anna, on.store.now),
}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written_once_the_town_took_its_report_back(prepared: Prepared, name: str) -> None:
    case, store = prepared.case, prepared.store
    taken_back = store.later(minutes=1)
    assert sending.withdraw(case.check_id, case.public_id, None, store.who, taken_back)
    before = _count(store), again(CHAMBER, case.public_id)
    with pytest.raises(CaseGone) as gone:
        WRITES[name](prepared)
    assert gone.value.since == taken_back
    assert (_count(store), again(CHAMBER, case.public_id)) == before


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written_once_the_self_check_is_deleted(prepared: Prepared, name: str) -> None:
    store = prepared.store
    with writing() as connection:
        mine = tables.SelfCheck.id == prepared.check.id
        connection.execute(update(tables.SelfCheck).where(mine).values(deleted_at=store.now))
    before = _count(store)
    with pytest.raises(CaseGone) as gone:
        WRITES[name](prepared)
    assert gone.value.since == store.now
    assert _count(store) == before


def test_of_a_case_that_is_no_more_nobody_knows_since_when(prepared: Prepared) -> None:
    with writing() as connection:
        connection.execute(delete(tables.SelfCheck).where(tables.SelfCheck.id == prepared.check.id))
    with pytest.raises(CaseGone) as gone:
        _judge(prepared)
    assert gone.value.since is None
    with pytest.raises(CaseGone):
        prepared.step(StepKind.CLOSED)


def test_a_step_says_that_the_report_was_taken_back(prepared: Prepared) -> None:
    case, store = prepared.case, prepared.store
    sending.withdraw(case.check_id, case.public_id, None, store.who, store.now)
    assert prepared.step(StepKind.PAPERS_MISSING) == steps.Hindered(Hindrance.WITHDRAWN)
    now = again(CHAMBER, case.public_id)
    assert (now.state, now.waits_on) == (CaseState.PREPARED, Ball.NOBODY)


def test_the_town_answers_nothing_in_a_self_check_that_is_deleted(prepared: Prepared) -> None:
    store = prepared.store
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(deleted_at=store.now))
    said = threads.answer(prepared.check.id, prepared.thread, Message("Dort.", "a", 1), store.who, None, store.now)
    assert said == Overtaken(None)


def test_what_is_due_of_a_deleted_self_check_rests(prepared: Prepared) -> None:
    anna, store = prepared.anna, prepared.store
    marks.remind(prepared.case.id, anna.account_id, date(2027, 1, 1), "Nachfragen", store.now)
    assert [each.text for each in marks.list_due(anna, date(2027, 2, 1), 5)] == ["Nachfragen"]
    with writing() as connection:
        mine = tables.SelfCheck.id == prepared.check.id
        connection.execute(update(tables.SelfCheck).where(mine).values(deleted_at=store.now))
    assert marks.list_due(anna, date(2027, 2, 1), 5) == []


def _count(store: Store) -> list[int]:
    return [store.count_rows(table.__tablename__) for table in WRITTEN]
