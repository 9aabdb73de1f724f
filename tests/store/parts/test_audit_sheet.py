"""The chamber's Prüfbogen laid beside: a part for each question, what only it asks, its pass mark."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.data import imports
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.reading import BadFile, read_file
from selfcheck.store.database import transactions
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.limits import TooLong, TooMany
from selfcheck.store.database.transactions import writing
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.changes import history
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.history.redaction import Taken, find_texts, redact
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import OnlyThereText, SheetMarkText, SheetText, StoredSheet
from selfcheck.store.parts.work import DoesNotFit, NotAllowed
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged, Write
from tests import writes
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store

FOUND = SheetText("1.2", Decimal("2.5"), False, "heißt dort Stadtleitbild")
ABSENT = SheetText(absent=True)
ONLY = OnlyThereText("Gibt es ein Leerstandskataster?", "5.7", Decimal(2))
TAKEN = Taken("Koordination", "entfernt", "Datenschutz")


def stored(store: Store) -> StoredSheet:
    transactions.look_again()
    return saving.load_sheet(store.check.id)


def export(store: Store) -> bytes:
    transactions.look_again()
    file = BytesIO()
    write_export(store.check.id, file, store.now)
    return file.getvalue()


def test_everything_comes_back_as_it_was_said(store: Store) -> None:
    store.save(
        writes.sheet("leitbild", 0, FOUND),
        writes.sheet("strategie", 0, ABSENT),
        writes.only_there(None, 0, ONLY),
        writes.sheet_mark(0, Decimal("66.50")),
    )
    sheet = stored(store)
    lines = {id: (line.number_there, line.points, line.absent, line.remark) for id, line in sheet.lines.items()}
    assert lines["leitbild"] == ("1.2", Decimal("2.5"), False, "heißt dort Stadtleitbild")
    assert sheet.lines["strategie"].worth == 0
    assert str(sheet.pass_mark.percent) == "66.5"
    assert [(entry.number, entry.text) for entry in store.load().only_there] == [(1, ONLY)]


def test_it_takes_two_statements_however_much_there_is(store: Store) -> None:
    for texts in ((), tuple(question.id for question in QUESTIONNAIRE.questions)):
        store.save(*(writes.sheet(id, 0, FOUND) for id in texts))
        transactions.look_again()
        with store.counted() as statements:
            saving.load_sheet(store.check.id)
        assert statements.count == 2


def test_it_has_versions_and_conflicts(store: Store) -> None:
    assert isinstance(store.save_one(writes.sheet("leitbild", 0, FOUND)), Saved)
    assert isinstance(store.save_one(writes.sheet("leitbild", 0, FOUND)), Unchanged)
    met = store.save_one(writes.sheet("leitbild", 0, ABSENT), store.second_person())
    assert isinstance(met, Conflict)
    assert (met.version, met.who, met.theirs.points) == (1, "Amt 12", Decimal("2.5"))
    assert isinstance(store.save_one(writes.sheet_mark(0, Decimal(70))), Saved)
    again = store.save_one(writes.sheet_mark(0, Decimal(60)), store.second_person())
    assert isinstance(again, Conflict)
    assert again.theirs.percent == 70


def test_the_same_number_with_other_digits_is_no_change(store: Store) -> None:
    store.save(writes.sheet("leitbild", 0, SheetText(points=Decimal("2.50"))), writes.sheet_mark(0, Decimal("7E+1")))
    assert isinstance(store.save_one(writes.sheet("leitbild", 1, SheetText(points=Decimal("2.5")))), Unchanged)
    assert isinstance(store.save_one(writes.sheet_mark(1, Decimal(70))), Unchanged)


@pytest.mark.parametrize(
    "write",
    [
        writes.sheet("leitbild", 0, SheetText(points=Decimal(-1))),
        writes.sheet("leitbild", 0, SheetText(points=Decimal("1000.01"))),
        writes.sheet("leitbild", 0, SheetText(points=Decimal("1E+9999"))),
        writes.sheet("leitbild", 0, SheetText(points=Decimal("0.125"))),
        writes.sheet("leitbild", 0, SheetText(points=Decimal(1), absent=True)),
        writes.sheet("gibt-es-nicht", 0, FOUND),
        writes.only_there(None, 0, OnlyThereText("Frage", points=Decimal(-2))),
        writes.sheet_mark(0, Decimal(0)),
        writes.sheet_mark(0, Decimal("100.5")),
        writes.sheet_mark(0, Decimal("33.333")),
    ],
)
def test_what_cannot_stand_in_a_sheet_is_refused(store: Store, write: Write) -> None:
    with pytest.raises(DoesNotFit):
        store.save(write)
    assert stored(store) == StoredSheet()


def test_texts_have_an_end_and_so_has_the_list(store: Store) -> None:
    for write in (
        writes.sheet("leitbild", 0, SheetText(number_there="1" * 13)),
        writes.sheet("leitbild", 0, SheetText(remark="x" * 501)),
        writes.only_there(None, 0, OnlyThereText("x" * 501)),
    ):
        with pytest.raises(TooLong):
            store.save(write)
    store.save(*(writes.only_there(None, 0, ONLY, str(place)) for place in range(100)))
    with pytest.raises(TooMany):
        store.save(writes.only_there(None, 0, ONLY, "another"))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.READER])
def test_no_office_and_no_reader_writes_any_of_it(store: Store, role: Role) -> None:
    """An office answers its questions; what the Prüfbogen says about them is not its business."""
    allowed = Allowed(role, frozenset({QuestionId("leitbild")}))
    for write in (
        writes.sheet("leitbild", 0, FOUND),
        writes.only_there(None, 0, ONLY),
        writes.sheet_mark(0, Decimal(70)),
    ):
        with pytest.raises(NotAllowed):
            store.save(write, allowed=allowed)


def test_the_database_keeps_no_points_of_what_does_not_stand_there(store: Store) -> None:
    store.save(writes.sheet("leitbild", 0, FOUND))
    with pytest.raises(IntegrityError), writing() as connection:
        connection.execute(text("UPDATE sheet_line SET absent = true"))


def test_points_that_are_no_number_are_a_damaged_row(store: Store) -> None:
    store.save(writes.sheet("leitbild", 0, FOUND))
    for damage in ("viele", "NaN"):
        with writing() as connection:
            connection.execute(text("UPDATE sheet_line SET points = :damage"), {"damage": damage})
        with pytest.raises(DamagedRow):
            stored(store)


def fill(store: Store) -> None:
    store.save(
        writes.sheet("leitbild", 0, FOUND), writes.only_there(None, 0, ONLY), writes.sheet_mark(0, Decimal("66.5"))
    )


def test_the_history_tells_takes_back_and_goes_back(store: Store) -> None:
    fill(store)
    moments.name_moment(store.check.id, "Mit Prüfbogen", store.who, store.now)
    store.save(
        writes.sheet("leitbild", 1, ABSENT),
        Write(Part.ONLY_THERE, "1", 1, None),
        writes.sheet_mark(1, None),
    )
    transactions.look_again()
    assert replayed(store.check.id) == present_contents(store.check.id)
    newest = max(change.id for change in history(store.check.id, 100))
    wish = Return(moments.moments(store.check.id)[0].id or 0, newest, "Vorher")
    went = put_back.go_back(store.check, QUESTIONNAIRE, wish, store.who, store.now, allowed=EVERYTHING)
    assert went is not None
    assert went.changed == 3
    sheet = stored(store)
    assert (sheet.lines["leitbild"].points, sheet.pass_mark.percent) == (Decimal("2.5"), Decimal("66.5"))
    assert [entry.text for entry in store.load().only_there] == [ONLY]
    change = next(change for change in history(store.check.id, 100) if change.part == Part.SHEET_MARK)
    line = Line(change.id, change.id)
    taken = put_back.take_back(store.check, QUESTIONNAIRE, line, store.who, store.now, allowed=EVERYTHING)
    assert taken is not None
    assert isinstance(taken.outcome, Saved)
    assert stored(store).pass_mark.percent is None


def test_its_texts_are_taken_out_and_its_points_stay(store: Store) -> None:
    fill(store)
    assert find_texts(store.check, QUESTIONNAIRE, Part.SHEET_MARK, "") is None
    for part, subject in ((Part.SHEET, "leitbild"), (Part.ONLY_THERE, "1")):
        found = find_texts(store.check, QUESTIONNAIRE, part, subject)
        assert found is not None
        assert len(found.texts) == 2
        assert redact(store.check, QUESTIONNAIRE, part, subject, TAKEN, store.who, store.now)
    line = stored(store).lines["leitbild"]
    assert (line.number_there, line.remark, line.points) == ("", "", Decimal("2.5"))
    entry = store.load().only_there[0].text
    assert (entry.title, entry.number_there, entry.points) == ("(entfernt)", "", Decimal(2))
    assert b"Leerstandskataster" not in export(store)
    assert b"Stadtleitbild" not in export(store)


def test_out_and_in_again_says_the_same(store: Store) -> None:
    fill(store)
    store.save(writes.sheet("strategie", 0, ABSENT))
    check, _ = imports.begin_from_file(read_file(export(store)), QUESTIONNAIRE, "a" * 32, store.now)
    transactions.look_again()
    sheet = saving.load_sheet(check.id)
    assert sheet.lines["leitbild"][1:5] == ("1.2", Decimal("2.5"), False, "heißt dort Stadtleitbild")
    assert sheet.lines["strategie"].absent
    assert sheet.pass_mark.percent == Decimal("66.5")
    assert [entry.text for entry in saving.load(check, QUESTIONNAIRE).only_there] == [ONLY]


def test_a_file_from_before_has_none_of_it(store: Store) -> None:
    fill(store)
    plain = json.loads(export(store))
    for name in ("sheet", "only_there", "sheet_mark"):
        del plain[name]
    check, _ = imports.begin_from_file(read_file(json.dumps(plain).encode()), QUESTIONNAIRE, "a" * 32, store.now)
    transactions.look_again()
    assert saving.load_sheet(check.id) == StoredSheet()


@pytest.mark.parametrize("points", ["-1", "2,5", "1e3", "1001", "0.125", "NaN", "9" * 5000, 3, "", "²"])
def test_a_file_with_points_that_are_none_is_refused(store: Store, points: object) -> None:
    fill(store)
    plain = json.loads(export(store))
    plain["sheet"][0]["points"] = points
    with pytest.raises(BadFile, match=r"„sheet“, 1\. Eintrag, „points“"):
        read_file(json.dumps(plain).encode())


@pytest.mark.parametrize("percent", ["0", "100.5", "-3", "viel"])
def test_a_file_with_a_pass_mark_that_is_none_is_refused(store: Store, percent: str) -> None:
    fill(store)
    plain = json.loads(export(store))
    plain["sheet_mark"][0]["percent"] = percent
    with pytest.raises(BadFile, match=r"„sheet_mark“, 1\. Eintrag, „percent“"):
        read_file(json.dumps(plain).encode())


def test_nothing_is_left_where_nothing_is_said(store: Store) -> None:
    fill(store)
    store.save(writes.sheet("leitbild", 1, SheetText()), Write(Part.SHEET_MARK, "", 1, SheetMarkText()))
    transactions.look_again()
    assert {part for part, _ in present_contents(store.check.id)} >= {Part.ONLY_THERE}
    assert not {Part.SHEET, Part.SHEET_MARK} & {part for part, _ in present_contents(store.check.id)}
