"""Mails about who takes part, with fixed words. Names come in already made safe for a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import name_town

WHAT = "die Auszeichnung „Ausgezeichneter Wohnort für Fachkräfte“"
FROM = (
    "Diese Nachricht hat der Selbstcheck im Auftrag der genannten Person verschickt. "
    "Kennen Sie sie nicht, brauchen Sie nichts zu tun."
)


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf, for which town."""

    name: str
    town: str

    @property
    def who(self) -> str:
        return self.name or "Die Koordination"


def write_office_invitation(sender: Sender, questions: int, due_on: date | None, url: str) -> tuple[str, str]:
    """Subject and text."""
    count = german.count(questions, "Frage", "Fragen")
    until = f" Bitte antworten Sie bis zum {german.day(due_on)}." if due_on else ""
    return _compose(
        f"{sender.town}: {count} an Sie",
        f"{sender.who} bereitet {name_town(sender.town)} auf {WHAT} vor und hat {count} an Sie.{until}",
        f"Hier stehen die Fragen:\n{url}",
        "Sie brauchen kein Konto. Geben Sie den Link nur an Menschen weiter, die mitarbeiten.",
    )


def write_colleague_invitation(sender: Sender, url: str) -> tuple[str, str]:
    return _compose(
        f"{sender.town}: Selbstcheck gemeinsam bearbeiten",
        f"{sender.who} bereitet {name_town(sender.town)} auf {WHAT} vor und lädt Sie ein, "
        "am Selbstcheck mitzuarbeiten.",
        f"Dieser Link öffnet ihn:\n{url}",
        "Sie brauchen kein Konto. Der Link ist nur für Sie bestimmt.",
    )


def write_reminder(sender: Sender, due_on: date | None, url: str, stop: str) -> tuple[str, str]:
    """`stop` is the address that ends reminders."""
    until = f" Die Antworten werden bis zum {german.day(due_on)} gebraucht." if due_on else ""
    return _compose(
        f"{sender.town}: Erinnerung an den Selbstcheck",
        f"{sender.who} erinnert an Ihren Teil des Selbstchecks für {sender.town}.{until}",
        f"Hier geht es weiter:\n{url}",
        f"Wenn Sie keine Erinnerungen mehr bekommen wollen:\n{stop}",
    )


def write_hand_over(sender: Sender, url: str) -> tuple[str, str]:
    return _compose_appointment(
        sender.town,
        f"{sender.who} hat Ihnen die Koordination des Selbstchecks für {sender.town} übergeben. "
        "Sie können jetzt einladen, mit der IHK teilen und auch löschen.",
        url,
        FROM,
    )


def write_appointed(town: str, url: str) -> tuple[str, str]:
    """To whoever the operator makes coordinate."""
    return _compose_appointment(
        town, f"Der Betrieb hat Sie als Koordination des Selbstchecks für {town} eingesetzt.", url, ""
    )


def write_appointment_notice(town: str, url: str) -> tuple[str, str]:
    """To those who coordinated before."""
    return _compose(
        f"{town}: Der Selbstcheck hat eine weitere Koordination",
        f"Der Betrieb hat für den Selbstcheck von {town} eine weitere Person als Koordination eingesetzt. "
        "Wer es ist und aus welchem Grund, steht im Verlauf.",
        f"Den Verlauf finden Sie hier, wenn Sie angemeldet sind:\n{url}",
        sent_by="",
    )


def _compose_appointment(town: str, said: str, url: str, sent_by: str) -> tuple[str, str]:
    return _compose(
        f"{town}: Sie koordinieren jetzt den Selbstcheck",
        said,
        f"Melden Sie sich mit Ihrem Konto an, dann öffnet ihn diese Adresse:\n{url}",
        sent_by=sent_by,
    )


def _compose(subject: str, *paragraphs: str, sent_by: str = FROM) -> tuple[str, str]:
    return subject, compose_mail(*paragraphs, sent_by)
