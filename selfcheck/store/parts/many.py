"""What is said in many self-checks at once: as many statements for twenty as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.transactions import reading
from selfcheck.store.parts.loading import ANSWERS, EVIDENCE, LISTS, build
from selfcheck.store.parts.shelf import Shelf, Stock
from selfcheck.store.parts.values import Check, Loaded

SHELVES: tuple[Shelf[Any], ...] = (ANSWERS, EVIDENCE, *LISTS)


def load_many(checks: Sequence[Check], questionnaires: Mapping[str, Questionnaire]) -> dict[int, Loaded]:
    """What is said in each of `checks`, by its id; what is damaged, or of a questionnaire that is not among
    `questionnaires`, is left out.
    """
    known = {check.id: check for check in checks if check.questionnaire in questionnaires}
    connection = reading()
    try:
        stocks = _read(connection, tuple(known))
    except DamagedRow:
        stocks = [stock for id in known for stock in _read_sound(connection, id)]
    return {
        stock.check_id: build(known[stock.check_id], questionnaires[known[stock.check_id].questionnaire], stock)
        for stock in stocks
    }


def _read(connection: Connection, ids: Sequence[int]) -> list[Stock]:
    """Raises `DamagedRow`."""
    stocks = [Stock(id) for id in ids]
    for shelf in SHELVES if stocks else ():
        rows = shelf.read_many(connection, ids)
        for stock in stocks:
            stock.fill(shelf, rows[stock.check_id])
    return stocks


def _read_sound(connection: Connection, id: int) -> list[Stock]:
    """One by itself; none where it cannot be read."""
    try:
        return _read(connection, (id,))
    except DamagedRow:
        return []
