"""The address that tries other answers out: which questions, and which values they would have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import url_for

from selfcheck.core.questionnaire.model import QuestionId, Value
from selfcheck.reporting.words import german

ASKED = "frage"
ADDED = "neu"
VALUE = "wert."


def trial_address(check_id: str, values: Mapping[QuestionId, Value | None]) -> str:
    """What-if with these questions; one without a value begins with what is answered today."""
    said: dict[str, Any] = {f"{VALUE}{id}": _say(value) for id, value in values.items() if value is not None}
    said[ASKED] = list(values)
    return url_for("results.what_if", check_id=check_id, **said)


def _say(value: Value) -> str | list[str]:
    """The value as the field of the form sends it."""
    if isinstance(value, frozenset):
        return sorted(value)
    return german.number_to_edit(value) if isinstance(value, Decimal) else value
