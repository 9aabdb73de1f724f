"""The history of a self-check tells what came from the chamber and what went there: once each, and never a text."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from selfcheck.core.review.recommendations import Reply, Turn
from selfcheck.core.review.told import Told
from selfcheck.store.chamber import sending
from selfcheck.store.chamber.talk import good_examples, recommendations, recommending, threads
from selfcheck.store.chamber.talk.threads import Message
from selfcheck.store.data.forgetting import forget_names
from selfcheck.store.data.forgetting_chamber import ADVICE
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import look_again, writing
from selfcheck.store.history.changes import Change, Wanted, history
from selfcheck.store.parts.writes import Part
from tests.store.chamber.talking import (
    LEITBILD,
    YES,
    ask_and_answer,
    begin,
    letter,
    propose,
    recommend,
    talk_about_everything,
)
from tests.store.conftest import Store


@pytest.fixture(autouse=True)
def _chamber_that_never_set_anything(store: Store) -> None:
    with writing() as connection:
        connection.execute(delete(tables.ChamberSetting))


def tell(store: Store, wanted: Wanted | None = None) -> list[Change]:
    """Oldest first."""
    look_again()
    return [change for change in reversed(history(store.check.id, 100, None, wanted)) if change.part == Part.TALK]


def events(store: Store) -> list[tuple[str, str, str]]:
    found = []
    for change in tell(store):
        assert isinstance(change.after, dict)
        found.append((change.after["event"], change.subject, change.by))
    return found


def test_everything_that_was_said_is_told_in_order_with_its_question_and_its_author(store: Store) -> None:
    talk_about_everything(store)
    town, advisor = store.who.label, "Rathmann"
    assert events(store) == [
        (Told.ASKED, LEITBILD, advisor),
        (Told.ANSWERED, LEITBILD, town),
        (Told.ASKED_AGAIN, LEITBILD, advisor),
        (Told.ANSWERED, LEITBILD, town),
        (Told.RECOMMENDED, LEITBILD, advisor),
        (Told.REPLIED, LEITBILD, town),
        (Told.RETURNED, LEITBILD, advisor),
        (Told.REPLIED, LEITBILD, town),
        (Told.PROPOSED, LEITBILD, advisor),
        (Told.PROPOSED, "strategie", advisor),
        (Told.AGREED, LEITBILD, town),
        (Told.DECLINED, "strategie", town),
        (Told.SETTLED, LEITBILD, advisor),
        (Told.ACCEPTED, LEITBILD, advisor),
        (Told.PROGRESS, LEITBILD, town),
        (Told.DONE, LEITBILD, advisor),
        (Told.RELEASED, "", advisor),
        (Told.TAKEN_BACK, LEITBILD, town),
    ]


def test_no_text_stands_there_that_was_said(store: Store) -> None:
    talk_about_everything(store)
    told = json.dumps([astuple(change) for change in tell(store)], default=str)
    for text in ("Wo steht", "Ratssaal", "Paket", "Kümmerer", "Rat hat es", "Wer genau", "Alle Neuen", "Lieber nicht"):
        assert text not in told


def test_what_one_person_did_what_a_question_got_and_what_is_new_is_found(store: Store) -> None:
    case, advisor = begin(store)
    store.later(days=3)
    ask_and_answer(store, case, advisor)
    assert len(tell(store, Wanted(by="Rathmann"))) == 2
    assert len(tell(store, Wanted(question=LEITBILD))) == 4
    assert tell(store, Wanted(question="strategie")) == []
    assert len(tell(store, Wanted(parts=(Part.TALK,), since=store.now - timedelta(days=1)))) == 4
    assert tell(store, Wanted(since=store.now + timedelta(days=1))) == []


def test_a_form_that_is_sent_twice_is_told_once(store: Store) -> None:
    case, advisor = begin(store)
    for _ in range(2):
        threads.ask(case.id, LEITBILD, Message("Wo?", "a"), advisor, store.now)
    made = recommend(store, case, advisor)
    recommending.reply(store.check.id, made, recommending.Seen(1, 2), YES, store.who, store.now, letter)
    for _ in range(2):
        assert recommending.turn(case, made, Turn.ACCEPT, "", 2, advisor, store.now)
    example = propose(store, case, advisor)
    for _ in range(2):
        good_examples.agree(store.check.id, example, 1, store.who, store.now)
    told = [event for event, _, _ in events(store)]
    assert [told.count(each) for each in (Told.ASKED, Told.REPLIED, Told.ACCEPTED, Told.AGREED)] == [1, 2, 1, 1]


def test_what_the_town_did_not_see_and_what_the_chamber_does_not_see_is_not_told(store: Store) -> None:
    case, advisor = begin(store)
    made = recommend(store, case, advisor)
    before = len(tell(store))
    (draft,) = [each for each in recommendations.read_recommendations(case.id) if each.sent_at is None]
    assert recommending.turn(case, draft.public_id, Turn.WITHDRAW, "", 0, advisor, store.now)
    assert recommending.turn(case, made, Turn.RETURN, "Noch einmal.", 2, advisor, store.now)
    recommending.reply(store.check.id, made, recommending.Seen(1, 2), Reply(), store.who, store.now)
    sending.withdraw(store.check.id, case.public_id, None, store.who, store.now)
    recommending.reply(store.check.id, made, recommending.Seen(1, 3), YES, store.who, store.now, letter)
    assert len(tell(store)) == before + 1, "sent back; no draft, and nothing once nobody reads it"


def test_whoever_advises_no_more_is_named_by_the_chamber(store: Store) -> None:
    case, advisor = begin(store)
    ask_and_answer(store, case, advisor)
    with writing() as connection:
        mine = update(tables.Account).where(tables.Account.id == advisor.account_id)
        connection.execute(mine.values(deleted_at=store.now))
    store.later(days=31)
    forget_names(store.now)
    assert [by for _, _, by in events(store)] == [ADVICE, store.who.label] * 2


def test_what_came_from_the_chamber_is_no_change_of_the_town(store: Store) -> None:
    """Nobody who worked on it: the time after which an unused self-check goes counts on."""
    case, advisor = begin(store)
    look_again()
    before = store.access.check.changed_at
    store.later(days=3)
    ask_and_answer(store, case, advisor)
    look_again()
    assert store.access.check.changed_at == before
