"""The register of all evidence, and the page of one piece, for those who see everything and for offices."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from selfcheck.core.files.kinds import LARGEST
from selfcheck.core.files.reasons import TOO_LARGE
from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.store.access.grants import Access
from selfcheck.store.parts.writes import Saved, Unchanged
from selfcheck.web.evidence import pages
from selfcheck.web.evidence.files import may_send, show_files
from selfcheck.web.evidence.one_piece import PieceShown, find_piece, keep_piece
from selfcheck.web.evidence.pieces import EvidenceShown, find_key, name_new_piece, read_pieces
from selfcheck.web.evidence.receiving import Coming, NotTaken, find_sent, receive
from selfcheck.web.evidence.register import FILTERS, build_register, list_register_chips
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.http.load.bodies import PARTS, takes_long
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import choose_filter
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission, SubmittedPart

BESIDE = 512 * 1024
"""Bytes of a form beside its file."""
NOT_TAKEN = "Datei nicht gespeichert"
BACK = "Gehen Sie eine Seite zurück; was Sie eingetragen haben, steht noch da."
FILE_TOO_LARGE = errors.Page(NOT_TAKEN, TOO_LARGE, BACK)
CHECK_FIRST = "Bei den Angaben zu diesem Beleg stimmt etwas nicht. Wählen Sie „Beleg speichern“; dann steht dabei, was."
CHOOSE_AGAIN = "Die Datei ist noch nicht gespeichert. Bitte wählen Sie sie noch einmal aus, wenn alles andere stimmt."
NO_PIECE = "Zu diesem Beleg fehlt der Titel. Tragen Sie ihn ein und wählen Sie die Datei noch einmal aus."
DONE = {
    "datei": ("Datei gespeichert", "Der Beleg ist damit auch gespeichert; was Sie danach ändern, noch nicht."),
    "entfernt": ("Datei entfernt", "Der Beleg selbst bleibt eingetragen. Liegt er nicht vor, wählen Sie „fehlt noch“."),
}
"""What has just been done, by its word in the address, and what that means."""
LOST = (
    "Datei entfernt",
    "Der Beleg bleibt eingetragen, aber ohne Fundstelle. Gibt es ihn nicht, entfernen Sie ihn auch.",
)
"""Where nothing is left that says where a piece is, which can go as a whole."""
REGISTER = "/selbstcheck/<check_id>/nachweise"
OF_OFFICE = "/selbstcheck/<check_id>/auftrag/nachweise"
PIECE = "<question_id>/<key>"


@pages.get(REGISTER)
def register(check_id: str) -> str:
    """With `?frage=leitbild` what belongs to one question only."""
    page = check_page.open_check(check_id, Right.READ)
    address = url_for("evidence.register", check_id=check_id)
    chosen = choose_filter(FILTERS, request.args.get("zeige"))
    question = page.questionnaire.question.get(QuestionId(request.args.get("frage", "")))
    listed = build_register(page) if question is None else build_register(page).about(question)
    return check_page.render(
        "evidence/register.html",
        page,
        address,
        question=question,
        question_href=check_page.question_address(page, question) if question is not None else "",
        listed=listed,
        shown=listed.by_group(chosen),
        chosen=chosen,
        filters=list_register_chips(listed, address, chosen) if question is None else [],
        saved="gespeichert" in request.args,
    )


@pages.get(f"{REGISTER}/{PIECE}")
def piece(check_id: str, question_id: str, key: str) -> str:
    access = guards.enter(check_id, Right.ANSWER)
    return _open(access, question_id, key)


def admit(check_id: str, question_id: str, key: str) -> int:
    """How long a form with a file may be; asked before it is read."""
    return _admit(guards.enter(check_id, Right.ANSWER), question_id)


def admit_office(check_id: str, question_id: str, key: str) -> int:
    """The same for an office."""
    return _admit(guards.enter(check_id, Right.OWN_PART), question_id)


@pages.post(f"{REGISTER}/{PIECE}")
@takes_long(admit)
def save_piece(check_id: str, question_id: str, key: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    return _save(access, question_id)


@pages.get(f"{OF_OFFICE}/{PIECE}")
def own_piece(check_id: str, question_id: str, key: str) -> str:
    """The same for an office: only what belongs to its questions."""
    access = guards.enter(check_id, Right.OWN_PART)
    return _open(access, question_id, key)


@pages.post(f"{OF_OFFICE}/{PIECE}")
@takes_long(admit_office)
def save_own_piece(check_id: str, question_id: str, key: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.OWN_PART)
    return _save(access, question_id)


@pages.errorhandler(RequestEntityTooLarge)
def refuse_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """A form that is too long is a file that is; it was not read, and what stood in it is in the browser still."""
    return errors.answer(413, FILE_TOO_LARGE if request.mimetype == PARTS else errors.PAGES[413])


def _admit(access: Access, question_id: str) -> int:
    _find_question(access, check_page.prepare(access.check).questionnaire, question_id)
    if not may_send(access):
        abort(403)
    return LARGEST + BESIDE


def _open(access: Access, question_id: str, key: str) -> str:
    question = _find_question(access, check_page.prepare(access.check).questionnaire, question_id)
    page = check_page.load_page(access)
    shown = find_piece(page, question, key)
    if shown is None:
        abort(404)
    return _render(page, shown)


def _save(access: Access, question_id: str) -> ResponseReturnValue:
    check_page.refuse_other_version(access)
    questionnaire = check_page.prepare(access.check).questionnaire
    question = _find_question(access, questionnaire, question_id)
    sent = find_sent()
    if sent is not None:
        return _save_with_file(access, questionnaire, question, sent)
    evidence, parts = read_pieces(question, Submission(request.form))
    saving = protocol.save(access, questionnaire, parts)
    if errors.wants_json():
        conflicts = saving.list_conflicts(*saving.parts)
        html = {f"#konflikte-{question.id}": draw_conflicts(conflicts, str(question.id), 2)}
        return protocol.answer_script(saving, html)
    if saving.status == 200:
        return redirect(_find_way_back(access, question), 303)
    part = next(part for name, part in saving.parts.items() if part.errors or name in saving.conflicts)
    return _show_again(access, question, evidence, part, saving), saving.status


def _save_with_file(
    access: Access, questionnaire: Questionnaire, question: Question, sent: FileStorage
) -> ResponseReturnValue:
    """What its page says of a piece, and its file: both are saved, or nothing is."""
    if not may_send(access):
        abort(403)
    form = name_new_piece(request.form, question, sent.filename or "")
    evidence, parts = read_pieces(question, Submission(form))
    if len(parts) != 1 or evidence[find_key(parts[0])].remove:
        abort(400)
    try:
        with receive(sent) as coming:
            attach = partial(_attach, access, parts[0], coming)
            saving = protocol.save(access, questionnaire, parts, attach)
    except NotTaken as refused:
        if errors.wants_json():
            return jsonify(error=NOT_TAKEN, text=refused.text), refused.status
        return _show_again(access, question, evidence, parts[0], refused=refused.text), refused.status
    if saving.pressed is None:
        if errors.wants_json():
            return jsonify(error=NOT_TAKEN, text=CHECK_FIRST), saving.status
        part = saving.parts[parts[0].name]
        return _show_again(access, question, evidence, part, saving, CHOOSE_AGAIN), saving.status
    if errors.wants_json():
        return jsonify(href=_find_address(access, question, saving.pressed))
    return redirect(_find_way_back(access, question), 303)


def _attach(access: Access, part: SubmittedPart, coming: Coming, saving: Saving) -> str | None:
    """Gives the file to the piece, once that is saved; the id of the piece."""
    if saving.status != 200:
        return None
    outcome, key = saving.outcomes.get(part.name), find_key(part)
    id = outcome.id if isinstance(outcome, Saved | Unchanged) else None
    if id is None and not key.isdigit():
        raise NotTaken(NO_PIECE)
    coming.keep(access, id if id is not None else int(key), clock.now())
    return str(id if id is not None else key)


def _show_again(
    access: Access,
    question: Question,
    evidence: Mapping[str, EvidenceShown],
    part: SubmittedPart,
    saving: Saving | None = None,
    refused: str = "",
) -> str:
    """The page with all that was typed; `saving` is None where nothing was saved because of the file."""
    page = check_page.load_page(access) if saving is None else check_page.show_loaded(access, saving.loaded)
    conflicts = saving.list_conflicts(part.name) if saving is not None else ()
    return _render(page, keep_piece(page, question, evidence, part, conflicts, refused))


def _find_address(access: Access, question: Question, key: str) -> str:
    """The page of a piece."""
    endpoint = "evidence.own_piece" if access.may(Right.OWN_PART) else "evidence.piece"
    check_id, origin = access.check.public_id, request.args.get("von")
    return url_for(endpoint, check_id=check_id, question_id=question.id, key=key, von=origin, datei=1)


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
    files = show_files(page.access, str(shown.question.id), shown.row.key)
    done = next((DONE[name] for name in DONE if name in request.args), None)
    lost = "entfernt" in request.args and shown.row.removable and not shown.row.located
    context = {
        "shown": shown,
        "asked": asked,
        "questionnaire_name": page.questionnaire.name,
        "way_back": _find_way_back(page.access, shown.question, saved=False),
        "scope": f"{page.check.public_id}-{page.access.place_id}",
        "address": url_for(request.endpoint or "", **(request.view_args or {}), von=request.args.get("von")),
        "files": files,
        "done": LOST if lost else done,
        "undo": "datei" in request.args,
        "removes": f"{shown.name}.remove" if lost else "",
    }
    if own:
        return render_template("evidence/own_piece.html", check=page.check, **context)
    return check_page.render(
        "evidence/piece.html", page, url_for("evidence.register", check_id=page.check.public_id), **context
    )
