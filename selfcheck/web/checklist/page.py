"""The checklist page: what to do until when, who does it, done or not, notes and own steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.store.parts.saving import load_steps
from selfcheck.web.checklist import pages
from selfcheck.web.checklist.board import FILTERS, Board, build_board
from selfcheck.web.checklist.forms import NEW, PREFIX, SubmittedStep, read_steps
from selfcheck.web.http import guards
from selfcheck.web.http.errors import wants_json
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import new_key
from selfcheck.web.layout.filters import choose_filter, list_chips
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import ConflictShown, draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission

ADDRESS = "/selbstcheck/<check_id>/checkliste"
PROGRESS = "checklist/progress.html"


@pages.get(ADDRESS)
def checklist(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ))


@pages.post(ADDRESS)
def save(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    submitted = read_steps(Submission(request.form), load_steps(access.check.id))
    saving = protocol.save(access, questionnaire, [step.part for step in submitted])
    page = check_page.show_loaded(access, saving.loaded)
    if wants_json():
        return protocol.answer_script(saving, _draw_steps(build_board(page), submitted, saving))
    if saving.status != 200:
        return _render(page, submitted, saving), saving.status
    return redirect(
        url_for("checklist.checklist", check_id=check_id, gespeichert=1, zeige=request.args.get("zeige")), 303
    )


def _render(page: CheckPage, submitted: Sequence[SubmittedStep] = (), saving: Saving | None = None) -> str:
    """The page; what of `submitted` could not be saved stays as it was typed."""
    wrong, conflicts = (saving.errors, saving.conflicts) if saving else ({}, {})
    mine = {step.key: step for step in submitted if step.part.name in wrong or step.part.name in conflicts}
    board = build_board(page)
    shown = Board(tuple(mine[row.key].fill(row) if row.key in mine else row for row in board.rows))
    chosen = choose_filter(FILTERS, request.args.get("zeige"))
    address = url_for("checklist.checklist", check_id=page.check.public_id)
    return check_page.render(
        "checklist/checklist.html",
        page,
        address,
        board=shown,
        groups=shown.groups(chosen),
        chosen=chosen.key,
        new=mine[NEW].form if NEW in mine else None,
        creation=request.form.get(f"{PREFIX}{NEW}.creation", "") if NEW in mine else new_key(),
        conflicts={key: conflicts[step.part.name] for key, step in mine.items() if step.part.name in conflicts},
        wrong={key: wrong.get(step.part.name, {}) for key, step in mine.items()},
        errors=_list_errors(wrong, conflicts),
        filters=list_chips(FILTERS, board.counted, address, chosen),
        scope=f"{page.check.public_id}-{page.access.place_id}",
    )


def _list_errors(
    wrong: Mapping[str, Mapping[str, str]], conflicts: Mapping[str, ConflictShown]
) -> list[tuple[str, str]]:
    """Every error and conflict with the field it belongs to, for the summary at the top."""
    errors = [(f"{name}.{field}", message) for name, said in wrong.items() for field, message in said.items()]
    return errors + [(f"konflikt-{name}", "Ein Schritt wurde zwischenzeitlich geändert.") for name in conflicts]


def _draw_steps(board: Board, submitted: Sequence[SubmittedStep], saving: Saving) -> dict[str, str]:
    """What the script draws anew after a save: how far the whole and every group is, and the steps that were sent."""
    rows = {row.key: row for row in board.rows}
    html = {f"[data-group='{group.title}']": draw(PROGRESS, "count", group.rows) for group in board.groups()}
    html["[data-board]"] = draw(PROGRESS, "summary", board)
    for step in submitted:
        name = step.part.name
        html[f"[id='konflikte-{name}']"] = draw_conflicts(saving.list_conflicts(name), name)
        if step.key in rows and saving.describe(name)["state"] == "saved":
            html[f"[data-who='{step.key}']"] = draw(PROGRESS, "who", rows[step.key])
    return html
