"""Postausgang: which mails wait, and which nobody takes. Addresses stand there, texts never."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.reporting.words import german
from selfcheck.store.database.limits import LINE
from selfcheck.store.mail import listing
from selfcheck.store.mail.listing import MOST, MailListed
from selfcheck.store.mail.outbox import Fault
from selfcheck.web.http import clock, guards
from selfcheck.web.layout.fields import one_line
from selfcheck.web.operating import pages
from selfcheck.web.operating.coordination import ROOT
from selfcheck.web.parts.submitted import read_version

WHY = {
    Fault.SERVER: "Der Mailserver war nicht zu erreichen.",
    Fault.RECIPIENT: "Der Mailserver nimmt an diese Adresse nichts an.",
    Fault.CONTENT: "Der Mailserver nimmt diese Mail nicht an.",
    Fault.ADDRESS: "Das ist keine Adresse, an die sich etwas schicken lässt.",
    Fault.OTHER: "Der Mailserver hat abgelehnt; der Grund steht im Protokoll des Servers.",
}


@pages.get(f"{ROOT}/postausgang")
def mails() -> str:
    guards.operate()
    now, search = clock.now(), one_line(request.args.get("suche"), LINE)
    waiting, refused = listing.list_waiting(now, search), listing.list_refused(search)
    return render_template(
        "operating/mails.html",
        counted=listing.count(now),
        waiting=[(mail, _say_state(mail)) for mail in waiting],
        refused=[(mail, WHY[mail.fault or Fault.OTHER]) for mail in refused],
        search=search,
        most=MOST,
        again="versucht" in request.args,
    )


@pages.post(f"{ROOT}/postausgang/<mail_id>/noch-einmal")
def try_again(mail_id: str) -> ResponseReturnValue:
    guards.operate()
    if not listing.try_again(read_version(mail_id), clock.now()):
        abort(404)
    return redirect(url_for("operating.mails", versucht=1), 303)


def _say_state(mail: MailListed) -> str:
    if mail.fault is None:
        return "wird gerade verschickt" if mail.attempts else "wartet auf den ersten Versuch"
    tries, due = german.count(mail.attempts, "Versuch", "Versuche"), german.moment(clock.local(mail.next_at))
    return f"{WHY[mail.fault]} {tries}, der nächste am {due}."
