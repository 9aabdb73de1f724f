"""Who coordinates: taking a guest's self-check over into an account, handing the coordination over, leaving."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import InputRequired

from selfcheck.core.permissions import Right, Role
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.parts.values import Check, Holder
from selfcheck.store.team import hand_over
from selfcheck.store.team.hand_over import Afterwards
from selfcheck.store.team.places import Person, places_of
from selfcheck.web.entry import entrance
from selfcheck.web.http import clock, copies, guards
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.http.errors import Ended
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import PageForm
from selfcheck.web.team import mails, pages
from selfcheck.web.team.page import ROOT, back, show

CHECK = "/selbstcheck/<check_id>"
AFTERWARDS = {
    Afterwards.COLLEAGUE.value: "Ich arbeite weiter mit, ohne zu koordinieren",
    Afterwards.COORDINATOR.value: "Ich koordiniere weiter, wir sind dann zu zweit",
    Afterwards.LEAVE.value: "Ich verlasse den Selbstcheck",
}
GONE = "Diese Person hat hier keinen Zugang mit Konto mehr. Bitte wählen Sie eine andere."


class HandOverForm(PageForm):
    person = RadioField(
        "Wer übernimmt die Koordination?",
        validate_choice=False,
        validators=[InputRequired("Bitte wählen Sie aus, wer die Koordination übernimmt.")],
    )
    afterwards = RadioField(
        "Und Sie?",
        choices=AFTERWARDS,
        default=Afterwards.COLLEAGUE.value,
        validators=[InputRequired("Bitte wählen Sie aus, was mit Ihrem Zugang geschieht.")],
    )


@pages.route(f"{ROOT}/uebergeben", methods=["GET", "POST"])
def give(check_id: str) -> ResponseReturnValue:
    """Hands the coordination over to a colleague with an account; the form is the question that is asked once."""
    page = check_page.open_check(check_id, Right.TEAM)
    people = _find_receivers(page)
    form = HandOverForm({"person": request.args.get("person", "")})
    form.person.choices = {str(person.grant_id): person.name or person.mail or "ohne Namen" for person in people}
    if people and form.validate_on_submit():
        if _hand_over(page, form, people):
            return _go_on(page, Afterwards(form.afterwards.data))
        form.person.errors = [GONE]
    shown = show("team/hand_over.html", page, form=form, people=people, guest=page.access.account_id is None)
    return shown, 422 if request.method == "POST" else 200


def _hand_over(page: CheckPage, form: HandOverForm, people: list[Person]) -> bool:
    chosen = next((person for person in people if str(person.grant_id) == form.person.data), None)
    if chosen is None:
        return False
    account, access, now = mails.mailing_account(), page.access, clock.now()
    letter = mails.handed_over(account, page.check) if account is not None else None
    afterwards = Afterwards(form.afterwards.data)
    done = hand_over.hand_over(page.check.id, access.grant_id, chosen.grant_id, afterwards, access.who, now, letter)
    return done is not None


def _find_receivers(page: CheckPage) -> list[Person]:
    """Colleagues with an account, whose places are open."""
    places = [place for place in places_of(page.check.id) if place.role is Role.COLLEAGUE and place.is_open(page.today)]
    return [person for place in places for person in place.people if person.account_id is not None]


def _go_on(page: CheckPage, afterwards: Afterwards) -> ResponseReturnValue:
    if afterwards is Afterwards.COORDINATOR:
        return back(page.access, "uebergeben")
    if afterwards is Afterwards.LEAVE:
        return redirect(url_for("entry.mine", verlassen=1), 303)
    return redirect(url_for("overview.overview", check_id=page.check.public_id, uebergeben=1), 303)


@pages.route(f"{CHECK}/uebernehmen", methods=["GET", "POST"])
def take(check_id: str) -> ResponseReturnValue:
    """Takes a guest's self-check over into the account that is signed in."""
    page = check_page.open_check(check_id, Right.TEAM)
    account = signed_in.account()
    mine = account is not None and page.access.account_id == account.id
    if request.method == "POST" and account is not None and not mine:
        return _take(page.check, account)
    shown = check_page.render(
        "team/take_over.html", page, url_for("overview.overview", check_id=check_id), account=account, mine=mine
    )
    return shown, 422 if request.method == "POST" and not mine else 200


@pages.post("/zugang/<link:token>/uebernehmen")
def take_by_link(token: str) -> ResponseReturnValue:
    """The same with the personal link, from any machine."""
    found = entrance.find_link(token)
    account = signed_in.account()
    if account is None or found.role is not Role.COORDINATOR:
        return redirect(url_for("entry.entry", token=token), 303)
    return _take(found.check, account)


def _take(check: Check, account: SignedIn) -> ResponseReturnValue:
    if not hand_over.take_over(check.id, Holder(account.id, account.name), cookie.grants(), clock.now()):
        raise Ended(guards.TAKEN_OVER, None, guards.SIGN_IN)
    return redirect(url_for("overview.overview", check_id=check.public_id, uebernommen=1), 303)


@pages.route(f"{CHECK}/verlassen", methods=["GET", "POST"])
def leave(check_id: str) -> ResponseReturnValue:
    """Gives up a place that an account holds; a browser without one signs out instead."""
    found = guards.enter(check_id, Right.LEAVE)
    if found.account_id is None:
        return redirect(url_for("overview.sign_out", check_id=check_id), 303)
    refused = request.method == "POST"
    if refused and hand_over.leave(found.check.id, found.grant_id, found.who, clock.now()):
        copies.forget(check_id)
        return redirect(url_for("entry.mine", verlassen=1), 303)
    coordinates = found.role is Role.COORDINATOR
    alone = refused or (coordinates and hand_over.coordinates_alone(found.check.id, found.grant_id))
    inside = found.role is not Role.OFFICE
    page = render_template("team/leave.html", check=found.check, inside=inside, alone=alone)
    return page, 422 if refused else 200
