"""The checklist page: what to do until when, who does it, done or not, notes and own steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.reporting.documents.offered import BINDER
from selfcheck.store.parts.saving import load_steps
from selfcheck.web.checklist import pages
from selfcheck.web.checklist.board import FILTERS, MINE, Board, StepRow, build_board
from selfcheck.web.checklist.forms import NEW, PREFIX, SubmittedStep, read_steps
from selfcheck.web.checklist.people import People, find_people
from selfcheck.web.http import guards
from selfcheck.web.http.errors import wants_json
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.quality import list_remarks
from selfcheck.web.layout.fields import new_key
from selfcheck.web.layout.filters import Chips, Filter, choose_filter, list_chips
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import ConflictShown, draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission

ADDRESS = "/selbstcheck/<check_id>/checkliste"
PROGRESS = "checklist/progress.html"
GUIDES = {
    "team:council": ("beschluss", "Text für den Rat"),
    "interview:people": ("pruefgespraech", "So läuft das Prüfgespräch"),
    "project:describe": ("sonderpunkte", "Ideen für Sonderpunkte"),
}
"""What the help says about a step: the guide and its title."""
WAYS = {
    "team:contact": (Right.DETAILS, "overview.details", "name", "Ansprechperson eintragen"),
    "chamber:share": (Right.SHARE, "sharing.overview", None, "Zum Teilen"),
    "chamber:final": (Right.SHARE, "sharing.overview", None, "Zum Teilen"),
    "interview:table": (Right.EXPORT, "documents.overview", None, "Dokumentationstabelle (Excel)"),
    "interview:binder": (Right.EXPORT, "documents.overview", None, BINDER),
}
"""Where a step is done: the right that this needs, the page with its anchor, and what the link says."""


@pages.get(ADDRESS)
def checklist(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    return _render(page, find_people(page.check.id))


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    people = find_people(access.check.id)
    submitted = read_steps(Submission(request.form), load_steps(access.check.id), people)
    saving = protocol.save(access, questionnaire, [step.part for step in submitted])
    page = check_page.show_loaded(access, saving.loaded)
    if wants_json():
        shown = choose(page, build_board(page, people), people)
        return protocol.answer_script(saving, _draw_steps(shown, submitted, saving))
    if saving.status != 200:
        return _render(page, people, submitted, saving), saving.status
    return redirect(
        url_for("checklist.checklist", check_id=check_id, gespeichert=1, zeige=request.args.get("zeige")), 303
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """The board with what the address asks for: one of the plain filters, or that of an office."""

    board: Board
    chosen: Filter[StepRow]
    filters: Chips
    offices: Chips


def choose(page: CheckPage, board: Board, people: People) -> Choice:
    """What the address of the request asks for; all open steps where it asks for nothing known. What is mine is offered
    where there is anybody else to do a step, or something is mine already.
    """
    key = request.args.get("zeige", "")
    address = url_for("checklist.checklist", check_id=page.check.public_id)
    offices = board.office_filters(key)
    chosen = choose_filter((*FILTERS, *offices), key)
    alone = len(people.names) < 2 and chosen is not MINE and not any(row.mine for row in board.counted)
    filters = tuple(each for each in FILTERS if not (alone and each is MINE))
    plain, by_office = (list_chips(each, board.counted, address, chosen) for each in (filters, offices))
    return Choice(board, chosen, plain, by_office)


def _render(
    page: CheckPage, people: People, submitted: Sequence[SubmittedStep] = (), saving: Saving | None = None
) -> str:
    """The page; what of `submitted` could not be saved stays as it was typed."""
    wrong, conflicts = (saving.errors, saving.conflicts) if saving else ({}, {})
    mine = {step.key: step for step in submitted if step.part.name in wrong or step.part.name in conflicts}
    board = build_board(page, people)
    board = Board(tuple(mine[row.key].fill(row) if row.key in mine else row for row in board.rows))
    choice = choose(page, board, people)
    return check_page.render(
        "checklist/checklist.html",
        page,
        url_for("checklist.checklist", check_id=page.check.public_id),
        choice=choice,
        board=board,
        groups=board.groups(choice.chosen),
        names=people.names,
        ask_offices=_find_asking(page),
        remarks=list_remarks(page),
        guides=GUIDES,
        ways=_find_ways(page),
        new=mine[NEW].form if NEW in mine else None,
        creation=request.form.get(f"{PREFIX}{NEW}.creation", "") if NEW in mine else new_key(),
        conflicts={key: conflicts[step.part.name] for key, step in mine.items() if step.part.name in conflicts},
        wrong={key: wrong.get(step.part.name, {}) for key, step in mine.items()},
        errors=_list_errors(wrong, conflicts),
        scope=f"{page.check.public_id}-{page.access.place_id}",
    )


def _find_asking(page: CheckPage) -> str:
    """Where offices are asked, all at once where there is such a page; nothing for those who may not."""
    if not page.may(Right.TEAM):
        return ""
    known = ("team.offices", "team.choose_office")
    endpoint = next(name for name in known if name in current_app.view_functions)
    return url_for(endpoint, check_id=page.check.public_id)


def _find_ways(page: CheckPage) -> dict[str, tuple[str, str]]:
    """Address and words of the link of each step that may be done by whoever looks."""
    return {
        key: (url_for(endpoint, check_id=page.check.public_id, _anchor=anchor), said)
        for key, (right, endpoint, anchor, said) in WAYS.items()
        if page.may(right)
    }


def _list_errors(
    wrong: Mapping[str, Mapping[str, str]], conflicts: Mapping[str, ConflictShown]
) -> list[tuple[str, str]]:
    """Every error and conflict with the field it belongs to, for the summary at the top."""
    errors = [(f"{name}.{field}", message) for name, said in wrong.items() for field, message in said.items()]
    return errors + [(f"konflikt-{name}", "Ein Schritt wurde zwischenzeitlich geändert.") for name in conflicts]


def _draw_steps(choice: Choice, submitted: Sequence[SubmittedStep], saving: Saving) -> dict[str, str]:
    """What the script draws anew after a save: every count, and the steps that were sent."""
    board = choice.board
    rows = {row.key: row for row in board.rows}
    html = {f"[data-group='{group.title}']": draw(PROGRESS, "count", group.counted) for group in board.groups()}
    html["[data-board]"] = draw(PROGRESS, "summary", board)
    html["[data-filters]"] = draw(PROGRESS, "filters", choice.filters)
    html["[data-offices]"] = draw(PROGRESS, "offices", choice.offices)
    html["[data-involved]"] = draw(PROGRESS, "involved", board.offices)
    for step in submitted:
        name = step.part.name
        html[f"[id='konflikte-{name}']"] = draw_conflicts(saving.list_conflicts(name), name)
        if step.key in rows and saving.describe(name)["state"] == "saved":
            html[f"[data-who='{step.key}']"] = draw(PROGRESS, "who", rows[step.key])
            html[f"[data-when='{step.key}']"] = draw(PROGRESS, "when", rows[step.key])
    return html
