"""Flask-Security as this product uses it: passwords, and who is signed in; and the signed links of mails.

It brings pages of its own; none of them is registered, ours answer as every other page here does. It reads no rows
either: who is signed in, `signed_in` knows, and changes go through the store.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_security import (
    RoleMixin,
    Security,
    UserDatastore,
    UserMixin,
    hash_password,
    login_user,
    logout_user,
    verify_password,
)
from itsdangerous import BadSignature, URLSafeTimedSerializer

from selfcheck.store.accounts import sessions
from selfcheck.store.accounts.accounts import Account
from selfcheck.web.accounts import browsers
from selfcheck.web.http import clock, copies
from selfcheck.web.http.browser import known_browsers, signed_in

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
FEWEST_LETTERS = 5
HASHES_AT_ONCE = 2
"""In one worker: each takes 19 MB and a processor, and whoever signs in can wait for the one before."""
NEW_FACTOR, NEW_CODES = "new_factor", "recovery_codes"
"""Where the session keeps secrets of whoever is signed in: none of it may meet the next one on the same machine."""
NOBODYS_HASH = "selfcheck.nobodys_hash"
"""Where a hash is kept that costs as much to try as any other."""
LINK_DAYS = 3
RESET_HOURS = 2
WITHIN = {
    "confirm": timedelta(days=LINK_DAYS),
    "change_email": timedelta(days=LINK_DAYS),
    "reset": timedelta(hours=RESET_HOURS),
}
SETTINGS: dict[str, Any] = {
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "DEPRECATED_PASSWORD_SCHEMES": [],
    "PASSWORD_SINGLE_HASH": ["argon2"],  # else a new secret key would lock everybody out
    # what OWASP names as the least; more memory would count once for each of `HASHES_AT_ONCE` in every worker
    "PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__type": "id",
        "argon2__time_cost": 2,
        "argon2__memory_cost": 19 * 1024,
        "argon2__parallelism": 1,
    },
    "PASSWORD_SALT": "",
    "DEFAULT_REMEMBER_ME": False,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}
_hashing = BoundedSemaphore(HASHES_AT_ONCE)


class Person(UserMixin):
    """Who signs in, as Flask-Login wants to see them."""

    fs_uniquifier = ""

    def __init__(self, mark: str) -> None:
        self.fs_uniquifier = mark
        self.active = True


class _Role(RoleMixin):
    """Nobody has one: what an account may do follows from its position and its places."""


class _Accounts(UserDatastore):
    def __init__(self) -> None:
        super().__init__(Person, _Role)

    def find_user(self, *args: Any, **wanted: Any) -> Person | None:
        return Person(str(wanted.get("fs_uniquifier"))) if signed_in.even_unfinished() else None


def register(app: Flask) -> None:
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    security = Security(app, _Accounts(), register_blueprint=False)
    # nothing but the session signs in: no token in an address or a head
    security.login_manager.request_loader(lambda request: None)


def _security() -> Security:
    found: Security = current_app.extensions["security"]
    return found


def _normalize(password: str) -> str:
    return str(_security().password_util.normalize(password))


def hash_new(password: str) -> str:
    """What is kept of a password."""
    with _hashing:
        return str(hash_password(_normalize(password)))


def is_right(password: str, account: Account | None) -> bool:
    """Whether it is the password of the account; takes its time for an unknown account too."""
    if NOBODYS_HASH not in current_app.extensions:  # before anything is known, for making it takes time too
        current_app.extensions[NOBODYS_HASH] = hash_new(secrets.token_urlsafe(16))
    stored = account.password if account is not None and account.password else None
    with _hashing:
        right = verify_password(_normalize(password[:LONGEST_PASSWORD]), stored or current_app.extensions[NOBODYS_HASH])
    return bool(right and stored)


def begin_session(account: Account) -> None:
    """Signs in: with a new key for forms, and in the place of whoever was signed in here. What this browser may open
    without an account stays open.
    """
    renew_forms()
    _forget_secrets()
    _end_row()
    token = sessions.begin(account.mark, browsers.describe(request.user_agent.string), clock.now())
    if token is None:  # everything of this account ended in this very moment
        return
    login_user(Person(token), remember=False)
    known_browsers.remember(account.mail)
    session.permanent = True
    signed_in.forget()


def renew_session(account: Account, mark: str) -> None:
    """Goes on here after a change that ended all sessions of the account and gave it this mark."""
    begin_session(replace(account, mark=mark))


def end_session() -> None:
    """Signs the account out here, for every copy of the cookie, and lets go what this browser kept of texts that were
    not stored yet. What it may open without the account stays open.
    """
    _end_row()
    logout_user()
    copies.forget()
    _forget_secrets()
    for key in ("fs_cc", "_fresh", "_id"):
        session.pop(key, None)
    signed_in.forget()


def _end_row() -> None:
    token = session.get(signed_in.KEY)
    if isinstance(token, str):
        sessions.end(token)


def _forget_secrets() -> None:
    for key in (NEW_FACTOR, NEW_CODES):
        session.pop(key, None)


def renew_forms() -> None:
    """Forms of somebody who knew this session before must not count after it."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def make_token(purpose: str, *data: str) -> str:
    """A signed text for an address in a mail."""
    return str(_serializer(purpose).dumps(list(data)))


def read_token(purpose: str, token: str) -> tuple[list[str] | None, bool]:
    """What stands in a token, and whether its time is over. None for what we never signed.

    One from the future is good: our clock was wrong when it was made, or is now.
    """
    # the second one for mails that went out before links were signed with SHA-256
    for serializer in (_serializer(purpose), getattr(_security(), f"{purpose}_serializer")):
        with suppress(BadSignature):
            data, signed_at = serializer.loads(token, return_timestamp=True)
            known = isinstance(data, list) and all(isinstance(each, str) for each in data)
            return (data if known else None), time.time() - signed_at.timestamp() > WITHIN[purpose].total_seconds()
    return None, False


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    secret = current_app.config["SECRET_KEY"]
    return URLSafeTimedSerializer(
        secret, salt=f"mail {purpose}", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )
