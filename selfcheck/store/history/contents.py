"""A self-check as plain contents by place, exactly as the history writes them, and back to what is stored.

A place is a part with its subject. Where nothing stands, there is no entry: an open choice, an empty note, a step of
the checklist that nobody touched, a removed piece of evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.removed import fill_marks
from selfcheck.core.rules.answers import State
from selfcheck.store.parts import evidence_writes, steps
from selfcheck.store.parts.answer_writes import CHOICE
from selfcheck.store.parts.details import details_from_plain, details_to_plain
from selfcheck.store.parts.loading import TEXT_FIELDS, Stock
from selfcheck.store.parts.values import (
    Check,
    Entry,
    EntryText,
    StoredAnswer,
    StoredEvidence,
)
from selfcheck.store.parts.steps import StoredStep
from selfcheck.store.parts.work import fields_of, hash_key, plain_fields
from selfcheck.store.parts.writes import LISTS, Part

Place = tuple[Part, str]
Contents = Mapping[Place, Any]

KEPT = (Part.DETAILS, Part.CHOICE, Part.NOTE, Part.EVIDENCE, Part.STEP, *LISTS)
"""The parts whose contents the history can bring back; all others only tell what happened."""
UNANSWERED: dict[str, Any] = {"state": State.OPEN.value, "value": None, "reason": ""}
UNTOUCHED: dict[str, Any] = {
    "own": False,
    "done": False,
    "person": "",
    "note": "",
    "title": "",
    "due": None,
    "group": "",
}
DETAILS: Place = (Part.DETAILS, "")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def read_contents(check: Check, stock: Stock, known_steps: Mapping[str, StoredStep]) -> dict[Place, Any]:
    """Everything that stands now."""
    found = {DETAILS: details_to_plain(check.details)}
    for place, content in (*_answers(stock), *_pieces(stock), *_entries(stock), *_steps(known_steps)):
        settled = settle_content(place[0], content)
        if settled is not None:
            found[place] = settled
    return found


def settle_content(part: Part, content: Any) -> Any:
    """One content of the history as it counts: removed texts are empty, and None is where nothing stands."""
    filled = fill_marks(content)
    if filled == "" or (part is Part.CHOICE and filled == UNANSWERED) or (part is Part.STEP and filled == UNTOUCHED):
        return None
    return filled


def raw_content(place: Place, settled: Any) -> Any:
    """The reverse, as the history writes it: an open choice and an untouched step of the checklist are told."""
    part, subject = place
    if settled is not None:
        return settled
    if part is Part.CHOICE:
        return UNANSWERED
    return UNTOUCHED if part is Part.STEP and not subject.startswith(steps.OWN) else None


def _answers(stock: Stock) -> Iterator[tuple[Place, Any]]:
    for answer in stock.answers.values():
        yield (Part.CHOICE, answer.question), fields_of(answer, CHOICE)
        yield (Part.NOTE, answer.question), answer.note


def _pieces(stock: Stock) -> Iterator[tuple[Place, Any]]:
    for piece in stock.evidence.values():
        if piece.removed_at is None:
            yield (Part.EVIDENCE, piece.key), plain_fields(piece, evidence_writes.CONTENT)


def _entries(stock: Stock) -> Iterator[tuple[Place, Any]]:
    for (part, _), entry in stock.entries.items():
        if entry.removed_at is None:
            yield (part, str(entry.number)), plain_fields(entry.text)


def _steps(known: Mapping[str, StoredStep]) -> Iterator[tuple[Place, Any]]:
    for step in known.values():
        if step.removed_at is None:
            yield (Part.STEP, step.key), plain_fields(step, steps.CONTENT)


def stock_of(contents: Contents, present: Stock) -> Stock:
    """What would be stored if `contents` stood there; ids, keys and versions are those of `present`.

    Raises `KeyError`, `TypeError` or `ValueError` for contents that nobody ever stored.
    """
    past = Stock({}, {}, {})
    for place, content in contents.items():
        put = _PUT.get(place[0])
        if put is not None:
            put(past, present, place, content)
    return past


def check_of(contents: Contents, present: Check) -> Check:
    """`present` with what was said about the municipality then. Raises as `stock_of`."""
    details = details_from_plain(contents[DETAILS])
    return replace(
        present,
        municipality=details.municipality,
        district=details.district,
        profile=details.profile,
        interview=details.interview,
        contact=details.contact,
    )


def put_choice(answer: StoredAnswer, content: Any) -> StoredAnswer:
    told = UNANSWERED if content is None else content
    return answer._replace(state=told["state"], value=told["value"], reason=told["reason"])


def put_piece(key: str, stored: StoredEvidence | None, content: Mapping[str, Any]) -> StoredEvidence:
    """`stored` with the fields of `content`; one that was never stored gets no id yet."""
    told = {name: content[name] for name in evidence_writes.CONTENT} | {"valid_until": _day(content["valid_until"])}
    if stored is not None:
        return stored._replace(**told, removed_at=None)
    return StoredEvidence(id=-1, key=key, version=0, by="", at=NEVER, **told)


def put_entry(part: Part, number: int, stored: Entry[EntryText] | None, content: Mapping[str, Any]) -> Entry[EntryText]:
    told = {name: _day(content[name]) if name == "due" else content[name] for name in TEXT_FIELDS[part]}
    text: EntryText = LISTS[part](**told)
    if stored is not None:
        return replace(stored, text=text, removed_at=None)
    return Entry(number, hash_key("put back", part, str(number)), text, 0, "", NEVER)


def find_entry(stock: Stock, part: Part, number: int) -> Entry[EntryText] | None:
    listed: Iterable[Entry[EntryText]] = (entry for (list_, _), entry in stock.entries.items() if list_ is part)
    return next((entry for entry in listed if entry.number == number), None)


def put_step(key: str, stored: StoredStep | None, content: Mapping[str, Any], today: date) -> StoredStep:
    told = {name: content[name] for name in steps.CONTENT} | {"due": _day(content["due"])}
    return replace(stored or StoredStep(key, today), **told, removed_at=None)


def _put_choice(past: Stock, present: Stock, place: Place, content: Any) -> None:
    question = QuestionId(place[1])
    past.answers[question] = put_choice(_base(past, present, question), content)


def _put_note(past: Stock, present: Stock, place: Place, content: Any) -> None:
    question = QuestionId(place[1])
    past.answers[question] = _base(past, present, question)._replace(note=str(content))


def _base(past: Stock, present: Stock, question: QuestionId) -> StoredAnswer:
    """The answer so far: who and when of the present one, without what it says."""
    stored = present.answers.get(question) or StoredAnswer.untouched(question)
    return past.answers.get(question) or put_choice(stored, None)._replace(note="")


def _put_piece(past: Stock, present: Stock, place: Place, content: Any) -> None:
    past.evidence[place[1]] = put_piece(place[1], present.evidence.get(place[1]), content)


def _put_entry(past: Stock, present: Stock, place: Place, content: Any) -> None:
    part, number = place[0], int(place[1])
    entry = put_entry(part, number, find_entry(present, part, number), content)
    past.entries[part, entry.key] = entry


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


_PUT: dict[Part, Callable[[Stock, Stock, Place, Any], None]] = {
    Part.CHOICE: _put_choice,
    Part.NOTE: _put_note,
    Part.EVIDENCE: _put_piece,
    Part.GOAL: _put_entry,
    Part.PAST_GOAL: _put_entry,
    Part.PROJECT: _put_entry,
}
