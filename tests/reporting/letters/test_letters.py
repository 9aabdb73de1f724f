"""The letter to an office: who asks what, until when, and how an office is called in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from selfcheck.reporting.letters.chamber import write_shared
from selfcheck.reporting.letters.letters import FirstContact, OfficeAsked, Writer, first_contact_letter, office_letter
from selfcheck.reporting.words.names import name_office

TITLE = "Ausgezeichneter Wohnort für Fachkräfte"
URL = "https://selbstcheck.example/zugang/abc"


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Bauamt", "das Bauamt"),
        ("Amt für Jugend und Soziales", "das Amt für Jugend und Soziales"),
        ("Bürgerbüro", "das Bürgerbüro"),
        ("Kita-Verwaltung", "die Kita-Verwaltung"),
        ("Stabsstelle Klimaschutz", "die Stabsstelle Klimaschutz"),
        ("Liegenschaften", "die Liegenschaften"),
        ("Fachbereich 4", "den Fachbereich 4"),
        ("Soziales", "„Soziales“"),
        ("Kultur, Sport und Ehrenamt", "„Kultur, Sport und Ehrenamt“"),
        ("Wirtschaftsförderung und Stadtmarketing", "„Wirtschaftsförderung und Stadtmarketing“"),
        ("Haupt- und Ordnungsamt", "das Haupt- und Ordnungsamt"),
    ],
)
def test_an_office_is_called_as_people_call_it(label: str, named: str) -> None:
    assert name_office(label) == named


def test_the_letter_says_who_asks_what_and_until_when() -> None:
    writer = Writer("Musterstadt", TITLE, "Erika Muster\nHauptamt, 06152 123")
    subject, body = office_letter(writer, OfficeAsked("Bauamt", 3), date(2027, 1, 15), URL)
    assert subject == "Musterstadt: 3 Fragen an das Bauamt"
    assert f"„{TITLE}“" in body
    assert "bis zum 15.01.2027 über diesen Link:\n\nhttps://selbstcheck.example/zugang/abc\n" in body
    assert "kein Konto und kein Passwort" in body
    assert body.endswith("Mit freundlichen Grüßen\nErika Muster\nHauptamt, 06152 123")


def test_the_letter_reads_well_for_one_question_without_a_day_and_a_name() -> None:
    subject, body = office_letter(Writer("Musterstadt", TITLE), OfficeAsked("Soziales", 1), None, URL)
    assert subject == "Musterstadt: 1 Frage an „Soziales“"
    assert "Bitte antworten Sie über diesen Link:" in body
    assert "kann die Frage lesen" in body
    assert body.endswith("Mit freundlichen Grüßen\nMusterstadt")


def test_the_first_letter_says_what_a_chamber_has_to_know() -> None:
    about, contact = "Mittelzentrum, Landkreis Groß-Gerau", "Erika Muster, Hauptamt"
    first = FirstContact(about, contact, date(2027, 6, 15), renewal=False, doubtful=False)
    subject, body = first_contact_letter(Writer("Stadt Musterstadt", TITLE, "Erika Muster"), first)
    assert subject == f"Stadt Musterstadt: Auditierung „{TITLE}“"
    assert f"wir möchten die Stadt Musterstadt für die Auszeichnung „{TITLE}“ prüfen lassen." in body
    assert "Zu uns: Mittelzentrum, Landkreis Groß-Gerau." in body
    assert "denken wir an den 15.06.2027. Passt Ihnen das?" in body
    assert "Ansprechperson bei uns: Erika Muster, Hauptamt" in body
    assert "Teilnahme für uns möglich" not in body


def test_the_first_letter_reads_well_with_little_in_it() -> None:
    writer = Writer("Markt Beispiel", TITLE)
    subject, body = first_contact_letter(writer, FirstContact("", "", None, renewal=True, doubtful=False))
    assert subject == f"Markt Beispiel: Re-Auditierung „{TITLE}“"
    assert f"die Auszeichnung „{TITLE}“ für den Markt Beispiel erneuern lassen.\n\n" in body
    assert "Wann wäre das Prüfgespräch möglich?" in body
    assert "Ansprechperson" not in body
    doubtful = FirstContact("", "", None, renewal=False, doubtful=True)
    assert "Ist eine Teilnahme für uns möglich?" in first_contact_letter(writer, doubtful)[1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (OfficeAsked("Bauamt", 3), "Sie wissen am besten, was hier gilt.\n"),
        (OfficeAsked("Bauamt", 3, 1), "was hier gilt. Bei einer davon fehlt nur noch ein Beleg."),
        (OfficeAsked("Bauamt", 3, 2), "was hier gilt. Bei 2 davon fehlt nur noch je ein Beleg."),
        (OfficeAsked("Bauamt", 3, 3), "Alle 3 Fragen sind schon beantwortet; es fehlen nur noch die Belege."),
        (OfficeAsked("Bauamt", 2, 2), "Beide Fragen sind schon beantwortet; es fehlen nur noch die Belege."),
        (OfficeAsked("Bauamt", 1, 1), "Die Frage ist schon beantwortet; es fehlt nur noch ein Beleg."),
        (OfficeAsked("Bildung", 5, 0, ("Kita", "Schule und Ganztag")), "die Bereiche „Kita“ und „Schule und Ganztag“."),
    ],
)
def test_a_letter_to_an_office_says_what_lacks_a_document_and_what_it_is_about(asked: OfficeAsked, said: str) -> None:
    _, body = office_letter(Writer("Musterstadt", TITLE), asked, None, URL)
    assert said in body


@pytest.mark.parametrize(("again", "what"), [(False, "ein Bericht"), (True, "ein neuer Stand")])
def test_advisors_learn_that_something_waits_and_where(again: bool, what: str) -> None:
    subject, body = write_shared("Musterstadt", "IHK Darmstadt", "https://example.org/beratung/1", again=again)
    assert subject.startswith("Musterstadt: Neuer ")
    assert f"für Musterstadt wurde {what} mit der IHK Darmstadt geteilt." in body
    assert "https://example.org/beratung/1\n" in body
