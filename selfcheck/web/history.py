"""Verlauf: who changed what when, newest first; one person's changes to one part within ten minutes as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import Blueprint, current_app, request, url_for

from selfcheck.core.permissions import Right
from selfcheck.reporting.change_text import ChangeText, say_change
from selfcheck.store import history as stored
from selfcheck.store.writes import Part
from selfcheck.web import check_page
from selfcheck.web.check_page import CheckPage
from selfcheck.web.parts import read_version
from selfcheck.web.profile_form import OTHER, OTHER_WORDS

pages = Blueprint("history", __name__)
PAGE = 100
EVENTS = (
    Part.CHECK,
    Part.SHARE,
    Part.TEAM,
    Part.CHARGE,
    Part.RETURN,
    Part.COMMENT,
    Part.STATE,
    Part.REDACTION,
)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line; `here` says whether it was made on the device that looks."""

    at: datetime
    by: str
    here: bool
    text: ChangeText
    number: str
    href: str


@pages.get("/selbstcheck/<check_id>/verlauf")
def changes(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    before = read_version(request.args.get("vor")) or None
    found = stored.history(page.check.id, PAGE + 1, before)
    shown = found[:PAGE]
    older = shown[-1].id if len(found) > PAGE else None
    address = url_for("history.changes", check_id=check_id)
    districts = _name_districts()
    rows = [_row(page, change, districts) for change in _fold(shown)]
    return check_page.render("history/changes.html", page, address, rows=rows, older=older, first=before is None)


def _fold(changes: Sequence[stored.Change]) -> Iterator[stored.Change]:
    """What was changed in a row as one; what happened, like sharing and withdrawing, each for itself."""
    for happened, run in groupby(changes, key=lambda change: change.part in EVENTS):
        found = list(run)
        yield from found if happened else stored.fold(found)


def _name_districts() -> dict[str, str]:
    chambers = current_app.extensions["catalogue"].chambers
    return {OTHER: OTHER_WORDS} | {district.key: district.name for district in chambers.districts}


def _row(page: CheckPage, change: stored.Change, districts: Mapping[str, str]) -> ChangeRow:
    text = say_change(page.questionnaire, change.part, change.subject, change.before, change.after, districts)
    number = href = ""
    if text.question is not None:
        question = page.questionnaire.question[text.question]
        number = question.number
        href = url_for(
            "fill_in.criterion",
            check_id=page.check.public_id,
            criterion_id=question.criterion,
            _anchor=f"frage-{question.id}",
        )
    here = change.grant_id == page.access.grant_id
    return ChangeRow(change.at, change.by, here, text, number, href)
