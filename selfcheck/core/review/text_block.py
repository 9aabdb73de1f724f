"""Texts that advisors use again: their placeholders."""

from __future__ import annotations

from collections.abc import Mapping

PLACEHOLDERS = ("kommune", "frage", "stand")


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with the values of its placeholders, `{kommune}`; what is none stays as it stands, and a value that looks
    like one is not filled again."""
    parts = []
    rest = text
    while rest:
        before, brace, after = rest.partition("{")
        name, closed, behind = after.partition("}")
        parts.append(before)
        if brace and closed and name in values:
            parts.append(values[name])
            rest = behind
        else:
            parts.append(brace)
            rest = after
    return "".join(parts)
