"""One case with rows that nobody can read must not take the others of its chamber along, nor the town's own pages."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import text

from selfcheck.store.database.transactions import db
from selfcheck.web.http import clock
from tests import reviews, towns
from tests.web.chamber.people import advise, share
from tests.web.page import NewVisitor

QUESTION = str(towns.questionnaire().questions[0].id)
DAMAGE = {
    "state": "UPDATE review_case SET state = 'x' WHERE id = 1",
    "kind of audit": "UPDATE review_case SET audit = 'x' WHERE id = 1",
    "bytes as a name": "UPDATE review_case SET municipality = x'ff00fe' WHERE id = 1",
    "bytes as a district": "UPDATE review_case SET district = x'ff00fe' WHERE id = 1",
    "since when": "UPDATE review_case SET waits_since = 'gestern', shared_at = 'gestern' WHERE id = 1",
    "interview": "UPDATE review_case SET interview = 'bald' WHERE id = 1",
    "thread": "UPDATE thread SET state = 'x' WHERE case_id = 1",
    "message": "UPDATE thread_message SET kind = 'x', at = 'gestern'",
    "answer": "UPDATE thread_message SET kind = 'answer', at = 'gestern'",
    "look": "UPDATE case_reader SET last_at = 'gestern', stand = 'x' WHERE case_id = 1",
    "reminder": "UPDATE case_reminder SET due = '1', text = x'ff00fe' WHERE case_id = 1",
    "step": "UPDATE case_step SET kind = 'x', at = 'gestern' WHERE case_id = 1",
}
LISTS = ("", "?sortiert=kommune", "?suche=anders", "?gruppe=alle&sortiert=gespraech", "?sortiert=differenz")


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_other_cases_stay_in_the_inbox(app: Flask, visitor: NewVisitor, damage: str) -> None:
    town = visitor()
    first = share(app, town, "Schadstadt")
    share(app, visitor(), "Andersstadt", "anna@example.org")
    advisor = advise(app, visitor, "Berta")
    reviews.ask(app, first, QUESTION)
    advisor.open(f"/beratung/{first}/bericht")
    remind = advisor.open(f"/beratung/{first}/erinnern")
    advisor.press(remind, "Speichern", {"due": f"{clock.today():%d.%m.%Y}", "text": "Anrufen"})
    alter(app, DAMAGE[damage])
    for address in LISTS:
        assert "Andersstadt" in advisor.open(f"/beratung{address}").main, address
    advisor.open("/beratung/rueckfragen")


def alter(app: Flask, statement: str) -> None:
    """Changes rows past every check."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        assert connection.execute(text(statement)).rowcount
        connection.execute(text("PRAGMA ignore_check_constraints = OFF"))
