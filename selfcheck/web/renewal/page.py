"""„Aus letztem Stand beginnen“, and a newer version for a self-check that goes on: look first, then press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german
from selfcheck.store.access.grants import Access
from selfcheck.store.database.limits import LABEL
from selfcheck.store.database.transactions import reading
from selfcheck.store.history import moments
from selfcheck.store.history.contents import settle_all
from selfcheck.store.history.moments import Moment, Then
from selfcheck.store.parts.values import Holder
from selfcheck.store.renewal.moving import Move, Source, begin_from, move, plan_move
from selfcheck.web.http import attempts, clock, guards
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import KeyField, PageForm
from selfcheck.web.layout.templating import newest
from selfcheck.web.parts.submitted import read_version
from selfcheck.web.renewal import pages
from selfcheck.web.renewal.plan_rows import show_plan

NOW = "jetzt"


@dataclass(frozen=True, slots=True)
class Start:
    """A state to begin from: its name in the address, its words, what the new self-check calls it, and its change."""

    key: str
    title: str
    name: str
    change_id: int | None


class StartForm(Form):
    stand = SelectField("Aus welchem Stand?")


class BeginForm(PageForm):
    key = KeyField()


@pages.route("/selbstcheck/<check_id>/neu-beginnen", methods=["GET", "POST"])
def begin(check_id: str) -> ResponseReturnValue:
    """A new self-check for the next audit; this one stays as it is."""
    access = guards.enter(check_id, Right.EXPORT)
    asked, form = check_page.prepare(access.check).questionnaire, BeginForm()
    starts = _list_starts(moments.moments(access.check.id))
    start = starts.get(request.values.get("stand", NOW), starts[NOW])
    then, present = moments.read_then(access.check, asked, [start.change_id, None], find_version)
    onto = Move(then.questionnaire, newest(), start.name, clock.today(), renewal=True)
    if form.validate_on_submit():
        return _begin(then, onto, form.key.data or "")
    page = check_page.show_loaded(access, present.loaded)
    choice = StartForm(data={"stand": start.key})
    choice.stand.choices = {each.key: each.title for each in starts.values()}
    return _show("renewal/begin.html", page, then, onto, start=start, choice=choice, form=form), form.status


def _list_starts(named: Sequence[Moment]) -> dict[str, Start]:
    today = german.day(clock.today())
    starts = [Start(NOW, "so, wie er jetzt ist", f"Letzter Stand vom {today}", None)]
    for each in named:
        when, key = german.moment(clock.local(each.at)), f"stand-{each.id}" if each.id is not None else each.share
        words = each.name if each.id is not None else f"Bericht an {each.name}"
        starts.append(Start(key, f"{words} ({when})", german.shorten(f"Letzter Stand: {words}", LABEL), each.change_id))
    return {start.key: start for start in starts}


def _begin(then: Then, onto: Move, key: str) -> ResponseReturnValue:
    attempts.count_attempt("begin")
    account = signed_in.account()
    if account is None:
        cookie.make_room()
    holder = Holder(account.id, account.name) if account else None
    source = Source(then.loaded.check.details, settle_all(then.contents), then.loaded.check.id)
    check, secret = begin_from(source, onto, key, clock.now(), cookie.grants(), holder)
    if secret is not None:
        cookie.add_grant(secret)
    return redirect(url_for("overview.overview", check_id=check.public_id, erneuert=1), 303)


@pages.route("/selbstcheck/<check_id>/neue-fassung", methods=["GET", "POST"])
def version(check_id: str) -> ResponseReturnValue:
    """The same self-check on the newest version; with `erneuern` for the next audit, as one from a file is."""
    access = guards.enter(check_id, Right.VERSION)
    asked, renewal = check_page.prepare(access.check).questionnaire, "erneuern" in request.values
    onto = Move(asked, newest(), _name_before(asked, renewal), clock.today(), renewal)
    moved = False
    if request.method == "POST" and _leads_on(onto):
        seen = read_version(request.form.get("newest"))
        if move(access.check, onto, seen, access.who, clock.now(), allowed=access.allowed):
            word = "erneuert" if renewal else "fassung"
            return redirect(f"{url_for('overview.overview', check_id=check_id)}?{word}=1", 303)
        moved = True
    return _show_version(access, onto, moved=moved), 409 if moved else 200


def _leads_on(onto: Move) -> bool:
    return onto.renewal or onto.old.name != onto.new.name


def _name_before(asked: Questionnaire, renewal: bool) -> str:
    today = german.day(clock.today())
    return f"Letzter Stand vom {today}" if renewal else f"Fassung {asked.version}, bis {today}"


def _show_version(access: Access, onto: Move, *, moved: bool) -> str:
    last = moments.newest_change(reading(), access.check.id)
    (present,) = moments.read_then(access.check, onto.old, [None])
    page = check_page.show_loaded(access, present.loaded)
    return _show("renewal/version.html", page, present, onto, newest=last, moved=moved, leads_on=_leads_on(onto))


def _show(template: str, page: CheckPage, then: Then, onto: Move, **context: object) -> str:
    answers = then.loaded.answers
    plan = show_plan(plan_move(onto, answers), onto.old, answers, onto.new)
    address = url_for("overview.overview", check_id=page.check.public_id)
    counted = {"goals": len(then.loaded.goals), "projects": len(then.loaded.projects)}
    return check_page.render(template, page, address, onto=onto, plan=plan, counted=counted, **context)
