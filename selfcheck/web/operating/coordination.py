"""Verwaltung: what the operator of the server can do for a self-check without seeing any answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.reporting.letters.team import write_appointed, write_appointment_notice
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.database.limits import LINE
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.operating import self_checks
from selfcheck.store.operating.self_checks import Appointed, Operated, Refusal
from selfcheck.web.http import clock, guards, security_log
from selfcheck.web.http.links import mail_link
from selfcheck.web.http.security_log import Event
from selfcheck.web.layout.catalogue import name_districts
from selfcheck.web.layout.fields import NamedMailField, PageForm, line, one_line
from selfcheck.web.operating import pages
from selfcheck.web.operating.worker import show_worker
from selfcheck.web.parts.submitted import read_version

ROOT = "/verwaltung"
PAGE = 100
NO_REASON = "Bitte nennen Sie den Grund. Er steht im Verlauf des Selbstchecks."
NOBODY_ON_DUTY = "Wer den Server betreibt oder berät, soll keine Antworten sehen."
REFUSED = {
    Refusal.UNKNOWN: "Zu dieser Adresse gibt es kein Konto mit bestätigter E-Mail-Adresse.",
    Refusal.OWN: f"Das ist Ihr eigenes Konto. {NOBODY_ON_DUTY} "
    "Nennen Sie bitte das Konto von jemandem aus der Kommune.",
    Refusal.ON_DUTY: f"Dieses Konto gehört zum Betrieb oder zur Beratung. {NOBODY_ON_DUTY} "
    "Nennen Sie bitte das Konto von jemandem aus der Kommune.",
}


class AppointForm(PageForm):
    mail = NamedMailField("E-Mail-Adresse des Kontos", required="Bitte geben Sie die Adresse des Kontos an.")
    reason = line("Grund", LINE, "den Grund", required=NO_REASON)


@pages.get(ROOT)
def overview() -> str:
    guards.operate()
    search, skip = one_line(request.args.get("suche"), LINE), read_version(request.args.get("ab"))
    found = self_checks.list_checks(search, PAGE + 1, skip)
    return render_template(
        "operating/overview.html",
        checks=found[:PAGE],
        districts=name_districts(),
        search=search,
        further=skip + PAGE if len(found) > PAGE else None,
        done=request.args.get("eingesetzt"),
        worker=show_worker(),
    )


@pages.route(f"{ROOT}/selbstchecks/<check_id>/koordination", methods=["GET", "POST"])
def appoint(check_id: str) -> ResponseReturnValue:
    account, check, form = guards.operate(), self_checks.find_check(check_id), AppointForm()
    if check is None:
        abort(404)
    if form.validate_on_submit():
        mail, reason = form.mail.data or "", form.reason.data or ""
        letters = partial(_write, account, check)
        done = self_checks.appoint(check, mail, reason, account.id, clock.now(), letters)
        if not isinstance(done, Refusal):
            security_log.note(Event.APPOINTED, account.id)
            return redirect(url_for("operating.overview", eingesetzt=1), 303)
        security_log.note(Event.NOT_APPOINTED, account.id, done.name.lower())
        form.mail.errors = [REFUSED[done]]
    html = render_template("operating/appoint.html", check=check, form=form, districts=name_districts())
    return html, form.status


def _write(account: SignedIn, check: Operated, done: Appointed) -> Sequence[NewMail]:
    """One mail to whoever coordinates now, one to each who did before."""
    town, check_id = outbox.safe_name(check.municipality), check.public_id
    new = write_appointed(town, mail_link("overview.overview", check_id=check_id))
    notice = write_appointment_notice(town, mail_link("history.changes", check_id=check_id))
    return [NewMail(account.id, done.mail, *new), *(NewMail(account.id, address, *notice) for address in done.before)]
