"""Who has a place: the grants that browsers and accounts hold, and what they open."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import LOOKING, RIGHTS, Allowed, Right, Role, Standing
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.store.access.waiting import WAITING, read_questions
from selfcheck.store.database import tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.damage_search import find_damage
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.times import RESTORABLE, local_day
from selfcheck.store.database.tokens import MOST_SECRETS, hash_token, hash_tokens, may_be_public_id, new_token
from selfcheck.store.database.transactions import note, reading, upsert, writing
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.sample import NOT_STORED, Sample
from selfcheck.store.parts.values import Check, Who, author

log = logging.getLogger(__name__)
SEEN_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Access:
    """The place of a visitor in a self-check; whether it is open still, `standing` tells.

    `label` is that of the place, `author` the name under which they write: the person's with it. `assigned`: the
    questions that the place is to answer, those that it declined not among them; for an office they are its `scope`.
    `account_id` is None for a link's browser. `closed_at`: since when the place is withdrawn. `open_comments` counts
    the questions with a Rückfrage that nobody has resolved, `came_back` what offices sent back and nobody has decided
    or read yet. `chamber_asked` are the questions at which a chamber asked something, `chamber_asks` those where it
    waits for an answer: a question for each Rückfrage. `recommended`: a chamber sent recommendations, of which
    `unanswered` wait for the town; `released`: it has shown something of its review. `alone`: nobody else is, or was,
    here under that label without a name. `examples` counts the good examples that the town is to decide about;
    `shown_examples` are the public ids of those that all towns read, by which a page knows whether what it kept of them
    still holds. `sample`: what there is to see where it is no place of a self-check that is stored, but a look at the
    sample town.
    """

    check: Check
    role: Role
    grant_id: int
    place_id: int
    label: str
    name: str
    last_seen_at: datetime
    account_id: int | None = None
    seen_change: int = 0
    ends_on: date | None = None
    closed_at: datetime | None = None
    assigned: frozenset[QuestionId] = frozenset()
    open_comments: int = 0
    came_back: int = 0
    chamber_asked: tuple[QuestionId, ...] = ()
    chamber_asks: tuple[QuestionId, ...] = ()
    examples: int = 0
    shown_examples: frozenset[str] = frozenset()
    recommended: bool = False
    unanswered: int = 0
    released: bool = False
    alone: bool = False
    sample: Sample | None = None

    @property
    def scope(self) -> frozenset[QuestionId]:
        """What an office may answer; empty for everybody else, who see all questions."""
        return self.assigned if self.role is Role.OFFICE else frozenset()

    @property
    def rights(self) -> frozenset[Right]:
        return LOOKING if self.sample is not None else RIGHTS[self.role]

    @property
    def author(self) -> str:
        return author(self.name, self.label)

    @property
    def me(self) -> str:
        """The author by whom one's own words are known; empty where others write under the same."""
        return self.author if self.name or self.alone else ""

    @property
    def who(self) -> Who:
        return Who(self.grant_id, self.author, self.place_id)

    @property
    def allowed(self) -> Allowed:
        """What the store lets them write."""
        return Allowed(self.role, self.scope, self.place_id)

    def may(self, right: Right) -> bool:
        """Whether to offer what needs this right; the guard asks again when it is used."""
        return right in self.rights

    def is_open(self, today: date) -> bool:
        """Whether there is something to visit: neither the place nor the self-check is over."""
        over = self.ends_on is not None and self.ends_on < today
        return not over and self.closed_at is None and self.check.deleted_at is None

    @property
    def standing(self) -> Standing:
        return Standing(self.role, self.ends_on, self.closed_at is not None, self.check.deleted_at is not None)


def has_account(check_id: int) -> bool:
    """Whether an account coordinates a self-check: somebody whose address is confirmed answers for it."""
    grants = select(tables.Grant.id).join(tables.Place).join(tables.Account).where(tables.Place.check_id == check_id)
    confirmed = tables.Account.confirmed_at.is_not(None) & tables.Account.deleted_at.is_(None)
    kept = grants.where(tables.Place.coordinating(), tables.Grant.ended_at.is_(None), confirmed)
    return reading().execute(kept.limit(1)).first() is not None


def look_at(sample: Sample) -> Access:
    """A look at the sample town: with the role that may write nothing anywhere."""
    nowhere = NOT_STORED
    return Access(sample.check, Role.READER, nowhere, nowhere, "", "", sample.now, sample=sample)


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


@lru_cache(maxsize=MOST_SECRETS + 1)
def _find_visitor(secrets: int) -> Select[*tuple[object, ...]]:
    """The best place that so many secrets, or an account, have: one that is open before a closed one, then by role.

    With as many parameters as there are secrets: a list that the database layer spreads anew costs every page.
    """
    hashes: list[BindParameter[str]] = [bindparam(f"hash{number}") for number in range(secrets)]
    return (
        select(
            *CHECK_COLUMNS,
            tables.Grant.id.label("grant_id"),
            tables.Grant.last_seen_at,
            tables.Grant.name,
            tables.Grant.account_id,
            tables.Grant.seen_change,
            tables.Place.id.label("place_id"),
            tables.Place.role,
            tables.Place.label,
            tables.Place.ends_on,
            tables.Place.withdrawn_at.label("closed_at"),
            ~_list_others().exists().label("alone"),
            *WAITING,
        )
        .select_from(tables.Grant)
        .join(tables.Place)
        .join(tables.SelfCheck)
        .where(
            tables.SelfCheck.public_id == bindparam("public_id"),
            or_(tables.Grant.account_id == bindparam("account"), *(tables.Grant.hash == hash for hash in hashes)),
            tables.Place.role != Role.READER,
            tables.Grant.ended_at.is_(None),
        )
        .order_by(
            ~tables.Place.open_on(bindparam("today")),
            case({role: rank for rank, role in enumerate(Role)}, value=tables.Place.role),
            tables.Grant.id.desc(),
        )
        .limit(1)
    )


def _list_others() -> Select[int]:
    """Who else writes, or wrote, under the label of a place because nobody knows their names."""
    grant, place = aliased(tables.Grant), aliased(tables.Place)
    same = (place.check_id == tables.SelfCheck.id, place.label == tables.Place.label)
    nameless = (grant.name == "", grant.id != tables.Grant.id)
    return select(grant.id).join(place).where(*same, *nameless).correlate(tables.Grant, tables.Place, tables.SelfCheck)


def begin_grant(connection: Connection, place_id: int, link_id: int | None, now: datetime, name: str = "") -> str:
    """A new grant got through a link; its secret goes into the cookie. `name` is the person's, if given.

    What happened before counts as seen.
    """
    secret = new_token()
    row = {
        "place_id": place_id,
        "link_id": link_id,
        "hash": hash_token(secret),
        "name": name,
        "created_at": now,
        "last_seen_at": now,
        "seen_change": _newest_change(place_id),
    }
    connection.execute(insert(tables.Grant).values(row))
    return secret


def begin_account_grant(connection: Connection, place_id: int, account_id: int, name: str, now: datetime) -> None:
    """Lets an account sit on a place; twice is once, and a place that it left is taken again."""
    row = {
        "place_id": place_id,
        "account_id": account_id,
        "name": name,
        "created_at": now,
        "last_seen_at": now,
        "ended_at": None,
    }
    upsert(connection, tables.Grant, [row], ("place_id", "account_id"))
    fresh = (tables.Grant.place_id == place_id, tables.Grant.account_id == account_id, tables.Grant.seen_change == 0)
    connection.execute(update(tables.Grant).where(*fresh).values(seen_change=_newest_change(place_id)))


def _newest_change(place_id: int) -> ScalarSelect[int]:
    check = select(tables.Place.check_id).where(tables.Place.id == place_id).scalar_subquery()
    return select(func.coalesce(func.max(tables.Change.id), 0)).where(tables.Change.check_id == check).scalar_subquery()


def visitor(
    grant_secrets: Sequence[str], public_id: str, now: datetime, note_visit: bool = True, account_id: int | None = None
) -> Access | None:
    """The place that these grants, or the account, have in this self-check: one statement.

    None if there is none, or the browser has left it. A reader's grant opens reports only, so it never counts here.
    Whether a place that is closed, or of a deleted self-check, opens anything is for the guard to decide. With
    `note_visit` the visit is written down, at most once an hour, where there is something to visit still.
    """
    if not may_be_public_id(public_id) or not (grant_secrets or account_id):
        return None
    wanted = {"public_id": public_id, "account": account_id, "today": local_day(now)}
    hashes = {f"hash{number}": hash for number, hash in enumerate(hash_tokens(grant_secrets))}
    row = reading().execute(_find_visitor(len(hashes)), wanted | hashes).first()
    if row is None:
        return None
    listed = {name: read_questions(getattr(row, name)) for name in ("assigned", "chamber_asked", "chamber_asks")}
    assigned = frozenset(listed.pop("assigned"))
    shown = frozenset((row.shown_examples or "").split())
    access = read_row(
        Access, row, check=read_check(row), assigned=assigned, shown_examples=shown, sample=None, **listed
    )
    if note_visit and access.is_open(local_day(now)) and now - access.last_seen_at >= SEEN_AGAIN:
        see(access.grant_id, now)
    return access


def holds(connection: Connection, grant_secrets: Sequence[str], check_id: int, account_id: int | None = None) -> bool:
    """Whether one of these grants, or the account, coordinates the self-check."""
    mine = (held_by(grant_secrets, account_id), tables.Grant.ended_at.is_(None))
    own = (tables.Place.check_id == check_id, tables.Place.coordinating())
    grants = select(tables.Grant.id).join(tables.Place)
    return bool(grant_secrets or account_id) and connection.execute(grants.where(*mine, *own)).first() is not None


def was_left(connection: Connection, check_id: int) -> bool:
    """Whether a grant of the self-check was ever ended."""
    ended = select(tables.Grant.id).join(tables.Place)
    of_check = (tables.Place.check_id == check_id, tables.Grant.ended_at.is_not(None))
    return connection.execute(ended.where(*of_check).limit(1)).first() is not None


def see(grant_id: int, now: datetime) -> None:
    """Writes down a visit; where that takes too long it is written down another time."""
    seen = update(tables.Grant).where(tables.Grant.id == grant_id).values(last_seen_at=now)
    note(lambda connection: connection.execute(seen))


def end_grants(grant_secrets: Sequence[str], check_id: int, now: datetime) -> list[str]:
    """Ends all that these secrets open of one self-check, reports too (Auf diesem Gerät abmelden); returns which."""
    hashes = {hash_token(secret): secret for secret in grant_secrets}
    places = select(tables.Place.id).where(tables.Place.check_id == check_id)
    with writing() as connection:
        statement = update(tables.Grant).where(tables.Grant.hash.in_(list(hashes)), tables.Grant.place_id.in_(places))
        ended = connection.execute(statement.values(ended_at=now).returning(tables.Grant.hash)).scalars().all()
    return [hashes[hash] for hash in ended if hash is not None]


def find_dispensable(grant_secrets: Sequence[str], now: datetime) -> str | None:
    """The one of these secrets (oldest first) that costs least when it is let go: what opens nothing any more, then
    what can only be read, then places whose link opens them again.

    None where all of them coordinate: nobody may lose such a place unasked, for without it nobody gets back in.
    """
    hashes = {hash_token(secret): secret for secret in grant_secrets}
    opening = (tables.Grant.ended_at.is_(None), tables.Place.open_on(local_day(now)))
    held = select(tables.Grant.hash, tables.Place.role).join(tables.Place)
    rows = reading().execute(held.where(tables.Grant.hash.in_(list(hashes)), *opening)).all()
    roles = {row.hash: row.role for row in rows}
    ranks = {None: -1, Role.READER: 0, Role.OFFICE: 1, Role.COLLEAGUE: 2}
    found = [(ranks[role], secret) for hash, secret in hashes.items() if (role := roles.get(hash)) in ranks]
    return min(found, key=lambda each: each[0])[1] if found else None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a visitor may open, and the names of the self-checks among it that are damaged; empty where that is, too."""

    mine: list[Mine]
    damaged: list[str]


def my_checks(grant_secrets: Sequence[str], now: datetime, account_id: int | None = None) -> list[Mine]:
    """All that `list_mine` lists and that can be read."""
    return list_mine(grant_secrets, now, account_id).mine


def list_mine(grant_secrets: Sequence[str], now: datetime, account_id: int | None = None) -> Listed:
    """All that these grants, or the account, open, newest change first; what was deleted stays for 30 days, for
    coordinators only. A self-check in which they have several places stands there with each of them."""
    if not grant_secrets and account_id is None:
        return Listed([], [])
    connection, statement = reading(), _select_mine(grant_secrets, now, account_id)
    rows, damaged = read_sound(connection, statement, tables.Place.id)
    mine = [read_row(Mine, row, check=read_check(row), by_account=bool(row.by_account)) for row in rows]
    return Listed(mine, [_name_damaged(connection, place_id) for place_id in damaged])


def _name_damaged(connection: Connection, place_id: int) -> str:
    named = select(tables.SelfCheck.public_id, tables.SelfCheck.municipality).join(tables.Place)
    try:
        public_id, name = connection.execute(named.where(tables.Place.id == place_id)).one()
    except DamagedRow:
        log.error("Stored data is damaged: the self-check of place %s", place_id)
        return ""
    log.error("Stored data is damaged: %s", "; ".join(find_damage(connection, public_id)))
    return name


def _select_mine(grant_secrets: Sequence[str], now: datetime, account_id: int | None) -> Select[*tuple[object, ...]]:
    theirs = tables.Place.role == Role.OFFICE
    part = select(tables.Assignment.question).where(
        tables.Assignment.place_id == tables.Place.id, tables.Assignment.declined_at.is_(None)
    )
    said = (tables.Answer.check_id == tables.SelfCheck.id, tables.Answer.state.in_([State.GIVEN, State.NOT_APPLICABLE]))
    answered = select(func.count()).where(*said, or_(~theirs, tables.Answer.question.in_(part.correlate(tables.Place))))
    asked = select(func.count()).select_from(part.correlate(tables.Place).subquery())
    deleted, today = tables.SelfCheck.deleted_at, local_day(now)
    restorable = and_(tables.Place.role == Role.COORDINATOR, deleted >= now - RESTORABLE)
    return (
        select(
            *CHECK_COLUMNS,
            *(getattr(tables.Place, name) for name in ("role", "label", "due_on", "ends_on", "returned_at")),
            tables.Share.public_id.label("share"),
            answered.correlate(tables.SelfCheck, tables.Place).scalar_subquery().label("answered"),
            case((theirs, asked.scalar_subquery()), else_=0).label("asked"),
            tables.Place.id.in_(select(tables.Grant.place_id).where(tables.Grant.account_id == account_id)).label(
                "by_account"
            ),
        )
        .select_from(tables.Place)
        .join(tables.SelfCheck)
        .outerjoin(tables.Share)
        .where(
            tables.Place.id.in_(
                select(tables.Grant.place_id).where(held_by(grant_secrets, account_id), tables.Grant.ended_at.is_(None))
            ),
            tables.Place.open_on(today),
            or_(deleted.is_(None), restorable),
        )
        .order_by(case((deleted.is_(None), 0), else_=1), tables.SelfCheck.changed_at.desc(), tables.Place.id)
    )


def held_by(grant_secrets: Sequence[str], account_id: int | None) -> ColumnElement[bool]:
    """Which grants are a visitor's: those of the secrets in the cookie, and those of the account signed in."""
    mine = tables.Grant.hash.in_(hash_tokens(grant_secrets))
    return mine if account_id is None else or_(mine, tables.Grant.account_id == account_id)
