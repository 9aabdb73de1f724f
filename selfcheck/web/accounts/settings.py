"""Konto: what somebody signed in changes about their account."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from selfcheck.store.accounts import account_writes, accounts
from selfcheck.store.accounts.accounts import Account
from selfcheck.web.accounts import mails, pages, security
from selfcheck.web.accounts.forms import PASSWORD_HINT, ChangeMailForm, ChangePasswordForm, NameForm, PasswordForm
from selfcheck.web.accounts.signing_in import LINK_ENDED, look_up_token, safe_address
from selfcheck.web.http import attempts, clock, security_log
from selfcheck.web.http.attempts import AccountMail
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.http.browser.signed_in import NotSignedIn, current
from selfcheck.web.http.errors import Ended
from selfcheck.web.http.links import find_home
from selfcheck.web.http.security_log import Event

NOT_RIGHT = "Das Passwort stimmt nicht."
MAIL_AGAIN = "Melden Sie sich an und tragen Sie die neue Adresse unter „Konto“ noch einmal ein."
SAID = {
    "name": "Ihr Name ist gespeichert.",
    "passwort": "Ihr neues Passwort gilt. Auf allen anderen Geräten sind Sie abgemeldet.",
    "adresse": "Ihre neue E-Mail-Adresse gilt.",
    "faktor": "Der zweite Faktor ist eingerichtet.",
    "faktor-aus": "Der zweite Faktor ist ausgeschaltet.",
}


@pages.app_errorhandler(NotSignedIn)
def _sign_in_first(error: NotSignedIn) -> ResponseReturnValue:
    onward = safe_address(request.path) if request.method == "GET" else ""
    return redirect(url_for("accounts.sign_in", weiter=onward or None), 303)


def check_password(account: Account, field: PasswordField) -> bool:
    """Whether `field` holds the password of the account; counts as an attempt and says so at the field if not."""
    attempts.count_of_account("password", account.id)
    if security.is_right(field.data or "", account):
        return True
    security_log.note(Event.MISTYPED, account.id)
    field.errors = [NOT_RIGHT]
    return False


@pages.get("/konto")
def overview() -> str:
    account = current()
    news, back = SAID.get(request.args.get("gespeichert", ""), ""), "zurueck" in request.args
    home = find_home(account.position, account.chamber)
    facts = {"account": account, "said": news, "back": back, "codes": len(account.codes), "home": home}
    return render_template("accounts/overview.html", **facts)


@pages.route("/konto/name", methods=["GET", "POST"])
def name() -> ResponseReturnValue:
    account = current()
    form = NameForm({"name": account.name})
    if form.validate_on_submit():
        account_writes.set_name(account.id, form.name.data or "")
        return _done("name")
    return render_template("accounts/name.html", form=form), form.status


@pages.route("/konto/passwort", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    account = current()
    form = ChangePasswordForm()
    if form.validate_on_submit() and check_password(account, form.current):
        hashed = security.hash_new(form.password.data or "")
        if mark := account_writes.set_password(account.mark, hashed, mails.password_changed, clock.now()):
            security_log.note(Event.NEW_WORD, account.id)
            security.renew_session(account, mark)
        return _done("passwort")
    page = render_template("accounts/password.html", form=form, hint=PASSWORD_HINT, mail=account.mail)
    return page, form.status


@pages.route("/konto/adresse", methods=["GET", "POST"])
def mail() -> ResponseReturnValue:
    account = current()
    form = ChangeMailForm()
    if form.validate_on_submit() and check_password(account, form.password):
        address = form.mail.address
        if attempts.may_mail(address, AccountMail.CHANGE):
            other = accounts.find_by_mail(address)
            taken = other is not None and other.confirmed
            letter = mails.address_taken(address) if taken else mails.new_address(address, account.mark)
            account_writes.tell(account, lambda _: letter, clock.now())
        return redirect(url_for("accounts.mail_sent"), 303)
    return render_template("accounts/mail.html", form=form, mail=account.mail), form.status


@pages.get("/konto/adresse/mail")
def mail_sent() -> str:
    current()
    return render_template("accounts/mail_sent.html")


@pages.route("/konto/adresse/<signed:token>", methods=["GET", "POST"])
def confirm_mail(token: str) -> ResponseReturnValue:
    """The link from the mail to the new address; it works in any browser, signed in or not."""
    account, address = look_up_token("change_email", token, MAIL_AGAIN)
    if request.method != "POST":
        return render_template("accounts/confirm_mail.html", mail=address, token=token)
    here = signed_in.even_unfinished()
    mark = account_writes.set_mail(account.mark, address, mails.address_changed, clock.now())
    if mark is None:
        raise Ended(LINK_ENDED, None, MAIL_AGAIN)
    security_log.note(Event.ADDRESS_CHANGED, account.id)
    if here is not None and here.id == account.id:
        security.renew_session(replace(account, mail=address), mark)
        return _done("adresse")
    return redirect(url_for("accounts.sign_in", adresse=1), 303)


@pages.route("/konto/ueberall-abmelden", methods=["GET", "POST"])
def everywhere() -> ResponseReturnValue:
    account = current()
    if request.method == "POST":
        account_writes.sign_out_everywhere(account.mark, clock.now())
        security_log.note(Event.SIGNED_OUT_EVERYWHERE, account.id)
        security.end_session()
        return redirect(url_for("accounts.signed_out"), 303)
    return render_template("accounts/everywhere.html")


@pages.route("/konto/loeschen", methods=["GET", "POST"])
def delete() -> ResponseReturnValue:
    account = current()
    form, alone = PasswordForm(), accounts.only_coordinated_by(account.id)
    if request.method == "POST" and alone:
        return render_template("accounts/delete.html", form=form, alone=alone, mail=account.mail), 422
    if form.validate_on_submit() and check_password(account, form.password):
        account_writes.delete_account(account.mark, mails.deleted, clock.now())
        security_log.note(Event.ACCOUNT_DELETED, account.id)
        security.end_session()
        return redirect(url_for("accounts.deleted"), 303)
    return render_template("accounts/delete.html", form=form, alone=alone, mail=account.mail), form.status


@pages.get("/konto-geloescht")
def deleted() -> str:
    return render_template("accounts/deleted.html", others=bool(cookie.grants()))


def _done(what: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.overview", gespeichert=what), 303)
