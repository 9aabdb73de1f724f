"""„Alle Daten (JSON)“: everything that is stored of one self-check, entry by entry, without what opens anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any

from pydantic import BaseModel
from sqlalchemy import Connection, select

from selfcheck.core.questionnaire.model import PROFILE_KEYS
from selfcheck.store.data import models as data
from selfcheck.store.database import tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.transactions import Base, reading
from selfcheck.store.parts.loading import (
    Stock,
    read_check,
    read_stock,
)
from selfcheck.store.parts.values import Check, StoredAnswer
from selfcheck.store.parts.work import fields_of
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing import shares
from selfcheck.store.sharing.shares import ShareSummary
from selfcheck.store.team.places import places_of

ROWS_AT_ONCE = 200
Sections = dict[str, Iterable[BaseModel]]


def write_export(
    check_id: int, target: IO[bytes], now: datetime, *, team: bool = True, sharing: bool = True, history: bool = True
) -> None:
    """Writes the file into `target`; places only with `team`, shares only with `sharing`, changes with `history`.

    Long lists are fetched piece by piece. Raises `DamagedRow`.
    """
    with sound_rows():
        for piece in _pieces(check_id, now, team=team, sharing=sharing, history=history):
            target.write(piece.encode())


def _pieces(check_id: int, now: datetime, *, team: bool, sharing: bool, history: bool) -> Iterator[str]:
    connection = reading()
    check = read_check(connection.execute(select(tables.SelfCheck).where(tables.SelfCheck.id == check_id)).one())
    head = {"format": data.FORMAT, "version": data.VERSION, "exported_at": now.isoformat()}
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield f',\n"self_check": {_self_check(check).model_dump_json()}'
    sections = _content(connection, check_id, read_stock(connection, check_id)) | _around(connection, check_id)
    sections["places"] = _places(check_id) if team else ()
    sections["shares"] = _shares(connection, check_id) if sharing else ()
    sections["history"] = map(_without_mail, _rows(connection, tables.Change, data.Change, check_id)) if history else ()
    for name, entries in sections.items():
        yield f',\n"{name}": ['
        for place, entry in enumerate(entries):
            yield (",\n" if place else "\n") + entry.model_dump_json()
        yield "]"
    yield "\n}\n"


def _self_check(check: Check) -> data.SelfCheck:
    id, _, version = check.questionnaire.partition("/")
    return data.SelfCheck(
        **fields_of(
            check, ("municipality", "district", "interview", "version", "by", "at", "created_at", "changed_at")
        ),
        **{key: getattr(check.profile, name) for key, name in PROFILE_KEYS.items()},
        contact=data.Contact(**fields_of(check.contact)),
        questionnaire=data.QuestionnaireName(id=id, version=version),
    )


def _content(connection: Connection, check_id: int, stock: Stock) -> Sections:
    """What was said, and what was said and removed."""
    lists: dict[Part, type[BaseModel]] = {
        Part.GOAL: data.Goal,
        Part.PAST_GOAL: data.PastGoal,
        Part.PROJECT: data.Project,
    }
    entries: dict[Part, list[BaseModel]] = {part: [] for part in lists}
    for (part, _), entry in sorted(stock.entries.items(), key=lambda item: item[1].number):
        known = fields_of(entry, ("number", "version", "by", "at", "removed_at"))
        entries[part].append(lists[part](**known, **fields_of(entry.text)))
    return {
        "answers": map(_answer, stock.answers.values()),
        "evidence": (_from(data.Evidence, piece) for piece in stock.evidence.values()),
        "steps": _rows(connection, tables.Step, data.Step, check_id, order="key"),
        "goals": entries[Part.GOAL],
        "past_goals": entries[Part.PAST_GOAL],
        "projects": entries[Part.PROJECT],
    }


def _around(connection: Connection, check_id: int) -> Sections:
    """What people said about it to each other."""
    return {
        "named_states": (
            data.NamedState(name=row.name, change=row.change_id, by=row.by, at=row.at)
            for row in connection.execute(select(tables.NamedState).where(tables.NamedState.check_id == check_id))
        ),
        "comments": _rows(connection, tables.Comment, data.Comment, check_id, live=True),
        "redactions": _rows(connection, tables.Redaction, data.Redaction, check_id),
    }


def _rows(
    connection: Connection,
    table: type[Base],
    model: type[BaseModel],
    check_id: int,
    order: str = "id",
    live: bool = False,
) -> Iterator[BaseModel]:
    """The rows of a table whose columns are called like the fields of `model`; `live`: those that were not removed."""
    columns = table.__table__.c
    wanted = select(*(columns[name] for name in model.model_fields)).where(columns.check_id == check_id)
    if live:
        wanted = wanted.where(columns.removed_at.is_(None))
    wanted = wanted.order_by(columns[order]).execution_options(yield_per=ROWS_AT_ONCE)
    for row in connection.execute(wanted):
        yield model(**row._mapping)


def _without_mail(change: BaseModel) -> BaseModel:
    """An event of the team names a person without a name by their address."""
    after = getattr(change, "after", None)
    if not isinstance(after, dict) or "event" not in after or "@" not in str(after.get("label")):
        return change
    return change.model_copy(update={"after": {**after, "label": ""}})


def _from(model: type[BaseModel], record: Any) -> BaseModel:
    return model(**fields_of(record, tuple(model.model_fields)))


def _answer(answer: StoredAnswer) -> data.Answer:
    choice = {
        "state": str(answer.state),
        "value": answer.value,
        "reason": answer.reason,
        "version": answer.choice_version,
        "by": answer.choice_by,
        "at": answer.choice_at,
    }
    note = {"text": answer.note, "version": answer.note_version, "by": answer.note_by, "at": answer.note_at}
    return data.Answer.model_validate({"question": answer.question, "choice": choice, "note": note})


def _places(check_id: int) -> Iterator[data.Place]:
    """Without who sits there, addresses of mails and links."""
    for place in places_of(check_id):
        plain = fields_of(place, tuple(data.Place.model_fields)) | {
            "role": place.role.value,
            "questions": list(place.questions),
            "declined": list(place.declined),
        }
        yield data.Place.model_validate(plain)


def _shares(connection: Connection, check_id: int) -> Iterator[data.Share]:
    """Oldest first, each with the Stand as it was frozen; one that was shared twice stands there twice."""
    summaries: dict[str, ShareSummary] = {share.public_id: share for share in shares.shares_of(check_id)}
    frozen = (
        select(tables.Share.public_id, tables.Snapshot.content, tables.Snapshot.sha256)
        .join(tables.Snapshot, tables.Snapshot.id == tables.Share.snapshot_id)
        .where(tables.Snapshot.check_id == check_id)
        .order_by(tables.Share.id)
        .execution_options(yield_per=1)
    )
    names = tuple(name for name in data.Share.model_fields if name not in ("sha256", "content"))
    for row in connection.execute(frozen):
        share = fields_of(summaries[row.public_id], names)
        yield data.Share(**share, sha256=row.sha256, content=json.loads(row.content))
