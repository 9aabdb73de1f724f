"""Inviting offices and colleagues, and changing what was agreed with them."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right, Role
from selfcheck.core.questionnaire.model import DepartmentId, Question, QuestionId, Questionnaire
from selfcheck.core.rules.to_do.departments import OwnDepartment
from selfcheck.core.text.order import sort_key
from selfcheck.store.mail.outbox import NoMoreMails
from selfcheck.store.team import invitations
from selfcheck.store.team.invitations import NewPlace
from selfcheck.store.team.places import Place, places_of
from selfcheck.web.http import clock
from selfcheck.web.http.browser import shown_once
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.team import mails, pages, place_link
from selfcheck.web.team.forms import ColleagueForm, EndForm, OfficeForm, change_form, office_form
from selfcheck.web.team.page import PLACE, ROOT, back, open_place, show


@pages.get(f"{ROOT}/fachbereich")
def choose_office(check_id: str) -> str:
    """The departments as the town calls them, each with how many questions it usually knows."""
    page = check_page.open_check(check_id, Right.TEAM)
    asked = _asked_already(page)
    departments = [
        (own, len(known), sorted({name for id in known for name in asked.get(id, ())}, key=sort_key))
        for own in page.departments.all
        if (known := _known_by(page.questionnaire, own))
    ]
    return show("team/choose_office.html", page, departments=departments, question=_find_question(page.questionnaire))


@pages.route(f"{ROOT}/fachbereich/neu", methods=["GET", "POST"])
def office(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.TEAM)
    own = page.departments.by_id.get(DepartmentId(request.args.get("fachbereich", "")))
    question = _find_question(page.questionnaire)
    known = _known_by(page.questionnaire, own) if own else ()
    questions = known if question is None else (question.id,)
    form = office_form(page.questionnaire, own.title if own else "", questions)
    if form.validate_on_submit():
        label, due_on, ends_on = form.label.data or "", form.due_on, form.ends_on
        new = NewPlace(Role.OFFICE, label, due_on=due_on, ends_on=ends_on, questions=form.asked)
        if invited := _invite(page, form, new):
            return invited
    asked, account = _asked_already(page), mails.mailing_account()
    return show("team/office.html", page, form=form, asked=asked, account=account), form.status


@pages.route(f"{ROOT}/kollegium/neu", methods=["GET", "POST"])
def colleague(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.TEAM)
    form = ColleagueForm()
    if form.validate_on_submit():
        new = NewPlace(Role.COLLEAGUE, form.label.data or "", ends_on=form.ends.day)
        if invited := _invite(page, form, new):
            return invited
    return show("team/colleague.html", page, form=form, account=mails.mailing_account()), form.status


@pages.route(f"{PLACE}/aendern", methods=["GET", "POST"])
def change(check_id: str, place_id: str) -> ResponseReturnValue:
    """Questions and days of an office, the last day of a colleague."""
    page, place = open_place(check_id, place_id)
    if place.role is Role.COORDINATOR or place.withdrawn_at is not None:
        abort(404)
    return _change_office(page, place) if place.role is Role.OFFICE else _change_colleague(page, place)


def _change_office(page: CheckPage, place: Place) -> ResponseReturnValue:
    form = change_form(place, page.questionnaire)
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
    form = EndForm({"ends": place.ends_on})
    if form.validate_on_submit():
        invitations.change(page.check.id, place.public_id, None, form.ends.day, page.access.who, clock.now())
        return back(page.access, "geaendert")
    return show("team/change_colleague.html", page, form=form, place=place), form.status


def _invite(page: CheckPage, form: OfficeForm | ColleagueForm, new: NewPlace) -> ResponseReturnValue | None:
    """Makes the place, with the address that the form says, and shows its link.

    Without an account that may send mails, an address counts for nothing. None where the account may send no more of
    them today; the form says so then.
    """
    account = mails.mailing_account()
    mail = form.mail.data or "" if account is not None else ""
    new = replace(new, mail=mail, creation_key=form.key.data or "")
    letter = mails.invitation(account, page, new) if account is not None and mail else None
    try:
        made = invitations.invite(page.check.id, new, page.access.who, clock.now(), letter)
    except NoMoreMails:
        form.mail.errors = [mails.TOO_MANY]
        return None
    shown_once.keep(place_link.KEY, made.public_id, made.token)
    check_id, sent = page.check.public_id, 1 if letter else None
    return redirect(url_for("team.link", check_id=check_id, place_id=made.public_id, verschickt=sent), 303)


def _find_question(questionnaire: Questionnaire) -> Question | None:
    """The one question that somebody else is looked for, as the address says it."""
    return questionnaire.question.get(QuestionId(request.args.get("frage", "")))


def _known_by(questionnaire: Questionnaire, own: OwnDepartment) -> tuple[QuestionId, ...]:
    return tuple(question.id for question in questionnaire.questions if question.department in own.ids)


def _asked_already(page: CheckPage, but: Place | None = None) -> dict[QuestionId, list[str]]:
    """Which other offices are asked each question."""
    asked: dict[QuestionId, list[str]] = {}
    for place in places_of(page.check.id):
        if place.role is Role.OFFICE and place.is_open(page.today) and (but is None or place.place_id != but.place_id):
            for question in place.questions:
                asked.setdefault(question, []).append(place.label)
    return asked
