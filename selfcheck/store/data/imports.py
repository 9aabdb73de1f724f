"""A new self-check from a file „Alle Daten (JSON)“: what was said is taken, who said it when is not."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from selfcheck.core.questionnaire.model import Profile, QuestionId, Questionnaire
from selfcheck.core.rules.answers import Contact, State
from selfcheck.store.access import grants, self_checks
from selfcheck.store.data import models
from selfcheck.store.database import limits, tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import upsert, writing
from selfcheck.store.history.changes import write_changes
from selfcheck.store.parts import answer_writes, entry_writes, evidence_writes
from selfcheck.store.parts.loading import TEXT_FIELDS, Stock
from selfcheck.store.parts.values import (
    Check,
    Details,
    Entry,
    EntryText,
    Holder,
    StoredAnswer,
    StoredEvidence,
    Who,
    author,
)
from selfcheck.store.parts.steps import CONTENT as STEP_CONTENT
from selfcheck.store.parts.steps import OWN, StoredStep
from selfcheck.store.parts.work import (
    Work,
    fields_of,
    hash_key,
    plain_fields,
)
from selfcheck.store.parts.writes import LISTS, Part

IMPORTED = "imported"
FIRST = 1
CHOICE = answer_writes.CHOICE


def begin_from_file(
    file: models.DataFile,
    questionnaire: Questionnaire,
    creation_key: str,
    now: datetime,
    held: Sequence[str] = (),
    account: Holder | None = None,
) -> tuple[Check, str | None]:
    """A new self-check with what the file says, in one transaction; what it returns, and what becomes of the same form
    sent twice, is as in `checks.begin`. Raises `TooMany` where a list is longer than a self-check holds.
    """
    try:
        return _begin(file, questionnaire, creation_key, now, held, account)
    except IntegrityError:  # a double click: the other one was faster by a hair and is found now
        return _begin(file, questionnaire, creation_key, now, held, account)


def _begin(
    file: models.DataFile,
    questionnaire: Questionnaire,
    creation_key: str,
    now: datetime,
    held: Sequence[str],
    account: Holder | None,
) -> tuple[Check, str | None]:
    by = author(account.name if account else "", grants.COORDINATION)
    creation, details = hash_key("import", creation_key), _details(file.self_check)
    with writing() as connection:
        begun = self_checks.begin_with(connection, questionnaire.name, details, creation, IMPORTED, now, held, account)
        if not begun.again:
            work = Work(begun.check.id, questionnaire, Stock({}, {}, {}), Who(None, by), now)
            _take(work, file)
            answer_writes.store_answers(work, connection)
            evidence_writes.store_evidence(work, connection)
            entry_writes.store_entries(work, connection)
            _store_steps(connection, work, file.steps)
            write_changes(connection, begun.check.id, work.changes, work.by, now)
    return begun.check, begun.secret


def _take(work: Work, file: models.DataFile) -> None:
    _take_answers(work, file.answers)
    _take_evidence(work, file.evidence)
    _take_lists(work, file)


def _details(said: models.SelfCheck) -> Details:
    contact = Contact(**said.contact.model_dump())
    profile = Profile(said.place, said.audit, said.land)
    return Details(said.municipality, said.district, profile, said.interview, contact)


def _take_answers(work: Work, answers: Iterable[models.Answer]) -> None:
    """A value that the questionnaire does not know stays as it is: it counts as unclear, and its page tells it."""
    for said in answers:
        id = QuestionId(said.question)
        taken = _choice(StoredAnswer.untouched(id), said.choice)
        if taken.state is not State.OPEN:
            taken = taken._replace(choice_version=FIRST, choice_by=work.by.label, choice_at=work.now)
            work.enter(Part.CHOICE, id, fields_of(StoredAnswer.untouched(id), CHOICE), fields_of(taken, CHOICE))
        if said.note.text:
            at, by = work.now, work.by.label
            taken = taken._replace(note=said.note.text, note_version=FIRST, note_by=by, note_at=at)
            work.enter(Part.NOTE, id, None, said.note.text)
        work.stock.answers[id] = taken
        work.answers.add(id)


def _choice(answer: StoredAnswer, said: models.Choice) -> StoredAnswer:
    state, value, reason = State(said.state), said.value, said.reason.strip()
    if state is State.GIVEN:
        return answer._replace(state=state, value=value) if value is not None else answer._replace(state=State.UNCLEAR)
    if state is State.NOT_APPLICABLE:
        return answer._replace(state=state, reason=reason) if reason else answer._replace(state=State.UNCLEAR)
    return answer._replace(state=state)


def _take_evidence(work: Work, pieces: Iterable[models.Evidence]) -> None:
    held: dict[str, int] = {}
    for said in _live(pieces):
        held[said.question] = held.get(said.question, 0) + 1
        limits.keep_few(said.question, held[said.question] - 1)
        piece = _piece(work, said)
        work.stock.evidence[piece.key] = piece
        work.evidence.add(piece.key)
        work.enter(Part.EVIDENCE, piece.key, None, plain_fields(piece, evidence_writes.CONTENT))


def _piece(work: Work, said: models.Evidence) -> StoredEvidence:
    """A usual piece is found by its title; what the questionnaire does not name, or a second one, is an own one."""
    id = QuestionId(said.question)
    question = work.questionnaire.question.get(id)
    key = hash_key(id, "usual", said.title)
    usual = said.usual and question is not None and said.title in question.evidence and key not in work.stock.evidence
    return StoredEvidence(
        id=-1 - len(work.stock.evidence),
        key=key if usual else hash_key(id, "own", secrets.token_hex(16)),
        question=id,
        usual=usual,
        **fields_of(said, ("title", "available", "link", "file_number", "page", "valid_until")),
        version=FIRST,
        by=work.by.label,
        at=work.now,
    )


def _take_lists(work: Work, file: models.DataFile) -> None:
    said: Mapping[Part, Iterable[Any]] = {
        Part.GOAL: file.goals,
        Part.PAST_GOAL: file.past_goals,
        Part.PROJECT: file.projects,
    }
    for part, entries in said.items():
        build: Callable[..., EntryText] = LISTS[part]
        for number, entry in enumerate(_live(entries), start=1):
            limits.keep_few(part.value, number - 1)
            text = build(**{name: getattr(entry, name) for name in TEXT_FIELDS[part]})
            key = hash_key(secrets.token_hex(16))
            work.stock.entries[part, key] = Entry(number, key, text, FIRST, work.by.label, work.now)
            work.entries.add((part, key))
            work.enter(part, str(number), None, plain_fields(text))


def _store_steps(connection: Connection, work: Work, steps: Iterable[models.Step]) -> None:
    """Steps that somebody touched; all others come up by themselves."""
    taken: dict[str, StoredStep] = {}
    for said in _live(steps):
        if said.version == 0 and not said.own:
            continue
        limits.keep_few("own steps", sum(step.own for step in taken.values()) if said.own else 0)
        step = _step(work, said)
        taken[step.key] = step
        work.enter(Part.STEP, step.key, None, plain_fields(step, STEP_CONTENT))
    if taken:
        rows = [{"check_id": work.check_id} | fields_of(step) for step in taken.values()]
        upsert(connection, tables.Step, rows, ("check_id", "key"))


def _step(work: Work, said: models.Step) -> StoredStep:
    key = OWN + secrets.token_hex(16) if said.own else said.key.removeprefix(OWN)
    own = fields_of(said, ("title", "due", "group")) if said.own else {}
    return StoredStep(
        key=key,
        first_seen=local_day(work.now),
        own=said.own,
        **fields_of(said, ("done", "person", "note")),
        **own,
        version=FIRST,
        by=work.by.label,
        at=work.now,
    )


def _live(entries: Iterable[Any]) -> Iterable[Any]:
    return (entry for entry in entries if entry.removed_at is None)
