"""The link of an invitation to advise for a chamber: a new account, or one that is there, accepts it.

Only whoever has the link learns anything: what we never sent is no page. Opening it uses nothing up.
"""

from __future__ import annotations

from datetime import timedelta

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selfcheck.store.accounts import accounts
from selfcheck.store.chamber import invitations
from selfcheck.store.chamber.advisors import Refusal
from selfcheck.store.chamber.invitations import Accepted, Invitation, Person
from selfcheck.store.database import limits
from selfcheck.web.accounts import pages, security
from selfcheck.web.accounts.forms import PASSWORD_HINT, NewPasswordField, PasswordForm
from selfcheck.web.accounts.settings import check_password
from selfcheck.web.http import attempts, clock, security_log
from selfcheck.web.http.browser import signed_in
from selfcheck.web.http.errors import Ended
from selfcheck.web.http.links import find_home
from selfcheck.web.http.security_log import Event
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.fields import PageForm, SentHiddenField, line

USED = "Diese Einladung wurde schon angenommen."
WITHDRAWN = "Diese Einladung gilt nicht mehr."
EXPIRED = "Diese Einladung ist abgelaufen."
SIGN_IN = "Melden Sie sich mit Ihrem Konto an."
ASK = "Bitten Sie den Betreiber um eine neue; er steht im Impressum."
NO_NAME = "Bitte geben Sie Ihren Namen an. Kommunen lesen ihn bei Ihren Rückfragen."
REFUSED = {
    Refusal.WORKS: "Mit diesem Konto arbeiten Sie an einem Selbstcheck mit. Wer für eine IHK berät, sieht von Kommunen "
    "aber nur, was sie mit der IHK teilen. Verlassen Sie zuerst den Selbstcheck oder bitten Sie den "
    "Betreiber um eine Einladung an eine andere E-Mail-Adresse.",
    Refusal.ADVISES: "Mit diesem Konto beraten Sie schon für eine IHK. Soll es eine andere sein, ordnet der Betreiber "
    "das Konto um.",
    Refusal.OPERATES: "Dieses Konto gehört zum Betrieb. Wer den Server betreibt, sieht keine Berichte von Kommunen. "
    "Bitten Sie um eine Einladung an eine andere E-Mail-Adresse.",
}


class NewAdvisorForm(PageForm):
    """The account of an invited address. `mail` is never asked: no password may be made of it."""

    name = line("Ihr Name", limits.NAME, "Ihren Namen", required=NO_NAME)
    password = NewPasswordField("Passwort")
    mail = SentHiddenField()

    def __init__(self, invitation: Invitation) -> None:
        super().__init__({"name": invitation.name})
        self.mail.data = invitation.mail


@pages.route("/einladung/<link:token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    found = _look_up(token)
    here = signed_in.even_unfinished()
    if here is None:
        known = accounts.find_by_mail(found.mail)
        return _begin(token, found) if known is None or not known.confirmed else _show("known", found, token)
    if here.mail != found.mail:
        return _show("other", found, token)
    return _accept(token, found)


def _look_up(token: str) -> Invitation:
    """Raises `Ended` for an invitation that is over; 404 for what we never sent."""
    found = invitations.look_up(token)
    if found is None:
        attempts.count_attempt("token")
        abort(404)
    if found.used_at is not None:
        raise Ended(USED, clock.local(found.used_at).date(), SIGN_IN)
    if found.withdrawn_at is not None:
        raise Ended(WITHDRAWN, clock.local(found.withdrawn_at).date(), ASK)
    if not found.is_open(clock.today()):
        raise Ended(EXPIRED, found.ends_on + timedelta(days=1), ASK)
    return found


def _begin(token: str, found: Invitation) -> ResponseReturnValue:
    """Makes the account; whoever got the mail has shown with it that the address is theirs."""
    form = NewAdvisorForm(found)
    if form.validate_on_submit():
        attempts.count_attempt("account form")
        person = Person(form.name.data or "", security.hash_new(form.password.data or ""))
        return _enter(invitations.accept_new(token, person, clock.now()), found, token)
    return _show("new", found, token, form)


def _accept(token: str, found: Invitation) -> ResponseReturnValue:
    """Asks for the password: an unlocked browser and an open mailbox alone make nobody an advisor."""
    form, account = PasswordForm(), signed_in.current()
    if form.validate_on_submit() and check_password(account, form.password):
        return _enter(invitations.accept(token, account.id, clock.now()), found, token)
    return _show("mine", found, token, form)


def _enter(done: Accepted | Refusal, found: Invitation, token: str) -> ResponseReturnValue:
    """Signs in with the mark that the account has now, and leads to where its work begins."""
    if isinstance(done, Refusal):
        if done in REFUSED:
            return _show("refused", found, token, said=REFUSED[done], status=409)
        _look_up(token)  # somebody was faster
        return _show("known", found, token, status=409)
    account = accounts.find_by_mark(done.mark)
    if account is None:
        raise Ended(USED, None, SIGN_IN)
    security.begin_session(account)
    security_log.note(Event.INVITATION_ACCEPTED, account.id)
    onward = url_for("accounts.set_up") if account.totp is None else find_home(account.position, account.chamber)
    return redirect(onward, 303)


def _show(
    way: str, found: Invitation, token: str, form: PageForm | None = None, said: str = "", status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "accounts/invitation.html",
        way=way,
        mail=found.mail,
        chamber=name_chamber(found.chamber),
        ends_on=found.ends_on,
        token=token,
        form=form,
        said=said,
        hint=PASSWORD_HINT,
    )
    return page, form.status if form is not None else status
