"""Beginning a self-check, coming back to it with a link, and all that this browser may open."""

from __future__ import annotations

import secrets

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.store import access, checks
from selfcheck.store.access import Role
from selfcheck.store.records import NewCheck
from selfcheck.web import clock, cookie, guards, headers
from selfcheck.web.errors import Ended
from selfcheck.web.profile_form import BeginForm
from selfcheck.web.templating import newest

pages = Blueprint("start", __name__)


@pages.route("/selbstcheck/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    form = BeginForm()
    form.offer(current_app.extensions["catalogue"].chambers)
    if form.validate_on_submit():
        return _begin(form)
    if request.method == "GET" or form.key.errors:
        form.key.data = secrets.token_hex(16)
    status = 422 if request.method == "POST" else 200
    return render_template("start/new.html", form=form, chambers=current_app.extensions["catalogue"].chambers), status


def _begin(form: BeginForm) -> ResponseReturnValue:
    guards.count_attempt("begin")
    questionnaire = newest()
    check, secret = checks.begin(
        NewCheck(
            municipality=form.municipality.data or "",
            district=form.district.data,
            profile=form.profile,
            interview=form.interview_day,
            questionnaire=questionnaire.name,
            creation_key=form.key.data or "",
        ),
        clock.now(),
    )
    cookie.add_grant(secret)
    first = questionnaire.criteria[0].id
    return redirect(url_for("fill_in.criterion", check_id=check.public_id, criterion_id=first, neu=1), 303)


@pages.get("/selbstchecks")
def mine() -> str:
    headers.keep_private()
    listed = access.my_checks(cookie.grants(), clock.now())
    return render_template("start/mine.html", checks=listed, now=clock.now())


@pages.get("/zugang/<token>")
def entry(token: str) -> str:
    found = _valid(token)
    return render_template("start/entry.html", check=found.check, token=token)


@pages.post("/zugang/<token>")
def enter(token: str) -> ResponseReturnValue:
    found = _valid(token)
    secret = access.open_link(token, clock.now())
    if secret is None:
        abort(404)
    cookie.add_grant(secret)
    return redirect(url_for("overview.overview", check_id=found.check.public_id), 303)


def _valid(token: str) -> access.Valid:
    """The self-check that a personal link opens; opening the address itself grants nothing."""
    headers.keep_private()
    found = access.look_up(token, clock.now())
    if isinstance(found, access.Ended):
        raise Ended(
            "Dieser Link gilt nicht mehr.",
            clock.local(found.when).date(),
            "Wenn Sie den Selbstcheck auf einem anderen Gerät noch offen haben, lassen Sie sich dort unter "
            "„Übersicht“ einen neuen persönlichen Link anzeigen.",
        )
    if found is None or found.role is not Role.COORDINATOR:
        guards.count_attempt("token")
        abort(404)
    return found
