"""A filled self-check in the database of a server that is not running yet, and the browser that may open it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
from flask import Flask

from selfcheck import create_app
from selfcheck.store.database import db
from tests import towns
from tests.web.page import Visitor, begin, fill

CRITERION = 1
"""The second criterion: ten questions."""


@dataclass(frozen=True)
class Town:
    """A filled self-check: its addresses, the cookie that opens it, the mark that its forms carry."""

    check_id: str
    cookie: str
    csrf: str

    @property
    def home(self) -> str:
        return f"/selbstcheck/{self.check_id}"

    @property
    def questions(self) -> str:
        return f"{self.home}/fragen/{towns.questionnaire().criteria[CRITERION].id}"

    @property
    def headers(self) -> Mapping[str, str]:
        """What a browser says when it opens a page."""
        return {"Cookie": f"selfcheck={self.cookie}", "Accept": "text/html", "Accept-Encoding": "gzip, deflate, br"}


def make_app(data: Path) -> Flask:
    """The application on the migrated database in `data`."""
    app = create_app({"SELFCHECK_DATA": str(data)})
    with app.app_context():
        flask_migrate.upgrade()
    return app


def fill_town(app: Flask) -> Town:
    """Begins a self-check through the pages and enters the example town that the sample report shows."""
    client = app.test_client()
    visitor = Visitor(client)
    check_id = begin(visitor)
    fill(visitor, check_id, towns.sample().answers)
    cookie = client.get_cookie("selfcheck")
    page = client.get(f"/selbstcheck/{check_id}/fragen/{towns.questionnaire().criteria[CRITERION].id}").text
    found = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)
    if cookie is None or found is None:
        raise LookupError("the page of a criterion has no cookie or no mark against forged requests")
    return Town(check_id, cookie.value, found[1])


def close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
