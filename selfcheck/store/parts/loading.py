"""Rows to answers: the only place where what is stored becomes what the rules know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import starmap
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, bindparam, cast, literal, null, select, union_all
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
    value_from_plain,
)
from selfcheck.store.database import tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.parts.details import make_profile
from selfcheck.store.parts.records import (
    Check,
    Entry,
    EntryText,
    GoalText,
    Loaded,
    PastGoalText,
    ProjectText,
    StoredAnswer,
    StoredEvidence,
)
from selfcheck.store.parts.writes import LISTS, Part

AnyRow = Row[*tuple[Any, ...]]


ListTable = type[tables.Goal | tables.PastGoal | tables.Project]
LIST_TABLES: dict[Part, ListTable] = {
    Part.GOAL: tables.Goal,
    Part.PAST_GOAL: tables.PastGoal,
    Part.PROJECT: tables.Project,
}
STATES = {str(state): state for state in State}
CHECK_COLUMNS = tuple(tables.SelfCheck.__table__.c)

ANSWER_FIELDS = tuple(name for name in StoredAnswer._fields if name != "aside")
EVIDENCE_FIELDS = StoredEvidence._fields
ENTRY_FIELDS = ("number", "key", "version", "by", "at", "removed_at")
TEXT_FIELDS = {part: tuple(field.name for field in fields(text)) for part, text in LISTS.items()}


def _list_columns() -> dict[str, ColumnElement[Any]]:
    """Every column that some list has, once, in a fixed order."""
    found: dict[str, ColumnElement[Any]] = {}
    for part, table in LIST_TABLES.items():
        for name in (*ENTRY_FIELDS, *TEXT_FIELDS[part]):
            found.setdefault(name, getattr(table, name))
    return found


_COLUMNS = _list_columns()
_PLACES = {name: place for place, name in enumerate(_COLUMNS, start=1)}
_TEXT_PLACES = {part: tuple(_PLACES[name] for name in names) for part, names in TEXT_FIELDS.items()}
_ANSWERS = select(*(getattr(tables.Answer, name) for name in ANSWER_FIELDS)).where(
    tables.Answer.check_id == bindparam("check_id")
)
_EVIDENCE = (
    select(*(getattr(tables.Evidence, name) for name in EVIDENCE_FIELDS))
    .where(tables.Evidence.check_id == bindparam("check_id"))
    .order_by(tables.Evidence.id)
)
_LISTS = union_all(
    *(
        select(
            literal(part.value).label("part"),
            *(
                getattr(table, name) if hasattr(table, name) else cast(null(), column.type).label(name)
                for name, column in _COLUMNS.items()
            ),
        ).where(table.check_id == bindparam("check_id"))
        for part, table in LIST_TABLES.items()
    )
)


@dataclass
class Stock:
    """All parts of one self-check that have versions, removed ones too, by what finds them."""

    answers: dict[QuestionId, StoredAnswer]
    evidence: dict[str, StoredEvidence]
    entries: dict[tuple[Part, str], Entry[EntryText]]


def read_check(row: AnyRow) -> Check:
    """From a row that holds all columns of `self_check` (and others, whose names do not clash)."""
    column = row._mapping
    return Check(
        id=column["id"],
        public_id=column["public_id"],
        questionnaire=f"{column['questionnaire_id']}/{column['questionnaire_version']}",
        municipality=column["municipality"],
        district=column["district"],
        profile=make_profile(column["centrality"], column["audit"], column["land"]),
        interview=column["interview"],
        contact=Contact(
            column["contact_name"], column["contact_office"], column["contact_phone"], column["contact_mail"]
        ),
        version=column["version"],
        by=column["by"],
        at=column["at"],
        created_at=column["created_at"],
        changed_at=column["changed_at"],
        deleted_at=column["deleted_at"],
    )


def read_stock(connection: Connection, check_id: int) -> Stock:
    """Three statements, however much there is. Raises `DamagedRow`."""
    with sound_rows():
        return _read_stock(connection, check_id)


def _read_stock(connection: Connection, check_id: int) -> Stock:
    of_check = {"check_id": check_id}
    answers = starmap(StoredAnswer, connection.execute(_ANSWERS, of_check).all())
    pieces = starmap(StoredEvidence, connection.execute(_EVIDENCE, of_check).all())
    entries: dict[tuple[Part, str], Entry[EntryText]] = {}
    for row in connection.execute(_LISTS, of_check).all():
        part, number, key, *rest = row[: len(ENTRY_FIELDS) + 1]
        list_ = Part(part)
        text: EntryText = LISTS[list_](*(row[place] for place in _TEXT_PLACES[list_]))
        entries[list_, key] = Entry(number, key, text, *rest)
    return Stock({answer.question: answer for answer in answers}, {piece.key: piece for piece in pieces}, entries)


def build(check: Check, questionnaire: Questionnaire, stock: Stock) -> Loaded:
    """What is stored, as the rules know it. Answers to questions that are not (any more) asked stay in `stored`."""
    evidence = _group([piece for piece in stock.evidence.values() if piece.removed_at is None])
    stored = dict(stock.answers)
    answers: dict[QuestionId, Answer] = {}
    for question in questionnaire.questions:
        pieces = tuple([piece.evidence for piece in evidence.get(question.id, ())])
        found = stored.get(question.id)
        if found is not None:
            answers[question.id], stored[question.id] = read_answer(questionnaire, found, pieces)
        elif pieces:
            answers[question.id] = OPEN._replace(evidence=pieces)
    goals, past_goals, projects = (_live(stock, part) for part in LISTS)
    return Loaded(check, answers, stored, evidence, goals, past_goals, projects, _extras(goals, past_goals, projects))


def read_answer(
    questionnaire: Questionnaire, stored: StoredAnswer, pieces: tuple[Evidence, ...]
) -> tuple[Answer, StoredAnswer]:
    """The answer, and what is stored with an unknown value put aside (points.md, section 3)."""
    question = questionnaire.question[stored.question]
    state, reason, aside = _read_state(stored.state), stored.reason, ""
    value = value_from_plain(question, stored.value) if state is State.GIVEN else None
    if state is State.GIVEN and value is None:
        state, aside = State.UNCLEAR, say_plain(stored.value)
    if state is State.NOT_APPLICABLE and question.not_applicable is None:
        state, reason, aside = State.UNCLEAR, "", stored.reason
    return Answer(state, value, reason, stored.note, pieces), stored._replace(aside=aside) if aside else stored


def _read_state(state: str) -> State:
    return STATES.get(state, State.UNCLEAR)


def say_plain(value: object) -> str:
    """Any stored value in words."""
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _group(pieces: Iterable[StoredEvidence]) -> dict[QuestionId, tuple[StoredEvidence, ...]]:
    found: dict[QuestionId, list[StoredEvidence]] = {}
    for piece in sorted(pieces, key=attrgetter("id")):
        found.setdefault(piece.question, []).append(piece)
    return {question: tuple(listed) for question, listed in found.items()}


def _live(stock: Stock, part: Part) -> Any:
    kept = [entry for (list_, _), entry in stock.entries.items() if list_ is part and entry.removed_at is None]
    return tuple(sorted(kept, key=lambda entry: entry.number))


def _extras(
    goals: Iterable[Entry[GoalText]],
    past_goals: Iterable[Entry[PastGoalText]],
    projects: Iterable[Entry[ProjectText]],
) -> Extras:
    return Extras(
        past_goals=tuple(
            PastGoal(each.number, each.text.title, each.text.achieved, each.text.documented) for each in past_goals
        ),
        projects=tuple(Project(each.number, each.text.title, each.text.documented) for each in projects),
        # by place, not by number: after a removal the second goal is the second one that the checklist asks for
        goals=tuple(
            Goal(place, each.text.title, each.text.measure, each.text.metric)
            for place, each in enumerate(goals, start=1)
        ),
    )
