"""Rows to answers: the only place where what is stored becomes what the rules know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.rules.answers import (
    OPEN,
    Answer,
    Contact,
    Evidence,
    Extras,
    Goal,
    PastGoal,
    Project,
    State,
    Uploaded,
    value_from_plain,
)
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import field_names, read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import Base, upsert, upsert_returning
from selfcheck.store.parts.shelf import Fields, Shelf, Stock, live
from selfcheck.store.parts.values import (
    Check,
    Entry,
    EntryText,
    GoalText,
    Loaded,
    OnlyThereText,
    PastGoalText,
    ProjectText,
    StoredAnswer,
    StoredEvidence,
    StoredInterim,
    StoredSheetLine,
    StoredSheetMark,
    StoredStep,
    make_profile,
)
from selfcheck.store.parts.work import Gone

CheckRow = Row[*tuple[object, ...]]
"""A row with all columns of `self_check`, and others whose names do not clash."""
Said = TypeVar("Said", bound=EntryText | OnlyThereText)
STATES = {str(state): state for state in State}
INTERIM_KEY = ("check_id", "year", "goal")
CHECK_COLUMNS = tuple(tables.SelfCheck.__table__.columns)
STAMP = ("number", "key", "version", "by", "at", "removed_at")
"""What an entry has beside its text."""


_FILE, _ANY = aliased(tables.PieceFile), aliased(tables.PieceFile)
_NEWEST = (
    select(func.max(_ANY.number))
    .where(_ANY.evidence_id == tables.Evidence.id, _ANY.removed_at.is_(None))
    .correlate(tables.Evidence)
    .scalar_subquery()
)
_FILE_COLUMNS = (
    _FILE.name.label("file_name"),
    _FILE.size.label("file_size"),
    _FILE.at.label("file_at"),
    _FILE.number.label("file_revision"),
)


class EntryShelf(Shelf[Entry[Said]]):
    """A list: what an entry says is a value of its own."""

    inside = frozenset({"key"})

    def __init__(self, section: str, table: type[Base], text: type[Said]) -> None:
        self.text, self.texts = text, field_names(text)
        super().__init__(section, table, Entry)
        self.columns = (*STAMP, *self.texts)
        self.select = self._select()

    def make(self, row: Row[*tuple[object, ...]]) -> Entry[Said]:
        """An entry from a row with the columns of `STAMP` and of the text, and maybe others."""
        said = row._mapping
        number, key, *stamp = (said[name] for name in STAMP)
        return Entry(number, key, self.text(*(said[name] for name in self.texts)), *stamp)

    def read(self, connection: Connection, check_id: int) -> dict[str, Entry[Said]]:
        entries = [self.make(row) for row in connection.execute(self.select, {"check_id": check_id})]
        return {entry.key: entry for entry in entries}

    def values(self, check_id: int, row: Entry[Said]) -> Fields:
        return (
            {"check_id": check_id}
            | {name: getattr(row, name) for name in STAMP}
            | {name: getattr(row.text, name) for name in self.texts}
        )

    def export(self, row: Entry[Said]) -> Fields:
        return {name: value for name, value in self.values(0, row).items() if name not in ("check_id", "key")}


class EvidenceShelf(Shelf[StoredEvidence]):
    """Pieces have ids, which pages call them by; a new one gets its own when it is put down. The newest file of each is
    read with it, and never written: files are no part of what a piece says.
    """

    def _select(self) -> Select[*tuple[object, ...]]:
        return self._with_files(super()._select())

    def _with_files(self, rows: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
        newest = and_(_FILE.evidence_id == tables.Evidence.id, _FILE.number == _NEWEST)
        return rows.add_columns(*_FILE_COLUMNS).outerjoin_from(tables.Evidence, _FILE, newest)

    def read(self, connection: Connection, check_id: int) -> dict[str, StoredEvidence]:
        pieces = [self.make(row) for row in connection.execute(self.select, {"check_id": check_id})]
        return {piece.key: piece for piece in pieces}

    def _select_many(self, check_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
        return self._with_files(super()._select_many(check_ids))

    def make(self, row: Row[*tuple[object, ...]]) -> StoredEvidence:
        piece = super().make(row)
        if row.file_revision is None:
            return piece
        return piece._replace(file=Uploaded(row.file_name, row.file_size, local_day(row.file_at), row.file_revision))

    def store(
        self,
        connection: Connection,
        check_id: int,
        rows: Mapping[str, StoredEvidence],
        stock: dict[str, StoredEvidence],
    ) -> Mapping[int, int]:
        given = {}
        columns = (tables.Evidence.key, tables.Evidence.id)
        written = [self.values(check_id, row) for row in rows.values()]
        for key, id in upsert_returning(connection, self.table, written, ("check_id", "key"), columns):
            given[stock[key].id] = id
            stock[key] = stock[key]._replace(id=id)
        return given


class AnswerShelf(Shelf[StoredAnswer]):
    def export(self, row: StoredAnswer) -> Fields:
        """One block for each of the two parts."""
        choice = {"state": str(row.state), "value": row.value, "reason": row.reason, "unconfirmed": row.unconfirmed}
        return {
            "question": row.question,
            "choice": choice | {"version": row.choice_version, "by": row.choice_by, "at": row.choice_at},
            "note": {"text": row.note, "version": row.note_version, "by": row.note_by, "at": row.note_at},
        }


class InterimShelf(Shelf[StoredInterim]):
    """One row for a goal in a year, both by their numbers."""

    def key_of(self, row: StoredInterim) -> str:
        return f"{row.year}-{row.goal}"

    def store(
        self,
        connection: Connection,
        check_id: int,
        rows: Mapping[str, StoredInterim],
        stock: dict[str, StoredInterim],
    ) -> Mapping[int, int]:
        upsert(connection, self.table, [self.values(check_id, row) for row in rows.values()], INTERIM_KEY)
        return {}


class SheetMarkShelf(Shelf[StoredSheetMark]):
    """There is one at most, and nothing to find it by."""

    def key_of(self, row: StoredSheetMark) -> str:
        return ""

    def store(
        self,
        connection: Connection,
        check_id: int,
        rows: Mapping[str, StoredSheetMark],
        stock: dict[str, StoredSheetMark],
    ) -> Mapping[int, int]:
        upsert(connection, self.table, [self.values(check_id, row) for row in rows.values()], ("check_id",))
        return {}


ANSWERS = AnswerShelf("answers", tables.Answer, StoredAnswer, "question")
EVIDENCE = EvidenceShelf("evidence", tables.Evidence, StoredEvidence)
STEPS = Shelf("steps", tables.Step, StoredStep)
GOALS = EntryShelf("goals", tables.Goal, GoalText)
PAST_GOALS = EntryShelf("past_goals", tables.PastGoal, PastGoalText)
PROJECTS = EntryShelf("projects", tables.Project, ProjectText)
INTERIMS = InterimShelf("interims", tables.Interim, StoredInterim, "")
SHEET = Shelf("sheet", tables.SheetLine, StoredSheetLine, "question")
ONLY_THERE = EntryShelf("only_there", tables.OnlyThere, OnlyThereText)
SHEET_MARK = SheetMarkShelf("sheet_mark", tables.SheetMark, StoredSheetMark, "")
LISTS: tuple[EntryShelf[Any], ...] = (GOALS, PAST_GOALS, PROJECTS, ONLY_THERE)


def _select_lists() -> CompoundSelect[*tuple[object, ...]]:
    """All lists with one statement: every column that some list has, with nothing where a list has none such."""
    named: dict[str, ColumnElement[object]] = {}
    for shelf in LISTS:
        for name in shelf.columns:
            named.setdefault(name, shelf.table.__table__.columns[name])
    return union_all(
        *(
            select(
                literal(shelf.section).label("section"),
                *(
                    shelf.table.__table__.columns[name]
                    if name in shelf.columns
                    else cast(null(), column.type).label(name)
                    for name, column in named.items()
                ),
            ).where(shelf.table.__table__.columns["check_id"] == bindparam("check_id"))
            for shelf in LISTS
        )
    )


_LISTS = _select_lists()


def read_check(row: CheckRow) -> Check:
    return read_row(
        Check,
        row,
        questionnaire=f"{row.questionnaire_id}/{row.questionnaire_version}",
        profile=make_profile(row.centrality, row.audit, row.land),
        contact=Contact(row.contact_name, row.contact_office, row.contact_phone, row.contact_mail),
    )


def read_stock(connection: Connection, check_id: int, stock: Stock | None = None) -> Stock:
    """Answers, evidence and lists in three statements, however much there is; what `stock` holds already stays.

    Raises `DamagedRow`.
    """
    stock = stock if stock is not None else Stock(check_id)
    stock.rows(ANSWERS, connection)
    stock.rows(EVIDENCE, connection)
    lists: dict[str, dict[str, Entry[EntryText | OnlyThereText]]] = {shelf.section: {} for shelf in LISTS}
    shelves = {shelf.section: shelf for shelf in LISTS}
    for row in connection.execute(_LISTS, {"check_id": check_id}):
        entry = shelves[row.section].make(row)
        lists[row.section][entry.key] = entry
    for shelf in LISTS:
        if shelf.section not in stock.shelves:
            stock.fill(shelf, lists[shelf.section])
    return stock


def build(check: Check, questionnaire: Questionnaire, stock: Stock) -> Loaded:
    """What is stored, as the rules know it. Answers to questions that are not (any more) asked stay in `stored`."""
    evidence = _group(live(stock.rows(EVIDENCE).values()))
    stored = {QuestionId(id): answer for id, answer in stock.rows(ANSWERS).items()}
    answers: dict[QuestionId, Answer] = {}
    for question in questionnaire.questions:
        pieces = tuple([piece.evidence for piece in evidence.get(question.id, ())])
        answer = stored.get(question.id)
        if answer is not None:
            answers[question.id], stored[question.id] = read_answer(questionnaire, answer, pieces)
        elif pieces:
            answers[question.id] = OPEN._replace(evidence=pieces)
    goals, past_goals, projects = _listed(stock, GOALS), _listed(stock, PAST_GOALS), _listed(stock, PROJECTS)
    extras, only_there = _extras(goals, past_goals, projects), _listed(stock, ONLY_THERE)
    return Loaded(check, answers, stored, evidence, goals, past_goals, projects, extras, only_there)


def read_answer(
    questionnaire: Questionnaire, stored: StoredAnswer, pieces: tuple[Evidence, ...]
) -> tuple[Answer, StoredAnswer]:
    """The answer, and what is stored with an unknown value put aside (points.md, section 3)."""
    question = questionnaire.question[stored.question]
    state, reason, aside = STATES.get(stored.state, State.UNCLEAR), stored.reason, ""
    value = value_from_plain(question, stored.value) if state is State.GIVEN else None
    if state is State.GIVEN and value is None:
        state, aside = State.UNCLEAR, say_plain(stored.value)
    if state is State.NOT_APPLICABLE and question.not_applicable is None:
        state, reason, aside = State.UNCLEAR, "", stored.reason
    return Answer(state, value, reason, stored.note, pieces), stored._replace(aside=aside) if aside else stored


def say_plain(value: object) -> str:
    """Any stored value in words."""
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _group(pieces: Iterable[StoredEvidence]) -> dict[QuestionId, tuple[StoredEvidence, ...]]:
    found: dict[QuestionId, list[StoredEvidence]] = {}
    for piece in sorted(pieces, key=attrgetter("id")):
        for question in piece.questions:
            found.setdefault(QuestionId(question), []).append(piece)
    return {question: tuple(listed) for question, listed in found.items()}


def _listed(stock: Stock, shelf: EntryShelf[Said]) -> tuple[Entry[Said], ...]:
    return tuple(sorted(live(stock.rows(shelf).values()), key=attrgetter("number")))


def _extras(
    goals: Iterable[Entry[GoalText]], past_goals: Iterable[Entry[PastGoalText]], projects: Iterable[Entry[ProjectText]]
) -> Extras:
    return Extras(
        past_goals=tuple(
            PastGoal(each.number, each.text.title, each.text.achieved, each.text.documented) for each in past_goals
        ),
        projects=tuple(Project(each.number, each.text.title, each.text.documented) for each in projects),
        # by position, not by number: after a removal the second goal is the second one that the checklist asks for
        goals=tuple(
            Goal(position, each.text.title, each.text.measure, each.text.metric)
            for position, each in enumerate(goals, start=1)
        ),
    )


_NEWEST_CHANGE = (
    select(func.coalesce(func.max(tables.Change.id), 0))
    .where(tables.Change.check_id == bindparam("check_id"))
    .scalar_subquery()
)
_TOUCH = (
    update(tables.SelfCheck)
    .where(tables.SelfCheck.id == bindparam("check_id"))
    .values(changed_at=bindparam("now"), written=tables.SelfCheck.written + bindparam("weight"))
    .returning(*CHECK_COLUMNS, _NEWEST_CHANGE.label("newest_change"))
)
_CHARGE = (
    update(tables.SelfCheck)
    .where(tables.SelfCheck.id == bindparam("check_id"))
    .values(written=tables.SelfCheck.written + bindparam("weight"))
    .returning(tables.SelfCheck.written)
)


def lock(connection: Connection, check_id: int, now: datetime, weight: int = 0) -> Check:
    """The self-check as it stands; no other save of it goes on before this transaction ends.

    `weight`: letters that are to be added to its history. Raises `Gone`, or `HistoryFull` where they have no room.
    """
    return lock_and_look(connection, check_id, now, weight)[0]


def lock_and_look(connection: Connection, check_id: int, now: datetime, weight: int) -> tuple[Check, int]:
    """The same, and the number of the newest change of the self-check, 0 where there is none."""
    row = connection.execute(_TOUCH, {"check_id": check_id, "now": now, "weight": weight}).first()
    if row is None:
        raise Gone(check_id)
    if weight:  # what only takes away, or says who takes part, always has room
        _refuse_full(check_id, row.written)
    return read_check(row), row.newest_change


def charge(connection: Connection, check_id: int, weight: int) -> None:
    """Counts `weight` letters more, where it is not known before what is to be written. Raises `HistoryFull`."""
    written = connection.execute(_CHARGE, {"check_id": check_id, "weight": weight}).scalar()
    _refuse_full(check_id, written or 0)


def _refuse_full(check_id: int, written: int) -> None:
    if written > limits.HISTORY:
        raise limits.HistoryFull(check_id)
