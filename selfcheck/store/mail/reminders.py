"""Who is to be reminded of what is due, and told what waits; that nobody gets two such mails on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.to_do.reminders import earliest_due, latest_due, should_remind
from selfcheck.core.text.order import sort_key
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_sound
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import hash_token, new_token
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.bundles import Bundle, find_bundles
from selfcheck.store.mail.chamber_talk import Answered, Queried, find_answered, find_queried
from selfcheck.store.mail.interims import DueInterim, Validities, find_due_interims
from selfcheck.store.mail.outbox import NewMail, NoMoreMails
from selfcheck.store.parts.seats import PERSONAL

GRANTED, PLACED, TOLD = "g", "p", "n"
"""What a stop ends: reminders of an account on a place, those that go to the address of a place, or what an account
asked to be told (`bundles`)."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a mail goes to: the grant of an account, or a place with an address (`kind`).

    `made_at` is when that was made: a database can give an id again, and an old address must not stop what came later.
    """

    kind: str
    id: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open questions of one place that are due. `place_id` is None for an account, which signs in instead."""

    target: Target
    check: str
    municipality: str
    due_on: date
    questions: int
    place_id: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that waits for one address. `account_id`: on whose behalf the server writes, None for an account that
    hears about itself."""

    address: str
    account_id: int | None
    waiting: tuple[Waiting, ...]
    bundles: tuple[Bundle, ...] = ()
    interims: tuple[DueInterim, ...] = ()
    queried: tuple[Queried, ...] = ()
    answered: tuple[Answered, ...] = ()

    @property
    def targets(self) -> list[Target]:
        """What a stop in the mail ends."""
        due = [each.target for each in self.waiting]
        due += [Target(GRANTED, each.grant_id, each.made_at) for each in self.interims]
        due += [Target(GRANTED, each.grant_id, each.made_at) for each in self.queried]
        return list(dict.fromkeys(due)) + [Target(TOLD, each.grant_id, each.made_at) for each in self.bundles]


Letter = Callable[[Person, Mapping[int, str]], NewMail]
"""Writes the mail; a token for each place without an account, by `place_id`."""


def find_people(now: datetime, validities: Validities) -> list[Person]:
    """Everybody who is to get a mail on this day and did not yet: seven statements."""
    today = local_day(now)
    due = [*_of_accounts(today), *_of_offices(today)]
    told: list[_News] = [*find_bundles(today), *find_due_interims(today, validities)]
    told += [*find_queried(today), *find_answered(now)]
    last_day = _find_last({*(each.address for each in due), *(each.address for each in told)})
    people: dict[str, list[_Due]] = {}
    others: dict[str, list[_News]] = {}
    for each in due:
        person = outbox.hash_address(each.address)
        if should_remind(each.waiting.due_on, today, last_day.get(person)):
            people.setdefault(person, []).append(each)
    for other in told:
        person = outbox.hash_address(other.address)
        known = isinstance(other, Answered) and not other.is_news(last_day.get(person))
        if last_day.get(person) != today and not known:
            others.setdefault(person, []).append(other)
    everybody = dict.fromkeys((*people, *others))
    return [_as_person(people.get(person, []), others.get(person, [])) for person in everybody]


def _find_last(addresses: Collection[str]) -> dict[str, date]:
    """The last day on which each got such a mail, by the hash of the address."""
    mine = tables.Reminder.person.in_({outbox.hash_address(address) for address in addresses})
    last = select(tables.Reminder.person, func.max(tables.Reminder.day)).where(mine).group_by(tables.Reminder.person)
    return {person: day for person, day in reading().execute(last)}


def remind(person: Person, letter: Letter, now: datetime) -> bool:
    """Puts the mail into the outbox, in one transaction with the note that this person had theirs today.

    `now` is the moment at which it was found: what happens later is told another time. False where they had it already,
    or the account on whose behalf it goes has no new recipient left today.
    """
    try:
        with writing() as connection:
            row = {"person": outbox.hash_address(person.address), "day": local_day(now)}
            connection.execute(insert(tables.Reminder).values(row))
            tokens = _issue(connection, (each.place_id for each in person.waiting), now)
            told = [each.grant_id for each in person.bundles] + [each.grant_id for each in person.queried]
            if told:
                connection.execute(update(tables.Grant).where(tables.Grant.id.in_(told)).values(told_at=now))
            asked = tables.Grant.id.in_([each.grant_id for each in person.interims])
            if person.interims:
                connection.execute(update(tables.Grant).where(asked).values(asked_on=local_day(now)))
            outbox.put_limited(connection, letter(person, tokens), now)
    except (IntegrityError, NoMoreMails):  # another process was faster
        return False
    return True


def set_reminders(targets: Collection[Target], wanted: bool, now: datetime) -> None:
    """Switches the mails to these places and grants; what is gone is passed over. What happened before somebody asks to
    be told counts as told."""
    asked_for: dict[str, object] = {"bundles": wanted} | ({"told_at": now} if wanted else {})
    with writing() as connection:
        for kind, table in _TABLES.items():
            values = asked_for if kind == TOLD else {"reminders": wanted}
            connection.execute(update(table).where(_is_one_of(kind, targets)).values(values))


@dataclass(frozen=True, slots=True)
class Named:
    """A target as one calls it: its town and the label of its place, and whether it gets such mails."""

    target: Target
    municipality: str
    label: str
    reminded: bool


def name_targets(targets: Collection[Target]) -> list[Named]:
    """Those of the targets that are still there: a statement for each kind."""
    named: list[Named] = []
    for kind in _TABLES:
        mine = _names(kind).where(_is_one_of(kind, targets))
        named += _name(kind, mine if kind == PLACED else mine.where(tables.Grant.ended_at.is_(None)))
    return named


def targets_of_account(account_id: int) -> list[Named]:
    """All places on which an account sits, with its mails there: two statements."""
    mine = (tables.Grant.account_id == account_id, tables.Grant.ended_at.is_(None), tables.Place.withdrawn_at.is_(None))
    living = (*mine, tables.SelfCheck.deleted_at.is_(None))
    named = [*_name(GRANTED, _names(GRANTED).where(*living)), *_name(TOLD, _names(TOLD).where(*living, _MAY_HEAR))]
    return sorted(named, key=lambda each: (sort_key(each.municipality), each.target.id, each.target.kind))


def targets_of(check_id: int, grant_id: int, *, offices: bool) -> list[Named]:
    """The mails that somebody may switch in a self-check: their own, and with `offices` those of its places."""
    mine = (tables.Grant.id == grant_id, tables.Grant.account_id.is_not(None))
    own = [*_name(GRANTED, _names(GRANTED).where(*mine)), *_name(TOLD, _names(TOLD).where(*mine, _MAY_HEAR))]
    if not offices:
        return own
    open_offices = (tables.Place.check_id == check_id, tables.Place.role == Role.OFFICE, tables.Place.mail != "")
    mailed = _names(PLACED).where(*open_offices, tables.Place.withdrawn_at.is_(None))
    return own + _name(PLACED, mailed.order_by(tables.Place.id))


_Switched = type[tables.Grant | tables.Place]
"""What has a switch for mails."""
_TABLES: dict[str, _Switched] = {GRANTED: tables.Grant, PLACED: tables.Place, TOLD: tables.Grant}
_Names = Select[int, datetime, str, str, bool]
_MAY_HEAR = tables.Place.role.in_(PERSONAL)
"""Nothing but their questions waits for offices."""


def _is_one_of(kind: str, targets: Iterable[Target]) -> ColumnElement[bool]:
    table = _TABLES[kind]
    mine = [target for target in targets if target.kind == kind]
    return or_(false(), *(and_(table.id == each.id, table.created_at == each.made_at) for each in mine))


def _name(kind: str, wanted: _Names) -> list[Named]:
    return [
        Named(Target(kind, id, made_at), municipality, label, reminded)
        for id, made_at, municipality, label, reminded in reading().execute(wanted)
    ]


def _names(kind: str) -> _Names:
    """What `_name` reads, of grants or of places."""
    table = _TABLES[kind]
    wanted = tables.Grant.bundles if kind == TOLD else table.reminders
    columns = (table.id, table.created_at, tables.SelfCheck.municipality, tables.Place.label, wanted)
    named = select(*columns).select_from(tables.Place).join(tables.SelfCheck)
    return named if kind == PLACED else named.join(tables.Grant)


class _Due(NamedTuple):
    """One thing that waits for an address; `account_id` is on whose behalf the server writes."""

    address: str
    account_id: int | None
    waiting: Waiting


def _of_offices(today: date) -> list[_Due]:
    """Offices that have an address, on behalf of an account that coordinates and has confirmed its own."""
    coordination = aliased(tables.Place)
    behalf = (
        select(func.min(tables.Account.id))
        .join(tables.Grant)
        .join(coordination, coordination.id == tables.Grant.place_id)
        .where(coordination.check_id == tables.Place.check_id, coordination.coordinating())
        .where(tables.Grant.ended_at.is_(None), tables.Account.usable())
        .correlate(tables.Place)
        .scalar_subquery()
    )
    offices = (
        select(tables.Place.mail, behalf, tables.Place.id, tables.Place.created_at, *_ABOUT)
        .select_from(tables.Place)
        .join(tables.SelfCheck)
        .where(*_due(today), tables.Place.role == Role.OFFICE, tables.Place.mail != "")
        .where(tables.Place.reminders, behalf.is_not(None))
        .order_by(tables.Place.due_on, tables.Place.id)
    )
    rows, _ = read_sound(reading(), offices, tables.Place.id)
    return [
        _Due(address, account_id, Waiting(Target(PLACED, place_id, made_at), check, town, due_on, questions, place_id))
        for address, account_id, place_id, made_at, check, town, due_on, questions in rows
        if due_on is not None
    ]


def _of_accounts(today: date) -> list[_Due]:
    """Accounts on a place that is asked questions."""
    seated = (
        select(tables.Account.email, tables.Grant.id, tables.Grant.created_at, *_ABOUT)
        .select_from(tables.Place)
        .join(tables.SelfCheck)
        .join(tables.Grant)
        .join(tables.Account)
        .where(*_due(today), tables.Grant.ended_at.is_(None), tables.Grant.reminders, tables.Account.usable())
        .order_by(tables.Place.due_on, tables.Place.id)
    )
    rows, _ = read_sound(reading(), seated, tables.Grant.id)
    return [
        _Due(address, None, Waiting(Target(GRANTED, grant_id, made_at), check, town, due_on, questions, None))
        for address, grant_id, made_at, check, town, due_on, questions in rows
        if due_on is not None
    ]


_OPEN_QUESTIONS = (
    select(func.count())
    .select_from(tables.Assignment)
    .outerjoin(
        tables.Answer,
        and_(
            tables.Answer.check_id == tables.Assignment.check_id, tables.Answer.question == tables.Assignment.question
        ),
    )
    .where(tables.Assignment.place_id == tables.Place.id, tables.Assignment.declined_at.is_(None))
    .where(or_(tables.Answer.state.is_(None), tables.Answer.state == State.OPEN))
    .correlate(tables.Place)
    .scalar_subquery()
)
_ABOUT = (tables.SelfCheck.public_id, tables.SelfCheck.municipality, tables.Place.due_on, _OPEN_QUESTIONS)
"""What `Waiting` says between its target and its place."""


def _due(today: date) -> tuple[ColumnElement[bool], ...]:
    """Open places of living self-checks with a due date around today and open questions, not handed back."""
    return (
        tables.SelfCheck.deleted_at.is_(None),
        tables.Place.open_on(today),
        tables.Place.returned_at.is_(None),
        tables.Place.due_on.between(earliest_due(today), latest_due(today)),
        _OPEN_QUESTIONS > 0,
    )


_News = Bundle | DueInterim | Queried | Answered
"""What an account hears about itself."""
_Kind = TypeVar("_Kind", bound=_News)


def _as_person(due: Sequence[_Due], others: Sequence[_News]) -> Person:
    """An account comes before its address on a place: it signs in, and hears about itself."""
    own = bool(others) or any(each.waiting.target.kind == GRANTED for each in due)
    address = due[0].address if due else others[0].address
    account_id = None if own else due[0].account_id
    return Person(
        address,
        account_id,
        tuple(each.waiting for each in due),
        _pick(Bundle, others),
        _pick(DueInterim, others),
        _pick(Queried, others),
        _pick(Answered, others),
    )


def _pick(kind: type[_Kind], news: Iterable[_News]) -> tuple[_Kind, ...]:
    return tuple(each for each in news if isinstance(each, kind))


def _issue(connection: Connection, place_ids: Iterable[int | None], now: datetime) -> dict[int, str]:
    """One more token for each place, with one statement."""
    tokens = {id: new_token() for id in place_ids if id is not None}
    rows = [{"place_id": id, "hash": hash_token(token), "issued_at": now} for id, token in tokens.items()]
    if rows:
        connection.execute(insert(tables.Link), rows)
    return tokens
