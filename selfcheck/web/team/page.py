"""Team: people and offices, what each may see, until when; what came back from offices; links ended and renewed."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access.grants import Access
from selfcheck.store.team import invitations
from selfcheck.store.team.invitations import Reminded
from selfcheck.store.team.places import Place, find_place, places_of
from selfcheck.web.http import clock, guards
from selfcheck.web.http.browser import shown_once
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.team import mails, pages, place_link
from selfcheck.web.team.rows import build_team, show_place

ROOT = "/selbstcheck/<check_id>/team"
PLACE = f"{ROOT}/<place_id>"
DONE = {
    "zurueckgezogen": (
        "Zurückgezogen",
        "Der Link öffnet nichts mehr, auch nicht bei denen, die ihn schon geöffnet hatten.",
    ),
    "zugeordnet": ("Zugeordnet", "Die Frage ist neu zugeordnet."),
    "gelesen": ("Erledigt", "Die Nachricht steht weiter beim Fachbereich."),
    "erinnert": (
        "Die Erinnerung geht gleich hinaus",
        "Sie enthält einen neuen Link. Mehr als eine am Tag geht an niemanden.",
    ),
    "heute-erinnert": ("Heute schon erinnert", "Mehr als eine Erinnerung am Tag geht an niemanden."),
    "nicht-erinnert": ("Keine Erinnerung", "An diese Adresse schicken wir keine Erinnerungen. Rufen Sie bitte an."),
    "uebergeben": ("Übergeben", "Die Koordination ist übergeben."),
    "geaendert": ("Gespeichert", "Die Änderung gilt sofort. Der Link bleibt derselbe."),
}
REMINDED = {Reminded.SENT: "erinnert", Reminded.TODAY: "heute-erinnert", Reminded.NOBODY: "nicht-erinnert"}


@pages.get(ROOT)
def overview(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.TEAM)
    team = build_team(page, places_of(page.check.id))
    done = DONE.get(request.args.get("fertig", ""))
    return show("team/overview.html", page, team=team, done=done, mails=mails.mailing_account() is not None)


@pages.get(f"{PLACE}/link")
def link(check_id: str, place_id: str) -> str:
    """The link that was just made, this once."""
    page, place = open_place(check_id, place_id)
    return show("team/link.html", page, row=show_place(page, place), link=place_link.take(page, place))


@pages.post(f"{PLACE}/neu-ausstellen")
def issue_again(check_id: str, place_id: str) -> ResponseReturnValue:
    found = guards.enter(check_id, Right.TEAM)
    token = invitations.issue_again(found.check.id, place_id, found.who, clock.now())
    if token is None:
        abort(404)
    shown_once.keep(place_link.KEY, place_id, token)
    return redirect(url_for("team.link", check_id=check_id, place_id=place_id), 303)


@pages.post(f"{PLACE}/erinnern")
def remind(check_id: str, place_id: str) -> ResponseReturnValue:
    """Sends a mail with a fresh link, on behalf of an account with a confirmed address."""
    found = guards.enter(check_id, Right.TEAM)
    account, place = mails.mailing_account(), find_place(found.check.id, place_id)
    if place is None:
        abort(404)
    if account is None or not place.mail:
        return back(found, "nicht-erinnert")
    letter = mails.reminder(account, found.check, place)
    outcome = invitations.remind(found.check.id, place_id, letter, found.who, clock.now())
    return back(found, REMINDED[outcome])


@pages.route(f"{PLACE}/zurueckziehen", methods=["GET", "POST"])
def withdraw(check_id: str, place_id: str) -> ResponseReturnValue:
    page, place = open_place(check_id, place_id)
    if request.method == "POST":
        invitations.withdraw(page.check.id, place_id, page.access.who, clock.now())
        return back(page.access, "zurueckgezogen")
    return show("team/withdraw.html", page, row=show_place(page, place))


@pages.post(f"{PLACE}/gelesen")
def read(check_id: str, place_id: str) -> ResponseReturnValue:
    found = guards.enter(check_id, Right.TEAM)
    if not invitations.mark_read(found.check.id, place_id, clock.now()):
        abort(404)
    return back(found, "gelesen")


@pages.post(f"{PLACE}/fragen/<question_id>/zuordnen")
def reassign(check_id: str, place_id: str, question_id: str) -> ResponseReturnValue:
    """Gives a question that an office sent back to somebody else; sent twice, the second time changes nothing."""
    found = guards.enter(check_id, Right.TEAM)
    question = check_page.prepare(found.check).questionnaire.question.get(QuestionId(question_id))
    if question is None:
        abort(404)
    target = request.form.get("to") or None
    invitations.reassign(found.check.id, place_id, question.id, target, found.who, clock.now())
    return back(found, "zugeordnet")


def show(template: str, page: CheckPage, **context: object) -> str:
    return check_page.render(template, page, url_for("team.overview", check_id=page.check.public_id), **context)


def open_place(check_id: str, place_id: str) -> tuple[CheckPage, Place]:
    """The self-check and one of its places, for the coordination; 404 where there is no such place."""
    page = check_page.open_check(check_id, Right.TEAM)
    place = find_place(page.check.id, place_id)
    if place is None:
        abort(404)
    return page, place


def back(found: Access, done: str) -> ResponseReturnValue:
    return redirect(url_for("team.overview", check_id=found.check.public_id, fertig=done), 303)
