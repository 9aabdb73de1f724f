"""The files of a piece of evidence: a new one is a new revision, earlier ones stay until they are taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from selfcheck.core.files.content import Accepted
from selfcheck.core.permissions import Allowed
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import field_names
from selfcheck.store.database.tables.files import SCANNED, UNSCANNED
from selfcheck.store.database.transactions import after_commit, reading
from selfcheck.store.files.collecting import drop_unnamed
from selfcheck.store.files.depot import Received, hold_turn, open_depot
from selfcheck.store.files.room import refuse_without_room
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import Gone, NotAllowed
from selfcheck.store.parts.writes import Part


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One revision. Where it was taken out it has neither a name nor bytes, and says when and by whom."""

    evidence_id: int
    number: int
    name: str
    kind: str
    size: int
    sha256: str | None
    scan: str
    by: str
    at: datetime
    removed_at: datetime | None
    removed_by: str

    @property
    def scanned(self) -> bool:
        """Whether somebody looked for viruses in it, and found none."""
        return self.scan == SCANNED


_COLUMNS = tuple(getattr(tables.PieceFile, name) for name in field_names(StoredFile))
_OLDEST_FIRST = select(*_COLUMNS).order_by(tables.PieceFile.evidence_id, tables.PieceFile.number)


def list_files(check_id: int, evidence_id: int, connection: Connection | None = None) -> Sequence[StoredFile]:
    """All revisions of a piece, the newest first."""
    mine = (tables.PieceFile.check_id == check_id, tables.PieceFile.evidence_id == evidence_id)
    rows = (connection or reading()).execute(_OLDEST_FIRST.where(*mine)).all()
    return [_read(row) for row in reversed(rows)]


def find_file(check_id: int, evidence_id: int, number: int, question: str) -> StoredFile | None:
    """One revision of a piece that was not removed and belongs to this question."""
    file, evidence = tables.PieceFile, tables.Evidence
    wanted = select(*_COLUMNS, evidence.question, evidence.also).join(evidence, evidence.id == file.evidence_id)
    mine = (file.check_id == check_id, file.evidence_id == evidence_id, file.number == number)
    row = reading().execute(wanted.where(*mine, evidence.removed_at.is_(None))).first()
    if row is None or question not in (row.question, *row.also):
        return None
    return _read(row)


def list_all(check_id: int) -> Sequence[StoredFile]:
    """All files of a self-check, by piece, the oldest first."""
    return [_read(row) for row in reading().execute(_OLDEST_FIRST.where(tables.PieceFile.check_id == check_id))]


def keep_file(
    connection: Connection,
    check_id: int,
    evidence_id: int,
    received: Received,
    accepted: Accepted,
    by: Who,
    now: datetime,
    *,
    scanned: bool,
    allowed: Allowed,
) -> StoredFile:
    """Makes what came in the newest revision of a piece, inside of a write transaction.

    The same file under the same name as the newest one is that: a form sent twice keeps it once. Raises `NoRoom`,
    `TooMany`, `HistoryFull`, `NotAllowed`, or `Gone` where there is no such piece; then nothing is kept.
    """
    lock(connection, check_id, now, limits.WRITING)
    hold_turn(connection)
    evidence = tables.Evidence
    mine = (evidence.id == evidence_id, evidence.check_id == check_id, evidence.removed_at.is_(None))
    piece = connection.execute(select(evidence.key, evidence.question, evidence.also).where(*mine)).first()
    if piece is None:
        raise Gone(evidence_id)
    questions = (piece.question, *piece.also)
    if not allowed.to_prove(questions, questions):
        raise NotAllowed(Part.FILE)
    earlier = list_files(check_id, evidence_id, connection)
    if earlier and (earlier[0].sha256, earlier[0].name) == (received.sha256, accepted.name):
        return earlier[0]
    limits.keep_few(f"files of piece {evidence_id}", len(earlier))
    depot = open_depot()
    refuse_without_room(connection, depot, check_id, received)
    number = (earlier[0].number if earlier else 0) + 1
    scan = SCANNED if scanned else UNSCANNED
    facts = (evidence_id, number, accepted.name, accepted.kind, received.size, received.sha256, scan, by.label, now)
    kept = StoredFile(*facts, None, "")
    row = {name: getattr(kept, name) for name in field_names(StoredFile)}
    connection.execute(insert(tables.PieceFile).values(check_id=check_id, grant_id=by.grant_id, **row))
    told = {"question": piece.question, "number": number, "size": received.size}
    write_changes(connection, check_id, [Entered(Part.FILE, piece.key, None, told)], by, now)
    depot.keep(received)
    return kept


def copy_newest(connection: Connection, source_id: int, check_id: int, by: Who, now: datetime) -> None:
    """The newest file of each piece that another self-check has, for the pieces of this one with the same key: so a
    renewal begins with them. Inside of a write transaction; the bytes are there already and are kept once.
    """
    hold_turn(connection)
    file, old, new = tables.PieceFile, tables.Evidence, tables.Evidence.__table__.alias()
    columns = (new.c.id, file.number, file.name, file.kind, file.size, file.sha256, file.scan)
    twins = select(*columns).join(old, old.id == file.evidence_id).join(new, new.c.key == old.key)
    kept = (file.check_id == source_id, new.c.check_id == check_id, file.sha256.is_not(None))
    rows = connection.execute(twins.where(*kept, old.removed_at.is_(None)).order_by(file.number)).all()
    newest = {row.id: row for row in rows}
    if newest:
        connection.execute(
            insert(file),
            [
                {"check_id": check_id, "evidence_id": id, "number": 1, "by": by.label, "at": now, "removed_by": ""}
                | {name: row._mapping[name] for name in ("name", "kind", "size", "sha256", "scan")}
                for id, row in newest.items()
            ],
        )


def take_out(
    connection: Connection, check_id: int, evidence_id: int, numbers: Sequence[int], label: str, now: datetime
) -> Sequence[StoredFile]:
    """Takes files out for good, inside of a write transaction: their names, and once that is committed their bytes
    where nobody else has the same. Returns those that went; twice is once.
    """
    hold_turn(connection)
    there = [
        file
        for file in list_files(check_id, evidence_id, connection)
        if file.number in numbers and file.removed_at is None
    ]
    wanted = (tables.PieceFile.evidence_id == evidence_id, tables.PieceFile.number.in_([file.number for file in there]))
    gone = {"name": "", "sha256": None, "size": 0, "removed_at": now, "removed_by": label}
    connection.execute(update(tables.PieceFile).where(*wanted).values(gone))
    names = [file.sha256 for file in there if file.sha256]
    after_commit(lambda: drop_unnamed(names))
    return there


def _read(row: Row[*tuple[object, ...]]) -> StoredFile:
    return StoredFile(**{name: row._mapping[name] for name in field_names(StoredFile)})
