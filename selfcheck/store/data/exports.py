"""„Alle Daten (JSON)“: everything that is stored of one self-check, entry by entry, without what opens anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import IO

from pydantic import BaseModel
from pydantic_core import to_json
from sqlalchemy import Connection, select

from selfcheck.core.review.case import StepKind
from selfcheck.store.data import models as data
from selfcheck.store.data import talk_exports
from selfcheck.store.database import tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.transactions import reading
from selfcheck.store.parts.kinds.register import shelves
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.shelf import AnyShelf, Fields, is_live
from selfcheck.store.parts.values import Check
from selfcheck.store.sharing import shares
from selfcheck.store.sharing.shares import ShareSummary
from selfcheck.store.team.places import places_of

ROWS_AT_ONCE = 200


def write_export(
    check_id: int, target: IO[bytes], now: datetime, *, team: bool = True, sharing: bool = True, history: bool = True
) -> None:
    """Writes the file into `target`; places only with `team`, Stände and good examples only with `sharing`, changes
    and what a chamber asked, recommended and released with `history`.

    Long lists are fetched piece by piece. Raises `DamagedRow`.
    """
    with sound_rows():
        for piece in _pieces(check_id, now, team=team, sharing=sharing, history=history):
            target.write(piece.encode())


def _pieces(check_id: int, now: datetime, *, team: bool, sharing: bool, history: bool) -> Iterator[str]:
    connection = reading()
    case = select(tables.ReviewCase.id).where(tables.ReviewCase.check_id == check_id).exists()
    row = connection.execute(select(*CHECK_COLUMNS, case.label("shared")).where(tables.SelfCheck.id == check_id)).one()
    check = read_check(row)
    head = {"format": data.FORMAT, "version": data.VERSION, "exported_at": now.isoformat()}
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield f',\n"self_check": {_self_check(check).model_dump_json()}'
    sections: dict[str, Iterable[object]] = {
        shelf.section: _export(shelf, connection, check_id) for shelf in shelves() if shelf.exported
    }
    sections["named_states"] = _moments(connection, check_id)
    sections["files"] = _files(connection, check_id)
    sections["redactions"] = _rows(connection, tables.Redaction, data.Redaction, check_id)
    sections["places"] = _places(check_id) if team else ()
    sections["shares"] = _shares(connection, check_id) if sharing else ()
    sections["chamber_shares"] = _chamber_shares(connection, check_id) if sharing and row.shared else ()
    sections |= talk_exports.export_talk(check_id, history=history and row.shared, sharing=sharing and row.shared)
    sections["stands"] = _stands(connection, check_id) if sharing else ()
    sections["history"] = map(_without_mail, _rows(connection, tables.Change, data.Change, check_id)) if history else ()
    for name, entries in sections.items():
        yield f',\n"{name}": ['
        for index, entry in enumerate(entries):
            yield (",\n" if index else "\n") + to_json(entry).decode()
        yield "]"
    yield "\n}\n"


def _export(shelf: AnyShelf, connection: Connection, check_id: int) -> Iterator[Fields]:
    """What was said, and what was said and removed, unless its text went with it."""
    for row in shelf.read(connection, check_id).values():
        if shelf.with_removed or is_live(row):
            yield shelf.export(row)


def _self_check(check: Check) -> data.SelfCheck:
    id, _, version = check.questionnaire.partition("/")
    plain = {name: getattr(check, name) for name in data.SelfCheck.model_fields if hasattr(check, name)}
    about = {"land": check.profile.land, "place": check.profile.centrality, "audit": check.profile.audit}
    chamber = data.ChamberMail(
        version=check.chamber_version, by=check.chamber_by, at=check.chamber_at, mail=check.chamber_mail
    )
    beside = {"contact": asdict(check.contact), "questionnaire": {"id": id, "version": version}, "chamber": chamber}
    return data.SelfCheck.model_validate(plain | about | beside)


def _moments(connection: Connection, check_id: int) -> Iterator[data.NamedState]:
    for row in connection.execute(select(tables.NamedState).where(tables.NamedState.check_id == check_id)):
        yield data.NamedState(name=row.name, change=row.change_id, by=row.by, at=row.at)


def _files(connection: Connection, check_id: int) -> Iterator[data.UploadedFile]:
    """What is known of each, and that it does not come along."""
    file, piece = tables.PieceFile, tables.Evidence
    beside = ("piece", "content")
    columns = [getattr(file, name) for name in data.UploadedFile.model_fields if name not in beside]
    rows = select(piece.key.label("piece"), *columns).join(piece, piece.id == file.evidence_id)
    for row in connection.execute(rows.where(file.check_id == check_id).order_by(file.id)):
        yield data.UploadedFile(**row._mapping, content="nicht in dieser Datei")


def _rows(
    connection: Connection, model: type[tables.Change | tables.Redaction], entry: type[BaseModel], check_id: int
) -> Iterator[BaseModel]:
    """The rows of a table whose columns are called like the fields of `entry`."""
    columns = (getattr(model, name) for name in entry.model_fields)
    wanted = select(*columns).where(model.check_id == check_id).order_by(model.id)
    for row in connection.execute(wanted.execution_options(yield_per=ROWS_AT_ONCE)):
        yield entry(**row._mapping)


def _without_mail(change: BaseModel) -> BaseModel:
    """An event of the team names a person without a name by their address."""
    after = getattr(change, "after", None)
    if not isinstance(after, dict) or "event" not in after or "@" not in str(after.get("label")):
        return change
    return change.model_copy(update={"after": {**after, "label": ""}})


def _places(check_id: int) -> Iterator[data.Place]:
    """Without who sits there, addresses of mails and links."""
    for place in places_of(check_id):
        plain = {name: getattr(place, name) for name in data.Place.model_fields} | {
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
        .join(tables.Snapshot)
        .where(tables.Snapshot.check_id == check_id)
        .order_by(tables.Share.id)
        .execution_options(yield_per=1)
    )
    names = tuple(name for name in data.Share.model_fields if name not in ("sha256", "content"))
    for row in connection.execute(frozen):
        share = {name: getattr(summaries[row.public_id], name) for name in names}
        yield data.Share(**share, sha256=row.sha256, content=json.loads(row.content))


def _chamber_shares(connection: Connection, check_id: int) -> Iterator[data.ChamberShare]:
    """With the chambers themselves, oldest first."""
    case, step = tables.ReviewCase, tables.CaseStep
    wanted = select(case.chamber, step.kind, step.stand, step.by, step.at).join(case, case.id == step.case_id)
    told = (case.check_id == check_id, step.kind.in_((StepKind.SHARED, StepKind.WITHDRAWN)))
    for row in connection.execute(wanted.where(*told).order_by(step.id)):
        yield data.ChamberShare(chamber=row.chamber, event=row.kind, stand=row.stand, by=row.by, at=row.at)


def _stands(connection: Connection, check_id: int) -> Iterator[data.Stand]:
    """Those that nobody got by a link, oldest first."""
    frozen = tables.Snapshot
    columns = (frozen.number, frozen.created_at, frozen.sha256, frozen.content)
    shared = select(tables.Share.id).where(tables.Share.snapshot_id == frozen.id).exists()
    wanted = select(*columns).where(frozen.check_id == check_id, ~shared).order_by(frozen.number)
    for row in connection.execute(wanted.execution_options(yield_per=1)):
        said = {"number": row.number, "frozen_at": row.created_at, "sha256": row.sha256}
        yield data.Stand(**said, content=json.loads(row.content))
