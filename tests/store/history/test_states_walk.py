"""A long random walk: saves, removals, Stände, taking back and going back. At every stop the history must agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import OptionId, QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.store.database import transactions
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.contents import Slot
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import GoalText, OnlyThereText, ProjectText, SheetText
from selfcheck.store.parts.writes import Part, Write
from tests import writes
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store

NAMES = ("leitbild", "strategie")
WORDS = ("", "eins", "zwei")
Move = tuple[str, int, int]
SAVES = (
    "choice",
    "note",
    "piece",
    "unpiece",
    "goal",
    "project",
    "ungoal",
    "step",
    "own",
    "unown",
    "sheet",
    "only",
    "mark",
)
KINDS = (*SAVES, "name", "take", "go")
moves = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.integers(0, 2)), max_size=14)


class Walk:
    """`seen`: what stood there after each change that was the newest once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.seen: dict[int, dict[Slot, Any]] = {}

    def move(self, kind: str, place: int, word: int) -> None:
        getattr(self, f"_{kind}")(place, word)
        self.store.later(seconds=1)
        transactions.look_again()
        present = moments.read_present(transactions.reading(), self.store.visit(self.store.secret).check)
        self.seen[moments.newest_change(transactions.reading(), self.store.check.id)] = dict(present.contents)

    def check(self) -> None:
        transactions.look_again()
        assert replayed(self.store.check.id) == present_contents(self.store.check.id)
        check = self.store.visit(self.store.secret).check
        for found in moments.read_then(check, QUESTIONNAIRE, list(self.seen)):
            assert moments.settle_all(found.contents) == self.seen[found.change_id or 0]

    def _choice(self, place: int, word: int) -> None:
        question = QuestionId(NAMES[place])
        stored = self.store.load().stored.get(question)
        seen = stored.choice_version if stored else 0
        values = ((State.OPEN, None), (State.GIVEN, OptionId("ja")), (State.GIVEN, OptionId("nein")))
        self.store.save(writes.choice(question, seen, *values[word]))

    def _note(self, place: int, word: int) -> None:
        question = QuestionId(NAMES[place])
        stored = self.store.load().stored.get(question)
        self.store.save(writes.note(question, stored.note_version if stored else 0, WORDS[word]))

    def _piece(self, place: int, word: int) -> None:
        question = QuestionId(NAMES[place])
        pieces = self.store.load().evidence.get(question, ())
        id, seen = (pieces[0].id, pieces[0].version) if pieces and word else (None, 0)
        self.store.save(writes.evidence(question, id, False, f"Nachweis {word}", bool(word), "", "", "", None, seen))

    def _unpiece(self, place: int, word: int) -> None:
        for piece in self.store.load().evidence.get(QuestionId(NAMES[place]), ())[:1]:
            self.store.save(writes.remove_evidence(piece.id, piece.version))

    def _goal(self, place: int, word: int) -> None:
        goals = self.store.load().goals
        number, seen = (goals[0].number, goals[0].version) if goals and place else (None, 0)
        self.store.save(writes.entry(number, seen, GoalText("Ziel", measure=WORDS[word])))

    def _ungoal(self, place: int, word: int) -> None:
        for goal in self.store.load().goals[:1]:
            self.store.save(writes.remove_entry(Part.GOAL, goal.number, goal.version))

    def _project(self, place: int, word: int) -> None:
        self.store.save(writes.entry(None, 0, ProjectText(f"Projekt {word}", documented=bool(place))))

    def _step(self, place: int, word: int) -> None:
        known = saving.load_steps(self.store.check.id)
        key = ("team:contact", "team:mayor")[place]
        seen = known[key].version if key in known else 0
        self._save_step(writes.step(key, seen, bool(word), WORDS[word]))

    def _own(self, place: int, word: int) -> None:
        self._save_step(writes.own_step(None, 0, f"Schritt {word}", done=bool(place)))

    def _sheet(self, place: int, word: int) -> None:
        line = saving.load_sheet(self.store.check.id).lines.get(NAMES[place])
        said = SheetText(WORDS[word], Decimal(word) if place else None, absent=bool(word and not place))
        self.store.save(writes.sheet(NAMES[place], line.version if line else 0, said))

    def _only(self, place: int, word: int) -> None:
        entries = self.store.load().only_there
        number, seen = (entries[0].number, entries[0].version) if entries and place else (None, 0)
        self.store.save(writes.only_there(number, seen, OnlyThereText("Frage", WORDS[word], Decimal(word) / 2)))

    def _mark(self, place: int, word: int) -> None:
        seen = saving.load_sheet(self.store.check.id).pass_mark.version
        self.store.save(writes.sheet_mark(seen, Decimal(60 + word) if word else None))

    def _unown(self, place: int, word: int) -> None:
        for step in saving.load_steps(self.store.check.id).values():
            if step.own:
                self._save_step(writes.remove_step(step.key, step.version))
                return

    def _save_step(self, write: Write) -> None:
        self.store.save(write)

    def _name(self, place: int, word: int) -> None:
        moments.name_moment(self.store.check.id, f"Stand {word}", self.store.who, self.store.now)

    def _take(self, place: int, word: int) -> None:
        line = moments.newest_change(transactions.reading(), self.store.check.id) - word
        put_back.take_back(
            self.store.check, QUESTIONNAIRE, Line(line, line), self.store.who, self.store.now, allowed=EVERYTHING
        )

    def _go(self, place: int, word: int) -> None:
        for moment in moments.moments(self.store.check.id)[place : place + 1]:
            seen = moments.newest_change(transactions.reading(), self.store.check.id)
            went = put_back.go_back(
                self.store.check,
                QUESTIONNAIRE,
                Return(moment.id or 0, seen, "Vorher"),
                self.store.who,
                self.store.now,
                allowed=EVERYTHING,
            )
            assert went is not None
            transactions.look_again()
            check = self.store.visit(self.store.secret).check
            present, past = moments.read_then(check, QUESTIONNAIRE, [None, moment.change_id])
            assert present.contents == past.contents


@pytest.mark.parametrize("lead", [(), (("name", 0, 0), ("own", 1, 1), ("goal", 0, 1), ("piece", 0, 0))])
def test_the_history_agrees_at_every_stop(store: Store, lead: tuple[Move, ...]) -> None:
    @settings(
        max_examples=12 if store.postgresql else 25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(moves)
    def walk(path: list[Move]) -> None:
        store.check, store.secret = store.begin()
        store.access = store.visit(store.secret)
        walk = Walk(store)
        for move in (*lead, *path):
            walk.move(*move)
        walk.check()

    walk()
