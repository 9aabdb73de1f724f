"""Saving the questions of a criterion: as a form without JavaScript, with two windows, and as our script does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from tests.web.document import text_of
from tests.web.page import Fields, Page, Visitor, change

GOALS = "strategische-zielsetzung"
MOVING_IN = "zuzug-leicht-gemacht"
SAVE, MINE, THEIRS = "Speichern und weiter", "Meine Angabe übernehmen", "Andere Angabe behalten"
USUAL = "Leitbild oder Auszug aus dem Konzept"


@pytest.fixture
def window(page: Visitor, check: str) -> Callable[[], Page]:
    """Opens the first criterion once more, with no card folded."""
    return lambda: page.open(f"{_address(check)}?offen=alle")


def _address(check_id: str, criterion: str = GOALS) -> str:
    return f"/selbstcheck/{check_id}/fragen/{criterion}"


def _history(page: Visitor, check_id: str) -> list[str]:
    """What the history says, newest first."""
    found = page.open(f"/selbstcheck/{check_id}/verlauf")
    return [text_of(heading) for heading in found.all(".//ol//h3")]


def _changed(page: Visitor, check_id: str) -> list[str]:
    """What was changed, without the questions' texts."""
    return [said.partition(" zu ")[0] for said in _history(page, check_id)[:-1]]


def _named(found: Page, title: str, field: str) -> str:
    """The name of a field of the piece of evidence with this title."""
    row = next(each for each in found.all(".//li[@class='evidence']") if title in text_of(each))
    return next(str(each.get("name")) for each in row.iter("input") if str(each.get("name")).endswith(f".{field}"))


def _piece(found: Page, title: str, **fields: str | None) -> Fields:
    return {f"{_named(found, title, 'version').removesuffix('version')}{name}": said for name, said in fields.items()}


def _state(found: Page, title: str) -> str:
    name = _named(found, title, "state")
    return next(
        each.get("value", "") for each in found.controls if each.get("name") == name and "checked" in each.attrib
    )


def _send(page: Visitor, found: Page, changes: Fields | None = None) -> TestResponse:
    """The form of a page as our script sends it."""
    headers = {
        "Accept": "application/json",
        "X-CSRFToken": found.one(".//meta[@name='csrf-token']").get("content", ""),
    }
    fields = [pair for pair in change(found.form(SAVE).fields, changes or {}) if pair[0] != "csrf_token"]
    return page.post(found.address, fields, headers=headers)


def test_a_form_that_was_not_changed_writes_nothing(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    page.press(
        window(),
        SAVE,
        {"leitbild.note": "a\r\nb", "leitbild.choice": "option:ja", **_piece(window(), USUAL, state="available")},
    )
    assert sorted(_changed(page, check)) == ["Antwort", "Beleg", "Erläuterung"]
    opened = window()
    page.press(opened, SAVE, {"leitbild.note": opened.value("leitbild.note").replace("\n", "\r\n")})
    assert sorted(_changed(page, check)) == ["Antwort", "Beleg", "Erläuterung"]


def test_only_the_parts_that_differ_are_written(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    page.press(window(), SAVE, {"leitbild.note": "Kapitel 3", "beschluss.choice": "option:vertretung"})
    assert sorted(_changed(page, check)) == ["Antwort", "Erläuterung"]


def test_saving_leads_on_to_the_next_criterion_and_last_to_the_result(page: Visitor, check: str) -> None:
    found = page.press(page.open(_address(check)), SAVE)
    seen = [found.h1]
    while "/fragen/" in found.address:
        found = page.press(found, SAVE)
        seen.append(found.h1)
    assert len(seen) == 5
    assert seen[-1] == "Ergebnis"


def test_a_page_left_open_over_lunch_harms_nobody(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    first, second = window(), window()
    page.press(first, SAVE, {"leitbild.choice": "option:ja", "leitbild.note": "erste"})
    page.press(second, SAVE, {"beschluss.note": "zweite"})
    found = window()
    assert (found.value("leitbild.note"), found.value("beschluss.note")) == ("erste", "zweite")


PARTS = {
    "choice": ({"leitbild.choice": "option:ja"}, {"leitbild.choice": "option:nein"}, "Nein", "Ja"),
    "note": ({"leitbild.note": "erste\r\nZeile"}, {"leitbild.note": "zweite"}, "zweite", "ersteZeile"),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_stale_part_changes_nothing_and_shows_both_values(
    page: Visitor, check: str, window: Callable[[], Page], part: str
) -> None:
    first, second, mine, theirs = PARTS[part]
    early, late = window(), window()
    page.press(early, SAVE, first)
    met = page.press(late, SAVE, {**second, "beschluss.note": "gehört dazu"}, 409)
    box = met.one(".//*[@id='konflikte-leitbild']")
    said = text_of(box)
    assert "Zwischenzeitlich geändert" in said
    assert "geändert von: Sie," in said
    assert [text_of(each) for each in box.iter("dd")] == [mine, theirs]
    assert met.all(".//a[@href='#konflikt-leitbild']")
    assert window().value("beschluss.note") == "gehört dazu"


@pytest.mark.parametrize(("button", "kept"), [(MINE, "zweite"), (THEIRS, "erste")])
def test_a_conflict_of_a_note_is_decided_either_way(
    page: Visitor, window: Callable[[], Page], button: str, kept: str
) -> None:
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.note": "erste"})
    met = page.press(late, SAVE, {"leitbild.note": "zweite"}, 409)
    assert page.press(met, button).address == met.address
    assert window().value("leitbild.note") == kept


@pytest.mark.parametrize(("button", "kept"), [(MINE, "option:nein"), (THEIRS, "option:ja")])
def test_a_conflict_of_a_choice_is_decided_either_way(
    page: Visitor, window: Callable[[], Page], button: str, kept: str
) -> None:
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.choice": "option:ja"})
    page.press(page.press(late, SAVE, {"leitbild.choice": "option:nein"}, 409), button)
    assert window().form(SAVE).fields.count(("leitbild.choice", kept)) == 1


def test_saving_instead_of_deciding_shows_the_conflict_again(page: Visitor, window: Callable[[], Page]) -> None:
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.note": "erste"})
    met = page.press(late, SAVE, {"leitbild.note": "zweite"}, 409)
    met = page.press(met, SAVE, status=409)
    assert met.value("leitbild.note") == "zweite"
    assert window().value("leitbild.note") == "erste"


def test_mine_may_be_what_it_was_before(page: Visitor, window: Callable[[], Page]) -> None:
    page.press(window(), SAVE, {"leitbild.note": "alt"})
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.note": "erste"})
    met = page.press(late, SAVE, {"leitbild.note": "zweite"}, 409)
    page.press(met, MINE, {"leitbild.note": "alt"})
    assert window().value("leitbild.note") == "alt"


def test_somebody_who_was_faster_again_is_not_written_over(page: Visitor, window: Callable[[], Page]) -> None:
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.note": "erste"})
    met = page.press(late, SAVE, {"leitbild.note": "zweite"}, 409)
    page.press(window(), SAVE, {"leitbild.note": "dritte"})
    assert "dritte" in page.press(met, MINE, status=409).main
    assert window().value("leitbild.note") == "dritte"


def test_stale_but_equal_is_no_conflict(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    entered = {"leitbild.choice": "option:ja", "leitbild.note": "gleich"}
    early, late = window(), window()
    page.press(early, SAVE, entered)
    page.press(late, SAVE, entered)
    assert sorted(_changed(page, check)) == ["Antwort", "Erläuterung"]


def test_a_save_by_script_answers_with_everything_new(page: Visitor, check: str) -> None:
    opened = page.open(_address(check))
    answer = _send(page, opened, {"leitbild.choice": "option:ja"})
    assert answer.status_code == 200
    said = answer.json
    assert set(said) == {"at", "moment", "parts", "html", "hidden", "work", "counts"}
    assert said["parts"]["leitbild.choice"]["state"] == "saved"
    assert said["parts"]["leitbild.choice"]["version"] == 1
    assert said["parts"]["leitbild.choice"]["base"] != opened.value("leitbild.choice-base")
    assert "Beleg fehlt" in said["html"]["#stand-leitbild"]
    assert "1 von 5" in said["html"]["[data-criterion]"]
    assert said["hidden"]["leitbild"] is False
    assert said["work"]["leitbild"] is True
    chips = {href.rpartition("=")[2]: count for href, count in said["counts"].items()}
    assert (chips["offen"], chips["unklar"], chips["ohne-beleg"], chips[_address(check)]) == (4, 0, 1, 5)
    again = _send(page, opened, {"leitbild.choice": "option:ja"}).json["parts"]["leitbild.choice"]
    assert again == said["parts"]["leitbild.choice"]


def test_a_save_by_script_meets_conflicts_and_mistakes(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    early, late = window(), window()
    _send(page, early, {"leitbild.note": "erste"})
    answer = _send(page, late, {"leitbild.note": "zweite", "beschluss.note": "geht"})
    assert answer.status_code == 409
    assert answer.json["parts"]["leitbild.note"] == {"state": "conflict"}
    assert answer.json["parts"]["beschluss.note"]["state"] == "saved"
    assert "zweite" in answer.json["html"]["#konflikte-leitbild"]
    refused = _send(page, window(), {"leitbild.choice": "option:quatsch"})
    assert refused.status_code == 422
    assert "choice" in refused.json["parts"]["leitbild.choice"]["errors"]


def test_the_answer_to_the_script_is_short(page: Visitor, check: str) -> None:
    answer = _send(page, page.open(_address(check)), {"leitbild.note": "Für Zugezogene"})
    assert "Erläuterung" in answer.text  # one letter, not six
    assert '": ' not in answer.text


def test_a_save_by_script_without_its_token_is_refused(page: Visitor, check: str) -> None:
    opened = page.open(_address(check))
    answer = page.post(opened.address, {"leitbild.note": "x"}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json["error"]
    assert page.open(opened.address).value("leitbild.note") == ""


def test_an_answer_shows_and_hides_other_questions(page: Visitor, check: str) -> None:
    opened = page.open(_address(check, MOVING_IN))
    hidden = _send(page, opened, {"willkommenspaket.choice": "option:nein"}).json
    assert hidden["hidden"]["paket-inhalt"] is True
    assert "1 von 9" in hidden["html"]["[data-criterion]"]
    found = page.open(f"{_address(check, MOVING_IN)}?offen=alle")
    assert "hidden" in found.one(".//section[@id='frage-paket-inhalt']").attrib
    shown = _send(page, found, {"willkommenspaket.choice": "option:alle"}).json
    assert shown["hidden"]["paket-inhalt"] is False
    assert "1 von 10" in shown["html"]["[data-criterion]"]


def test_filters_show_what_they_say(page: Visitor, check: str) -> None:
    page.press(page.open(_address(check)), SAVE, {"leitbild.choice": "option:ja", "beschluss.choice": "unclear"})

    def shown(key: str) -> list[str]:
        found = page.open(f"{_address(check)}?zeige={key}")
        return [str(each.get("data-question")) for each in found.all(".//section[@data-question]")]

    assert shown("unklar") == ["beschluss"]
    assert shown("ohne-beleg") == ["leitbild"]
    assert shown("offen") == ["demografie-strategie", "zustaendigkeit", "zusammenarbeit"]
    assert len(shown("gibt-es-nicht")) == 5


def _cards(found: Page) -> dict[str, str]:
    """Class of every card by its question."""
    return {str(each.get("data-question")): str(each.get("class")) for each in found.all(".//section[@data-question]")}


def test_what_is_said_and_documented_is_one_line_with_a_way_to_change_it(page: Visitor, check: str) -> None:
    opened = page.open(_address(check))
    entries = {"leitbild.choice": "option:ja", "beschluss.choice": "option:vertretung", "leitbild.note": "Kapitel 3"}
    page.press(opened, SAVE, {**entries, **_piece(opened, USUAL, state="available")})
    found = page.open(_address(check))
    assert {id for id, kind in _cards(found).items() if "card--folded" in kind} == {"leitbild"}
    line = text_of(found.one(".//section[@id='frage-leitbild']"))
    assert "Ja" in line
    assert "1 Beleg" in line
    assert "Beleg angegeben, Fundstelle fehlt, 3 von 3 Punkten" in line
    assert "belegt" not in line
    assert not [name for name, _ in found.form(SAVE).fields if name.startswith("leitbild.")]
    way = found.link("Ändern, Frage A3")
    assert way.endswith("?offen=leitbild#frage-leitbild")
    assert page.open(way).value("leitbild.note") == "Kapitel 3"


def test_a_no_without_points_needs_no_evidence_and_is_one_line_too(page: Visitor, check: str) -> None:
    page.press(page.open(_address(check)), SAVE, {"leitbild.choice": "option:nein", "beschluss.choice": "unclear"})
    found = page.open(_address(check))
    assert "card--folded" in _cards(found)["leitbild"]
    assert "card--folded" not in _cards(found)["beschluss"]
    assert "Beleg" not in text_of(found.one(".//section[@id='frage-leitbild']"))


def test_saving_a_page_with_folded_cards_leaves_them_alone(page: Visitor, check: str) -> None:
    page.press(page.open(_address(check)), SAVE, {"leitbild.choice": "option:nein", "leitbild.note": "bleibt"})
    page.press(page.open(_address(check)), SAVE, {"beschluss.note": "neu"})
    found = page.open(f"{_address(check)}?offen=leitbild")
    assert found.value("leitbild.note") == "bleibt"
    assert ("leitbild.choice", "option:nein") in found.form(SAVE).fields


def test_a_card_that_met_a_conflict_is_open(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.choice": "option:nein", "leitbild.note": "erste"})
    met = page.press(late, SAVE, {"leitbild.note": "zweite"}, 409)
    assert met.value("leitbild.note") == "zweite"


def test_each_option_says_its_points_beside_it(page: Visitor, check: str) -> None:
    found = page.open(_address(check))
    option = found.one(".//input[@id='leitbild.choice-option:ja']")
    said = found.one(f".//*[@id='{option.get('aria-describedby')}']")
    assert text_of(said) == "3 Punkte"
    label = found.one(".//label[@for='leitbild.choice-option:ja']")
    assert text_of(label) == "Ja"


def test_evidence_is_offered_where_an_answer_can_need_it(page: Visitor, check: str) -> None:
    found = page.open(_address(check))
    offered = found.one(".//section[@id='frage-leitbild']//div[@role='group'][@aria-label='Belege zu Frage A3']")
    assert "evidence-list--offered" in str(offered.get("class"))
    assert "einer davon genügt" in text_of(offered)
    worth = {each.get("value") for each in found.all(".//fieldset[@id='leitbild.choice']//input[@data-points]")}
    assert worth == {"option:ja", "option:teilweise"}


def test_somebody_who_has_just_begun_sees_questions_first(page: Visitor, check: str) -> None:
    found = page.open(f"{_address(check)}?neu=1")
    assert not found.all(".//ul[@class='chips']")
    [said] = found.all(".//*[@data-self-saving]")
    assert text_of(said) == "Alles wird gleich gespeichert."
    assert said.get("hidden") is not None, "a script says so; without one it is not true"
    assert "Gespeichert wird deshalb erst mit dem Knopf am Ende der Seite." in text_of(found.one(".//noscript"))
    assert found.link("persönlichen Link anzeigen")
    assert page.open(_address(check)).all(".//ul[@class='chips']")


def test_an_unknown_criterion_is_a_page_that_is_not_there(page: Visitor, check: str) -> None:
    page.open(_address(check, "gibt-es-nicht"), 404)
    page.send(_address(check, "gibt-es-nicht"), {"csrf_token": page.open(_address(check)).value("csrf_token")}, 404)
