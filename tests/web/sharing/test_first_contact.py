"""The first letter to the chamber, and the place for its address."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin
from tests.web.sharing.sharing import share
from tests.web.team.people import sit_down

pytestmark = pytest.mark.usefixtures("time")
NEXT = "Der nächste Schritt ist eine E-Mail an die IHK Darmstadt"
MAIL = "audit@darmstadt.ihk.example"
CONTACT = {
    "name": "Sabine Krüger",
    "office": "Wirtschaftsförderung",
    "phone": "06100 000-120",
    "mail": "krueger@musterstadt.example",
}


def _open(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/erstkontakt")


def _keep(page: Visitor, check_id: str, mail: str = MAIL, status: int = 200) -> Page:
    return page.press(_open(page, check_id), "Adresse speichern", {"mail": mail}, status)


def _letter(found: Page) -> str:
    return (found.one(".//textarea[@id='brief']").text or "").strip()


def test_the_letter_says_what_the_chamber_has_to_know(page: Visitor) -> None:
    check = begin(page, interview="2027-06-15")
    page.press(page.open(f"/selbstcheck/{check}/angaben"), "Speichern", CONTACT)
    found = _open(page, check)
    letter = _letter(found)
    for said in (
        "Guten Tag,",
        "wir möchten Musterstadt am Main für die Auszeichnung „Ausgezeichneter Wohnort für Fachkräfte“ prüfen lassen.",
        "Prüfbogen, die Spielregeln und die Vorlage für die Dokumentationstabelle",
        "Für das Prüfgespräch denken wir an den 15.06.2027.",
        "Sabine Krüger, Wirtschaftsförderung, Telefon 06100 000-120, krueger@musterstadt.example",
    ):
        assert said in letter
    assert "Ist eine Teilnahme für uns möglich?" not in letter
    assert letter.endswith("Mit freundlichen Grüßen\nSabine Krüger\nWirtschaftsförderung\nMusterstadt am Main")
    address = unquote(found.link("Mit dem eigenen E-Mail-Programm verschicken"))
    assert address.startswith("mailto:?subject=Musterstadt am Main: Auditierung")
    assert letter in address.replace("\r", "")
    printed = found.one(".//article[@class='print-copy']")
    assert "prüfen lassen" in text_of(printed)
    assert "Im Brief fehlt noch" not in found.main


def test_the_letter_asks_where_it_is_not_certain(page: Visitor) -> None:
    small = _open(page, begin(page, place="kleinzentrum"))
    assert "Ist eine Teilnahme für uns möglich?" in _letter(small)
    assert "Im Brief fehlt noch, wer bei Ihnen die Ansprechperson ist." in small.main
    assert "Ansprechperson bei uns" not in _letter(small)
    again = _letter(_open(page, begin(page, audit="renewal", place="kleinzentrum")))
    assert "erneuern lassen" in again
    assert "Ist eine Teilnahme" not in again
    elsewhere = _open(page, begin(page, district="other"))
    assert "Schreiben Sie an die IHK Ihres Kreises." in elsewhere.main


def test_the_address_is_kept_and_used(page: Visitor, check: str) -> None:
    saved = _keep(page, check, f" mailto:{MAIL} ")
    assert "Die Adresse ist gespeichert." in saved.main
    assert saved.value("mail") == MAIL
    assert unquote(saved.link("Mit dem eigenen E-Mail-Programm verschicken")).startswith(f"mailto:{MAIL}?subject=")
    overview = page.open(f"/selbstcheck/{check}/teilen")
    assert MAIL in overview.main
    for label, recipient in (("IHK Darmstadt", MAIL), ("Bürgermeisterin Kraft", "")):
        made = page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen", {"label": label})
        assert unquote(made.link("Mit dem eigenen E-Mail-Programm verschicken")).startswith(
            f"mailto:{recipient}?subject="
        )


def test_what_is_no_address_is_said_and_stays(page: Visitor, check: str) -> None:
    refused = _keep(page, check, "audit-darmstadt.ihk", status=422)
    assert "In der E-Mail-Adresse fehlt das @." in text_of(refused.one(".//*[@id='fehler']"))
    assert refused.value("mail") == "audit-darmstadt.ihk"
    assert _open(page, check).value("mail") == ""


def test_whoever_was_faster_is_not_written_over(app: Flask, page: Visitor, check: str) -> None:
    other = sit_down(app, check, Role.COORDINATOR, "Koordination", "")
    stale = _open(page, check)
    _keep(other, check)
    met = page.press(stale, "Adresse speichern", {"mail": "patri@ihk.example"}, status=409)
    assert "Zwischenzeitlich geändert" in met.main
    assert "Meine Angabe: patri@ihk.example" in met.main
    assert f"Andere Angabe: {MAIL}" in met.main
    assert met.value("mail") == "patri@ihk.example"
    page.press(met, "Meine Angabe übernehmen")
    assert _open(page, check).value("mail") == "patri@ihk.example"


def test_the_history_tells_of_the_address_and_takes_it_back(page: Visitor, check: str) -> None:
    _keep(page, check)
    _keep(page, check, "neu@ihk.example")
    history = page.open(f"/selbstcheck/{check}/verlauf?was=angaben")
    assert "E-Mail-Adresse der IHK" in history.main
    assert "neu@ihk.example" in history.main
    page.press(
        history, next(text_of(each) for each in history.all(".//button") if "zurücknehmen" in text_of(each).lower())
    )
    assert _open(page, check).value("mail") == ""


def test_the_address_can_be_taken_out_everywhere(page: Visitor, check: str) -> None:
    _keep(page, check)
    asked = page.open(f"/selbstcheck/{check}/verlauf/entfernen/ihk/kommune")
    assert MAIL in asked.main
    page.press(asked, next(text_of(button) for button in asked.all(".//main//button")))
    assert _open(page, check).value("mail") == ""
    assert MAIL not in page.open(f"/selbstcheck/{check}/verlauf").source


def test_the_file_with_all_data_takes_the_address_along(page: Visitor, check: str) -> None:
    _keep(page, check)
    exported = page.client.get(f"/selbstcheck/{check}/dokumente/alle-daten.json")
    assert json.loads(exported.data)["self_check"]["chamber"]["mail"] == MAIL


def test_a_colleague_reads_the_letter_and_does_not_change_the_address(app: Flask, page: Visitor, check: str) -> None:
    _keep(page, check)
    kai = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    found = _open(kai, check)
    assert MAIL in found.main
    assert not found.all(".//input[@id='mail']")


def test_nobody_is_told_to_write_once_the_step_is_done(page: Visitor, check: str) -> None:
    overview = page.open(f"/selbstcheck/{check}")
    assert NEXT in overview.main
    assert overview.link("Brief für den Erstkontakt") == f"/selbstcheck/{check}/erstkontakt"
    page.press(page.open(f"/selbstcheck/{check}/checkliste"), "Speichern", {"steps.team:chamber.done": "1"})
    assert "Der nächste Schritt ist eine E-Mail" not in page.open(f"/selbstcheck/{check}").main


@pytest.mark.parametrize("place", ["mittelzentrum", "kleinzentrum", "unknown", "keine"])
def test_nobody_is_told_to_ask_once_a_report_was_shared(page: Visitor, place: str) -> None:
    check = begin(page, place=place)
    share(page, check)
    found = page.open(f"/selbstcheck/{check}").main
    for asked in ("Der nächste Schritt ist eine E-Mail", "Fragen Sie die IHK", "fragen Sie die IHK", "Erstkontakt"):
        assert asked not in found
