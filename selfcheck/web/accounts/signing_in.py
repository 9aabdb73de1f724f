"""Getting an account and getting in: register, confirm by mail, sign in, second factor, forgotten password, sign out.

No answer tells whether an address has an account: the page is the same, what there is to say goes by mail.
"""

from __future__ import annotations

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants
from selfcheck.store.accounts import account_writes, accounts
from selfcheck.store.accounts.account_writes import NewAccount
from selfcheck.store.accounts.accounts import Account
from selfcheck.web.accounts import factor, mails, pages, security
from selfcheck.web.accounts.factor import Fault
from selfcheck.web.accounts.forms import (
    PASSWORD_HINT,
    CodeForm,
    MailForm,
    NewPasswordForm,
    PasswordForm,
    RegisterForm,
    SignInForm,
)
from selfcheck.web.http import attempts, clock, security_log
from selfcheck.web.http.attempts import AccountMail
from selfcheck.web.http.browser import cookie, known_browsers, signed_in
from selfcheck.web.http.errors import Ended
from selfcheck.web.http.links import find_home
from selfcheck.web.http.security_log import Event

PENDING, LATE = "pending", "late"
LONGEST_ADDRESS = 500
"""To go on to after signing in: a longer one would not fit into the cookie."""
PENDING_SECONDS = 600
"""How long the second factor may take."""
WRONG = "E-Mail-Adresse oder Passwort stimmt nicht."
UNCONFIRMED = (
    "Diese E-Mail-Adresse ist noch nicht bestätigt. Sehen Sie bitte in Ihr Postfach: "
    "Dort liegt eine Mail mit einem Link zum Bestätigen."
)
WRONG_AT_CONFIRMING = "Das Passwort stimmt nicht. Es ist das, das Sie beim Registrieren gewählt haben."
NOT_TAKEN = {
    Fault.WRONG: "Dieser Code stimmt nicht oder ist schon verbraucht. "
    "Ein neuer erscheint in Ihrer App nach 30 Sekunden. Wird auch der nicht angenommen, stellen Sie dort Datum "
    "und Uhrzeit auf „automatisch“.",
    Fault.CLOCK: "Die Uhr Ihres Telefons geht falsch, deshalb passt der Code nicht. "
    "Stellen Sie dort Datum und Uhrzeit auf „automatisch“ und geben Sie dann den nächsten Code ein. "
    "Ohne App hilft ein Notfallcode.",
}
TOO_LATE = "Die zehn Minuten für den Code sind vorbei. Bitte melden Sie sich noch einmal an."
ENDED_MEANWHILE = "Ihre Anmeldung gilt nicht mehr. Bitte melden Sie sich noch einmal an."
LINK_ENDED = "Dieser Link gilt nicht mehr."
CONFIRM_AGAIN = "Bitte registrieren Sie sich noch einmal, dann kommt eine neue Mail."
CONFIRMED_ALREADY = "Sie haben Ihre Adresse schon bestätigt: Melden Sie sich einfach an."
NEWER_MAIL = (
    "Sie haben sich danach noch einmal registriert. Öffnen Sie bitte den Link aus der neuesten Mail, und geben Sie "
    "dort das Passwort ein, das Sie zuletzt gewählt haben."
)
RESET_AGAIN = "Lassen Sie sich unter „Passwort vergessen“ einen neuen Link schicken."
TO_FINISH = ("accounts.set_up", "accounts.picture", "accounts.ask_password", "accounts.sign_out")
TO_READ = tuple(
    f"site.{name}" for name in ("health", "imprint", "privacy", "accessibility", "easy_language", "help", "favicon")
)
"""Pages open to whoever still has to set up a second factor."""


@pages.before_app_request
def _finish_first() -> ResponseReturnValue | None:
    """Advisors and operators without a second factor get to its set-up and nowhere else."""
    found = signed_in.even_unfinished()
    if found is None or not found.lacks_second_factor or request.endpoint in (*TO_FINISH, *TO_READ):
        return None
    return redirect(url_for("accounts.set_up"), 303)


@pages.route("/anmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        mail = form.mail.address
        attempts.count_sign_in(mail)
        account = _find_right(mail, form.password.data or "")
        if account is not None and account.confirmed:
            return _first_step(account, form.weiter.data or "")
        form.password.errors = [WRONG if account is None else UNCONFIRMED]
        if account is not None:
            security_log.note(Event.MISTYPED, account.id, "unconfirmed")
            letter = mails.confirm if attempts.may_mail(mail, AccountMail.CONFIRM) else account_writes.silent
            account_writes.tell(account, letter, clock.now())
    late = ""
    if request.method == "GET":
        form.weiter.data = safe_address(request.args.get("weiter", ""))
        late, form.mail.data = _take_late()
    return render_template("accounts/sign_in.html", form=form, late=late), form.status


def _take_late() -> tuple[str, str | None]:
    """Why somebody is here again, and the address they signed in with; once."""
    kept = session.pop(LATE, None)
    return (kept[0], kept[1]) if isinstance(kept, list) and len(kept) == 2 else ("", None)


def _find_right(mail: str, password: str) -> Account | None:
    account = accounts.find_by_mail(mail)
    right = security.is_right(password, account)
    if account is not None and right and account.may_sign_in(clock.now()):
        return account
    security_log.note(Event.MISTYPED, account.id if account is not None else None)
    return None


def _first_step(account: Account, onward: str) -> ResponseReturnValue:
    """Signs in; with a second factor only a note that the password was right."""
    if account.totp is None:
        return finish(account, onward)
    security.renew_forms()
    session[PENDING] = [account.mark, account.mail, clock.now().timestamp(), safe_address(onward)]
    return redirect(url_for("accounts.code"), 303)


@pages.route("/anmelden/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """The second step: until it is taken, nobody is signed in."""
    account, onward = _pending()
    if account is None or account.totp is None:
        session.pop(PENDING, None)
        return redirect(url_for("accounts.sign_in", weiter=onward or None), 303)
    form = CodeForm()
    if form.validate_on_submit():
        attempts.count_of_account("code", account.id)
        fault = _find_fault(account, form.code.data or "")
        if fault is None:
            session.pop(PENDING, None)
            return finish(account, onward)
        security_log.note(Event.WRONG_CODE, account.id)
        form.code.errors = [NOT_TAKEN[fault]]
    return render_template("accounts/code.html", form=form), form.status


def _pending() -> tuple[Account | None, str]:
    """Who has entered a right password, and where they want to go on to. Whoever is too late is told on the next page,
    and need not type their address again.
    """
    pending = session.get(PENDING)
    if not isinstance(pending, list) or len(pending) != 4:
        return None, ""
    mark, mail, since, onward = pending
    late = abs(clock.now().timestamp() - since) > PENDING_SECONDS
    account = None if late else accounts.find_by_mark(mark)
    if account is None or not account.may_sign_in(clock.now()):
        session[LATE] = [TOO_LATE if late else ENDED_MEANWHILE, mail]
        return None, onward
    return account, onward


def _find_fault(account: Account, text: str) -> Fault | None:
    """Why it is neither a code of the app nor a recovery code; None for one that is right, and used up by that."""
    kept = account.totp or ""
    step = factor.read_code(text, kept, account.counter)
    if not isinstance(step, Fault):
        return None if account_writes.use_code(account.id, step, factor.seal_anew(kept)) else Fault.WRONG
    if not account_writes.use_recovery_code(account.id, factor.read_recovery_code(text)):
        return step
    security_log.note(Event.RECOVERY_CODE_USED, account.id)
    return None


def finish(account: Account, onward: str) -> ResponseReturnValue:
    """Signs in and leads to where the visitor wanted to go, to where their task is, to their one self-check, or to the
    list."""
    account_writes.note_sign_in(account.id, clock.now())
    security.begin_session(account)
    security_log.note(Event.SIGNED_IN, account.id)
    if account.deleted_at is not None:
        return redirect(url_for("accounts.overview", zurueck=1), 303)
    if address := safe_address(onward) or find_home(account.position, account.chamber):
        return redirect(address, 303)
    mine = grants.my_checks(cookie.grants(), clock.now(), account.id)
    if len(mine) == 1 and mine[0].role in (Role.COORDINATOR, Role.COLLEAGUE) and mine[0].check.deleted_at is None:
        return redirect(url_for("overview.overview", check_id=mine[0].check.public_id), 303)
    return redirect(url_for("entry.mine"), 303)


def safe_address(text: str) -> str:
    """An address of our own to go on to; empty for everything else."""
    inside = text.startswith("/") and not text.startswith("//") and text.isprintable() and "\\" not in text
    return text if inside and len(text) <= LONGEST_ADDRESS else ""


@pages.route("/konto/abmelden", methods=["GET", "POST"])
def sign_out() -> ResponseReturnValue:
    if request.method == "POST":
        security_log.note(Event.SIGNED_OUT, signed_in.account_id())
        security.end_session()
        return redirect(url_for("accounts.signed_out"), 303)
    if signed_in.even_unfinished() is None:
        return redirect(url_for("accounts.sign_in"), 303)
    return render_template("accounts/sign_out.html", others=bool(cookie.grants()))


@pages.get("/konto/abgemeldet")
def signed_out() -> str:
    return render_template("accounts/signed_out.html", others=bool(cookie.grants()))


@pages.route("/registrieren", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    form = RegisterForm()
    if form.validate_on_submit():
        attempts.count_attempt("account form")
        mail = form.mail.address
        allowed = attempts.may_mail(mail, AccountMail.CONFIRM)
        new = NewAccount(mail, form.name.data or "", security.hash_new(form.password.data or ""))
        if allowed:  # else the link of the newest mail would end, and none would come in its place
            account_writes.register(new, mails.confirm, mails.known, clock.now())
        security_log.note(Event.REGISTERED)
        return redirect(url_for("accounts.registered"), 303)
    return render_template("accounts/register.html", form=form, hint=PASSWORD_HINT), form.status


@pages.get("/registrieren/mail")
def registered() -> str:
    return render_template("accounts/registered.html")


@pages.route("/konto/bestaetigen/<signed:token>", methods=["GET", "POST"])
def confirm(token: str) -> ResponseReturnValue:
    """Asks for the password: whoever registered somebody else's address does not get in when they open the link."""
    account, _ = look_up_token("confirm", token, CONFIRM_AGAIN)
    form = PasswordForm()
    if form.validate_on_submit():
        attempts.count_of_account("confirm", account.id)
        if security.is_right(form.password.data or "", account):
            mark = account_writes.confirm(account.mark, clock.now())
            confirmed = accounts.find_by_mark(mark) if mark else None
            if confirmed is None:
                raise Ended(LINK_ENDED, None, CONFIRMED_ALREADY)
            security_log.note(Event.CONFIRMED, account.id)
            return _first_step(confirmed, "")
        security_log.note(Event.MISTYPED, account.id)
        form.password.errors = [WRONG_AT_CONFIRMING]
    return render_template("accounts/confirm.html", form=form, mail=account.mail), form.status


@pages.route("/passwort-vergessen", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    form = MailForm()
    if form.validate_on_submit():
        attempts.count_attempt("account form")
        mail = form.mail.address
        if attempts.may_mail(mail, AccountMail.RESET):
            account_writes.tell_if_known(mail, mails.reset, clock.now())
        return redirect(url_for("accounts.forgot_sent"), 303)
    return render_template("accounts/forgot.html", form=form), form.status


@pages.get("/passwort-vergessen/mail")
def forgot_sent() -> str:
    return render_template("accounts/forgot_sent.html")


@pages.route("/passwort-neu/<signed:token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    account, _ = look_up_token("reset", token, RESET_AGAIN)
    form = NewPasswordForm()
    if form.validate_on_submit():
        hashed = security.hash_new(form.password.data or "")
        account_writes.set_password(account.mark, hashed, mails.password_changed, clock.now(), reset=True)
        security_log.note(Event.NEW_WORD_BY_MAIL, account.id)
        known_browsers.remember(account.mail)  # they read its mail: nobody else's attempts keep them out
        return redirect(url_for("accounts.sign_in", neu=1), 303)
    return render_template("accounts/reset.html", form=form, mail=account.mail, hint=PASSWORD_HINT), form.status


def look_up_token(purpose: str, token: str, again: str) -> tuple[Account, str]:
    """The account that a link from a mail is for, and what else the link says.

    Ends in 404 for what we never sent; raises `Ended` for what is too old or used.
    """
    data, late = security.read_token(purpose, token)
    if not data:
        attempts.count_attempt("account form")
        abort(404)
    account = None if late else accounts.find_by_mark(data[0])
    if account is None or not account.may_sign_in(clock.now()):
        why = _say_why(data[0], "".join(data[1:])) if purpose == "confirm" else ""
        raise Ended(LINK_ENDED, None, why or again)
    return account, "".join(data[1:])


def _say_why(mark: str, mail: str) -> str:
    """What whoever got a mail can do now that its link does not confirm anything any more; empty where it is merely too
    old.
    """
    account = accounts.find_by_mail(mail)
    if account is None or (account.mark == mark and not account.confirmed):
        return ""
    return CONFIRMED_ALREADY if account.confirmed else NEWER_MAIL
