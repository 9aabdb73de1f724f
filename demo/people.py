"""Accounts of the demo: with passwords made at random, advisors with a second factor."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select, update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.web.accounts import factor, security
from tests.places import add_account
from tests.web.page import Visitor
from tests.web.team.people import SESSION_KEY

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What nobody mistakes for something else."""
GROUPS, OF_GROUP = 4, 5


@dataclass(frozen=True)
class Person:
    """Somebody with an account; `key` is that of the second factor, as an app asks for it."""

    mail: str
    name: str
    password: str
    key: str
    visitor: Visitor


def add_coordinator(app: Flask, mail: str, name: str) -> Person:
    return _add(app, mail, name)


def add_advisor(app: Flask, mail: str, name: str, chamber: str) -> Person:
    return _add(app, mail, name, chamber)


def _add(app: Flask, mail: str, name: str, chamber: str = "") -> Person:
    """A confirmed account, signed in on a browser of its own; with a `chamber` it advises there."""
    password, totp = _new_password(), ""
    with app.app_context():
        changed: dict[str, object] = {"name": name, "password": security.hash_new(password)}
        if chamber:
            totp = factor.new_factor()
            changed |= {"chamber": chamber, "tf_totp_secret": totp}
        with writing() as connection:
            account, mark = add_account(connection, mail, datetime.now(UTC), "advisor" if chamber else "member")
            connection.execute(update(tables.Account).where(tables.Account.id == account).values(changed))
        key = factor.factor_key(totp) if totp else ""
    visitor = Visitor(app.test_client())
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True
    return Person(mail, name, password, key, visitor)


def make_code(app: Flask, mail: str) -> str | None:
    """The code that the app of this advisor would show now; None where nobody has a second factor with that address."""
    with app.app_context():
        wanted = select(tables.Account.tf_totp_secret).where(tables.Account.email == mail)
        totp = reading().execute(wanted).scalar_one_or_none()
        return str(TOTP(key=factor.factor_key(totp)).generate().token) if totp else None


def _new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(OF_GROUP)) for _ in range(GROUPS))
