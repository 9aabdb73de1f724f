"""Asking several offices at once, each by its name: twice is once, and no question goes to two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.text.mail import tidy_mail
from selfcheck.core.text.order import fold
from selfcheck.store.access.links import add_links
from selfcheck.store.access.waiting import list_questions, read_questions
from selfcheck.store.database import limits, tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import new_public_id
from selfcheck.store.database.transactions import upsert, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Part
from selfcheck.store.team.invitations import INVITED


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office to be asked; `mail` is empty where nothing goes by mail."""

    label: str
    questions: tuple[QuestionId, ...]
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Until when all of them are to answer, and the last day of their links."""

    due_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A link that can be shown this once; `mailed`: it is on its way to the office's address, too."""

    public_id: str
    token: str
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Addressed:
    """An office as a letter addresses it; `questions` are all that it is asked now."""

    label: str
    mail: str
    questions: tuple[QuestionId, ...]
    due_on: date | None


Letter = Callable[[Addressed, str], NewMail]
"""Writes the mail to an office, with the token of its link."""


@dataclass(slots=True)
class _Office:
    """An office of the self-check, there already or `made` just now; `fresh` is what it was not asked before."""

    id: int
    public_id: str
    label: str
    mail: str
    due_on: date | None
    questions: tuple[QuestionId, ...]
    made: bool = False
    mailed: bool = False
    fresh: list[QuestionId] = field(default_factory=list)

    def until(self, term: Term) -> date:
        """The day of all, or its own where that is later."""
        return max(term.due_on, self.due_on or term.due_on)


def ask(
    check_id: int, new: Sequence[NewOffice], term: Term, by: Who, now: datetime, letter: Letter | None = None
) -> list[Shown]:
    """Asks each of `new` what no office is asked yet, and gives a link to each: by its name an office is known again,
    and gets what is new for it and no second invitation. `letter` takes links to those with an address, as many as may
    go today. An office for which nothing is left is passed over. Raises `TooLong`, and `TooMany` where there are too
    many open places.
    """
    with writing() as connection:
        lock(connection, check_id, now)
        offices = {fold(office.label): office for office in _list_open(connection, check_id, now)}
        taken = {question for office in offices.values() for question in office.questions}
        addressed: list[_Office] = []
        for each in new:
            fresh = [question for question in each.questions if question not in taken]
            label = limits.keep_line(each.label, "label", limits.LABEL)
            office = offices.get(fold(label))
            if office is None and fresh:
                office = offices[fold(label)] = _Office(0, new_public_id(), label, "", None, (), made=True)
            if office is None:
                continue
            office.mail = limits.keep_tidy(each.mail, tidy_mail, "mail", limits.MAIL) or office.mail
            office.fresh += fresh
            taken.update(fresh)
            addressed += [] if office in addressed else [office]
        _write(connection, check_id, addressed, term, by, now)
        tokens = add_links(connection, [office.id for office in addressed], now)
        if letter is not None:
            _put_mails(connection, [office for office in addressed if office.fresh], tokens, term, now, letter)
        return [Shown(office.public_id, tokens[office.id], office.mailed) for office in addressed]


def issue_all(check_id: int, by: Who, now: datetime) -> list[Shown]:
    """One more link to each open office that is asked something and has not handed it back; earlier ones live on."""
    with writing() as connection:
        lock(connection, check_id, now)
        waiting = (tables.Place.returned_at.is_(None),)
        offices = [office for office in _list_open(connection, check_id, now, *waiting) if office.questions]
        tokens = add_links(connection, [office.id for office in offices], now)
        events = [_tell(office, "issued") for office in offices]
        write_changes(connection, check_id, events, by, now)
        return [Shown(office.public_id, tokens[office.id]) for office in offices]


def _list_open(connection: Connection, check_id: int, now: datetime, *wanted: ColumnElement[bool]) -> list[_Office]:
    columns = [getattr(tables.Place, name) for name in ("id", "public_id", "label", "mail", "due_on")]
    asked = list_questions(tables.Assignment.declined_at.is_(None))
    mine = (tables.Place.check_id == check_id, tables.Place.role == Role.OFFICE, tables.Place.open_on(local_day(now)))
    found = select(*columns, asked.label("asked")).where(*mine, *wanted).order_by(tables.Place.id)
    return [
        _Office(row.id, row.public_id or "", row.label, row.mail, row.due_on, read_questions(row.asked))
        for row in connection.execute(found)
    ]


def _write(
    connection: Connection, check_id: int, offices: Sequence[_Office], term: Term, by: Who, now: datetime
) -> None:
    """The places, what they are asked and the history: a few statements, however many offices there are."""
    made = [office for office in offices if office.made]
    asked_more = [office for office in offices if office.fresh and not office.made]
    if made:
        _make_places(connection, check_id, made, term, now)
    if asked_more:
        _prolong(connection, asked_more, term)
    row = {"check_id": check_id, "created_at": now, "declined_at": None}
    rows = [row | {"place_id": office.id, "question": question} for office in offices for question in office.fresh]
    if rows:
        upsert(connection, tables.Assignment, rows, ("place_id", "question"))
    days = {"due_on": term.due_on.isoformat(), "ends_on": term.ends_on.isoformat()}
    events = [_tell(office, "invited", questions=office.fresh, role=Role.OFFICE.value, **days) for office in made]
    events += [_tell(office, "asked", added=office.fresh, removed=[]) for office in asked_more]
    write_changes(connection, check_id, events, by, now)


def _make_places(connection: Connection, check_id: int, made: Sequence[_Office], term: Term, now: datetime) -> None:
    unclosed = (tables.Place.check_id == check_id, tables.Place.withdrawn_at.is_(None))
    guests = select(func.count(tables.Place.id)).where(*unclosed, tables.Place.role.in_(INVITED))
    limits.keep_few("team", connection.execute(guests).scalar_one() + len(made) - 1)
    rows = [
        {
            "public_id": office.public_id,
            "check_id": check_id,
            "role": Role.OFFICE,
            "label": office.label,
            "mail": office.mail,
            "due_on": term.due_on,
            "ends_on": term.ends_on,
            "created_at": now,
        }
        for office in made
    ]
    inserted = insert(tables.Place).returning(tables.Place.public_id, tables.Place.id)
    ids = {public_id: id for public_id, id in connection.execute(inserted, rows)}
    for office in made:
        office.id = ids[office.public_id]


def _prolong(connection: Connection, offices: Sequence[_Office], term: Term) -> None:
    """What comes in has the day of all; what was handed back is not done any more. A later day stays."""
    changed = update(tables.Place).where(tables.Place.id == bindparam("of"))
    named = changed.values(mail=bindparam("to"), due_on=bindparam("until"), returned_at=None)
    rows = [{"of": office.id, "to": office.mail, "until": office.until(term)} for office in offices]
    connection.execute(named, rows)
    shorter = (tables.Place.id.in_([office.id for office in offices]), tables.Place.ends_on < term.ends_on)
    connection.execute(update(tables.Place).where(*shorter).values(ends_on=term.ends_on))


def _put_mails(
    connection: Connection,
    offices: Sequence[_Office],
    tokens: Mapping[int, str],
    term: Term,
    now: datetime,
    letter: Letter,
) -> None:
    """Mails to as many as the account may write to today."""
    for office in offices:
        if not office.mail:
            continue
        questions = (*office.questions, *office.fresh)
        mail = letter(Addressed(office.label, office.mail, questions, office.until(term)), tokens[office.id])
        if outbox.has_room(connection, mail, now):
            outbox.put(connection, mail, now)
            office.mailed = True


def _tell(office: _Office, event: str, **facts: object) -> Entered:
    return Entered(Part.TEAM, office.public_id, None, {"event": event, "label": office.label, **facts})
