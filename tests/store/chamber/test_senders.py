"""Whether a chamber knows who shared a report: it says so, finds that it was wrong, and says otherwise."""

from __future__ import annotations

import pytest

from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind
from selfcheck.store.chamber import senders, sending, steps
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.result import releases
from selfcheck.store.chamber.sending import SenderRefused
from selfcheck.store.chamber.steps import Done
from tests.store.chamber.builders import CHAMBER, advisor, again, send, share
from tests.store.chamber.test_results import POINTS, no_letters
from tests.store.conftest import Store


def decide(store: Store, case: Case, by: Advisor, decision: Sender) -> bool:
    """As somebody who has just looked."""
    now = again(CHAMBER, case.public_id)
    return senders.decide_sender(now, by, decision, store.later(minutes=1), now.sender)


def step(store: Store, case: Case, by: Advisor, kind: StepKind) -> None:
    last = steps.find_last(case.id, by.account_id)
    assert last is not None
    assert steps.do(case.id, by, kind, last.id, store.later(minutes=1)) == Done()


def undo(store: Store, case: Case, by: Advisor) -> Case:
    last = steps.find_last(case.id, by.account_id)
    assert last is not None
    assert steps.undo(case.id, by, last.id, store.later(minutes=1)) == Done()
    return again(CHAMBER, case.public_id)


def test_a_wrong_refusal_is_put_right_after_other_steps(store: Store) -> None:
    case, check = share(store)
    anna = advisor(store, "anna@example.org")
    assert decide(store, case, anna, Sender.REFUSED)
    step(store, case, anna, StepKind.TAKEN)
    with pytest.raises(SenderRefused):
        send(store, check)
    assert decide(store, case, anna, Sender.CONFIRMED)
    confirmed_at = store.now
    now = again(CHAMBER, case.public_id)
    assert (now.sender, now.sender_by, now.sender_at) == (Sender.CONFIRMED, "Anna", confirmed_at)
    assert (now.waits_on, now.waits_since) == (Ball.CHAMBER, confirmed_at), "the review goes on"
    assert send(store, check).stand == 2, "the account shares again"
    kinds = [each.kind for each in steps.list_steps(case.id, anna.account_id)]
    assert kinds == [StepKind.SHARED, StepKind.CONFIRMED, StepKind.TAKEN, StepKind.REFUSED, StepKind.SHARED]


def test_a_wrong_confirmation_is_put_right_as_long_as_nothing_is_released(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    decide(store, case, anna, Sender.CONFIRMED)
    step(store, case, anna, StepKind.TAKEN)
    assert senders.can_refuse(again(CHAMBER, case.public_id))
    assert decide(store, case, anna, Sender.REFUSED)
    assert again(CHAMBER, case.public_id).waits_on is Ball.TOWN
    decide(store, case, anna, Sender.CONFIRMED)
    step(store, case, anna, StepKind.PREPARED)
    assert releases.release(case, POINTS, None, anna, store.now, no_letters) == ()
    assert not senders.can_refuse(again(CHAMBER, case.public_id))
    assert not decide(store, case, anna, Sender.REFUSED), "they were shown something"
    assert again(CHAMBER, case.public_id).sender is Sender.CONFIRMED


def test_of_two_decisions_the_one_that_saw_the_other_counts(store: Store) -> None:
    case, _ = share(store)
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    assert senders.decide_sender(case, anna, Sender.REFUSED, store.now, Sender.OPEN)
    assert not senders.decide_sender(case, berta, Sender.CONFIRMED, store.now, Sender.OPEN)
    assert senders.decide_sender(case, berta, Sender.REFUSED, store.now, Sender.OPEN), "she wanted the same"
    assert senders.decide_sender(case, berta, Sender.CONFIRMED, store.now, Sender.REFUSED)
    assert len(steps.list_steps(case.id, berta.account_id)) == 3


def test_a_second_decision_is_taken_back_to_the_first(store: Store) -> None:
    case, _ = share(store)
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    decide(store, case, anna, Sender.REFUSED)
    first = again(CHAMBER, case.public_id)
    decide(store, case, berta, Sender.CONFIRMED)
    now = undo(store, case, berta)
    assert (now.sender, now.sender_by, now.sender_at) == (Sender.REFUSED, "Anna", first.sender_at)
    assert (now.waits_on, now.waits_since) == (Ball.TOWN, first.waits_since)


def test_the_first_decision_is_taken_back_to_none(store: Store) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    decide(store, case, anna, Sender.REFUSED)
    now = undo(store, case, anna)
    assert (now.sender, now.sender_by, now.sender_at) == (Sender.OPEN, "", None)
    assert (now.state, now.waits_on, now.waits_since) == (CaseState.RECEIVED, Ball.CHAMBER, case.waits_since)


def test_a_sender_of_a_withdrawn_report_is_shared_anew(store: Store) -> None:
    """What the chamber thought of an account stays when its report comes back."""
    case, check = share(store)
    decide(store, case, advisor(store, "anna@example.org"), Sender.CONFIRMED)
    sending.withdraw(check.id, case.public_id, None, store.who, store.now)
    assert send(store, check).sender is Sender.CONFIRMED
