"""German numbers, days and lists inside the sentences that the rules write themselves; not for layout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

HUNDREDTH = Decimal("0.01")
SWAP = str.maketrans(",.", ".,")
INNER = str.maketrans("„“”", "‚‘‘")


@lru_cache(maxsize=1024)
def number(value: Decimal) -> str:
    """All its digits: `38,5`, `1.234`."""
    text = f"{value:,f}".translate(SWAP)
    return text.rstrip("0").rstrip(",") if "," in text else text


@lru_cache(maxsize=1024)
def points(value: Decimal) -> str:
    """Points with at most two decimals."""
    return number(value.quantize(HUNDREDTH, ROUND_HALF_UP))


def points_count(value: Decimal) -> str:
    """`1 Punkt`, `2,5 Punkte`."""
    return f"{points(value)} {'Punkt' if value == 1 else 'Punkte'}"


def points_out_of(value: Decimal, possible: Decimal) -> str:
    """`2,5 von 4 Punkten`, `0 von 1 Punkt`."""
    return f"{points(value)} von {points(possible)} {'Punkt' if possible == 1 else 'Punkten'}"


def day(value: date) -> str:
    return f"{value.day:02}.{value.month:02}.{value.year:04}"


def quoted(text: str) -> str:
    """`text` in quotation marks; those that stand in it become the inner ones: `„Projekt ‚Probewohnen‘“`."""
    return f"„{text.translate(INNER)}“"


def listing(parts: Sequence[str], word: str = "und") -> str:
    """`a`, `a und b`, `a, b und c`; `word` stands before the last."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
