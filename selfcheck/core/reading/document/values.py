"""The kinds of value that files may hold, each with the German words for it. Knows no keys.

Every kind is taken by its own function alone; its words say what is expected where a value is wrong or missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.reading.document.faults import quote
from selfcheck.core.reading.document.yaml_lines import LooseBoolean
from selfcheck.core.text.contents import clean_paragraph, is_blank
from selfcheck.core.text.day import NoDay, read_stored_day
from selfcheck.core.text.web_address import is_link

_LONGEST_NOTICE = 400
_LONGEST_SHORT = 45
_LONGEST_NAME = 64
"""Of ids, versions, marks and numbers; nothing longer is looked into."""
_NUMBER = "eine Zahl wie 3 oder 2.5"


class Unfit(Exception):
    """A value that is not taken: what stands there, and what was expected where its kind's words say too little."""

    def __init__(self, found: str, expected: str = "") -> None:
        super().__init__(found)
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Expects:
    """Stands in the annotation of a key: how its value is taken (`take` raises `Unfit`), and in German what it is."""

    words: str
    take: Callable[[object], object]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self._check)

    def _check(self, value: object) -> object:
        try:
            return self.take(value)
        except Unfit as unfit:
            told = {"found": unfit.found, "expected": unfit.expected or self.words}
            raise PydanticCustomError("refused", "{found}, erwartet {expected}", told) from None


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
        raise Unfit(_describe_for_text(value))
    text = clean_paragraph(value)
    if not text:
        raise Unfit("ein leerer Text")
    return text


def _as_text_or_empty(value: object) -> str:
    return "" if isinstance(value, str) and is_blank(value) else as_text(value)


def _as_notice(value: object) -> str:
    notice = _as_text_or_empty(value)
    if len(notice) > _LONGEST_NOTICE:
        raise Unfit(f"{len(notice)} Zeichen", f"höchstens {_LONGEST_NOTICE}")
    return notice


def _as_short(value: object) -> str:
    name = as_text(value)
    if "\n" in name or name.endswith("."):
        raise Unfit(describe(value))
    if len(name) > _LONGEST_SHORT:
        raise Unfit(f"{len(name)} Zeichen", f"höchstens {_LONGEST_SHORT}")
    return name


def _matching(pattern: str, words: str) -> Expects:
    def take(value: object) -> str:
        if not isinstance(value, str) or len(value) > _LONGEST_NAME or not re.fullmatch(pattern, value):
            raise Unfit(_describe_for_text(value))
        return value

    return Expects(words, take)


def _as_number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    quoted = isinstance(value, str) and len(value) <= _LONGEST_NAME and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value)
    raise Unfit(f"{describe(value)} in Anführungszeichen" if quoted else describe(value), _NUMBER)


def _as_points(value: object) -> Decimal:
    points = _as_number(value)
    if points < 0:
        raise Unfit(f"{points} Punkte", "0 oder mehr Punkte")
    return points


def _as_pass_mark(value: object) -> Decimal:
    mark = _as_number(value)
    if not 0 < mark <= 100:
        raise Unfit(str(mark), "ein Anteil in Prozent über 0 und höchstens 100")
    return mark


def _whole(least: int, most: int, of_what: str = "") -> Expects:
    def take(value: object) -> int:
        number = _as_number(value)
        if number != int(number) or not least <= number <= most:
            raise Unfit(str(number), f"eine ganze Zahl von {least} bis {most}")
        return int(number)

    return Expects(f"eine ganze Zahl{of_what}", take)


def _as_day(value: object) -> date:
    try:
        return read_stored_day(value if isinstance(value, str) else "")
    except NoDay:
        raise Unfit(describe(value)) from None


def _as_web_address(value: object) -> str:
    address = as_text(value)
    if not is_link(address):
        raise Unfit(describe(value))
    return address


def _any(kind: type, words: str) -> Expects:
    def take(value: object) -> object:
        if not isinstance(value, kind):
            raise Unfit(describe(value))
        return value

    return Expects(words, take)


def one_of(choices: Iterable[str] | Mapping[str, object]) -> Expects:
    """One of these words: the member where `choices` is an enumeration, what the word means where it is a mapping."""
    meanings = choices if isinstance(choices, Mapping) else {choice: choice for choice in choices}

    def take(value: object) -> object:
        if not isinstance(value, str) or value not in meanings:
            raise Unfit(describe(value))
        return meanings[value]

    return Expects("einer der Werte " + ", ".join(meanings), take)


Text = Annotated[str, Expects("ein Text", as_text)]
TextOrEmpty = Annotated[str, Expects('ein Text, er darf "" sein', _as_text_or_empty)]
Notice = Annotated[str, Expects('ein Text, er darf "" sein', _as_notice)]
Short = Annotated[str, Expects("eine Zeile ohne Punkt am Ende", _as_short)]
Id = Annotated[
    str,
    _matching("[a-z][a-z0-9-]{1,40}", "eine Kennung aus 2 bis 41 Zeichen a–z, 0–9 und „-“, am Anfang ein Buchstabe"),
]
Version = Annotated[
    str,
    _matching(
        "[0-9A-Za-z][0-9A-Za-z.-]{0,40}",
        "der Name des Ordners, in Anführungszeichen, wenn er wie eine Zahl aussieht",
    ),
]
Letter = Annotated[str, _matching("[A-Z]", "ein Buchstabe von A bis Z")]
DistrictKey = Annotated[str, _matching("[0-9]{5}", 'fünf Ziffern in Anführungszeichen, etwa "06431"')]
RulesHash = Annotated[str, _matching("[0-9a-f]{64}", "64 Zeichen aus 0–9 und a–f")]
Number = Annotated[Decimal, Expects(_NUMBER, _as_number)]
Points = Annotated[Decimal, Expects("eine Zahl ab 0", _as_points)]
PassMark = Annotated[Decimal, Expects("ein Anteil in Prozent", _as_pass_mark)]
Decimals = Annotated[int, _whole(0, 6)]
Count = Annotated[int, _whole(0, 100)]
Years = Annotated[int, _whole(1, 100, " von Jahren")]
Year = Annotated[int, _whole(1990, 2100)]
Months = Annotated[int, _whole(0, 600, " von Monaten")]
Flag = Annotated[bool, _any(bool, "true oder false")]
Day = Annotated[date, Expects("ein Tag wie 2026-01-31", _as_day)]
WebAddress = Annotated[str, Expects("eine Adresse, die mit https:// beginnt", _as_web_address)]
Block = Annotated[Mapping[str, object], _any(dict, "ein Block mit Schlüsseln")]
