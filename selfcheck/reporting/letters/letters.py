"""Letters that are ready to be sent: by mail, by hand, or on paper."""

from __future__ import annotations

from datetime import date

from selfcheck.reporting.letters.shape import compose, sign
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import name_office, name_town


def office_letter(
    town: str, questionnaire_title: str, office: str, questions: int, due_on: date | None, url: str, sender: str
) -> tuple[str, str]:
    """Subject and text of the letter that asks an office for its part.

    `url` is its link, `sender` whoever signs, in one line or several; the town signs where nobody does.
    """
    count = german.count(questions, "Frage", "Fragen")
    whom = name_office(office)
    until = f"bis zum {german.day(due_on)} " if due_on else ""
    body = compose(
        f"wir bereiten {name_town(town)} auf die Auditierung „{questionnaire_title}“ vor. "
        f"Dafür haben wir {count} an {whom}: Sie wissen am besten, was hier gilt.",
        f"Bitte antworten Sie {until}über diesen Link:",
        url,
        "Sie brauchen dafür kein Konto und kein Passwort. Der Link öffnet sich am Rechner und am Telefon. "
        "Was Sie eintragen, wird gleich gespeichert; Sie können jederzeit unterbrechen und später weitermachen.",
        "Was Sie noch nicht wissen, lassen Sie einfach offen. Sind Sie für eine Frage nicht zuständig, "
        "sagen Sie es dort mit einem Klick; dann suche ich die richtige Stelle.",
        f"Der Link ist nur für {whom} bestimmt. Wer ihn hat, kann {'die Frage' if questions == 1 else 'die Fragen'} "
        "lesen und beantworten. Geben Sie ihn deshalb nur an Kolleginnen und Kollegen weiter, die mitarbeiten.",
        "Lieber auf Papier? Dann schicke ich Ihnen einen Bogen zum Ausfüllen.",
        sign(sender or town),
    )
    return f"{town}: {count} an {whom}", body


def colleague_letter(
    town: str, questionnaire_title: str, url: str, ends_on: date | None, sender: str
) -> tuple[str, str]:
    """Subject and text of the letter that invites a colleague to work on the whole self-check."""
    until = f" Er gilt bis zum {german.day(ends_on)}." if ends_on else ""
    body = compose(
        f"wir bereiten {name_town(town)} auf die Auditierung „{questionnaire_title}“ vor. "
        "Bitte arbeiten Sie am Selbstcheck mit: Sie können alle Fragen sehen und beantworten.",
        "Dieser Link öffnet ihn:",
        url,
        "Sie brauchen dafür kein Konto. Haben Sie schon eines, melden Sie sich vorher an; dann finden Sie den "
        "Selbstcheck auch auf anderen Geräten wieder.",
        f"Der Link ist nur für Sie bestimmt. Bitte geben Sie ihn nicht weiter.{until}",
        sign(sender or town),
    )
    return f"{town}: Selbstcheck gemeinsam bearbeiten", body


def report_letter(
    town: str, questionnaire_title: str, frozen_on: date, ends_on: date | None, url: str, sender: str
) -> tuple[str, str]:
    """Subject and text of the letter that goes to the chamber with the link to a report."""
    until = f"Der Link gilt bis zum {german.day(ends_on)}. " if ends_on else ""
    body = compose(
        f"wir bereiten uns mit dem Selbstcheck auf das Audit „{questionnaire_title}“ vor. "
        f"Hier ist unser Bericht, Stand vom {german.day(frozen_on)}:",
        url,
        f"{until}Zum Lesen wählen Sie „Öffnen“; ein Konto brauchen Sie nicht. "
        "Das Ergebnis ist eine Schätzung, keine Zusage.",
        sign(sender),
    )
    return f"Selbstcheck {town}: Bericht", body
