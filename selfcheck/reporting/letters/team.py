"""Mails about who takes part, with fixed words. Names come in already made safe for a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.reporting.letters.shape import ask_back, compose_mail
from selfcheck.reporting.words import german


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf, for which town; `office`, `phone` and `mail` say who that is and where to ask them."""

    name: str
    town: str
    office: str = ""
    phone: str = ""
    mail: str = ""

    @property
    def who(self) -> str:
        return ", ".join(part for part in (self.name or "die Koordination", self.office) if part)

    @property
    def begins(self) -> str:
        """The same at the beginning of a sentence."""
        return f"{self.who[:1].upper()}{self.who[1:]}"

    @property
    def real(self) -> str:
        """On whose behalf the mail goes, and how to find out whether that is so."""
        return ask_back(self.phone, self.mail, f"Verschickt hat sie der Selbstcheck für {self.who}.")


def write_reminder(sender: Sender, due_on: date | None, url: str, stop: str) -> tuple[str, str]:
    """`stop` is the address that ends reminders."""
    until = f" Die Antworten werden bis zum {german.day(due_on)} gebraucht." if due_on else ""
    return _compose(
        f"{sender.town}: Erinnerung an den Selbstcheck",
        f"{sender.begins} erinnert an Ihren Teil des Selbstchecks für {sender.town}.{until}",
        f"Hier geht es weiter:\n{url}",
        f"Wenn Sie keine Erinnerungen mehr bekommen wollen:\n{stop}",
        sender.real,
    )


def write_hand_over(sender: Sender, url: str) -> tuple[str, str]:
    return _compose_appointment(
        sender.town,
        f"{sender.begins} hat Ihnen die Koordination des Selbstchecks für {sender.town} übergeben. "
        "Sie können jetzt einladen, mit der IHK teilen und auch löschen.",
        url,
        sender.real,
    )


def write_appointed(town: str, url: str) -> tuple[str, str]:
    """To whoever the operator makes coordinate."""
    return _compose_appointment(
        town, f"Der Betreiber hat Sie als Koordination des Selbstchecks für {town} eingesetzt.", url, ""
    )


def write_appointment_notice(town: str, url: str) -> tuple[str, str]:
    """To those who coordinated before."""
    return _compose(
        f"{town}: Der Selbstcheck hat eine weitere Koordination",
        f"Der Betreiber hat für den Selbstcheck von {town} eine weitere Person als Koordination eingesetzt. "
        "Wer es ist und aus welchem Grund, steht im Verlauf.",
        f"Den Verlauf finden Sie hier, wenn Sie angemeldet sind:\n{url}",
    )


def _compose_appointment(town: str, said: str, url: str, sent_by: str) -> tuple[str, str]:
    return _compose(
        f"{town}: Sie koordinieren jetzt den Selbstcheck",
        said,
        f"Melden Sie sich mit Ihrem Konto an, dann öffnet ihn diese Adresse:\n{url}",
        sent_by,
    )


def _compose(subject: str, *paragraphs: str) -> tuple[str, str]:
    return subject, compose_mail(*paragraphs)
