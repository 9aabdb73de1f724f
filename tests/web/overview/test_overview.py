"""The overview of a self-check, and the details of the municipality."""

from __future__ import annotations

import pytest

from selfcheck.reporting.words.german import points_count
from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, fill

pytestmark = pytest.mark.usefixtures("time")
MINE = "Meine Angabe übernehmen"


def _details(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/angaben")


def _count_changes(page: Visitor, check_id: str) -> int:
    titles = page.open(f"/selbstcheck/{check_id}/verlauf").all(".//h3")
    return sum(text_of(title).startswith("Angaben zur Kommune") for title in titles)


def test_an_empty_self_check_begins_with_the_first_question(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}")
    assert "0 von 38 Fragen sind beantwortet" in found.main
    assert found.link("Beginnen mit Frage B1").endswith("/fragen/zuzug-leicht-gemacht#frage-anlaufstelle")
    assert "Prüfgespräch eintragen" in found.main
    assert "Offen ist außerdem Frage E2; sie bringt keine Punkte." in found.main


def test_a_filled_one_shows_what_is_left_and_when(page: Visitor) -> None:
    check_id = begin(page, interview="2027-06-15")
    fill(page, check_id, towns.sample().answers)
    found = page.open(f"/selbstcheck/{check_id}")
    assert "Weiter mit Frage" in found.main
    assert "die keine Punkte bringt" not in found.main
    rows = [text_of(row) for row in found.one(".//table").iter("tr")]
    assert len(rows) == 7
    assert rows[-1].startswith("Summe der Fragen 30 von 38 6 2 ")
    assert "Acht offene und unklare Fragen können noch bis zu 24 Punkte bringen." in found.main
    assert rows[-1].endswith("75,5 von 118")
    steps = [text_of(each) for each in found.all(".//li[@class='line-item']")]
    assert len(steps) == 3
    assert all("2027" in step for step in steps)


def test_what_an_office_is_asked_is_not_the_next_thing_to_do(page: Visitor, check: str) -> None:
    everybody = "Alle Fachbereiche auf einmal fragen"
    for question, office, following in (("anlaufstelle", "Bürgerbüro", "C1"), ("kita-zentral", "Kita", "B2")):
        form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?frage={question}")
        page.press(form, "Link erstellen", {"label": office})
        found = page.open(f"/selbstcheck/{check}")
        assert f"Beginnen mit Frage {following}" in found.main
        assert everybody in found.main
    page.press(page.open(f"/selbstcheck/{check}/team/fachbereiche"), "Alle angekreuzten fragen")
    found = page.open(f"/selbstcheck/{check}")
    assert "Antworten der Fachbereiche abwarten" in found.main
    assert everybody not in found.main


@pytest.mark.parametrize(
    ("municipality", "district", "whom", "not_whom"),
    [
        ("Hochheim am Main", "06436", "zum Bezirk der IHK Wiesbaden", "IHK Frankfurt"),
        ("Stadt Hochheim a. M.", "06436", "zum Bezirk der IHK Wiesbaden", "IHK Frankfurt"),
        ("Biebertal", "06531", "zum Bezirk der IHK Lahn-Dill", "eine E-Mail an die IHK Gießen"),
        ("Wettenberg", "06531", "zum Bezirk der IHK Lahn-Dill", "eine E-Mail an die IHK Gießen"),
        ("Hanau", "06435", "seit dem 1. Januar 2026 kreisfreie Stadt", "eine E-Mail an die IHK Hanau"),
        ("Flörsheim am Main", "06436", "eine E-Mail an die IHK Frankfurt am Main", "IHK Wiesbaden"),
    ],
)
def test_an_exception_is_sent_to_its_own_chamber(
    page: Visitor, municipality: str, district: str, whom: str, not_whom: str
) -> None:
    found = page.open(f"/selbstcheck/{begin(page, municipality=municipality, district=district)}")
    assert "Ihre Kommune kann teilnehmen" in found.main
    assert whom in found.main
    assert not_whom not in found.main


def test_details_are_kept_and_shown(page: Visitor, check: str) -> None:
    entered = {
        "municipality": "Grünberg",
        "district": "06531",
        "place": "unterzentrum",
        "audit": "renewal",
        "interview": "15.06.2027",
        "name": "Eva Muster",
        "office": "Hauptamt",
        "phone": "06401 804-0",
        "mail": "eva.muster@gruenberg.de",
    }
    found = page.press(_details(page, check), "Speichern", entered)
    assert "Ihre Angaben sind gespeichert" in found.main
    assert {name: found.value(name) for name in entered if name != "audit"} == {
        name: value for name, value in entered.items() if name != "audit"
    } | {"interview": "15.06.2027"}
    said = page.open(f"/selbstcheck/{check}/verlauf").main
    for word in ("Grünberg", "Landkreis Gießen", "Unterzentrum", "Re-Auditierung", "15.06.2027", "Eva Muster"):
        assert word in said
    assert "06531" not in said


@pytest.mark.parametrize(
    ("field", "entered"),
    [("municipality", " "), ("phone", "anrufen!"), ("mail", "eva.muster"), ("name", "n" * 81), ("interview", "bald")],
)
def test_a_mistake_is_told_at_its_field(page: Visitor, check: str, field: str, entered: str) -> None:
    found = page.press(_details(page, check), "Speichern", {field: entered, "office": "Hauptamt"}, 422)
    assert text_of(found.one(f".//*[@id='{field}-fehler']"))
    assert found.value("office") == "Hauptamt"
    assert _count_changes(page, check) == 0


def test_whom_to_ask_may_have_an_address_of_the_town_halls_own_network(page: Visitor, check: str) -> None:
    page.press(_details(page, check), "Speichern", {"mail": "eva.muster@rathaus.local"})
    assert _details(page, check).value("mail") == "eva.muster@rathaus.local"


def test_details_that_were_not_changed_are_not_written(page: Visitor, check: str) -> None:
    late = _details(page, check)
    page.press(_details(page, check), "Speichern", {"name": "Eva Muster"})
    page.press(late, "Speichern")
    assert _details(page, check).value("name") == "Eva Muster"
    assert _count_changes(page, check) == 1


def test_details_that_somebody_changed_meanwhile_are_decided(page: Visitor, check: str) -> None:
    late = _details(page, check)
    page.press(_details(page, check), "Speichern", {"interview": "2027-06-15", "district": "06431", "name": "Eva"})
    met = page.press(late, "Speichern", {"interview": "01.07.2027", "office": "Bauamt"}, 409)
    box = text_of(met.one(".//div[@role='group'][@aria-labelledby='konflikt']"))
    assert "Zwischenzeitlich geändert" in box
    assert "Geändert von: Sie, 08.02.2027" in box, "nobody else has this self-check"
    summary = met.one(".//div[@role='alert']")
    assert "autofocus" in summary.attrib
    assert "Ihre sind noch nicht gespeichert" in text_of(summary)
    assert [link.get("href") for link in summary.iter("a")] == ["#konflikt"]
    assert text_of(met.one("./head/title")).startswith("Fehler: ")
    assert "Geplantes PrüfgesprächMeine Angabe: 01.07.2027Andere Angabe: 15.06.2027" in box
    assert "Andere Angabe: Landkreis Bergstraße (IHK Darmstadt)" in box
    assert met.link("Andere Angabe behalten") == met.address
    met = page.press(met, "Speichern", status=409)
    assert "Ihre Angaben sind gespeichert" in page.press(met, MINE).main
    kept = _details(page, check)
    assert (kept.value("office"), kept.value("interview"), kept.value("name")) == ("Bauamt", "01.07.2027", "")


@pytest.mark.parametrize(("entered", "said"), [("15.06.2025", "Vergangenheit"), ("15.06.2072", "drei Jahre voraus")])
def test_an_interview_that_may_be_mistyped_is_asked_about_with_what_it_does(
    page: Visitor, check: str, entered: str, said: str
) -> None:
    page.press(_details(page, check), "Speichern", {"interview": "15.06.2027"})
    asked = page.press(_details(page, check), "Speichern", {"interview": entered, "office": "Bauamt"}, 422)
    assert said in asked.main
    assert "Namen" in asked.main
    assert asked.value("office") == "Bauamt"
    assert _details(page, check).value("interview") in ("2027-06-15", "15.06.2027")
    day = "-".join(reversed(entered.split(".")))
    again = page.press(asked, "Speichern", {"sure": "2024-06-15"}, 422)
    page.press(again, "Speichern", {"sure": day})
    kept = _details(page, check)
    assert kept.value("interview") in (entered, day)
    page.press(kept, "Speichern", {"office": "Hauptamt"})


def test_the_same_details_in_another_writing_are_no_conflict(page: Visitor, check: str) -> None:
    late = _details(page, check)
    page.press(_details(page, check), "Speichern", {"interview": "2027-06-15"})
    page.press(late, "Speichern", {"interview": "15.06.2027"})
    assert _count_changes(page, check) == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "noch 2 Wochen"), (7, "noch 1 Woche"), (8, "weniger als eine Woche"), (14, "heute"), (15, "vorbei")],
)
def test_the_head_says_how_long_it_is_until_the_interview(page: Visitor, time: Clock, days: int, said: str) -> None:
    check_id = begin(page, interview="22.02.2027")
    time.wait(days=days)
    context = page.open(f"/selbstcheck/{check_id}").one(".//section[@aria-label='Dieser Selbstcheck']")
    assert f"Prüfgespräch 22.02.2027, {said}" in text_of(context)


def test_what_was_saved_gets_the_focus(page: Visitor, check: str) -> None:
    saved = page.press(page.open(f"/selbstcheck/{check}/angaben"), "Speichern")
    notice = saved.one(".//*[@autofocus]")
    assert (notice.get("role"), notice.get("tabindex")) == ("status", "-1")
    assert "Ihre Angaben sind gespeichert." in text_of(notice)


def _answer(page: Visitor, check_id: str, number: int, said: str) -> None:
    criterion = towns.questionnaire().criteria[0]
    opened = page.open(f"/selbstcheck/{check_id}/fragen/{criterion.id}?offen=alle")
    page.press(opened, "Speichern und weiter", {f"{criterion.questions[number].id}.choice": said})


def test_what_changed_since_one_worked_here_is_said_in_words(page: Visitor, check: str, time: Clock) -> None:
    address = f"/selbstcheck/{check}"
    _answer(page, check, 0, "unclear")
    assert "zuletzt hier gearbeitet" not in page.open(address).main
    time.wait(days=3)
    assert "Unverändert seit dem 08.02.2027, als Sie zuletzt hier gearbeitet haben." in page.open(address).main
    question = towns.questionnaire().criteria[0].questions[0]
    best = max(question.options, key=lambda option: option.points)
    _answer(page, check, 0, f"option:{best.id}")
    gained = points_count(best.points)
    assert f"+{gained} angegeben seit dem 08.02.2027" in page.open(address).main


def test_the_points_are_shown_over_the_stands(page: Visitor, time: Clock) -> None:
    check_id = begin(page, interview="2027-06-15")
    address = f"/selbstcheck/{check_id}"
    assert "Benennen Sie einen Stand" in page.open(address).main
    fill(page, check_id, towns.sample().answers)
    page.press(page.open(f"{address}/verlauf"), "Stand benennen", {"name": "Vor der Sommerpause"})
    time.wait(days=20)
    _answer(page, check_id, 0, "open")
    section = page.open(address).one(".//section[@aria-labelledby='verlauf']")
    assert section.find(".//svg[@role='img']/desc") is not None
    assert not section.findall(".//svg//a")
    rows = [[text_of(cell) for cell in row] for row in section.findall(".//tbody/tr")]
    assert [row[:2] for row in rows] == [["Vor der Sommerpause", "08.02.2027"], ["jetzt", "28.02.2027"]]
    assert "angegeben 64,0 %" in rows[0][3]
    assert rows[1][3] != rows[0][3]
    assert "Prüfgespräch 15.06.2027" in text_of(section)


def test_all_questions_stand_at_one_glance_and_lead_to_their_cards(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    fields = page.open(f"/selbstcheck/{check}").one(".//nav[@aria-label='Alle Fragen auf einen Blick']")
    links = list(fields.iter("a"))
    assert len(links) == len(towns.questionnaire().questions)
    assert text_of(links[0]).startswith("A1 ")
    assert text_of(links[0]).endswith("Punkten")
    target = links[0].get("href", "")
    assert target.partition("#")[2] in page.open(target).ids
