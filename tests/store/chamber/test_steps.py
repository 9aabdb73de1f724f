"""Steps of a case: one at a time, each with what was before, and the last one taken back."""

from __future__ import annotations

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.case import Ball, CaseState, StepKind
from selfcheck.core.review.steps import Hindrance
from selfcheck.store.chamber import advisors, steps
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.colleagues import list_colleagues
from selfcheck.store.chamber.steps import NO_STEP, Done, Hindered, Overtaken
from selfcheck.store.chamber.talk import threads
from selfcheck.store.chamber.talk.threads import Message
from selfcheck.store.database.limits import REASON, TooLong
from selfcheck.store.mail.outbox import NewMail
from tests.store.chamber.builders import CHAMBER, OTHER, add_thread, advisor, again, send, share
from tests.store.conftest import Store

Outcome = steps.Outcome


def newest(case: Case) -> int:
    listed = steps.list_steps(case.id, 0)
    return listed[0].id if listed else NO_STEP


def do(store: Store, case: Case, who: Advisor, kind: StepKind) -> Outcome:
    return steps.do(case.id, who, kind, newest(case), store.now)


def test_taking_a_case_writes_who_and_when(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    assert do(store, case, anna, StepKind.TAKEN) == Done()
    now = again(CHAMBER, case.public_id)
    assert (now.state, now.advisor_id, now.advisor) == (CaseState.REVIEWING, anna.account_id, "Anna")
    taken, shared = steps.list_steps(case.id, anna.account_id)
    assert (taken.kind, taken.by, taken.own, shared.kind) == (StepKind.TAKEN, "Anna", True, StepKind.SHARED)


def test_a_double_click_is_one_step(store: Store) -> None:
    case, _ = share(store)
    anna, seen = advisor(store, "anna@example.org"), newest(case)
    for _ in range(2):
        assert steps.do(case.id, anna, StepKind.TAKEN, seen, store.now) == Done()
    assert len(steps.list_steps(case.id, 0)) == 2


def test_whoever_is_slower_learns_it_and_changes_nothing(store: Store) -> None:
    case, _ = share(store)
    anna, berta, seen = advisor(store, "anna@example.org"), advisor(store, "berta@example.org"), newest(case)
    steps.do(case.id, anna, StepKind.TAKEN, seen, store.now)
    assert steps.do(case.id, berta, StepKind.TAKEN, seen, store.now) == Overtaken()
    assert again(CHAMBER, case.public_id).advisor == "Anna"


def test_a_stand_that_comes_meanwhile_is_seen_first(store: Store) -> None:
    case, check = share(store)
    anna, seen = advisor(store, "anna@example.org"), newest(case)
    send(store, check)
    assert steps.do(case.id, anna, StepKind.TAKEN, seen, store.now) == Overtaken()


def test_what_is_not_possible_is_refused(store: Store) -> None:
    case, _ = share(store)
    assert do(store, case, advisor(store, "a@example.org"), StepKind.REOPENED) == Hindered(Hindrance.OTHER_STATE)
    assert again(CHAMBER, case.public_id).state is CaseState.RECEIVED


def test_questions_wait_on_the_town_until_it_shares_again(store: Store) -> None:
    case, check = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    assert do(store, case, anna, StepKind.ASKED) == Hindered(Hindrance.NO_THREADS)
    add_thread(case, store)
    asked_at = store.later(hours=1)
    assert do(store, case, anna, StepKind.ASKED) == Done()
    now = again(CHAMBER, case.public_id)
    assert (now.state, now.waits_on, now.waits_since) == (CaseState.QUERIES, Ball.TOWN, asked_at)
    store.later(hours=1)
    back = send(store, check)
    assert (back.state, back.waits_on, back.waits_since) == (CaseState.REVIEWING, Ball.CHAMBER, store.now)


def test_a_case_goes_to_a_colleague_with_a_sentence_and_a_mail(store: Store) -> None:
    case, _ = share(store)
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    receiver = list_colleagues(anna)[0]
    letter = NewMail(anna.account_id, berta.mail, "Ein Vorgang wartet", "Guten Tag")
    seen = newest(case)
    for _ in range(2):
        done = steps.do(
            case.id,
            anna,
            StepKind.HANDED_OVER,
            seen,
            store.now,
            note="Bin im Urlaub.",
            receiver=receiver,
            letter=letter,
        )
        assert done == Done(told=True)
    assert again(CHAMBER, case.public_id).advisor_id == berta.account_id
    handed = steps.list_steps(case.id, anna.account_id)[0]
    assert (handed.recipient, handed.note) == ("Berta", "Bin im Urlaub.")
    assert store.count_rows("mail") == 1


def test_handing_over_is_taken_back_with_whoever_had_the_case_before(store: Store) -> None:
    case, _ = share(store)
    anna, _ = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    do(store, case, anna, StepKind.TAKEN)
    seen, receiver = newest(case), list_colleagues(anna)[0]
    steps.do(case.id, anna, StepKind.HANDED_OVER, seen, store.now, receiver=receiver)
    for _ in range(2):
        assert steps.undo(case.id, anna, newest(case), store.now) == Done()
    assert again(CHAMBER, case.public_id).advisor == "Anna"
    handed = steps.list_steps(case.id, anna.account_id)[0]
    assert (handed.undone_by, handed.undone_at) == ("Anna", store.now)


def test_a_case_goes_back_to_everybody(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    assert do(store, case, anna, StepKind.HANDED_OVER) == Done()
    now = again(CHAMBER, case.public_id)
    assert (now.advisor_id, now.state) == (None, CaseState.REVIEWING)


def test_taking_is_taken_back_to_what_was_received(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    steps.undo(case.id, anna, newest(case), store.now)
    now = again(CHAMBER, case.public_id)
    assert (now.state, now.advisor_id) == (CaseState.RECEIVED, None)


def test_missing_papers_are_a_mark_that_goes_back_too(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    do(store, case, anna, StepKind.PAPERS_MISSING)
    marked = again(CHAMBER, case.public_id)
    assert (marked.papers_missing, marked.waits_on) == (True, Ball.TOWN)
    steps.undo(case.id, anna, newest(case), store.now)
    before = again(CHAMBER, case.public_id)
    assert (before.papers_missing, before.waits_on) == (False, Ball.CHAMBER)


def test_what_the_town_did_and_what_lies_further_back_stays(store: Store) -> None:
    case, check = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    taken = newest(case)
    send(store, check)
    assert steps.undo(case.id, anna, taken, store.now) == Overtaken()
    assert steps.undo(case.id, anna, newest(case), store.now) == Overtaken()
    assert again(CHAMBER, case.public_id).advisor == "Anna"


def test_a_sentence_that_is_too_long_is_refused(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    with pytest.raises(TooLong):
        steps.do(case.id, anna, StepKind.TAKEN, newest(case), store.now, note="x" * (REASON + 1))
    assert again(CHAMBER, case.public_id).advisor_id is None


def test_colleagues_are_those_of_the_own_chamber(store: Store) -> None:
    anna = advisor(store, "anna@example.org")
    advisor(store, "berta@example.org")
    advisor(store, "carla@example.org", OTHER)
    assert [each.name for each in list_colleagues(anna)] == ["Berta"]


def leave(store: Store, who: Advisor) -> None:
    advisors.move(who.account_id, OTHER, store.now, lambda mail: NewMail(None, mail, "Umzug", "Guten Tag"))


def test_a_case_goes_back_to_everybody_where_who_had_it_left(store: Store) -> None:
    case, _ = share(store)
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    do(store, case, anna, StepKind.TAKEN)
    receiver = next(each for each in list_colleagues(anna) if each.account_id == berta.account_id)
    steps.do(case.id, anna, StepKind.HANDED_OVER, newest(case), store.now, receiver=receiver)
    leave(store, anna)
    assert steps.undo(case.id, berta, newest(case), store.now) == Done(left_over=True)
    now = again(CHAMBER, case.public_id)
    assert (now.advisor_id, now.advisor) == (None, "")


def test_a_case_goes_to_nobody_who_left_meanwhile(store: Store) -> None:
    case, _ = share(store)
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    do(store, case, anna, StepKind.TAKEN)
    receiver = list_colleagues(anna)[0]
    leave(store, berta)
    mails = store.count_rows("mail")
    letter = NewMail(anna.account_id, berta.mail, "Ein Vorgang wartet", "Guten Tag")
    handed = (case.id, anna, StepKind.HANDED_OVER, newest(case), store.now)
    for _ in range(2):
        assert steps.do(*handed, receiver=receiver, letter=letter) == Done(left_over=True)
    assert again(CHAMBER, case.public_id).advisor_id is None
    assert steps.list_steps(case.id, anna.account_id)[0].recipient == ""
    assert store.count_rows("mail") == mails, "who is not here gets no mail"


def test_waiting_for_answers_is_ended_by_going_on_and_not_taken_back(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    threads.ask(case.id, QuestionId("leitbild"), Message("Wo?", "k"), anna, store.now)
    standing = steps.find_standing(again(CHAMBER, case.public_id), anna.account_id)
    assert not steps.can_undo(steps.list_steps(case.id, anna.account_id), standing)
    assert steps.undo(case.id, anna, newest(case), store.now) == Overtaken()
    assert again(CHAMBER, case.public_id).waits_on is Ball.TOWN
    assert do(store, case, anna, StepKind.ANSWERED) == Done()


def test_what_is_taken_back_waits_as_long_as_before(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    do(store, case, anna, StepKind.TAKEN)
    store.later(days=20)
    do(store, case, anna, StepKind.PAPERS_MISSING)
    assert again(CHAMBER, case.public_id).waits_since == store.now
    store.later(minutes=1)
    steps.undo(case.id, anna, newest(case), store.now)
    assert again(CHAMBER, case.public_id).waits_since == case.waits_since
