"""Taking a text out of everything: it is nowhere any more, everything else stands, and damage is still found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.removed import fill_marks
from selfcheck.core.rules.answers import Contact, State
from selfcheck.store.access import links
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.limits import TooLong
from selfcheck.store.history import moments, put_back, redaction
from selfcheck.store.history.changes import history
from selfcheck.store.history.put_back import Return
from selfcheck.store.history.redaction import Taken, find_texts
from selfcheck.store.parts.kinds.frozen_texts import Versions, clear_number
from selfcheck.store.parts.kinds.register import KINDS
from selfcheck.store.parts.saving import load_steps
from selfcheck.store.parts.values import GoalText, PastGoalText, ProjectText
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing import shares
from selfcheck.store.sharing.shares import Report
from selfcheck.store.team import comments
from tests import writes
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store, no, office_of, yes

LEITBILD, OTHER = QuestionId("leitbild"), QuestionId("sonstiges")
WORDS = "entfernt am 10.01.2027 durch Koordination"
SECRET = "Herr Geheim"


def redact(store: Store, part: str, subject: str, reason: str = "") -> bool:
    taken = Taken("Koordination", WORDS, reason)
    return redaction.redact(store.check, QUESTIONNAIRE, part, subject, taken, store.who, store.now)


def freeze(store: Store) -> tuple[str, str]:
    """A shared Stand as the pages freeze it; its public id, and the secret of a reader."""
    loaded = store.load()
    content = {
        "contact": {"name": store.visit(store.secret).check.contact.name, "office": "", "phone": "", "mail": ""},
        "answers": {
            id: {
                "state": answer.state.value,
                "value": answer.value if isinstance(answer.value, str) else None,
                "reason": answer.reason,
                "note": answer.note,
                "evidence": [
                    {
                        "title": piece.title,
                        "available": piece.available,
                        "valid_until": piece.valid_until.isoformat() if piece.valid_until else None,
                        "link": piece.link,
                        "file_number": piece.file_number,
                        "page": piece.page,
                    }
                    for piece in answer.evidence
                ],
            }
            for id, answer in loaded.answers.items()
        },
        "goals": [
            {"title": goal.text.title, "fields": {"criterion": "A", "measure": goal.text.measure}}
            for goal in loaded.goals
        ],
        "past_goals": [
            {"title": goal.text.title, "fields": {"achieved": "ja", "evidence": f"liegt vor: {goal.text.evidence}"}}
            for goal in loaded.past_goals
        ],
        "projects": [
            {"title": project.text.title, "fields": {"evidence": "fehlt noch"}} for project in loaded.projects
        ],
        "checklist": [{"group": "Eigene", "text": step.title} for step in load_steps(store.check.id).values()],
    }
    shared = shares.share(store.check.id, content, "IHK", None, store.who, store.now)
    reader = links.open_link(shared.token, store.now)
    assert reader is not None
    return shared.public_id, reader


def report(store: Store, frozen: tuple[str, str]) -> Report:
    transactions.look_again()
    found = shares.open_report([frozen[1]], frozen[0], store.now)
    assert isinstance(found, Report)
    return found


def everything(store: Store) -> str:
    """All that the database holds, as one text."""
    transactions.look_again()
    connection = transactions.reading()
    tables = transactions.db.metadata.sorted_tables
    rows = [connection.execute(text(f'SELECT * FROM "{table.name}"')).all() for table in tables]
    return repr(rows)


def expect_gone(store: Store, secret: str = SECRET) -> None:
    assert secret not in everything(store)
    transactions.look_again()
    assert replayed(store.check.id) == present_contents(store.check.id)


def test_a_note_goes_with_all_its_versions(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, f"Mit {SECRET} besprochen"))
    frozen = freeze(store)
    store.save(writes.note(LEITBILD, 1, f"Ohne {SECRET}"), yes("leitbild"))
    found = find_texts(store.check, QUESTIONNAIRE, "note", "leitbild")
    assert found is not None
    assert [said for _, said in found.texts] == [f"Ohne {SECRET}", f"Mit {SECRET} besprochen"]
    assert found.frozen == 1
    assert redact(store, "note", "leitbild", "Datenschutz")
    expect_gone(store)
    stored = store.load().stored[LEITBILD]
    assert (stored.note, stored.note_version, stored.value) == ("", 3, "ja")
    event, *rest = history(store.check.id, 10)
    assert (event.part, event.after) == (Part.REDACTION, {"part": "note", "reason": "Datenschutz"})
    assert [fill_marks(change.after) != change.after for change in rest if change.part == Part.NOTE] == [True, True]
    read = report(store, frozen)
    assert read.content is not None
    assert read.content["answers"]["leitbild"]["note"] == WORDS
    assert read.redacted is not None
    assert (read.redacted.by, read.redacted.on) == ("Koordination", store.now.date())


def test_a_save_that_saw_the_text_is_a_conflict(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET))
    redact(store, "note", "leitbild")
    outcome = store.save_one(writes.note(LEITBILD, 1, f"{SECRET}, neu"))
    assert outcome.version == 2
    assert store.load().answers[LEITBILD].note == ""


def test_twice_is_once_and_what_came_later_can_go_too(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET))
    frozen = freeze(store)
    assert redact(store, "note", "leitbild")
    assert not redact(store, "note", "leitbild")
    store.save(writes.note(LEITBILD, 2, "Frau Vertraulich"))
    later = freeze(store)
    store.later(days=3)
    assert redact(store, "note", "leitbild")
    expect_gone(store)
    expect_gone(store, "Frau Vertraulich")
    assert report(store, frozen).content is not None
    assert report(store, later).content is not None
    marks = [change.after["removed"]["on"] for change in history(store.check.id, 20) if change.part == Part.NOTE]
    assert marks == ["2027-01-13", "2027-01-10"]
    assert store.count_rows("redaction") == 2


def test_a_reason_and_a_typed_value_leave_the_answer_as_it_counts(store: Store) -> None:
    store.save(writes.choice(LEITBILD, 0, State.NOT_APPLICABLE, reason=f"sagt {SECRET}"))
    store.save(writes.choice(OTHER, 0, State.GIVEN, f"von {SECRET}"))
    frozen = freeze(store)
    assert redact(store, "choice", "leitbild")
    assert redact(store, "choice", "sonstiges")
    expect_gone(store)
    answers = store.load().answers
    assert (answers[LEITBILD].state, answers[LEITBILD].reason) == (State.NOT_APPLICABLE, "(entfernt)")
    assert (answers[OTHER].state, answers[OTHER].value) == (State.GIVEN, "(entfernt)")
    content = report(store, frozen).content
    assert content is not None
    assert content["answers"]["sonstiges"]["value"] == WORDS


def test_a_choice_without_a_text_has_nothing_to_take_out(store: Store) -> None:
    store.save(yes("leitbild"))
    found = find_texts(store.check, QUESTIONNAIRE, "choice", "leitbild")
    assert found is not None
    assert found.texts == ()
    assert not redact(store, "choice", "leitbild")


@pytest.mark.parametrize("usual", [True, False])
@pytest.mark.parametrize("gone", [True, False])
def test_a_piece_of_evidence_goes_but_not_the_title_of_a_usual_one(store: Store, usual: bool, gone: bool) -> None:
    title = "Beschluss" if usual else f"Brief von {SECRET}"
    made = store.save_one(writes.evidence(LEITBILD, None, usual, title, True, link=f"https://x.de/{SECRET}"))
    store.save(writes.evidence(LEITBILD, None, False, "Anderes", True, link="https://x.de/anderes", creation_key="b"))
    frozen = freeze(store)
    if gone:
        store.save(writes.remove_evidence(made.id or 0, 1))
    told = [change for change in history(store.check.id, 9) if change.part == Part.EVIDENCE]
    key = next(change.subject for change in told if title in str(change.after or change.before))
    assert redact(store, Part.EVIDENCE, key)
    expect_gone(store)
    pieces = store.load().evidence[LEITBILD]
    assert [piece.title for piece in pieces] == [*([] if gone else ["Beschluss" if usual else "(entfernt)"]), "Anderes"]
    content = report(store, frozen).content
    assert content is not None
    first, second = content["answers"]["leitbild"]["evidence"]
    assert (first["title"], first["link"]) == (("Beschluss", WORDS) if usual else (WORDS, ""))
    assert second["link"] == "https://x.de/anderes"
    assert history(store.check.id, 1)[0].after == {"part": "evidence", "question": "leitbild"}


@pytest.mark.parametrize("gone", [True, False])
def test_goals_projects_and_steps_go(store: Store, gone: bool) -> None:
    store.save(
        writes.entry(None, 0, GoalText(f"Ziel {SECRET}", measure=SECRET)),
        writes.entry(None, 0, PastGoalText("Altes Ziel", True, True, f"bei {SECRET}")),
        writes.entry(None, 0, ProjectText(f"Messe {SECRET}")),
    )
    written = [writes.own_step(None, 0, f"{SECRET} anrufen"), writes.step("team:contact", 0, person=SECRET)]
    store.save(*written)
    own = next(key for key in load_steps(store.check.id) if key.startswith("own:"))
    frozen = freeze(store)
    if gone:
        store.save(*(writes.remove_entry(part, 1, 1) for part in (Part.GOAL, Part.PAST_GOAL, Part.PROJECT)))
        store.save(writes.remove_step(own, 1))
    for part in (Part.GOAL, Part.PAST_GOAL, Part.PROJECT):
        assert redact(store, part, "1")
    assert redact(store, Part.STEP, own)
    assert redact(store, Part.STEP, "team:contact")
    expect_gone(store)
    content = report(store, frozen).content
    assert content is not None
    assert content["goals"] == [{"title": WORDS, "fields": {"criterion": "A"}}]
    assert content["past_goals"] == [{"title": WORDS, "fields": {"achieved": "ja"}}]
    assert content["checklist"][0]["text"] == WORDS or content["checklist"][1]["text"] == WORDS
    assert len(store.load().goals) == (0 if gone else 1)
    assert (own in load_steps(store.check.id)) is not gone
    assert "team:contact" in load_steps(store.check.id)


def test_the_contact_goes(store: Store) -> None:
    details = replace(store.check.details, contact=Contact(SECRET, "Amt", "069", "x@y.de"))
    store.save_one(writes.details(1, details))
    frozen = freeze(store)
    assert redact(store, Part.DETAILS, "")
    expect_gone(store)
    assert store.visit(store.secret).check.contact == Contact()
    assert store.visit(store.secret).check.municipality == "Musterstadt"
    content = report(store, frozen).content
    assert content is not None
    assert content["contact"]["name"] == WORDS


def test_a_comment_goes(store: Store) -> None:
    store.save(writes.comment(LEITBILD, f"Fragt {SECRET}", "k"), by=store.second_person())
    transactions.look_again()
    id = str(transactions.reading().execute(text("SELECT id FROM comment")).scalar_one())
    found = find_texts(store.check, QUESTIONNAIRE, "comment", id)
    assert found is not None
    assert (found.question, found.texts) == ("leitbild", (("text", f"Fragt {SECRET}"),))
    assert redact(store, "comment", id)
    assert not redact(store, "comment", id)
    expect_gone(store)


@pytest.mark.parametrize("by_its_author", [False, True])
def test_a_comment_goes_from_a_stand_in_which_it_was_shared(store: Store, by_its_author: bool) -> None:
    store.save(writes.comment(LEITBILD, f"Fragt {SECRET}", "k"))
    id = str(transactions.reading().execute(text("SELECT id FROM comment")).scalar_one())
    remark = {"key": id, "text": f"Fragt {SECRET}", "by": "Koordination", "day": "2027-01-10", "open": True}
    other = remark | {"key": "0", "text": "bleibt"}
    content = {"remarks": {LEITBILD: [remark, other]}}
    shares.share(store.check.id, content, "IHK", None, store.who, store.now)
    found = find_texts(store.check, QUESTIONNAIRE, "comment", id)
    assert found is not None
    assert found.frozen == 1
    if by_its_author:
        assert comments.remove(store.check.id, int(id), Taken("Koordination", WORDS, ""), store.who, store.now)
    else:
        assert redact(store, "comment", id)
    frozen = transactions.reading().execute(text("SELECT content FROM snapshot")).scalar_one()
    assert SECRET not in frozen
    assert WORDS in frozen
    assert "bleibt" in frozen


def test_what_an_office_told_the_coordination_goes(store: Store) -> None:
    with transactions.writing() as connection:
        place_id = links.add_place(connection, store.check.id, Role.OFFICE, "Bauamt", store.now)
        connection.execute(update(tables.Place).where(tables.Place.id == place_id).values(public_id="bauamt"))
    store.save_one(writes.message(place_id, 0, f"{SECRET} ruft an"), by=store.who, allowed=office_of(place_id))
    store.save_one(writes.message(place_id, 1, f"{SECRET} kommt"), by=store.who, allowed=office_of(place_id))
    assert redact(store, "message", "bauamt")
    assert not redact(store, "message", "bauamt")
    expect_gone(store)


def test_places_of_another_self_check_are_out_of_reach(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET))
    other, _ = store.begin("Anderstadt")
    taken = Taken("Koordination", WORDS, "")
    assert not redaction.redact(other, QUESTIONNAIRE, "note", "leitbild", taken, store.who, store.now)
    assert store.load().answers[LEITBILD].note == SECRET
    found = find_texts(other, QUESTIONNAIRE, "note", "leitbild")
    assert found is not None
    assert found.texts == ()
    for part, subject in (("share", "x"), ("unbekannt", ""), ("comment", "x"), ("comment", "9999")):
        assert find_texts(store.check, QUESTIONNAIRE, part, subject) is None


def test_a_report_that_was_tampered_with_is_damaged_still(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET))
    frozen, damaged = freeze(store), freeze(store)
    broken = "UPDATE snapshot SET content = replace(content, 'open', 'auf') WHERE id = (SELECT max(id) FROM snapshot)"
    with transactions.writing() as connection:
        connection.execute(text(broken))
    assert redact(store, "note", "leitbild")
    expect_gone(store)
    assert report(store, damaged).content is None
    assert report(store, frozen).content is not None
    with transactions.writing() as connection:
        connection.execute(text("UPDATE snapshot SET content = replace(content, 'open', 'auf')"))
    assert report(store, frozen).content is None


def test_what_was_cut_off_goes_too(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET))
    frozen = freeze(store)
    with transactions.writing() as connection:
        connection.execute(text("UPDATE snapshot SET content = substr(content, 1, length(content) - 1)"))
    assert redact(store, "note", "leitbild")
    expect_gone(store)
    assert report(store, frozen).content is None


def test_going_back_brings_no_text_back(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET), yes("leitbild"))
    named = moments.name_moment(store.check.id, "Vorher", store.who, store.now)
    store.save(writes.note(LEITBILD, 1, "anders"), no("leitbild", 1))
    assert redact(store, "note", "leitbild")
    transactions.look_again()
    newest = moments.newest_change(transactions.reading(), store.check.id)
    went = put_back.go_back(
        store.check, QUESTIONNAIRE, Return(named.id or 0, newest, "Nachher"), store.who, store.now, allowed=EVERYTHING
    )
    assert went == put_back.GoneBack(1)
    answer = store.load().answers[LEITBILD]
    assert (answer.value, answer.note) == ("ja", "")
    expect_gone(store)


def test_too_long_a_reason_changes_nothing(store: Store) -> None:
    store.save(writes.note(LEITBILD, 0, SECRET))
    with pytest.raises(TooLong):
        redact(store, "note", "leitbild", "x" * 201)
    assert store.load().answers[LEITBILD].note == SECRET


def test_the_database_holds_nothing_of_it(store: Store) -> None:
    """No table; with SQLite no byte of its files either, while PostgreSQL clears its pages by itself (VACUUM)."""
    secret = "Streng-Geheim-0815 " * 300
    store.save(writes.note(LEITBILD, 0, secret[:4900]))
    freeze(store)
    transactions.look_again()
    assert redact(store, "note", "leitbild")
    for table in transactions.db.metadata.sorted_tables:
        rows = transactions.reading().execute(text(f'SELECT * FROM "{table.name}"')).all()
        assert "Streng-Geheim" not in repr(rows), table.name
    transactions.let_go()
    if store.postgresql:
        return
    file = Path(store.url.removeprefix("sqlite:///"))
    for each in file.parent.glob(f"{file.name}*"):
        assert b"Streng-Geheim" not in each.read_bytes(), each.name


@pytest.mark.parametrize("subject", ["\0", "a\0b", "9" * 5000, "\ud800"])
def test_what_a_database_cannot_be_asked_for_is_no_place(store: Store, subject: str) -> None:
    for part in (kind.part for kind in KINDS.values() if kind.typed):
        assert redaction.find_texts(store.check, QUESTIONNAIRE, part.value, subject) is None


def test_the_number_that_the_pruefbogen_has_goes_from_frozen_reports() -> None:
    content: dict[str, object] = {"numbers_there": {"leitbild": SECRET, "sonstiges": "2.1"}}
    versions = Versions("leitbild", (), frozenset({"number_there"}), frozenset({SECRET}), WORDS)
    assert clear_number(content, versions)
    assert content == {"numbers_there": {"sonstiges": "2.1"}}
    assert not clear_number(content, versions)
    assert not clear_number({}, versions)
