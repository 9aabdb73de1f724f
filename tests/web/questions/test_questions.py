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
    """Opens the first criterion once more."""
    return lambda: page.open(_address(check))


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
    assert sorted(_changed(page, check)) == ["Antwort", "Erläuterung", "Nachweis"]
    opened = window()
    page.press(opened, SAVE, {"leitbild.note": opened.value("leitbild.note").replace("\n", "\r\n")})
    assert sorted(_changed(page, check)) == ["Antwort", "Erläuterung", "Nachweis"]


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
    assert "Koordination" in said
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


@pytest.mark.parametrize(("button", "kept"), [(MINE, "Seite zwei"), (THEIRS, "Seite eins")])
def test_a_usual_piece_made_in_two_windows_is_decided(
    page: Visitor, window: Callable[[], Page], button: str, kept: str
) -> None:
    early, late = window(), window()
    page.press(early, SAVE, _piece(early, USUAL, state="available", file_number="Seite eins"))
    met = page.press(late, SAVE, _piece(late, USUAL, state="missing", file_number="Seite zwei"), 409)
    assert [text_of(each) for each in met.one(".//*[@id='konflikte-leitbild']").iter("dd")] == [
        f"{USUAL}: fehlt noch, Seite zwei",
        f"{USUAL}: liegt vor, Seite eins",
    ]
    met = page.press(met, SAVE, status=409)
    assert met.value(_named(met, USUAL, "file_number")) == "Seite zwei"
    page.press(met, button)
    found = window()
    assert found.value(_named(found, USUAL, "file_number")) == kept
    assert _state(found, USUAL) == ("missing" if button == MINE else "available")


def test_a_usual_piece_with_a_mistake_keeps_it_while_another_window_stores_it(
    page: Visitor, window: Callable[[], Page]
) -> None:
    early, late = window(), window()
    page.press(early, SAVE, _piece(early, USUAL, state="available"))
    met = page.press(late, SAVE, _piece(late, USUAL, link="javascript:alert(1)"), 422)
    assert met.value(_named(met, USUAL, "link")) == "javascript:alert(1)"
    met = page.press(met, SAVE, _piece(met, USUAL, link="https://www.musterstadt.de"), 409)
    page.press(met, MINE)
    assert window().value(_named(window(), USUAL, "link")) == "https://www.musterstadt.de"


def _add_own(page: Visitor, found: Page, title: str = "Ratsbrief", **fields: str) -> Page:
    new = next(str(each.get("name")) for each in found.controls if str(each.get("name")).startswith("leitbild.e.n"))
    prefix = new.rpartition(".")[0]
    entered = {f"{prefix}.{name}": said for name, said in {"title": title, **fields}.items()}
    return page.press(found, SAVE, entered)


def test_an_own_piece_is_added_on_the_spot_and_removed(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    opened = window()
    new = next(str(each.get("name")) for each in opened.controls if str(each.get("name")).startswith("leitbild.e.n"))
    prefix = new.rpartition(".")[0]
    entered = {f"{prefix}.title": "Ratsbrief", f"{prefix}.state": "available", "stay": "leitbild"}
    response = page.post(opened.address, change(opened.form(SAVE).fields, entered))
    assert response.headers["Location"].endswith(f"{GOALS}#frage-leitbild")
    found = window()
    assert _state(found, "Ratsbrief") == "available"
    page.post(opened.address, change(opened.form(SAVE).fields, entered))
    assert sum("Ratsbrief" in text_of(each) for each in window().all(".//li[@class='evidence']")) == 1
    page.press(found, SAVE, _piece(found, "Ratsbrief", remove="y"))
    assert "Ratsbrief" not in [text_of(each) for each in window().all(".//li[@class='evidence']")]
    assert "danach stand wieder da, was vorher da stand" in page.open(f"/selbstcheck/{check}/verlauf").main


@pytest.mark.parametrize(("button", "there"), [(MINE, False), (THEIRS, True)])
def test_taking_away_what_somebody_changed_is_decided(
    page: Visitor, window: Callable[[], Page], button: str, there: bool
) -> None:
    _add_own(page, window())
    early, late = window(), window()
    page.press(early, SAVE, _piece(early, "Ratsbrief", page="12"))
    met = page.press(late, SAVE, _piece(late, "Ratsbrief", remove="y"), 409)
    assert [text_of(each) for each in met.one(".//*[@id='konflikte-leitbild']").iter("dd")] == [
        "(entfernt)",
        "Ratsbrief: fehlt noch, Seite 12",
    ]
    page.press(met, button)
    assert any("Ratsbrief" in text_of(each) for each in window().all(".//li[@class='evidence']")) is there


@pytest.mark.parametrize(("button", "there"), [(MINE, True), (THEIRS, False)])
def test_changing_what_somebody_took_away_is_decided(
    page: Visitor, window: Callable[[], Page], button: str, there: bool
) -> None:
    _add_own(page, window())
    early, late = window(), window()
    page.press(early, SAVE, _piece(early, "Ratsbrief", remove="y"))
    met = page.press(late, SAVE, _piece(late, "Ratsbrief", page="12"), 409)
    met = page.press(met, SAVE, status=409)
    page.press(met, button)
    assert any("Seite 12" in text_of(each) for each in window().all(".//li[@class='evidence']")) is there


def test_taking_a_piece_away_does_not_check_it(page: Visitor, window: Callable[[], Page]) -> None:
    _add_own(page, window())
    early, late = window(), window()
    page.press(early, SAVE, _piece(early, "Ratsbrief", page="12"))
    met = page.press(late, SAVE, _piece(late, "Ratsbrief", remove="y", valid_until="irgendwann"), 409)
    page.press(met, MINE)
    assert not any("Ratsbrief" in text_of(each) for each in window().all(".//li[@class='evidence']"))


@pytest.mark.parametrize(
    ("field", "entered", "wanted"),
    [
        ("link", "javascript:alert(1)", "https://"),
        ("link", "ftp://www.musterstadt.de", "https://"),
        ("link", "data:text/html,x", "https://"),
        ("valid_until", "31.02.2027", "30.06.2027"),
        ("valid_until", "bald", "30.06.2027"),
        ("title", "", "Titel"),
        ("title", "t" * 201, "200"),
        ("page", "s" * 41, "40"),
        ("file_number", "a" * 121, "120"),
    ],
)
def test_a_piece_with_a_mistake_is_refused_at_its_field_and_the_rest_is_saved(
    page: Visitor, window: Callable[[], Page], field: str, entered: str, wanted: str
) -> None:
    _add_own(page, window(), link="https://www.musterstadt.de/ratsbrief")
    opened = window()
    name = _named(opened, "Ratsbrief", field)
    found = page.press(opened, SAVE, {name: entered, "leitbild.note": "kommt durch"}, 422)
    assert found.value(name) == entered
    assert wanted in text_of(found.one(f".//*[@id='{name}-fehler']"))
    assert found.all(f".//a[@href='#{name}']")
    assert window().value("leitbild.note") == "kommt durch"
    assert window().value(_named(window(), "Ratsbrief", "link")) == "https://www.musterstadt.de/ratsbrief"


@pytest.mark.parametrize("entered", ["2026-12-31", "31.12.2026"])
def test_a_piece_that_ran_out_is_marked_and_proves_nothing(
    page: Visitor, window: Callable[[], Page], entered: str
) -> None:
    opened = window()
    entries = {"leitbild.choice": "option:ja", **_piece(opened, USUAL, state="available", valid_until=entered)}
    page.press(opened, SAVE, entries)
    assert "belegt" in text_of(window().one(".//*[@id='stand-leitbild']"))
    opened = window()
    page.press(opened, SAVE, _piece(opened, USUAL, valid_until="01.02.2020"))
    found = window()
    row = next(each for each in found.all(".//li[@class='evidence']") if USUAL in text_of(each))
    assert "gilt nicht lange genug" in text_of(row)
    assert "Beleg fehlt" in text_of(found.one(".//*[@id='stand-leitbild']"))
    assert found.value(_named(found, USUAL, "valid_until")) == "01.02.2020"


def test_a_save_by_script_answers_with_everything_new(page: Visitor, check: str) -> None:
    opened = page.open(_address(check))
    answer = _send(page, opened, {"leitbild.choice": "option:ja"})
    assert answer.status_code == 200
    said = answer.json
    assert set(said) == {"at", "parts", "html", "hidden"}
    assert said["parts"]["leitbild.choice"]["state"] == "saved"
    assert said["parts"]["leitbild.choice"]["version"] == 1
    assert said["parts"]["leitbild.choice"]["base"] != opened.value("leitbild.choice-base")
    assert "Beleg fehlt" in said["html"]["#stand-leitbild"]
    assert "1 von 5" in said["html"]["[data-criterion]"]
    assert said["hidden"]["leitbild"] is False
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
    found = page.open(_address(check, MOVING_IN))
    assert "hidden" in found.one(".//section[@id='frage-paket-inhalt']").attrib
    shown = _send(page, found, {"willkommenspaket.choice": "option:alle"}).json
    assert shown["hidden"]["paket-inhalt"] is False
    assert "1 von 10" in shown["html"]["[data-criterion]"]


def test_a_usual_piece_gets_its_number_by_script_and_can_be_changed_on(
    page: Visitor, check: str, window: Callable[[], Page]
) -> None:
    opened = window()
    prefix = _named(opened, USUAL, "version").removesuffix("version")
    sent = {"state": "available", "version": "0"} | {
        kept: opened.value(f"{prefix}{kept}") for kept in ("title", "base")
    }
    saved = _post_piece(page, opened, prefix, sent)
    name = saved["name"]
    assert name != prefix.removesuffix(".")
    changed = sent | {"version": str(saved["version"]), "base": saved["base"], "link": "https://www.musterstadt.de"}
    assert _post_piece(page, opened, f"{name}.", changed)["version"] == 2
    same = changed | {"version": "2", "base": window().value(f"{name}.base")}
    assert _post_piece(page, opened, f"{name}.", same)["version"] == 2
    assert _state(window(), USUAL) == "available"
    assert _changed(page, check) == ["Nachweis"]


def test_a_usual_piece_made_in_two_windows_is_decided_by_script(page: Visitor, window: Callable[[], Page]) -> None:
    early, late = window(), window()
    prefix = _named(early, USUAL, "version").removesuffix("version")
    sent = {"version": "0", "base": early.value(f"{prefix}base")}
    _post_piece(page, early, prefix, sent | {"state": "available"})
    mine = sent | {"state": "missing", "file_number": "Ordner 3"}
    assert _post_piece(page, late, prefix, mine, 409) == {"state": "conflict"}
    decided = _post_piece(page, late, prefix, mine | {"version": "1", "base": ""})
    assert (decided["state"], decided["version"]) == ("saved", 2)
    assert window().value(_named(window(), USUAL, "file_number")) == "Ordner 3"


def _post_piece(
    page: Visitor, found: Page, prefix: str, fields: dict[str, str], status: int = 200
) -> dict[str, object]:
    token = found.one(".//meta[@name='csrf-token']").get("content", "")
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    answer = page.post(found.address, {f"{prefix}{name}": said for name, said in fields.items()}, headers=headers)
    assert answer.status_code == status
    return dict(answer.json["parts"][prefix.removesuffix(".")])


def test_filters_show_what_they_say(page: Visitor, check: str) -> None:
    page.press(page.open(_address(check)), SAVE, {"leitbild.choice": "option:ja", "beschluss.choice": "unclear"})

    def shown(key: str) -> list[str]:
        found = page.open(f"{_address(check)}?zeige={key}")
        return [str(each.get("data-question")) for each in found.all(".//section[@data-question]")]

    assert shown("unklar") == ["beschluss"]
    assert shown("ohne-beleg") == ["leitbild"]
    assert shown("offen") == ["demografie-strategie", "zustaendigkeit", "zusammenarbeit"]
    assert len(shown("gibt-es-nicht")) == 5


def test_an_unknown_criterion_is_a_page_that_is_not_there(page: Visitor, check: str) -> None:
    page.open(_address(check, "gibt-es-nicht"), 404)
    page.send(_address(check, "gibt-es-nicht"), {"csrf_token": page.open(_address(check)).value("csrf_token")}, 404)
