"""Answers that were taken over: somebody says that they still hold, one at its card, or all that a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import request

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import State, value_from_plain
from selfcheck.reporting.words.renewal_text import say_mark
from selfcheck.store.access.grants import Access
from selfcheck.store.parts import saving as stored_parts
from selfcheck.store.parts.values import ChoiceText, StoredAnswer
from selfcheck.store.parts.writes import Part, Write
from selfcheck.web.http import clock
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import read_version

CONFIRM = "confirm"
"""The button: the question, or `ALL`."""
SEEN = "taken"
"""Which answers the page showed as not confirmed, `<question>:<version>` each."""
ALL = "alle"


def say_taken(question: Question, answer: StoredAnswer) -> str:
    """What a card says of an answer that was taken over; empty where it is confirmed."""
    if not answer.unconfirmed:
        return ""
    why = say_mark(question, answer.unconfirmed)
    return f"Aus dem letzten Stand übernommen. Bitte prüfen: {why}" if why else "Aus dem letzten Stand übernommen."


def wants_to_confirm() -> bool:
    return bool(request.form.get(CONFIRM))


def confirm(access: Access, questionnaire: Questionnaire, asked: Iterable[Question], saving: Saving) -> None:
    """Confirms what the button says of the questions `asked`, as far as it stands there as the page showed it."""
    wanted, seen = request.form.get(CONFIRM), _read_seen()
    known = {question.id: question for question in asked if wanted in (ALL, question.id)}
    writes = [
        write
        for id, question in known.items()
        if id in seen and (write := _confirm_one(question, saving.result.stored.get(id), seen[id])) is not None
    ]
    if writes:
        stored_parts.save(access.check, questionnaire, writes, access.who, clock.now(), allowed=access.allowed)


def _read_seen() -> Mapping[QuestionId, int]:
    pairs = (each.partition(":") for each in request.form.getlist(SEEN))
    return {QuestionId(id): read_version(version) for id, _, version in pairs}


def _confirm_one(question: Question, stored: StoredAnswer | None, seen: int) -> Write | None:
    """None where somebody has answered in the meantime, or there is nothing that fits."""
    if stored is None or not stored.unconfirmed or stored.choice_version != seen:
        return None
    if stored.state == State.GIVEN and value_from_plain(question, stored.value) is None:
        return None
    content = ChoiceText(State(stored.state), stored.value, stored.reason)
    return Write(Part.CHOICE, question.id, seen, content)
