"""The mail that reminds of what is due and tells that something waits, with fixed words: never what it says. Names
come in already made safe for a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.reporting.words import german

MOST_PARTS = 12
ONCE = "Sie bekommen höchstens eine solche Mail am Tag. Wenn Sie keine mehr möchten, genügt ein Klick:"
DAILY = "Diese Nachricht verschickt der Selbstcheck von selbst, höchstens eine am Tag."
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


@dataclass(frozen=True, slots=True)
class BundlePart:
    """What happened in the self-check of a town, in sentences, and where to look."""

    town: str
    sentences: Sequence[str]
    url: str


def write_reminder(
    parts: Sequence[OpenPart], today: date, stop: str, bundles: Sequence[BundlePart] = ()
) -> tuple[str, str]:
    """Subject and text; `stop` is the address that ends these mails."""
    towns = list(dict.fromkeys([*(part.town for part in parts), *(bundle.town for bundle in bundles)]))
    where = "Außerdem" if parts else "im Selbstcheck"
    said = [
        *_list("wir erinnern Sie an offene Fragen.", [_remind(part, today) for part in parts]),
        *_list(f"{where} wartet etwas auf Sie.", [_tell(bundle) for bundle in bundles]),
    ]
    way = _say_way([*(part.needs_account for part in parts[:MOST_PARTS]), *(True for _ in bundles)])
    head = towns[0] if len(towns) == 1 else "Selbstcheck"
    subject = f"{head}: {'Erinnerung an Ihre Fragen' if parts else 'Es wartet etwas auf Sie'}"
    return subject, compose_mail(*said, way, f"{ONCE}\n{stop}", AUTOMATIC)


def write_advisor_news(news: Sequence[BundlePart]) -> tuple[str, str]:
    """Subject and text of the mail to an advisor, which nobody stops: it is about the cases that they took."""
    towns = list(dict.fromkeys(each.town for each in news))
    said = _list("in Ihren Vorgängen wartet etwas auf Sie.", [_tell(each) for each in news])
    subject = f"{towns[0] if len(towns) == 1 else 'Beratung'}: Es wartet etwas auf Sie"
    return subject, compose_mail(*said, _say_way([True]), DAILY)


def _list(opening: str, paragraphs: Sequence[str]) -> list[str]:
    """The first of them under their opening, and how many there are beside; nothing of nothing."""
    more = len(paragraphs) - MOST_PARTS
    rest = [f"Dazu kommen {german.count(more, 'weiterer Selbstcheck', 'weitere Selbstchecks')}."] if more > 0 else []
    return [opening, *paragraphs[:MOST_PARTS], *rest] if paragraphs else []


def _remind(part: OpenPart, today: date) -> str:
    return f"{_say(part, today)}\n{part.url}"


def _tell(part: BundlePart) -> str:
    return f"{part.town}: {' '.join(part.sentences)}\n{part.url}"


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


def _say_way(needs_account: Sequence[bool]) -> str:
    if all(needs_account):
        return "Melden Sie sich mit Ihrem Konto an, dann öffnet sich die Seite."
    if any(needs_account):
        return "Manche Adressen verlangen Ihr Konto. Geben Sie alle anderen nur an Menschen weiter, die mitarbeiten."
    return "Sie brauchen kein Konto. Geben Sie den Link nur an Menschen weiter, die mitarbeiten."
