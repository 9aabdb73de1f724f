"""While somebody else holds the database, pages are read as ever; only a save waits, and not for ever."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event

from selfcheck.store.database import health, transactions
from selfcheck.store.database.transactions import db
from tests import applications, towns
from tests.web.clock import Clock
from tests.web.forms import JSON
from tests.web.page import NewVisitor, Visitor, change
from tests.web.routes import ROUTES, address_of
from tests.web.world import World

CRITERION = towns.questionnaire().criteria[0]
NOTE = f"{CRITERION.questions[0].id}.note"
QUESTIONS = f"/fragen/{CRITERION.id}"
FREEZING = ("documents.download", "documents.binder")
"""They keep what stands there now, where the last Stand says something else."""
AT_ONCE = 5.0
"""Seconds, wide: what waits for the lock takes fifteen."""


@contextmanager
def held_by_another_process(app: Flask) -> Iterator[None]:
    """It writes, and does not stop; it stood in the queue before."""
    with open(f"{app.config['DATA'] / 'selfcheck.sqlite3'}-turn", "a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@contextmanager
def held_by_a_stranger(app: Flask) -> Iterator[None]:
    """Somebody writes who knows nothing of a queue."""
    stranger = sqlite3.connect(app.config["DATA"] / "selfcheck.sqlite3", isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    yield
    stranger.execute("ROLLBACK")
    stranger.close()


Hold = Callable[[Flask], AbstractContextManager[None]]
HOLDING = pytest.mark.parametrize("hold", [held_by_another_process, held_by_a_stranger])


@HOLDING
def test_a_save_that_waits_in_vain_keeps_the_text(
    app: Flask, page: Visitor, check: str, hold: Hold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "BUSY_SECONDS", 0.2)
    shown = page.open(f"/selbstcheck/{check}{QUESTIONS}")
    with hold(app):
        refused = page.press(shown, "Speichern und weiter", {NOTE: "Lange überlegt"}, 503)
        fields = change(shown.form("Speichern und weiter").fields, {NOTE: "Lange überlegt"})
        script = page.post(shown.address, fields, headers=JSON)
    assert "Gerade ist viel los" in refused.main
    assert "Lange überlegt" in refused.main
    assert (script.status_code, script.json["error"]) == (503, "Gerade ist viel los")
    page.press(shown, "Speichern und weiter", {NOTE: "Lange überlegt"})
    assert page.open(shown.address).value(NOTE) == "Lange überlegt"


@HOLDING
def test_whoever_comes_back_after_a_day_reads_at_once(
    app: Flask, page: Visitor, check: str, time: Clock, hold: Hold, visitor: NewVisitor
) -> None:
    link = page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen")
    reader = visitor()
    report = reader.press(
        reader.open(link.one(".//input[@id='link']").get("value", "").removeprefix("http://localhost")), "Öffnen"
    )
    time.wait(days=1)
    begun = monotonic()
    with hold(app):
        page.open(f"/selbstcheck/{check}")
        page.open(f"/selbstcheck/{check}{QUESTIONS}")
        reader.open(report.address)
        assert monotonic() - begun < AT_ONCE
    page.open(f"/selbstcheck/{check}")


@HOLDING
@pytest.mark.parametrize("name", ["owner", "coordinator", "colleague with an account", "office", "reader", "operator"])
def test_whatever_somebody_opens_after_hours_comes_at_once(
    world: World, time: Clock, hold: Hold, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page notes something now and then: a visit, a session in use, a report that was read."""
    monkeypatch.setattr(transactions, "IN_PASSING", 0.02)
    pages = [page for (method, page), line in ROUTES.items() if method == "GET" and line[name] == 200]
    pages.remove("site.health")  # which tells of it
    pages = [page for page in pages if page not in FREEZING]
    time.moment = datetime.now(UTC) + timedelta(hours=3)
    world.visit(name)
    with hold(world.app):
        for page in pages:
            address, begun = address_of(world, page), monotonic()
            assert world.join(name).client.get(address).status_code == 200, address
            assert monotonic() - begun < AT_ONCE, address


@HOLDING
@pytest.mark.parametrize("name", ["termine.ics", "bericht.pdf", "nachweisordner.zip"])
def test_a_document_of_a_known_stand_comes_and_of_a_new_one_later(
    app: Flask, page: Visitor, check: str, hold: Hold, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "BUSY_SECONDS", 0.2)
    address = f"/selbstcheck/{check}/dokumente/{name}"
    assert page.client.get(address).status_code == 200
    with hold(app):
        assert page.client.get(address).status_code == 200, "nothing is to be frozen"
    page.press(page.open(f"/selbstcheck/{check}{QUESTIONS}"), "Speichern und weiter", {NOTE: "Neu"})
    with hold(app):
        refused = page.open(address, 503)
        assert "deshalb ließ sich der heutige Stand nicht festhalten" in refused.main
        assert "laden Sie das Dokument dann noch einmal herunter" in refused.main
        assert refused.response.headers["Retry-After"] == "60"
        assert "Content-Disposition" not in refused.response.headers, "no half file lands on a disk"
    assert "Stand 2 vom" in unquote(page.client.get(address).headers["Content-Disposition"])


@HOLDING
def test_steps_that_come_up_are_shown_though_nobody_can_note_it(
    app: Flask, page: Visitor, check: str, hold: Hold
) -> None:
    with hold(app):
        first = page.open(f"/selbstcheck/{check}/checkliste")
    assert first.main == page.open(f"/selbstcheck/{check}/checkliste").main


@contextmanager
def full_disk(app: Flask) -> Iterator[None]:
    """The file gets no page more."""

    def allow_no_page(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA max_page_count = 1")

    with app.app_context():
        event.listen(db.engine, "begin", allow_no_page)
    yield
    applications.close(app)
    with app.app_context():
        event.remove(db.engine, "begin", allow_no_page)


def test_on_a_full_disk_pages_are_read_and_a_save_hands_its_text_back(app: Flask, page: Visitor, check: str) -> None:
    typed, shown = "Kein Platz mehr." * 300, page.open(f"/selbstcheck/{check}{QUESTIONS}")
    fields = [name for name, _ in shown.form("Speichern und weiter").fields if name.endswith(".note")]
    with full_disk(app):
        refused = page.press(shown, "Speichern und weiter", dict.fromkeys(fields, typed), 503)
        assert typed in refused.main
        for rest in ("", QUESTIONS, "/ergebnis", "/checkliste", "/verlauf"):
            page.open(f"/selbstcheck/{check}{rest}")
        assert all(page.open(shown.address).value(name) == "" for name in fields), "nothing of it, or all of it"
    page.press(shown, "Speichern und weiter", dict.fromkeys(fields, typed))
    assert page.open(shown.address).value(NOTE) == typed


def test_a_database_that_was_taken_away_takes_nothing_more(app: Flask, page: Visitor, check: str) -> None:
    file = app.config["DATA"] / "selfcheck.sqlite3"
    shown = page.open(f"/selbstcheck/{check}{QUESTIONS}")
    page.press(shown, "Speichern und weiter", {NOTE: "Davor"})
    file.rename(file.with_suffix(".aside"))
    refused = page.press(shown, "Speichern und weiter", {NOTE: "Danach"}, 503)
    assert "Danach" in refused.main
    assert not file.exists(), "an empty one would look as if all was lost"
    health.init(app)
    assert page.client.get("/healthz").status_code == 503
    file.with_suffix(".aside").rename(file)
    health.init(app)
    assert page.client.get("/healthz").status_code == 200
    assert page.open(shown.address).value(NOTE) == "Davor"


def test_a_copy_put_in_place_of_the_database_is_opened_with_the_next_start(
    app: Flask, page: Visitor, check: str
) -> None:
    file = app.config["DATA"] / "selfcheck.sqlite3"
    shown = page.open(f"/selbstcheck/{check}{QUESTIONS}")
    with sqlite3.connect(file) as old, sqlite3.connect(file.with_suffix(".copy")) as copy:
        old.backup(copy)
    old.close()
    copy.close()
    file.with_suffix(".copy").replace(file)
    page.press(shown, "Speichern und weiter", {NOTE: "In keine"}, 503)
    applications.close(app)
    page.press(shown, "Speichern und weiter", {NOTE: "In die neue"})
    with sqlite3.connect(file) as new:
        assert new.execute("SELECT note FROM answer").fetchall() == [("In die neue",)]
    new.close()


def test_health_is_asked_often_and_writes_once_a_minute(app: Flask, client: FlaskClient) -> None:
    health.init(app)
    assert client.get("/healthz").status_code == 200
    with held_by_a_stranger(app):
        assert client.get("/healthz").status_code == 200
        health.init(app)
        assert client.get("/healthz").status_code == 503
        assert "does not take writes" in client.get("/healthz").get_data(as_text=True)
