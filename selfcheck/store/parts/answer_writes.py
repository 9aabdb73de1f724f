"""Writing the two parts of an answer: the choice (state, value, reason) and the note."""

from __future__ import annotations

from sqlalchemy import Connection

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.rules.answers import (
    Answer,
    State,
    fits,
    value_to_plain,
)
from selfcheck.store.database import limits, tables
from selfcheck.store.database.transactions import upsert
from selfcheck.store.parts.loading import ANSWER_FIELDS, read_answer
from selfcheck.store.parts.records import Plain, StoredAnswer
from selfcheck.store.parts.work import DoesNotFit, Work, fields_of
from selfcheck.store.parts.writes import (
    ChoiceWrite,
    Current,
    NoteWrite,
    Outcome,
    Part,
    Saved,
    settle,
)

SHORTEST_REASON = 3
CHOICE = ("state", "value", "reason")

Choice = tuple[State, Plain, str]


def apply_choice(work: Work, write: ChoiceWrite) -> Outcome:
    question = work.question(write.question)
    stored = _stored(work, question.id)
    content: Choice = (State(stored.state), stored.value, stored.reason)
    wanted = _keep_choice(question, write)
    current = Current(content, _shown(work, stored), stored.choice_version, stored.choice_by, stored.choice_at)
    outcome = settle(current, write.seen_version, wanted, work.now)
    if isinstance(outcome, Saved):
        state, value, reason = wanted
        after = stored._replace(
            state=state,
            value=value,
            reason=reason,
            choice_version=outcome.version,
            choice_by=work.by.label,
            choice_at=work.now,
        )
        work.enter(Part.CHOICE, question.id, fields_of(stored, CHOICE), fields_of(after, CHOICE))
        _keep(work, after)
    return outcome


def apply_note(work: Work, write: NoteWrite) -> Outcome:
    stored = _stored(work, work.question(write.question).id)
    wanted = limits.keep_text(write.note, "note", limits.NOTE)
    current = Current(stored.note, _shown(work, stored), stored.note_version, stored.note_by, stored.note_at)
    outcome = settle(current, write.seen_version, wanted, work.now)
    if isinstance(outcome, Saved):
        work.enter(Part.NOTE, stored.question, stored.note or None, wanted or None)
        by, at = work.by.label, work.now
        _keep(work, stored._replace(note=wanted, note_version=outcome.version, note_by=by, note_at=at))
    return outcome


def store_answers(work: Work, connection: Connection) -> None:
    rows = [{"check_id": work.check_id} | fields_of(work.stock.answers[id], ANSWER_FIELDS) for id in work.answers]
    if rows:
        upsert(connection, tables.Answer, rows, ("check_id", "question"))


def _stored(work: Work, id: QuestionId) -> StoredAnswer:
    return work.stock.answers.get(id) or StoredAnswer.untouched(id)


def _shown(work: Work, stored: StoredAnswer) -> Answer:
    return read_answer(work.questionnaire, stored, ())[0]


def _keep(work: Work, answer: StoredAnswer) -> None:
    work.stock.answers[answer.question] = answer
    work.answers.add(answer.question)


def _keep_choice(question: Question, write: ChoiceWrite) -> Choice:
    """The choice as it is stored; only what belongs to its state is kept."""
    if write.state is State.GIVEN:
        if write.value is None or not fits(question, write.value):
            raise DoesNotFit(question.id)
        plain = value_to_plain(write.value)
        text = limits.keep_text(plain, "value", limits.NOTE) if isinstance(plain, str) else plain
        return State.GIVEN, text, ""
    if write.state is not State.NOT_APPLICABLE:
        return write.state, None, ""
    reason = limits.keep_text(write.reason, "reason", limits.REASON).strip()
    if question.not_applicable is None or len(reason) < SHORTEST_REASON:
        raise DoesNotFit(question.id)
    return State.NOT_APPLICABLE, None, reason
