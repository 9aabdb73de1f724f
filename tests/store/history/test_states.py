"""Stände: what stood there after a change, taking changes back, going back, and nothing that is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import delete, text, update

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Contact, State
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.limits import TooLong, TooMany
from selfcheck.store.database.transactions import writing
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.changes import history
from selfcheck.store.history.moments import Then
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.parts.saving import load_steps, remember_first_seen
from selfcheck.store.parts.values import GoalText, ProjectText, StepText, Who
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged, Write
from selfcheck.store.sharing import shares
from tests import writes
from tests.places import add_place
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store, no, yes
from tests.store.data import test_imports

LEITBILD = QuestionId("leitbild")


COLLEAGUE = Allowed(Role.COLLEAGUE)


def newest(store: Store) -> int:
    transactions.look_again()
    return moments.newest_change(transactions.reading(), store.check.id)


def then(store: Store, change_id: int | None) -> Then:
    transactions.look_again()
    (found,) = moments.read_then(store.visit(store.secret).check, QUESTIONNAIRE, [change_id])
    return found


def fill(store: Store) -> None:
    """Something at every kind of place."""
    store.save(
        yes("leitbild"),
        writes.note(LEITBILD, 0, "Kapitel 3"),
        writes.choice(QuestionId("quote"), 0, State.GIVEN, Decimal(40)),
    )
    store.save(writes.evidence(LEITBILD, None, False, "Ratsbrief", True, page="4"))
    store.save(writes.entry(None, 0, ProjectText("Messe")), writes.entry(None, 0, GoalText("Ziel", measure="Tun")))
    store.save(writes.step("team:contact", 0, person="Eva"), writes.own_step(None, 0, "Fest"))
    details = replace(store.visit(store.secret).check.details, municipality="Neustadt", contact=Contact("Eva"))
    store.save_one(writes.details(store.visit(store.secret).check.version, details))


def change_everything(store: Store) -> None:
    loaded = store.load()
    (piece,) = loaded.evidence[LEITBILD]
    store.save(no("leitbild", 1), writes.note(LEITBILD, 1, ""), yes("strategie"), writes.remove_evidence(piece.id, 1))
    store.save(writes.remove_entry(Part.PROJECT, 1, 1), writes.entry(1, 1, GoalText("Anderes Ziel")))
    own = next(key for key in load_steps(store.check.id) if key.startswith("own:"))
    store.save(writes.step("team:contact", 1, done=True), writes.remove_step(own, 1))
    details = replace(store.visit(store.secret).check.details, municipality="Altstadt", contact=Contact())
    store.save_one(writes.details(store.visit(store.secret).check.version, details))


def go_back(store: Store, state: int, seen: int | None = None, details: bool = True) -> put_back.GoneBack | None:
    found = seen if seen is not None else newest(store)
    wish = Return(state, found, "Vorher")
    allowed = EVERYTHING if details else COLLEAGUE
    return put_back.go_back(store.check, QUESTIONNAIRE, wish, store.who, store.now, allowed=allowed)


def take_back(
    store: Store, first: int, last: int | None = None, decided: int | None = None
) -> put_back.TakenBack | None:
    line = Line(first, last or first, decided)
    return put_back.take_back(store.check, QUESTIONNAIRE, line, store.who, store.now, allowed=EVERYTHING)


def outcome_of(store: Store, first: int, last: int | None = None, decided: int | None = None) -> object:
    found = take_back(store, first, last, decided)
    assert found is not None
    return found.outcome


def expect_replay(store: Store) -> None:
    transactions.look_again()
    assert replayed(store.check.id) == present_contents(store.check.id)


def _assign(store: Store) -> int:
    """The step of the council is done by an office, and then by nobody."""
    with writing() as connection:
        place = add_place(connection, store.check.id, Role.OFFICE, "Bauamt", store.now)
    chosen = StepText(person="Bauamt", place_id=place)
    store.save_one(Write(Part.STEP, "team:council", 0, chosen))
    store.save_one(Write(Part.STEP, "team:council", 1, StepText(note="offen")))
    return place


def test_taking_back_brings_a_place_of_the_team_back(store: Store) -> None:
    place = _assign(store)
    assert isinstance(outcome_of(store, newest(store)), Saved)
    step = load_steps(store.check.id)["team:council"]
    assert (step.person, step.place_id) == ("Bauamt", place)
    expect_replay(store)


@pytest.mark.parametrize("purged", [True, False])
def test_of_a_place_that_ended_only_the_name_comes_back(store: Store, purged: bool) -> None:
    place = _assign(store)
    with writing() as connection:
        ended = tables.Place.id == place
        if purged:
            connection.execute(delete(tables.Place).where(ended))
        else:
            connection.execute(update(tables.Place).where(ended).values(withdrawn_at=store.now))
    assert isinstance(outcome_of(store, newest(store)), Saved)
    step = load_steps(store.check.id)["team:council"]
    assert (step.person, step.place_id) == ("Bauamt", None)
    expect_replay(store)


def test_the_state_after_a_change_is_what_stood_there(store: Store) -> None:
    begun = newest(store)
    fill(store)
    filled, before = newest(store), store.load()
    contents = then(store, None).contents
    change_everything(store)
    empty, past, present = then(store, begun), then(store, filled), then(store, None)
    assert not empty.loaded.answers
    assert not empty.loaded.goals
    assert empty.loaded.check.municipality == "Musterstadt"
    assert moments.settle_all(past.contents) == contents
    assert past.loaded.answers == before.answers
    assert past.loaded.extras == before.extras
    assert past.loaded.check.details == replace(before.check.details, municipality="Neustadt", contact=Contact("Eva"))
    assert present.loaded.answers == store.load().answers
    expect_replay(store)


def test_two_states_and_the_present_take_eight_statements(store: Store) -> None:
    begun = newest(store)
    fill(store)
    filled, check = newest(store), store.visit(store.secret).check
    change_everything(store)
    transactions.look_again()
    with store.counted() as statements:
        found = moments.read_then(check, QUESTIONNAIRE, [begun, filled, None])
    assert statements.count == 8
    assert [len(each.loaded.answers) for each in found] == [0, 2, 3]


def test_going_back_brings_everything_back_and_loses_nothing(store: Store) -> None:
    fill(store)
    named = moments.name_moment(store.check.id, "Vor der Sommerpause", store.who, store.now)
    wanted = then(store, None).contents
    change_everything(store)
    later = then(store, None).contents
    count = store.count_rows("change")
    store.later(minutes=1)
    assert go_back(store, named.id or 0) == put_back.GoneBack(9)
    assert then(store, None).contents == wanted
    assert store.count_rows("change") == count + 10
    rescue, *_ = [moment for moment in moments.moments(store.check.id) if moment.id != named.id]
    assert rescue.name == "Vorher"
    assert then(store, rescue.change_id).contents == later
    expect_replay(store)
    assert go_back(store, rescue.id or 0) == put_back.GoneBack(9)
    assert then(store, None).contents == later
    assert go_back(store, rescue.id or 0) == put_back.GoneBack(0)
    expect_replay(store)


def test_going_back_can_leave_the_details_alone(store: Store) -> None:
    fill(store)
    named = moments.name_moment(store.check.id, "Stand", store.who, store.now)
    change_everything(store)
    assert go_back(store, named.id or 0, details=False) == put_back.GoneBack(8)
    assert store.visit(store.secret).check.municipality == "Altstadt"


def test_going_back_stops_where_somebody_was_faster(store: Store) -> None:
    named = moments.name_moment(store.check.id, "Leer", store.who, store.now)
    store.save(yes("leitbild"))
    seen = newest(store)
    store.save(yes("strategie"))
    assert go_back(store, named.id or 0, seen) == put_back.GoneBack(0, moved=True)
    assert len(store.load().answers) == 2
    assert go_back(store, 10**12) is None


def test_states_of_another_self_check_are_out_of_reach(store: Store) -> None:
    named = moments.name_moment(store.check.id, "Meiner", store.who, store.now)
    other, _ = store.begin("Anderstadt")
    assert not moments.rename_moment(other.id, named.id or 0, "Deiner", store.who, store.now)
    assert not moments.remove_moment(other.id, named.id or 0, store.who, store.now)
    assert (
        put_back.go_back(other, QUESTIONNAIRE, Return(named.id or 0, 0, "x"), store.who, store.now, allowed=EVERYTHING)
        is None
    )
    assert (
        put_back.take_back(other, QUESTIONNAIRE, Line(*(newest(store),) * 2), store.who, store.now, allowed=EVERYTHING)
        is None
    )
    assert [moment.name for moment in moments.moments(store.check.id)] == ["Meiner"]


def test_names_come_change_and_go_and_the_history_tells(store: Store) -> None:
    named = moments.name_moment(store.check.id, "  Vor  der Pause ", store.who, store.now, "schluessel")
    again = moments.name_moment(store.check.id, "Vor der Pause", store.who, store.now, "schluessel")
    assert (named, named.name) == (again, "Vor der Pause")
    assert moments.rename_moment(store.check.id, named.id or 0, "Vor der Sommerpause", store.who, store.now)
    assert moments.rename_moment(store.check.id, named.id or 0, "Vor der Sommerpause", store.who, store.now)
    assert [moment.name for moment in moments.moments(store.check.id)] == ["Vor der Sommerpause"]
    assert moments.remove_moment(store.check.id, named.id or 0, store.who, store.now)
    assert not moments.remove_moment(store.check.id, named.id or 0, store.who, store.now)
    assert moments.moments(store.check.id) == []
    told = [(change.before, change.after) for change in history(store.check.id, 10) if change.part == Part.STATE]
    assert told == [("Vor der Sommerpause", None), ("Vor der Pause", "Vor der Sommerpause"), (None, "Vor der Pause")]


def test_too_long_and_too_many_names_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLong):
        moments.name_moment(store.check.id, "x" * 121, store.who, store.now)
    monkeypatch.setattr("selfcheck.store.database.limits.ENTRIES", 1)
    moments.name_moment(store.check.id, "x" * 120, store.who, store.now)
    with pytest.raises(TooMany):
        moments.name_moment(store.check.id, "noch einer", store.who, store.now)


def test_a_shared_stand_can_be_looked_at_too(store: Store) -> None:
    store.save(yes("leitbild"))
    shared = shares.share(store.check.id, {}, "IHK Darmstadt", None, store.who, store.now)
    shares.withdraw(store.check.id, shared.public_id, store.who, store.now)
    store.save(no("leitbild", 1))
    (moment,) = moments.moments(store.check.id)
    assert (moment.id, moment.share, moment.name) == (None, shared.public_id, "IHK Darmstadt")
    assert then(store, moment.change_id).loaded.answers[LEITBILD].value == "ja"


def test_a_change_is_taken_back_as_a_change(store: Store) -> None:
    store.save(yes("leitbild"))
    store.save(no("leitbild", 1))
    assert isinstance(outcome_of(store, newest(store)), Saved)
    assert store.load().answers[LEITBILD].value == "ja"
    change = history(store.check.id, 1)[0]
    assert (change.before["value"], change.after["value"], change.by) == ("nein", "ja", "Amt 12")
    assert store.load().stored[LEITBILD].choice_version == 3
    expect_replay(store)


def test_every_part_can_be_taken_back_to_nothing(store: Store) -> None:
    remember_first_seen(store.check.id, ["team:contact"], store.now.date())
    begun = newest(store)
    fill(store)
    lines = [change.id for change in history(store.check.id, 50) if change.id > begun]
    assert [type(outcome_of(store, line)) for line in lines] == [Saved] * 9
    assert then(store, None).contents == then(store, begun).contents
    assert [type(outcome_of(store, line)) for line in lines] == [Unchanged] * 9
    assert list(load_steps(store.check.id)) == ["team:contact"]
    expect_replay(store)


def test_a_removed_part_comes_back_whole(store: Store) -> None:
    fill(store)
    before = store.load()
    contents = then(store, None).contents
    begun = newest(store)
    change_everything(store)
    for change in history(store.check.id, 50):
        if change.id > begun:
            assert isinstance(outcome_of(store, change.id), Saved)
    assert then(store, None).contents == contents
    assert [piece.id for piece in store.load().evidence[LEITBILD]] == [before.evidence[LEITBILD][0].id]
    assert store.load().projects[0].number == 1
    expect_replay(store)


def test_a_fold_is_taken_back_to_its_oldest_before(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, "eins"))
    store.save(writes.note(LEITBILD, 1, "zwei"))
    first = newest(store)
    store.save(writes.note(LEITBILD, 2, "drei"))
    assert isinstance(outcome_of(store, first, newest(store)), Saved)
    assert store.load().answers[LEITBILD].note == "eins"


def test_what_was_changed_since_is_a_conflict_and_the_person_decides(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, "eins"))
    store.save(writes.note(LEITBILD, 1, "zwei"))
    line = newest(store)
    store.save_one(writes.note(LEITBILD, 2, "drei"), by=store.second_person())
    met = outcome_of(store, line)
    assert isinstance(met, Conflict)
    assert (met.theirs, met.who, met.version) == ("drei", "Amt 40", 3)
    assert store.load().answers[LEITBILD].note == "drei"
    store.save(writes.note(LEITBILD, 3, "vier"))
    assert isinstance(outcome_of(store, line, decided=met.version), Conflict)
    assert isinstance(outcome_of(store, line, decided=4), Saved)
    assert store.load().answers[LEITBILD].note == "eins"


def test_only_parts_that_are_allowed_come_back(store: Store) -> None:
    store.save(yes("leitbild"))
    choice = Line(newest(store), newest(store))
    store.save_one(writes.details(1, replace(store.check.details, municipality="Altstadt")))
    details = Line(newest(store), newest(store))
    for line, allowed in ((choice, Allowed(Role.READER)), (details, COLLEAGUE)):
        assert put_back.take_back(store.check, QUESTIONNAIRE, line, store.who, store.now, allowed=allowed) is None


def test_what_is_no_line_cannot_be_taken_back(store: Store) -> None:
    begun = newest(store)
    store.save(yes("leitbild"), yes("strategie"))
    for first, last in ((begun, begun), (newest(store) - 1, newest(store)), (10**12, 10**12), (-5, 0)):
        assert take_back(store, first, last) is None


def test_values_and_questions_that_are_no_longer_known_go_back_as_they_were(store: Store) -> None:
    with transactions.writing() as connection:
        connection.execute(text("UPDATE change SET part = 'choice'"))
    store.save(yes("leitbild"))
    named = moments.name_moment(store.check.id, "Früher", store.who, store.now)
    store.save(no("leitbild", 1))
    with transactions.writing() as connection:
        unknown = '{"state": "given", "value": "vielleicht", "reason": ""}'
        connection.execute(text("UPDATE change SET before = :unknown WHERE before IS NOT NULL"), {"unknown": unknown})
        connection.execute(text("UPDATE change SET subject = 'frueher' WHERE part = 'choice'"))
        connection.execute(text("UPDATE answer SET question = 'frueher'"))
    assert then(store, named.change_id).loaded.answers == {}
    assert go_back(store, named.id or 0) == put_back.GoneBack(1)
    assert store.load().stored[QuestionId("frueher")].value == "vielleicht"


def test_what_came_from_a_file_is_in_the_history_too(store: Store) -> None:
    fill(store)
    change_everything(store)
    transactions.look_again()
    taken = test_imports.take(test_imports.export(store.visit(store.secret).check))
    transactions.look_again()
    assert replayed(taken.id) == present_contents(taken.id)


def test_a_damaged_history_is_named(store: Store) -> None:
    fill(store)
    named = newest(store)
    change_everything(store)
    with transactions.writing() as connection:
        connection.execute(text("UPDATE change SET before = '[1]' WHERE part = 'goal'"))
    with pytest.raises(DamagedRow):
        then(store, named)


def test_who_went_back_stands_there(store: Store) -> None:
    store.save(yes("leitbild"))
    at = datetime(2027, 2, 1, tzinfo=UTC)
    line = newest(store)
    put_back.take_back(store.check, QUESTIONNAIRE, Line(line, line), Who(None, "Amt 50"), at, allowed=EVERYTHING)
    stored = store.load().stored[LEITBILD]
    assert (stored.choice_by, stored.choice_at) == ("Amt 50", at)
