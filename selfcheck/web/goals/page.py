"""Ziele und Sonderpunkte: goals for the next period, last time's goals, projects; saved entry by entry.

Buttons of the form save everything in it first: nothing typed is lost when a measure or somebody else's goal is taken
over (`measure`, `model`) or an entry shall go (`remove`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from selfcheck.core.permissions import Right
from selfcheck.reporting.report.goal_text import Moved
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_author
from selfcheck.store.access.grants import Access
from selfcheck.store.parts.values import Entry, EntryText, Loaded
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged
from selfcheck.web.goals import pages
from selfcheck.web.goals.forms import FORMS, EntryShown, SubmittedEntry, list_errors, read_entries, show_entry, show_new
from selfcheck.web.goals.lines import Line, say_bonus, say_what_to_add, write_line
from selfcheck.web.goals.models import list_models, read_model
from selfcheck.web.goals.standing import find_news, take_over
from selfcheck.web.goals.suggestions import NAME, Taken, list_suggestions, read_measure
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.interim import find_asked
from selfcheck.web.layout.derived.recommended import list_last_recommendations
from selfcheck.web.layout.fields import new_key
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission

ADDRESS = "/selbstcheck/<check_id>/ziele"


SHOWN_OPEN = 5
"""So many suggestions stand open."""
CURRENT = "current"
"""The button that takes over what holds today; its value is the goal."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One stored entry: its form, and what it says while it is folded. `open`: it is to be worked on; `moved`: its
    question is answered otherwise by now.
    """

    entry: EntryShown
    line: Line
    open: bool
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class EntryList:
    """One list as it is shown: stored entries, and one to fill in."""

    part: Part
    shown: tuple[EntryRow, ...]
    new: EntryShown


@pages.get(ADDRESS)
def lists(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ))


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    submission = Submission(_read_form(access))
    submitted = [entry for part in FORMS for entry in read_entries(part, submission, questionnaire)]
    taken = _take(access)
    parts = [entry.part for entry in submitted] + ([taken.part] if taken.part is not None else [])
    saving = protocol.save(access, questionnaire, parts)
    if errors.wants_json():
        return protocol.answer_script(saving, _draw_anew(access, saving))
    if saving.status != 200:
        return _render(check_page.show_loaded(access, saving.loaded), submitted, saving), saving.status
    return redirect(_find_next(check_id, saving, taken), 303)


def _read_form(access: Access) -> MultiDict[str, str]:
    """What was sent; where the button of a goal was pressed whose answer is another one by now, with what holds."""
    if CURRENT not in request.form:
        return request.form
    return take_over(check_page.load_page(access), request.form, request.form[CURRENT])


def _take(access: Access) -> Taken:
    """The measure or the model whose button was pressed."""
    for name, read in (("measure", read_measure), ("model", read_model)):
        if name in request.form:
            return read(check_page.load_page(access), request.form[name], request.form.get("key", ""))
    return Taken()


def _find_next(check_id: str, saving: Saving, taken: Taken) -> str:
    """Where to go after a save: to the goal that was taken over, to the question before an entry goes, or back."""
    outcome = saving.outcomes.get(NAME)
    goal = outcome.id if isinstance(outcome, Saved | Unchanged | Conflict) else taken.goal
    if goal is not None:
        name = f"{Part.GOAL.value}.{goal}"
        return url_for("goals.lists", check_id=check_id, uebernommen=1, offen=name, _anchor=name)
    current = request.form.get(CURRENT, "")
    if current.partition(".")[0] in FORMS:
        return url_for("goals.lists", check_id=check_id, gespeichert=1, offen=current, _anchor=current)
    removed = request.form.get("remove", "")
    if removed:
        return url_for("goals.remove", check_id=check_id, entry=removed)
    done: dict[str, Any] = {"entfernt" if saving.took_away else "gespeichert": 1}
    return url_for("goals.lists", check_id=check_id, **done)


@pages.get(f"{ADDRESS}/<entry>/entfernen")
def remove(check_id: str, entry: str) -> str:
    """Asks once; the form it shows is that of the entry, with nothing but its removal."""
    page = check_page.open_check(check_id, Right.ANSWER)
    part, _, number = entry.partition(".")
    known = _entries(page.loaded, Part(part)) if part in FORMS else ()
    found = next((each for each in known if str(each.number) == number), None)
    if found is None:
        abort(404)
    return check_page.render(
        "goals/remove.html",
        page,
        url_for("goals.lists", check_id=check_id),
        entry=show_entry(Part(part), found, page.questionnaire),
        line=write_line(found.text, page.questionnaire),
    )


def _draw_anew(access: Access, saving: Saving) -> dict[str, str]:
    """What the script draws anew after a save: conflicts, the lines of what was saved, and the sum."""
    page = check_page.show_loaded(access, saving.loaded)
    drawn = {"#sonderpunkte": say_bonus(page.questionnaire, page.estimate)}
    for name in saving.parts:
        place = name.replace(".", "-")
        drawn[f"#konflikte-{place}"] = draw_conflicts(saving.list_conflicts(name), name)
        part, _, number = name.partition(".")
        stored = next((each for each in _entries(page.loaded, Part(part)) if str(each.number) == number), None)
        if stored is not None:
            moved = find_news(page, stored.text)
            line = write_line(stored.text, page.questionnaire, moved)
            drawn[f"#inzwischen-{place}"] = draw("goals/entry.html", "moved_answer", moved, name) if moved else ""
            drawn[f"#zeile-{place}"] = draw("goals/entry.html", "entry_line", line)
            drawn[f"#druck-{place}"] = draw("goals/entry.html", "entry_facts", line)
    return drawn


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
        taken=_say_taken(page),
        lists={part.value: _list(page, part, mine) for part in FORMS},
        conflicts=conflicts,
        errors=wrong,
        saved=max(saved, default=None),
        wanted=german.in_words(page.questionnaire.goals),
        bonus=say_bonus(page.questionnaire, page.estimate),
        asked=find_asked(page),
        last_time=list_last_recommendations(page),
        interim=url_for("goals.interim", check_id=page.check.public_id),
        suggestions=list_suggestions(page),
        models=list_models(page),
        shown_open=SHOWN_OPEN,
        key=new_key(),
        scope=f"{page.check.public_id}-{page.access.place_id}",
    )


def _say_taken(page: CheckPage) -> str:
    """What is missing in the goal that was just taken over; empty where none was."""
    opened = request.args.get("offen") if "uebernommen" in request.args else None
    goal = next((each.text for each in page.loaded.goals if f"{Part.GOAL.value}.{each.number}" == opened), None)
    return say_what_to_add(goal) if goal is not None else ""


def _list(page: CheckPage, part: Part, mine: Mapping[str, EntryShown]) -> EntryList:
    rows = {}
    for entry in _entries(page.loaded, part):
        author = say_author(entry.by, clock.local(entry.at), page.access.me)
        stored = replace(show_entry(part, entry, page.questionnaire), author=author)
        shown = mine.get(stored.name, stored)
        unfolded = stored.name in mine or stored.name == request.args.get("offen")
        moved = find_news(page, entry.text)
        line = write_line(entry.text, page.questionnaire, moved)
        rows[stored.name] = EntryRow(shown, line, unfolded, moved)
    for name, typed in mine.items():
        # somebody else has removed it meanwhile
        if name.startswith(f"{part.value}.") and name not in rows and typed.number is not None:
            rows[name] = EntryRow(typed, write_line(typed.form.text(), page.questionnaire), True)
    new = next((each for name, each in mine.items() if name.startswith(f"{part.value}.") and each.number is None), None)
    return EntryList(part, tuple(rows.values()), new or show_new(part, page.questionnaire))
