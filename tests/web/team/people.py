"""Everybody who can have a place in a self-check, put there past the pages: places, accounts, ended ones."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import Connection, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants, links
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts import values
from tests.places import add_account, add_place
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
        token = links.add_link(connection, office, now)
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
            "advisor": _sign_in(app, connection, "berta@example.org", None, Role.COORDINATOR, now, "advisor"),
            "advisor of another": _sign_in(app, connection, "bodo@example.org", None, Role.COORDINATOR, now, "advisor"),
        }
        for mail, chamber in (("berta@example.org", "darmstadt"), ("bodo@example.org", "frankfurt")):
            advisor = update(tables.Account).where(tables.Account.email == mail)
            connection.execute(advisor.values(chamber=chamber))
        mark = secrets.token_hex(16)
        connection.execute(
            update(tables.Account).where(tables.Account.email == "olga@example.org").values(fs_uniquifier=mark)
        )
        place_id = connection.execute(select(tables.Place.public_id).where(tables.Place.id == office)).scalar_one()
    return Team(people, token, place_id)


def sit_down(app: Flask, check_id: str, role: Role, label: str, name: str = "", question: str = "") -> Visitor:
    """A new place in a self-check, and a browser on it whose person has a name."""
    now = datetime.now(UTC)
    with app.app_context(), writing() as connection:
        check = _find_check(connection, check_id)
        return _open(app, connection, add_place(connection, check, role, label, now, question=question), now, name)


def seat_account(app: Flask, check_id: str, mail: str, role: Role = Role.COORDINATOR) -> Visitor:
    """A new place in a self-check, and a browser that is signed in with an account on it."""
    with app.app_context(), writing() as connection:
        return _sign_in(app, connection, mail, _find_check(connection, check_id), role, datetime.now(UTC))


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
        label = values.COORDINATION if role is Role.COORDINATOR else values.COLLEAGUES
        grants.begin_account_grant(connection, add_place(connection, check, role, label, now), account, "", now)
    visitor = Visitor(app.test_client())
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True
    return visitor


def _open(app: Flask, connection: Connection, place_id: int, now: datetime, name: str = "") -> Visitor:
    secret = grants.begin_grant(connection, place_id, None, now, name)
    visitor = Visitor(app.test_client())
    with visitor.client.session_transaction() as session:
        session["grants"] = [secret]
    return visitor


def _ended_office(connection: Connection, check: int, question: str, now: datetime) -> int:
    yesterday = local_day(now) - timedelta(days=1)
    return add_place(connection, check, Role.OFFICE, "Kasse", now, ends_on=yesterday, question=question)


def _withdrawn_office(connection: Connection, check: int, question: str, now: datetime) -> int:
    place_id = add_place(connection, check, Role.OFFICE, "Ordnungsamt", now, question=question)
    connection.execute(update(tables.Place).where(tables.Place.id == place_id).values(withdrawn_at=now))
    return place_id


def _find_check(connection: Connection, public_id: str) -> int:
    found = select(tables.SelfCheck.id).where(tables.SelfCheck.public_id == public_id)
    return int(connection.execute(found).scalar_one())
