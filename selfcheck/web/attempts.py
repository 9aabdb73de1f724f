"""How often somebody may try: generous for an address, because a town hall is one; narrow for one account."""

from __future__ import annotations

from flask import current_app, request

from selfcheck.store.throttle import throttle
from selfcheck.web import clock
from selfcheck.web.errors import Throttled

MINUTE, HOUR, DAY = 60, 3600, 86400
SIGN_INS_HERE = (200, 10 * MINUTE)
"""Per address."""
SIGN_INS_OF_ONE = (10, 15 * MINUTE)
"""Per account and address: who tries from elsewhere does not lock out those who work here."""
SIGN_INS_OF_ONE_ANYWHERE = (100, HOUR)
CODES = (10, 15 * MINUTE)
PASSWORDS = (10, 15 * MINUTE)
"""Asked again of somebody signed in."""
FORMS_HERE = (60, HOUR)
"""Registrations and forgotten passwords per address."""
MAILS_TO_ONE = (5, DAY)
"""Mails that somebody not signed in can have sent to one address."""


def count_sign_in(mail: str) -> None:
    """Raises `Throttled` beyond the limits."""
    _count("sign-in here", _here(), SIGN_INS_HERE)
    _count("sign-in", f"{mail} {_here()}", SIGN_INS_OF_ONE)
    _count("sign-in anywhere", mail, SIGN_INS_OF_ONE_ANYWHERE)


def count_code(account_id: int) -> None:
    _count("code", str(account_id), CODES)


def count_password(account_id: int) -> None:
    _count("password", str(account_id), PASSWORDS)


def count_form() -> None:
    _count("account form", _here(), FORMS_HERE)


def may_mail(mail: str) -> bool:
    """Whether this address may get one more mail today; nobody is told."""
    return _goes_on("account mail", mail, MAILS_TO_ONE)


def _count(kind: str, key: str, limit: tuple[int, int]) -> None:
    if not _goes_on(kind, key, limit):
        raise Throttled


def _goes_on(kind: str, key: str, limit: tuple[int, int]) -> bool:
    return not current_app.config["THROTTLE"] or throttle(kind, key, *limit, clock.now())


def _here() -> str:
    return request.remote_addr or "unknown"
