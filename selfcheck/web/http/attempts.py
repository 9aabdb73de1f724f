"""How often somebody may try: generous for an address, because a town hall is one; narrow for one account."""

from __future__ import annotations

import ipaddress
from enum import StrEnum

from flask import current_app, request

from selfcheck.store.accounts.throttle import throttle
from selfcheck.web.http import clock
from selfcheck.web.http.browser import known_browsers
from selfcheck.web.http.errors import PAGES, Page, Throttled

MINUTE, HOUR, DAY = 60, 3600, 86400
SIGN_INS_HERE = (200, 10 * MINUTE)
"""Per address."""
SIGN_INS_OF_ONE = (10, 15 * MINUTE)
"""Per account and address: who tries from elsewhere does not lock out those who work here."""
SIGN_INS_OF_ONE_ANYWHERE = (100, HOUR)
SIGN_INS_OF_KNOWN = (10, 15 * MINUTE)
"""Per account and browser in which somebody got into it before: nothing that strangers do counts there."""
TRIED_OUT = Page(
    "Zu viele Versuche",
    "Zu dieser E-Mail-Adresse wurde in kurzer Zeit zu oft ein Passwort probiert, vielleicht von Fremden.",
    "Versuchen Sie es in einer Stunde noch einmal. Oder lassen Sie sich unter „Passwort vergessen“ einen Link schicken "
    "und wählen Sie ein neues Passwort: Damit kommen Sie in diesem Browser sofort wieder hinein.",
)
OF_ONE_ACCOUNT = dict.fromkeys(("code", "password", "confirm"), (10, 15 * MINUTE))
"""Codes of a second factor; passwords asked again of somebody signed in, or with the link of a mail."""
MAILS_TO_ONE = (5, DAY)
"""Mails of one kind that somebody can have sent to one e-mail address: who uses theirs up takes nothing from others."""
MAILS_TO_ONE_FROM_ANYWHERE = (10, 2 * HOUR)
"""The same of all together. No longer than the shortest link in such a mail is good for: whoever gets no further mail
has one with a good link already."""
OF_ONE_ADDRESS = {"token": (120, 10 * MINUTE), "begin": (120, HOUR), "enter": (120, HOUR), "account form": (60, HOUR)}
"""Unknown links, new self-checks, places taken by a link, registrations and forgotten passwords; a whole town hall may
share one address. Whoever enters without cookies is somebody new each time, and every page of the town has to name them
all."""
NETWORK_OF_ONE = 64
"""Bits of an IPv6 address that tell one network from the next; the rest of it everybody chooses as they like."""


class AccountMail(StrEnum):
    """What somebody can have sent to any address; each kind is counted for itself."""

    CONFIRM = "confirm"
    RESET = "reset"
    CHANGE = "change"


def count_attempt(kind: str) -> None:
    """Counts one attempt of this address; raises `Throttled` beyond the limit of its kind (`OF_ONE_ADDRESS`)."""
    _count(kind, _here(), OF_ONE_ADDRESS[kind])


def count_sign_in(mail: str) -> None:
    """Raises `Throttled` beyond the limits. Whoever got in with this browser before is counted for themselves."""
    known = known_browsers.find(mail)
    if known is not None:
        _count("sign-in known", f"{mail} {known}", SIGN_INS_OF_KNOWN, TRIED_OUT)
        return
    _count("sign-in here", _here(), SIGN_INS_HERE)
    _count("sign-in", f"{mail} {_here()}", SIGN_INS_OF_ONE, TRIED_OUT)
    _count("sign-in anywhere", mail, SIGN_INS_OF_ONE_ANYWHERE, TRIED_OUT)


def count_of_account(kind: str, account_id: int) -> None:
    """The same of one account, by `OF_ONE_ACCOUNT`."""
    _count(kind, str(account_id), OF_ONE_ACCOUNT[kind])


def may_mail(mail: str, kind: AccountMail) -> bool:
    """Whether this address may get one more mail of this kind now; nobody is told."""
    mine = _goes_on(f"{kind} mail", f"{mail} {_here()}", MAILS_TO_ONE)
    return mine and _goes_on(f"{kind} anywhere", mail, MAILS_TO_ONE_FROM_ANYWHERE)


def _count(kind: str, key: str, limit: tuple[int, int], page: Page = PAGES[429]) -> None:
    if not _goes_on(kind, key, limit):
        raise Throttled(page)


def _goes_on(kind: str, key: str, limit: tuple[int, int]) -> bool:
    return not current_app.config["THROTTLE"] or throttle(kind, key, *limit, clock.now())


def _here() -> str:
    """The address that asks; of IPv6 its network."""
    address = request.remote_addr or "unknown"
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network((address.partition("%")[0], NETWORK_OF_ONE), strict=False))
    except ValueError:
        return address
