"""The store asked directly: what somebody may not write is refused, whoever asks, and nothing else is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.parts.values import GoalText, PastGoalText, ProjectText
from selfcheck.store.parts.work import NotAllowed
from selfcheck.store.parts.writes import Saved, Write
from tests import writes
from tests.store.conftest import Store, yes

MINE = QuestionId("leitbild")
OTHER = "strategie"


@pytest.fixture
def office(store: Store) -> Allowed:
    """An office that is asked one question; its place is that of whoever began."""
    return Allowed(Role.OFFICE, frozenset({MINE}), store.access.place_id)


def test_an_office_writes_its_questions(store: Store, office: Allowed) -> None:
    written = [yes(MINE), writes.note(MINE, 0, "Seit 2019"), writes.evidence(MINE, None, False, "Plan", True)]
    assert all(isinstance(outcome, Saved) for outcome in store.save(*written, allowed=office))


def refused(store: Store) -> list[Write]:
    """One write of every kind that is none of an office's business."""
    return [
        yes(OTHER),
        writes.note(OTHER, 0, "x"),
        writes.evidence(OTHER, None, False, "Plan", True),
        writes.step("team:contact", 0, done=True),
        writes.entry(None, 0, GoalText("Ziel")),
        writes.entry(None, 0, PastGoalText("x")),
        writes.entry(None, 0, ProjectText("x")),
        writes.details(1, replace(store.check.details, municipality="Anderstadt")),
        writes.assignment(MINE, 0, store.access.place_id),
        writes.comment(MINE, "Wer weiß das?", "k"),
    ]


@pytest.mark.parametrize("index", range(10))
def test_an_office_writes_nothing_else(store: Store, office: Allowed, index: int) -> None:
    before = store.count_rows("change")
    with pytest.raises(NotAllowed):
        store.save(yes(MINE), refused(store)[index], allowed=office)
    assert store.count_rows("change") == before
    assert MINE not in store.load().answers


def test_an_office_moves_no_evidence_to_its_question(store: Store, office: Allowed) -> None:
    made = store.save_one(writes.evidence(OTHER, None, False, "Plan", True))
    assert isinstance(made, Saved)
    store.save(writes.evidence(MINE, made.id, False, "Meins", True, seen_version=1), allowed=office)
    assert [piece.title for piece in store.load().evidence[QuestionId(OTHER)]] == ["Plan"]
    assert MINE not in store.load().evidence


def test_an_office_removes_only_what_it_brought(store: Store, office: Allowed) -> None:
    theirs = store.save_one(writes.evidence(MINE, None, False, "Plan", True))
    assert isinstance(theirs, Saved)
    elsewhere = replace(office, place_id=store.access.place_id + 1)
    with pytest.raises(NotAllowed):
        store.save(writes.remove_evidence(theirs.id or 0, 1), allowed=elsewhere)
    assert len(store.load().evidence[MINE]) == 1


@pytest.mark.parametrize("role", [Role.READER, Role.COLLEAGUE])
def test_nobody_but_the_coordination_changes_the_details(store: Store, role: Role) -> None:
    with pytest.raises(NotAllowed):
        store.save(writes.details(1, replace(store.check.details, municipality="x")), allowed=Allowed(role))


def test_a_reader_writes_nothing(store: Store) -> None:
    for write in (yes(MINE), writes.note(MINE, 0, "x"), writes.comment(MINE, "x", "k")):
        with pytest.raises(NotAllowed):
            store.save(write, allowed=Allowed(Role.READER))


def test_nobody_writes_the_message_of_another_office(store: Store, office: Allowed) -> None:
    place = store.access.place_id
    for allowed in (Allowed(Role.COORDINATOR, place_id=place), replace(office, place_id=place + 1)):
        with pytest.raises((NotAllowed, LookupError)):
            store.save(writes.message(place, 0, "x"), allowed=allowed)
