"""For our script: which questions somebody else has changed since a page was drawn. It only reads."""

from __future__ import annotations

from collections.abc import Callable

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.reporting.history.change_text import ChangeFacts, say_change
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_by
from selfcheck.store.access.grants import Access
from selfcheck.store.history import changes as history
from selfcheck.store.history.changes import Change
from selfcheck.store.parts.writes import Part
from selfcheck.web.http import clock, guards
from selfcheck.web.layout import check_page
from selfcheck.web.parts.submitted import read_version
from selfcheck.web.questions import pages

MOST = 200
ANSWERS = (Part.CHOICE, Part.NOTE, Part.EVIDENCE)
"""What an office may learn of."""


@pages.get("/selbstcheck/<check_id>/neues")
def all_questions(check_id: str) -> ResponseReturnValue:
    """What others changed after the change `seit`; without one only the newest, from which on to ask."""
    access = guards.enter(check_id, Right.COMMENT)
    return _tell(access, lambda change, question: True)


@pages.get("/selbstcheck/<check_id>/auftrag/neues")
def own_questions(check_id: str) -> ResponseReturnValue:
    """The same for an office: answers to its questions, nothing else."""
    access = guards.enter(check_id, Right.OWN_PART)
    return _tell(access, lambda change, question: change.part in ANSWERS and question in access.scope)


def _tell(access: Access, may_know: Callable[[Change, QuestionId], bool]) -> ResponseReturnValue:
    """JSON with the `newest` change, and by question the newest of its changes in words."""
    asked = read_version(request.args.get("seit"))
    changes = history.news(access.check.id, access.grant_id, asked, MOST if asked else 1)
    questionnaire = check_page.prepare(access.check).questionnaire
    told: dict[QuestionId, str] = {}
    for change in changes if asked else ():
        facts = ChangeFacts(change.part, change.subject, change.before, change.after)
        said = say_change(questionnaire, facts, {})
        if said.question is not None and said.question not in told and may_know(change, said.question):
            when = german.clock(clock.local(change.at))
            what = f": {said.title}" if change.part == Part.TALK else f" von {say_by(change.by)} geändert"
            told[said.question] = f"Um {when} Uhr{what}"
    return jsonify(newest=changes[0].id if changes else asked, questions=told)
