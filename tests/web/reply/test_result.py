"""What a chamber has released, and what of it the town takes over into its self-check."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from tests.web.chamber.test_result import Town
from tests.web.page import NewVisitor, Page


@pytest.fixture
def town(app: Flask, visitor: NewVisitor) -> Town:
    return Town(app, visitor)


def _new_goal(town: Town, **said: str) -> dict[str, str]:
    """The fields of an empty goal on the page of the result."""
    new = next(name for name, _ in town.open().form("Speichern").fields if name.endswith(".title"))
    stem = new.removesuffix("title")
    return {f"{stem}{name}": words for name, words in said.items()}


def _agree(town: Town, **said: str) -> None:
    town.record(**_new_goal(town, **said))
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    town.release()


def _list_goals(town: Town) -> list[tuple[str, ...]]:
    goal = tables.Goal
    wanted = select(goal.title, goal.metric, goal.metric_now, goal.metric_target, goal.person)
    with town.app.app_context():
        return [tuple(row) for row in reading().execute(wanted.where(goal.removed_at.is_(None)).order_by(goal.number))]


def _set_goal(town: Town, **said: str) -> None:
    """The town's own goal."""
    page = town.coordinator.open(f"/selbstcheck/{town.check}/ziele")
    new = next(name for name, _ in page.form("Speichern").fields if name.startswith("goal.") and name.endswith("title"))
    stem = new.removesuffix("title")
    town.coordinator.press(page, "Speichern", {f"{stem}{name}": words for name, words in said.items()})


RADWEGE = {"title": "Radwege bauen", "metric": "Radwege in Kilometern", "metric_now": "12", "target": "20"}


def test_an_agreed_goal_brings_its_metric_up_to_the_next_audit(town: Town) -> None:
    _agree(town, **RADWEGE)
    seen = town.look().main
    for words in ("Messgröße", "Radwege in Kilometern", "Ausgangswert"):
        assert words in seen
    assert "Zu Ihren Zielen kommt neu" in seen
    town.coordinator.press(town.look(), "Übernehmen, IHK Darmstadt")
    assert _list_goals(town) == [("Radwege bauen", "Radwege in Kilometern", "12", "20", "")]
    looked = town.coordinator.open(f"/selbstcheck/{town.check}/neu-beginnen")
    renewed = town.coordinator.press(looked, "Neuen Selbstcheck beginnen")
    goals = town.coordinator.open(f"/selbstcheck/{renewed.address.split('/')[2]}/ziele")
    assert "Radwege bauen (Radwege in Kilometern: 12 → 20)" in goals.main


def test_a_goal_of_the_same_name_is_shown_beside_what_was_agreed_on(town: Town) -> None:
    _set_goal(town, title="Radwege  bauen", metric_target="15", person="Bauamt")
    _agree(town, **RADWEGE)
    shown = town.look()
    assert "Ein Ziel mit diesem Namen haben Sie schon; es sagt etwas anderes." in shown.main
    assert "kommt neu" not in shown.main
    assert re.search(r"Zielwert\s*15\s*20", shown.main)
    kept = town.coordinator.press(shown, "Übernehmen, IHK Darmstadt", {_find_choice(shown): "keep"})
    assert "Übernommen" not in kept.main
    assert _list_goals(town) == [("Radwege bauen", "", "", "15", "Bauamt")]
    taken = town.coordinator.press(kept, "Übernehmen, IHK Darmstadt")
    assert "Übernommen" in taken.main
    assert "In den Selbstcheck übernehmen" not in taken.main
    assert _list_goals(town) == [("Radwege bauen", "Radwege in Kilometern", "12", "20", "Bauamt")]
    with town.app.app_context():
        before = reading().execute(select(tables.Change.before).where(tables.Change.part == "goal")).scalars().all()
    assert any(said and said["metric_target"] == "15" for said in before), "what stood there stays in the history"


def _find_choice(page: Page) -> str:
    return next(name for name, _ in page.form("Übernehmen, IHK Darmstadt").fields if name.endswith("choice"))


def test_a_goal_that_was_changed_since_it_was_shown_stays_as_it_is(town: Town) -> None:
    _set_goal(town, title="Radwege bauen", metric_target="15")
    _agree(town, **RADWEGE)
    shown = town.look()
    with town.app.app_context(), writing() as connection:
        connection.execute(update(tables.Goal).values(metric_target="17", version=2))
    again = town.coordinator.press(shown, "Übernehmen, IHK Darmstadt", status=409)
    assert "Inzwischen hat sich etwas geändert" in again.main
    assert re.search(r"Zielwert\s*17\s*20", again.main)
    town.coordinator.press(again, "Übernehmen, IHK Darmstadt")
    assert _list_goals(town)[0][3] == "20"


def test_what_was_released_anew_since_it_was_shown_is_not_taken_over_unseen(town: Town) -> None:
    _agree(town, **RADWEGE)
    shown = town.look()
    town.advisor.press(town.open(), "Speichern", {"goal.1.target": "25"})
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    town.release()
    again = town.coordinator.press(shown, "Übernehmen, IHK Darmstadt", status=409)
    assert _list_goals(town) == []
    town.coordinator.press(again, "Übernehmen, IHK Darmstadt")
    assert _list_goals(town)[0][3] == "25"


def test_whatever_is_sent_instead_of_the_form_takes_nothing_over(town: Town) -> None:
    _set_goal(town, title="Radwege bauen", metric_target="15")
    _agree(town, **RADWEGE)
    shown = town.look()
    choice = _find_choice(shown)
    for wrong in ({"seen": "x"}, {"key": "\x00"}, {choice.replace("choice", "version"): "9" * 40}, {"key": ""}):
        town.coordinator.press(shown, "Übernehmen, IHK Darmstadt", wrong, status=409)
    town.coordinator.press(shown, "Übernehmen, IHK Darmstadt", {choice: "alles"})
    town.coordinator.press(shown, "Übernehmen, IHK Darmstadt", {choice: None})
    assert _list_goals(town)[0][3] == "15"
