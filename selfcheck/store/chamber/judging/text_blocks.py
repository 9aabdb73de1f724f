"""Text blocks (Textbausteine): of one advisor, or of the whole chamber. Each has a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, or_, select, update

from selfcheck.core.text.order import sort_key
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle

MOST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class BlockText:
    """What a block says; `title` is what it is found by."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block as it stands. `own`: only its author sees it."""

    id: int
    title: str
    text: str
    by: str
    version: int
    at: datetime
    own: bool

    @property
    def said(self) -> BlockText:
        return BlockText(self.title, self.text)


def list_blocks(advisor: Advisor) -> list[TextBlock]:
    """The advisor's own and those of the chamber, by title: one statement."""
    blocks = [_read(row) for row in reading().execute(_select(advisor))]
    return sorted(blocks, key=lambda block: sort_key(block.title))


def find_block(advisor: Advisor, id: int) -> TextBlock | None:
    """One that this advisor sees: one statement."""
    return _find(reading(), advisor, id)


def add_block(advisor: Advisor, said: BlockText, own: bool, now: datetime) -> int:
    """A new block; the id of the one that says the same already, where somebody sends a form twice. Raises `TooLong`,
    and `TooMany` where there are as many as anybody looks through.
    """
    kept = _keep(said)
    table = tables.TextBlock
    whose = table.account_id == advisor.account_id if own else table.account_id.is_(None)
    here = (table.chamber == advisor.chamber, whose, table.removed_at.is_(None))
    with writing() as connection:
        same = select(table.id).where(*here, table.title == kept.title, table.text == kept.text)
        known = connection.execute(same).scalar()
        if known is not None:
            return int(known)
        count = connection.execute(select(func.count()).select_from(table).where(*here)).scalar_one()
        limits.keep_few("text blocks", count)
        row = {
            "chamber": advisor.chamber,
            "account_id": advisor.account_id if own else None,
            "title": kept.title,
            "text": kept.text,
            "by": advisor.author,
            "version": 1,
            "at": now,
        }
        return int(connection.execute(insert(table).values(row).returning(table.id)).scalar_one())


def change_block(
    advisor: Advisor, id: int, said: BlockText | None, seen_version: int, now: datetime
) -> Saved | Unchanged | Conflict | None:
    """Makes `said` what a block says, or removes it (None), for whoever saw `seen_version`; None where there is no such
    block any more. Raises `TooLong`.
    """
    wanted = _keep(said) if said is not None else None
    with writing() as connection:
        stored = _find(connection, advisor, id, lock=True)
        if stored is None:
            return None
        current = Current(stored.said, stored, stored.version, stored.by, stored.at)
        outcome = settle(current, seen_version, wanted, now)
        if isinstance(outcome, Saved):
            changed: dict[str, object] = {"version": outcome.version, "by": advisor.author, "at": now}
            changed |= {"title": wanted.title, "text": wanted.text} if wanted is not None else {"removed_at": now}
            connection.execute(update(tables.TextBlock).where(tables.TextBlock.id == id).values(changed))
        return outcome


def _keep(said: BlockText) -> BlockText:
    title = limits.keep_line(said.title, "title", limits.LINE)
    return BlockText(title, limits.keep_text(said.text, "text", limits.COMMENT))


def _find(connection: Connection, advisor: Advisor, id: int, *, lock: bool = False) -> TextBlock | None:
    if not 0 < id <= MOST_ID:
        return None
    wanted = _select(advisor).where(tables.TextBlock.id == id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).first()
    return _read(row) if row is not None else None


def _seen_by(advisor: Advisor) -> ColumnElement[bool]:
    table = tables.TextBlock
    mine = or_(table.account_id.is_(None), table.account_id == advisor.account_id)
    return and_(table.chamber == advisor.chamber, mine, table.removed_at.is_(None))


def _select(advisor: Advisor) -> Select[*tuple[object, ...]]:
    table = tables.TextBlock
    columns = (table.id, table.title, table.text, table.by, table.version, table.at, table.account_id)
    return select(*columns).where(_seen_by(advisor))


def _read(row: Row[*tuple[object, ...]]) -> TextBlock:
    return read_row(TextBlock, row, own=row.account_id is not None)
