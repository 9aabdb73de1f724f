"""Names of persons go after their time: what they wrote stays, and says the place instead.

That is so 12 months after the interview for everybody, and for one person when their account is gone or they left
their place 12 months ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, union, update
from sqlalchemy.orm import InstrumentedAttribute

from selfcheck.store.accounts import account_writes
from selfcheck.store.database import tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.times import local_day, year_before
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.loading import (
    AnyRow,
)
from selfcheck.store.parts.values import author
from selfcheck.store.parts.writes import Part

AUTHORS: tuple[InstrumentedAttribute[str], ...] = (
    tables.SelfCheck.by,
    tables.Answer.choice_by,
    tables.Answer.note_by,
    tables.Change.by,
    tables.Evidence.by,
    tables.Step.by,
    tables.Goal.by,
    tables.PastGoal.by,
    tables.Project.by,
    tables.Place.message_by,
    tables.Snapshot.redacted_by,
    tables.Comment.by,
    tables.Comment.resolved_by,
    tables.NamedState.by,
    tables.Redaction.by,
)
"""Every column that says who."""
WithGrant = type[tables.Change | tables.Comment | tables.NamedState | tables.Redaction]
WITH_GRANT: tuple[WithGrant, ...] = (tables.Change, tables.Comment, tables.NamedState, tables.Redaction)
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
        tables.SelfCheck.interview < local_day(long_ago),
        and_(tables.SelfCheck.interview.is_(None), tables.SelfCheck.changed_at < long_ago),
    )
    of_old = tables.Place.check_id.in_(select(tables.SelfCheck.id).where(old))
    of_gone = or_(tables.Grant.account_id.in_(account_writes.gone(now)), left_before(long_ago))
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
        emptied = update(tables.Grant).where(tables.Grant.name != "", _on(of_old, of_gone)).values(name="")
        return connection.execute(emptied).rowcount


def closed_before(moment: datetime) -> ColumnElement[bool]:
    """The places that were withdrawn, or ran out, before `moment`."""
    return or_(tables.Place.withdrawn_at < moment, tables.Place.ends_on < local_day(moment))


def left_before(moment: datetime) -> ColumnElement[bool]:
    """The grants that ended, or whose place closed, before `moment`."""
    return or_(
        tables.Grant.ended_at < moment, tables.Grant.place_id.in_(select(tables.Place.id).where(closed_before(moment)))
    )


def _on(of_old: ColumnElement[bool], of_gone: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(tables.Grant.place_id.in_(select(tables.Place.id).where(of_old)), of_gone)


def _learn(connection: Connection, towns: dict[int, _Town], mine: ColumnElement[bool], *, whole: bool) -> None:
    """Gathers the authors that grants among `mine` stand for; `whole`: all authors of these self-checks."""
    grants = (
        select(
            tables.Place.check_id,
            tables.Place.label,
            tables.Grant.name,
            tables.Account.name.label("account"),
            tables.Account.email,
        )
        .select_from(tables.Place)
        .outerjoin(tables.Grant, tables.Grant.place_id == tables.Place.id)
        .outerjoin(tables.Account, tables.Account.id == tables.Grant.account_id)
    )
    found = connection.execute(grants.where(mine)).all()
    checks = {row.check_id for row in found} - (set() if whole else towns.keys())
    towns.update({id: _Town(all=whole) for id in checks})
    for id, label in connection.execute(
        select(tables.Place.check_id, tables.Place.label).where(tables.Place.check_id.in_(list(checks)))
    ):
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
        placed = select(table.check_id, table.by, tables.Place.label).select_from(table)
        grants = placed.join(tables.Grant, tables.Grant.id == table.grant_id, isouter=whole)
        links = grants.join(tables.Place, tables.Place.id == tables.Grant.place_id, isouter=whole)
        found.append(links.where(or_(mine, _unknown(table, mine)) if whole else mine))
    return union(*found)


def _unknown(table: WithGrant, mine: ColumnElement[bool]) -> ColumnElement[bool]:
    """Written on a grant that is gone, in one of these self-checks."""
    return and_(tables.Grant.id.is_(None), table.check_id.in_(select(tables.Place.check_id).where(mine)))


def _rename(connection: Connection, towns: Mapping[int, _Town]) -> None:
    """One statement per column, for all authors at once."""
    rows = [{"of": id, "old": old, "new": new} for id, town in towns.items() for old, new in town.authors.items()]
    for column in AUTHORS if rows else ():
        table = column.class_
        of = table.id if table is tables.SelfCheck else table.check_id
        mine = (of == bindparam("of"), column == bindparam("old"))
        connection.execute(update(table).where(*mine).values({column.key: bindparam("new")}), rows)


_REWRITE = (
    update(tables.Change)
    .where(tables.Change.id == bindparam("of"))
    .values(
        before=bindparam("earlier", type_=tables.Change.before.type),
        after=bindparam("later", type_=tables.Change.after.type),
    )
)


def _changes_naming(connection: Connection, towns: Mapping[int, _Town]) -> Iterable[dict[str, Any]]:
    """The changes that name somebody in what they say, as they are to be written anew."""
    columns = (tables.Change.id, tables.Change.check_id, tables.Change.before, tables.Change.after, tables.Change.by)
    wanted = select(*columns).where(tables.Change.check_id.in_(list(towns)), tables.Change.part.in_(NAMING))
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
