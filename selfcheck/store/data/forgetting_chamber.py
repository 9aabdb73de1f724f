"""Names of persons in cases of a chamber: of advisors, of who shared, and of who does what was recommended."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select, true, union, update

from selfcheck.core.review.case import StepKind
from selfcheck.store.accounts import account_writes
from selfcheck.store.database import tables
from selfcheck.store.database.belonging import AUTHORS, find_rows_of_chamber
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.tables.accounts import name_author
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.writes import Part

log = logging.getLogger(__name__)
ADVICE = "IHK"
"""Who wrote what an advisor did whose name is forgotten."""
RECIPIENT = tables.CaseStep.__table__.columns["recipient"]
"""Whom a case was handed to."""
WRITTEN_BY_ADVISORS = [
    (column, of_chamber)
    for column in (*AUTHORS, RECIPIENT)
    if (of_chamber := find_rows_of_chamber(column.table, bindparam("of"))) is not None
]
TOLD_OF_ADVISORS = (
    tables.Change.__table__.columns["by"],
    and_(
        tables.Change.part == Part.TALK,
        tables.Change.grant_id.is_(None),
        tables.Change.check_id.in_(
            select(tables.ReviewCase.check_id).where(tables.ReviewCase.chamber == bindparam("of"))
        ),
    ),
)
"""What the history of a self-check tells of what an advisor did."""
BY_TOWNS = (StepKind.SHARED, StepKind.WITHDRAWN)
"""Steps of a case that know an account of the town."""


def forget_advisors(now: datetime) -> None:
    """Puts the chamber in place of advisors whose account is about to be removed, under whatever name they wrote: in
    cases of their chamber, and of each they wrote in before. Where a row is damaged, the names stay and it is logged.
    """
    try:
        with writing() as connection:
            _forget_advisors(connection, now)
    except DamagedRow as damage:
        log.error("Names of advisors stay: %s", damage)


def _forget_advisors(connection: Connection, now: datetime) -> None:
    gone = tables.Account.id.in_(account_writes.gone(now))
    rows = [{"was": was, "of": chamber} for was, chamber in sorted(_names_of_advisors(connection, gone))]
    if not rows:
        return
    was: ColumnElement[str] = bindparam("was")
    of: ColumnElement[str] = bindparam("of")
    final = tables.RecordVersion
    # Whoever makes a record final types how they sign it; only the column beside it knows who that was.
    cases = select(tables.ReviewCase.id).where(tables.ReviewCase.chamber == of)
    signed = update(final).where(final.case_id.in_(cases), or_(final.final_name == was, final.final_by == was))
    connection.execute(signed.values(final_name=ADVICE), rows)
    for column, of_chamber in (*WRITTEN_BY_ADVISORS, TOLD_OF_ADVISORS):
        renamed = update(column.table).where(of_chamber, column == was)
        connection.execute(renamed.values({column: ADVICE}), rows)


def _names_of_advisors(connection: Connection, gone: ColumnElement[bool]) -> set[tuple[str, str]]:
    """What advisors among the `gone` accounts are called, and were when they wrote, each with the chamber."""
    account, case = tables.Account, tables.ReviewCase
    chambers = [select(account.name, account.email, account.chamber).where(account.chamber != "", gone)]
    for table in (tables.CaseLook, tables.CaseChange):
        known = select(account.name, account.email, case.chamber).select_from(table)
        joined = known.join(account, account.id == table.account_id).join(case, case.id == table.case_id)
        chambers.append(joined.where(gone))
    named = {(name_author(name, mail), chamber) for name, mail, chamber in connection.execute(union(*chambers))}
    step, line, record = tables.CaseStep, tables.CaseChange, tables.RecordVersion
    written = [
        select(author.by, case.chamber)
        .select_from(author)
        .join(account, account.id == author.account_id)
        .join(case, case.id == author.case_id)
        .where(gone, theirs)
        for author, theirs in ((step, step.kind.not_in(BY_TOWNS)), (line, true()), (record, true()))
    ]
    return named | {(by, chamber) for by, chamber in connection.execute(union(*written)) if by}


def forget_senders(connection: Connection, old: Select[int], now: datetime, only: int | None) -> None:
    """Empties who shared with a chamber, in `old` self-checks and where the account is gone; `only` in that one."""
    case = tables.ReviewCase
    gone = or_(case.sender_id.is_(None), case.sender_id.in_(account_writes.gone(now)))
    mine = true() if only is None else case.check_id == only
    named = or_(case.sender_name != "", case.sender_mail != "")
    forgotten = update(case).where(mine, named, or_(case.check_id.in_(old), gone))
    connection.execute(forgotten.values(sender_name="", sender_mail=""))


def forget_persons(connection: Connection, authors: Mapping[int, Mapping[str, str]]) -> None:
    """Puts places where sent answers to recommendations say who does it; `authors`: by self-check, author -> place."""
    sent, line = tables.Recommendation, tables.CaseChange
    case = tables.ReviewCase
    answers = select(sent.id, case.check_id, sent.submitted).join(case, case.id == sent.case_id)
    rewritten = [
        {"of": id, "later": later}
        for id, check_id, said in connection.execute(answers.where(case.check_id.in_(authors)))
        if (later := _without_person(said, authors[check_id])) != said
    ]
    if rewritten:
        later = bindparam("later", type_=sent.submitted.type)
        connection.execute(update(sent).where(sent.id == bindparam("of")).values(submitted=later), rewritten)
    told = select(line.id, case.check_id, line.before, line.after).join(case, case.id == line.case_id)
    lines = []
    for id, check_id, *contents in connection.execute(told.where(case.check_id.in_(authors))):
        before, after = (_without_person(content, authors[check_id]) for content in contents)
        if [before, after] != contents:
            lines.append({"of": id, "earlier": before, "later": after})
    if lines:
        earlier, later = (bindparam(name, type_=line.before.type) for name in ("earlier", "later"))
        connection.execute(update(line).where(line.id == bindparam("of")).values(before=earlier, after=later), lines)


def _without_person(content: object, authors: Mapping[str, str]) -> object:
    if not isinstance(content, Mapping) or content.get("person") not in authors:
        return content
    return {**content, "person": authors[content["person"]]}
