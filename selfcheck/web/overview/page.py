"""The overview of one self-check, its details, its personal link, signing out, deleting and restoring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, SelectField

from selfcheck.core.permissions import Right, Role
from selfcheck.core.rules.estimate import Points
from selfcheck.core.rules.route import open_without_points
from selfcheck.reporting.charts.fields import question_fields
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import name_waiting
from selfcheck.reporting.words.documents import list_unplaced
from selfcheck.reporting.words.verdict import describe
from selfcheck.store.access import grants, links, self_checks
from selfcheck.store.operating.self_checks import Appointment, find_appointment
from selfcheck.store.parts.values import Details
from selfcheck.store.parts.writes import Part, Write
from selfcheck.store.team.places import Place, places_of
from selfcheck.web.checklist.board import build_board
from selfcheck.web.entry.profile_form import DetailsForm, details_base, list_details
from selfcheck.web.entry.taking_part import say_taking_part
from selfcheck.web.http import clock, copies, guards
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.interim import find_asked
from selfcheck.web.layout.steps import list_days
from selfcheck.web.layout.tables import Cell, Cells
from selfcheck.web.overview import pages
from selfcheck.web.overview.chamber import list_from_chamber
from selfcheck.web.overview.next_step import CriterionRow, choose_next, count_criterion
from selfcheck.web.overview.renewal import find_renewal
from selfcheck.web.overview.trend import open_with_past
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import ConflictShown, show_part
from selfcheck.web.parts.submitted import Submission
from selfcheck.web.team.rows import build_team

ROOT = "/selbstcheck/<check_id>"
UPCOMING = 3
CHAMBER_KNOWS = ("team:chamber", "chamber:share")
"""Steps of the checklist: where one is done, the chamber knows of the town."""


@pages.get(ROOT)
def overview(check_id: str) -> str:
    page, past = open_with_past(guards.enter(check_id, Right.READ))
    rows = [count_criterion(page, result) for result in page.estimate.criteria]
    table = []
    for row in rows:
        address = url_for("questions.criterion", check_id=check_id, criterion_id=row.criterion.id)
        table.append(_cells({"text": row.criterion.title, "href": address}, [row], row.estimate.points))
    places = places_of(page.check.id) if page.may(Right.TEAM) else []
    board = build_board(page)
    asked = any(row.key in CHAMBER_KNOWS and row.done for row in board.rows)
    next_step = choose_next(page, rows)
    return check_page.render(
        "overview/overview.html",
        page,
        url_for("overview.overview", check_id=check_id),
        outcome=describe(page.questionnaire, page.estimate, page.check.municipality),
        table=table,
        foot=_cells("Summe der Fragen", rows, page.estimate.points),
        pointless=_say_pointless(page),
        next_step=next_step,
        from_chamber=list_from_chamber(page, next_step.href),
        not_asked=any(row.involves and not row.done for row in board.rows),
        board=board,
        upcoming=list_days(page.checklist, page.check.interview, page.today)[:UPCOMING],
        past=past,
        renewal=find_renewal(page),
        fields=question_fields(page.questionnaire, page.estimate, list_unplaced(page.loaded.answers, page.day)),
        addresses={each.id: check_page.question_address(page, each) for each in page.questionnaire.questions},
        eligibility=say_taking_part(page.check, asked=asked),
        asked=asked,
        guest=page.access.account_id is None and page.may(Right.TEAM),
        account=signed_in.account() if page.may(Right.LEAVE) else None,
        unfit=_find_unfit(page) if request.args.get("aus_datei") else None,
        came_back=_list_come_back(page, places) if places else "",
        asked_goals=find_asked(page),
        appointed=_find_appointment(page, places),
    )


def _find_appointment(page: CheckPage, places: list[Place]) -> Appointment | None:
    """That the operator made somebody coordinate: whoever coordinates without an account gets no mail about it."""
    open_to_accounts = any(
        person.account_id is not None
        for place in places
        if place.role is Role.COORDINATOR and place.is_open(page.today)
        for person in place.people
    )
    guest = page.access.account_id is None
    return find_appointment(page.check.id) if guest and open_to_accounts else None


def _list_come_back(page: CheckPage, places: list[Place]) -> str:
    """What came back from offices and waits on the page „Team“: `2 Nachrichten und 1 zurückgegebene Frage warten auf
    Sie. 1 Fachbereich ist fertig.`; empty where nothing waits.
    """
    team = build_team(page, places)
    counted = (
        (len(team.messages), "Nachricht", "Nachrichten"),
        (len(team.declined), "zurückgegebene Frage", "zurückgegebene Fragen"),
    )
    waiting = [german.count(number, one, many) for number, one, many in counted if number]
    if not waiting:
        return ""
    alone = len(waiting) == 1 and len(team.messages) + len(team.declined) == 1
    done = sum(row.place.returned_at is not None for row in team.offices)
    ready = f" {german.count(done, 'Fachbereich ist', 'Fachbereiche sind')} fertig." if done else ""
    return f"{german.listing(waiting)} {'wartet' if alone else 'warten'} auf Sie.{ready}"


def _find_unfit(page: CheckPage) -> list[tuple[str, str]]:
    """Number and address of the questions whose stored value the questionnaire does not know."""
    unfit = {id for id, answer in page.loaded.stored.items() if answer.aside}
    questions = [question for question in page.questionnaire.questions if question.id in unfit]
    return [(each.number, check_page.question_address(page, each)) for each in questions]


def _cells(head: Cell, rows: list[CriterionRow], points: Points) -> Cells:
    """What `rows` have together, and their points."""
    sums = (sum(row.open for row in rows), sum(row.unclear for row in rows), sum(row.undocumented for row in rows))
    return (
        head,
        f"{sum(row.done for row in rows)} von {sum(row.total for row in rows)}",
        *(str(number) if number else "–" for number in sums),
        f"{german.points(points.claimed)} von {german.points(points.possible)}",
    )


def _say_pointless(page: CheckPage) -> str:
    """The questions that wait for an answer and bring no points: they are counted apart."""
    waiting = open_without_points(page.questionnaire, page.estimate)
    numbers = [page.questionnaire.question[id].number for id in waiting]
    if not numbers:
        return ""
    word = name_waiting((page.estimate.line[id].state for id in waiting), "").capitalize()
    if len(numbers) == 1:
        return f"{word} ist außerdem Frage {numbers[0]}; sie bringt keine Punkte."
    return f"{word} sind außerdem die Fragen {german.listing(numbers)}; sie bringen keine Punkte."


@pages.route(f"{ROOT}/angaben", methods=["GET", "POST"])
def details(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.DETAILS)
    check = access.check
    stored = list_details(check.details) | {"version": str(check.version), "base": details_base(check.details)}
    form = DetailsForm(stored if request.method != "POST" else None)
    form.known_interview = check.interview
    if not form.validate_on_submit():
        return _show_details(check_page.load_page(access), form), form.status
    part = Submission(request.form).part(
        "",
        Write(Part.DETAILS, "", 0, form.details),
        lambda met: replace(show_part("", "Angaben zur Kommune", "", "", met), fields=_differences(form, met.theirs)),
        base=details_base(form.details),
    )
    saving = protocol.save(access, check_page.prepare(check).questionnaire, [part])
    if saving.status == 200:
        return redirect(url_for("overview.details", check_id=check_id, gespeichert=1), 303)
    page = check_page.show_loaded(access, saving.loaded)
    return _show_details(page, form, saving.conflicts[part.name]), saving.status


def _show_details(page: CheckPage, form: DetailsForm, conflict: ConflictShown | None = None) -> str:
    address = url_for("overview.overview", check_id=page.check.public_id)
    return check_page.render("overview/details.html", page, address, form=form, conflict=conflict)


def _differences(form: DetailsForm, theirs: Details) -> tuple[tuple[str, str, str], ...]:
    """Label, mine and theirs of every field that differs."""
    mine = list_details(form.details)
    return tuple(
        (form[name].label.text, _say_value(form[name], mine[name]), _say_value(form[name], value))
        for name, value in list_details(theirs).items()
        if value != mine[name]
    )


def _say_value(field: Field, value: str | date | None) -> str:
    """A value as the form shows it: a choice by its words."""
    if isinstance(value, date):
        return german.day(value)
    labels = {key: label for key, label, *_ in field.iter_choices()} if isinstance(field, SelectField) else {}
    return str(labels.get(value, value or ""))


@pages.route(f"{ROOT}/persoenlicher-link", methods=["GET", "POST"])
def personal_link(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.TEAM)
    ending = request.method == "POST" and "beenden" in request.form
    if ending:
        links.withdraw_personal_links(page.check.id, page.access.grant_id, clock.now())
    token = links.issue_personal_link(page.check.id, clock.now()) if request.method == "POST" else None
    return check_page.render(
        "overview/personal_link.html",
        page,
        url_for("overview.overview", check_id=check_id),
        link=url_for("entry.entry", token=token, _external=True) if token else "",
        ended=ending,
        taken_over=token is None and not links.has_personal_link(page.check.id),
    )


@pages.route(f"{ROOT}/abmelden", methods=["GET", "POST"])
def sign_out(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.LEAVE, even_deleted=True)
    if request.method != "POST":
        guest = access.account_id is None and access.role is Role.COORDINATOR
        account = signed_in.account() if access.account_id is not None else None
        back = url_for("overview.overview" if access.may(Right.READ) else "office.page", check_id=check_id)
        return render_template("overview/sign_out.html", check=access.check, guest=guest, account=account, back=back)
    for secret in grants.end_grants(cookie.grants(), access.check.id, clock.now()):
        cookie.drop_grant(secret)
    others = cookie.grants() or signed_in.account() is not None
    copies.forget(check_id if others else copies.EVERYTHING)
    return redirect(url_for("overview.signed_out"), 303)


@pages.get("/abgemeldet")
def signed_out() -> str:
    return render_template("overview/signed_out.html")


@pages.route(f"{ROOT}/loeschen", methods=["GET", "POST"])
def delete(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.DELETE)
    if request.method == "POST":
        self_checks.delete(page.check.id, clock.now(), page.access.who)
        return redirect(url_for("entry.mine", geloescht=page.check.public_id), 303)
    return check_page.render("overview/delete.html", page, url_for("overview.overview", check_id=check_id))


@pages.post(f"{ROOT}/wiederherstellen")
def restore(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.DELETE, even_deleted=True)
    self_checks.restore(access.check.id, clock.now(), access.who)
    return redirect(url_for("overview.overview", check_id=check_id), 303)
