"""Ziele und Sonderpunkte: goals for the next period, last time's goals, projects; saved entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import get_template_attribute, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_author
from selfcheck.store.access import self_checks
from selfcheck.store.parts.records import Entry, EntryText, Loaded
from selfcheck.store.parts.writes import Conflict, Outcome, Part
from selfcheck.web.goals import pages
from selfcheck.web.goals.forms import (
    EntryPart,
    EntryShown,
    base_of,
    describe_entry,
    list_errors,
    read_entries,
    show_entry,
    show_new,
)
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions.conflicts import show_part
from selfcheck.web.questions.reading import decide, has_decided
from selfcheck.web.questions.trouble import ConflictShown

ADDRESS = "/selbstcheck/<check_id>/ziele"
LISTS = (Part.GOAL, Part.PAST_GOAL, Part.PROJECT)


@dataclass(frozen=True, slots=True)
class EntryList:
    """One list as it is shown: stored entries, an empty one at the end, and the conflicts of its entries."""

    part: Part
    shown: tuple[EntryShown, ...]
    new: EntryShown
    conflicts: dict[str, ConflictShown]


@pages.get(ADDRESS)
def lists(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ), [], {})


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    prepared = check_page.prepare(access.check)
    submitted = _read(prepared.questionnaire)
    written = [part for part in submitted if part.write is not None]
    result = self_checks.save(
        access.check,
        prepared.questionnaire,
        [part.write for part in written if part.write is not None],
        access.who,
        clock.now(),
        decided=has_decided(request.form),
    )
    page = check_page.show_loaded(access, prepared, result.loaded)
    outcomes = {part.shown.name: outcome for part, outcome in zip(written, result.outcomes, strict=True)}
    conflicts = {
        part.shown.name: _show_conflict(part, outcome)
        for part in written
        if isinstance(outcome := outcomes[part.shown.name], Conflict)
    }
    refused = [part for part in submitted if part.shown.form.errors or part.shown.form.title.errors]
    if errors.wants_json():
        return _answer_script(page, submitted, outcomes, refused, conflicts)
    if refused or conflicts:
        kept = [part for part in submitted if part in refused or part.shown.name in conflicts]
        return _render(page, kept, conflicts), 409 if conflicts else 422
    return redirect(url_for("goals.lists", check_id=check_id, gespeichert=1), 303)


def _read(questionnaire: Questionnaire) -> list[EntryPart]:
    """Every submitted entry; one whose conflict was decided for the other side is left out."""
    entered = decide(request.form)
    return [entry for part in LISTS for entry in read_entries(part, entered, questionnaire)]


def _show_conflict(part: EntryPart, outcome: Conflict) -> ConflictShown:
    mine = None if part.shown.form.remove.data else describe_entry(part.shown.form.text())
    theirs = describe_entry(outcome.theirs.text if outcome.theirs is not None else None)
    return show_part(part.shown.name, "Eintrag", mine, theirs, outcome, marked=True)


def _entries(loaded: Loaded, part: Part) -> Sequence[Entry[EntryText]]:
    lists: dict[Part, Sequence[Entry[EntryText]]] = {
        Part.GOAL: loaded.goals,
        Part.PAST_GOAL: loaded.past_goals,
        Part.PROJECT: loaded.projects,
    }
    return lists[part]


def _render(page: CheckPage, kept: Sequence[EntryPart], conflicts: dict[str, ConflictShown]) -> str:
    """`kept` are submitted entries that were refused or met a conflict: they stay as they were typed."""
    mine = {part.shown.name: part.shown for part in kept}
    shown = [_list(page, part, mine, conflicts) for part in LISTS]
    wrong = list_errors(kept)
    wrong += [(f"konflikt-{name}", "Ein Eintrag wurde zwischenzeitlich geändert.") for name in conflicts]
    saved = [entry.at for part in LISTS for entry in _entries(page.loaded, part)]
    return check_page.render(
        "goals/lists.html",
        page,
        url_for("goals.lists", check_id=page.check.public_id),
        lists={each.part.value: each for each in shown},
        errors=wrong,
        saved=max(saved, default=None),
        wanted=german.in_words(page.questionnaire.goals),
        scope=f"{page.check.public_id}-{page.access.link_id}",
    )


def _list(page: CheckPage, part: Part, mine: dict[str, EntryShown], conflicts: dict[str, ConflictShown]) -> EntryList:
    stored = [
        replace(show_entry(part, entry, page.questionnaire), author=_say_author(page, entry))
        for entry in _entries(page.loaded, part)
    ]
    shown = [mine.get(entry.name, entry) for entry in stored]
    known = {entry.name for entry in stored}
    gone = [entry for name, entry in mine.items() if entry.number is not None and name not in known]
    new = [entry for entry in mine.values() if entry.number is None and entry.name.startswith(f"{part.value}.")]
    here = [entry for entry in gone if entry.name.startswith(f"{part.value}.")]
    fresh = new[0] if new else show_new(part, page.questionnaire)
    return EntryList(part, (*shown, *here), fresh, conflicts)


def _say_author(page: CheckPage, entry: Entry[EntryText]) -> str:
    return say_author(entry.by, clock.local(entry.at), page.access.me)


def _answer_script(
    page: CheckPage,
    submitted: Sequence[EntryPart],
    outcomes: dict[str, Outcome],
    refused: Sequence[EntryPart],
    conflicts: dict[str, ConflictShown],
) -> ResponseReturnValue:
    stored = {f"{part.value}.{entry.number}": entry for part in LISTS for entry in _entries(page.loaded, part)}
    parts = {part.shown.name: _part(part, outcomes, refused, stored) for part in submitted}
    html = {f"#konflikte-{name.replace('.', '-')}": _conflict_html(conflicts.get(name), name) for name in parts}
    status = 409 if conflicts else 422 if refused else 200
    return jsonify(at=_clock(clock.now()), parts=parts, html=html), status


def _part(
    part: EntryPart,
    outcomes: dict[str, Outcome],
    refused: Sequence[EntryPart],
    stored: dict[str, Entry[EntryText]],
) -> dict[str, object]:
    if part in refused:
        wrong = {field.short_name: str(field.errors[0]) for field in part.shown.form if field.errors}
        return {"state": "error", "errors": wrong}
    if isinstance(outcomes.get(part.shown.name), Conflict):
        return {"state": "conflict"}
    entry = stored.get(part.shown.name)
    if entry is None:
        return {"state": "saved", "version": part.shown.version, "base": part.shown.base}
    return {"state": "saved", "version": entry.version, "base": base_of(entry.text)}


def _conflict_html(conflict: ConflictShown | None, name: str) -> str:
    if conflict is None:
        return ""
    return str(get_template_attribute("parts/conflict.html", "conflict_box")([conflict], name))


def _clock(moment: datetime) -> str:
    return german.clock(clock.local(moment))
