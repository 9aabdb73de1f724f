"""A self-check as plain contents by slot, exactly as the history writes them, and back to what is stored.

A slot is a part with its subject. Where nothing stands, there is no entry: an open choice, an empty note, a step of
the checklist that nobody touched, a removed piece of evidence.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from selfcheck.core.removed import fill_marks
from selfcheck.store.parts.kinds.register import KINDS, returning
from selfcheck.store.parts.shelf import Stock, live

Slot = tuple[str, str]
Contents = Mapping[Slot, object]


def read_contents(stock: Stock, connection: Connection) -> dict[Slot, object]:
    """Everything that stands now; what is not in `stock` yet is read."""
    contents: dict[Slot, object] = {}
    for kind in returning():
        for row in live(stock.rows(kind.shelf, connection).values()):
            settled = kind.settled(kind.tell(kind.say(row)))
            if settled is not None:
                contents[kind.part, kind.subject(row)] = settled
    return contents


def settle_content(part: str, content: object) -> object:
    """One content of the history as it counts: removed texts are empty, and None is where nothing stands."""
    kind = KINDS.get(part)
    return kind.settled(content) if kind is not None else fill_marks(content)


def settle_all(contents: Contents) -> dict[Slot, object]:
    """`contents` as they count: without marks, and without slots where nothing stands."""
    settled = {slot: settle_content(slot[0], content) for slot, content in contents.items()}
    return {slot: content for slot, content in settled.items() if content is not None}


def raw_content(slot: Slot, settled: object) -> object:
    """The reverse, as the history writes it: an open choice and an untouched step of the checklist are told."""
    return KINDS[slot[0]].told(slot[1], settled)


def stock_of(contents: Contents, present: Stock) -> Stock:
    """What would be stored if `contents` stood there; ids, keys and versions are those of `present`.

    Raises `KeyError`, `TypeError` or `ValueError` for contents that nobody ever stored.
    """
    past = Stock(present.check_id)
    for (part, subject), content in contents.items():
        kind = KINDS[part]
        kind.then(past.rows(kind.shelf), present.rows(kind.shelf), subject, content)
    return past
