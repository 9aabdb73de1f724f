"""What a chamber and the town said to each other is in the town's file: all that its pages show, and no more."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete

from selfcheck.store.chamber import sending
from selfcheck.store.chamber.talk import good_examples
from selfcheck.store.data import imports
from selfcheck.store.data.purge import purge
from selfcheck.store.data.reading import read_file
from selfcheck.store.database import tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.transactions import reading, writing
from tests.store.chamber.cases import CHAMBER, share
from tests.store.chamber.talking import HIDDEN, LEITBILD, YES, begin, propose, talk_about_everything
from tests.store.conftest import NOON, QUESTIONNAIRE, Store
from tests.store.data.test_exports import export

TALK = ("queries", "recommendations", "results", "good_examples")
TABLES = ("thread", "thread_message", "recommendation", "case_release", "good_example", "review_case", "case_change")


@pytest.fixture(autouse=True)
def _chamber_that_never_set_anything(store: Store) -> None:
    with writing() as connection:
        connection.execute(delete(tables.ChamberSetting))


def test_a_query_stands_there_with_all_that_was_said(store: Store) -> None:
    talk_about_everything(store)
    (query,) = export(store)["queries"]
    assert (query["chamber"], query["question"], query["state"]) == (CHAMBER, LEITBILD, "done")
    town = store.who.label
    assert [(said["kind"], said["text"], said["by"]) for said in query["messages"]] == [
        ("question", "Wo steht das?", "Rathmann"),
        ("answer", "Im Ratssaal.", town),
        ("returned", "Auf welcher Seite?", "Rathmann"),
        ("answer", "Im Ratssaal, Seite 4.", town),
        ("done", "", "Rathmann"),
    ]
    assert {said["at"] for said in query["messages"]} == {query["at"]} == {NOON.isoformat().replace("+00:00", "Z")}


def test_a_recommendation_stands_there_with_the_answer_and_its_progress(store: Store) -> None:
    talk_about_everything(store)
    (advice,) = export(store)["recommendations"]
    names = ("label", "title", "text", "priority", "state", "question", "criterion")
    assert [advice[name] for name in names] == [
        "C6-1",
        "Willkommenspaket",
        "Ein Paket für Neue.",
        "high",
        "done",
        LEITBILD,
        "zuzug",
    ]
    reply = advice["reply"]
    said = {"decision": "doing", "reason": YES.reason, "person": YES.person, "due": "2027-06-30", "money": "open"}
    assert {name: reply[name] for name in said} == said
    assert (reply["progress"], reply["by"]) == (60, store.who.label)
    assert advice["submitted"] == reply


def test_an_answer_that_is_not_sent_is_in_the_file_of_the_town(store: Store) -> None:
    talk = talk_about_everything(store)
    with writing() as connection:
        told = tables.Recommendation.__table__.update().where(tables.Recommendation.public_id == talk.recommendation)
        connection.execute(told.values(submitted=None, reason="Noch nicht gesendet"))
    (advice,) = export(store)["recommendations"]
    assert (advice["reply"]["reason"], advice["submitted"]) == ("Noch nicht gesendet", None)


def test_the_result_is_what_was_released(store: Store) -> None:
    talk_about_everything(store)
    (result,) = export(store)["results"]
    assert result["content"]["chamber"] == "IHK Darmstadt"
    assert result["content"]["judgements"][LEITBILD]["reason"] == "Beschluss fehlt"


def test_good_examples_stand_there_for_the_coordination_with_what_was_answered(store: Store) -> None:
    talk_about_everything(store)
    found = [(each["question"], each["state"], each["reason"]) for each in export(store)["good_examples"]]
    assert found == [(LEITBILD, "taken back", ""), ("strategie", "declined", "Lieber nicht.")]
    assert export(store, sharing=False)["good_examples"] == []


def test_what_the_chamber_says_to_itself_is_not_in_it(store: Store) -> None:
    talk_about_everything(store)
    said = json.dumps(export(store), ensure_ascii=False)
    assert "Beschluss fehlt" in said
    assert [text for text in HIDDEN if text in said] == []
    assert "rathmann@ihk.example" not in said


def test_the_small_file_leaves_it_out(store: Store) -> None:
    talk_about_everything(store)
    found = export(store, sharing=False, history=False)
    assert [found[name] for name in TALK] == [[], [], [], []]


def test_it_takes_four_statements_more_however_much_was_said_and_none_without_a_chamber(store: Store) -> None:
    counts = []
    for say in (lambda: None, lambda: share(store), lambda: talk_about_everything(store)):
        say()
        with store.counted() as statements:
            export(store)
        counts.append(statements.count)
    assert counts[0] <= 20
    assert counts[1:] == [counts[0] + 5] * 2, "and one for what was shared"


def test_a_result_that_is_damaged_spoils_nothing_else(store: Store) -> None:
    talk_about_everything(store)
    with writing() as connection:
        connection.execute(tables.CaseRelease.__table__.update().values(content="{}"))
    found = export(store)
    assert [each["content"] for each in found["results"]] == [None]
    assert len(found["queries"]) == 1


def test_a_damaged_row_is_named_and_not_left_out(store: Store) -> None:
    talk_about_everything(store)
    with writing() as connection:
        connection.exec_driver_sql("UPDATE recommendation SET submitted = '{\"x\": 1}'")
    with pytest.raises(DamagedRow):
        export(store)


def test_a_self_check_from_the_file_has_none_of_it(store: Store) -> None:
    talk_about_everything(store)
    kept = {name: store.count_rows(name) for name in TABLES}
    file = read_file(json.dumps(export(store)).encode())
    begun, _ = imports.begin_from_file(file, QUESTIONNAIRE, "a" * 32, store.now)
    assert {name: store.count_rows(name) for name in TABLES} == kept
    changes = tables.Change.__table__
    mine = reading().execute(changes.select().where(changes.c.check_id == begun.id)).all()
    assert "talk" not in {row.part for row in mine}


@pytest.mark.parametrize("name", TALK)
def test_whatever_stands_there_is_not_read(store: Store, name: str) -> None:
    plain = export(store)
    for nonsense in (["quatsch"], [{"question": 1}], "x" * 100, None, 3):
        file = read_file(json.dumps(plain | {name: nonsense}).encode())
        assert getattr(file, name) == []
    del plain[name]
    assert getattr(read_file(json.dumps(plain).encode()), name) == [], "as in a file from before"


def test_with_the_self_check_all_of_it_goes(store: Store) -> None:
    case, advisor = begin(store)
    example = propose(store, case, advisor)
    good_examples.agree(store.check.id, example, 1, store.who, store.now)
    with writing() as connection:
        mine = tables.SelfCheck.__table__.update()
        connection.execute(mine.values(deleted_at=store.now))
    assert good_examples.list_shown() == {}
    store.later(days=31)
    purge(store.now)
    assert {name: store.count_rows(name) for name in (*TABLES, "change")} == dict.fromkeys((*TABLES, "change"), 0)


def test_what_was_taken_back_from_the_chamber_stays_with_the_town(store: Store) -> None:
    talk = talk_about_everything(store)
    before = export(store)
    assert sending.withdraw(store.check.id, talk.case.public_id, None, store.who, store.now)
    after = export(store)
    assert {name: after[name] for name in TALK} == {name: before[name] for name in TALK}
    assert len(after["history"]) == len(before["history"]) + 1
