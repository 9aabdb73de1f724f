"""A kind that nobody built anything for: one class and its table, and everything comes with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import NamedTuple

import pytest
from sqlalchemy import MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from selfcheck.core.permissions import Allowed, Role
from selfcheck.store.data.exports import write_export
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.tables.columns import Versioned, parent
from selfcheck.store.database.transactions import Base, db
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.changes import Change, history
from selfcheck.store.history.put_back import Line, Return
from selfcheck.store.history.redaction import Taken, find_texts, redact
from selfcheck.store.parts.kinds.kind import Kind
from selfcheck.store.parts.kinds.register import KINDS
from selfcheck.store.parts.shelf import Shelf
from selfcheck.store.parts.values import Paragraph, Title
from selfcheck.store.parts.work import NotAllowed
from selfcheck.store.parts.writes import Conflict, Outcome, Saved, Unchanged, Write
from tests.replay import present_contents, replayed
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store, yes


class MadeUp(DeclarativeBase):
    """Apart from the tables that there are: other tests look at all of those."""

    registry = registry(metadata=MetaData(), type_annotation_map=Base.registry.type_annotation_map)


tables.SelfCheck.__table__.to_metadata(MadeUp.metadata)


class Visit(Versioned, MadeUp):
    __tablename__ = "made_up_visit"
    __table_args__ = (UniqueConstraint("check_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = parent("self_check")
    key: Mapped[str] = mapped_column(String(64))
    title: Mapped[str]
    told: Mapped[str]


@dataclass(frozen=True, slots=True)
class VisitText:
    title: Title
    told: Paragraph = ""


class StoredVisit(NamedTuple):
    key: str
    title: str
    told: str
    version: int
    by: str
    at: datetime | None
    removed_at: datetime | None


class VisitKind(Kind[StoredVisit, VisitText]):
    part = "made_up_visit"
    shelf = Shelf("made_up_visits", Visit, StoredVisit)
    content = VisitText


@pytest.fixture
def kind(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[VisitKind]:
    made = VisitKind()
    monkeypatch.setitem(KINDS, made.part, made)
    Visit.__table__.create(db.engine)
    yield made
    transactions.look_again()
    Visit.__table__.drop(db.engine)


def write(text: VisitText | None, seen: int = 0, key: str | None = None, creation_key: str = "k") -> Write:
    return Write(VisitKind.part, key, seen, text, creation_key)


def stored(store: Store) -> list[StoredVisit]:
    transactions.look_again()
    return list(VisitKind.shelf.read(transactions.reading(), store.check.id).values())


def add(store: Store, title: str = "Rathaus", told: str = "Frau Muster war da") -> StoredVisit:
    assert isinstance(store.save_one(write(VisitText(title, told))), Saved)
    (visit,) = stored(store)
    return visit


def lines(store: Store) -> list[Change]:
    transactions.look_again()
    return [change for change in history(store.check.id, 100) if change.part == VisitKind.part]


def test_it_has_versions_and_conflicts(store: Store, kind: VisitKind) -> None:
    visit = add(store)
    assert (visit.title, visit.version, visit.by) == ("Rathaus", 1, "Amt 12")
    assert isinstance(store.save_one(write(VisitText("Rathaus", "Frau Muster war da"))), Unchanged)
    assert isinstance(store.save_one(write(VisitText("Kita"), 1, visit.key), store.second_person()), Saved)
    met: Outcome = store.save_one(write(VisitText("Markt"), 1, visit.key))
    assert isinstance(met, Conflict)
    assert (met.version, met.theirs.title, met.who) == (2, "Kita", "Amt 40")
    with pytest.raises(TooLong):
        store.save(write(VisitText("x" * 501), 2, visit.key))


def test_what_its_author_may_not_write_is_refused(store: Store, kind: VisitKind) -> None:
    with pytest.raises(NotAllowed):
        store.save(write(VisitText("Rathaus")), allowed=Allowed(Role.OFFICE))
    assert stored(store) == []


def test_the_history_tells_of_it_and_takes_it_back(store: Store, kind: VisitKind) -> None:
    visit = add(store)
    store.save(write(None, 1, visit.key))
    removed, added = lines(store)
    assert (added.before, added.after) == (None, {"title": "Rathaus", "told": "Frau Muster war da"})
    assert removed.after is None
    taken = put_back.take_back(
        store.check, QUESTIONNAIRE, Line(removed.id, removed.id), store.who, store.now, allowed=EVERYTHING
    )
    assert taken is not None
    assert isinstance(taken.outcome, Saved)
    (back,) = stored(store)
    assert (back.title, back.version, back.removed_at) == ("Rathaus", 3, None)
    assert replayed(store.check.id) == present_contents(store.check.id)


def test_going_back_to_a_moment_takes_it_along(store: Store, kind: VisitKind) -> None:
    visit = add(store)
    named = moments.name_moment(store.check.id, "Eins", store.who, store.now)
    store.save(write(VisitText("Markt"), 1, visit.key), yes("leitbild"))
    newest = moments.newest_change(transactions.reading(), store.check.id)
    wish = Return(named.id or 0, newest, "Vorher")
    went = put_back.go_back(store.check, QUESTIONNAIRE, wish, store.who, store.now, allowed=EVERYTHING)
    assert went == put_back.GoneBack(2)
    assert stored(store)[0].title == "Rathaus"


def test_its_texts_can_be_taken_out_everywhere(store: Store, kind: VisitKind) -> None:
    visit = add(store)
    store.save(write(VisitText("Rathaus", "Frau Beispiel auch"), 1, visit.key))
    texts = find_texts(store.visit(store.secret).check, QUESTIONNAIRE, kind.part, visit.key)
    assert texts is not None
    assert {text for _, text in texts.texts} == {"Rathaus", "Frau Muster war da", "Frau Beispiel auch"}
    taken = Taken("Koordination", "entfernt", "")
    assert redact(store.check, QUESTIONNAIRE, kind.part, visit.key, taken, store.who, store.now)
    assert (stored(store)[0].title, stored(store)[0].told) == ("(entfernt)", "")
    assert "Muster" not in repr(lines(store))


def test_the_data_file_holds_it(store: Store, kind: VisitKind) -> None:
    add(store)
    file = BytesIO()
    write_export(store.check.id, file, store.now)
    (entry,) = json.loads(file.getvalue())["made_up_visits"]
    assert (entry["title"], entry["told"], entry["version"]) == ("Rathaus", "Frau Muster war da", 1)
