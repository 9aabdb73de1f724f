"""Every error has a page in plain German that says what to do, and an answer for our own script."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from tests.conftest import MakeApp
from tests.web.page import BEGIN, Visitor, begin, check

CODES = (400, 403, 404, 405, 410, 413, 429, 500, 503)


@pytest.fixture
def failing(make_app: MakeApp) -> Flask:
    app = make_app()

    @app.get("/fehler/<int:code>")
    def fail(code: int) -> str:
        abort(code)

    @app.get("/fehler/absturz")
    def crash() -> str:
        raise RuntimeError("Innereien, die niemand sehen soll")

    @app.get("/fehler/datenbank")
    def lose_database() -> str:
        raise OperationalError("SELECT geheim", {}, sqlite3.OperationalError("unable to open database file"))

    return app


@pytest.mark.parametrize("code", CODES)
def test_each_error_has_a_german_page_with_a_way_on(failing: Flask, code: int) -> None:
    page = Visitor(failing.test_client()).open(f"/fehler/{code}", code)
    assert page.link("Zur Startseite") == "/"
    assert page.link("Meine Selbstchecks") == "/selbstchecks"
    assert page.link("Hilfe") == "/hilfe"


@pytest.mark.parametrize("code", CODES)
def test_our_script_gets_json(failing: Flask, code: int) -> None:
    response = failing.test_client().get(f"/fehler/{code}", headers={"Accept": "application/json"})
    assert response.status_code == code
    assert response.json["error"]


@pytest.mark.parametrize("code", [406, 418, 451])
def test_rare_errors_of_the_visitor_are_one_page(failing: Flask, code: int) -> None:
    Visitor(failing.test_client()).open(f"/fehler/{code}", 400)


@pytest.mark.parametrize(("address", "code"), [("absturz", 500), ("datenbank", 503)])
def test_faults_of_ours_show_nothing_inside(failing: Flask, address: str, code: int) -> None:
    failing.testing = False
    page = Visitor(failing.test_client()).open(f"/fehler/{address}", code)
    assert "Innereien" not in page.source
    assert "geheim" not in page.source
    assert "Traceback" not in page.source


def test_unknown_addresses_are_a_page(client: FlaskClient) -> None:
    assert "öffnen Sie ihn bitte noch einmal aus der E-Mail" in check(client.get("/gibt/es/nicht")).main


def test_a_wrong_method_is_a_page_and_names_the_right_ones(client: FlaskClient) -> None:
    response = client.delete("/hilfe")
    assert response.status_code in (400, 405)
    check(response)


def test_a_database_that_is_gone_is_no_crash(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(DATABASE_URL=f"sqlite:///{tmp_path / 'nirgends' / 'fehlt.sqlite3'}")
    app.testing = False
    visitor = Visitor(app.test_client())
    visitor.open("/")
    assert app.test_client().get("/healthz").status_code == 503
    visitor.press(visitor.open("/selbstcheck/neu"), "Beginnen", BEGIN, 503)


def test_a_damaged_database_is_no_crash(make_app: MakeApp) -> None:
    app = make_app()
    (app.config["DATA"] / "selfcheck.sqlite3").write_bytes(b"nothing that a database would say" * 300)
    assert app.test_client().get("/healthz").status_code == 503
    visitor = Visitor(app.test_client())
    visitor.press(visitor.open("/selbstcheck/neu"), "Beginnen", BEGIN, 503)


def test_a_questionnaire_that_is_gone_is_said_and_nothing_is_lost(make_app: MakeApp) -> None:
    app = make_app()
    visitor = Visitor(app.test_client())
    check_id = begin(visitor)
    with sqlite3.connect(app.config["DATA"] / "selfcheck.sqlite3") as database:
        database.execute("UPDATE self_check SET questionnaire_version = '1999-1'")
    database.close()
    visitor.open(f"/selbstcheck/{check_id}", 503)
    visitor.open(f"/selbstcheck/{check_id}/ergebnis", 503)
    visitor.open("/selbstchecks")
