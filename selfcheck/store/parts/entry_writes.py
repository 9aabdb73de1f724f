"""Writing the simple lists: goals, goals of the last audit, and projects."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection

from selfcheck.store.database import limits
from selfcheck.store.database.transactions import upsert
from selfcheck.store.parts.loading import ENTRY_FIELDS, LIST_TABLES
from selfcheck.store.parts.records import Entry, EntryText
from selfcheck.store.parts.work import (
    Work,
    fields_of,
    hash_key,
    plain_fields,
)
from selfcheck.store.parts.writes import (
    LISTS,
    Conflict,
    Current,
    EntryRemoval,
    EntryWrite,
    Outcome,
    Part,
    Saved,
    Unchanged,
    settle,
)

LINES = {
    "title": limits.TITLE,
    "criterion": limits.ID,
    "metric": limits.TITLE,
    "metric_now": limits.LINE,
    "metric_target": limits.LINE,
    "person": limits.PERSON,
}
PARAGRAPHS = {name: limits.PARAGRAPH for name in ("start", "measure", "evidence", "description", "effect")}

Stored = Entry[EntryText] | None


def apply_entry(work: Work, write: EntryWrite) -> Outcome:
    part = next(part for part, text in LISTS.items() if isinstance(write.text, text))
    wanted = _keep(write.text)
    if write.number is None:
        key = hash_key(write.creation_key or secrets.token_hex(16))
        return _settle(work, part, key, work.stock.entries.get((part, key)), write.seen_version, wanted)
    stored = _by_number(work, part, write.number)
    if stored is None:
        return Conflict(0, None, "", work.now)
    return _settle(work, part, stored.key, stored, write.seen_version, wanted)


def apply_removal(work: Work, write: EntryRemoval) -> Outcome:
    stored = _by_number(work, write.list, write.number)
    if stored is None:
        return Unchanged(0, write.number)
    return _settle(work, write.list, stored.key, stored, write.seen_version, None)


def store_entries(work: Work, connection: Connection) -> None:
    """One statement per list that has changed."""
    for part, table in LIST_TABLES.items():
        changed = [work.stock.entries[place] for place in sorted(work.entries) if place[0] is part]
        if changed:
            upsert(connection, table, [_row(work, entry) for entry in changed], ("check_id", "key"))


def _row(work: Work, entry: Entry[EntryText]) -> dict[str, Any]:
    return {"check_id": work.check_id} | fields_of(entry, ENTRY_FIELDS) | fields_of(entry.text)


def _listed(work: Work, part: Part) -> list[Entry[EntryText]]:
    return [entry for (list_, _), entry in work.stock.entries.items() if list_ is part]


def _by_number(work: Work, part: Part, number: int) -> Stored:
    return next((entry for entry in _listed(work, part) if entry.number == number), None)


def _keep(text: EntryText) -> EntryText:
    kept: dict[str, Any] = {}
    for name, value in fields_of(text).items():
        if name in LINES:
            kept[name] = limits.keep_line(value, name, LINES[name])
        elif name in PARAGRAPHS:
            kept[name] = limits.keep_text(value, name, PARAGRAPHS[name])
        else:
            kept[name] = value
    return type(text)(**kept)


def _settle(work: Work, part: Part, key: str, stored: Stored, seen: int, wanted: EntryText | None) -> Outcome:
    live = stored if stored is not None and stored.removed_at is None else None
    before = live.text if live else None
    current = Current(before, live, 0, "", None)
    if stored is not None:
        current = Current(before, live, stored.version, stored.by, stored.at)
    # numbers of removed entries are never given again: their rows are kept
    number = stored.number if stored else 1 + max((entry.number for entry in _listed(work, part)), default=0)
    outcome = settle(current, seen, wanted, work.now, number)
    text = wanted or (stored.text if stored else None)
    if isinstance(outcome, Saved) and text is not None:
        if live is None:
            limits.keep_few(part.value, sum(entry.removed_at is None for entry in _listed(work, part)))
        removed = None if wanted else work.now
        entry = Entry(number, key, text, outcome.version, work.by.label, work.now, removed)
        work.stock.entries[part, key] = entry
        work.entries.add((part, key))
        work.enter(part, str(number), plain_fields(before), plain_fields(wanted))
    return outcome
