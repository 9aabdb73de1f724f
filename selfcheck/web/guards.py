"""Fetch for this visitor, or refuse: the only place that asks who is there."""

from __future__ import annotations

from flask import abort, current_app, request

from selfcheck.store import access
from selfcheck.store.access import RESTORABLE, Access, Role
from selfcheck.store.throttle import throttle
from selfcheck.web import clock, cookie, headers
from selfcheck.web.errors import Ended, Throttled

TEN_MINUTES = 600
ONE_HOUR = 3600
TOKEN_ATTEMPTS = 120
"""Unknown links per address in ten minutes; a whole town hall may share one address."""
NEW_CHECKS = 120
"""New self-checks per address and hour."""
DELETED = "Dieser Selbstcheck wurde gelöscht."
RESTORE = "Unter „Meine Selbstchecks“ können Sie ihn 30 Tage lang wiederherstellen."
FOR_GOOD = "Er lässt sich nicht wiederherstellen: Die 30 Tage dafür sind vorbei."


def own_check(check_id: str) -> Access:
    """The self-check for a visitor who coordinates it, or 404; 410 once it is deleted."""
    found = own_or_deleted_check(check_id)
    if found.check.deleted_at is not None:
        restorable = clock.now() - found.check.deleted_at <= RESTORABLE
        raise Ended(DELETED, clock.local(found.check.deleted_at).date(), RESTORE if restorable else FOR_GOOD)
    return found


def own_or_deleted_check(check_id: str) -> Access:
    """Like `own_check`, also for what can still be restored."""
    headers.keep_private()
    secrets = cookie.grants()
    found = access.visitor(secrets, check_id, clock.now(), note_visit=request.method == "GET") if secrets else None
    if found is None or found.role is not Role.COORDINATOR:
        abort(404)
    if request.method == "GET":
        cookie.renew(clock.today())
    return found


def count_attempt(kind: str) -> None:
    """Counts one attempt of this address; raises `Throttled` beyond the limit of its kind."""
    limit, window = {"token": (TOKEN_ATTEMPTS, TEN_MINUTES), "begin": (NEW_CHECKS, ONE_HOUR)}[kind]
    address = request.remote_addr or "unknown"
    if current_app.config["THROTTLE"] and not throttle(kind, address, limit, window, clock.now()):
        raise Throttled
