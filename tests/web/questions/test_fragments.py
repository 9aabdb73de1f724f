"""What is drawn once for everybody holds nothing that anybody answered, and nothing of one page."""

from __future__ import annotations

import re
from collections.abc import Callable

from selfcheck.core.text.contents import clean
from tests import towns
from tests.web.page import Visitor, begin

CRITERION = towns.questionnaire().criteria[1]
QUESTION = CRITERION.questions[0]
NASTY = "%(note)s %s {0} {{ note }} \ufdd0note\ufdd1 <b>„Schloss“ & 'Park'</b>"


def test_two_towns_see_their_own_answers_only(visitor: Callable[[], Visitor]) -> None:
    pages = {}
    for town in ("Adorf", "Bstadt"):
        person = visitor()
        address = f"/selbstcheck/{begin(person)}/fragen/{CRITERION.id}"
        piece = f"{QUESTION.id}.e.n{1:032x}"
        said = {f"{QUESTION.id}.note": f"Note {town}", f"{piece}.title": f"Beschluss {town}", f"{piece}.link": ""}
        person.press(person.open(address), "Speichern und weiter", said)
        pages[town] = person.open(address).source
    assert "Note Adorf" in pages["Adorf"]
    assert "Beschluss Adorf" in pages["Adorf"]
    assert "Adorf" not in pages["Bstadt"]
    assert "Bstadt" not in pages["Adorf"]


def test_text_that_looks_like_markup_stays_text(page: Visitor) -> None:
    address = f"/selbstcheck/{begin(page)}/fragen/{CRITERION.id}"
    for _ in range(2):
        page.press(page.open(address), "Speichern und weiter", {f"{QUESTION.id}.note": NASTY})
        assert page.open(address).value(f"{QUESTION.id}.note") == clean(NASTY)


def test_every_page_has_a_key_of_its_own_for_a_new_piece(page: Visitor) -> None:
    address = f"/selbstcheck/{begin(page)}/nachweise/{QUESTION.id}/neu"
    first, second = (set(re.findall(r"\.e\.(n[0-9a-f]{16})\.title", page.open(address).source)) for _ in range(2))
    assert len(first) == len(second) == 1
    assert not first & second


def test_what_one_town_ticks_is_not_ticked_in_another(visitor: Callable[[], Visitor]) -> None:
    name, button = f"{QUESTION.id}.choice", "Speichern und weiter"
    for value in ("unclear", f"option:{QUESTION.options[0].id}"):
        person = visitor()
        address = f"/selbstcheck/{begin(person)}/fragen/{CRITERION.id}"
        assert (name, "open") in person.open(address).form(button).fields
        person.press(person.open(address), button, {name: value})
        ticked = [each for each in person.open(address).form(button).fields if each[0] == name]
        assert ticked == [(name, value)]


def test_a_choice_that_is_refused_is_told_where_it_was_good_before(page: Visitor) -> None:
    address = f"/selbstcheck/{begin(page)}/fragen/{CRITERION.id}"
    page.open(address)
    met = page.press(page.open(address), "Speichern und weiter", {f"{QUESTION.id}.choice": "option:nirgends"}, 422)
    assert "Diese Antwort gibt es hier nicht." in met.main
    assert "kern-form-check__radio--error" in met.source
    assert "kern-form-check__radio--error" not in page.open(address).source


def test_the_navigation_leads_to_where_the_application_is_mounted(page: Visitor) -> None:
    home = f"/selbstcheck/{begin(page)}"
    for mount in ("", "/ihk", "/test"):
        drawn = page.client.get(home, base_url=f"http://localhost{mount}/").text
        assert set(re.findall(r'class="nav__item" href="([^"]*)/selbstcheck/', drawn)) == {mount}
        assert f'href="{mount}{home}/fragen/{CRITERION.id}"' in drawn
