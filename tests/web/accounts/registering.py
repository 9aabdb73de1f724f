"""Accounts as their owners get them: through the pages and the mails that the server puts out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select

from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading
from tests.web.page import Page, Visitor

PASSWORD = "Rathaus am Mühlbach 7"
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Letter:
    address: str
    subject: str
    body: str

    @property
    def links(self) -> list[str]:
        """The paths of the addresses in it."""
        return [urlsplit(link).path for link in LINK.findall(self.body)]


def app_of(visitor: Visitor) -> Flask:
    app = visitor.client.application
    assert isinstance(app, Flask)
    return app


def letters(app: Flask, address: str = "") -> list[Letter]:
    """The mails that wait to be sent, oldest first; with `address` only those to it."""
    with app.app_context():
        rows = (
            reading()
            .execute(select(tables.Mail.address, tables.Mail.subject, tables.Mail.body).order_by(tables.Mail.id))
            .all()
        )
        transactions.let_go()
    return [Letter(*row) for row in rows if address in ("", row.address)]


def register(visitor: Visitor, mail: str, name: str = "", password: str = PASSWORD) -> Page:
    fields = {"name": name, "mail": mail, "password": password}
    return visitor.press(visitor.open("/registrieren"), "Registrieren", fields)


def confirm(visitor: Visitor, mail: str, password: str = PASSWORD, status: int = 200) -> Page:
    """Opens the link in the newest mail to `mail` and enters the password; signed in afterwards."""
    page = visitor.open(letters(app_of(visitor), mail)[-1].links[0])
    return visitor.press(page, "Bestätigen", {"password": password}, status)


def register_and_confirm(visitor: Visitor, mail: str, name: str = "") -> None:
    """Registers with `PASSWORD` and confirms the address; the visitor is signed in afterwards."""
    register(visitor, mail, name)
    confirm(visitor, mail)


def sign_in(visitor: Visitor, mail: str, password: str = PASSWORD) -> None:
    """Signs in through the form; with a second factor the next page asks for its code."""
    try_to_sign_in(visitor, mail, password)


def try_to_sign_in(visitor: Visitor, mail: str, password: str = PASSWORD, status: int = 200, onward: str = "") -> Page:
    page = visitor.open(f"/anmelden?weiter={onward}" if onward else "/anmelden")
    return visitor.press(page, "Anmelden", {"mail": mail, "password": password}, status)


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.client.get("/konto").status_code == 200


def sign_out(visitor: Visitor) -> Page:
    return visitor.press(visitor.open("/konto/abmelden"), "Abmelden")
