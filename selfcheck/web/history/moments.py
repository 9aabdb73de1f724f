"""Stände: naming them, comparing any two, going back to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField

from selfcheck.core.permissions import Right
from selfcheck.reporting.words import german
from selfcheck.store.access.grants import Access
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.store.database.limits import LABEL
from selfcheck.store.database.transactions import reading
from selfcheck.store.history import moments as stored
from selfcheck.store.history import put_back
from selfcheck.store.history.contents import settle_all
from selfcheck.store.history.moments import Moment, Then
from selfcheck.store.history.put_back import Return
from selfcheck.store.parts.writes import Part
from selfcheck.web.history import pages
from selfcheck.web.history.comparison import compare_moments
from selfcheck.web.history.moment_form import MomentForm
from selfcheck.web.history.names import AUDIT_SHEET, LISTS
from selfcheck.web.history.page import ROOT, for_reader, show_history
from selfcheck.web.http import clock, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.submitted import read_version

ONE = f"{ROOT}/staende/<moment_id>"
NOW, BEGINNING, TAKEN_OVER = "jetzt", "anfang", "uebernommen"
COUNTED: dict[str, tuple[str, str]] = {
    Part.CHOICE: ("Antwort", "Antworten"),
    Part.NOTE: ("Erläuterung", "Erläuterungen"),
    Part.EVIDENCE: ("Beleg", "Belege"),
    Part.STEP: ("Schritt der Checkliste", "Schritte der Checkliste"),
    **dict.fromkeys(LISTS, ("Ziel oder Projekt", "Ziele und Projekte")),
    **dict.fromkeys(AUDIT_SHEET, ("Eintrag zum Prüfbogen", "Einträge zum Prüfbogen")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A Stand that can be compared: its name in the address, its words, and the last change that belongs to it."""

    key: str
    title: str
    change_id: int | None


class CompareForm(Form):
    von = SelectField("Von")
    bis = SelectField("Bis")


@pages.post(f"{ROOT}/staende")
def name(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.STATES)
    form = MomentForm()
    if not form.validate_on_submit():
        return show_history(check_page.load_page(access), form), 422
    stored.name_moment(access.check.id, form.name.data or "", access.who, clock.now(), form.key.data or "")
    return redirect(url_for("history.changes", check_id=check_id, benannt=1), 303)


@pages.route(f"{ONE}/name", methods=["GET", "POST"])
def rename(check_id: str, moment_id: str) -> ResponseReturnValue:
    """Another name, or none any more."""
    access = guards.enter(check_id, Right.STATES)
    moment = _find(access, moment_id)
    if "entfernen" in request.form:
        stored.remove_moment(access.check.id, moment.id or 0, access.who, clock.now())
        return redirect(url_for("history.changes", check_id=check_id, namenlos=1), 303)
    form = MomentForm({"name": moment.name})
    if not form.validate_on_submit():
        page = check_page.load_page(access)
        shown = for_reader(access, moment)
        return check_page.render("history/rename.html", page, _address(page), moment=shown, form=form), form.status
    stored.rename_moment(access.check.id, moment.id or 0, form.name.data or "", access.who, clock.now())
    return redirect(url_for("history.changes", check_id=check_id, umbenannt=1), 303)


def _find(access: Access, moment_id: str) -> Moment:
    found = stored.find_moment(reading(), access.check.id, read_version(moment_id))
    if found is None:
        abort(404)
    return found


def _address(page: CheckPage) -> str:
    return url_for("history.changes", check_id=page.check.public_id)


@pages.get(f"{ROOT}/vergleich")
def compare(check_id: str) -> str:
    access = guards.enter(check_id, Right.STATES)
    prepared = check_page.prepare(access.check)
    named = [Choice(_key(each), _say(each), each.change_id) for each in stored.moments(access.check.id)]
    choices = [Choice(NOW, "jetzt", None), *named, Choice(BEGINNING, "Beginn des Selbstchecks", 0)]
    (before, after), unknown = _choose(choices, _find_taken_over(access, named))
    ids = [before.change_id, after.change_id, None]
    then, later, present = stored.read_then(access.check, prepared.questionnaire, ids, find_version)
    page = check_page.show_loaded(access, present.loaded)
    form = CompareForm(data={"von": before.key, "bis": after.key})
    form.von.choices = form.bis.choices = {choice.key: choice.title for choice in choices}
    return check_page.render(
        "history/compare.html",
        page,
        _address(page),
        form=form,
        before=before,
        after=after,
        unknown=unknown,
        found=compare_moments(page, then, later),
    )


def _key(moment: Moment) -> str:
    return f"stand-{moment.id}" if moment.id is not None else f"bericht-{moment.share}"


def _say(moment: Moment) -> str:
    when = german.moment(clock.local(moment.at))
    return f"{moment.name} ({when})" if moment.id is not None else f"Bericht an {moment.name} ({when})"


def _find_taken_over(access: Access, named: Sequence[Choice]) -> Choice | None:
    """The Stand with which the present version of the questionnaire began, where the address asks for it."""
    moves = stored.read_moves(access.check.id) if request.args.get("von") == TAKEN_OVER else []
    return next((each for each in named if moves and (each.change_id or 0) < moves[-1].id), None)


def _choose(choices: Sequence[Choice], taken_over: Choice | None) -> tuple[tuple[Choice, Choice], bool]:
    """The two that the address names, else the newest Stand and now; whether it names one that is not there."""
    known = {choice.key: choice for choice in choices} | ({TAKEN_OVER: taken_over} if taken_over else {})
    before, after = request.args.get("von", ""), request.args.get("bis", "")
    unknown = any(key and key not in known for key in (before, after))
    return (known.get(before, choices[1]), known.get(after, choices[0])), unknown


@pages.route(f"{ONE}/zurueck", methods=["GET", "POST"])
def go_back(check_id: str, moment_id: str) -> ResponseReturnValue:
    """Asks once and says what changes; then everything is as it was at that Stand, and nothing is lost."""
    access = guards.enter(check_id, Right.TAKE_BACK)
    prepared = check_page.prepare(access.check)
    moment = _find(access, moment_id)
    if stored.find_version(moment.change_id, stored.read_moves(access.check.id)):
        abort(404)  # it answers another version of the questionnaire
    if request.method == "GET":
        return _ask(access, prepared, moment)
    went = put_back.go_back(
        access.check,
        prepared.questionnaire,
        Return(moment.id or 0, read_version(request.form.get("newest")), name_rescue(moment.name)),
        access.who,
        clock.now(),
        allowed=access.allowed,
    )
    if went is None:
        abort(404)
    if went.moved:
        return _ask(access, prepared, moment, moved=True), 409
    word = "zurueck" if went.changed else "unveraendert"
    return redirect(f"{url_for('history.changes', check_id=check_id)}?{word}=1", 303)


def name_rescue(name: str) -> str:
    """What the present state is called before somebody goes back."""
    begin = "Vor dem Zurückgehen auf „"
    room = LABEL - len(begin) - 1
    return f"{begin}{name if len(name) <= room else name[: room - 1] + '…'}“"


def _ask(access: Access, prepared: Prepared, moment: Moment, *, moved: bool = False) -> str:
    newest = stored.newest_change(reading(), access.check.id)
    then, present = stored.read_then(access.check, prepared.questionnaire, [moment.change_id, None])
    page = check_page.show_loaded(access, present.loaded)
    counted, details = _count(page, present, then)
    return check_page.render(
        "history/go_back.html",
        page,
        _address(page),
        moment=for_reader(access, moment),
        key=_key(moment),
        newest=newest,
        counted=counted,
        details=details,
        rescue=name_rescue(moment.name),
        moved=moved,
    )


def _count(page: CheckPage, present: Then, then: Then) -> tuple[list[str], bool]:
    """How much of what would change, and whether the details would but may not."""
    wanted = put_back.differing(present.contents, settle_all(then.contents))
    counts = Counter(COUNTED[part] for part, _ in wanted if part in COUNTED)
    said = [german.count(counts[words], *words) for words in dict.fromkeys(COUNTED.values()) if counts[words]]
    differs = any(part == Part.DETAILS for part, _ in wanted)
    if differs and page.may(Right.DETAILS):
        said.append("die Angaben zur Kommune")
    return said, differs and not page.may(Right.DETAILS)
