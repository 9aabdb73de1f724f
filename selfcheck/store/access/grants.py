"""Who has a place: the grants that browsers and accounts hold, and what they open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from selfcheck.core.permissions import RIGHTS, Right, Role, Standing
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.tables import accounts, self_check, team
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import (
    hash_token,
    hash_tokens,
    may_be_public_id,
    new_token,
)
from selfcheck.store.database.transactions import reading, upsert, writing
from selfcheck.store.parts.loading import (
    ANSWER,
    CHECK_COLUMNS,
    SELF_CHECK,
    AnyRow,
    read_check,
    table_of,
)
from selfcheck.store.parts.records import Check, Who, author

LINK = table_of(self_check.Link)
TOKEN = table_of(self_check.LinkToken)
GRANT = table_of(self_check.Grant)
SHARE = table_of(self_check.Share)
ACCOUNT = table_of(accounts.Account)
ASSIGNMENT = table_of(team.Assignment)
CHANGE = table_of(self_check.Change)

COORDINATION = "Koordination"
"""How the history and the links call whoever coordinates."""
COLLEAGUES = "Kollegium"
"""The same for whoever works along, where no office is named."""
SEEN_AGAIN = timedelta(hours=1)
RESTORABLE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Access:
    """The place of a visitor in a self-check; whether it is open still, `standing` tells.

    `label` is the name under which they write: the person's with the place's. `scope`: the questions an office is
    asked, those that it declined not among them; empty for everybody else. `account_id` is None for a link's browser.
    `closed_at`: since when the place is withdrawn.
    """

    check: Check
    role: Role
    grant_id: int
    link_id: int
    place: str
    name: str
    last_seen_at: datetime
    account_id: int | None = None
    seen_change: int = 0
    ends_on: date | None = None
    closed_at: datetime | None = None
    scope: frozenset[QuestionId] = frozenset()

    @property
    def label(self) -> str:
        return author(self.name, self.place)

    @property
    def me(self) -> str:
        """The label by which one's own words are known; empty where others write under the same."""
        return self.label if self.name else ""

    @property
    def who(self) -> Who:
        return Who(self.grant_id, self.label, self.link_id)

    def may(self, right: Right) -> bool:
        """Whether to offer what needs this right; the guard asks again when it is used."""
        return right in RIGHTS[self.role]

    @property
    def standing(self) -> Standing:
        return Standing(self.role, self.ends_on, self.closed_at is not None, self.check.deleted_at is not None)


@dataclass(frozen=True, slots=True)
class Mine:
    """A self-check, or for a reader the report of `share`, that this visitor may open.

    `answered` of `asked` questions: for an office those of its part, for all others `asked` is 0. `by_account`: the
    place is that of the account signed in.
    """

    check: Check
    role: Role
    share: str | None
    label: str
    answered: int
    asked: int = 0
    due_on: date | None = None
    ends_on: date | None = None
    returned_at: datetime | None = None
    by_account: bool = False


@lru_cache(maxsize=32)
def _find_visitor(secrets: int) -> Select[*tuple[Any, ...]]:
    """The best place that so many secrets, or an account, have: one that is open before a closed one, then by role.

    With as many parameters as there are secrets: a list that the database layer spreads anew costs every page.
    """
    hashes: list[BindParameter[str]] = [bindparam(f"hash{number}") for number in range(secrets)]
    return (
        select(
            *CHECK_COLUMNS,
            GRANT.c.id.label("grant_id"),
            GRANT.c.last_seen_at,
            GRANT.c.name,
            GRANT.c.account_id,
            GRANT.c.seen_change,
            LINK.c.id.label("link_id"),
            LINK.c.role,
            LINK.c.label,
            LINK.c.ends_on,
            LINK.c.withdrawn_at,
        )
        .select_from(GRANT)
        .join(LINK, LINK.c.id == GRANT.c.link_id)
        .join(SELF_CHECK, SELF_CHECK.c.id == LINK.c.check_id)
        .where(
            SELF_CHECK.c.public_id == bindparam("public_id"),
            or_(GRANT.c.account_id == bindparam("account"), *(GRANT.c.hash == hash for hash in hashes)),
            LINK.c.role != Role.READER.value,
            GRANT.c.ended_at.is_(None),
        )
        .order_by(
            or_(LINK.c.withdrawn_at.is_not(None), func.coalesce(LINK.c.ends_on < bindparam("today"), false())),
            case({role.value: place for place, role in enumerate(Role)}, value=LINK.c.role),
            GRANT.c.id.desc(),
        )
        .limit(1)
    )


_SCOPE = select(ASSIGNMENT.c.question).where(
    ASSIGNMENT.c.link_id == bindparam("link_id"), ASSIGNMENT.c.declined_at.is_(None)
)


def begin_grant(connection: Connection, link_id: int, token_id: int | None, now: datetime, name: str = "") -> str:
    """A new grant got through a link; its secret goes into the cookie. `name` is the person's, if given.

    What happened before counts as seen.
    """
    secret = new_token()
    row = {
        "link_id": link_id,
        "token_id": token_id,
        "hash": hash_token(secret),
        "name": name,
        "created_at": now,
        "last_seen_at": now,
        "seen_change": _newest_change(link_id),
    }
    connection.execute(insert(GRANT).values(row))
    return secret


def begin_account_grant(connection: Connection, link_id: int, account_id: int, name: str, now: datetime) -> None:
    """Lets an account sit on a place; twice is once, and a place that it left is taken again."""
    row = {
        "link_id": link_id,
        "account_id": account_id,
        "name": name,
        "created_at": now,
        "last_seen_at": now,
        "ended_at": None,
    }
    upsert(connection, GRANT, [row], ("link_id", "account_id"))
    fresh = (GRANT.c.link_id == link_id, GRANT.c.account_id == account_id, GRANT.c.seen_change == 0)
    connection.execute(update(GRANT).where(*fresh).values(seen_change=_newest_change(link_id)))


def _newest_change(link_id: int) -> ScalarSelect[int]:
    check = select(LINK.c.check_id).where(LINK.c.id == link_id).scalar_subquery()
    return select(func.coalesce(func.max(CHANGE.c.id), 0)).where(CHANGE.c.check_id == check).scalar_subquery()


def visitor(
    grant_secrets: Sequence[str],
    public_id: str,
    now: datetime,
    note_visit: bool = True,
    account_id: int | None = None,
) -> Access | None:
    """The place that these grants, or the account, have in this self-check: one statement, for an office two.

    None if there is none, or the browser has left it. A reader's grant opens reports only, so it never counts here.
    Whether a place that is closed, or of a deleted self-check, opens anything is for the guard to decide. With
    `note_visit` the visit is written down, at most once an hour.
    """
    if not may_be_public_id(public_id) or not (grant_secrets or account_id):
        return None
    asked = {
        "public_id": public_id,
        "account": account_id,
        "today": local_day(now),
    }
    hashes = {f"hash{number}": hash for number, hash in enumerate(hash_tokens(grant_secrets))}
    with sound_rows():
        row = reading().execute(_find_visitor(len(hashes)), asked | hashes).first()
        found = _read_access(row) if row is not None else None
    if found is None:
        return None
    if note_visit and now - found.last_seen_at >= SEEN_AGAIN:
        see(found.grant_id, now)
    return found


def _read_access(row: AnyRow) -> Access:
    role, scope = Role(row.role), frozenset[QuestionId]()
    if role is Role.OFFICE:
        asked = reading().execute(_SCOPE, {"link_id": row.link_id}).scalars()
        scope = frozenset(QuestionId(question) for question in asked)
    return Access(
        check=read_check(row),
        role=role,
        grant_id=row.grant_id,
        link_id=row.link_id,
        place=row.label,
        name=row.name,
        last_seen_at=row.last_seen_at,
        account_id=row.account_id,
        seen_change=row.seen_change,
        ends_on=row.ends_on,
        closed_at=row.withdrawn_at,
        scope=scope,
    )


def holds(connection: Connection, grant_secrets: Sequence[str], check_id: int, account_id: int | None = None) -> bool:
    """Whether one of these grants, or the account, coordinates the self-check."""
    mine = (held_by(grant_secrets, account_id), GRANT.c.ended_at.is_(None), LINK.c.withdrawn_at.is_(None))
    own = (LINK.c.check_id == check_id, LINK.c.role == Role.COORDINATOR.value)
    found = select(GRANT.c.id).join(LINK, LINK.c.id == GRANT.c.link_id).where(*mine, *own).limit(1)
    return bool(grant_secrets or account_id) and connection.execute(found).first() is not None


def was_left(connection: Connection, check_id: int) -> bool:
    """Whether a grant of the self-check was ever ended."""
    ended = select(GRANT.c.id).join(LINK, LINK.c.id == GRANT.c.link_id)
    ended = ended.where(LINK.c.check_id == check_id, GRANT.c.ended_at.is_not(None)).limit(1)
    return connection.execute(ended).first() is not None


def see(grant_id: int, now: datetime) -> None:
    """Writes down a visit."""
    with writing() as connection:
        connection.execute(update(GRANT).where(GRANT.c.id == grant_id).values(last_seen_at=now))


def end_grants(grant_secrets: Sequence[str], check_id: int, now: datetime) -> list[str]:
    """Ends all that these secrets open of one self-check, reports too (Auf diesem Gerät abmelden); returns which."""
    hashes = {hash_token(secret): secret for secret in grant_secrets}
    links = select(LINK.c.id).where(LINK.c.check_id == check_id)
    with writing() as connection:
        statement = update(GRANT).where(GRANT.c.hash.in_(list(hashes)), GRANT.c.link_id.in_(links))
        ended = connection.execute(statement.values(ended_at=now).returning(GRANT.c.hash)).scalars().all()
    return [hashes[hash] for hash in ended]


def my_checks(grant_secrets: Sequence[str], now: datetime, account_id: int | None = None) -> list[Mine]:
    """All that these grants, or the account, open, newest change first; what was deleted stays for 30 days, for
    coordinators only. A self-check in which they have several places stands there with each of them."""
    theirs = LINK.c.role == Role.OFFICE.value
    part = select(ASSIGNMENT.c.question).where(ASSIGNMENT.c.link_id == LINK.c.id, ASSIGNMENT.c.declined_at.is_(None))
    said = (ANSWER.c.check_id == SELF_CHECK.c.id, ANSWER.c.state.in_([State.GIVEN, State.NOT_APPLICABLE]))
    answered = select(func.count()).where(*said, or_(~theirs, ANSWER.c.question.in_(part.correlate(LINK))))
    asked = select(func.count()).select_from(part.correlate(LINK).subquery())
    deleted = SELF_CHECK.c.deleted_at
    restorable = and_(LINK.c.role == Role.COORDINATOR.value, deleted >= now - RESTORABLE)
    statement = (
        select(
            *CHECK_COLUMNS,
            *(LINK.c[name] for name in ("role", "label", "due_on", "ends_on", "returned_at")),
            SHARE.c.public_id.label("share"),
            answered.correlate(SELF_CHECK, LINK).scalar_subquery().label("answered"),
            case((theirs, asked.scalar_subquery()), else_=0).label("asked"),
            LINK.c.id.in_(select(GRANT.c.link_id).where(GRANT.c.account_id == account_id)).label("by_account"),
        )
        .select_from(LINK)
        .join(SELF_CHECK, SELF_CHECK.c.id == LINK.c.check_id)
        .outerjoin(SHARE, SHARE.c.link_id == LINK.c.id)
        .where(
            LINK.c.id.in_(
                select(GRANT.c.link_id).where(held_by(grant_secrets, account_id), GRANT.c.ended_at.is_(None))
            ),
            *_link_in_force(now),
            or_(deleted.is_(None), restorable),
        )
        .order_by(case((deleted.is_(None), 0), else_=1), SELF_CHECK.c.changed_at.desc(), LINK.c.id)
    )
    with sound_rows():
        rows = reading().execute(statement).all() if grant_secrets or account_id else ()
    return [_read_mine(row) for row in rows]


def _read_mine(row: AnyRow) -> Mine:
    return Mine(
        check=read_check(row),
        role=Role(row.role),
        share=row.share,
        label=row.label,
        answered=row.answered,
        asked=row.asked,
        due_on=row.due_on,
        ends_on=row.ends_on,
        returned_at=row.returned_at,
        by_account=bool(row.by_account),
    )


def held_by(grant_secrets: Sequence[str], account_id: int | None) -> ColumnElement[bool]:
    """Which grants are a visitor's: those of the secrets in the cookie, and those of the account signed in."""
    mine = GRANT.c.hash.in_(hash_tokens(grant_secrets))
    return mine if account_id is None else or_(mine, GRANT.c.account_id == account_id)


def _link_in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return LINK.c.withdrawn_at.is_(None), or_(LINK.c.ends_on.is_(None), LINK.c.ends_on >= local_day(now))
