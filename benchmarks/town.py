"""Filled self-checks in the database of a server that is not running yet, and the browsers that may open them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from flask import Flask

from selfcheck.app import create_app
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.database.transactions import add_migrations, db
from tests import towns
from tests.web.page import Visitor, begin, fill
from tests.web.statements import listen

CRITERION = towns.questionnaire().criteria[1]
"""The one with ten questions."""
QUESTIONS = CRITERION.questions[:4]
"""Those whose notes are typed."""


@dataclass(frozen=True)
class Town:
    """One filled self-check: the cookie that opens it, the mark its forms carry, the versions of its notes."""

    check_id: str
    cookie: str
    csrf: str
    note_versions: Mapping[QuestionId, int]

    @property
    def home(self) -> str:
        return f"/selbstcheck/{self.check_id}"

    @property
    def questions(self) -> str:
        return f"{self.home}/fragen/{CRITERION.id}"

    @property
    def headers(self) -> Mapping[str, str]:
        """What a browser says when it opens a page."""
        return {"Cookie": f"selfcheck={self.cookie}", "Accept": "text/html", "Accept-Encoding": "gzip, deflate, br"}


def make_app(data: Path) -> Flask:
    """The application on a new, migrated database in `data`."""
    data.mkdir(parents=True)
    app = create_app({"SELFCHECK_DATA": str(data), "SELFCHECK_QUESTIONNAIRES": str(towns.QUESTIONNAIRES)})
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
    return app


def close(app: Flask) -> None:
    """Lets go of the database, so that a server can have it."""
    with app.app_context():
        db.engine.dispose()


def fill_town(app: Flask) -> Town:
    """Begins a self-check through the pages and enters the answers of the sample report."""
    client = app.test_client()
    visitor = Visitor(client)
    check_id = begin(visitor)
    fill(visitor, check_id, towns.sample().answers)
    cookie = client.get_cookie("selfcheck")
    page = client.get(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}?offen=alle").text
    csrf = _find(r'<meta name="csrf-token" content="([^"]+)"', page)
    versions = {
        question.id: int(_find(rf'name="{re.escape(question.id)}\.note-version" value="(\d+)"', page))
        for question in QUESTIONS
    }
    return Town(check_id, cookie.value if cookie else "", csrf, versions)


def count_statements(app: Flask, request: bytes) -> int:
    """How many statements `request`, as `load` makes them, sends to the database."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    client = app.test_client(use_cookies=False)
    with listen(app) as sent:
        answer = client.open(path, method=method, headers=dict(line.split(": ", 1) for line in lines), data=body)
    if answer.status_code != 200:
        raise LookupError(f"{path}: {answer.status}")
    return len(sent)


def _find(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise LookupError(f"the page of a criterion has no {pattern}")
    return found[1]
