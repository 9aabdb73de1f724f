"""An office that is asked questions, and somebody who has opened its link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.values import Who
from selfcheck.store.team import invitations
from selfcheck.store.team.invitations import NewPlace
from tests.web.page import Visitor

COORDINATION = Who(None, "Koordination")


@dataclass(frozen=True)
class Office:
    """The place as addresses name it, the token of its link, and the self-check by its number in the database."""

    app: Flask
    check: int
    check_id: str
    place_id: str
    token: str

    @property
    def root(self) -> str:
        return f"/selbstcheck/{self.check_id}/auftrag"

    def open(self, visitor: Visitor, name: str = "") -> Visitor:
        """Gives a browser the grant that pressing „Öffnen“ on the link's page gives."""
        with self.app.app_context(), writing() as connection:
            now = datetime.now(UTC)
            found = tables.Place.public_id == self.place_id
            link = connection.execute(select(tables.Place.id).where(found)).scalar_one()
            secret = grants.begin_grant(connection, link, None, now, name)
        with visitor.client.session_transaction(base_url=visitor.base) as session:
            session["grants"] = [secret]
        return visitor

    def withdraw(self) -> None:
        with self.app.app_context():
            assert invitations.withdraw(self.check, self.place_id, COORDINATION, datetime.now(UTC))

    def ask(self, *questions: str) -> None:
        """Asks exactly these questions from now on."""
        asked = [QuestionId(question) for question in questions]
        with self.app.app_context():
            now = datetime.now(UTC)
            assert invitations.change(self.check, self.place_id, None, None, COORDINATION, now, asked)


def ask_office(
    app: Flask,
    check_id: str,
    *questions: str,
    label: str = "Bauamt",
    due_on: date | None = None,
    ends_on: date | None = None,
) -> Office:
    """Invites an office to a self-check."""
    with app.app_context():
        with writing() as connection:
            wanted = select(tables.SelfCheck.id).where(tables.SelfCheck.public_id == check_id)
            check = int(connection.execute(wanted).scalar_one())
        asked = tuple(QuestionId(question) for question in questions)
        new = NewPlace(Role.OFFICE, label, due_on=due_on, ends_on=ends_on, questions=asked)
        issued = invitations.invite(check, new, COORDINATION, datetime.now(UTC))
    return Office(app, check, check_id, issued.public_id, issued.token)
