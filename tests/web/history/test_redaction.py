"""„Diesen Text überall entfernen“: what goes is shown, asked once, gone everywhere, and every page still opens."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from tests.web.document import text_of
from tests.web.history.test_states import GOALS, add_piece, answer, compare, history, leads, name_state, note_of
from tests.web.page import Page, Visitor
from tests.web.team.people import sit_down

SECRET = "Herr Geheim"
REMOVED = "Diesen Text überall entfernen"


def share(page: Visitor, check: str) -> str:
    shown = page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen")
    return urlsplit(shown.one(".//input[@id='link']").get("value", "")).path


def remove(page: Visitor, check: str, reason: str = "") -> Page:
    return page.press(page.open(leads(history(page, check), REMOVED)), "Überall entfernen", {"reason": reason})


def test_a_text_goes_everywhere_and_every_page_says_so(
    page: Visitor, visitor: Callable[[], Visitor], check: str
) -> None:
    answer(page, check, choice="option:ja", note=f"Mit {SECRET} besprochen")
    link = share(page, check)
    reader = visitor()
    report = reader.press(reader.open(link), "Öffnen")
    assert SECRET in report.main
    name_state(page, check)
    answer(page, check, note=f"Ohne {SECRET}")
    asked = page.open(leads(history(page, check), REMOVED))
    for words in (f"Mit {SECRET} besprochen", f"Ohne {SECRET}", "in einem geteilten Bericht", "Erläuterung zu A3"):
        assert words in asked.main
    done = page.press(asked, "Überall entfernen", {"reason": "Datenschutz"})
    assert "Text überall entfernt: Erläuterung zu A3. Grund: Datenschutz" in done.main
    assert "durch Koordination" in done.main
    assert note_of(page, check) == ""
    after = reader.open(report.address)
    assert "Ein Text wurde entfernt am" in after.main
    assert "Prüfsumme gehört zum ursprünglichen Stand" in after.main
    answer(page, check, note="Neu")
    compared = page.open(leads(history(page, check), "Vergleichen"))
    for found in (done, after, compared, history(page, check), compare(page, check, "anfang", "jetzt")):
        assert SECRET not in found.source
    assert "entfernt am" in compared.main


def test_a_reason_that_is_too_long_is_refused_and_kept(page: Visitor, check: str) -> None:
    answer(page, check, note=SECRET)
    asked = page.open(leads(history(page, check), REMOVED))
    refused = page.press(asked, "Überall entfernen", {"reason": "x" * 201}, 422)
    assert "höchstens 200 Zeichen" in refused.main
    assert refused.value("reason") == "x" * 201
    assert note_of(page, check) == SECRET


def test_twice_is_once(page: Visitor, check: str) -> None:
    answer(page, check, note=SECRET)
    asked = page.open(leads(history(page, check), REMOVED))
    for _ in range(2):
        page.press(asked, "Überall entfernen")
    assert history(page, check).main.count("Text überall entfernt") == 1
    assert "Hier steht kein Text" in page.open(f"/selbstcheck/{check}/verlauf/entfernen/erlaeuterung/leitbild").main


def test_a_redacted_place_has_nothing_to_bring_back(page: Visitor, check: str) -> None:
    add_piece(page, check)
    remove(page, check)
    found = page.open(f"/selbstcheck/{check}/fragen/{GOALS}")
    assert "(entfernt)" in found.source
    assert "Ratsbrief" not in found.source
    assert "Ratsbrief" not in history(page, check).source


def test_contact_steps_goals_and_comments_go_too(page: Visitor, check: str) -> None:
    details = page.open(f"/selbstcheck/{check}/angaben")
    page.press(details, "Speichern", {"name": SECRET})
    assert SECRET not in remove(page, check).source
    steps = page.open(f"/selbstcheck/{check}/checkliste")
    page.press(steps, "Speichern", {"steps.team:contact.person": SECRET})
    assert SECRET not in remove(page, check).source
    entered = {"goal.n0123456789abcdef.title": f"Ziel mit {SECRET}", "goal.n0123456789abcdef.version": "0"}
    page.press(page.open(f"/selbstcheck/{check}/ziele"), "Speichern", entered)
    assert SECRET not in remove(page, check).source
    for address in ("angaben", "checkliste", "ziele", "verlauf", "ergebnis"):
        assert SECRET not in page.open(f"/selbstcheck/{check}/{address}").source


def test_a_comment_of_somebody_else_goes_from_its_place(app: Flask, page: Visitor, check: str) -> None:
    colleague = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai")
    address = f"/selbstcheck/{check}/fragen/{GOALS}"
    asked = {"leitbild.comment": f"Was sagt {SECRET}?", "talk": "add::leitbild"}
    colleague.press(colleague.open(address), "Speichern und weiter", asked)
    found = page.open(address)
    assert SECRET in found.source
    assert "Überall entfernen" not in colleague.open(address).main
    asked_page = page.open(leads(found, "Überall entfernen"))
    assert f"Was sagt {SECRET}?" in asked_page.main
    assert [text_of(each) for each in asked_page.all(".//dl[@class='facts gap-above']//dt")] == ["Text"]
    assert SECRET not in page.press(asked_page, "Überall entfernen").source
    assert SECRET not in colleague.open(address).source


def test_only_the_coordination_may(app: Flask, page: Visitor, check: str) -> None:
    answer(page, check, note=SECRET)
    colleague = sit_down(app, check, Role.COLLEAGUE, "Kollegium")
    assert REMOVED not in history(colleague, check).main
    colleague.open(f"/selbstcheck/{check}/verlauf/entfernen/erlaeuterung/leitbild", 403)


@pytest.mark.parametrize("place", ["quatsch/leitbild", "rueckfrage/1", "rueckfrage/x", "note/leitbild"])
def test_places_that_are_none_are_no_page(page: Visitor, check: str, place: str) -> None:
    page.open(f"/selbstcheck/{check}/verlauf/entfernen/{place}", 404)


@pytest.mark.parametrize("place", ["erlaeuterung/gibt-es-nicht", "nachweis/x", "ziel/9", "ziel/x", "schritt/own:x"])
def test_places_where_nothing_stands_say_so(page: Visitor, check: str, place: str) -> None:
    assert "Hier steht kein Text" in page.open(f"/selbstcheck/{check}/verlauf/entfernen/{place}").main
