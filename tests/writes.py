"""Writes of every kind of part, as tests put them down: what is written, for somebody who saw `seen` of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Value
from selfcheck.core.rules.answers import State, value_to_plain
from selfcheck.store.parts.kinds.talk import CommentText
from selfcheck.store.parts.values import (
    ChoiceText,
    Details,
    EntryText,
    EvidenceText,
    GoalText,
    InterimText,
    OnlyThereText,
    PastGoalText,
    SheetMarkText,
    SheetText,
    StepText,
)
from selfcheck.store.parts.writes import Part, Write


def choice(question: str, seen: int, state: State, value: Value | None = None, reason: str = "") -> Write:
    return Write(Part.CHOICE, question, seen, ChoiceText(state, value_to_plain(value), reason))


def note(question: str, seen: int, text: str) -> Write:
    return Write(Part.NOTE, question, seen, text)


def evidence(
    question: str,
    id: int | None,
    usual: bool,
    title: str,
    available: bool,
    link: str = "",
    file_number: str = "",
    page: str = "",
    valid_until: date | None = None,
    seen_version: int = 0,
    creation_key: str = "",
) -> Write:
    content = EvidenceText(question, usual, title, available, link, file_number, page, valid_until)
    return Write(Part.EVIDENCE, None if id is None else str(id), seen_version, content, creation_key)


def remove_evidence(id: int, seen: int) -> Write:
    return Write(Part.EVIDENCE, str(id), seen, None)


def entry(number: int | None, seen: int, text: EntryText, creation_key: str = "") -> Write:
    part = Part.GOAL if isinstance(text, GoalText) else Part.PROJECT
    part = Part.PAST_GOAL if isinstance(text, PastGoalText) else part
    return Write(part, None if number is None else str(number), seen, text, creation_key)


def remove_entry(part: Part, number: int, seen: int) -> Write:
    return Write(part, str(number), seen, None)


def sheet(question: str, seen: int, text: SheetText) -> Write:
    return Write(Part.SHEET, question, seen, text)


def interim(year: int, goal: int, seen: int, text: InterimText) -> Write:
    return Write(Part.INTERIM, f"{year}-{goal}", seen, text)


def only_there(number: int | None, seen: int, text: OnlyThereText, creation_key: str = "") -> Write:
    return Write(Part.ONLY_THERE, None if number is None else str(number), seen, text, creation_key)


def sheet_mark(seen: int, percent: Decimal | None) -> Write:
    return Write(Part.SHEET_MARK, "", seen, SheetMarkText(percent))


def step(key: str, seen: int, done: bool = False, person: str = "", note: str = "") -> Write:
    return Write(Part.STEP, key, seen, StepText(False, done, person, note))


def own_step(
    key: str | None,
    seen: int,
    title: str,
    due: date | None = None,
    group: str = "",
    done: bool = False,
    person: str = "",
    note: str = "",
    creation_key: str = "",
) -> Write:
    return Write(Part.STEP, key, seen, StepText(True, done, person, note, title, due, group), creation_key)


def remove_step(key: str, seen: int) -> Write:
    return Write(Part.STEP, key, seen, None)


def details(seen: int, said: Details) -> Write:
    return Write(Part.DETAILS, "", seen, said)


def assignment(question: str, seen: int, wanted: int) -> Write:
    return Write(Part.ASSIGNMENT, question, seen, wanted)


def comment(question: str, text: str, creation_key: str) -> Write:
    return Write(Part.COMMENT, None, 0, CommentText(question, text), creation_key)


def message(place_id: int, seen: int, text: str) -> Write:
    return Write(Part.MESSAGE, str(place_id), seen, text)
