"""Rückfragen of a chamber: one for each form, nothing said past what others said, and whose turn it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.case import Ball, CaseState, StepKind
from selfcheck.core.review.thread import MessageKind, ThreadState
from selfcheck.store.chamber import cases, sending
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.locking import CaseGone
from selfcheck.store.chamber.talk import threads
from selfcheck.store.chamber.talk.thread_list import count_threads, find_questionnaire, list_threads
from selfcheck.store.chamber.talk.threads import Message, Overtaken, Said
from selfcheck.store.database import limits, tables
from selfcheck.store.database.limits import TooLong, TooMany
from selfcheck.store.database.transactions import look_again, reading, writing
from tests.places import add_account
from tests.store.conftest import Store

LEITBILD, STRATEGIE = QuestionId("leitbild"), QuestionId("strategie")


@pytest.fixture
def advisor(store: Store) -> Advisor:
    with writing() as connection:
        account, _ = add_account(connection, "weber@ihk.example", store.now, "advisor")
    return Advisor(account, "Petra Weber", "weber@ihk.example", "darmstadt")


@pytest.fixture
def case(store: Store, advisor: Advisor) -> Case:
    with writing() as connection:
        account, _ = add_account(connection, "muster@stadt.example", store.now)
    sender = sending.Account(account, "Erika Muster", "muster@stadt.example")
    sending.send(store.check, "darmstadt", {"answers": {}}, 38, sender, store.who, store.now)
    with writing() as connection:
        connection.execute(update(tables.ReviewCase).values(state=CaseState.REVIEWING, advisor_id=advisor.account_id))
    return _case(store)


def _case(store: Store) -> Case:
    look_again()
    return cases.list_cases_of(store.check.id)[0]


def _ask(store: Store, case: Case, advisor: Advisor, text: str = "Wo steht das?", key: str = "") -> int:
    said = threads.ask(case.id, LEITBILD, Message(text, key or text), advisor, store.now)
    assert isinstance(said, Said)
    return said.thread_id


def _answer(store: Store, thread: int, text: str = "Seite 4.", seen: int = 1) -> Said | Overtaken:
    return threads.answer(store.check.id, thread, Message(text, text, seen), store.who, None, store.now)


def _kinds() -> list[str]:
    look_again()
    return list(reading().execute(select(tables.CaseStep.kind).order_by(tables.CaseStep.id)).scalars())


def test_a_question_goes_to_the_town_and_its_answer_comes_back(store: Store, case: Case, advisor: Advisor) -> None:
    store.later(days=1)
    thread = _ask(store, case, advisor)
    asked = _case(store)
    assert (asked.state, asked.waits_on, asked.waits_since) == (CaseState.QUERIES, Ball.TOWN, store.now)
    store.later(days=2)
    assert _answer(store, thread) == Said(thread)
    answered = _case(store)
    assert (answered.state, answered.waits_on, answered.waits_since) == (
        CaseState.REVIEWING,
        Ball.CHAMBER,
        store.now,
    )
    (stored,) = threads.read_threads(case.id)[LEITBILD]
    assert stored.state is ThreadState.ANSWERED
    assert [(each.kind, each.text, each.by) for each in stored.messages] == [
        (MessageKind.QUESTION, "Wo steht das?", "Petra Weber"),
        (MessageKind.ANSWER, "Seite 4.", "Amt 12"),
    ]
    assert stored.last.at - stored.at == timedelta(days=2)
    assert _kinds() == [StepKind.SHARED, StepKind.ASKED, StepKind.ANSWERED]


def _waiting(store: Store) -> list[int]:
    """What the town is to answer now, oldest first."""
    asked = [each.thread for each in threads.list_asked(store.check.id) if not each.locked]
    return [thread.id for thread in asked if thread.state is ThreadState.OPEN]


def test_several_questions_are_one_turn(store: Store, case: Case, advisor: Advisor) -> None:
    first, second = _ask(store, case, advisor, "Eins?"), _ask(store, case, advisor, "Zwei?")
    assert _waiting(store) == [first, second]
    _answer(store, first)
    assert _case(store).waits_on is Ball.TOWN
    _answer(store, second)
    assert _case(store).waits_on is Ball.CHAMBER
    assert _kinds() == [StepKind.SHARED, StepKind.ASKED, StepKind.ANSWERED]
    assert _waiting(store) == []


def test_not_enough_opens_it_again_until_it_is_done(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor)
    _answer(store, thread)
    assert threads.send_back(case.id, thread, Message("Seite 4 fehlt.", "b", 2), advisor, store.now) == Said(thread)
    (stored,) = threads.read_threads(case.id)[LEITBILD]
    assert stored.came_back
    assert _case(store).waits_on is Ball.TOWN
    _answer(store, thread, "Liegt bei.", seen=3)
    assert threads.resolve(case.id, thread, Message("", "d", 4), advisor, store.now) == Said(thread)
    look_again()
    (stored,) = threads.read_threads(case.id)[LEITBILD]
    assert (stored.state, stored.came_back) == (ThreadState.DONE, False)
    assert isinstance(_answer(store, thread, "Noch etwas.", seen=5), Overtaken)
    assert threads.send_back(case.id, thread, Message("Doch nicht.", "e", 5), advisor, store.now) == Said(thread)


def test_the_last_question_that_is_done_gives_the_turn_back(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor)
    threads.resolve(case.id, thread, Message("Hat sich geklärt.", "d", 1), advisor, store.now)
    assert (_case(store).state, _case(store).waits_on) == (CaseState.REVIEWING, Ball.CHAMBER)


def test_a_double_click_says_it_once(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor, key="k")
    assert threads.ask(case.id, LEITBILD, Message("Wo steht das?", "k"), advisor, store.now) == Said(thread, again=True)
    _answer(store, thread)
    assert _answer(store, thread) == Said(thread, again=True)
    assert store.count_rows("thread_message") == 2


def test_whoever_has_not_read_the_newest_says_nothing_yet(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor)
    _answer(store, thread, "Seite 4.")
    late = _answer(store, thread, "Seite 5.")
    assert isinstance(late, Overtaken)
    assert late.thread is not None
    assert late.thread.last.text == "Seite 4."
    assert isinstance(_answer(store, thread, "Seite 5.", seen=2), Said)
    done = threads.resolve(case.id, thread, Message("", "d", 2), advisor, store.now)
    assert isinstance(done, Overtaken), "the advisor has not read the second answer"


def test_nobody_gets_at_a_thread_of_another_self_check(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor)
    other, _ = store.begin("Anderstadt")
    said = threads.answer(other.id, thread, Message("Hallo", "x", 1), store.who, None, store.now)
    assert said == Overtaken(None)
    assert threads.resolve(case.id + 1, thread, Message("", "d", 1), advisor, store.now) == Overtaken(None)
    assert threads.list_asked(other.id) == []


def test_what_was_withdrawn_is_read_only(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor)
    with writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=store.now))
    assert _answer(store, thread) == Overtaken(None)
    with pytest.raises(CaseGone):
        threads.ask(case.id, LEITBILD, Message("Und?", "u"), advisor, store.now)
    (asked,) = threads.list_asked(store.check.id)
    assert asked.locked
    assert _waiting(store) == []


def test_nobody_asks_or_answers_once_the_result_is_out(store: Store, case: Case, advisor: Advisor) -> None:
    thread = _ask(store, case, advisor)
    with writing() as connection:
        connection.execute(update(tables.ReviewCase).values(state=CaseState.CLOSED))
    assert isinstance(_answer(store, thread), Overtaken)
    assert threads.ask(case.id, LEITBILD, Message("Und?", "u"), advisor, store.now) == Overtaken(None)


def test_reading_costs_one_statement(store: Store, case: Case, advisor: Advisor) -> None:
    for number in range(5):
        _ask(store, case, advisor, f"Frage {number}?")
        threads.ask(case.id, STRATEGIE, Message(f"Frage {number}?", "s"), advisor, store.now)
    look_again()
    with store.counted() as statements:
        read = threads.read_threads(case.id)
    assert statements.count == 1
    assert {question: len(each) for question, each in read.items()} == {LEITBILD: 5, STRATEGIE: 5}
    with store.counted() as statements:
        assert len(threads.list_asked(store.check.id)) == 10
    assert statements.count == 1


def test_what_is_too_much_is_refused(store: Store, case: Case, advisor: Advisor) -> None:
    with pytest.raises(TooLong):
        _ask(store, case, advisor, "x" * (limits.COMMENT + 1))
    for number in range(limits.ENTRIES):
        _ask(store, case, advisor, f"{number}?")
    with pytest.raises(TooMany):
        _ask(store, case, advisor, "Noch eine?")
    assert store.count_rows("thread") == limits.ENTRIES


def test_the_town_knows_with_its_visit_what_is_asked(store: Store, case: Case, advisor: Advisor) -> None:
    assert store.visit(store.secret).chamber_asked == ()
    first = _ask(store, case, advisor, "Eins?")
    _ask(store, case, advisor, "Zwei?")
    threads.ask(case.id, STRATEGIE, Message("Drei?", "d"), advisor, store.now)
    _answer(store, first)
    look_again()
    with store.counted() as statements:
        access = store.visit(store.secret)
    assert statements.count == 1
    assert access.chamber_asked == (LEITBILD, LEITBILD, STRATEGIE)
    assert access.chamber_asks == (LEITBILD, STRATEGIE)
    for gone in ({"withdrawn_at": store.now}, {"withdrawn_at": None, "state": CaseState.RELEASED}):
        with writing() as connection:
            connection.execute(update(tables.ReviewCase).values(gone))
        assert store.visit(store.secret).chamber_asks == ()


def test_the_list_is_that_of_the_chamber_longest_waiting_first(store: Store, case: Case, advisor: Advisor) -> None:
    first, second = _ask(store, case, advisor, "Eins?"), _ask(store, case, advisor, "Zwei?")
    store.later(days=1)
    _answer(store, first)
    look_again()
    listed = list_threads(advisor, None, 10, 0, mine=True)
    assert [(each.id, each.state, each.by) for each in listed] == [
        (second, ThreadState.OPEN, "Petra Weber"),
        (first, ThreadState.ANSWERED, "Amt 12"),
    ]
    assert (listed[0].case_id, listed[0].municipality) == (case.public_id, "Musterstadt")
    assert listed[0].questionnaire == find_questionnaire(store.check.id) == store.questionnaire.name
    assert [each.id for each in list_threads(advisor, ThreadState.ANSWERED, 10, 0, mine=False)] == [first]
    assert [each.id for each in list_threads(advisor, None, 1, 1, mine=False)] == [first]
    assert count_threads(advisor, mine=True) == {ThreadState.OPEN: 1, ThreadState.ANSWERED: 1, ThreadState.DONE: 0}
    other = replace(advisor, chamber="frankfurt")
    assert list_threads(other, None, 10, 0, mine=False) == []
    assert sum(count_threads(other, mine=False).values()) == 0
    somebody = replace(advisor, account_id=0)
    assert list_threads(somebody, None, 10, 0, mine=True) == []
