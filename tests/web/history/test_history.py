"""Verlauf: every change in German words, changes in a row as one, page by page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from selfcheck.web.history import page as history
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Page, Visitor

pytestmark = pytest.mark.usefixtures("time")
GOALS = "strategische-zielsetzung"


def _history(page: Visitor, check_id: str) -> list[str]:
    return [text_of(row) for row in page.open(f"/selbstcheck/{check_id}/verlauf").all(".//ol/li")]


def _answer(page: Visitor, check_id: str, **fields: str) -> Page:
    """Enters fields of the question A3."""
    address = f"/selbstcheck/{check_id}/fragen/{GOALS}?offen=alle"
    named = {f"leitbild.{name}": said for name, said in fields.items()}
    return page.press(page.open(address), "Speichern und weiter", named)


def test_it_begins_with_the_beginning(page: Visitor, check: str) -> None:
    assert _history(page, check) == ["Selbstcheck begonnen 08.02.2027, 12:00 · Sie (noch ohne Namen)"]


def test_answers_stand_there_in_their_words(page: Visitor, check: str) -> None:
    _answer(page, check, choice="option:teilweise", note="Kapitel <3>")
    note, choice, _ = _history(page, check)
    assert choice.startswith("Antwort zu A3: Willkommenskultur im Leitbild")
    assert "vorheroffen nachherTeilweise" in choice
    assert "Kapitel <3>" in note
    assert "vorher" not in note, "there was nothing"
    assert "Sie (noch ohne Namen)" in note


def test_the_question_is_one_click_away(page: Visitor, check: str) -> None:
    _answer(page, check, choice="option:ja")
    found = page.open(f"/selbstcheck/{check}/verlauf")
    (link,) = [each for each in found.all(".//ol//a")]
    assert link.get("href") == f"/selbstcheck/{check}/fragen/{GOALS}#frage-leitbild"


def test_changes_within_ten_minutes_are_one(page: Visitor, check: str, time: Clock) -> None:
    for note in ("eins", "zwei", "drei"):
        _answer(page, check, note=note)
        time.wait(minutes=4)
    time.wait(minutes=10)
    _answer(page, check, note="vier")
    late, early, _ = _history(page, check)
    assert "drei" in late
    assert "vier" in late
    assert "vorher" not in early
    assert "drei" in early
    assert "zwei" not in early


def _follow_link(page: Visitor, check: str, other: Visitor) -> Visitor:
    """`other` comes in by the personal link of whoever visits `page`."""
    asked = page.open(f"/selbstcheck/{check}/persoenlicher-link")
    link = page.press(asked, "Persönlichen Link anzeigen").one(".//input[@id='link']").get("value", "")
    other.press(other.open(urlsplit(link).path), "Öffnen")
    return other


def test_whoever_is_alone_reads_themselves_as_author(page: Visitor, visitor: Callable[[], Visitor], check: str) -> None:
    _answer(page, check, choice="option:ja")
    address = f"/selbstcheck/{check}/fragen/{GOALS}"
    assert "Antwort: Sie, 08.02.2027" in page.open(address).main
    other = _follow_link(page, check, visitor())
    for each in (page, other):
        assert "Antwort: Koordination (ohne Namen), 08.02.2027" in each.open(address).main, "it may be either"


def _follow(visitor: Visitor, page: Page, link: str) -> Page:
    return visitor.open(page.link(link))


def test_a_conflict_and_a_stand_name_whoever_is_alone_as_the_answers_do(
    page: Visitor, visitor: Callable[[], Visitor], check: str
) -> None:
    address = f"/selbstcheck/{check}/fragen/{GOALS}?offen=leitbild"
    late, first = page.open(address), page.open(address)
    page.press(first, "Speichern und weiter", {"leitbild.note": "eins"})
    page.press(page.open(f"/selbstcheck/{check}/verlauf"), "Stand benennen", {"name": "Vor dem Ausschuss"})
    rename = "Umbenennen: Vor dem Ausschuss"
    met = page.press(late, "Speichern und weiter", {"leitbild.note": "zwei"}, 409)
    assert "geändert von: Sie, 08.02.2027" in met.main
    assert "von Sie (noch ohne Namen)" in _follow(page, page.open(f"/selbstcheck/{check}/verlauf"), rename).main
    other = _follow_link(page, check, visitor())
    met = page.press(late, "Speichern und weiter", {"leitbild.note": "zwei"}, 409)
    assert "geändert von: Koordination (ohne Namen), 08.02.2027" in met.main, "it may be either"
    moments = other.open(f"/selbstcheck/{check}/verlauf")
    assert "· Koordination (ohne Namen)" in moments.main
    assert "von Koordination (ohne Namen)" in _follow(other, moments, rename).main
    assert (
        "von Koordination (ohne Namen)"
        in _follow(other, moments, "Zu diesem Stand zurückgehen: Vor dem Ausschuss").main
    )


def test_changes_of_two_devices_are_two(page: Visitor, visitor: Callable[[], Visitor], check: str) -> None:
    other = _follow_link(page, check, visitor())
    _answer(page, check, note="eins")
    _answer(other, check, note="zwei")
    late, early, _ = _history(page, check)
    assert "Koordination (ohne Namen)" in late
    assert "Sie (noch ohne Namen)" in early
    links = page.open(f"/selbstcheck/{check}/verlauf").all(".//main//a[.='Registrieren']")
    assert [link.get("href") for link in links] == ["/registrieren"]


def test_everything_is_told_in_german_words(page: Visitor, check: str) -> None:
    opened = page.open(f"/selbstcheck/{check}/fragen/{GOALS}")
    piece = "leitbild.e.n0123456789abcdef"
    entered = {
        f"{piece}.title": "Ratsbrief",
        f"{piece}.state": "available",
        f"{piece}.link": "https://www.musterstadt.de",
        f"{piece}.valid_until": "2028-12-31",
        f"{piece}.version": "0",
        "beschluss.choice": "unclear",
    }
    page.press(opened, "Speichern und weiter", entered)
    steps = page.open(f"/selbstcheck/{check}/checkliste")
    page.press(steps, "Speichern", {"steps.team:contact.done": "1", "steps.team:contact.person": "Eva"})
    page.press(
        page.open(f"/selbstcheck/{check}/angaben"), "Speichern", {"district": "06431", "interview": "2027-06-15"}
    )
    page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen")
    shared = page.open(f"/selbstcheck/{check}/teilen")
    leads = next(each.get("href", "") for each in shared.all(".//a") if text_of(each).startswith("Zurückziehen"))
    page.press(page.open(leads), "Zurückziehen")
    page.press(
        page.press(page.open(f"/selbstcheck/{check}/loeschen"), "Selbstcheck löschen"),
        "Wiederherstellen Musterstadt am Main",
    )
    said = "\n".join(_history(page, check))
    for words in (
        "noch unklar",
        "Beleg zu A3",
        "Titel: Ratsbrief",
        "liegt vor",
        "gültig bis: 31.12.2028",
        "Checkliste: Ansprechperson benennen",
        "erledigt",
        "wer: Eva",
        "Landkreis oder kreisfreie Stadt: Landkreis Bergstraße",
        "Prüfgespräch: 15.06.2027",
        "Stand geteilt: IHK Darmstadt, bis 10.08.2027",
        "Geteilten Stand zurückgezogen: IHK Darmstadt",
        "Selbstcheck gelöscht",
        "Selbstcheck wiederhergestellt",
    ):
        assert words in said
    for code in ("06431", "2028-12-31", "available", "team:contact", "option:", "unclear", "withdrawn", "deleted"):
        assert code not in said


def test_only_what_changed_of_a_step_is_shown(page: Visitor, check: str) -> None:
    address = f"/selbstcheck/{check}/checkliste"
    page.press(page.open(address), "Speichern", {"steps.team:contact.person": "Frau Weber"})
    assert "vorherwer: (leer) nachherwer: Frau Weber" in _history(page, check)[0]
    page.press(page.open(address), "Speichern", {"steps.neu.title": "Stadtfest planen"})
    assert _history(page, check)[0].startswith("Eigener Schritt: Stadtfest planen ")


def test_the_criterion_of_a_goal_is_told_by_its_title(page: Visitor, check: str) -> None:
    entered = {"goal.n0123456789abcdef.title": "Ziel", "goal.n0123456789abcdef.version": "0"}
    page.press(page.open(f"/selbstcheck/{check}/ziele"), "Speichern", entered)
    page.press(page.open(f"/selbstcheck/{check}/ziele"), "Speichern", {"goal.1.criterion": GOALS})
    assert "Kriterium: Strategische Zielsetzung" in _history(page, check)[0]


def test_older_changes_are_on_further_pages(
    page: Visitor, check: str, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 3)
    for number in range(1, 8):
        time.wait(minutes=11)
        _answer(page, check, note=f"Stand {number}")
    seen: list[str] = []
    address = f"/selbstcheck/{check}/verlauf"
    found = page.open(address)
    assert not found.all(f".//p[@class='links']/a[@href='{address}']")
    while True:
        seen += [text_of(row) for row in found.all(".//ol/li")]
        older = [each for each in found.all(".//p[@class='links']/a") if text_of(each) == "Ältere Änderungen"]
        if not older:
            break
        found = page.open(older[0].get("href", ""))
    assert len(seen) == 8
    assert "begonnen" in seen[-1]
    assert found.link("Zum Anfang") == address


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 30, "1.5"])
def test_an_address_that_names_no_change_shows_what_there_is(page: Visitor, check: str, before: str) -> None:
    assert page.open(f"/selbstcheck/{check}/verlauf?vor={before}").h1 == "Verlauf"
