"""Names of persons go after their time: what they wrote stays, and says the place instead.

That is so for everybody 12 months after the interview, if nobody has used the self-check for 12 months either; and for
one person when their account is gone or they left their place 12 months ago.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    and_,
    bindparam,
    or_,
    select,
    true,
    union,
    update,
)

from selfcheck.store.accounts import account_writes
from selfcheck.store.data.forgetting_chamber import forget_advisors, forget_persons, forget_senders
from selfcheck.store.data.unused import left_before, unused_since
from selfcheck.store.database import tables
from selfcheck.store.database.belonging import AUTHORS, find_rows
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.times import local_day, year_before
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.values import author
from selfcheck.store.parts.writes import Part

log = logging.getLogger(__name__)
OTHERS = (tables.Step.__table__.columns["person"], tables.Recommendation.__table__.columns["person"])
"""Who does a step of the checklist or what was recommended."""
NAMED = [
    (column, of_check)
    for column in (*AUTHORS, *OTHERS)
    if (of_check := find_rows(column.table, bindparam("of"))) is not None
]
"""Every column where an author of a self-check may be named: who does a step is chosen from the Team."""
WITH_GRANT = [
    column.table.columns
    for column in AUTHORS
    if column.name == "by" and {"grant_id", "check_id"} <= {each.name for each in column.table.columns}
]
"""The columns of the tables that also know on which grant it was."""
NAMING = (Part.ASSIGNMENT, Part.TEAM, Part.STEP)
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

    def learn_grant(self, label: str, name: str | None, account: str | None, mail: str | None) -> None:
        self.names |= {each for each in (name, account, mail) if each}
        if name:
            self.authors[author(name, label)] = label


def is_person(by: str, labels: Iterable[str]) -> bool:
    """Whether an author names a person beside the place, as `values.author` writes it."""
    return by.endswith(")") and " (" in by and by not in labels


def find_place(by: str, labels: Iterable[str], label: str | None) -> str:
    """The place of an author: the longest that it ends with, else the one that its grant has now, else what stands in
    the last brackets."""
    named = [each for each in labels if by.endswith(f" ({each})")]
    return max(named, key=len) if named else label or by.rpartition(" (")[2][:-1]


def forget_names(now: datetime) -> int:
    """Forgets the names in self-checks that nobody has used for 12 months and whose interview, if they have a date for
    it, was more than 12 months ago; those of accounts that are about to be removed, and those of people who left a
    place more than 12 months ago. Returns how many people had a name until now; twice is once.
    """
    forget_advisors(now)
    try:
        return _forget(now)
    except DamagedRow:  # one damaged self-check must not keep the names in all the others
        checks = reading().execute(select(tables.SelfCheck.id)).scalars().all()
        return sum(_forget_if_sound(now, check_id) for check_id in checks)


def _forget_if_sound(now: datetime, check_id: int) -> int:
    try:
        return _forget(now, check_id)
    except DamagedRow as damage:
        log.error("Names stay in self-check %d, which is damaged: %s", check_id, damage)
        return 0


def _forget(now: datetime, only: int | None = None) -> int:
    """The same, in one self-check where `only` names it."""
    long_ago = year_before(now)
    wanted = true() if only is None else tables.Place.check_id == only
    over = or_(tables.SelfCheck.interview.is_(None), tables.SelfCheck.interview < local_day(long_ago))
    old = select(tables.SelfCheck.id).where(over, *unused_since(long_ago))
    of_old = and_(wanted, tables.Place.check_id.in_(old))
    of_gone = or_(tables.Grant.account_id.in_(account_writes.gone(now)), left_before(long_ago))
    connection = reading()
    towns: dict[int, _Town] = {}
    _learn(connection, towns, of_old, whole=True)
    _learn(connection, towns, and_(wanted, of_gone), whole=False)
    named = list(_changes_naming(connection, towns))
    with writing() as connection:
        _rename(connection, towns)
        if named:
            connection.execute(_REWRITE, named)
        there = tables.Grant.place_id.in_(select(tables.Place.id).where(wanted))
        whose = or_(tables.Grant.place_id.in_(select(tables.Place.id).where(of_old)), and_(there, of_gone))
        emptied = update(tables.Grant).where(tables.Grant.name != "", whose).values(name="")
        forget_senders(connection, old, now, only)
        forget_persons(connection, {id: town.authors for id, town in towns.items()})
        return connection.execute(emptied).rowcount


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
        .outerjoin(tables.Grant)
        .outerjoin(tables.Account)
    )
    rows = connection.execute(grants.where(mine)).all()
    checks = {check_id for check_id, *_ in rows} - (set() if whole else towns.keys())
    towns.update({id: _Town(all=whole) for id in checks})
    labels = select(tables.Place.check_id, tables.Place.label).where(tables.Place.check_id.in_(checks))
    for id, label in connection.execute(labels):
        towns[id].labels.add(label)
    for check_id, label, name, account, mail in rows:
        if check_id in checks:
            towns[check_id].learn_grant(label, name, account, mail)
    for check_id, by, sits_on in connection.execute(_authors(mine, whole)):
        if check_id in checks:
            towns[check_id].learn(by, sits_on)


def _authors(mine: ColumnElement[bool], whole: bool) -> CompoundSelect[int, str, str | None]:
    """Every author that a table with grants knows, with the label of the place on which its grant sits now."""
    selects = []
    for columns in WITH_GRANT:
        authors = (
            select(columns["check_id"], columns["by"], tables.Place.label)
            .select_from(columns["by"].table)
            .join(tables.Grant, tables.Grant.id == columns["grant_id"], isouter=whole)
            .join(tables.Place, tables.Place.id == tables.Grant.place_id, isouter=whole)
        )
        # written on a grant that is gone, in one of these self-checks
        gone = tables.Grant.id.is_(None) & columns["check_id"].in_(select(tables.Place.check_id).where(mine))
        selects.append(authors.where(or_(mine, gone) if whole else mine))
    return union(*selects)


def _rename(connection: Connection, towns: Mapping[int, _Town]) -> None:
    """One statement per column, for all authors at once."""
    rows = [{"of": id, "old": old, "new": new} for id, town in towns.items() for old, new in town.authors.items()]
    for column, of_check in NAMED if rows else ():
        renamed = update(column.table).where(of_check, column == bindparam("old"))
        connection.execute(renamed.values({column: bindparam("new")}), rows)


_REWRITE = (
    update(tables.Change)
    .where(tables.Change.id == bindparam("of"))
    .values(
        before=bindparam("earlier", type_=tables.Change.before.type),
        after=bindparam("later", type_=tables.Change.after.type),
    )
)


def _changes_naming(connection: Connection, towns: Mapping[int, _Town]) -> Iterator[dict[str, object]]:
    """The changes that name somebody in what they say, as they are to be written anew."""
    columns = (tables.Change.id, tables.Change.check_id, tables.Change.before, tables.Change.after)
    naming = select(*columns).where(tables.Change.check_id.in_(towns), tables.Change.part.in_(NAMING))
    for id, check_id, *contents in connection.execute(naming):
        before, after = (_without_name(towns[check_id], content) for content in contents)
        if [before, after] != contents:
            yield {"of": id, "earlier": before, "later": after}


def _without_name(town: _Town, content: object) -> object:
    if not isinstance(content, Mapping):
        return content
    name, label = content.get("name"), content.get("label")
    if name and (town.all or town.names & set(name.split(", "))):
        content = {**content, "name": ""}
    if content.get("person") in town.authors:
        content = {**content, "person": town.authors[content["person"]]}
    if content.get("event") in ABOUT_PERSONS and label and (town.all or label in town.names | town.authors.keys()):
        content = {**content, "label": town.authors.get(label, label if label in town.labels else "")}
    return content
