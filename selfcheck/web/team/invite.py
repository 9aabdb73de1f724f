"""Inviting offices and colleagues, and changing what was agreed with them."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right, Role
from selfcheck.core.questionnaire.model import DepartmentId, QuestionId, Questionnaire
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.mail.outbox import NoMoreMails
from selfcheck.store.team import invitations
from selfcheck.store.team.invitations import NewPlace
from selfcheck.store.team.places import Place, places_of
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.team import mails, pages, place_link
from selfcheck.web.team.forms import ColleagueForm, OfficeForm, change_form, colleague_form, end_form, office_form
from selfcheck.web.team.page import PLACE, ROOT, back, open_place, show


@pages.get(f"{ROOT}/fachbereich")
def choose_office(check_id: str) -> str:
    """The departments of the questionnaire, each with how many questions it usually knows."""
    page = check_page.open_check(check_id, Right.TEAM)
    asked = _asked_already(page)
    departments = [
        (department, len(known), sorted({name for id in known for name in asked.get(id, ())}))
        for department in page.questionnaire.departments
        if (known := _known_by(page.questionnaire, department.id))
    ]
    return show("team/choose_office.html", page, departments=departments)


@pages.route(f"{ROOT}/fachbereich/neu", methods=["GET", "POST"])
def office(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.TEAM)
    department = page.questionnaire.department.get(DepartmentId(request.args.get("fachbereich", "")))
    questions = _known_by(page.questionnaire, department.id) if department else ()
    title = department.title if department else ""
    form = office_form(page.questionnaire, page.today, title, questions)
    account = mails.mailing_account()
    if form.validate_on_submit():
        try:
            return _invite(page, _new_office(form), account)
        except NoMoreMails:
            form.mail.errors = [mails.TOO_MANY]
    return show("team/office.html", page, form=form, asked=_asked_already(page), account=account), form.status


@pages.route(f"{ROOT}/kollegium/neu", methods=["GET", "POST"])
def colleague(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.TEAM)
    form = colleague_form(page.today)
    account = mails.mailing_account()
    if form.validate_on_submit():
        try:
            return _invite(page, _new_colleague(form), account)
        except NoMoreMails:
            form.mail.errors = [mails.TOO_MANY]
    return show("team/colleague.html", page, form=form, account=account), form.status


@pages.route(f"{PLACE}/aendern", methods=["GET", "POST"])
def change(check_id: str, place_id: str) -> ResponseReturnValue:
    """Questions and days of an office, the last day of a colleague."""
    page, place = open_place(check_id, place_id)
    if place.role is Role.COORDINATOR or place.withdrawn_at is not None:
        abort(404)
    return _change_office(page, place) if place.role is Role.OFFICE else _change_colleague(page, place)


def _change_office(page: CheckPage, place: Place) -> ResponseReturnValue:
    form = change_form(place, page.questionnaire, page.today)
    account = mails.mailing_account()
    if form.validate_on_submit():
        mail = None if account is None else form.mail.data or ""
        due, ends, by, now = form.due_on, form.ends_on, page.access.who, clock.now()
        invitations.change(page.check.id, place.public_id, due, ends, by, now, form.asked, mail)
        return back(page.access, "geaendert")
    asked = _asked_already(page, place)
    shown = show("team/change_office.html", page, form=form, place=place, asked=asked, account=account)
    return shown, form.status


def _change_colleague(page: CheckPage, place: Place) -> ResponseReturnValue:
    form = end_form(place, page.today)
    if form.validate_on_submit():
        invitations.change(page.check.id, place.public_id, None, form.ends.day, page.access.who, clock.now())
        return back(page.access, "geaendert")
    return show("team/change_colleague.html", page, form=form, place=place), form.status


def _invite(page: CheckPage, new: NewPlace, account: SignedIn | None) -> ResponseReturnValue:
    """Makes the place; without an account that may send mails, an address counts for nothing. Raises `NoMoreMails`."""
    if account is None:
        new = replace(new, mail="")
    letter = mails.invitation(account, page.check, new) if account is not None and new.mail else None
    made = invitations.invite(page.check.id, new, page.access.who, clock.now(), letter)
    place_link.keep(made.public_id, made.token)
    shown = url_for(
        "team.link", check_id=page.check.public_id, place_id=made.public_id, verschickt=1 if letter else None
    )
    return redirect(shown, 303)


def _new_office(form: OfficeForm) -> NewPlace:
    return NewPlace(
        role=Role.OFFICE,
        label=form.label.data or "",
        mail=form.mail.data or "",
        due_on=form.due_on,
        ends_on=form.ends_on,
        questions=form.asked,
        creation_key=form.key.data or "",
    )


def _new_colleague(form: ColleagueForm) -> NewPlace:
    return NewPlace(
        role=Role.COLLEAGUE,
        label=form.label.data or "",
        mail=form.mail.data or "",
        ends_on=form.ends.day,
        creation_key=form.key.data or "",
    )


def _known_by(questionnaire: Questionnaire, department: DepartmentId) -> tuple[QuestionId, ...]:
    return tuple(question.id for question in questionnaire.questions if question.department == department)


def _asked_already(page: CheckPage, but: Place | None = None) -> dict[QuestionId, list[str]]:
    """Which other offices are asked each question."""
    asked: dict[QuestionId, list[str]] = {}
    for place in places_of(page.check.id):
        if place.role is Role.OFFICE and place.is_open(page.today) and (but is None or place.place_id != but.place_id):
            for question in place.questions:
                asked.setdefault(question, []).append(place.label)
    return asked
