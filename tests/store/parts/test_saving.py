"""Saving answers: versions, conflicts, retries, history, and what the store refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from selfcheck.core.questionnaire.model import OptionId, QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.store.database import transactions
from selfcheck.store.database.limits import TooLong
from selfcheck.store.history.changes import Change, fold, history
from selfcheck.store.parts import saving
from selfcheck.store.parts.work import DoesNotFit
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged, Write
from tests import writes
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store, no, yes

LEITBILD = QuestionId("leitbild")


def own(title: str = "Leitbild 2030", seen_version: int = 0, **further: object) -> Write:
    facts = {"id": None, "usual": False, "available": True, "creation_key": "a1b2c3d4"} | further
    return writes.evidence(question=LEITBILD, title=title, seen_version=seen_version, **facts)


def usual(available: bool = True, seen_version: int = 0, **further: object) -> Write:
    return writes.evidence(LEITBILD, None, True, "Beschluss", available, seen_version=seen_version, **further)


def test_every_kind_of_answer_comes_back_as_it_was_given(store: Store) -> None:
    values = {
        "leitbild": OptionId("teilweise"),
        "angebot": frozenset({OptionId("gutscheine"), OptionId("fahrplan")}),
        "quote": Decimal("38.50"),
        "sonstiges": "Größe: 3 €\n„Zeile zwei“ 😀 <b>",
    }
    written = [writes.choice(QuestionId(name), 0, State.GIVEN, value) for name, value in values.items()]
    assert all(isinstance(outcome, Saved) for outcome in store.save(*written))
    answers = store.load().answers
    assert {name: answers[name].value for name in values} == values
    assert store.load().answers.keys() == values.keys()


def test_nothing_chosen_is_an_answer_and_open_is_none(store: Store) -> None:
    store.save(writes.choice(QuestionId("angebot"), 0, State.GIVEN, frozenset()))
    assert store.load().answers["angebot"].value == frozenset()
    store.save(writes.choice(QuestionId("angebot"), 1, State.OPEN))
    assert (store.load().answers["angebot"].state, store.load().answers["angebot"].value) == (State.OPEN, None)


def test_choice_note_and_evidence_have_versions_of_their_own(store: Store) -> None:
    store.save(yes("leitbild"), writes.note(LEITBILD, 0, "Seit 2019"), own())
    store.save(writes.note(LEITBILD, 1, "Seit 2020"))
    stored = store.load().stored[LEITBILD]
    assert (stored.choice_version, stored.note_version) == (1, 2)
    assert (stored.choice_by, stored.choice_at) == ("Amt 12", store.now)
    assert store.load().evidence[LEITBILD][0].version == 1


def test_a_stale_save_changes_nothing_of_its_part_and_lets_the_others_through(store: Store) -> None:
    colleague = store.second_person()
    store.save(yes("leitbild"), by=colleague)
    when = store.now
    store.later(minutes=1)
    conflict, saved = store.save(no("leitbild"), writes.note(LEITBILD, 0, "Siehe Ordner"))
    assert conflict == Conflict(1, conflict.theirs, "Amt 40", when)
    assert conflict.theirs.value == "ja"
    assert isinstance(saved, Saved)
    answer = store.load().answers[LEITBILD]
    assert (answer.value, answer.note) == ("ja", "Siehe Ordner")


def test_of_two_saves_it_is_known_which_one_knows_of_the_other(store: Store) -> None:
    first = store.save_all(yes("leitbild"))
    second = store.save_all(writes.note(LEITBILD, 0, "Seit 2019"), own())
    again = store.save_all(writes.note(LEITBILD, 1, "Seit 2019"))
    third = store.save_all(writes.note(LEITBILD, 1, "Seit 2020"))
    assert 0 < first.moment < second.moment <= again.moment < third.moment
    assert store.save_all().moment == 0


def test_writing_over_a_conflict_takes_its_version(store: Store) -> None:
    store.save(yes("leitbild"), by=store.second_person())
    conflict = store.save_one(no("leitbild"))
    assert isinstance(conflict, Conflict)
    assert isinstance(store.save_one(replace(no("leitbild"), seen_version=conflict.version)), Saved)
    assert store.load().answers[LEITBILD].value == "nein"


def test_a_retry_after_a_lost_response_succeeds_and_changes_nothing(store: Store) -> None:
    written = (yes("leitbild"), writes.note(LEITBILD, 0, "Ja\r\nund"), own(), usual())
    first = store.save(*written)
    lines = store.count_rows("change")
    changed_at = store.visit(store.secret).check.changed_at
    store.later(minutes=5)
    again = store.save(*written)
    assert [type(outcome) for outcome in again] == [Unchanged] * 4
    assert [outcome.id for outcome in again] == [outcome.id for outcome in first]
    assert store.count_rows("change") == lines
    assert store.visit(store.secret).check.changed_at == changed_at
    assert len(store.load().evidence[LEITBILD]) == 2


def test_two_writes_to_one_part_in_one_form_do_not_overwrite_each_other(store: Store) -> None:
    saved, conflict = store.save(yes("leitbild"), no("leitbild"))
    assert isinstance(saved, Saved)
    assert isinstance(conflict, Conflict)
    assert store.load().answers[LEITBILD].value == "ja"


def test_the_result_of_a_save_is_what_a_fresh_load_gives(store: Store) -> None:
    store.save(yes("leitbild"), writes.note(LEITBILD, 0, "alt"), own("Altes Leitbild"))
    written = (no("leitbild", 1), yes("strategie"), usual(), own("Zweites", creation_key="ffffffff"))
    result = saving.save(store.check, QUESTIONNAIRE, written, store.who, store.now, allowed=EVERYTHING)
    loaded = store.load()
    assert result.loaded.answers == loaded.answers
    assert result.loaded.stored == loaded.stored
    assert result.loaded.evidence == loaded.evidence
    assert [outcome.id for outcome in result.outcomes[2:]] == [piece.id for piece in loaded.evidence[LEITBILD][1:]]


def test_evidence_is_changed_removed_and_offered_afresh(store: Store) -> None:
    tick = store.save_one(usual())
    mine = store.save_one(own(valid_until=date(2027, 3, 1), page="4", file_number="12/3", link="https://ort.example"))
    piece = store.load().evidence[LEITBILD][1]
    assert (piece.title, piece.valid_until, piece.page) == ("Leitbild 2030", date(2027, 3, 1), "4")
    assert [evidence.available for evidence in store.load().answers[LEITBILD].evidence] == [True, True]
    changed = own("Leitbild 2040", seen_version=1, id=mine.id, available=False)
    assert isinstance(store.save_one(changed), Saved)
    assert isinstance(store.save_one(writes.remove_evidence(tick.id, 1)), Saved)
    assert [piece.title for piece in store.load().evidence[LEITBILD]] == ["Leitbild 2040"]
    again = store.save_one(usual())
    assert isinstance(again, Saved)
    assert again.id == tick.id


def test_a_removed_own_piece_does_not_come_back_by_a_late_retry(store: Store) -> None:
    mine = store.save_one(own())
    store.save_one(writes.remove_evidence(mine.id, 1))
    assert isinstance(store.save_one(writes.remove_evidence(mine.id, 1)), Unchanged)
    late = store.save_one(own())
    assert isinstance(late, Conflict)
    assert late.theirs is None
    assert not store.load().evidence


def test_removing_what_somebody_has_changed_is_a_conflict(store: Store) -> None:
    mine = store.save_one(own())
    store.save_one(own("Neues Leitbild", seen_version=1, id=mine.id), by=store.second_person())
    conflict = store.save_one(writes.remove_evidence(mine.id, 1))
    assert isinstance(conflict, Conflict)
    assert conflict.theirs.title == "Neues Leitbild"
    assert store.load().evidence[LEITBILD][0].title == "Neues Leitbild"


def test_evidence_of_another_self_check_is_out_of_reach(store: Store) -> None:
    mine = store.save_one(own())
    other, _ = store.begin("Anderstadt")
    result = saving.save(
        other,
        QUESTIONNAIRE,
        [own("Fremd", seen_version=1, id=mine.id), writes.remove_evidence(mine.id, 1)],
        store.who,
        store.now,
        allowed=EVERYTHING,
    )
    assert isinstance(result.outcomes[0], Conflict)
    assert store.load().evidence[LEITBILD][0].title == "Leitbild 2030"


def test_a_usual_piece_keeps_its_title_and_stays_usual(store: Store) -> None:
    tick = store.save_one(usual())
    store.save_one(own("Anders", seen_version=1, id=tick.id, available=False))
    piece = store.load().evidence[LEITBILD][0]
    assert (piece.usual, piece.title, piece.available) == (True, "Beschluss", False)


def test_a_stored_value_that_the_questionnaire_does_not_know_is_unclear_and_kept_aside(store: Store) -> None:
    store.save(yes("leitbild"), writes.choice(QuestionId("quote"), 0, State.GIVEN, Decimal(20)))
    with transactions.writing() as connection:
        connection.execute(text("UPDATE answer SET value = '\"vielleicht\"' WHERE question = 'leitbild'"))
        connection.execute(text("UPDATE answer SET value = '[1, {}]' WHERE question = 'quote'"))
    loaded = store.load()
    assert (loaded.answers[LEITBILD].state, loaded.answers[LEITBILD].value) == (State.UNCLEAR, None)
    assert loaded.stored[LEITBILD].aside == "vielleicht"
    assert loaded.answers[QuestionId("quote")].state is State.UNCLEAR
    assert isinstance(store.save_one(yes("leitbild", 1)), Saved)
    assert store.load().stored[LEITBILD].aside == ""


def test_answers_to_questions_no_longer_asked_are_kept_but_not_counted(store: Store) -> None:
    store.save(yes("leitbild"))
    with transactions.writing() as connection:
        connection.execute(text("UPDATE answer SET question = 'frueher'"))
    loaded = store.load()
    assert not loaded.answers
    assert loaded.stored[QuestionId("frueher")].value == "ja"


@pytest.mark.parametrize(
    "write",
    [
        writes.choice(LEITBILD, 0, State.GIVEN, OptionId("vielleicht")),
        writes.choice(LEITBILD, 0, State.GIVEN),
        writes.choice(LEITBILD, 0, State.NOT_APPLICABLE, reason=" x "),
        writes.choice(QuestionId("strategie"), 0, State.NOT_APPLICABLE, reason="gibt es nicht"),
        writes.choice(QuestionId("unbekannt"), 0, State.OPEN),
        writes.note(QuestionId("unbekannt"), 0, "Text"),
    ],
)
def test_what_the_questionnaire_does_not_know_is_refused_and_nothing_is_written(store: Store, write: object) -> None:
    with pytest.raises(DoesNotFit):
        store.save(yes("strategie"), write)
    assert not store.load().answers


def test_texts_that_are_too_long_are_refused_by_name(store: Store) -> None:
    assert isinstance(store.save_one(writes.note(LEITBILD, 0, "😀" * 5000)), Saved)
    for write, field in ((writes.note(LEITBILD, 1, "x" * 5001), "note"), (own("x" * 501), "title")):
        with pytest.raises(TooLong) as refused:
            store.save(write)
        assert refused.value.field == field


def test_control_characters_go_and_line_breaks_stay(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, "a\x00b\r\nc\td\x1b[0m\ud800e\rf"), own("Leit\x00bild\n2030 \x07"))
    assert store.load().answers[LEITBILD].note == "ab\nc\td[0me\nf"
    assert store.load().evidence[LEITBILD][0].title == "Leitbild 2030"


def test_the_tables_themselves_refuse_what_must_not_be(store: Store) -> None:
    store.save(yes("leitbild"))
    for change in ("state = 'vielleicht'", "value = NULL", "reason = 'darum'"):
        with pytest.raises(IntegrityError), transactions.writing() as connection:
            connection.execute(text(f"UPDATE answer SET {change}"))


def test_the_history_tells_every_change_newest_first(store: Store) -> None:
    mine = store.save_one(own())
    store.save(yes("leitbild"), writes.note(LEITBILD, 0, "Notiz"))
    store.save_one(writes.remove_evidence(mine.id, 1))
    told = history(store.check.id, limit=10)
    assert [change.part for change in told] == [Part.EVIDENCE, Part.NOTE, Part.CHOICE, Part.EVIDENCE, Part.CHECK]
    assert (told[0].before["title"], told[0].after) == ("Leitbild 2030", None)
    assert (told[1].before, told[1].after) == (None, "Notiz")
    assert told[2].after == {"state": "given", "value": "ja", "reason": "", "unconfirmed": ""}
    assert {change.by for change in told[:4]} == {"Amt 12"}
    assert [change.part for change in history(store.check.id, 10, before=told[3].id)] == [Part.CHECK]
    assert history(store.check.id, 10, before=10**30) == told
    assert history(store.check.id, 10, before=-(10**30)) == []


def test_changes_of_one_person_within_ten_minutes_are_shown_as_one(store: Store) -> None:
    colleague = store.second_person()
    store.save(yes("leitbild"))
    store.later(minutes=4)
    store.save(no("leitbild", 1), yes("strategie"))
    store.later(minutes=4)
    store.save(yes("leitbild", 2), by=colleague)
    store.later(minutes=11)
    store.save(no("leitbild", 3), by=colleague)
    folded = [change for change in fold(history(store.check.id, 20)) if change.subject == "leitbild"]
    assert [(change.by, change.after["value"], change.count) for change in folded] == [
        ("Amt 40", "nein", 1),
        ("Amt 40", "ja", 1),
        ("Amt 12", "nein", 2),
    ]
    assert folded[2].before["state"] == "open"


def test_what_was_written_over_in_a_conflict_stays_to_be_seen(store: Store) -> None:
    store.save_one(writes.note(LEITBILD, 0, "Ers"))
    store.save_one(writes.note(LEITBILD, 1, "Erste Fassung"))
    found = store.visit(store.secret)
    write = replace(writes.note(LEITBILD, 2, "Zweite Fassung"), decided=True)
    saving.save(found.check, QUESTIONNAIRE, [write], store.who, store.now, allowed=EVERYTHING)
    store.save_one(writes.note(LEITBILD, 3, "Zweite Fassung, geprüft"))
    folded = [(change.before, change.after) for change in fold(history(store.check.id, 20))[:-1]]
    assert folded == [("Erste Fassung", "Zweite Fassung, geprüft"), (None, "Erste Fassung")]


def test_only_what_goes_on_where_the_last_change_stopped_is_one_with_it() -> None:
    at = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    later, earlier = (Change(id, "note", "leitbild", *text, "Amt 12", 1, at) for id, text in ((2, "bc"), (1, "ax")))
    assert fold([later, earlier]) == [later, earlier]
    assert [change.count for change in fold([replace(later, before="x"), earlier])] == [2]


def test_a_save_takes_as_many_statements_for_38_answers_as_for_one(store: Store) -> None:
    counts = []
    for names in (["frage-0"], [f"frage-{place}" for place in range(1, 38)]):
        written = [write for name in names for write in (yes(name), writes.note(QuestionId(name), 0, "Notiz"))]
        with store.counted() as statements:
            found = store.visit(store.secret)
            saving.save(
                found.check,
                QUESTIONNAIRE,
                [*written, own(creation_key=names[0])],
                store.who,
                store.now,
                allowed=EVERYTHING,
            )
        counts.append(statements.count)
    assert counts == [7, 7]
    for _ in range(2):
        with store.counted() as statements:
            saving.load(store.visit(store.secret).check, QUESTIONNAIRE)
        assert statements.count == 4
