"""Angemeldete Geräte: where an account is signed in, and signing out there."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.store.accounts import sessions
from selfcheck.web.accounts import pages, security
from selfcheck.web.http import clock, security_log
from selfcheck.web.http.browser import signed_in
from selfcheck.web.http.browser.signed_in import current
from selfcheck.web.http.security_log import Event


@pages.get("/konto/geraete")
def devices() -> str:
    account = current()
    return render_template(
        "accounts/devices.html",
        sessions=sessions.of_account(account.id, clock.now()),
        here=signed_in.session_id(),
        ended="abgemeldet" in request.args,
    )


@pages.post("/konto/geraete/<session_id>")
def end_device(session_id: str) -> ResponseReturnValue:
    """Signs out there; on this device as „Abmelden“ does."""
    account = current()
    found = next((each.id for each in sessions.of_account(account.id, clock.now()) if str(each.id) == session_id), None)
    if found is None:
        abort(404)
    if found == signed_in.session_id():
        security_log.note(Event.SIGNED_OUT, account.id)
        security.end_session()
        return redirect(url_for("accounts.signed_out"), 303)
    sessions.end_one(account.id, found)
    security_log.note(Event.SESSION_ENDED, account.id)
    return redirect(url_for("accounts.devices", abgemeldet=1), 303)
