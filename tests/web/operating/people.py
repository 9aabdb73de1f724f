"""Whoever is on duty, signed in, and what they find in their mails."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from tests.places import add_account
from tests.web.accounts.registering import letters
from tests.web.page import Visitor
from tests.web.team.people import SESSION_KEY

HERE = "/verwaltung/beratende"
BERTA = "berta@ihk.example"


def sign_in(app: Flask, visitor: Visitor, mail: str, position: str = "member", chamber: str = "") -> int:
    """An account that is there already, signed in on this browser; its id."""
    with app.app_context(), writing() as connection:
        account, token = add_account(connection, mail, datetime.now(UTC), position)
        connection.execute(update(tables.Account).where(tables.Account.id == account).values(chamber=chamber))
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = token
        session["_fresh"] = True
    return account


def invite(operator: Visitor, mail: str = BERTA, chamber: str = "darmstadt", name: str = "Berta Beispiel") -> None:
    fields = {"mail": mail, "chamber": chamber, "name": name}
    operator.press(operator.open(f"{HERE}/einladen"), "Einladen", fields)


def newest_link(app: Flask, mail: str = BERTA) -> str:
    """Where the newest invitation leads."""
    return next(link for link in letters(app, mail)[-1].links if link.startswith("/einladung/"))
