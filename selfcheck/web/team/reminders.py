"""Mails that remind and tell what waits: the address in each that stops them without signing in, and where they are
switched on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Validity
from selfcheck.core.reading.document.faults import Faults
from selfcheck.reporting.letters.reminder import BundlePart, OpenPart, write_advisor_news, write_reminder
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.store.mail import outbox, reminders
from selfcheck.store.mail.bundles import Bundle, Event
from selfcheck.store.mail.chamber_talk import Answered, Queried
from selfcheck.store.mail.interims import DueInterim
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.mail.reminders import Named, Person, Target, Waiting
from selfcheck.web.http import attempts, clock, headers
from selfcheck.web.http.browser import signed_in
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.team import pages

STOP = "/erinnerungen/<signed:token>"
ONE_CLICK = "List-Unsubscribe"
SALT = "stop reminders"
MOST_STOPPED = 40
"""That one address can name, so that it stays one; whoever has more stops the rest with the next mail."""
SENTENCES = {
    Event.RETURNED: "Ein Fachbereich hat seine Fragen zurückgegeben.",
    Event.DECLINED: "Ein Fachbereich ist für eine Frage nicht zuständig.",
    Event.MESSAGE: "Ein Fachbereich hat eine Nachricht geschickt.",
    Event.ASSIGNED: "Ihnen ist eine Frage zugewiesen.",
    Event.ASKED: "Eine Rückfrage ist offen.",
    Event.READ: "Ein Bericht wurde gelesen.",
    Event.QUERIED: "Die IHK hat eine Rückfrage zu Ihrem Bericht gestellt.",
    Event.EXAMPLE: "Die IHK bittet um Ihre Entscheidung über ein gutes Beispiel.",
    Event.RECOMMENDED: "Empfehlungen der IHK warten auf Ihre Antwort.",
}
ENDPOINTS = {
    Event.RETURNED: "team.overview",
    Event.DECLINED: "team.overview",
    Event.MESSAGE: "team.overview",
    Event.ASSIGNED: "team.mine",
    Event.ASKED: "team.mine",
    Event.READ: "sharing.overview",
    Event.QUERIED: "reply.overview",
    Event.EXAMPLE: "good_examples.overview",
    Event.RECOMMENDED: "reply.recommendations",
}
INTERIM = (
    "Der Zwischenstand Ihrer Ziele ist fällig: Was ist seit der Auszeichnung daraus geworden? Das dauert etwa zehn "
    "Minuten."
)
ANSWERED = "Die Kommune hat eine Rückfrage beantwortet."
EPOCH, TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def write_letter(person: Person, tokens: Mapping[int, str]) -> NewMail:
    """The mail to one person; needs a request, or something like it, that says where this server is."""
    answered = [_answered_part(each) for each in person.answered]
    if not person.targets:
        return NewMail(person.account_id, person.address, *write_advisor_news(answered))
    stop = mail_link("team.stop", token=sign(person.targets[:MOST_STOPPED]))
    parts, bundles = [_part(each, tokens) for each in person.waiting], [_bundle_part(each) for each in person.bundles]
    bundles += [*(_interim_part(each) for each in person.interims), *(_bundle_part(each) for each in person.queried)]
    bundles += answered
    return NewMail(person.account_id, person.address, *write_reminder(parts, clock.today(), stop, bundles), stop)


def _part(waiting: Waiting, tokens: Mapping[int, str]) -> OpenPart:
    if waiting.place_id is None:
        url = mail_link("team.mine", check_id=waiting.check)
    else:
        url = mail_link("entry.entry", token=tokens[waiting.place_id])
    town = outbox.safe_name(waiting.municipality)
    return OpenPart(town, waiting.questions, waiting.due_on, url, waiting.place_id is None)


def _bundle_part(bundle: Bundle | Queried) -> BundlePart:
    """Where to look: the page on which all of it stands, else the overview, whose navigation says where."""
    endpoints = {ENDPOINTS[event] for event in bundle.events}
    endpoint = endpoints.pop() if len(endpoints) == 1 else "overview.overview"
    url = mail_link(endpoint, check_id=bundle.check)
    return BundlePart(outbox.safe_name(bundle.municipality), [SENTENCES[event] for event in bundle.events], url)


def _interim_part(due: DueInterim) -> BundlePart:
    url = mail_link("goals.interim", check_id=due.check)
    return BundlePart(outbox.safe_name(due.municipality), [INTERIM], url)


def _answered_part(answered: Answered) -> BundlePart:
    url = mail_link("chamber.threads", zeige="beantwortet", wer="mich")
    return BundlePart(outbox.safe_name(answered.municipality), [ANSWERED], url)


def find_validity(name: str) -> Validity | None:
    """How long the label of the questionnaire `id/version` is valid; None where its files are gone or wrong."""
    try:
        return catalogue().questionnaire(name).validity
    except (UnknownQuestionnaire, Faults):
        return None


def sign(targets: Iterable[Target]) -> str:
    """What an address says that stops the reminders of `targets`; nobody else can make one."""
    return str(_signer().dumps([[each.kind, each.id, (each.made_at - EPOCH) // TICK] for each in targets]))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)


def _read(token: str) -> list[Target]:
    """The reverse of `sign`; ends in 404 for anything else."""
    headers.keep_private()
    try:
        return [Target(kind, id, EPOCH + ticks * TICK) for kind, id, ticks in _signer().loads(token)]
    except (BadSignature, ValueError):
        attempts.count_attempt("token")
        abort(404)


@pages.get(STOP)
def stop(token: str) -> str:
    """Changes nothing: mail scanners open links."""
    places = reminders.name_targets(_read(token))
    named = list(dict.fromkeys((each.municipality, each.label) for each in places))
    return render_template("team/reminders_stop.html", token=token, places=places, named=named)


@pages.post(STOP)
def decide(token: str) -> ResponseReturnValue:
    """„Keine Mails mehr“, or on again. Without a CSRF token: mail programs send this too, and whoever has the
    address may."""
    targets = _read(token)
    reminders.set_reminders(targets, request.form.get("an") == "1", clock.now())
    if ONE_CLICK in request.form:  # a mail program, which must not be led elsewhere
        return "", 200
    return redirect(url_for("team.stop", token=token), 303)


@pages.route("/selbstcheck/<check_id>/erinnerungen", methods=["GET", "POST"])
def switch(check_id: str) -> ResponseReturnValue:
    """One's own mails, and for the coordination those to the offices."""
    page = check_page.open_check(check_id, Right.COMMENT)
    named = reminders.targets_of(page.check.id, page.access.grant_id, offices=page.may(Right.TEAM))
    if request.method == "POST":
        return _switch(named, url_for("team.switch", check_id=check_id))
    address = url_for("team.mine", check_id=check_id)
    own = [each for each in named if each.target.kind != reminders.PLACED]
    offices = [each for each in named if each.target.kind == reminders.PLACED]
    return check_page.render("team/reminders_switch.html", page, address, own=own, offices=offices)


@pages.route("/konto/erinnerungen", methods=["GET", "POST"])
def of_account() -> ResponseReturnValue:
    """One's own mails in all self-checks."""
    headers.keep_private()
    named = reminders.targets_of_account(signed_in.current().id)
    if request.method == "POST":
        return _switch(named, url_for("team.of_account"))
    return render_template("team/reminders_account.html", places=named)


def _switch(named: Iterable[Named], back: str) -> ResponseReturnValue:
    """Switches the one among `named` that the form chose; anything else changes nothing."""
    chosen = [each.target for each in named if f"{each.target.kind}{each.target.id}" == request.form.get("stelle")]
    reminders.set_reminders(chosen, request.form.get("an") == "1", clock.now())
    return redirect(back, 303)
