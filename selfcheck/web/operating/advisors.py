"""Beratende: who advises for which chamber. The operator invites, moves and ends it, and sees no case."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.validators import AnyOf

from selfcheck.core.permissions import MEMBER
from selfcheck.reporting.words import german
from selfcheck.store.chamber import advisors, invitations
from selfcheck.store.chamber.advisors import AdvisorListed, Freed, Refusal
from selfcheck.store.database.limits import NAME
from selfcheck.web.http import clock, guards, security_log
from selfcheck.web.http.security_log import Event
from selfcheck.web.layout.catalogue import name_chamber, name_chambers
from selfcheck.web.layout.fields import MailField, PageForm, line
from selfcheck.web.operating import letters, pages
from selfcheck.web.operating.coordination import ROOT
from selfcheck.web.parts.submitted import read_version

HERE = f"{ROOT}/beratende"
NO_CHAMBER = "Bitte wählen Sie die IHK."
DONE = {
    "eingeladen": ("Eingeladen", "Die Mail ist unterwegs. Der Link darin gilt 14 Tage und einmal."),
    "noch-einmal": ("Noch einmal eingeladen", "Der Link aus der früheren Mail gilt nicht mehr."),
    "zurueckgezogen": ("Einladung zurückgezogen", "Der Link aus der Mail öffnet nichts mehr."),
    "umgeordnet": ("IHK zugeordnet", "Das Konto ist überall abgemeldet und bekommt eine Nachricht."),
    "beendet": (
        "Beratung beendet",
        "Das Konto ist überall abgemeldet, bleibt aber bestehen, und bekommt eine Nachricht.",
    ),
}


class ChamberForm(PageForm):
    """Which chamber; none is chosen at first."""

    chamber = SelectField("IHK", validate_choice=False, validators=[])

    def __init__(self, chamber: str = "") -> None:
        super().__init__({"chamber": chamber})
        known = name_chambers()
        self.chamber.choices = [("", "Bitte wählen"), *known.items()]
        self.chamber.validators = [AnyOf(list(known), message=NO_CHAMBER)]


class InviteForm(ChamberForm):
    mail = MailField(required="Bitte geben Sie die E-Mail-Adresse der Person an.")
    name = line("Name", NAME, "den Namen")


@pages.get(HERE)
def advisors_page() -> str:
    guards.operate()
    names, listed = name_chambers(), advisors.list_all_advisors()
    groups = [(name, [each for each in listed if each.chamber == id]) for id, name in names.items()]
    lost = [each for each in listed if each.chamber not in names]
    return render_template(
        "operating/advisors.html",
        groups=[(name, found) for name, found in groups if found],
        lost=lost,
        waiting=[
            (each, name_chamber(each.chamber), each.is_open(clock.today())) for each in invitations.list_waiting()
        ],
        done=DONE.get(request.args.get("fertig", "")),
        freed=_say_freed(read_version(request.args.get("frei"))),
    )


@pages.route(f"{HERE}/einladen", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    operator, form = guards.operate(), InviteForm()
    if form.validate_on_submit():
        letter = letters.write_invitation_of(operator.id)
        address, name, chamber = form.mail.address, form.name.data or "", form.chamber.data or ""
        done = invitations.invite(address, name, chamber, clock.now(), letter)
        if not isinstance(done, Refusal):
            security_log.note(Event.ADVISOR_INVITED, operator.id)
            return _back("eingeladen")
        security_log.note(Event.ADVISOR_NOT_INVITED, operator.id, done.value)
        form.mail.errors = [f"{address} {letters.NOT_TAKEN[done]}"]
    return render_template("operating/invite.html", form=form), form.status


@pages.post(f"{HERE}/einladungen/<invitation_id>/noch-einmal")
def invite_again(invitation_id: str) -> ResponseReturnValue:
    operator = guards.operate()
    letter = letters.write_invitation_of(operator.id)
    if invitations.send_again(read_version(invitation_id), clock.now(), letter) is None:
        abort(404)
    security_log.note(Event.ADVISOR_INVITED, operator.id, "again")
    return _back("noch-einmal")


@pages.post(f"{HERE}/einladungen/<invitation_id>/zurueckziehen")
def withdraw_invitation(invitation_id: str) -> ResponseReturnValue:
    operator = guards.operate()
    if not invitations.withdraw(read_version(invitation_id), clock.now()):
        abort(404)
    security_log.note(Event.INVITATION_WITHDRAWN, operator.id)
    return _back("zurueckgezogen")


@pages.get(f"{HERE}/<account_id>")
def advisor(account_id: str) -> ResponseReturnValue:
    guards.operate()
    found = _find(account_id)
    return _show(found, ChamberForm(found.chamber))


@pages.post(f"{HERE}/<account_id>/ihk")
def move_advisor(account_id: str) -> ResponseReturnValue:
    operator = guards.operate()
    found, form = _find(account_id), ChamberForm()
    if not form.validate_on_submit():
        return _show(found, form)
    chamber = form.chamber.data or ""
    done = advisors.move(found.id, chamber, clock.now(), letters.write_moved_to(chamber, operator.id))
    if done is None:
        abort(404)
    security_log.note(Event.ADVISOR_MOVED, found.id)
    return _back("umgeordnet", done)


@pages.post(f"{HERE}/<account_id>/beenden")
def end_advisor(account_id: str) -> ResponseReturnValue:
    operator, found = guards.operate(), _find(account_id)
    done = advisors.disable(found.id, clock.now(), letters.write_ended(operator.id))
    if done is None:
        abort(404)
    security_log.note(Event.POSITION, found.id, MEMBER)
    return _back("beendet", done)


def _find(account_id: str) -> AdvisorListed:
    found = advisors.find_advisor(read_version(account_id))
    if found is None:
        abort(404)
    return found


def _show(found: AdvisorListed, form: ChamberForm) -> ResponseReturnValue:
    page = render_template(
        "operating/advisor.html",
        advisor=found,
        form=form,
        chamber=name_chamber(found.chamber) or "ohne IHK",
        without=found.chamber not in name_chambers(),
        cases=german.count(found.cases, "Vorgang", "Vorgänge"),
    )
    return page, form.status


def _back(done: str, freed: Freed | None = None) -> ResponseReturnValue:
    return redirect(url_for("operating.advisors_page", fertig=done, frei=freed.cases if freed else None), 303)


def _say_freed(cases: int) -> str:
    if not cases:
        return ""
    return f"{german.count(cases, 'Vorgang hat', 'Vorgänge haben')} jetzt keine Beratung: in der IHK neu zu übernehmen."
