"""Beginning a self-check, coming back to it with a link, and all that this browser may open."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Allowed, Role
from selfcheck.store.access import self_checks
from selfcheck.store.access.links import Valid
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.database.times import RESTORABLE
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import COORDINATION, Details, Holder, Who
from selfcheck.store.parts.writes import Part, Write
from selfcheck.store.sharing.readers import Held, list_reports
from selfcheck.web.entry import entrance, my_list, pages
from selfcheck.web.entry.profile_form import BeginForm
from selfcheck.web.http import attempts, clock, headers
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.templating import newest


@pages.route("/selbstcheck/neu", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    headers.keep_private()
    form = BeginForm()
    if not form.validate_on_submit():
        return _show_new(form), form.status
    attempts.count_attempt("begin")
    if signed_in.account() is None:
        cookie.make_room()
    questionnaire, account = newest(), signed_in.account()
    details = Details(form.municipality.data or "", form.district.data, form.profile, form.interview.day)
    holder, key, held = Holder(account.id, account.name) if account else None, form.key.data or "", cookie.grants()
    check, secret = self_checks.begin(questionnaire.name, details, clock.now(), key, held, holder)
    # somebody may have gone back, changed the form and sent it again: it says what is right, while nobody said more
    if check.details != details and check.version == 1:
        by, write = Who(None, COORDINATION), Write(Part.DETAILS, "", check.version, details)
        saving.save(check, questionnaire, [write], by, clock.now(), allowed=Allowed(Role.COORDINATOR))
    if secret is not None:
        cookie.add_grant(secret)
    first = questionnaire.criteria[0].id
    return redirect(url_for("questions.criterion", check_id=check.public_id, criterion_id=first, neu=1), 303)


def _show_new(form: BeginForm) -> str:
    full = cookie.nearly_full() if signed_in.account() is None else None
    return render_template("entry/new.html", form=form, chambers=catalogue().chambers, full=full)


@pages.get("/selbstchecks")
def mine() -> str:
    """Everything that this visitor may open, newest change first; what can only be read stands for itself."""
    headers.keep_private()
    account = signed_in.account()
    listed = my_list.find_mine()
    entries = listed.mine
    return render_template(
        "entry/mine.html",
        open=my_list.tell(my_list.list_open(entries)),
        reports=_list_reports(account) if any(entry.share for entry in entries) else [],
        deleted=[entry for entry in entries if entry.check.deleted_at],
        damaged=listed.damaged,
        restorable={
            check.public_id: clock.local(check.deleted_at + RESTORABLE).date()
            for check in (entry.check for entry in entries)
            if check.deleted_at is not None
        },
        account=account,
        today=clock.today(),
        full=cookie.nearly_full(),
    )


def _list_reports(account: SignedIn | None) -> list[Held]:
    return list_reports(cookie.grants(), clock.now(), account.id if account else None).reports


@pages.get("/zugang/<link:token>")
def entry(token: str) -> str:
    """Says who asks, for what and until when; opening the address itself grants nothing."""
    return _show_entry(entrance.find_link(token), token, entrance.NameForm())


@pages.post("/zugang/<link:token>")
def enter(token: str) -> ResponseReturnValue:
    link, form = entrance.find_link(token), entrance.NameForm()
    if not form.validate():
        return _show_entry(link, token, form), 422
    name = "" if link.role is Role.COORDINATOR else form.name.data or ""
    return redirect(entrance.enter(link, token, name), 303)


def _show_entry(link: Valid, token: str, form: entrance.NameForm) -> str:
    account = signed_in.account()
    if link.role is Role.COORDINATOR:
        return render_template("entry/entry.html", check=link.check, token=token, account=account)
    place, office = entrance.find_place(link), link.role is Role.OFFICE
    return render_template(
        "entry/invitation.html",
        found=link,
        check=link.check,
        token=token,
        form=form,
        office=office,
        asked=entrance.count_asked(link) if office else None,
        inside=place is not None and place.role in entrance.INSIDE and not entrance.moves_into_account(link, place),
        account=account,
    )
