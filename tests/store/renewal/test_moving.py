"""A self-check onto another version, and a new one from an old one: nothing is lost; what stood there can be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from selfcheck.core.permissions import RIGHTS, Right, Role
from selfcheck.core.questionnaire.model import Kind, Origin, QuestionId, Questionnaire
from selfcheck.core.rules.answers import OPEN, Evidence, State
from selfcheck.store.data.imports import begin_from_file
from selfcheck.store.data.reading import read_file
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.contents import settle_all
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.parts import saving
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.values import Check, GoalText, InterimText, Loaded, PastGoalText, ProjectText
from selfcheck.store.parts.writes import Saved, Unchanged
from selfcheck.store.renewal.moving import Move, Source, begin_from, move, plan_move
from tests import towns, writes
from tests.core.builders import options, question, questionnaire, yes_no
from tests.places import add_place
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store, yes
from tests.store.data.test_imports import TITLES, content, enter_town, export

DAY = date(2027, 1, 10)
LEITBILD, VERANKERUNG = QuestionId("leitbild"), QuestionId("verankerung")
NEWER = replace(
    questionnaire(
        [
            yes_no("strategie", 2, evidence=("Strategie",)),
            question("verankerung", Kind.MANY, options=options(leitbild=2, person=1), evidence=("Leitbild", "Vertrag")),
            question("angebot", Kind.MANY, options=options(gutscheine=1, stadtplan=1)),
        ],
        version="2",
    ),
    origins={VERANKERUNG: Origin((LEITBILD,), {LEITBILD: {"ja": ("leitbild",), "nein": ()}})},
)
ONTO = Move(QUESTIONNAIRE, NEWER, "Vor der Fassung 2", DAY)
SHIPPED = towns.shipped_catalogue().questionnaire("ausgezeichneter-wohnort/2026-2")


def look(check: Check) -> Check:
    transactions.look_again()
    return read_check(reading().execute(select(*CHECK_COLUMNS).where(tables.SelfCheck.id == check.id)).one())


def newest(check: Check) -> int:
    transactions.look_again()
    return moments.newest_change(reading(), check.id)


def load(check: Check, asked: Questionnaire) -> Loaded:
    transactions.look_again()
    return saving.load(look(check), asked)


def fill(store: Store) -> None:
    store.save(
        yes("leitbild"),
        writes.note(LEITBILD, 0, "Kapitel 3"),
        yes("strategie"),
        writes.choice(QuestionId("angebot"), 0, State.GIVEN, frozenset({"fahrplan", "gutscheine"})),
        writes.choice(QuestionId("quote"), 0, State.GIVEN, Decimal(40)),
        writes.evidence(LEITBILD, None, True, "Leitbild", True, page="4"),
        writes.evidence(LEITBILD, None, True, "Beschluss", True, link="https://a.example/"),
        writes.evidence(QuestionId("quote"), None, False, "Statistik", True),
        writes.entry(None, 0, GoalText("Radwege", measure="Bauen", metric="km", metric_now="12", metric_target="20")),
        writes.entry(None, 0, PastGoalText("Spielplatz", achieved=True)),
        writes.entry(None, 0, ProjectText("Messe")),
        writes.step("team:contact", 0, done=True),
    )


def go(store: Store, onto: Move = ONTO, seen: int | None = None) -> bool:
    seen = newest(store.check) if seen is None else seen
    return move(store.check, onto, seen, store.who, store.later(minutes=1), allowed=EVERYTHING)


def test_answers_notes_and_evidence_come_along(store: Store) -> None:
    fill(store)
    assert go(store)
    assert look(store.check).questionnaire == "probe/2"
    loaded = load(store.check, NEWER)
    assert loaded.answers[VERANKERUNG].value == {"leitbild"}
    assert loaded.answers[VERANKERUNG].note == "Kapitel 3"
    assert loaded.answers[QuestionId("angebot")].value == {"gutscheine"}
    first, second = loaded.evidence[VERANKERUNG]
    assert (first.title, first.usual, first.page) == ("Leitbild", True, "4")
    assert (second.title, second.usual, second.link) == ("Beschluss", False, "https://a.example/")
    marks = {id: answer.unconfirmed for id, answer in loaded.stored.items() if answer.unconfirmed}
    assert marks == {VERANKERUNG: "joined", "angebot": "options,lost"}
    assert [entry.text.title for entry in loaded.goals] == ["Radwege"]
    assert replayed(store.check.id) == present_contents(store.check.id)


def test_what_stood_there_can_be_looked_at_as_it_was_asked_then(store: Store) -> None:
    fill(store)
    before = load(store.check, QUESTIONNAIRE)
    assert go(store)
    (moment,) = moments.moments(store.check.id)
    assert moment.name == "Vor der Fassung 2"
    find = {"probe/1": QUESTIONNAIRE}.get
    then, now = moments.read_then(look(store.check), NEWER, [moment.change_id, None], find)
    assert then.questionnaire is QUESTIONNAIRE
    assert then.loaded.answers == before.answers
    assert now.questionnaire is NEWER
    assert now.loaded.answers == load(store.check, NEWER).answers


def test_nobody_goes_back_behind_a_move(store: Store) -> None:
    fill(store)
    earlier = newest(store.check)
    assert go(store)
    (moment,) = moments.moments(store.check.id)
    check, last = look(store.check), newest(store.check)
    wish = Return(moment.id or 0, last, "Vorher")
    assert put_back.go_back(check, NEWER, wish, store.who, store.now, allowed=EVERYTHING) is None
    for line in (earlier, last - 1):
        assert put_back.take_back(check, NEWER, Line(line, line), store.who, store.now, allowed=EVERYTHING) is None
    assert newest(store.check) == last
    result = saving.save(check, NEWER, [yes("strategie", 1)], store.who, store.now, allowed=EVERYTHING)
    assert isinstance(result.outcomes[0], Unchanged)


def test_a_change_in_between_stops_a_move(store: Store) -> None:
    fill(store)
    seen = newest(store.check)
    store.save_one(writes.note(LEITBILD, 1, "Kapitel 4"))
    last = newest(store.check)
    assert not go(store, seen=seen)
    assert newest(store.check) == last
    assert look(store.check).questionnaire == "probe/1"


def test_comments_and_offices_go_with_the_question(store: Store) -> None:
    with writing() as connection:
        office = add_place(connection, store.check.id, Role.OFFICE, "Bauamt", store.now)
        for asked in ("leitbild", "quote", "strategie"):
            row = {"check_id": store.check.id, "place_id": office, "question": asked, "created_at": store.now}
            connection.execute(tables.Assignment.__table__.insert().values(row))
    store.save_one(writes.comment("leitbild", "Welches Kapitel?", "d" * 32))
    assert go(store)
    transactions.look_again()
    assigned = select(tables.Assignment.question).order_by(tables.Assignment.question)
    assert set(reading().execute(assigned).scalars()) == {"verankerung", "strategie", "quote"}
    assert list(reading().execute(select(tables.Comment.question)).scalars()) == ["verankerung"]


def test_whoever_saves_a_taken_answer_confirms_it(store: Store) -> None:
    fill(store)
    assert go(store)
    check = look(store.check)
    stored = load(check, NEWER).stored[VERANKERUNG]
    again = writes.choice(VERANKERUNG, stored.choice_version, State.GIVEN, frozenset({"leitbild"}))
    result = saving.save(check, NEWER, [again], store.who, store.later(minutes=1), allowed=EVERYTHING)
    assert isinstance(result.outcomes[0], Saved)
    confirmed = load(check, NEWER).stored[VERANKERUNG]
    assert (confirmed.value, confirmed.unconfirmed) == (["leitbild"], "")
    line = Line(newest(check), newest(check))
    assert put_back.take_back(check, NEWER, line, store.who, store.now, allowed=EVERYTHING) is not None
    assert load(check, NEWER).stored[VERANKERUNG].unconfirmed == "joined"


def renew(store: Store, key: str = "k" * 32) -> Check:
    (then,) = moments.read_then(look(store.check), QUESTIONNAIRE, [None])
    source = Source(then.loaded.check.details, settle_all(then.contents), then.loaded.check.id)
    return begin_from(source, replace(ONTO, renewal=True), key, store.later(minutes=1))[0]


def test_what_nothing_measures_is_no_title(store: Store) -> None:
    store.save(
        writes.entry(None, 0, GoalText("Seiten auf Englisch", metric_now="automatisch", metric_target="geprüft"))
    )
    assert [entry.text for entry in load(renew(store), NEWER).past_goals] == [PastGoalText("Seiten auf Englisch")]


def test_a_renewal_begins_with_everything_marked(store: Store) -> None:
    fill(store)
    before = content(export(store.check))
    new = renew(store)
    assert new.id != store.check.id
    assert content(export(store.check)) == before
    check, loaded = look(new), load(new, NEWER)
    assert (check.questionnaire, check.profile.audit, check.interview) == ("probe/2", "renewal", None)
    marks = {id: answer.unconfirmed for id, answer in loaded.stored.items() if answer.state != State.OPEN}
    assert marks == {VERANKERUNG: "joined", "angebot": "options,lost", "strategie": "taken"}
    assert loaded.goals == ()
    assert [entry.text for entry in loaded.past_goals] == [PastGoalText("Radwege (km: 12 → 20)")]
    assert [entry.text.title for entry in loaded.projects] == ["Messe"]
    assert not any(step.touched for step in saving.load_steps(new.id).values() if step.done)
    (moment,) = moments.moments(new.id)
    then, _ = moments.read_then(check, NEWER, [moment.change_id, None], {"probe/1": QUESTIONNAIRE}.get)
    assert then.loaded.answers == load(store.check, QUESTIONNAIRE).answers
    assert [entry.text.title for entry in then.loaded.past_goals] == ["Spielplatz"]
    assert replayed(new.id) == present_contents(new.id)


def test_the_same_form_sent_twice_begins_once(store: Store) -> None:
    fill(store)
    assert renew(store).id == renew(store).id
    assert store.count_rows("self_check") == 2


def test_the_mark_stands_in_the_file_and_comes_back(store: Store) -> None:
    fill(store)
    new = renew(store)
    other, _ = begin_from_file(read_file(export(look(new))), NEWER, "b" * 32, store.now)
    mine, theirs = (
        {id: answer.unconfirmed for id, answer in load(check, NEWER).stored.items()} for check in (new, other)
    )
    assert {id: mark for id, mark in theirs.items() if mark} == {id: mark for id, mark in mine.items() if mark}


@pytest.mark.parametrize("title", TITLES)
def test_every_town_begins_anew(store: Store, title: str) -> None:
    old = towns.questionnaire()
    town = enter_town(store, title)
    (then,) = moments.read_then(look(town), old, [None])
    onto = Move(old, SHIPPED, "Letzter Stand", DAY, renewal=True)
    plan = plan_move(onto, then.loaded.answers)
    new, _ = begin_from(
        Source(then.loaded.check.details, then.contents, then.loaded.check.id), onto, "c" * 32, store.later(minutes=1)
    )
    loaded = load(new, SHIPPED)
    assert not any(answer.aside for answer in loaded.stored.values())
    for id in SHIPPED.question:
        wanted, found = plan.answers.get(id, OPEN), loaded.answers.get(id, OPEN)
        assert (wanted.state, wanted.value, wanted.reason, wanted.note) == (
            found.state,
            found.value,
            found.reason,
            found.note,
        )
        assert {_place(piece) for piece in wanted.evidence} == {_place(piece) for piece in found.evidence}
    assert replayed(new.id) == present_contents(new.id)


def _place(piece: Evidence) -> Evidence:
    """Without the questions that it belongs to, and its title, which can have been that of the questionnaire."""
    return piece._replace(questions=None, title="")


def test_colleagues_have_no_right_to_move() -> None:
    assert [role for role in Role if Right.VERSION in RIGHTS[role]] == [Role.COORDINATOR]


def test_what_was_said_of_a_goal_meanwhile_is_what_it_is_judged_by(store: Store) -> None:
    fill(store)
    said = InterimText("reached", "20 km sind gebaut.", "Jahresbericht 2028", "Register 5")
    store.save(writes.interim(1, 1, 0, InterimText("under_way", "Läuft.")), writes.interim(2, 1, 0, said))
    new = renew(store)
    judged = PastGoalText("Radwege (km: 12 → 20)", True, True, said.document, said.location, said.said)
    assert [entry.text for entry in load(new, NEWER).past_goals] == [judged]
    assert not any(row.reached for row in saving.load_interims(new.id))
    assert len(saving.load_interims(store.check.id)) == 2
