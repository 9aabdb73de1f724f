"""Letters that are ready to be sent: by mail, by hand, or on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.reporting.letters.shape import ask_back, compose, compose_mail
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import name_office, name_town


@dataclass(frozen=True, slots=True)
class Writer:
    """The town that writes, and the `audit` that it prepares for.

    `name` is whoever signs, in one line or several; the town signs where nobody does. `phone` and `mail` are where
    whoever gets the letter can ask whether it is real; `by_server`: the letter goes as a mail of this server.
    """

    town: str
    audit: str
    name: str = ""
    phone: str = ""
    mail: str = ""
    by_server: bool = False

    @property
    def signature(self) -> str:
        return f"Mit freundlichen Grüßen\n{self.name or self.town}"

    @property
    def occasion(self) -> str:
        return f"wir bereiten {name_town(self.town)} auf die Auditierung „{self.audit}“ vor."

    @property
    def real(self) -> str:
        """How to find out whether the letter is real."""
        whom = "mich" if self.name else "uns"
        sent = f"Verschickt hat sie der Selbstcheck für {whom}; eine Antwort darauf erreicht {whom} nicht."
        return ask_back(self.phone, self.mail, sent if self.by_server else "")

    def write(self, *paragraphs: str) -> str:
        """A letter to somebody who is asked for help: at its end stands who writes, and how to make sure of that."""
        whole = (*paragraphs, self.real, self.signature)
        return compose_mail(*whole) if self.by_server else compose(*whole)


@dataclass(frozen=True, slots=True)
class OfficeAsked:
    """An office, and what it is asked: so many questions, of which `documents` lack nothing but a document.

    `areas` are what these questions are about, where that is more than the name of the office says.
    """

    name: str
    questions: int
    documents: int = 0
    areas: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What the office has to know beside the number of questions; empty where there is nothing."""
        about = german.listing([f"„{area}“" for area in self.areas])
        return f"{f' Es geht um die Bereiche {about}.' if about else ''}{self._lacking}"

    @property
    def _lacking(self) -> str:
        if not self.documents:
            return ""
        if self.documents < self.questions:
            where = "einer davon fehlt nur noch" if self.documents == 1 else f"{self.documents} davon fehlt nur noch je"
            return f" Bei {where} ein Beleg."
        if self.questions == 1:
            return " Die Frage ist schon beantwortet; es fehlt nur noch ein Beleg."
        whole = "Beide" if self.questions == 2 else f"Alle {self.questions}"
        return f" {whole} Fragen sind schon beantwortet; es fehlen nur noch die Belege."


def office_letter(writer: Writer, office: OfficeAsked, due_on: date | None, url: str) -> tuple[str, str]:
    """Subject and text of the letter that asks an office for its part; `url` is its link."""
    questions = office.questions
    count = german.count(questions, "Frage", "Fragen")
    whom = name_office(office.name)
    until = f"bis zum {german.day(due_on)} " if due_on else ""
    body = writer.write(
        f"{writer.occasion} Dafür haben wir {count} an {whom}: Sie wissen am besten, was hier gilt.{office.said}",
        f"Bitte antworten Sie {until}über diesen Link:",
        url,
        "Sie brauchen dafür kein Konto und kein Passwort. Der Link öffnet sich am Rechner und am Telefon. "
        "Was Sie eintragen, wird gleich gespeichert; Sie können jederzeit unterbrechen und später weitermachen.",
        "Was Sie noch nicht wissen, lassen Sie einfach offen. Sind Sie für eine Frage nicht zuständig, "
        "sagen Sie es dort mit einem Klick; dann fragen wir den richtigen Fachbereich.",
        f"Der Link ist nur für {whom} bestimmt. Wer ihn hat, kann {'die Frage' if questions == 1 else 'die Fragen'} "
        "lesen und beantworten. Geben Sie ihn deshalb nur an Kolleginnen und Kollegen weiter, die mitarbeiten.",
        "Lieber auf Papier? Dann schicken wir Ihnen ein Blatt zum Ausfüllen.",
    )
    return f"{writer.town}: {count} an {whom}", body


def colleague_letter(writer: Writer, url: str, ends_on: date | None) -> tuple[str, str]:
    """Subject and text of the letter that invites a colleague to work on the whole self-check."""
    until = f" Er gilt bis zum {german.day(ends_on)}." if ends_on else ""
    body = writer.write(
        f"{writer.occasion} Bitte arbeiten Sie am Selbstcheck mit: Sie können alle Fragen sehen und beantworten.",
        "Dieser Link öffnet ihn:",
        url,
        "Sie brauchen dafür kein Konto. Haben Sie schon eines, melden Sie sich vorher an; dann finden Sie den "
        "Selbstcheck auch auf anderen Geräten wieder.",
        f"Der Link ist nur für Sie bestimmt. Bitte geben Sie ihn nicht weiter.{until}",
    )
    return f"{writer.town}: Selbstcheck gemeinsam bearbeiten", body


def report_letter(writer: Writer, stand: str, ends_on: date | None, url: str) -> tuple[str, str]:
    """Subject and text of the letter that goes out with the link to a report; `stand` names what it shows."""
    until = f"Der Link gilt bis zum {german.day(ends_on)}. " if ends_on else ""
    body = compose(
        f"wir bereiten uns mit dem Selbstcheck auf das Audit „{writer.audit}“ vor. Hier ist unser Bericht, {stand}:",
        url,
        f"{until}Zum Lesen wählen Sie „Öffnen“; ein Konto brauchen Sie nicht. "
        "Das Ergebnis ist eine Schätzung, keine Zusage.",
        writer.signature,
    )
    return f"Selbstcheck {writer.town}: Bericht", body


@dataclass(frozen=True, slots=True)
class FirstContact:
    """What a chamber has to know about a town that wants to take part.

    `about` says what it is and where, `contact` whom to answer; `renewal`: it has the label already; `doubtful`: the
    rules do not say for sure that it may take part.
    """

    about: str
    contact: str
    interview: date | None
    renewal: bool
    doubtful: bool


def first_contact_letter(writer: Writer, first: FirstContact) -> tuple[str, str]:
    """Subject and text of the letter with which a town begins the audit at its chamber."""
    town, what = name_town(writer.town), "Re-Auditierung" if first.renewal else "Auditierung"
    wish = (
        f"die Auszeichnung „{writer.audit}“ für {town} erneuern lassen"
        if first.renewal
        else f"{town} für die Auszeichnung „{writer.audit}“ prüfen lassen"
    )
    when = (
        f"Für das Prüfgespräch denken wir an den {german.day(first.interview)}. Passt Ihnen das?"
        if first.interview
        else "Wann wäre das Prüfgespräch möglich?"
    )
    body = compose(
        f"wir möchten {wish}.{f' Zu uns: {first.about}.' if first.about else ''}",
        "Ist eine Teilnahme für uns möglich?" if first.doubtful else "",
        "Bitte schicken Sie uns den aktuellen Prüfbogen, die Spielregeln und die Vorlage für die "
        f"Dokumentationstabelle. {when}",
        f"Ansprechperson bei uns: {first.contact}" if first.contact else "",
        "Wir bereiten uns mit einem Selbstcheck vor. Den Stand zeigen wir Ihnen gern vorab.",
        writer.signature,
    )
    return f"{writer.town}: {what} „{writer.audit}“", body
