"""A link as a QR code: whoever has it on paper opens it with a phone instead of typing it."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4
"""The white edge that readers need, in modules."""


@dataclass(frozen=True, slots=True)
class Code:
    """A square of `size` modules a side, its white edge among them; `path` draws the dark ones, a row at a time."""

    size: int
    path: str


def draw_code(url: str) -> Code:
    rows = segno.make(url, error="m", micro=False).matrix
    dark = ((x, y) for y, row in enumerate(rows, QUIET) for x, module in enumerate(row, QUIET) if module)
    return Code(len(rows) + 2 * QUIET, "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
