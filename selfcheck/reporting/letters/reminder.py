"""The mail that reminds of what is due, with fixed words. Names come in already made safe for a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.reporting.words import german

MOST_PARTS = 12
ONCE = "Sie bekommen höchstens eine Erinnerung am Tag. Wenn Sie keine mehr möchten, genügt ein Klick:"
AUTOMATIC = (
    "Diese Nachricht verschickt der Selbstcheck von selbst. Bei Fragen hilft Ihnen die Koordination Ihrer Kommune."
)


@dataclass(frozen=True, slots=True)
class OpenPart:
    """What waits for somebody: how many questions, for which town, until when, and where. `needs_account`: the
    address asks to sign in."""

    town: str
    questions: int
    due_on: date
    url: str
    needs_account: bool


def write_reminder(parts: Sequence[OpenPart], today: date, stop: str) -> tuple[str, str]:
    """Subject and text; `stop` is the address that ends these mails."""
    shown = parts[:MOST_PARTS]
    towns = list(dict.fromkeys(part.town for part in parts))
    more = len(parts) - len(shown)
    paragraphs = [
        "wir erinnern Sie an offene Fragen.",
        *(f"{_say(part, today)}\n{part.url}" for part in shown),
        *([f"Dazu kommen {german.count(more, 'weiterer Selbstcheck', 'weitere Selbstchecks')}."] if more else []),
        _say_way(shown),
        f"{ONCE}\n{stop}",
        AUTOMATIC,
    ]
    head = towns[0] if len(towns) == 1 else "Selbstcheck"
    return f"{head}: Erinnerung an Ihre Fragen", compose_mail(*paragraphs)


def _say(part: OpenPart, today: date) -> str:
    count = german.count(part.questions, "Frage", "Fragen")
    wait = "wartet" if part.questions == 1 else "warten"
    return f"Im Selbstcheck für {part.town} {wait} noch {count} auf Sie. {_say_day(part.due_on, today)}"


def _say_day(due_on: date, today: date) -> str:
    if due_on == today:
        return "Die Antworten werden heute gebraucht."
    if due_on < today:
        return f"Die Antworten wurden bis zum {german.day(due_on)} gebraucht."
    return f"Die Antworten werden bis zum {german.day(due_on)} gebraucht."


def _say_way(parts: Sequence[OpenPart]) -> str:
    if all(part.needs_account for part in parts):
        return "Melden Sie sich mit Ihrem Konto an, dann öffnet sich die Seite."
    if any(part.needs_account for part in parts):
        return "Manche Adressen verlangen Ihr Konto. Geben Sie alle anderen nur an Menschen weiter, die mitarbeiten."
    return "Sie brauchen kein Konto. Geben Sie den Link nur an Menschen weiter, die mitarbeiten."
