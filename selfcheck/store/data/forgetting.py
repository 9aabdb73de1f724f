"""Names of persons go after their time: what they wrote stays, and says the place instead.

That is so 12 months after the interview for everybody, and for one person when their account is gone or they left
their place 12 months ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, bindparam, or_, select, union, update

from selfcheck.store.access.grants import (
    ACCOUNT,
    CHANGE,
    GRANT,
    LINK,
)
from selfcheck.store.accounts import account_writes
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.tables import self_check, team
from selfcheck.store.database.times import local_day, year_before
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.loading import (
    ANSWER,
    EVIDENCE,
    LIST_TABLES,
    SELF_CHECK,
    AnyRow,
    table_of,
)
from selfcheck.store.parts.records import author
from selfcheck.store.parts.writes import Part

STEP = table_of(self_check.Step)
SNAPSHOT = table_of(self_check.Snapshot)
COMMENT = table_of(team.Comment)
NAMED_STATE = table_of(team.NamedState)
REDACTION = table_of(team.Redaction)
AUTHORS: tuple[Column[Any], ...] = (
    SELF_CHECK.c.by,
    ANSWER.c.choice_by,
    ANSWER.c.note_by,
    CHANGE.c.by,
    EVIDENCE.c.by,
    STEP.c.by,
    *(table.c.by for table in LIST_TABLES.values()),
    LINK.c.message_by,
    SNAPSHOT.c.redacted_by,
    COMMENT.c.by,
    COMMENT.c.resolved_by,
    NAMED_STATE.c.by,
    REDACTION.c.by,
)
"""Every column that says who."""
WITH_GRANT = (CHANGE, COMMENT, NAMED_STATE, REDACTION)
NAMING = (Part.ASSIGNMENT.value, Part.TEAM.value)
"""Changes whose content may name a person."""
ABOUT_PERSONS = ("taken_over", "promoted", "handed_over", "left", "appointed")
"""Events of the team whose `label` is a person."""


@dataclass
class _Town:
    """What is to be forgotten in one self-check: authors with the place that stands there instead, and bare names.

    `all`: whoever is named, whether a grant still knows the name or not.
    """

    all: bool
    labels: set[str] = field(default_factory=set)
    authors: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def learn(self, by: str, label: str | None) -> None:
        if is_person(by, self.labels):
            self.authors[by] = find_place(by, self.labels, label)


def is_person(by: str, labels: Iterable[str]) -> bool:
    """Whether an author names a person beside the place, as `records.author` writes it."""
    return by.endswith(")") and " (" in by and by not in labels


def find_place(by: str, labels: Iterable[str], label: str | None) -> str:
    """The place of an author: the longest that it ends with, else the one that its grant has now, else what stands in
    the last brackets."""
    named = [each for each in labels if by.endswith(f" ({each})")]
    return max(named, key=len) if named else label or by.rpartition(" (")[2][:-1]


def forget_names(now: datetime) -> int:
    """Forgets the names in self-checks whose interview was more than 12 months ago (without a date: that nobody changed
    since), those of accounts that are about to be removed, and those of people who left a place more than 12 months
    ago. Returns how many people had a name until now; twice is once.
    """
    long_ago = year_before(now)
    old = or_(
        SELF_CHECK.c.interview < local_day(long_ago),
        and_(SELF_CHECK.c.interview.is_(None), SELF_CHECK.c.changed_at < long_ago),
    )
    of_old = LINK.c.check_id.in_(select(SELF_CHECK.c.id).where(old))
    of_gone = or_(GRANT.c.account_id.in_(account_writes.gone(now)), left_before(long_ago))
    connection = reading()
    with sound_rows():
        towns: dict[int, _Town] = {}
        _learn(connection, towns, of_old, whole=True)
        _learn(connection, towns, of_gone, whole=False)
        named = list(_changes_naming(connection, towns))
    with writing() as connection:
        _rename(connection, towns)
        if named:
            connection.execute(_REWRITE, named)
        emptied = update(GRANT).where(GRANT.c.name != "", _on(of_old, of_gone)).values(name="")
        return connection.execute(emptied).rowcount


def closed_before(moment: datetime) -> ColumnElement[bool]:
    """The places that were withdrawn, or ran out, before `moment`."""
    return or_(LINK.c.withdrawn_at < moment, LINK.c.ends_on < local_day(moment))


def left_before(moment: datetime) -> ColumnElement[bool]:
    """The grants that ended, or whose place closed, before `moment`."""
    return or_(GRANT.c.ended_at < moment, GRANT.c.link_id.in_(select(LINK.c.id).where(closed_before(moment))))


def _on(of_old: ColumnElement[bool], of_gone: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(GRANT.c.link_id.in_(select(LINK.c.id).where(of_old)), of_gone)


def _learn(connection: Connection, towns: dict[int, _Town], mine: ColumnElement[bool], *, whole: bool) -> None:
    """Gathers the authors that grants among `mine` stand for; `whole`: all authors of these self-checks."""
    grants = (
        select(LINK.c.check_id, LINK.c.label, GRANT.c.name, ACCOUNT.c.name.label("account"), ACCOUNT.c.email)
        .select_from(LINK)
        .outerjoin(GRANT, GRANT.c.link_id == LINK.c.id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == GRANT.c.account_id)
    )
    found = connection.execute(grants.where(mine)).all()
    checks = {row.check_id for row in found} - (set() if whole else towns.keys())
    towns.update({id: _Town(all=whole) for id in checks})
    for id, label in connection.execute(select(LINK.c.check_id, LINK.c.label).where(LINK.c.check_id.in_(list(checks)))):
        towns[id].labels.add(label)
    for row in found:
        if row.check_id in checks:
            _learn_grant(towns[row.check_id], row)
    for row in connection.execute(_authors(mine, whole)):
        if row.check_id in checks:
            towns[row.check_id].learn(row.by, row.label)


def _learn_grant(town: _Town, row: AnyRow) -> None:
    town.names |= {name for name in (row.name, row.account, row.email) if name}
    if row.name:
        town.authors[author(row.name, row.label)] = row.label


def _authors(mine: ColumnElement[bool], whole: bool) -> Any:
    """Every author that a table with grants knows, with the place on which its grant sits now."""
    found = []
    for table in WITH_GRANT:
        placed = select(table.c.check_id, table.c.by, LINK.c.label).select_from(table)
        grants = placed.join(GRANT, GRANT.c.id == table.c.grant_id, isouter=whole)
        links = grants.join(LINK, LINK.c.id == GRANT.c.link_id, isouter=whole)
        found.append(links.where(or_(mine, _unknown(table, mine)) if whole else mine))
    return union(*found)


def _unknown(table: Table, mine: ColumnElement[bool]) -> ColumnElement[bool]:
    """Written on a grant that is gone, in one of these self-checks."""
    return and_(GRANT.c.id.is_(None), table.c.check_id.in_(select(LINK.c.check_id).where(mine)))


def _rename(connection: Connection, towns: Mapping[int, _Town]) -> None:
    """One statement per column, for all authors at once."""
    rows = [{"of": id, "old": old, "new": new} for id, town in towns.items() for old, new in town.authors.items()]
    for column in AUTHORS if rows else ():
        of = column.table.c.id if column.table is SELF_CHECK else column.table.c.check_id
        mine = (of == bindparam("of"), column == bindparam("old"))
        connection.execute(update(column.table).where(*mine).values({column: bindparam("new")}), rows)


_REWRITE = (
    update(CHANGE)
    .where(CHANGE.c.id == bindparam("of"))
    .values(
        before=bindparam("earlier", type_=CHANGE.c.before.type), after=bindparam("later", type_=CHANGE.c.after.type)
    )
)


def _changes_naming(connection: Connection, towns: Mapping[int, _Town]) -> Iterable[dict[str, Any]]:
    """The changes that name somebody in what they say, as they are to be written anew."""
    columns = (CHANGE.c.id, CHANGE.c.check_id, CHANGE.c.before, CHANGE.c.after, CHANGE.c.by)
    wanted = select(*columns).where(CHANGE.c.check_id.in_(list(towns)), CHANGE.c.part.in_(NAMING))
    for row in connection.execute(wanted) if towns else ():
        town = towns[row.check_id]
        before, after = (_without_name(town, content) for content in (row.before, row.after))
        if (before, after) != (row.before, row.after):
            yield {"of": row.id, "earlier": before, "later": after}


def _without_name(town: _Town, content: Any) -> Any:
    if not isinstance(content, Mapping):
        return content
    name, label = content.get("name"), content.get("label")
    if name and (town.all or town.names & set(name.split(", "))):
        content = {**content, "name": ""}
    if content.get("event") in ABOUT_PERSONS and label and (town.all or label in town.names | town.authors.keys()):
        content = {**content, "label": town.authors.get(label, label if label in town.labels else "")}
    return content
