"""Flask-Security as this product uses it: passwords, sessions, signed links, codes of a second factor.

It brings pages of its own; none of them is registered, ours answer as every other page here does. It reads no rows
either: who is signed in, `signed_in` knows, and changes go through the store.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, current_app, g, session
from flask_security import (
    RoleMixin,
    Security,
    Totp,
    UserDatastore,
    UserMixin,
    hash_password,
    login_user,
    logout_user,
    verify_password,
)
from flask_security.utils import check_and_get_token_status

from selfcheck.store.accounts.accounts import Account
from selfcheck.web.http import copies, signed_in

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
FEWEST_LETTERS = 5
HASHES_AT_ONCE = 2
"""In one worker: each takes 19 MB and a processor, and whoever signs in can wait for the one before."""
CODES = 8
"""Recovery codes at a time."""
ONE_STEP = 30
"""Seconds that a clock may be wrong by, each way."""
ISSUER = "Selbstcheck"
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
    "MULTI_FACTOR_RECOVERY_CODES": True,  # this makes it bring what reads codes
    "TWO_FACTOR_IMPLEMENTATIONS": {},
    "TOTP_ISSUER": ISSUER,
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


class _Counted(UserMixin):
    """Stands in for the user while a code is read; `counter` is the step of the newest code that was used."""

    def __init__(self, counter: int | None) -> None:
        self.counter = counter


class _Totp(Totp):
    """Refuses codes that were used, and earlier ones."""

    def get_last_counter(self, user: UserMixin) -> int | None:
        return user.counter if isinstance(user, _Counted) else None

    def set_last_counter(self, user: UserMixin, tmatch: Any) -> None:
        if isinstance(user, _Counted):
            user.counter = tmatch.counter


def register(app: Flask) -> None:
    app.config.update({f"SECURITY_{name}": value for name, value in SETTINGS.items()})
    secret = app.config["SECRET_KEY"]
    key = hashlib.sha256(b"second factor\n" + (secret.encode() if isinstance(secret, str) else secret)).hexdigest()
    app.config["SECURITY_TOTP_SECRETS"] = {"1": key}
    security = Security(app, _Accounts(), register_blueprint=False, totp_cls=_Totp)
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


def begin_session(mark: str) -> None:
    """Signs in: with a new key for forms; what this browser may open without an account stays open."""
    renew_forms()
    _forget_secrets()
    login_user(Person(mark), remember=False)
    session.permanent = True
    signed_in.forget()


def end_session() -> None:
    """Signs the account out here, and lets go what this browser kept of texts that were not stored yet.

    What it may open without the account stays open.
    """
    logout_user()
    copies.forget()
    _forget_secrets()
    for key in ("fs_cc", "_fresh", "_id"):
        session.pop(key, None)
    signed_in.forget()


def _forget_secrets() -> None:
    for key in (NEW_FACTOR, NEW_CODES):
        session.pop(key, None)


def renew_forms() -> None:
    """Forms of somebody who knew this session before must not count after it."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def make_token(purpose: str, *data: str) -> str:
    """A signed text for an address in a mail."""
    serializer = getattr(_security(), f"{purpose}_serializer")
    return str(serializer.dumps(list(data)))


def read_token(purpose: str, token: str) -> tuple[list[str] | None, bool]:
    """What stands in a token, and whether its time is over. None for what we never signed."""
    expired, invalid, data = check_and_get_token_status(token, purpose, WITHIN[purpose])
    known = not invalid and isinstance(data, list) and all(isinstance(each, str) for each in data)
    return (data if known else None), bool(expired)


def new_factor() -> str:
    """A new secret for codes, encrypted."""
    return str(_security().totp_factory.generate_totp_secret())


def factor_key(totp: str) -> str:
    """The secret as people type it."""
    return str(_security().totp_factory.get_totp_pretty_key(totp))


def factor_address(totp: str, mail: str) -> str:
    """What the QR code says."""
    return str(_security().totp_factory.get_totp_uri(mail, totp))


def read_code(code: str, totp: str, counter: int) -> int | None:
    """The step of a right code that comes after `counter`; None for every other text."""
    counted = _Counted(counter or None)
    try:
        right = _security().totp_factory.verify_totp("".join(code.split()), totp, counted, window=ONE_STEP)
    except ValueError:  # encrypted with another key
        return None
    return counted.counter if right else None


def new_codes() -> list[str]:
    """Recovery codes of 80 random bits each."""
    return [_group(base64.b32encode(secrets.token_bytes(10)).decode().lower()) for _ in range(CODES)]


def read_recovery_code(text: str) -> str:
    """A recovery code as it was made, however it was typed."""
    return _group("".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum()))


def _group(letters: str) -> str:
    return "-".join(letters[index : index + 4] for index in range(0, len(letters), 4))
