"""Beginning a self-check, coming back to it with a link, and all that this browser may open."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Role
from selfcheck.store import access, checks
from selfcheck.store.records import Check, Details, Holder, NewCheck, Who
from selfcheck.web import clock, cookie, guards, headers, signed_in
from selfcheck.web.errors import Ended
from selfcheck.web.profile_form import BeginForm
from selfcheck.web.templating import newest

pages = Blueprint("start", __name__)
NO_MORE = "Dieser Link gilt nicht mehr."
AGAIN = (
    "Wenn Sie den Selbstcheck auf einem anderen Gerät noch offen haben, lassen Sie sich dort unter "
    "„Übersicht“ einen neuen persönlichen Link anzeigen."
)
RESTORE = (
    "30 Tage lang lässt er sich wiederherstellen: auf einem Gerät, auf dem er zuletzt offen war, "
    "unter „Meine Selbstchecks“."
)


@pages.route("/selbstcheck/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    headers.keep_private()
    form = BeginForm()
    form.offer(current_app.extensions["catalogue"].chambers)
    if form.validate_on_submit():
        return _begin(form)
    if request.method != "POST" or form.key.errors:
        form.key.data = secrets.token_hex(16)
    status = 422 if request.method == "POST" else 200
    return render_template("start/new.html", form=form, chambers=current_app.extensions["catalogue"].chambers), status


def _begin(form: BeginForm) -> ResponseReturnValue:
    guards.count_attempt("begin")
    questionnaire, account = newest(), signed_in.account()
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
        cookie.grants(),
        Holder(account.id, account.name) if account else None,
    )
    _correct(check, form)
    if secret is not None:
        cookie.add_grant(secret)
    first = questionnaire.criteria[0].id
    return redirect(url_for("fill_in.criterion", check_id=check.public_id, criterion_id=first, neu=1), 303)


def _correct(check: Check, form: BeginForm) -> None:
    """Somebody went back, changed the form and sent it again: it says what is right, while nobody said more."""
    wanted = Details(form.municipality.data or "", form.district.data, form.profile, form.interview_day)
    if check.details != wanted and check.version == 1:
        checks.save_details(check.id, check.version, wanted, Who(None, access.COORDINATION), clock.now())


@pages.get("/selbstchecks")
def mine() -> str:
    headers.keep_private()
    listed = access.my_checks(cookie.grants(), clock.now(), signed_in.account_id())
    return render_template("start/mine.html", checks=listed, now=clock.now(), restorable=_find_last_days(listed))


def _find_last_days(listed: Iterable[access.Mine]) -> dict[str, date]:
    """Until when each deleted self-check can be restored, by its public id."""
    deleted = {entry.check.public_id: entry.check.deleted_at for entry in listed}
    return {id: clock.local(at + access.RESTORABLE).date() for id, at in deleted.items() if at is not None}


@pages.get("/zugang/<token>")
def entry(token: str) -> str:
    found = _valid(token)
    return render_template("start/entry.html", check=found.check, token=token)


@pages.post("/zugang/<token>")
def enter(token: str) -> ResponseReturnValue:
    found = _valid(token)
    held = cookie.grants()
    # a browser that may open it already keeps its grant: twenty clicks must not push its other self-checks out
    place = access.visitor(held, found.check.public_id, clock.now(), note_visit=False)
    if place is None or place.role is not found.role or place.closed_at is not None:
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
        deleted = found.why is access.Why.DELETED
        what, ask = (guards.DELETED, RESTORE) if deleted else (NO_MORE, AGAIN)
        raise Ended(what, clock.local(found.when).date(), ask)
    if found is None or found.role is not Role.COORDINATOR:
        guards.count_attempt("token")
        abort(404)
    return found
