"""Ziele und Sonderpunkte: goals for the next period, last time's goals, projects; saved entry by entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_author
from selfcheck.store.parts.values import Entry, EntryText, Loaded
from selfcheck.store.parts.writes import Part
from selfcheck.web.goals import pages
from selfcheck.web.goals.forms import FORMS, EntryShown, SubmittedEntry, list_errors, read_entries, show_entry, show_new
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission

ADDRESS = "/selbstcheck/<check_id>/ziele"


@dataclass(frozen=True, slots=True)
class EntryList:
    """One list as it is shown: stored entries, and one to fill in."""

    part: Part
    shown: tuple[EntryShown, ...]
    new: EntryShown


@pages.get(ADDRESS)
def lists(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ))


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    submission = Submission(request.form)
    submitted = [entry for part in FORMS for entry in read_entries(part, submission, questionnaire)]
    saving = protocol.save(access, questionnaire, [entry.part for entry in submitted])
    if errors.wants_json():
        return protocol.answer_script(saving, _draw_conflicts(saving))
    if saving.status != 200:
        return _render(check_page.show_loaded(access, saving.loaded), submitted, saving), saving.status
    return redirect(url_for("goals.lists", check_id=check_id, gespeichert=1), 303)


def _draw_conflicts(saving: Saving) -> dict[str, str]:
    """What the script draws anew after a save."""
    return {
        f"#konflikte-{name.replace('.', '-')}": draw_conflicts(saving.list_conflicts(name), name)
        for name in saving.parts
    }


def _entries(loaded: Loaded, part: Part) -> Sequence[Entry[EntryText]]:
    lists: dict[Part, Sequence[Entry[EntryText]]] = {
        Part.GOAL: loaded.goals,
        Part.PAST_GOAL: loaded.past_goals,
        Part.PROJECT: loaded.projects,
    }
    return lists[part]


def _render(page: CheckPage, submitted: Sequence[SubmittedEntry] = (), saving: Saving | None = None) -> str:
    """The page; what of `submitted` could not be saved stays as it was typed."""
    conflicts = saving.conflicts if saving else {}
    refused = [entry for entry in submitted if entry.part.errors or entry.part.name in conflicts]
    mine = {entry.part.name: entry.shown for entry in refused}
    wrong = list_errors(refused)
    wrong += [(f"konflikt-{name}", "Ein Eintrag wurde zwischenzeitlich geändert.") for name in conflicts]
    saved = [entry.at for part in FORMS for entry in _entries(page.loaded, part)]
    return check_page.render(
        "goals/lists.html",
        page,
        url_for("goals.lists", check_id=page.check.public_id),
        lists={part.value: _list(page, part, mine) for part in FORMS},
        conflicts=conflicts,
        errors=wrong,
        saved=max(saved, default=None),
        wanted=german.in_words(page.questionnaire.goals),
        scope=f"{page.check.public_id}-{page.access.place_id}",
    )


def _list(page: CheckPage, part: Part, mine: Mapping[str, EntryShown]) -> EntryList:
    entries = {}
    for entry in _entries(page.loaded, part):
        author = say_author(entry.by, clock.local(entry.at), page.access.me)
        stored = replace(show_entry(part, entry, page.questionnaire), author=author)
        entries[stored.name] = stored
    entries |= {name: entry for name, entry in mine.items() if name.startswith(f"{part.value}.")}
    shown = tuple(entry for entry in entries.values() if entry.number is not None)
    new = next((entry for entry in entries.values() if entry.number is None), None)
    return EntryList(part, shown, new or show_new(part, page.questionnaire))
