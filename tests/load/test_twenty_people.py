"""Twenty people write to one self-check, ten thousand saves in all, on the real server with both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask

from selfcheck.app import create_app
from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.store.access import grants
from selfcheck.store.database.transactions import add_migrations, db, let_go
from selfcheck.store.history import changes as history
from selfcheck.store.history.changes import Change
from tests import towns
from tests.browser.server import Server
from tests.load.people import Person
from tests.replay import present_contents, replayed
from tests.store.conftest import new_database
from tests.web.page import Visitor, begin
from tests.web.world import COOKIE

PEOPLE = 20
SAVES = 10_000
ASKED = 3
"""Few questions, so that people meet."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of a fresh database."""
    if request.param == "sqlite":
        yield {}
        return
    with new_database(request.getfixturevalue("postgresql")) as url:
        yield {"DATABASE_URL": url}


@pytest.fixture
def beside(database: dict[str, str], tmp_path: Path) -> Iterator[Flask]:
    """An application on the data of the server."""
    app = create_app({"SELFCHECK_DATA": str(tmp_path), "SELFCHECK_THROTTLE": "0"} | database)
    app.extensions["catalogue"] = towns.catalogue()
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
    yield app
    with app.app_context():
        let_go()
        db.engine.dispose()


@pytest.fixture
def server(beside: Flask, database: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path, **database)
    yield running
    running.stop()


@pytest.mark.alone
def test_twenty_people_lose_nothing(server: Server, beside: Flask) -> None:
    criterion = next(each for each in towns.questionnaire().criteria if len(_simple(each.questions)) >= ASKED)
    questions = _simple(criterion.questions)[:ASKED]
    owner = Visitor(beside.test_client(), server.address)
    check_id = begin(owner)
    link = owner.press(owner.open(f"/selbstcheck/{check_id}/persoenlicher-link"), "Persönlichen Link anzeigen")
    personal = link.one(".//input[@id='link']").get("value", "").removeprefix(server.address)
    address = f"/selbstcheck/{check_id}/fragen/{criterion.id}"
    people = [
        Person(number, server.port, address, _come_in(beside, server, personal), questions, SAVES // PEOPLE)
        for number in range(PEOPLE)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert [failure for person in people for failure in person.failures] == []
    assert "Traceback" not in server.read_log()
    assert sum(len(person.saved) + person.refused for person in people) == SAVES
    assert sum(person.refused for person in people) > PEOPLE, "nobody met anybody: the test shows nothing"
    _check_history(_read_history(beside, owner, check_id), people)


def _simple(questions: tuple[Question, ...]) -> list[Question]:
    return [question for question in questions if question.kind is Kind.YES_NO and question.applies_if is None]


def _come_in(beside: Flask, server: Server, personal: str) -> dict[str, str]:
    """A browser that opened the personal link; what it sends with every save."""
    visitor = Visitor(beside.test_client(), server.address)
    visitor.press(visitor.open(personal), "Öffnen")
    csrf = visitor.open("/selbstcheck/neu").value("csrf_token")
    cookie = visitor.client.get_cookie(COOKIE, domain="127.0.0.1")
    assert cookie is not None
    return {"Accept": "application/json", "X-CSRFToken": csrf, "Cookie": f"{COOKIE}={cookie.value}"}


def _read_history(beside: Flask, owner: Visitor, check_id: str) -> list[Change]:
    """All changes, oldest first; played from the start they end where the self-check stands."""
    with beside.app_context(), owner.client.session_transaction(base_url=owner.base) as session:
        found = grants.visitor(session["grants"], check_id, datetime.now(UTC), note_visit=False)
        assert found is not None
        assert replayed(found.check.id) == present_contents(found.check.id)
        return history.history(found.check.id, 2 * SAVES)[::-1]


def _check_history(changes: list[Change], people: list[Person]) -> None:
    """Every accepted save is in the history once, in the order of its versions, and joins on to the one before."""
    written: Counter[str] = Counter()
    for change in changes:
        written[f"{change.subject}.{change.part}"] += 1
    notes = {(saved.part, saved.version): saved.value for person in people for saved in person.saved}
    last: dict[tuple[str, str], object] = {}
    versions: Counter[tuple[str, str]] = Counter()
    for change in changes:
        place = (change.part, change.subject)
        if change.part not in ("note", "choice"):
            continue
        versions[place] += 1
        if place in last:
            assert change.before == last[place], place
        last[place] = change.after
        if change.part == "note":
            told = notes.pop((f"{change.subject}.note", versions[place]))
            assert str(change.after) == f"Erläuterung {told}"
    assert [part for part, _ in notes if part.endswith(".note")] == []
    highest: dict[str, int] = {}
    for person in people:
        for saved in person.saved:
            highest[saved.part] = max(highest.get(saved.part, 0), saved.version)
    assert highest == {part: written[part] for part in highest}
