"""The checklist page: what to do until when, who does it, done or not, notes and own steps."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask import get_template_attribute, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from selfcheck.core.permissions import Right
from selfcheck.core.text import clean
from selfcheck.reporting.words import german
from selfcheck.store.parts import steps as stored_steps
from selfcheck.store.parts.steps import (
    OwnStepWrite,
    StepRemoval,
    StepWrite,
    StoredStep,
    Write,
)
from selfcheck.store.parts.writes import Conflict, Outcome
from selfcheck.web.checklist import pages
from selfcheck.web.checklist.board import (
    Board,
    StepRow,
    build_board,
    step_base,
)
from selfcheck.web.http import clock
from selfcheck.web.http.errors import wants_json
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.typed import one_line
from selfcheck.web.questions.conflicts import REMOVED, show_part
from selfcheck.web.questions.evidence import parse_day
from selfcheck.web.questions.reading import decide, has_decided, read_version
from selfcheck.web.questions.trouble import ConflictShown

ADDRESS = "/selbstcheck/<check_id>/checkliste"
PREFIX = "steps."
NEW = "neu"
FILTERS = (
    ("", "alle offenen"),
    ("ueberfaellig", "überfällig"),
    ("bald", "in den nächsten 14 Tagen"),
    ("erledigt", "erledigt"),
)


@dataclass(frozen=True, slots=True)
class StepPart:
    """One submitted step: what stands in its fields, what to write, and what is wrong by field."""

    key: str
    done: bool
    person: str
    note: str
    title: str
    due_text: str
    write: Write | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.key}"

    @property
    def own(self) -> bool:
        return self.key == NEW or self.key.startswith(stored_steps.OWN)

    @property
    def due(self) -> date | None:
        try:
            return parse_day(self.due_text)
        except ValueError:
            return None


@pages.get(ADDRESS)
def checklist(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ), [], {})


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.ANSWER)
    # every step that was ever shown is known; other keys are made up
    known = stored_steps.load_steps(page.check.id)
    submitted = [part for part in _read_steps(decide(request.form)) if part.key in known or part.own]
    written = [part for part in submitted if part.write is not None]
    writes = [part.write for part in written if part.write is not None]
    who = page.access.who
    decided = has_decided(request.form)
    outcomes = stored_steps.save_steps(page.check.id, writes, who, clock.now(), decided=decided) if writes else []
    by_key = {part.key: outcome for part, outcome in zip(written, outcomes, strict=True)}
    conflicts = {
        part.key: _show_conflict(part, met) for part in written if isinstance(met := by_key[part.key], Conflict)
    }
    refused = [part for part in submitted if part.errors]
    if wants_json():
        return _answer_script(page, submitted, by_key, conflicts)
    if refused or conflicts:
        kept = [part for part in submitted if part.errors or part.key in conflicts]
        return _render(page, kept, conflicts), 409 if conflicts else 422
    return redirect(
        url_for("checklist.checklist", check_id=check_id, gespeichert=1, zeige=request.args.get("zeige")), 303
    )


def _read_steps(data: MultiDict[str, str]) -> list[StepPart]:
    """Every submitted step, and a new own one; what does not differ from its base has nothing to write."""
    keys = [name.removeprefix(PREFIX).removesuffix(".version") for name in data if _names_step(name)]
    parts = [_read_step(key, data) for key in keys]
    return [part for part in parts if part is not None]


def _names_step(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith(".version") and len(name) <= 140


def _read_step(key: str, data: MultiDict[str, str]) -> StepPart | None:
    def entered(name: str) -> str:
        return data.get(f"{PREFIX}{key}.{name}", "")

    part = StepPart(
        key=key,
        done=f"{PREFIX}{key}.done" in data,
        person=one_line(entered("person")),
        note=clean(entered("note")).strip(),
        title=one_line(entered("title")),
        due_text=one_line(entered("due")),
    )
    if key == NEW and not (part.title or part.due_text or part.person or part.note):
        return None
    if entered("remove"):
        return replace(part, write=StepRemoval(key, read_version(entered("version"))))
    if errors := _check(part):
        return replace(part, errors=errors)
    if step_base(part.done, part.person, part.note, part.title, part.due) == entered("base"):
        return part
    return replace(part, write=_write(part, read_version(entered("version")), entered("creation")))


def _check(part: StepPart) -> dict[str, str]:
    """What is wrong with a step, by field."""
    found = {}
    if part.due is None and part.due_text:
        found["due"] = "Bitte geben Sie ein Datum an, zum Beispiel 31.12.2027."
    if part.own and not part.title:
        found["title"] = "Bitte schreiben Sie, was zu tun ist."
    if len(part.title) > 200:
        found["title"] = "Bitte kürzen Sie den Schritt auf höchstens 200 Zeichen."
    if len(part.person) > 120:
        found["person"] = "Bitte kürzen Sie „Wer macht das?“ auf höchstens 120 Zeichen."
    if len(part.note) > 2000:
        found["note"] = "Bitte kürzen Sie die Notiz auf höchstens 2.000 Zeichen."
    return found


def _write(part: StepPart, seen: int, creation: str) -> Write:
    if part.own:
        key = None if part.key == NEW else part.key
        return OwnStepWrite(key, seen, part.title, part.due, "", part.done, part.person, part.note, creation)
    return StepWrite(part.key, seen, part.done, part.person, part.note)


def _show_conflict(part: StepPart, met: Conflict) -> ConflictShown:
    theirs = _say(met.theirs) if met.theirs else REMOVED
    mine = None if isinstance(part.write, StepRemoval) else _say(part)
    return show_part(part.name, "Schritt", mine, theirs, met, marked=True)


def _say(step: StepPart | StoredStep) -> str:
    facts = (
        step.title,
        "erledigt" if step.done else "noch nicht erledigt",
        step.due and f"Bis wann: {german.day(step.due)}",
        step.person and f"Wer: {step.person}",
        step.note and f"Notiz: {step.note}",
    )
    return "\n".join(fact for fact in facts if fact)


def _keep_typed(row: StepRow, part: StepPart | None) -> StepRow:
    """A refused or conflicting step stays as it was typed, with the version and base it came with."""
    if part is None:
        return row
    typed = replace(
        row,
        done=part.done,
        person=part.person,
        note=part.note,
        version=read_version(request.form.get(f"{part.name}.version")),
        base=request.form.get(f"{part.name}.base", ""),
    )
    return replace(typed, title=part.title, due_text=part.due_text) if row.own else typed


def _render(page: CheckPage, kept: Sequence[StepPart], conflicts: Mapping[str, ConflictShown]) -> str:
    mine = {part.key: part for part in kept}
    board = build_board(page)
    shown = Board(tuple(_keep_typed(row, mine.get(row.key)) for row in board.rows))
    chosen = next((key for key, _ in FILTERS if key == request.args.get("zeige", "")), "")
    address = url_for("checklist.checklist", check_id=page.check.public_id)
    counts = {
        "": len(board.counted) - board.done,
        "ueberfaellig": board.overdue,
        "bald": board.soon,
        "erledigt": board.done,
    }
    return check_page.render(
        "checklist/checklist.html",
        page,
        address,
        board=shown,
        chosen=chosen,
        new=mine.get(NEW),
        creation=request.form.get(f"{PREFIX}{NEW}.creation", "") if NEW in mine else secrets.token_hex(16),
        conflicts=conflicts,
        wrong={part.key: part.errors for part in kept},
        filters=[
            (text, counts[key], f"{address}?zeige={key}" if key else address, key == chosen) for key, text in FILTERS
        ],
        scope=f"{page.check.public_id}-{page.access.link_id}",
    )


def _answer_script(
    page: CheckPage,
    submitted: Sequence[StepPart],
    outcomes: Mapping[str, Outcome],
    conflicts: Mapping[str, ConflictShown],
) -> ResponseReturnValue:
    board = build_board(page)
    rows = {row.key: row for row in board.rows}
    parts: dict[str, object] = {}
    html = _progress_html(board)
    box = get_template_attribute("parts/conflict.html", "conflict_box")
    for part in submitted:
        met = conflicts.get(part.key)
        html[f"[id='konflikte-{part.name}']"] = str(box([met], part.name)) if met else ""
        if part.errors:
            parts[part.name] = {"state": "error", "errors": dict(part.errors)}
        elif met:
            parts[part.name] = {"state": "conflict"}
        else:
            row = rows.get(part.key)
            version, base = (row.version, row.base) if row else (0, step_base(False, "", "", "", None))
            parts[part.name] = {"state": "saved", "version": version, "base": base}
            html |= {f"[data-who='{part.key}']": str(_draw("who")(row))} if row else {}
    wrong = any(part.errors for part in submitted)
    at = german.clock(clock.local(clock.now()))
    return jsonify(at=at, parts=parts, html=html), 409 if conflicts else 422 if wrong else 200


def _progress_html(board: Board) -> dict[str, str]:
    """What the script draws anew after a save: the progress of the whole and of every group."""
    counts = {f"[data-group='{group}']": str(_draw("count")(board.group(group))) for group in board.groups}
    return counts | {"[data-board]": str(_draw("summary")(board))}


def _draw(macro: str) -> Callable[..., object]:
    found: Callable[..., object] = get_template_attribute("checklist/progress.html", macro)
    return found
