"""Writing pieces of evidence: usual ones that the questionnaire names, and own ones."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sqlalchemy import Connection

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.database import limits, tables
from selfcheck.store.database.transactions import upsert_returning
from selfcheck.store.parts.loading import EVIDENCE_FIELDS
from selfcheck.store.parts.records import StoredEvidence
from selfcheck.store.parts.work import (
    Work,
    fields_of,
    hash_key,
    plain_fields,
)
from selfcheck.store.parts.writes import (
    Conflict,
    Current,
    EvidenceRemoval,
    EvidenceWrite,
    Outcome,
    Part,
    Saved,
    Unchanged,
    settle,
)

CONTENT = ("question", "usual", "title", "available", "link", "file_number", "page", "valid_until")


def apply_evidence(work: Work, write: EvidenceWrite) -> Outcome:
    """A stored piece stays what it is: usual or own; the title of a usual one is the questionnaire's."""
    question = work.question(write.question).id
    key = _find_key(work, write)
    stored = work.stock.evidence.get(key)
    if (stored is None and write.id is not None) or (stored is not None and stored.question != question):
        return Conflict(0, None, "", work.now)
    seen = write.seen_version
    if stored is not None and stored.usual:
        write = replace(write, usual=True, title=stored.title)
        if stored.removed_at is not None and write.id is None and seen == 0:
            seen = stored.version  # a usual piece that was removed is offered afresh
    wanted = _keep(work, write, key, question, (stored is not None and stored.usual) or write.usual)
    return _settle(work, key, stored, seen, wanted)


def apply_removal(work: Work, write: EvidenceRemoval) -> Outcome:
    stored = _by_id(work, write.id)
    if stored is None:
        return Unchanged(0, write.id)
    return _settle(work, stored.key, stored, write.seen_version, None)


def store_evidence(work: Work, connection: Connection) -> dict[int, int]:
    """Puts down what has changed. Returns the ids that new pieces got, by those that stood in for them."""
    names = tuple(name for name in EVIDENCE_FIELDS if name != "id")
    changed = [piece for key, piece in work.stock.evidence.items() if key in work.evidence]
    rows = [{"check_id": work.check_id} | fields_of(piece, names) for piece in changed]
    if not rows:
        return {}
    returning = (tables.Evidence.key, tables.Evidence.id)
    stored = upsert_returning(connection, tables.Evidence, rows, ("check_id", "key"), returning)
    given = {}
    for key, id in stored:
        given[work.stock.evidence[key].id] = id
        work.stock.evidence[key] = work.stock.evidence[key]._replace(id=id)
    return given


def _by_id(work: Work, id: int) -> StoredEvidence | None:
    return next((piece for piece in work.stock.evidence.values() if piece.id == id), None)


def _count(work: Work, question: QuestionId) -> int:
    pieces = work.stock.evidence.values()
    return sum(piece.question == question and piece.removed_at is None for piece in pieces)


def _find_key(work: Work, write: EvidenceWrite) -> str:
    """What finds a piece again when its form is sent twice."""
    if write.id is not None:
        stored = _by_id(work, write.id)
        return stored.key if stored else ""
    if write.usual:
        return hash_key(write.question, "usual", write.title)
    return hash_key(write.question, "own", write.creation_key or secrets.token_hex(16))


def _keep(work: Work, write: EvidenceWrite, key: str, question: QuestionId, usual: bool) -> StoredEvidence:
    return StoredEvidence(
        id=-1 - len(work.stock.evidence),
        key=key,
        question=question,
        usual=usual,
        title=limits.keep_line(write.title, "title", limits.TITLE),
        available=write.available,
        link=limits.keep_line(write.link, "link", limits.LINK),
        file_number=limits.keep_line(write.file_number, "file_number", limits.LINE),
        page=limits.keep_line(write.page, "page", limits.LINE),
        valid_until=write.valid_until,
        version=0,
        by=work.by.label,
        at=work.now,
        place_id=work.by.place_id,
    )


def _settle(work: Work, key: str, stored: StoredEvidence | None, seen: int, wanted: StoredEvidence | None) -> Outcome:
    live = stored if stored is not None and stored.removed_at is None else None
    before, after = (fields_of(piece, CONTENT) if piece else None for piece in (live, wanted))
    current = Current(before, live, 0, "", None)
    if stored is not None:
        current = Current(before, live, stored.version, stored.by, stored.at)
    outcome = settle(current, seen, after, work.now, stored.id if stored else None)
    kept = wanted or stored
    if isinstance(outcome, Saved) and kept is not None:
        if live is None:
            limits.keep_few(kept.question, _count(work, kept.question))
        kept = kept._replace(
            id=stored.id if stored else kept.id,
            version=outcome.version,
            by=work.by.label,
            at=work.now,
            removed_at=None if wanted else work.now,
            place_id=live.place_id if live else kept.place_id,
        )
        work.stock.evidence[key] = kept
        work.evidence.add(key)
        work.enter(Part.EVIDENCE, key, plain_fields(live, CONTENT), plain_fields(wanted, CONTENT))
        return replace(outcome, id=kept.id)
    return outcome
