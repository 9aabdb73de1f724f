"""What the town is shown of a case: frozen when it is released, with the steps that lead there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, func, insert, select, update

from selfcheck.core.plain import from_plain, to_plain
from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind
from selfcheck.core.review.release import Hindrance, Release, find_hindrances
from selfcheck.core.review.told import Told
from selfcheck.store.chamber.case_changes import RELEASED, find_newest
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.locking import CaseRow, lock_case
from selfcheck.store.chamber.result.settings import find_settings
from selfcheck.store.chamber.step_rows import before, enter_step
from selfcheck.store.chamber.town_history import tell_town
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.sharing.stands import dump_content, is_sound


@dataclass(frozen=True, slots=True)
class Released:
    """What was released, by whom and when; `release` is None where what is kept is not what was frozen."""

    release: Release | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a case is on its way to be released: the account that prepared it, and who has read it over since.
    `written_by`: the accounts that changed something of it since it was prepared. `newest`: the id of its newest
    change, by which it is known what somebody read. `advisor`: the account that looks after the case."""

    prepared: bool
    prepared_by: int | None
    advisor: int | None
    written_by: frozenset[int]
    newest: int
    wants_reader: bool
    read_by: str
    sender_confirmed: bool

    def may_read_over(self, account_id: int) -> bool:
        """Whether this account is somebody else, and nobody has read it yet."""
        return self.prepared and not self.read_by and account_id not in {self.prepared_by, *self.written_by}

    @property
    def changed(self) -> bool:
        """Whether it waits for a second reader and something was changed since it was prepared: whoever did that does
        not read it over."""
        return self.prepared and self.wants_reader and not self.read_by and bool(self.written_by)

    def may_prepare_again(self, account_id: int) -> bool:
        return self.changed and account_id == self.advisor

    def hindrances(self, release: Release | None = None) -> tuple[Hindrance, ...]:
        return find_hindrances(
            prepared=self.prepared,
            sender_confirmed=self.sender_confirmed,
            wants_reader=self.wants_reader,
            read_over=bool(self.read_by),
            release=release,
        )


Letters = Callable[[str, Sequence[str]], Sequence[NewMail]]
"""The mails about the self-check with this public id to these addresses."""


def find_readiness(case: Case) -> Readiness:
    """Six statements: the case as it stands now, of which `case` may say what stood there before."""
    table = tables.ReviewCase
    now = select(table.id, table.chamber, table.state, table.sender, table.advisor_id).where(table.id == case.id)
    return _find_readiness(reading(), reading().execute(now).one())


def read_over(case: Case, seen: int, by: Advisor, now: datetime) -> bool:
    """Says that somebody else has read what is to be released; `seen` is the id of the newest change that they read.
    False where there is a newer one, for whoever prepared it or wrote in it since, and where nothing is prepared.
    Raises `CaseGone`."""
    with writing() as connection:
        row = lock_case(connection, case.id)
        ready = _find_readiness(connection, row)
        if ready.newest != seen or not ready.may_read_over(by.account_id):
            abandon()
            return False
        _step(connection, row, StepKind.READ_OVER, by, now, CaseState.PREPARED, Ball.CHAMBER)
        return True


def prepare_again(case: Case, seen: int, by: Advisor, now: datetime) -> bool:
    """Says of what was changed since that it is ready too, `seen` being the newest change that its advisor read: those
    who wrote in it can read it over then. False where there is a newer one, and where nothing waits for a reader.
    Raises `CaseGone`."""
    with writing() as connection:
        row = lock_case(connection, case.id)
        ready = _find_readiness(connection, row)
        if ready.newest != seen or not ready.may_prepare_again(by.account_id):
            abandon()
            return False
        _step(connection, row, StepKind.PREPARED, by, now, CaseState.PREPARED, Ball.CHAMBER)
        return True


def release(
    case: Case, content: Release, next_audit: date | None, by: Advisor, now: datetime, letters: Letters
) -> tuple[Hindrance, ...]:
    """Shows `content` to the town from now on, and tells those who coordinate with an account; nothing, and why, where
    something stands against it. The same content twice is once. Raises `CaseGone`.
    """
    text, digest = dump_content(to_plain(content)), fingerprint(content)
    with writing() as connection:
        locked = lock_case(connection, case.id)
        if locked.state == CaseState.RELEASED and _newest_digest(connection, case.id) == digest:
            abandon()
            return ()
        found = _find_readiness(connection, locked).hindrances(content)
        if found:
            abandon()
            return found
        row = {"case_id": case.id, "content": text, "sha256": digest, "by": by.author, "at": now}
        connection.execute(insert(tables.CaseRelease).values(row))
        _step(connection, locked, StepKind.RELEASED, by, now, CaseState.RELEASED, Ball.CHAMBER, next_audit=next_audit)
        tell_town(connection, case.check_id, Told.RELEASED, [("", "")], by.author, now)
        check = select(tables.SelfCheck.public_id).where(tables.SelfCheck.id == case.check_id)
        for letter in letters(connection.execute(check).scalar_one(), _find_recipients(connection, case)):
            outbox.put(connection, letter, now)
        return ()


def fingerprint(content: Release) -> str:
    """By which it is known whether this is what somebody was shown before they release it."""
    return hashlib.sha256(dump_content(to_plain(content)).encode()).hexdigest()


def find_release(case_id: int) -> Released | None:
    """What the town is shown, the newest that was released: one statement. None where nothing was."""
    row = reading().execute(_newest(case_id)).first()
    return _read(row.content, row.sha256, row.by, row.at) if row is not None else None


def find_releases_of(check_id: int) -> dict[str, Released]:
    """The newest of each case of a self-check, by the public id of the case: one statement."""
    newest = select(func.max(tables.CaseRelease.id)).group_by(tables.CaseRelease.case_id)
    columns = (tables.CaseRelease.content, tables.CaseRelease.sha256, tables.CaseRelease.by, tables.CaseRelease.at)
    wanted = select(tables.ReviewCase.public_id, *columns).join(tables.ReviewCase)
    rows = reading().execute(wanted.where(tables.ReviewCase.check_id == check_id, tables.CaseRelease.id.in_(newest)))
    return {row.public_id: _read(row.content, row.sha256, row.by, row.at) for row in rows}


def _newest(case_id: int) -> Select[str, str, str, datetime]:
    release = tables.CaseRelease
    columns = (release.content, release.sha256, release.by, release.at)
    return select(*columns).where(release.case_id == case_id).order_by(release.id.desc()).limit(1)


def _read(content: str, sha256: str, by: str, at: datetime) -> Released:
    try:
        found = from_plain(Release, json.loads(content)) if is_sound(content, sha256, None) else None
    except (KeyError, TypeError, ValueError):
        found = None
    return Released(found, by, at)


def _newest_digest(connection: Connection, case_id: int) -> str | None:
    row = connection.execute(_newest(case_id)).first()
    return row.sha256 if row is not None else None


def _find_readiness(connection: Connection, case: CaseRow) -> Readiness:
    """What happened since it was prepared: a step that was undone did not happen, and what was changed since somebody
    read it over nobody has read."""
    step = tables.CaseStep
    wanted = select(step.kind, step.account_id, step.by, step.change_id).where(step.case_id == case.id)
    mine = (step.undone_at.is_(None), step.kind.in_((StepKind.PREPARED, StepKind.READ_OVER)))
    prepared, read = None, None
    for row in connection.execute(wanted.where(*mine).order_by(step.id)):
        prepared, read = (row, None) if row.kind == StepKind.PREPARED else (prepared, row)
    newest = find_newest(connection, case.id)
    return Readiness(
        prepared=case.state == CaseState.PREPARED,
        prepared_by=prepared.account_id if prepared is not None else None,
        advisor=case.advisor_id,
        written_by=_find_writers(connection, case.id, prepared.change_id or 0) if prepared is not None else frozenset(),
        newest=newest,
        wants_reader=find_settings(connection, case.chamber).second_reader,
        read_by=read.by if read is not None and read.change_id == newest else "",
        sender_confirmed=case.sender == Sender.CONFIRMED,
    )


def _find_writers(connection: Connection, case_id: int, since: int) -> frozenset[int]:
    """The accounts that changed something of what is released after the change with the id `since`."""
    change = tables.CaseChange
    said = (change.case_id == case_id, change.part.in_(RELEASED), change.id > since)
    rows = connection.execute(select(change.account_id).where(*said).distinct())
    return frozenset(row.account_id for row in rows if row.account_id is not None)


def _step(
    connection: Connection,
    case: CaseRow,
    kind: StepKind,
    by: Advisor,
    now: datetime,
    state: CaseState,
    ball: Ball,
    **changed: object,
) -> None:
    enter_step(connection, case.id, kind, by.author, by.account_id, now, was=before(case), stand=case.stand)
    since = {"waits_on": ball, "waits_since": now} if ball != case.waits_on else {}
    mine = update(tables.ReviewCase).where(tables.ReviewCase.id == case.id)
    connection.execute(mine.values(state=state, **since, **changed))


def _find_recipients(connection: Connection, case: Case) -> list[str]:
    """Addresses of the accounts that coordinate the self-check."""
    coordinating = (
        select(tables.Grant.account_id)
        .join(tables.Place)
        .where(tables.Place.check_id == case.check_id, tables.Place.coordinating(), tables.Grant.ended_at.is_(None))
    )
    account = tables.Account
    wanted = select(account.email).where(account.usable(), account.id.in_(coordinating)).order_by(account.id)
    return list(connection.execute(wanted).scalars())
