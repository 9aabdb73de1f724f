"""What the models of „Alle Daten (JSON)“ are made of: how its values are read, and blocks of keys."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from selfcheck.core.text.contents import clean, clean_line
from selfcheck.core.text.day import read_stored_day
from selfcheck.core.text.number import read_stored_number
from selfcheck.store.database import limits

LARGEST = 2**31 - 1
MOST_OPTIONS = 200
LONGEST_MOMENT = 40
WHOLE = 100
Digits = Annotated[str, Field(pattern=r"^[0-9]{1,4}(\.[0-9]{1,2})?$")]


def said(text: str) -> str:
    if not text:
        raise ValueError("blank")
    return text


def _read_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    return read_stored_day(value)


def _read_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_MOMENT:
        raise ValueError(value[:LONGEST_MOMENT])
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def _read_amount(value: object) -> object:
    """No more than any Prüfbogen gives."""
    if not isinstance(value, str):
        return value
    amount = read_stored_number(value, limits.DECIMALS)
    if amount > limits.MOST_POINTS:
        raise ValueError(amount)
    return amount


def _read_percent(value: Decimal) -> Decimal:
    if not 0 < value <= WHOLE:
        raise ValueError(value)
    return value


Amount = Annotated[Decimal, BeforeValidator(_read_amount, json_schema_input_type=Digits)]
Percent = Annotated[Amount, AfterValidator(_read_percent)]
Day = Annotated[date, BeforeValidator(_read_day, json_schema_input_type=date)]
Moment = Annotated[datetime, BeforeValidator(_read_moment, json_schema_input_type=datetime)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Line = Annotated[str, Field(max_length=limits.LINE), AfterValidator(clean_line)]
Id = Annotated[str, Field(max_length=limits.ID, pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$")]
Option = Annotated[str, Field(max_length=limits.ID), AfterValidator(clean_line)]
Name = Annotated[str, Field(max_length=limits.LABEL), AfterValidator(clean_line)]
Mark = Annotated[str, Field(max_length=limits.ID, pattern=r"^[a-z,]*$")]
Long = Annotated[str, Field(max_length=limits.NOTE), AfterValidator(clean)]
State = Literal["open", "unclear", "given", "not_applicable"]


class Block(BaseModel):
    """A block of keys; any other key is a fault."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Stamped(Block):
    """A part that people change."""

    version: Count = Field(description="wie oft dieser Teil geändert wurde")
    by: Name = Field(description="wer ihn zuletzt geändert hat, wie es im Verlauf steht")
    at: Moment | None = Field(description="wann das war")


class Listed(Stamped):
    """The same where it can be removed."""

    removed_at: Moment | None = Field(description="seit wann der Eintrag entfernt ist")
