"""„Alle Daten (JSON)“: everything is in it, nothing that opens something, and it is what the schema says."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Contact, State
from selfcheck.store.access import links
from selfcheck.store.chamber import sending
from selfcheck.store.chamber.sending import Account
from selfcheck.store.data import models
from selfcheck.store.data.exports import write_export
from selfcheck.store.database import limits, tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import (
    Details,
    GoalText,
    InterimText,
    OnlyThereText,
    PastGoalText,
    ProjectText,
    SheetText,
    Who,
)
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing import shares, stands
from selfcheck.store.team import invitations
from tests import writes
from tests.places import add_account
from tests.store.conftest import EVERYTHING, NOON, PROFILE, Store

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "alle-daten.schema.json"
DAY = date(2027, 6, 15)


class Marker:
    """Texts that are found again: each its own, with umlauts, as long as its place allows."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def line(self, limit: int) -> str:
        return self._make(limit, " ")

    def text(self, limit: int) -> str:
        return self._make(limit, "\n")

    def _make(self, limit: int, gap: str) -> str:
        head = f"Ä{len(self.made):02}ß{gap}„ö“ "
        self.made.append((head + "ü" * limit)[:limit])
        return self.made[-1]


def export(store: Store, **parts: bool) -> dict[str, Any]:
    """The file, held to the models on the way."""
    transactions.look_again()
    file = BytesIO()
    write_export(store.check.id, file, store.now, **parts)
    found: dict[str, Any] = json.loads(file.getvalue())
    models.COMPLETE.model_validate(found)
    return found


def fill_everything(store: Store, marker: Marker) -> None:
    """A marker in every field that holds typed text."""
    line, text = marker.line, marker.text
    who = Who(store.access.grant_id, line(limits.LABEL), store.access.place_id)
    contact = Contact(*(line(limits.LINE) for _ in range(4)))
    details = Details(line(limits.LINE), "06431", PROFILE, DAY, contact)
    store.save_one(writes.details(store.check.version, details), by=who)
    goal = GoalText(
        line(limits.TITLE),
        "klima",
        text(limits.PARAGRAPH),
        text(limits.PARAGRAPH),
        line(limits.TITLE),
        line(limits.LINE),
        line(limits.LINE),
        DAY,
        line(limits.PERSON),
    )
    project = ProjectText(line(limits.TITLE), text(limits.PARAGRAPH), text(limits.PARAGRAPH), True, text(2000))
    written = (
        writes.choice(QuestionId("sonstiges"), 0, State.GIVEN, text(limits.NOTE)),
        writes.choice(QuestionId("leitbild"), 0, State.NOT_APPLICABLE, None, text(limits.REASON)),
        writes.note(QuestionId("leitbild"), 0, text(limits.NOTE)),
        writes.evidence(
            QuestionId("leitbild"), None, False, line(500), True, line(2000), line(200), line(200), DAY, 0, "a"
        ),
        writes.entry(None, 0, goal),
        writes.entry(
            None,
            0,
            PastGoalText(line(limits.TITLE), True, False, text(limits.PARAGRAPH), line(limits.LINE), text(2000)),
        ),
        writes.interim(1, 1, 0, InterimText("reached", text(limits.REASON), line(limits.TITLE), line(limits.LINE))),
        writes.entry(None, 0, project),
        writes.sheet("leitbild", 0, SheetText(line(limits.NUMBER_THERE), Decimal("2.5"), False, text(limits.REMARK))),
        writes.only_there(None, 0, OnlyThereText(line(limits.TITLE), line(limits.NUMBER_THERE), Decimal(3))),
        writes.sheet_mark(0, Decimal("66.5")),
    )
    saving.save(store.check, store.questionnaire, written, who, store.now, allowed=EVERYTHING)
    own = writes.own_step(None, 0, line(500), DAY, line(limits.ID), True, line(limits.PERSON), text(2000), "k")
    store.save(own, by=who)
    place = invitations.NewPlace(Role.OFFICE, line(limits.LABEL), "geheim@example.org", questions=("leitbild",))
    invitations.invite(store.check.id, place, who, store.now)
    shares.share(store.check.id, {"text": text(limits.NOTE)}, line(limits.LABEL), DAY, who, store.now)
    stands.keep_stand(store.check.id, {"text": text(limits.NOTE)}, store.now)
    _say_things(store, marker)


def _say_things(store: Store, marker: Marker) -> None:
    """Past the pages: a comment, a named Stand, a redaction, what an office says."""
    mine = {"check_id": store.check.id, "by": marker.line(limits.LABEL), "at": store.now}
    comment = {"question": "leitbild", "text": marker.text(limits.COMMENT), "resolved_by": marker.line(limits.LABEL)}
    state = {"name": marker.line(limits.LABEL), "change_id": 1}
    redaction = {"part": "note", "subject": "leitbild", "reason": marker.line(limits.LINE)}
    message = {"message": marker.text(limits.MESSAGE)}
    with writing() as connection:
        connection.execute(insert(tables.Comment).values(mine | comment))
        connection.execute(insert(tables.NamedState).values(mine | state))
        connection.execute(insert(tables.Redaction).values(mine | redaction))
        connection.execute(update(tables.Place).where(tables.Place.role == "office").values(message))


def test_every_text_that_somebody_typed_is_in_the_file(store: Store) -> None:
    marker = Marker()
    fill_everything(store, marker)
    said = json.dumps(export(store), ensure_ascii=False)
    assert len(marker.made) > 30
    assert [text for text in marker.made if json.dumps(text, ensure_ascii=False)[1:-1] not in said] == []


def test_nothing_in_the_file_opens_anything_or_writes_to_anybody(store: Store) -> None:
    fill_everything(store, Marker())
    links.issue_personal_link(store.check.id, store.now)
    with writing() as connection:
        invitations.note(connection, store.check.id, "", "promoted", store.who, store.now, label="geheim@example.org")
    said = json.dumps(export(store))
    columns = (tables.Link.hash, tables.Grant.hash)
    hashes = [secret for column in columns for secret in reading().execute(select(column)).scalars()]
    assert len(hashes) >= 4
    for secret in (*hashes, store.secret, "geheim@example.org", "hash"):
        assert secret not in said


def test_what_was_removed_is_told_as_removed_but_no_removed_comment(store: Store) -> None:
    fill_everything(store, Marker())
    with writing() as connection:
        connection.execute(update(tables.Comment).values(removed_at=NOON))
        connection.execute(update(tables.Place).where(tables.Place.role == "office").values(withdrawn_at=NOON))
    found = export(store)
    assert found["comments"] == []
    assert [place["withdrawn_at"] is not None for place in found["places"]] == [False, True]


def test_a_stand_that_a_document_froze_is_there_once_shared_or_not(store: Store) -> None:
    stands.keep_stand(store.check.id, {"text": "für die Leitung"}, store.now)
    shares.share(store.check.id, {"text": "für die IHK"}, "IHK", DAY, store.who, store.now)
    found = export(store)
    assert [(each["number"], each["content"]["text"]) for each in found["stands"]] == [(1, "für die Leitung")]
    assert [each["content"]["text"] for each in found["shares"]] == ["für die IHK"]
    assert export(store, sharing=False)["stands"] == []


def test_what_was_shared_with_a_chamber_says_with_which_and_when(store: Store) -> None:
    with writing() as connection:
        account = Account(
            add_account(connection, "erika@example.org", store.now)[0], "Erika Muster", "erika@example.org"
        )
    case = sending.send(store.check, "darmstadt", {"text": "für die IHK"}, 38, account, store.who, store.now)
    store.later(days=1)
    sending.withdraw(store.check.id, case, account.id, store.who, store.now)
    found = export(store)
    told = [(each["chamber"], each["event"], each["stand"]) for each in found["chamber_shares"]]
    assert told == [("darmstadt", "shared", 1), ("darmstadt", "withdrawn", 1)]
    assert "erika@example.org" not in json.dumps(found)
    assert [each["number"] for each in found["stands"]] == [1]
    assert export(store, sharing=False)["chamber_shares"] == []


def test_a_colleague_gets_neither_places_nor_shares_and_nobody_the_other_town(store: Store) -> None:
    fill_everything(store, Marker())
    store.begin("Anderstadt")
    found = export(store, team=False, sharing=False, history=False)
    assert (found["places"], found["shares"], found["history"]) == ([], [], [])
    assert "Anderstadt" not in json.dumps(export(store))


def test_values_that_the_questionnaire_does_not_know_are_in_the_file_as_they_are_stored(store: Store) -> None:
    with writing() as connection:
        row = {"check_id": store.check.id, "question": "abgeschafft", "state": "given", "value": ["x", "y"]}
        connection.execute(insert(tables.Answer).values(row | {"choice_version": 1, "note_version": 0}))
    choice = export(store)["answers"][0]["choice"]
    assert (choice["value"], choice["at"]) == (["x", "y"], None)


def test_a_long_history_is_whole_and_in_order(store: Store) -> None:
    for version in range(450):
        store.save(writes.note(QuestionId("leitbild"), version, f"Fassung {version}"))
    with store.counted() as statements:
        found = export(store)
    notes = [change["after"] for change in found["history"] if change["part"] == "note"]
    assert notes == [f"Fassung {version}" for version in range(450)]
    assert statements.count <= 21


def test_times_say_their_zone(store: Store) -> None:
    found = export(store)
    assert found["self_check"]["created_at"] == "2027-01-10T11:00:00Z"
    assert found["exported_at"].endswith("+00:00")


def test_the_documented_schema_is_that_of_the_code() -> None:
    """Made anew by `flask data schema`."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == models.json_schema()


def test_removed_entries_say_since_when(store: Store) -> None:
    store.save(writes.entry(None, 0, ProjectText("Messe")))
    store.later(days=1)
    store.save(writes.remove_entry(Part.PROJECT, 1, 1))
    assert export(store)["projects"][0]["removed_at"] == (NOON + timedelta(days=1)).isoformat().replace("+00:00", "Z")
