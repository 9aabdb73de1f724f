"""The register of evidence: the order of the questionnaire, what is missing first, and what is honest about it."""

from __future__ import annotations

from datetime import date

from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, fill

QUESTIONS = towns.questionnaire().questions


def rows(found: Page, group: str) -> list[str]:
    """The numbers of a group, in the order of the page."""
    path = f".//section[@aria-labelledby='gruppe-{group}']//p[@class='register__number']"
    return [text_of(each) for each in found.all(path)]


def order(numbers: list[str]) -> list[str]:
    place = {question.number: index for index, question in enumerate(QUESTIONS)}
    return sorted(numbers, key=lambda number: (place[number.partition(".")[0]], number))


def test_what_is_missing_comes_first_each_in_the_order_of_the_questionnaire(page: Visitor) -> None:
    check_id = begin(page, interview="2027-06-15")
    fill(page, check_id, towns.sample().answers)
    found = page.open(f"/selbstcheck/{check_id}/nachweise")
    groups = [text_of(each) for each in found.all(".//main//h2")]
    assert groups == ["Was fehlt", "Fundstelle fehlt", "Liegt vor, mit Fundstelle"]
    missing, unplaced, there = rows(found, "missing"), rows(found, "unplaced"), rows(found, "there")
    assert "C6.2" in missing, "it ran out"
    assert missing == order(missing)
    assert unplaced == order(unplaced)
    assert there == order(there)
    assert (there[0], unplaced[0]) == ("A1.1", "A2.2")
    assert len(set(missing + unplaced + there)) == len(missing + unplaced + there)


def test_its_numbers_are_those_of_the_result(page: Visitor) -> None:
    check_id = begin(page, interview="2027-06-15")
    fill(page, check_id, towns.sample().answers)
    found = page.open(f"/selbstcheck/{check_id}/nachweise")
    day = date(2027, 6, 15)
    there = [piece for answer in towns.sample().answers.values() for piece in answer.evidence if piece.counts(day)]
    unplaced = sum(not piece.located for piece in there)
    quality = f"{unplaced} von {len(there)} vorliegenden Belegen ohne Fundstelle"
    assert quality in found.main
    assert quality in page.open(f"/selbstcheck/{check_id}/ergebnis").main
    assert quality in page.open(f"/selbstcheck/{check_id}/teilen").main
    missing = rows(found, "missing")
    chips = [text_of(each) for each in found.all(".//nav[@aria-label='Welche Belege?']//a")]
    assert chips == [
        "alle",
        f"fehlt {len(missing)}",
        f"ohne Fundstelle {unplaced}",
        f"mit Fundstelle {len(there) - unplaced}",
    ]
    said = f"{len(missing) - 1} fehlende Belege und 1 Beleg, der nicht lange genug gilt."
    assert said in found.main


def test_a_question_without_any_piece_is_named_with_what_is_usual(page: Visitor, check: str) -> None:
    address = f"/selbstcheck/{check}/fragen/strategische-zielsetzung"
    page.press(page.open(address), "Speichern und weiter", {"leitbild.choice": "option:ja"})
    found = page.open(f"/selbstcheck/{check}/nachweise")
    row = text_of(found.one(".//li[@class='register__row']"))
    assert "Beleg fehlt" in row
    assert "eines davon genügt" in row
    assert "1 Frage ohne Beleg. Je Frage genügt ein gültiger Beleg." in found.main
    assert "Für 3 Punkte aus 1 Frage fehlt noch ein Beleg." in found.main
    chips = [text_of(each) for each in found.all(".//nav[@aria-label='Welche Belege?']//a")]
    assert chips[0] == "alle"
    assert "fehlt 1" in chips
    piece = page.open(found.all(".//a[@data-piece]")[0].get("href", ""))
    name = next(name for name, _ in piece.form("Beleg speichern").fields if name.endswith(".title"))
    back = page.press(piece, "Beleg speichern", {name: "Leitbild 2035"})
    assert back.address == found.address
    assert rows(back, "unplaced") == ["A3.1"]


def test_an_empty_register_says_what_to_do(page: Visitor, check: str) -> None:
    assert "Beantworten Sie zuerst die Fragen" in page.open(f"/selbstcheck/{check}/nachweise").main


def test_the_report_says_that_no_place_was_given(page: Visitor) -> None:
    check_id = begin(page)
    fill(page, check_id, towns.sample().answers)
    preview = page.open(f"/selbstcheck/{check_id}/teilen/vorschau")
    assert "laut Kommune vorhanden, Fundstelle nicht angegeben" in preview.text
    assert "vorliegenden Belegen ohne Fundstelle." in preview.text


def test_the_navigation_leads_there(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}")
    path = ".//nav[@aria-label='Selbstcheck']//span[@class='nav__title']"
    titles = [text_of(each) for each in found.all(path)]
    assert titles[titles.index("Nachweise") - 1 :][:3] == ["Checkliste", "Nachweise", "Ziele und Sonderpunkte"]
