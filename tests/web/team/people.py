"""Everybody who can have a place in a self-check, put there past the pages: places, accounts, ended ones."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import Connection, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants, links
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import new_public_id
from selfcheck.store.database.transactions import writing
from tests.web.page import Visitor

SESSION_KEY = "_user_id"


@dataclass(frozen=True)
class Team:
    """Browsers by name; the token and the public id of the office's place."""

    people: Mapping[str, Visitor]
    office_token: str
    place_id: str


def build_team(app: Flask, check_id: str, other_check_id: str, question: str) -> Team:
    """A coordinator and a colleague with accounts, a colleague and offices without; the same in another self-check."""
    now = datetime.now(UTC)
    with app.app_context(), writing() as connection:
        mine, other = (_find_check(connection, public_id) for public_id in (check_id, other_check_id))
        office = add_place(connection, mine, Role.OFFICE, "Bauamt", now, question=question)
        token = links.add_token(connection, office, now)
        people = {
            "coordinator": _sign_in(app, connection, "erika@example.org", mine, Role.COORDINATOR, now),
            "colleague with an account": _sign_in(app, connection, "kai@example.org", mine, Role.COLLEAGUE, now),
            "colleague": _open(app, connection, add_place(connection, mine, Role.COLLEAGUE, "Kollegium", now), now),
            "office": _open(app, connection, office, now),
            "ended office": _open(app, connection, _ended_office(connection, mine, question, now), now),
            "withdrawn office": _open(app, connection, _withdrawn_office(connection, mine, question, now), now),
            "coordinator of another": _sign_in(app, connection, "else@example.org", other, Role.COORDINATOR, now),
            "colleague of another": _open(
                app, connection, add_place(connection, other, Role.COLLEAGUE, "Kollegium", now), now
            ),
            "office of another": _open(
                app, connection, add_place(connection, other, Role.OFFICE, "Bauamt", now, question=question), now
            ),
            "signed out of an account": _sign_in(app, connection, "olga@example.org", mine, Role.COORDINATOR, now),
            "operator": _sign_in(app, connection, "oskar@example.org", None, Role.COORDINATOR, now, "operator"),
        }
        mark = secrets.token_hex(16)
        connection.execute(
            update(tables.Account).where(tables.Account.email == "olga@example.org").values(fs_uniquifier=mark)
        )
        place_id = connection.execute(select(tables.Place.public_id).where(tables.Place.id == office)).scalar_one()
    return Team(people, token, place_id)


def add_place(
    connection: Connection,
    check: int,
    role: Role,
    label: str,
    now: datetime,
    *,
    ends_on: date | None = None,
    question: str = "",
) -> int:
    """A place, for an office with one question; returns the id of its link."""
    link = links.add_link(connection, check, role, label, ends_on, now)
    connection.execute(update(tables.Place).where(tables.Place.id == link).values(public_id=new_public_id()))
    if question:
        row = {"check_id": check, "place_id": link, "question": question, "created_at": now}
        connection.execute(insert(tables.Assignment).values(row))
    return link


def add_account(connection: Connection, mail: str, now: datetime, position: str = "member") -> tuple[int, str]:
    """A confirmed account without a password; its id and the mark that its session carries.

    Operators and advisors have their second factor, without which they get nowhere.
    """
    mark = secrets.token_hex(16)
    row = {
        "email": mail,
        "name": mail.partition("@")[0].title(),
        "position": position,
        "active": True,
        "fs_uniquifier": mark,
        "confirmed_at": now,
        "created_at": now,
        "last_seen_at": now,
    }
    if position != "member":
        row |= {"tf_primary_method": "authenticator", "tf_totp_secret": "not used here"}
    return int(connection.execute(insert(tables.Account).values(row).returning(tables.Account.id)).scalar_one()), mark


def sit_down(app: Flask, check_id: str, role: Role, label: str, name: str = "", question: str = "") -> Visitor:
    """A new place in a self-check, and a browser on it whose person has a name."""
    now = datetime.now(UTC)
    with app.app_context(), writing() as connection:
        check = _find_check(connection, check_id)
        return _open(app, connection, add_place(connection, check, role, label, now, question=question), now, name)


def _sign_in(
    app: Flask,
    connection: Connection,
    mail: str,
    check: int | None,
    role: Role,
    now: datetime,
    position: str = "member",
) -> Visitor:
    account, mark = add_account(connection, mail, now, position)
    if check is not None:
        label = grants.COORDINATION if role is Role.COORDINATOR else grants.COLLEAGUES
        grants.begin_account_grant(connection, add_place(connection, check, role, label, now), account, "", now)
    visitor = Visitor(app.test_client())
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True
    return visitor


def _open(app: Flask, connection: Connection, link: int, now: datetime, name: str = "") -> Visitor:
    secret = grants.begin_grant(connection, link, None, now, name)
    visitor = Visitor(app.test_client())
    with visitor.client.session_transaction() as session:
        session["grants"] = [secret]
    return visitor


def _ended_office(connection: Connection, check: int, question: str, now: datetime) -> int:
    yesterday = local_day(now) - timedelta(days=1)
    return add_place(connection, check, Role.OFFICE, "Kasse", now, ends_on=yesterday, question=question)


def _withdrawn_office(connection: Connection, check: int, question: str, now: datetime) -> int:
    link = add_place(connection, check, Role.OFFICE, "Ordnungsamt", now, question=question)
    connection.execute(update(tables.Place).where(tables.Place.id == link).values(withdrawn_at=now))
    return link


def _find_check(connection: Connection, public_id: str) -> int:
    found = select(tables.SelfCheck.id).where(tables.SelfCheck.public_id == public_id)
    return int(connection.execute(found).scalar_one())
