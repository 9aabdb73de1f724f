"""Goals, past goals and projects; the details of the municipality; the checklist's steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import Profile
from selfcheck.core.rules.answers import Contact, Goal, PastGoal, Project
from selfcheck.store.database import tables
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import writing
from selfcheck.store.history.changes import history
from selfcheck.store.parts.saving import load_steps, remember_first_seen
from selfcheck.store.parts.values import Details, GoalText, PastGoalText, ProjectText, StepText
from selfcheck.store.parts.work import DoesNotFit
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged, Write
from tests import writes
from tests.places import add_place
from tests.store.conftest import Store

GOAL = GoalText(
    "Willkommensbüro", "kriterium-a", "Keine Stelle", "Stelle schaffen", "Beratungen", "0", "50", date(2029, 1, 1)
)
MONDAY, TUESDAY = date(2027, 1, 11), date(2027, 1, 12)


def test_the_lists_come_back_with_all_their_fields(store: Store) -> None:
    texts = (
        GOAL,
        PastGoalText("Radwege", True, True, "Ordner 3"),
        ProjectText("Jobmesse", "jährlich", "30 Stellen", True, "Flyer"),
    )
    store.save(*(writes.entry(None, 0, text) for text in texts))
    loaded = store.load()
    entries = (*loaded.goals, *loaded.past_goals, *loaded.projects)
    assert tuple(entry.text for entry in entries) == texts
    assert [entry.version for entry in entries] == [1, 1, 1]
    assert loaded.extras.goals == (Goal(1, "Willkommensbüro", "Stelle schaffen", "Beratungen"),)
    assert loaded.extras.past_goals == (PastGoal(1, "Radwege", achieved=True, documented=True),)
    assert loaded.extras.projects == (Project(1, "Jobmesse", documented=True),)


def test_a_double_click_adds_one_goal(store: Store) -> None:
    write = writes.entry(None, 0, GOAL, creation_key="0123456789abcdef")
    assert isinstance(store.save_one(write), Saved)
    assert isinstance(store.save_one(write), Unchanged)
    assert len(store.load().goals) == 1


def test_a_number_is_never_given_again(store: Store) -> None:
    for title in ("eins", "zwei"):
        store.save_one(writes.entry(None, 0, ProjectText(title)))
    store.save_one(writes.remove_entry(Part.PROJECT, 2, 1))
    assert store.save_one(writes.entry(None, 0, ProjectText("drei"))).id == 3
    assert [(entry.number, entry.text.title) for entry in store.load().projects] == [(1, "eins"), (3, "drei")]
    assert isinstance(store.save_one(writes.remove_entry(Part.PROJECT, 2, 1)), Unchanged)


def test_a_stale_change_of_a_goal_is_a_conflict_that_shows_it(store: Store) -> None:
    store.save_one(writes.entry(None, 0, GOAL))
    store.save_one(writes.entry(1, 1, replace(GOAL, title="Anlaufstelle")), by=store.second_person())
    conflict = store.save_one(writes.entry(1, 1, replace(GOAL, metric_target="80")))
    assert isinstance(conflict, Conflict)
    assert (conflict.theirs.text.title, conflict.who, conflict.version) == ("Anlaufstelle", "Amt 40", 2)
    removed = store.save_one(writes.remove_entry(Part.GOAL, 1, 1))
    assert isinstance(removed, Conflict)
    assert [entry.text.title for entry in store.load().goals] == ["Anlaufstelle"]


def test_the_history_keeps_what_was_removed(store: Store) -> None:
    store.save_one(writes.entry(None, 0, GOAL))
    store.save_one(writes.remove_entry(Part.GOAL, 1, 1))
    newest = history(store.check.id, 1)[0]
    assert (newest.part, newest.subject, newest.before["title"], newest.after) == (Part.GOAL, "1", GOAL.title, None)


def test_details_have_one_version_and_conflict_like_answers(store: Store) -> None:
    wanted = Details(
        "Neustadt", "06432", Profile("unterzentrum", "renewal", "HE"), MONDAY, Contact("Kim B.", mail="k@ort.example")
    )
    assert isinstance(store.save_one(writes.details(1, wanted)), Saved)
    found = store.visit(store.secret).check
    assert (found.details, found.version, found.by) == (wanted, 2, "Amt 12")
    assert isinstance(store.save_one(writes.details(1, wanted)), Unchanged)
    stale = store.save_one(writes.details(1, replace(wanted, interview=None)))
    assert isinstance(stale, Conflict)
    assert stale.theirs == wanted
    with pytest.raises(TooLong):
        store.save_one(writes.details(2, replace(wanted, municipality="x" * 201)))


def test_the_day_on_which_a_step_first_appeared_stays(store: Store) -> None:
    remember_first_seen(store.check.id, ["team:contact", "answer:leitbild"], MONDAY)
    found = remember_first_seen(store.check.id, ["answer:leitbild", "goal:1"], TUESDAY)
    assert {key: step.first_seen for key, step in found.items()} == {
        "team:contact": MONDAY,
        "answer:leitbild": MONDAY,
        "goal:1": TUESDAY,
    }
    assert not any(step.touched for step in found.values())


def test_a_checklist_that_is_opened_again_writes_nothing(store: Store) -> None:
    keys = [f"answer:frage-{place}" for place in range(38)]
    with store.counted() as first:
        remember_first_seen(store.check.id, keys, MONDAY)
    with store.counted() as again:
        remember_first_seen(store.check.id, keys, TUESDAY)
    assert (first.count, again.count) == (3, 1)


def test_steps_are_saved_with_versions_and_keep_their_first_day(store: Store) -> None:
    remember_first_seen(store.check.id, ["team:contact"], MONDAY)
    write = writes.step("team:contact", 0, done=True, person="Kim B.", note="erledigt\r\nam Montag")
    assert isinstance(store.save(write)[0], Saved)
    step = load_steps(store.check.id)["team:contact"]
    assert (step.done, step.person, step.note, step.first_seen, step.version) == (
        True,
        "Kim B.",
        "erledigt\nam Montag",
        MONDAY,
        1,
    )
    retry, stale = store.save(write, writes.step("team:contact", 0, done=True, person="Jo A."))
    assert isinstance(retry, Unchanged)
    assert isinstance(stale, Conflict)
    assert stale.theirs.person == "Kim B."


def test_a_step_left_as_it_is_stays_untouched(store: Store) -> None:
    outcome = store.save(writes.step("team:contact", 0))[0]
    assert isinstance(outcome, Unchanged)
    assert not load_steps(store.check.id)


def test_a_step_keeps_the_day_that_somebody_chose_and_loses_it_again(store: Store) -> None:
    remember_first_seen(store.check.id, ["team:council"], MONDAY)
    for seen, due in enumerate((TUESDAY, None)):
        store.save_one(Write(Part.STEP, "team:council", seen, StepText(due=due, title="fremd", group="fremd")))
        step = load_steps(store.check.id)["team:council"]
        assert (step.due, step.title, step.group) == (due, "", "")


def _sit(store: Store, label: str = "Bauamt", check: int | None = None) -> int:
    with writing() as connection:
        return add_place(connection, check or store.check.id, Role.OFFICE, label, store.now)


def test_who_does_a_step_may_be_a_place_of_the_team(store: Store) -> None:
    place = _sit(store)
    write = Write(Part.STEP, "team:council", 0, StepText(person="Bauamt", place_id=place))
    assert isinstance(store.save_one(write), Saved)
    step = load_steps(store.check.id)["team:council"]
    assert (step.person, step.place_id) == ("Bauamt", place)
    assert store.save_one(writes.step("team:council", 1, person="Frau Roth")).version == 2
    assert load_steps(store.check.id)["team:council"].place_id is None


def test_a_place_of_another_self_check_does_no_step_here(store: Store) -> None:
    other, _ = store.begin("Nachbarstadt")
    for place in (_sit(store, check=other.id), 99999):
        with pytest.raises(DoesNotFit):
            store.save_one(Write(Part.STEP, "team:council", 0, StepText(person="Bauamt", place_id=place)))
    assert not load_steps(store.check.id)


def test_a_place_that_ended_keeps_its_steps_and_gets_no_new_ones(store: Store) -> None:
    place = _sit(store)
    chosen = StepText(person="Bauamt", place_id=place)
    store.save_one(Write(Part.STEP, "team:council", 0, chosen))
    with writing() as connection:
        connection.execute(update(tables.Place).where(tables.Place.id == place).values(withdrawn_at=store.now))
    assert isinstance(store.save_one(Write(Part.STEP, "team:council", 1, replace(chosen, note="bald"))), Saved)
    with pytest.raises(DoesNotFit):
        store.save_one(Write(Part.STEP, "team:contact", 0, chosen))


def test_a_place_that_is_deleted_leaves_its_name_at_the_step(store: Store) -> None:
    place = _sit(store)
    store.save_one(Write(Part.STEP, "team:council", 0, StepText(person="Bauamt", place_id=place)))
    with writing() as connection:
        connection.execute(delete(tables.Place).where(tables.Place.id == place))
    step = load_steps(store.check.id)["team:council"]
    assert (step.person, step.place_id) == ("Bauamt", None)


def test_the_history_tells_of_a_place_only_where_one_was_chosen(store: Store) -> None:
    place = _sit(store)
    store.save_one(writes.step("team:council", 0, person="Frau Roth"))
    store.save_one(Write(Part.STEP, "team:council", 1, StepText(person="Bauamt", place_id=place)))
    chosen, typed = (change.after for change in history(store.check.id, limit=2))
    assert (typed["person"], typed["place_id"]) == ("Frau Roth", None)
    assert (chosen["person"], chosen["place_id"]) == ("Bauamt", place)


def test_own_steps_are_added_once_changed_and_taken_away(store: Store) -> None:
    new = writes.own_step(None, 0, "Presse einladen", due=TUESDAY, group="IHK", creation_key="abcdef12")
    for _ in range(2):
        store.save(new)
    (step,) = load_steps(store.check.id).values()
    assert (step.own, step.title, step.due, step.group, step.version) == (True, "Presse einladen", TUESDAY, "IHK", 1)
    change = writes.own_step(step.key, 1, "Presse einladen", done=True)
    assert isinstance(store.save(change)[0], Saved)
    removal = writes.remove_step(step.key, 2)
    assert isinstance(store.save(removal)[0], Saved)
    assert isinstance(store.save(removal)[0], Unchanged)
    assert not load_steps(store.check.id)
    assert isinstance(store.save(new)[0], Conflict)


def test_steps_take_as_many_statements_for_many_as_for_one(store: Store) -> None:
    counts = []
    for keys in (["team:contact"], [f"answer:frage-{place}" for place in range(38)]):
        with store.counted() as statements:
            store.save(*[writes.step(key, 0, done=True) for key in keys])
        counts.append(statements.count)
    assert counts == [4, 4]


def test_too_long_a_note_of_a_step_is_refused(store: Store) -> None:
    with pytest.raises(TooLong):
        store.save(writes.step("team:contact", 0, note="x" * 2001))
    with pytest.raises(TooLong):
        store.save(writes.step("team:contact", 0, person="x" * 121))
