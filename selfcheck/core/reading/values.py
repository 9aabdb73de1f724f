"""The kinds of value that files may hold, each with the German message for anything else. Knows no keys.

Every type here is checked by its own function alone; its description says what is expected where it is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.reading.faults import quote
from selfcheck.core.reading.yaml_lines import LooseBoolean

_Choice = TypeVar("_Choice", bound=StrEnum)

_ID = re.compile(r"[a-z][a-z0-9-]{1,40}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,40}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DISTRICT = re.compile(r"[0-9]{5}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LONGEST_NOTICE = 400


def refuse(found: str, expected: str) -> PydanticCustomError:
    return PydanticCustomError("refused", "{found}, erwartet {expected}", {"found": found, "expected": expected})


def describe(value: object) -> str:
    """What stands there, in German: `Zahl 5`, `Liste`, `Text „abc“`."""
    match value:
        case None:
            return "nichts"
        case bool():
            return f"Wahrheitswert {quote(str(value).lower())}"
        case LooseBoolean():
            return f"Wahrheitswert {quote(value.word)}"
        case Decimal():
            return f"Zahl {value}"
        case list():
            return "eine Liste"
        case dict():
            return "ein Block mit Schlüsseln"
        case _:
            return f"Text {quote(str(value))}"


def describe_range(question: Question) -> str:
    """What a number that answers `question` may be."""
    return f"eine Zahl von {question.minimum} bis {question.maximum} mit {describe_decimals(question.decimals)}"


def describe_decimals(most: int) -> str:
    if most == 0:
        return "keiner Nachkommastelle"
    return "höchstens einer Nachkommastelle" if most == 1 else f"höchstens {most} Nachkommastellen"


def _describe_for_text(value: object) -> str:
    bare = isinstance(value, bool | LooseBoolean | Decimal)
    return f"{describe(value)} ohne Anführungszeichen" if bare else describe(value)


def as_text(value: object) -> str:
    if not isinstance(value, str):
        raise refuse(_describe_for_text(value), "ein Text")
    if not value.strip():
        raise refuse("ein leerer Text", "ein Text")
    return value.strip()


def _as_text_or_empty(value: object) -> str:
    return "" if isinstance(value, str) and not value.strip() else as_text(value)


def _as_notice(value: object) -> str:
    notice = _as_text_or_empty(value)
    if len(notice) > _LONGEST_NOTICE:
        raise refuse(f"{len(notice)} Zeichen", f"höchstens {_LONGEST_NOTICE}")
    return notice


def _matching(pattern: re.Pattern[str], expected: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise refuse(_describe_for_text(value), expected)
        return value

    return check


def as_number(value: object) -> Decimal:
    if not isinstance(value, Decimal):
        raise refuse(_describe_for_number(value), "eine Zahl wie 3 oder 2.5")
    return value


def _describe_for_number(value: object) -> str:
    quoted = isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value)
    return f"{describe(value)} in Anführungszeichen" if quoted else describe(value)


def _as_points(value: object) -> Decimal:
    if as_number(value) < 0:
        raise refuse(f"{value} Punkte", "0 oder mehr Punkte")
    return as_number(value)


def _as_pass_mark(value: object) -> Decimal:
    if not 0 < as_number(value) <= 100:
        raise refuse(str(value), "ein Anteil in Prozent über 0 und höchstens 100")
    return as_number(value)


def _whole(least: int, most: int) -> Callable[[object], int]:
    def check(value: object) -> int:
        number = as_number(value)
        if number != int(number) or not least <= number <= most:
            raise refuse(str(number), f"eine ganze Zahl von {least} bis {most}")
        return int(number)

    return check


def _as_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise refuse(describe(value), "true oder false")
    return value


def _as_day(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise refuse(describe(value), "ein Tag wie 2026-01-31")


def _as_web_address(value: object) -> str:
    address = as_text(value)
    try:
        parts = urlsplit(address)
    except ValueError:
        raise refuse(describe(value), "eine Adresse, die mit https:// beginnt") from None
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", address):
        raise refuse(describe(value), "eine Adresse, die mit https:// beginnt")
    return address


def one_of(choices: type[_Choice]) -> Callable[[object], _Choice]:
    """A check for the values of `choices`, for an annotated `PlainValidator`."""

    def check(value: object) -> _Choice:
        if not isinstance(value, str) or value not in set(choices):
            raise refuse(describe(value), listing(choices))
        return choices(value)

    return check


def listing(choices: type[StrEnum]) -> str:
    return "einer der Werte " + ", ".join(choices)


_ID_WORDS = "eine Kennung aus 2 bis 41 Zeichen a–z, 0–9 und „-“, am Anfang ein Buchstabe"

Text = Annotated[str, PlainValidator(as_text), Field(description="ein Text")]
TextOrEmpty = Annotated[str, PlainValidator(_as_text_or_empty), Field(description='ein Text, er darf "" sein')]
Notice = Annotated[str, PlainValidator(_as_notice), Field(description='ein Text, er darf "" sein')]
Id = Annotated[str, PlainValidator(_matching(_ID, _ID_WORDS)), Field(description=_ID_WORDS)]
Version = Annotated[
    str,
    PlainValidator(_matching(_VERSION, "der Name des Ordners, in Anführungszeichen, wenn er wie eine Zahl aussieht")),
    Field(description="der Name des Ordners"),
]
Letter = Annotated[
    str, PlainValidator(_matching(re.compile("[A-Z]"), "ein Buchstabe von A bis Z")), Field(description="ein Buchstabe")
]
DistrictKey = Annotated[
    str,
    PlainValidator(_matching(_DISTRICT, 'fünf Ziffern in Anführungszeichen, etwa "06431"')),
    Field(description="fünf Ziffern in Anführungszeichen"),
]
RulesHash = Annotated[
    str,
    PlainValidator(_matching(_HASH, "64 Zeichen aus 0–9 und a–f")),
    Field(description="die Prüfsumme der Regeln"),
]
Number = Annotated[Decimal, PlainValidator(as_number), Field(description="eine Zahl wie 3 oder 2.5")]
OptionalNumber = Annotated[Decimal | None, PlainValidator(as_number)]
Points = Annotated[Decimal, PlainValidator(_as_points), Field(description="eine Zahl ab 0")]
OptionalPoints = Annotated[Decimal | None, PlainValidator(_as_points)]
PassMark = Annotated[Decimal, PlainValidator(_as_pass_mark), Field(description="ein Anteil in Prozent")]
Decimals = Annotated[int, PlainValidator(_whole(0, 6)), Field(description="eine ganze Zahl")]
Count = Annotated[int, PlainValidator(_whole(0, 100)), Field(description="eine ganze Zahl")]
Years = Annotated[int, PlainValidator(_whole(1, 100)), Field(description="eine ganze Zahl von Jahren")]
Months = Annotated[int, PlainValidator(_whole(0, 600)), Field(description="eine ganze Zahl von Monaten")]
Flag = Annotated[bool, PlainValidator(_as_flag), Field(description="true oder false")]
Day = Annotated[date, PlainValidator(_as_day), Field(description="ein Tag wie 2026-01-31")]
WebAddress = Annotated[str, PlainValidator(_as_web_address), Field(description="eine Adresse mit https://")]
OptionalWebAddress = Annotated[str | None, PlainValidator(_as_web_address)]
