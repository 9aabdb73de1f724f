"""The register of all evidence, and the page of one piece, for those who see everything and for offices."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.store.access.grants import Access
from selfcheck.web.evidence import pages
from selfcheck.web.evidence.one_piece import PieceShown, find_piece, keep_piece
from selfcheck.web.evidence.pieces import read_pieces
from selfcheck.web.evidence.register import FILTERS, build_register
from selfcheck.web.http import errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import choose_filter, list_chips
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.submitted import Submission

REGISTER = "/selbstcheck/<check_id>/nachweise"
OF_OFFICE = "/selbstcheck/<check_id>/auftrag/nachweise"
PIECE = "<question_id>/<key>"


@pages.get(REGISTER)
def register(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    address = url_for("evidence.register", check_id=check_id)
    chosen = choose_filter(FILTERS, request.args.get("zeige"))
    listed = build_register(page)
    return check_page.render(
        "evidence/register.html",
        page,
        address,
        listed=listed,
        shown=listed.by_group(chosen),
        chosen=chosen,
        filters=list_chips(FILTERS, listed.rows, address, chosen),
        saved="gespeichert" in request.args,
    )


@pages.get(f"{REGISTER}/{PIECE}")
def piece(check_id: str, question_id: str, key: str) -> str:
    access = guards.enter(check_id, Right.ANSWER)
    return _open(access, question_id, key)


@pages.post(f"{REGISTER}/{PIECE}")
def save_piece(check_id: str, question_id: str, key: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    return _save(access, question_id)


@pages.get(f"{OF_OFFICE}/{PIECE}")
def own_piece(check_id: str, question_id: str, key: str) -> str:
    """The same for an office: only what belongs to its questions."""
    access = guards.enter(check_id, Right.OWN_PART)
    return _open(access, question_id, key)


@pages.post(f"{OF_OFFICE}/{PIECE}")
def save_own_piece(check_id: str, question_id: str, key: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.OWN_PART)
    return _save(access, question_id)


def _open(access: Access, question_id: str, key: str) -> str:
    question = _find_question(access, check_page.prepare(access.check).questionnaire, question_id)
    page = check_page.load_page(access)
    shown = find_piece(page, question, key)
    if shown is None:
        abort(404)
    return _render(page, shown)


def _save(access: Access, question_id: str) -> ResponseReturnValue:
    questionnaire = check_page.prepare(access.check).questionnaire
    question = _find_question(access, questionnaire, question_id)
    evidence, parts = read_pieces(question, Submission(request.form))
    saving = protocol.save(access, questionnaire, parts)
    if errors.wants_json():
        conflicts = saving.list_conflicts(*saving.parts)
        html = {f"#konflikte-{question.id}": draw_conflicts(conflicts, str(question.id), 2)}
        return protocol.answer_script(saving, html)
    if saving.status == 200:
        return redirect(_find_way_back(access, question), 303)
    page = check_page.show_loaded(access, saving.loaded)
    return _render(page, keep_piece(page, question, evidence, saving)), saving.status


def _find_question(access: Access, questionnaire: Questionnaire, id: str) -> Question:
    question = questionnaire.question.get(QuestionId(id))
    if question is None or not question.needs_evidence:
        abort(404)
    if access.may(Right.OWN_PART) and question.id not in access.scope:
        abort(403)
    return question


def _find_way_back(access: Access, question: Question, *, saved: bool = True) -> str:
    """Where one goes on: at the question, or in the register."""
    check_id, anchor = access.check.public_id, f"nachweise-{question.id}"
    if access.may(Right.OWN_PART):
        return url_for("office.page", check_id=check_id, _anchor=anchor)
    if request.args.get("von") != "register":
        return url_for(
            "questions.criterion",
            check_id=check_id,
            criterion_id=question.criterion,
            offen=question.id,
            _anchor=anchor,
        )
    return url_for("evidence.register", check_id=check_id, gespeichert=1 if saved else None)


def _render(page: CheckPage, shown: PieceShown) -> str:
    own = page.may(Right.OWN_PART)
    asked = [each for each in page.questionnaire.questions if each.needs_evidence and not page.hides(each)]
    if own:
        asked = [each for each in asked if each.id in page.access.scope]
    context = {
        "shown": shown,
        "asked": asked,
        "way_back": _find_way_back(page.access, shown.question, saved=False),
        "scope": f"{page.check.public_id}-{page.access.place_id}",
        "address": request.full_path.rstrip("?"),
    }
    if own:
        return render_template("evidence/own_piece.html", check=page.check, **context)
    return check_page.render(
        "evidence/piece.html", page, url_for("evidence.register", check_id=page.check.public_id), **context
    )
