"""A town and its chamber, or the operator, write at the same moment: nobody waits for ever, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from selfcheck.core.review.case import CaseState, StepKind
from selfcheck.store.chamber import advisors, sending, steps
from selfcheck.store.chamber.colleagues import list_colleagues
from selfcheck.store.chamber.steps import Done, Overtaken
from selfcheck.store.database.transactions import look_again
from selfcheck.store.mail.outbox import NewMail
from tests.store.chamber.builders import CHAMBER, OTHER, advisor, again, share
from tests.store.conftest import Store

WAIT = 10
HELD = 0.6
"""Seconds for which the first one stays where it is, so that the second one comes up against it."""


def together(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    place: tuple[object, str],
    first: Callable[[], object],
    second: Callable[[], object],
) -> tuple[object, object]:
    """What became of both: `second` begins once `first` has come through `place`, a function of a module."""
    module, name = place
    call, there, done = getattr(module, name), threading.Event(), {}

    def hold(*given: object) -> object:
        answer = call(*given)
        if not there.is_set():
            there.set()
            threading.Event().wait(HELD)
        return answer

    def run(which: str, write: Callable[[], object], *, waits: bool) -> None:
        if waits:
            there.wait(WAIT)
        with store.app.app_context():
            try:
                done[which] = write()
            except Exception as error:
                done[which] = error

    monkeypatch.setattr(module, name, hold)
    look_again()
    workers = [
        threading.Thread(target=run, args=("first", first), kwargs={"waits": False}),
        threading.Thread(target=run, args=("second", second), kwargs={"waits": True}),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    look_again()
    return done["first"], done["second"]


def test_sharing_and_taking_back_do_not_wait_for_each_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    case, check = share(store)
    me = sending.Account(case.sender_id or 0, "Erika Muster", case.sender_mail)
    shared, withdrawn = together(
        store,
        monkeypatch,
        (sending, "_says_the_same"),
        lambda: sending.send(check, CHAMBER, {"x": 2}, 3, me, store.who, store.now),
        lambda: sending.withdraw(check.id, case.public_id, None, store.who, store.now),
    )
    assert (shared, withdrawn) == (case.public_id, True)
    assert again(CHAMBER, case.public_id).withdrawn_at is not None, "it was taken back after it was shared"


def test_a_step_during_sharing_sees_the_new_stand(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    case, check = share(store)
    anna = advisor(store, "anna@example.org")
    me = sending.Account(case.sender_id or 0, "Erika Muster", case.sender_mail)
    seen = steps.list_steps(case.id, 0)[0].id
    assert steps.do(case.id, anna, StepKind.TAKEN, seen, store.now) == Done()
    taken = steps.list_steps(case.id, 0)[0].id
    shared, prepared = together(
        store,
        monkeypatch,
        (sending, "_says_the_same"),
        lambda: sending.send(check, CHAMBER, {"x": 2}, 3, me, store.who, store.now),
        lambda: steps.do(case.id, anna, StepKind.PREPARED, taken, store.now),
    )
    assert (shared, prepared) == (case.public_id, Overtaken())
    assert again(CHAMBER, case.public_id).state is CaseState.REVIEWING
    assert [each.kind for each in steps.list_steps(case.id, 0)][:2] == [StepKind.SHARED, StepKind.TAKEN]


def test_who_leaves_the_chamber_while_a_case_goes_to_them_does_not_have_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = share(store)
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    receiver, seen = list_colleagues(anna)[0], steps.list_steps(case.id, 0)[0].id
    handed, moved = together(
        store,
        monkeypatch,
        (steps, "advises_at"),
        lambda: steps.do(case.id, anna, StepKind.HANDED_OVER, seen, store.now, receiver=receiver),
        lambda: advisors.move(berta.account_id, OTHER, store.now, lambda mail: NewMail(None, mail, "s", "b")),
    )
    assert (handed, moved) == (Done(), advisors.Freed(1))
    assert again(CHAMBER, case.public_id).advisor_id is None


def test_an_advisor_does_a_step_while_the_operator_moves_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _ = share(store)
    anna = advisor(store, "anna@example.org")
    seen = steps.list_steps(case.id, 0)[0].id
    steps.do(case.id, anna, StepKind.TAKEN, seen, store.now)
    taken = steps.list_steps(case.id, 0)[0].id
    step, moved = together(
        store,
        monkeypatch,
        (steps, "standing_of"),
        lambda: steps.do(case.id, anna, StepKind.PREPARED, taken, store.now),
        lambda: advisors.move(anna.account_id, OTHER, store.now, lambda mail: NewMail(None, mail, "s", "b")),
    )
    assert (step, moved) == (Done(), advisors.Freed(1))
    assert (again(CHAMBER, case.public_id).state, again(CHAMBER, case.public_id).advisor_id) == (
        CaseState.PREPARED,
        None,
    )
