"""Prüfbogen danebenlegen: where each question stands there and what it gives, what only it asks, its pass mark.

Whatever is saved is saved part by part, as everywhere; from it comes the second estimate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Criterion, Question
from selfcheck.reporting.words import german
from selfcheck.reporting.words.beside_text import BesideText, describe_beside, say_placed
from selfcheck.store.parts.values import StoredSheetLine
from selfcheck.store.parts.writes import Part
from selfcheck.web.audit_sheet import pages
from selfcheck.web.audit_sheet.forms import (
    WHOLE,
    PartShown,
    SubmittedForm,
    list_errors,
    list_facts,
    read_parts,
    show_entry,
    show_line,
    show_mark,
    show_new,
)
from selfcheck.web.http import errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission

ADDRESS = "/selbstcheck/<check_id>/pruefbogen"
ONLY_THERE = f"{Part.ONLY_THERE.value}."


@dataclass(frozen=True, slots=True)
class Row:
    """A question of ours with the form beside it; `worth` says what it gives here."""

    question: Question
    worth: str
    shown: PartShown


@dataclass(frozen=True, slots=True)
class Section:
    criterion: Criterion
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """How far it is, and what comes of it; `text` is None as long as no question has points there."""

    done: int
    all: int
    said: str
    text: BesideText | None


@pages.get(ADDRESS)
def sheet(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ))


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    submitted = list(read_parts(Submission(request.form), questionnaire))
    saving = protocol.save(access, questionnaire, [each.part for each in submitted])
    if errors.wants_json():
        return protocol.answer_script(saving, _draw_anew(check_page.show_loaded(access, saving.loaded), saving))
    if saving.status != 200:
        return _render(check_page.show_loaded(access, saving.loaded), submitted, saving), saving.status
    return redirect(_find_next(check_id, saving), 303)


def _find_next(check_id: str, saving: Saving) -> str:
    """The question before an entry goes, or back."""
    number = request.form.get("remove", "")
    if number:
        return url_for("audit_sheet.remove", check_id=check_id, number=number)
    done: dict[str, Any] = {"entfernt" if saving.took_away else "gespeichert": 1}
    return url_for("audit_sheet.sheet", check_id=check_id, **done)


@pages.get(f"{ADDRESS}/<number>/entfernen")
def remove(check_id: str, number: str) -> str:
    """Asks once; the form it shows is that of the entry, with nothing but its removal."""
    page = check_page.open_check(check_id, Right.ANSWER)
    entry = next((each for each in page.loaded.only_there if str(each.number) == number), None)
    if entry is None:
        abort(404)
    facts = [fact for fact in list_facts(entry.text) if fact[1] and fact[1] != entry.text.title]
    shown = show_entry(entry)
    return check_page.render("audit_sheet/remove.html", page, _place(page), entry=shown, text=entry.text, facts=facts)


def _place(page: CheckPage) -> str:
    """It belongs to the result."""
    return url_for("results.result", check_id=page.check.public_id)


def _draw_anew(page: CheckPage, saving: Saving) -> dict[str, str]:
    drawn = {"#stand": draw("audit_sheet/macros.html", "placed_box", _count(page), _place(page))}
    for name in saving.parts:
        drawn[f"#konflikte-{name.replace('.', '-')}"] = draw_conflicts(saving.list_conflicts(name), name)
    return drawn


def _count(page: CheckPage) -> Placed:
    asked = page.questionnaire.questions
    lines = [page.sheet.lines.get(question.id) for question in asked]
    done = sum(line is not None and line.worth is not None for line in lines)
    text = describe_beside(page.beside) if page.beside is not None else None
    return Placed(done, len(asked), say_placed(done, len(asked)), text)


def _render(page: CheckPage, submitted: Sequence[SubmittedForm] = (), saving: Saving | None = None) -> str:
    """The page; what of `submitted` could not be saved stays as it was typed."""
    conflicts = saving.conflicts if saving else {}
    refused = [each for each in submitted if each.part.errors or each.part.name in conflicts]
    mine = {each.part.name: each.shown for each in refused}
    wrong = list_errors(refused, page.questionnaire)
    wrong += [(f"konflikt-{name}", "Ein Eintrag wurde zwischenzeitlich geändert.") for name in conflicts]
    return check_page.render(
        "audit_sheet/sheet.html",
        page,
        _place(page),
        sections=[_section(page, criterion, mine) for criterion in page.questionnaire.criteria],
        entries=_list_entries(page, mine),
        new=next((each for each in mine.values() if _is_new(each)), None) or show_new(),
        mark=mine.get(WHOLE) or show_mark(page.sheet.pass_mark),
        placed=_count(page),
        result=_place(page),
        conflicts=conflicts,
        errors=wrong,
        scope=f"{page.check.public_id}-{page.access.place_id}",
    )


def _section(page: CheckPage, criterion: Criterion, mine: Mapping[str, PartShown]) -> Section:
    rows = []
    for question in criterion.questions:
        shown = show_line(question, page.sheet.lines.get(question.id) or StoredSheetLine(question.id))
        worth = german.points_count(question.possible) if question.possible else "keine Punkte"
        rows.append(Row(question, worth, mine.get(shown.name, shown)))
    return Section(criterion, tuple(rows))


def _list_entries(page: CheckPage, mine: Mapping[str, PartShown]) -> list[PartShown]:
    """Those that are stored, and what was typed into one that somebody else has removed meanwhile."""
    stored = [show_entry(entry) for entry in page.loaded.only_there]
    known = {each.name for each in stored}
    gone = [each for name, each in mine.items() if each.number is not None and name not in known]
    return [*(mine.get(each.name, each) for each in stored), *gone]


def _is_new(shown: PartShown) -> bool:
    return shown.name.startswith(ONLY_THERE) and shown.number is None
