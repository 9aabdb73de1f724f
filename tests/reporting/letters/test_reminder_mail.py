"""What stands in a reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from selfcheck.reporting.letters.reminder import MOST_PARTS, BundlePart, OpenPart, write_reminder

TODAY = date(2027, 6, 15)
STOP = "https://selbstcheck.example.de/erinnerungen/abc"
OFFICE = OpenPart("Musterstadt", 3, TODAY, "https://selbstcheck.example.de/zugang/x", needs_account=False)
OWN = replace(OFFICE, town="Anderstadt", questions=1, needs_account=True)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (7, "Die Antworten werden bis zum 22.06.2027 gebraucht."),
        (0, "Die Antworten werden heute gebraucht."),
        (-1, "Die Antworten wurden bis zum 14.06.2027 gebraucht."),
    ],
)
def test_it_says_how_much_until_when_and_how_to_stop(days: int, said: str) -> None:
    subject, text = write_reminder([replace(OFFICE, due_on=TODAY + timedelta(days=days))], TODAY, STOP)
    assert subject == "Musterstadt: Erinnerung an Ihre Fragen"
    assert f"Im Selbstcheck für Musterstadt warten noch 3 Fragen auf Sie. {said}\n{OFFICE.url}" in text
    assert "Sie brauchen kein Konto." in text
    assert f"genügt ein Klick:\n{STOP}" in text


def test_several_towns_stand_in_one_mail() -> None:
    subject, text = write_reminder([OFFICE, OWN], TODAY, STOP)
    assert subject == "Selbstcheck: Erinnerung an Ihre Fragen"
    assert "Im Selbstcheck für Anderstadt wartet noch 1 Frage auf Sie." in text
    assert "Manche Adressen verlangen Ihr Konto." in text
    assert "Melden Sie sich mit Ihrem Konto an" in write_reminder([OWN], TODAY, STOP)[1]


def test_a_mail_about_very_many_stays_short() -> None:
    long = replace(OWN, town="ö" * 80, url="https://selbstcheck.example.de/" + "x" * 60)
    _, text = write_reminder([long] * (MOST_PARTS + 2), TODAY, STOP + "y" * 500)
    assert "Dazu kommen 2 weitere Selbstchecks." in text
    assert len(text) < 5000


NEWS = BundlePart("Musterstadt", ["Eine Rückfrage ist offen.", "Ein Bericht wurde gelesen."], f"{STOP}/hier")


def test_a_mail_says_that_something_waits_alone_or_beside_what_is_due() -> None:
    subject, text = write_reminder([], TODAY, STOP, [NEWS])
    assert subject == "Musterstadt: Es wartet etwas auf Sie"
    assert text.startswith("Guten Tag,\n\nim Selbstcheck wartet etwas auf Sie.\n\n")
    assert f"Musterstadt: Eine Rückfrage ist offen. Ein Bericht wurde gelesen.\n{NEWS.url}" in text
    assert "Melden Sie sich mit Ihrem Konto an" in text
    subject, text = write_reminder([OFFICE], TODAY, STOP, [NEWS] * (MOST_PARTS + 1))
    assert subject == "Musterstadt: Erinnerung an Ihre Fragen"
    assert "wir erinnern Sie an offene Fragen." in text
    assert "Außerdem wartet etwas auf Sie." in text
    assert "Dazu kommen 1 weiterer Selbstcheck." in text
    assert "höchstens eine solche Mail am Tag" in text
