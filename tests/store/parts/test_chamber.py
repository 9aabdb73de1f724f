"""Where the chamber is written to: a part of its own beside what is said about the municipality."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import pytest

from selfcheck.core.permissions import Allowed, Role
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.imports import begin_from_file
from selfcheck.store.data.reading import read_file
from selfcheck.store.database import transactions
from selfcheck.store.database.limits import TooLong
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.changes import history
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.history.redaction import Taken, redact
from selfcheck.store.parts.values import Check
from selfcheck.store.parts.work import NotAllowed
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged, Write
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store

MAIL = "audit@ihk.example"


def write(mail: str, seen: int = 0) -> Write:
    return Write(Part.CHAMBER, "", seen, mail)


def stored(store: Store) -> Check:
    transactions.look_again()
    return store.visit(store.secret).check


def newest(store: Store) -> int:
    transactions.look_again()
    return history(store.check.id, 1)[0].id


def test_it_has_a_version_apart_from_the_details(store: Store) -> None:
    details = replace(store.check.details, municipality="Neustadt")
    assert isinstance(store.save_one(Write(Part.DETAILS, "", 1, details)), Saved)
    assert isinstance(store.save_one(write(f"mailto:{MAIL}")), Saved)
    check = stored(store)
    assert (check.municipality, check.chamber_mail) == ("Neustadt", MAIL)
    assert (check.version, check.chamber_version, check.chamber_by) == (2, 1, "Amt 12")
    assert isinstance(store.save_one(write(MAIL)), Unchanged)
    met = store.save_one(write("andere@ihk.example"))
    assert isinstance(met, Conflict)
    assert (met.version, met.theirs) == (1, MAIL)
    with pytest.raises(TooLong):
        store.save(write("x" * 201, 1))
    with pytest.raises(NotAllowed):
        store.save(write("", 1), allowed=Allowed(Role.COLLEAGUE))


def test_the_history_takes_it_back_and_leaves_the_details(store: Store) -> None:
    store.save(write(MAIL))
    named = moments.name_moment(store.check.id, "Eins", store.who, store.now)
    store.save(write("neu@ihk.example", 1), Write(Part.DETAILS, "", 1, replace(store.check.details, district="06433")))
    (then,) = moments.read_then(stored(store), QUESTIONNAIRE, [named.change_id])
    assert (then.loaded.check.chamber_mail, then.loaded.check.district) == (MAIL, store.check.district)
    (first,) = moments.read_then(stored(store), QUESTIONNAIRE, [named.change_id - 2])
    assert first.loaded.check.chamber_mail == ""
    wish = Return(named.id or 0, newest(store), "Vorher")
    went = put_back.go_back(stored(store), QUESTIONNAIRE, wish, store.who, store.now, allowed=EVERYTHING)
    assert went == put_back.GoneBack(2)
    assert (stored(store).chamber_mail, stored(store).district) == (MAIL, store.check.district)
    assert replayed(store.check.id) == present_contents(store.check.id)
    store.save(write("", 3))
    change = newest(store)
    line = Line(change, change)
    taken = put_back.take_back(stored(store), QUESTIONNAIRE, line, store.who, store.now, allowed=EVERYTHING)
    assert taken is not None
    assert stored(store).chamber_mail == MAIL


def test_it_is_taken_out_of_everything(store: Store) -> None:
    store.save(write(MAIL))
    store.save(write("", 1))
    taken = Taken("Koordination", "entfernt", "")
    assert redact(stored(store), QUESTIONNAIRE, Part.CHAMBER, "", taken, store.who, store.now)
    transactions.look_again()
    assert MAIL not in repr(history(store.check.id, 10))


def test_a_file_takes_it_along(store: Store) -> None:
    store.save(write(MAIL))
    file = BytesIO()
    write_export(store.check.id, file, store.now)
    taken, _ = begin_from_file(read_file(file.getvalue()), QUESTIONNAIRE, "key", store.now)
    again = BytesIO()
    transactions.look_again()
    write_export(taken.id, again, store.now)
    chamber = json.loads(again.getvalue())["self_check"]["chamber"]
    assert (chamber["mail"], chamber["version"], chamber["by"]) == (MAIL, 1, "Koordination")
