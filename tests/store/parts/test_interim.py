"""What becomes of agreed goals by and by: a part for each goal in each year of the label."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from selfcheck.core.permissions import Allowed, Role
from selfcheck.store.data import imports
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.reading import BadFile, read_file
from selfcheck.store.database import transactions
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import writing
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.changes import history
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.history.redaction import Taken, find_texts, redact
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import GoalText, InterimText, PastGoalText, StoredInterim
from selfcheck.store.parts.work import DoesNotFit, NotAllowed
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged
from tests import writes
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store

SAID = InterimText("reached", "20 km sind gebaut.", "Jahresbericht 2028", "Register 5")
TAKEN = Taken("Koordination", "entfernt", "Datenschutz")


@pytest.fixture
def town(store: Store) -> Store:
    """With two goals; the number 2 was given to one that is gone."""
    store.save(*(writes.entry(None, 0, GoalText(title), title) for title in ("Radwege", "Kita", "Sprachkurse")))
    store.save(writes.remove_entry(Part.GOAL, 2, 1))
    return store


def stored(store: Store, check_id: int | None = None) -> dict[tuple[int, int], StoredInterim]:
    transactions.look_again()
    return {(each.year, each.goal): each for each in saving.load_interims(check_id or store.check.id)}


def says(row: StoredInterim) -> InterimText:
    return InterimText(row.reached, row.said, row.document, row.location)


def export(store: Store) -> bytes:
    transactions.look_again()
    file = BytesIO()
    write_export(store.check.id, file, store.now)
    return file.getvalue()


def test_everything_comes_back_as_it_was_said_with_one_statement(town: Store) -> None:
    later = InterimText("under_way", "Läuft.")
    town.save(writes.interim(1, 1, 0, SAID), writes.interim(1, 3, 0, later), writes.interim(2, 1, 0, later))
    transactions.look_again()
    with town.counted() as statements:
        saving.load_interims(town.check.id)
    assert statements.count == 1
    assert {key: says(row) for key, row in stored(town).items()} == {(1, 1): SAID, (1, 3): later, (2, 1): later}


def test_it_has_versions_and_conflicts(town: Store) -> None:
    assert isinstance(town.save_one(writes.interim(1, 1, 0, SAID)), Saved)
    assert isinstance(town.save_one(writes.interim(1, 1, 0, SAID)), Unchanged)
    met = town.save_one(writes.interim(1, 1, 0, InterimText("given_up")), town.second_person())
    assert isinstance(met, Conflict)
    assert (met.version, met.who, met.theirs.said) == (1, "Amt 12", SAID.said)
    assert isinstance(town.save_one(writes.interim(1, 1, 1, InterimText("given_up")), town.second_person()), Saved)


@pytest.mark.parametrize("subject", [None, "", "1", "1-", "-1", "0-1", "21-1", "1-0", "1-9", "1-²", "1-1-1", "x-1"])
def test_what_is_no_goal_in_a_year_of_a_label_is_refused(town: Store, subject: str | None) -> None:
    write = writes.interim(1, 1, 0, SAID)
    with pytest.raises(DoesNotFit):
        town.save(type(write)(write.part, subject, 0, SAID))
    assert stored(town) == {}


def test_a_state_that_is_none_and_endless_texts_are_refused(town: Store) -> None:
    with pytest.raises(DoesNotFit):
        town.save(writes.interim(1, 1, 0, InterimText("fast")))
    for text_ in (InterimText(said="x" * 1001), InterimText(document="x" * 501), InterimText(location="x" * 201)):
        with pytest.raises(TooLong):
            town.save(writes.interim(1, 1, 0, text_))
    with pytest.raises(NotAllowed):
        town.save(writes.interim(1, 1, 0, SAID), allowed=Allowed(Role.OFFICE))
    assert stored(town) == {}


def test_the_database_refuses_what_nobody_may_write(town: Store) -> None:
    town.save(writes.interim(1, 1, 0, SAID))
    for change in ("reached = 'fast'", "year = 0", "goal = 0", "location = '" + "x" * 201 + "'"):
        with (
            pytest.raises((IntegrityError, Exception), match=r"(?i)check|constraint|too long"),
            writing() as connection,
        ):
            connection.execute(text(f"UPDATE interim SET {change}"))


def test_the_history_tells_of_it_and_takes_it_back(town: Store) -> None:
    town.save(writes.interim(1, 1, 0, SAID))
    town.save(writes.interim(1, 1, 1, InterimText("given_up", "Kein Geld.")))
    transactions.look_again()
    last, first = [change for change in history(town.check.id, 100) if change.part == Part.INTERIM]
    assert (first.subject, first.after["reached"], last.after["said"]) == ("1-1", "reached", "Kein Geld.")
    line = Line(last.id, last.id)
    taken = put_back.take_back(town.check, QUESTIONNAIRE, line, town.who, town.now, allowed=EVERYTHING)
    assert taken is not None
    assert isinstance(taken.outcome, Saved)
    assert says(stored(town)[1, 1]) == SAID
    assert replayed(town.check.id) == present_contents(town.check.id)


def test_going_back_to_a_moment_takes_it_along(town: Store) -> None:
    named = moments.name_moment(town.check.id, "Vor der Auszeichnung", town.who, town.now)
    town.save(writes.interim(1, 1, 0, SAID))
    newest = moments.newest_change(transactions.reading(), town.check.id)
    wish = Return(named.id or 0, newest, "Vorher")
    put_back.go_back(town.check, QUESTIONNAIRE, wish, town.who, town.now, allowed=EVERYTHING)
    assert says(stored(town)[1, 1]) == InterimText()
    assert replayed(town.check.id) == present_contents(town.check.id)


def test_its_texts_can_be_taken_out_of_everything(town: Store) -> None:
    town.save(writes.interim(1, 1, 0, SAID))
    town.save(writes.interim(1, 1, 1, InterimText("reached", "Frau Muster hat sie gebaut.")))
    found = find_texts(town.check, QUESTIONNAIRE, Part.INTERIM, "1-1")
    assert found is not None
    assert {name for name, _ in found.texts} == {"said", "document", "location"}
    assert redact(town.check, QUESTIONNAIRE, Part.INTERIM, "1-1", TAKEN, town.who, town.now)
    left = stored(town)[1, 1]
    assert (left.reached, left.said) == ("reached", "")
    assert "Muster hat" not in json.dumps(json.loads(export(town)), ensure_ascii=False)


def test_a_file_brings_it_along_with_the_goals_that_it_is_about(town: Store) -> None:
    town.save(writes.interim(1, 1, 0, SAID), writes.interim(1, 2, 0, SAID), writes.interim(2, 3, 0, SAID))
    check, _ = imports.begin_from_file(read_file(export(town)), QUESTIONNAIRE, "k", town.now)
    loaded = saving.load(check, QUESTIONNAIRE)
    assert [(goal.number, goal.text.title) for goal in loaded.goals] == [(1, "Radwege"), (3, "Sprachkurse")]
    assert {key: says(row) for key, row in stored(town, check.id).items()} == {(1, 1): SAID, (2, 3): SAID}


@pytest.mark.parametrize(("number", "kept"), [(0, 2), (1, 2), (7, 7), (10_001, 2)])
def test_a_goal_of_a_file_keeps_its_number_where_it_can(town: Store, number: int, kept: int) -> None:
    file = json.loads(export(town))
    file["goals"][2]["number"] = number
    check, _ = imports.begin_from_file(read_file(json.dumps(file).encode()), QUESTIONNAIRE, "k", town.now)
    assert [goal.number for goal in saving.load(check, QUESTIONNAIRE).goals] == [1, kept]


@pytest.mark.parametrize(
    "wrong", [{"reached": "fast"}, {"year": 0}, {"year": 21}, {"goal": -1}, {"said": "x" * 1001}, {"more": 1}]
)
def test_a_file_with_what_nobody_can_say_is_refused(town: Store, wrong: dict[str, object]) -> None:
    town.save(writes.interim(1, 1, 0, SAID))
    file = json.loads(export(town))
    file["interims"][0].update(wrong)
    with pytest.raises(BadFile):
        read_file(json.dumps(file).encode())


def test_a_past_goal_says_what_became_of_it_and_where_its_document_lies(store: Store) -> None:
    goal = PastGoalText("Radwege", True, True, "Jahresbericht", "Register 5", "20 km\nsind gebaut.")
    store.save(writes.entry(None, 0, goal))
    assert store.load().past_goals[0].text == goal
    check, _ = imports.begin_from_file(read_file(export(store)), QUESTIONNAIRE, "k", store.now)
    assert saving.load(check, QUESTIONNAIRE).past_goals[0].text == goal
