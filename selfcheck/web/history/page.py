"""Verlauf: who changed what when, newest first; one person's changes to one part within ten minutes as one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words.authors import ME, NAMELESS_ME, say_by
from selfcheck.store.access.grants import Access
from selfcheck.store.history import moments, put_back
from selfcheck.store.history.changes import Change, Wanted, fold, history, list_authors
from selfcheck.store.history.contents import raw_content
from selfcheck.store.history.put_back import Line, TakenBack
from selfcheck.store.history.redaction import holds_text
from selfcheck.store.parts.kinds.register import returning
from selfcheck.store.parts.writes import Conflict, Part, Saved
from selfcheck.web.history import pages
from selfcheck.web.history.moment_form import MomentForm
from selfcheck.web.history.names import AUDIT_SHEET, LISTS, ONES, Named, link_redaction, name_change
from selfcheck.web.http import clock, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.conflicts import name_author, show_part
from selfcheck.web.parts.submitted import THEIRS, read_resolution, read_version

ROOT = "/selbstcheck/<check_id>/verlauf"
PAGE = 100
EVENTS = (
    Part.CHECK,
    Part.SHARE,
    Part.TALK,
    Part.TEAM,
    Part.CHARGE,
    Part.RETURN,
    Part.COMMENT,
    Part.STATE,
    Part.REDACTION,
    Part.FILE,
)
KINDS: dict[str, tuple[str, tuple[Part, ...]]] = {
    "antworten": ("Antworten", (Part.CHOICE,)),
    "erlaeuterungen": ("Erläuterungen", (Part.NOTE,)),
    "nachweise": ("Belege", (Part.EVIDENCE, Part.FILE)),
    "checkliste": ("Checkliste", (Part.STEP,)),
    "ziele": ("Ziele und Projekte", LISTS),
    "pruefbogen": ("Prüfbogen", AUDIT_SHEET),
    "angaben": ("Angaben zur Kommune", (Part.CHECK, *ONES)),
    "staende": ("Stände und geteilte Berichte", (Part.STATE, Part.SHARE, Part.REDACTION)),
    "ihk": ("Austausch mit der IHK", (Part.TALK,)),
    "team": ("Team", (Part.TEAM, Part.ASSIGNMENT, Part.CHARGE, Part.MESSAGE, Part.RETURN, Part.COMMENT)),
}
TIMES = {"tag": ("letzte 24 Stunden", 1), "woche": ("letzte 7 Tage", 7), "monat": ("letzte 30 Tage", 30)}
DONE = {
    "zurueckgenommen": (
        "Zurückgenommen",
        "Es steht wieder da, was vorher da stand. Auch das ist eine Änderung; Sie können sie ebenso zurücknehmen.",
    ),
    "unveraendert": ("Nichts zu tun", "Was vorher da stand, steht schon wieder da."),
    "benannt": ("Stand benannt", "Sie finden ihn in der Liste der Stände und können ihn mit anderen vergleichen."),
    "umbenannt": ("Stand umbenannt", ""),
    "namenlos": ("Name entfernt", "Der Verlauf selbst bleibt vollständig."),
    "zurueck": (
        "Zurückgegangen",
        "Alles steht wieder so da wie damals. Der Stand davor hat einen Namen bekommen; auch zu ihm können Sie zurück.",
    ),
    "entfernt": ("Text entfernt", "Er steht nirgends mehr: nicht im Selbstcheck, nicht im Verlauf, in keinem Bericht."),
    "antwort-entfernt": ("Text entfernt", "Weder Sie noch die IHK können ihn noch lesen."),
}
"""What is said once after something was done, by its word in the address."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line; `circled` says that after several changes the same stands there as before. `line` names its changes
    where it can be taken back, `redaction` is where its text can be taken out."""

    at: datetime
    by: str
    named: Named
    circled: bool
    line: str
    redaction: str


class FilterForm(Form):
    was = SelectField("Was")
    frage = SelectField("Frage")
    wer = SelectField("Wer")
    wann = SelectField("Wann")


@pages.get(ROOT)
def changes(check_id: str) -> str:
    return show_history(check_page.open_check(check_id, Right.STATES), MomentForm())


def show_history(page: CheckPage, form: MomentForm) -> str:
    """The history as the address filters it; `form` names a Stand."""
    before = read_version(request.args.get("vor")) or None
    authors = list_authors(page.check.id)
    chosen = read_filter(page.questionnaire, authors)
    changes = history(page.check.id, PAGE + 1, before, _want(chosen))
    shown, moves = changes[:PAGE], moments.read_moves(page.check.id)
    done = next((DONE[word] for word in DONE if word in request.args), None)
    return check_page.render(
        "history/changes.html",
        page,
        url_for("history.changes", check_id=page.check.public_id),
        rows=[_row(page, change, moves) for change in _fold(shown)],
        older=shown[-1].id if len(changes) > PAGE else None,
        first=before is None,
        chosen=chosen,
        filter=_make_filter(page, authors, chosen),
        moments=_list_moments(page) if before is None and not chosen else [],
        form=form,
        done=done,
        nameless=not page.access.name and page.access.sample is None,
        may_name=page.may(Right.STATES),
        may_take_back=page.may(Right.TAKE_BACK),
        may_begin=page.may(Right.EXPORT),
        may_share=page.may(Right.SHARE),
        moved=max((move.id for move in moves), default=0),
    )


def _list_moments(page: CheckPage) -> list[moments.Moment]:
    return [for_reader(page.access, each) for each in moments.moments(page.check.id)]


def for_reader(access: Access, moment: moments.Moment) -> moments.Moment:
    """A Stand with whoever named it, in the words for whoever looks."""
    return replace(moment, by=_say_by(access, moment.by))


def read_filter(questionnaire: Questionnaire, authors: Sequence[str]) -> dict[str, str]:
    """What the address says of the filter, only what is known."""
    known: dict[str, Collection[str]] = {
        "was": KINDS,
        "frage": [str(each.id) for each in questionnaire.questions],
        "wer": authors,
        "wann": TIMES,
    }
    said = {name: request.args.get(name, "") for name in known}
    return {name: value for name, value in said.items() if value in known[name]}


def _want(chosen: dict[str, str]) -> Wanted:
    parts = KINDS[chosen["was"]][1] if "was" in chosen else ()
    since = clock.now() - timedelta(days=TIMES[chosen["wann"]][1]) if "wann" in chosen else None
    return Wanted(tuple(part.value for part in parts), chosen.get("frage", ""), chosen.get("wer", ""), since)


def _make_filter(page: CheckPage, authors: Sequence[str], chosen: dict[str, str]) -> FilterForm:
    form, questionnaire = FilterForm(data=chosen), page.questionnaire
    form.wer.choices = {"": "alle", **{name: _say_by(page.access, name) for name in authors}}
    form.wann.choices = {"": "jederzeit", **{key: title for key, (title, _) in TIMES.items()}}
    form.was.choices = {"": "alles", **{key: title for key, (title, _) in KINDS.items()}}
    questions = {str(each.id): f"{each.number} {each.name}" for each in questionnaire.questions}
    form.frage.choices = {"": "alle Fragen", **questions}
    return form


def _fold(changes: Sequence[Change]) -> Iterator[Change]:
    """What was changed in a row as one; what happened, like sharing and withdrawing, each for itself."""
    for happened, run in groupby(changes, key=lambda change: change.part in EVENTS):
        together = list(run)
        yield from together if happened else fold(together)


def _row(page: CheckPage, change: Change, moves: Sequence[Change]) -> ChangeRow:
    """What was changed before the self-check came onto another version is told in the words of then, and stays."""
    before = moments.find_version(change.id, moves)
    asked = find_version(before) if before else None
    returns = change.part in returnable(page.access) and not before
    redactable = page.may(Right.REDACT) and holds_text(page.questionnaire, change)
    circled = change.count > 1 and change.before == change.after
    return ChangeRow(
        at=change.at,
        by=_say_by(page.access, change.by, change.grant_id),
        named=name_change(page, change.part, change.subject, change.before, change.after, asked),
        circled=circled,
        line=f"{change.id}-{change.newest}" if returns and not circled else "",
        redaction=link_redaction(page, change.part, change.subject) if redactable else "",
    )


def _say_by(access: Access, by: str, grant_id: int | None = None) -> str:
    """Who it was for whoever looks; `grant_id` tells apart those who write under the same."""
    if grant_id != access.grant_id and (not access.me or by != access.me):
        return say_by(by)
    return f"{by}, {ME}" if access.name else NAMELESS_ME


def returnable(access: Access) -> Collection[str]:
    """The parts that whoever came in may bring back."""
    if not access.may(Right.TAKE_BACK):
        return ()
    return [kind.part for kind in returning() if access.allowed.to_write(kind.right)]


@pages.post(f"{ROOT}/zuruecknehmen")
def take_back(check_id: str) -> ResponseReturnValue:
    """„Diese Änderung zurücknehmen“; where somebody changed it since, both values are shown first."""
    access = guards.enter(check_id, Right.TAKE_BACK)
    prepared = check_page.prepare(access.check)
    resolution = read_resolution(request.form)
    if resolution is not None and resolution.decision == THEIRS:
        return _return(access, prepared.questionnaire)
    first, _, last = request.form.get("line", "").partition("-")
    taken = put_back.take_back(
        access.check,
        prepared.questionnaire,
        Line(read_version(first), read_version(last), resolution.version if resolution else None),
        access.who,
        clock.now(),
        allowed=access.allowed,
    )
    if taken is None:
        abort(404)
    if isinstance(taken.outcome, Conflict):
        return _show_conflict(check_page.load_page(access), taken, taken.outcome), 409
    word = "zurueckgenommen" if isinstance(taken.outcome, Saved) else "unveraendert"
    return _return(access, prepared.questionnaire, word)


def _return(access: Access, questionnaire: Questionnaire, word: str = "") -> ResponseReturnValue:
    chosen = read_filter(questionnaire, list_authors(access.check.id))
    values: dict[str, Any] = {**chosen, **({word: "1"} if word else {})}
    return redirect(url_for("history.changes", check_id=access.check.public_id, **values), 303)


def _show_conflict(page: CheckPage, taken: TakenBack, met: Conflict) -> str:
    line = taken.line
    there = raw_content((line.part, line.subject), met.theirs)
    named = name_change(page, line.part, line.subject, line.before, there)
    shown = show_part("zurueck", named.title, named.text.before, named.text.after, name_author(met, page.access.me))
    return check_page.render(
        "history/conflict.html",
        page,
        url_for("history.changes", check_id=page.check.public_id),
        conflict=shown,
        named=named,
        line=f"{line.id}-{line.newest}",
        chosen=read_filter(page.questionnaire, list_authors(page.check.id)),
    )
