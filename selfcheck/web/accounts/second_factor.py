"""The second factor: set up with an app, recovery codes on paper, taken away again."""

from __future__ import annotations

import io

import segno
from flask import Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import MEMBER
from selfcheck.store.accounts import account_writes
from selfcheck.store.accounts.accounts import Account
from selfcheck.web.accounts import factor, mails, pages, security
from selfcheck.web.accounts.factor import Fault
from selfcheck.web.accounts.forms import CodeForm, PasswordForm
from selfcheck.web.accounts.security import NEW_CODES, NEW_FACTOR
from selfcheck.web.accounts.settings import check_password
from selfcheck.web.accounts.signing_in import NOT_TAKEN
from selfcheck.web.http import attempts, clock, security_log
from selfcheck.web.http.browser import signed_in
from selfcheck.web.http.browser.signed_in import current
from selfcheck.web.http.links import find_home
from selfcheck.web.http.security_log import Event

LATELY = 10 * 60
"""Seconds within which the password counts as just entered: an unlocked browser alone gets no second factor."""
TO_FINISH = 30 * 60
"""The same for whoever has begun: an app takes its time."""


@pages.route("/konto/zweiter-faktor", methods=["GET", "POST"])
def set_up() -> ResponseReturnValue:
    """The key stays in the session until a code from the app shows that it arrived there."""
    account = current()
    if account.totp is not None:
        return redirect(url_for("accounts.overview"), 303)
    if not signed_in.entered_password_within(TO_FINISH if request.method == "POST" else LATELY):
        return redirect(url_for("accounts.ask_password"), 303)
    form = CodeForm()
    if not isinstance(session.get(NEW_FACTOR), str):
        session[NEW_FACTOR] = factor.new_factor()
    totp = session[NEW_FACTOR]
    if form.validate_on_submit():
        attempts.count_of_account("code", account.id)
        step = factor.read_code(form.code.data or "", totp, 0)
        if not isinstance(step, Fault):
            return _keep(account, totp, step)
        form.code.errors = [NOT_TAKEN[step]]
    key, required = factor.factor_key(totp), account.position != MEMBER
    return render_template("accounts/second_factor.html", form=form, key=key, required=required), form.status


@pages.route("/konto/zweiter-faktor/passwort", methods=["GET", "POST"])
def ask_password() -> ResponseReturnValue:
    """Before the set-up, of whoever entered it some time ago."""
    account = current()
    if account.totp is not None:
        return redirect(url_for("accounts.overview"), 303)
    form = PasswordForm()
    if form.validate_on_submit() and check_password(account, form.password):
        signed_in.note_password()
        return redirect(url_for("accounts.set_up"), 303)
    required = account.position != MEMBER
    return render_template("accounts/ask_password.html", form=form, mail=account.mail, required=required), form.status


def _keep(account: Account, totp: str, step: int) -> ResponseReturnValue:
    codes = factor.new_codes()
    mark = account_writes.set_second_factor(account.id, totp, step, codes, mails.factor_set, clock.now())
    security_log.note(Event.FACTOR_SET, account.id)
    security.renew_session(account, mark)  # which forgets what the session held before
    session[NEW_CODES] = codes
    return redirect(url_for("accounts.codes"), 303)


@pages.get("/konto/zweiter-faktor/qr.svg")
def picture() -> Response:
    """The key as a QR code: a file of its own, because pages may hold no pictures in themselves."""
    account = current()
    totp = session.get(NEW_FACTOR)
    if not isinstance(totp, str) or account.totp is not None or not signed_in.entered_password_within(TO_FINISH):
        abort(404)
    drawing, code = io.BytesIO(), segno.make(factor.factor_address(totp, account.mail), error="m")
    code.save(drawing, kind="svg", border=4, light="#fff", dark="#000", omitsize=True, xmldecl=False)
    return Response(drawing.getvalue(), mimetype="image/svg+xml")


@pages.get("/konto/zweiter-faktor/notfallcodes")
def codes() -> ResponseReturnValue:
    """New recovery codes, shown this once."""
    account = current()
    made = session.pop(NEW_CODES, None)
    if not isinstance(made, list):
        return redirect(url_for("accounts.new_codes"), 303)
    home = find_home(account.position, account.chamber)
    return render_template("accounts/codes.html", codes=made, account=account, home=home)


@pages.route("/konto/zweiter-faktor/neue-notfallcodes", methods=["GET", "POST"])
def new_codes() -> ResponseReturnValue:
    account = _with_factor()
    form = PasswordForm()
    if form.validate_on_submit() and check_password(account, form.password):
        session[NEW_CODES] = factor.new_codes()
        account_writes.set_recovery_codes(account.id, session[NEW_CODES])
        security_log.note(Event.RECOVERY_CODES, account.id)
        return redirect(url_for("accounts.codes"), 303)
    page = render_template("accounts/new_codes.html", form=form, left=len(account.codes), mail=account.mail)
    return page, form.status


@pages.route("/konto/zweiter-faktor/ausschalten", methods=["GET", "POST"])
def drop() -> ResponseReturnValue:
    account = _with_factor()
    form = PasswordForm()
    if account.position != MEMBER:
        abort(403)
    if form.validate_on_submit() and check_password(account, form.password):
        if mark := account_writes.drop_second_factor(account.mark, mails.factor_dropped, clock.now()):
            security_log.note(Event.FACTOR_DROPPED, account.id)
            security.renew_session(account, mark)
        return redirect(url_for("accounts.overview", gespeichert="faktor-aus"), 303)
    return render_template("accounts/drop_factor.html", form=form, mail=account.mail), form.status


def _with_factor() -> Account:
    account = current()
    if account.totp is None:
        abort(404)
    return account
