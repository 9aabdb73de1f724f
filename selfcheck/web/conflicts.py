"""Both values of a part that somebody else changed in the meantime, in words."""

from __future__ import annotations

from selfcheck.core.answers import Answer
from selfcheck.core.questionnaire import Question
from selfcheck.reporting.answer_text import say_answer
from selfcheck.store.writes import Conflict
from selfcheck.web.cards import ConflictShown, shown_evidence
from selfcheck.web.evidence_form import describe
from selfcheck.web.forms import choose
from selfcheck.web.parts import CHOICE, NOTE, Submitted

EMPTY = "(leer)"
REMOVED = "(entfernt)"


def show_conflict(submitted: Submitted, part: str, conflict: Conflict) -> ConflictShown:
    """What stands in the conflict dialog for one part of one question."""
    key = part.removeprefix(f"{submitted.question.id}.")
    title, mine, theirs = _SHOW.get(key, _show_evidence)(submitted, key, conflict)
    return ConflictShown(part, title, mine, theirs, conflict.who, conflict.at, conflict.version)


def _show_choice(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str, str]:
    question = submitted.question
    choice = choose(question, submitted.shown)
    mine = Answer(choice.state, choice.value, choice.reason)
    return "Antwort", _say(question, mine), _say(question, conflict.theirs)


def _say(question: Question, answer: Answer) -> str:
    said = ", ".join(say_answer(question, answer))
    return f"{said}: {answer.reason}" if answer.reason else said


def _show_note(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str, str]:
    return "Erläuterung", submitted.shown.note or EMPTY, conflict.theirs.note or EMPTY


def _show_evidence(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str, str]:
    mine = submitted.evidence[key.removeprefix("e.")]
    theirs = describe(shown_evidence(conflict.theirs)) if conflict.theirs is not None else REMOVED
    return "Nachweis", REMOVED if mine.remove else describe(mine), theirs


_SHOW = {CHOICE: _show_choice, NOTE: _show_note}
