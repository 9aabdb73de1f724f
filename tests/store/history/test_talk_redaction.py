"""The town's own words to its chamber go where somebody takes them out: from both sides, and from every copy."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from selfcheck.core.review.recommendations import RecommendationState, Turn
from selfcheck.core.review.thread import ThreadState
from selfcheck.store.chamber.talk import good_examples, recommendations, recommending, threads
from selfcheck.store.chamber.talk.recommendations import StoredRecommendation
from selfcheck.store.database import tables
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import look_again, reading, writing
from selfcheck.store.history.changes import history
from selfcheck.store.history.redaction import Taken
from selfcheck.store.history.talk_redaction import Spoken, find_spoken, take_out_spoken
from selfcheck.store.parts.writes import Conflict, Part
from tests.store.chamber.talking import LEITBILD, YES, ask_and_answer, begin, letter, propose, recommend
from tests.store.conftest import Store
from tests.store.data.test_exports import export

WORDS = "entfernt am 10.01.2027 durch Koordination"
TAKEN = Taken("Koordination", WORDS, "Datenschutz")
SECRET = "Herr Geheim"


@pytest.fixture(autouse=True)
def _chamber_that_never_set_anything(store: Store) -> None:
    with writing() as connection:
        connection.execute(delete(tables.ChamberSetting))


def take_out(store: Store, part: Spoken, id: object) -> bool:
    look_again()
    return take_out_spoken(store.check, part, str(id), TAKEN, store.who, store.now)


def everything(store: Store) -> str:
    """All that is stored, as one text."""
    look_again()
    rows = [list(row) for table in tables.SelfCheck.metadata.sorted_tables for row in reading().execute(table.select())]
    return json.dumps(rows, default=str, ensure_ascii=False)


def find_answers(store: Store) -> list[int]:
    look_again()
    message = tables.ThreadMessage
    return list(reading().execute(select(message.id).where(message.kind == "answer").order_by(message.id)).scalars())


def read_one(store: Store, public_id: str) -> StoredRecommendation:
    look_again()
    found = recommendations.find_for_check(store.check.id, public_id)
    assert found is not None
    return found


def test_an_answer_goes_and_the_thread_stays_as_it_was(store: Store) -> None:
    case, advisor = begin(store)
    ask_and_answer(store, case, advisor, last=f"Fragen Sie {SECRET}.")
    first, last = find_answers(store)
    found = find_spoken(store.check, Spoken.ANSWER, str(last))
    assert found is not None
    assert (found.texts, found.question) == ((("", f"Fragen Sie {SECRET}."),), LEITBILD)
    assert take_out(store, Spoken.ANSWER, last)
    assert SECRET not in everything(store)
    (thread,) = threads.read_threads(case.id)[LEITBILD]
    assert (thread.state, thread.seen, thread.last.text) == (ThreadState.ANSWERED, 4, WORDS)
    assert thread.messages[1].id == first
    assert thread.messages[1].text == "Im Ratssaal."
    assert SECRET not in json.dumps(export(store))


def test_what_was_taken_out_stands_in_the_history_without_the_text(store: Store) -> None:
    case, advisor = begin(store)
    ask_and_answer(store, case, advisor, last=SECRET)
    last = find_answers(store)[-1]
    assert take_out(store, Spoken.ANSWER, last)
    assert not take_out(store, Spoken.ANSWER, last), "twice is once"
    told = [change for change in history(store.check.id, 50) if change.part == Part.REDACTION]
    assert [change.after for change in told] == [
        {"part": "query_answer", "question": LEITBILD, "reason": "Datenschutz"}
    ]
    assert [each["part"] for each in export(store)["redactions"]] == ["query_answer"]


def test_a_reply_goes_from_both_sides_and_from_the_history_of_the_case(store: Store) -> None:
    case, advisor = begin(store)
    said = replace(YES, reason=f"{SECRET} kümmert sich.", person=SECRET)
    made = recommend(store, case, advisor, said)
    assert take_out(store, Spoken.REPLY, made)
    assert SECRET not in everything(store)
    assert "Niemand" not in everything(store), "an answer from before"
    found = read_one(store, made)
    assert (found.state, found.reply.reason, found.reply.due) == (RecommendationState.SUBMITTED, WORDS, YES.due)
    assert found.submitted is not None
    assert found.submitted.person == WORDS
    assert not take_out(store, Spoken.REPLY, made)


def test_where_the_town_may_answer_again_its_fields_are_empty_and_an_old_page_brings_nothing_back(store: Store) -> None:
    case, advisor = begin(store)
    said = replace(YES, reason=SECRET, person=SECRET)
    made = recommend(store, case, advisor, said)
    assert recommending.turn(case, made, Turn.RETURN, "Noch einmal.", 2, advisor, store.now)
    assert take_out(store, Spoken.REPLY, made)
    found = read_one(store, made)
    assert (found.reply.reason, found.reply.person) == ("", "")
    met = recommending.reply(store.check.id, made, recommending.Seen(1, 2), said, store.who, store.now, letter)
    assert isinstance(met, Conflict)
    assert SECRET not in everything(store)


def test_a_refusal_goes(store: Store) -> None:
    case, advisor = begin(store)
    example = propose(store, case, advisor)
    good_examples.decline(store.check.id, example, 1, SECRET, store.who, store.now)
    assert take_out(store, Spoken.REFUSAL, example)
    assert SECRET not in everything(store)
    assert [each.reason for each in good_examples.list_of_case(case.id)] == [WORDS]


def test_a_damaged_history_of_the_case_is_no_hindrance(store: Store) -> None:
    case, advisor = begin(store)
    made = recommend(store, case, advisor, replace(YES, reason=SECRET))
    with writing() as connection:
        broken = tables.CaseChange.__table__.update()
        connection.execute(broken.values(before=["quatsch"], after="quatsch"))
    assert take_out(store, Spoken.REPLY, made)
    assert SECRET not in everything(store)


def test_what_the_chamber_wrote_and_what_another_town_wrote_is_not_found(store: Store) -> None:
    case, advisor = begin(store)
    thread = ask_and_answer(store, case, advisor)
    made, example = recommend(store, case, advisor), propose(store, case, advisor)
    message = tables.ThreadMessage
    asked = reading().execute(select(message.id).where(message.thread_id == thread, message.kind == "question"))
    assert find_spoken(store.check, Spoken.ANSWER, str(asked.scalar_one())) is None
    assert find_spoken(store.check, Spoken.REFUSAL, example) is None, "nobody declined"
    other, _ = store.begin("Anderstadt")
    for part, id in ((Spoken.ANSWER, find_answers(store)[0]), (Spoken.REPLY, made)):
        assert find_spoken(store.check, part, str(id)) is not None
        assert find_spoken(other, part, str(id)) is None
        assert not take_out_spoken(other, part, str(id), TAKEN, store.who, store.now)


def test_a_reply_stays_where_the_reason_is_too_long(store: Store) -> None:
    case, advisor = begin(store)
    made = recommend(store, case, advisor)
    with pytest.raises(TooLong):
        take_out_spoken(store.check, Spoken.REPLY, made, replace(TAKEN, reason="x" * 201), store.who, store.now)
    assert read_one(store, made).reply.reason == YES.reason


@pytest.mark.parametrize("part", Spoken)
@pytest.mark.parametrize("id", ["", "\0", "9" * 5000, "-1", "2147483648", "²", "💩", "a" * 22])
def test_no_address_is_a_crash(store: Store, part: Spoken, id: str) -> None:
    assert find_spoken(store.check, part, id) is None
