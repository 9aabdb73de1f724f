"""Beginning a self-check, coming back to it with the personal link, and what this browser may open."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import BEGIN, NewVisitor, Page, Visitor

pytestmark = pytest.mark.usefixtures("time")


def _begin(page: Visitor, status: int = 200, **changes: str) -> Page:
    return page.press(page.open("/selbstcheck/neu"), "Beginnen", BEGIN | changes, status)


def _mine(page: Visitor) -> list[str]:
    return [text_of(each) for each in page.open("/selbstchecks").all(".//li[@class='line-item']")]


def test_two_clicks_and_one_form_lead_to_the_first_question(page: Visitor) -> None:
    form = page.open(page.open("/").link("Selbstcheck starten"))
    found = page.press(form, "Beginnen", BEGIN)
    assert found.h1 == "Strategische Zielsetzung"
    assert "Ihre Kommune kann teilnehmen" in found.main
    assert "IHK Darmstadt" in found.main
    assert "Ihre Kommune kann teilnehmen" not in page.open(found.address).main


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place": "kleinzentrum"}, "besondere Anfrage"),
        ({"place": "grundzentrum"}, "Teilnahme möglich, bitte vorher anfragen"),
        ({"place": "keine"}, "heißt nicht, dass eine Teilnahme ausgeschlossen ist"),
        ({"place": "unknown"}, "Das klärt Ihre IHK mit Ihnen"),
        ({"place": "verwaltungsgemeinschaft", "district": "09671"}, "Ihre Verwaltungsgemeinschaft kann teilnehmen"),
        ({"district": "other"}, "Keine der neun beteiligten IHKs ist zuständig"),
        ({"municipality": "Hochheim am Main", "district": "06436"}, "zum Bezirk der IHK Wiesbaden"),
    ],
)
def test_the_answer_on_taking_part_is_never_a_flat_no(page: Visitor, changes: dict[str, str], said: str) -> None:
    assert said in _begin(page, **changes).main


@pytest.mark.parametrize(
    ("field", "entered", "said"),
    [
        ("municipality", "", "Namen Ihrer Kommune"),
        ("municipality", "   ", "Namen Ihrer Kommune"),
        ("municipality", "M" * 81, "80 Zeichen"),
        ("district", "", "Landkreis"),
        ("district", "99999", "Auswahl"),
        ("place", "", "Einstufung"),
        ("place", "weltstadt", "Auswahl"),
        ("place", "verwaltungsgemeinschaft", "nur in Bayern"),
        ("audit", "dritte", "Auswahl"),
        ("interview", "31.02.2027", "31.02.2027 gibt es nicht"),
        ("interview", "im Sommer", "30.06.2027"),
        ("interview", "1027-06-15", "30.06.2027"),
        ("interview", "01.11.2020", "schon vorbei"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_input_stays(page: Visitor, field: str, entered: str, said: str) -> None:
    found = _begin(page, 422, **{field: entered, "municipality": entered if field == "municipality" else "Grünberg"})
    message = text_of(found.one(f".//*[@id='{field}-fehler']"))
    assert said in message
    assert "Not a valid" not in found.text
    assert [text_of(link) for link in found.all(f".//a[@href='#{field}']")]
    if field != "municipality":
        assert found.value("municipality") == "Grünberg"
        assert found.value("district") == ("06411" if field != "district" else "")
    if field == "interview":
        assert found.value("interview") == entered
    assert "In diesem Browser ist kein Selbstcheck geöffnet" in page.open("/selbstchecks").main


@pytest.mark.parametrize("entered", ["15.06.2027", "2027-06-15", " 15.6.2027 ", "15.6.27"])
def test_the_interview_may_be_written_as_germans_do(page: Visitor, entered: str) -> None:
    found = _begin(page, interview=entered)
    assert "15.06.2027" in page.open(f"/selbstcheck/{found.address.split('/')[2]}/checkliste").main


def test_the_exceptions_of_districts_can_be_read_before(page: Visitor) -> None:
    said = page.open("/selbstcheck/neu").main
    for municipality in ("Hochheim am Main", "Biebertal", "Wettenberg", "Hanau"):
        assert said.count(f"{municipality} ") >= 1


def test_every_district_stands_there_with_its_chamber(page: Visitor) -> None:
    select = page.open("/selbstcheck/neu").one(".//select[@id='district']")
    options = [text_of(option) for option in select.iter("option")]
    assert len(options) == 27
    assert "Landkreis Groß-Gerau (IHK Darmstadt)" in options
    assert "anderer Kreis" in options


def test_two_of_one_town_are_told_apart_by_when_they_were_begun(page: Visitor, time: Clock) -> None:
    _begin(page)
    time.wait(days=3)
    _begin(page)
    newer, older = _mine(page)
    assert "begonnen 11.02.2027, 12:00" in newer
    assert "begonnen 08.02.2027, 12:00" in older


def test_a_double_click_begins_once(page: Visitor) -> None:
    form = page.open("/selbstcheck/neu")
    first = page.press(form, "Beginnen", BEGIN)
    second = page.press(form, "Beginnen", BEGIN)
    assert second.address == first.address
    assert len(_mine(page)) == 1


def test_going_back_and_correcting_the_form_counts(page: Visitor) -> None:
    form = page.open("/selbstcheck/neu")
    page.press(form, "Beginnen", BEGIN | {"municipality": "Tipfehlerstadt"})
    page.press(form, "Beginnen", BEGIN | {"municipality": "Tippfehlerstadt"})
    (mine,) = _mine(page)
    assert mine.startswith("Tippfehlerstadt")


def test_a_form_without_its_key_gets_a_new_one_and_keeps_what_was_typed(page: Visitor) -> None:
    found = _begin(page, 422, key="kaputt")
    assert found.value("municipality") == BEGIN["municipality"]
    assert page.press(found, "Beginnen").h1 == "Strategische Zielsetzung"


def test_a_name_is_shown_literally(page: Visitor) -> None:
    found = _begin(page, municipality="<b>Groß-Gerau</b> \N{HOUSE BUILDING}\x07 &amp;")
    assert "<b>Groß-Gerau</b> \N{HOUSE BUILDING} &amp;" in found.text


def _make_link(page: Visitor, check_id: str, button: str = "Persönlichen Link anzeigen") -> str:
    found = page.press(page.open(f"/selbstcheck/{check_id}/persoenlicher-link"), button)
    return urlsplit(found.one(".//input[@id='link']").get("value", "")).path


def test_the_personal_link_is_shown_once_and_can_be_mailed(page: Visitor, check: str) -> None:
    address = f"/selbstcheck/{check}/persoenlicher-link"
    assert not page.open(address).all(".//input[@id='link']")
    found = page.press(page.open(address), "Persönlichen Link anzeigen")
    mail = found.link("Mit dem eigenen E-Mail-Programm an mich selbst schicken")
    assert mail.startswith("mailto:?subject=")
    assert not page.open(address).all(".//input[@id='link']")


def test_the_personal_link_opens_elsewhere_only_after_the_button(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, other = _make_link(page, check), visitor()
    entry = other.open(link)
    assert "Musterstadt am Main" in entry.main
    assert "Cookie" in entry.main
    other.open(f"/selbstcheck/{check}", 404)
    assert other.press(entry, "Öffnen").address == f"/selbstcheck/{check}"
    assert len(_mine(other)) == 1


def test_earlier_links_end_with_all_devices_but_this_one(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link, other, late = _make_link(page, check), visitor(), visitor()
    other.press(other.open(link), "Öffnen")
    fresh = _make_link(page, check, "Frühere Links beenden und neuen anzeigen")
    other.open(f"/selbstcheck/{check}", 404)
    page.open(f"/selbstcheck/{check}")
    gone = late.open(link, 410)
    assert "Dieser Link gilt nicht mehr. Beendet am 08.02.2027." in gone.main
    assert "neuen persönlichen Link" in gone.main
    assert late.press(late.open(fresh), "Öffnen").h1 == "Übersicht"


def test_the_device_that_ends_links_stays_even_if_it_came_by_one(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, other = _make_link(page, check), visitor()
    other.press(other.open(link), "Öffnen")
    _make_link(other, check, "Frühere Links beenden und neuen anzeigen")
    other.open(f"/selbstcheck/{check}")


def test_signing_out_ends_it_here_and_the_link_brings_it_back(page: Visitor, check: str) -> None:
    link = _make_link(page, check)
    head = page.open(f"/selbstcheck/{check}")
    assert "abmelden" not in text_of(head.one(".//header")), "there it could be taken for the opposite of „Anmelden“"
    beside = text_of(head.one(".//section[@aria-label='Dieser Selbstcheck']"))
    assert beside.endswith("Auf diesem Gerät abmelden")
    out = page.press(page.open(f"/selbstcheck/{check}/abmelden"), "Auf diesem Gerät abmelden")
    assert out.h1 == "Sie sind auf diesem Gerät abgemeldet"
    page.open(f"/selbstcheck/{check}", 404)
    assert _mine(page) == []
    assert page.press(page.open(link), "Öffnen").h1 == "Übersicht"


@pytest.mark.parametrize("token", ["x", "0" * 32, "a" * 500, "%00", "../selbstchecks"])
def test_a_link_that_never_was_is_a_page_that_is_not_there(page: Visitor, token: str) -> None:
    assert "noch einmal aus der E-Mail" in page.open(f"/zugang/{token}", 404).main


def test_deleting_asks_once_and_can_be_taken_back(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link = _make_link(page, check)
    asked = page.open(page.open(f"/selbstcheck/{check}").link("Selbstcheck löschen"))
    assert "30 Tage lang können Sie das rückgängig machen" in asked.main
    listed = page.press(asked, "Selbstcheck löschen")
    assert listed.h1 == "Meine Selbstchecks"
    assert "gelöscht am 08.02.2027" in listed.main
    assert "lässt sich bis 10.03.2027 wiederherstellen" in listed.main
    gone = page.open(f"/selbstcheck/{check}", 410)
    assert "Dieser Selbstcheck wurde gelöscht. Beendet am 08.02.2027." in gone.main
    assert "wiederherstellen" in gone.main
    assert "Dieser Selbstcheck wurde gelöscht." in visitor().open(link, 410).main
    assert page.press(listed, "Wiederherstellen Musterstadt am Main").h1 == "Übersicht"
    assert _mine(visitor()) == []


def test_after_thirty_days_it_is_gone_for_good(page: Visitor, check: str, time: Clock) -> None:
    asked = page.open(f"/selbstcheck/{check}/loeschen")
    listed = page.press(asked, "Selbstcheck löschen")
    time.wait(days=30, minutes=1)
    assert _mine(page) == []
    assert "lässt sich nicht wiederherstellen" in page.open(f"/selbstcheck/{check}", 410).main
    page.press(listed, "Wiederherstellen Musterstadt am Main", status=410)
