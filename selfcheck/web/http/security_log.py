"""One line for each event that somebody looks for after an attack: when, what, from where, which account.

Addresses and accounts stand there as keyed hashes only: the same one is the same, and nobody reads who it is.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from enum import StrEnum
from typing import TextIO, cast

from flask import Flask, current_app, has_request_context, request
from flask.logging import wsgi_errors_stream

from selfcheck.store.database.tokens import hash_personal

LETTERS = 16
log = logging.getLogger("selfcheck.security")


class Event(StrEnum):
    """docs/security-log.md says what each means."""

    SIGNED_IN = "signed-in"
    MISTYPED = "wrong-password"
    WRONG_CODE = "wrong-code"
    SIGNED_OUT = "signed-out"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    SESSION_ENDED = "session-ended"
    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    NEW_WORD = "password-changed"
    NEW_WORD_BY_MAIL = "password-reset"
    ADDRESS_CHANGED = "address-changed"
    FACTOR_SET = "second-factor-set"
    FACTOR_DROPPED = "second-factor-dropped"
    RECOVERY_CODES = "recovery-codes-made"
    RECOVERY_CODE_USED = "recovery-code-used"
    ACCOUNT_DELETED = "account-deleted"
    POSITION = "position-changed"
    ADVISOR_INVITED = "advisor-invited"
    ADVISOR_NOT_INVITED = "advisor-refused"
    INVITATION_WITHDRAWN = "advisor-invitation-withdrawn"
    INVITATION_ACCEPTED = "advisor-invitation-accepted"
    ADVISOR_MOVED = "advisor-moved"
    APPOINTED = "coordination-appointed"
    NOT_APPOINTED = "coordination-refused"
    REFUSED = "refused"
    THROTTLED = "throttled"


class _Lines(logging.Formatter):
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S}.{int(record.msecs):03}Z"


def register(app: Flask) -> None:
    """Every line of the product's log begins with its time, in UTC; those of this module come too."""
    house = logging.getLogger("selfcheck")
    if not any(isinstance(handler.formatter, _Lines) for handler in house.handlers):
        handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
        handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        house.addHandler(handler)
    log.setLevel(logging.INFO)


def note(event: Event, account_id: int | None = None, detail: str = "") -> None:
    """Writes the line; `detail` is a fixed word of ours, never anything typed."""
    where = _hide("address", request.remote_addr or "unknown") if has_request_context() else "server"
    account = _hide("account", str(account_id)) if account_id is not None else "-"
    more = f" {detail}" if detail else ""
    log.info("event=%s from=%s account=%s%s", event.value, where, account, more)


def _hide(kind: str, text: str) -> str:
    return hash_personal(f"log {kind}\n{text}", current_app.config["SECRET_KEY"])[:LETTERS]
