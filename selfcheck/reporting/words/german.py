"""Numbers, dates and shares as Germans write them. Only here are points rounded."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from selfcheck.core.rules.wording import day, listing, number, points, points_count, points_out_of, quoted

__all__ = [
    "clock",
    "count",
    "day",
    "in_words",
    "listing",
    "long_day",
    "mark_percent",
    "moment",
    "number",
    "number_to_edit",
    "percent",
    "points",
    "points_count",
    "points_dative",
    "points_out_of",
    "quoted",
    "share",
    "shorten",
    "signed",
]

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
ELLIPSIS = "…"
NO_BREAK = "\N{NO-BREAK SPACE}"


def shorten(text: str, longest: int) -> str:
    """`text` in at most `longest` characters, cut behind a word where that leaves at least half of it."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    whole, _, _ = kept.rpartition(" ") if not text[longest - 1].isspace() else (kept, "", "")
    return f"{(whole if len(whole) >= longest / 2 else kept).rstrip(' ,;:')}{ELLIPSIS}"


def number_to_edit(value: Decimal) -> str:
    """A number as a field shows it, with all its decimals: `38,5`, `1234`; people read `number`, with its `1.234`."""
    return format(value.normalize(), "f").replace(".", ",")


def count(number: int, one: str, many: str) -> str:
    """`1 Frage`, `3 Fragen`."""
    return f"{points(Decimal(number))} {one if number == 1 else many}"


def points_dative(value: Decimal) -> str:
    """`1 Punkt`, `2,5 Punkten`."""
    return f"{points(value)} {'Punkt' if value == 1 else 'Punkten'}"


def signed(value: Decimal) -> str:
    """A difference with its sign: `−1,5`, `+2`, `±0`."""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{points(abs(value))}"


def share(value: Decimal, whole: Decimal) -> Decimal:
    """`value` as a percentage of `whole`, honestly rounded to one decimal.

    At most 100 (Sonderpunkte can exceed the whole); 100 only if all of it, 0 only if nothing.
    """
    if whole <= 0 or value <= 0:
        return Decimal(0)
    if value >= whole:
        return HUNDRED
    rounded = (value * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP)
    return min(max(rounded, TENTH), HUNDRED - TENTH)


def percent(value: Decimal) -> str:
    """A percentage: `65,7 %`; whole ones without decimals only at 0 and 100."""
    if value in (0, HUNDRED):
        return f"{int(value)}{NO_BREAK}%"
    return f"{f'{value:.1f}'.replace('.', ',')}{NO_BREAK}%"


def mark_percent(value: Decimal) -> str:
    """The pass mark: `70 %`, `66,5 %`."""
    return f"{points(value)}{NO_BREAK}%"


def moment(value: datetime) -> str:
    """Day and time of a moment that is already local: `14.01.2027, 10:42`."""
    return f"{day(value)}, {clock(value)}"


def stand(number: int, at: datetime) -> str:
    """The name of a Stand that was frozen at a local moment: `Stand 3 vom 28.11.2026, 10:42`."""
    return f"Stand {number} vom {moment(at)}"


def stored_day(text: str) -> str:
    """A day as it is stored (`2027-01-14`) for people; any other text as it is."""
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2027-01-14") else text
    except ValueError:
        return text


WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def long_day(value: date) -> str:
    """`Montag, 1. Februar 2027`, so that nobody takes the month for the day."""
    return f"{WEEKDAYS[value.weekday()]}, {value.day}. {MONTHS[value.month - 1]} {value.year}"


def clock(value: datetime) -> str:
    return f"{value.hour:02}:{value.minute:02}"


NUMBER_WORDS = (
    "keine",
    "eine",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
)


def in_words(number: int) -> str:
    """Up to twelve in words, as German prose does; `eine` stands for feminine nouns such as Frage."""
    return NUMBER_WORDS[number] if 0 <= number < len(NUMBER_WORDS) else points(Decimal(number))
