"""The pages on a database of version 0.1.0: what people wrote then is what they read now."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from selfcheck.store.database.transactions import add_migrations
from tests import before, towns
from tests.applications import DATABASE, Applications, put_database
from tests.web.accounts.registering import try_to_sign_in
from tests.web.clock import Clock
from tests.web.page import NewVisitor, Page, Visitor

ERIKA, MEHMET = "erika.moebius@weissenbrueck.example", "mehmet.yildiz@weissenbrueck.example"
TOWN = "Weißenbrück an der Lühne"
CHECK = "/selbstcheck/7f5da999f6ddf0e136a4"
SHARE = "/berichte/3b8cdd1e82b97731d27e"


@pytest.fixture
def app(fresh_applications: Applications, tmp_path: Path, time: Clock) -> Flask:
    time.moment = before.NOW
    before.restore(tmp_path / DATABASE)
    put_database(tmp_path / DATABASE, fresh_applications.data)
    app = fresh_applications.further(SELFCHECK_SECRET_KEY=before.KEY)
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
    return app


def written(page: Page) -> str:
    """All that stands on a page, fields included, with single blanks."""
    return " ".join(unescape(page.source).split())


def living(name: str, field: str) -> set[str]:
    """What the file with all data says in this field of what was not removed."""
    entries = json.loads(before.EVERYTHING)[name]
    return {" ".join(entry[field].split()) for entry in entries if not entry.get("removed_at") and entry[field]}


def test_the_coordinator_signs_in_and_finds_everything(page: Visitor) -> None:
    assert TOWN in try_to_sign_in(page, ERIKA, before.PASSWORD).text
    assert TOWN in page.open(CHECK).text
    for path, name, field in (
        ("ziele", "goals", "title"),
        ("ziele", "past_goals", "title"),
        ("ziele", "projects", "title"),
        ("checkliste", "steps", "title"),
        ("team", "places", "label"),
        ("teilen", "shares", "label"),
        ("verlauf", "named_states", "name"),
    ):
        shown = written(page.open(f"{CHECK}/{path}"))
        assert [text for text in living(name, field) if text not in shown] == []


def test_every_answer_stands_on_its_page(page: Visitor) -> None:
    try_to_sign_in(page, ERIKA, before.PASSWORD)
    criteria = towns.questionnaire().criteria
    shown = " ".join(written(page.open(f"{CHECK}/fragen/{criterion.id}?offen=alle")) for criterion in criteria)
    answers = json.loads(before.EVERYTHING)["answers"]
    notes = {" ".join(answer["note"]["text"].split()) for answer in answers}
    for texts in (notes, living("comments", "text"), living("evidence", "title")):
        assert [text for text in texts if text not in shown] == []


def test_the_report_of_then_is_read_by_whoever_got_its_link(page: Visitor, visitor: NewVisitor) -> None:
    try_to_sign_in(page, ERIKA, before.PASSWORD)
    assert TOWN in page.open(SHARE).text
    assert TOWN in page.open(f"{CHECK}/ergebnis").text
    visitor().open(SHARE, 404)


def test_a_colleague_goes_on_where_they_stopped(page: Visitor) -> None:
    try_to_sign_in(page, MEHMET, before.PASSWORD)
    address = f"{CHECK}/fragen/{towns.questionnaire().criteria[0].id}?offen=leitbild"
    page.press(page.open(address), "Speichern und weiter", {"leitbild.note": "Neu"})
    assert page.open(address).value("leitbild.note") == "Neu"
