"""Stände as people see them: naming, comparing, going back; and taking single changes back."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, change
from tests.web.team.people import sit_down

GOALS = "strategische-zielsetzung"
TAKE_BACK = "Diese Änderung zurücknehmen"
NAME = "Vor der Sommerpause"


@pytest.fixture
def check(page: Visitor) -> str:
    return begin(page, interview="2027-06-15")


@pytest.fixture
def colleague(app: Flask, check: str) -> Visitor:
    return sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Kollege")


def answer(visitor: Visitor, check: str, **fields: str) -> Page:
    """Enters fields of the question A3."""
    opened = visitor.open(f"/selbstcheck/{check}/fragen/{GOALS}?offen=alle")
    return visitor.press(opened, "Speichern und weiter", {f"leitbild.{name}": said for name, said in fields.items()})


def add_piece(visitor: Visitor, check: str) -> None:
    piece = "leitbild.e.n0123456789abcdef"
    fields = {f"{piece}.title": "Ratsbrief", f"{piece}.state": "available", f"{piece}.version": "0"}
    visitor.press(visitor.open(f"/selbstcheck/{check}/fragen/{GOALS}?offen=alle"), "Speichern und weiter", fields)


def note_of(visitor: Visitor, check: str) -> str:
    return visitor.open(f"/selbstcheck/{check}/fragen/{GOALS}?offen=alle").value("leitbild.note")


def history(visitor: Visitor, check: str) -> Page:
    return visitor.open(f"/selbstcheck/{check}/verlauf")


def name_state(visitor: Visitor, check: str, name: str = NAME, status: int = 200) -> Page:
    return visitor.press(history(visitor, check), "Stand benennen", {"name": name}, status)


def button_of(found: Page, about: str) -> str:
    """The text of the newest button that takes back a change like this."""
    return next(text for each in found.all(".//button") if (text := text_of(each)).startswith(f"{TAKE_BACK}: {about}"))


def take_back(visitor: Visitor, check: str, about: str, status: int = 200) -> Page:
    found = history(visitor, check)
    return visitor.press(found, button_of(found, about), status=status)


def leads(found: Page, text: str) -> str:
    """Where the first link that begins like this leads."""
    return next(str(each.get("href")) for each in found.all(".//main//a") if text_of(each).startswith(text))


def compare(visitor: Visitor, check: str, before: str = "", after: str = "") -> Page:
    return visitor.open(f"/selbstcheck/{check}/verlauf/vergleich?von={before}&bis={after}")


def test_a_named_stand_is_listed_with_who_and_when(page: Visitor, check: str) -> None:
    named = name_state(page, check)
    assert "Stand benannt" in named.main
    (row,) = [text_of(each) for each in named.all(".//li[@class='line-item state']")]
    assert row.startswith(NAME)
    assert "Sie (noch ohne Namen)" in row


@pytest.mark.parametrize(("name", "said"), [("", "geben Sie dem Stand einen Namen"), ("x" * 121, "höchstens 120")])
def test_a_name_that_is_none_is_refused_and_kept(page: Visitor, check: str, name: str, said: str) -> None:
    refused = name_state(page, check, name, 422)
    assert said in refused.main
    assert refused.value("name") == name


def test_a_double_click_names_once(page: Visitor, check: str) -> None:
    opened = history(page, check)
    for _ in range(2):
        page.press(opened, "Stand benennen", {"name": NAME})
    assert len(history(page, check).all(".//li[@class='line-item state']")) == 1


def test_a_stand_gets_another_name_and_loses_it(page: Visitor, check: str) -> None:
    rename = leads(name_state(page, check), "Umbenennen")
    assert page.press(page.open(rename), "Speichern", {"name": ""}, 422).value("name") == ""
    renamed = page.press(page.open(rename), "Speichern", {"name": "Vor dem Urlaub"})
    assert "Vor dem Urlaub" in text_of(renamed.one(".//li[@class='line-item state']"))
    gone = page.press(page.open(rename), "Namen entfernen")
    assert not gone.all(".//li[@class='line-item state']")
    assert "Name eines Standes entfernt: Vor dem Urlaub" in gone.main
    page.open(rename, 404)


def test_two_equal_stands_have_no_differences(page: Visitor, check: str) -> None:
    name_state(page, check)
    assert "keine Unterschiede" in page.open(leads(history(page, check), "Vergleichen")).main
    assert "keine Unterschiede" in compare(page, check, "jetzt", "jetzt").main


def test_a_comparison_shows_points_answers_evidence_and_the_rest(page: Visitor, check: str) -> None:
    answer(page, check, note="vorher so")
    named = name_state(page, check)
    answer(page, check, choice="option:ja", note="nachher so")
    add_piece(page, check)
    entered = {"goal.n0123456789abcdef.title": "Radwege", "goal.n0123456789abcdef.version": "0"}
    page.press(page.open(f"/selbstcheck/{check}/ziele"), "Speichern", entered)
    found = page.open(leads(named, "Vergleichen"))
    for words in (
        f"Von {NAME}",
        "Punkte mehr",
        "vorheroffen nachherJa",
        "vorhervorher so nachhernachher so",
        "Beleg zu A3",
        "hinzugekommen",
        "Entwicklungsziel: Radwege",
    ):
        assert words in found.main
    assert any("#frage-leitbild" in str(each.get("href")) for each in found.all(".//main//a"))
    back = compare(page, check, "jetzt", "anfang")
    assert "Punkte weniger" in back.main
    assert "entfernt" in back.main


def test_a_shared_report_can_be_compared_too(page: Visitor, check: str) -> None:
    page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen")
    answer(page, check, choice="option:ja")
    found = page.open(leads(history(page, check), "Vergleichen"))
    assert "Von Bericht an IHK Darmstadt" in found.main
    assert "vorheroffen nachherJa" in found.main


@pytest.mark.parametrize("key", ["stand-99", "stand-x", "bericht-", "<b>", "9" * 50])
def test_a_stand_that_is_not_there_is_told(page: Visitor, check: str, key: str) -> None:
    assert "Diesen Stand gibt es nicht mehr" in compare(page, check, key, "jetzt").main
    page.open(f"/selbstcheck/{check}/verlauf/staende/{key.replace('<', 'x')}/zurueck", 404)


def test_going_back_says_what_changes_and_can_be_undone(page: Visitor, check: str) -> None:
    answer(page, check, choice="option:ja", note="vorher so")
    name_state(page, check)
    answer(page, check, choice="option:nein", note="nachher so")
    add_piece(page, check)
    asked = page.open(leads(history(page, check), "Zu diesem Stand zurückgehen"))
    for words in ("1 Antwort", "1 Erläuterung", "1 Beleg", f"Vor dem Zurückgehen auf „{NAME}“"):
        assert words in asked.main
    assert "Zurückgegangen" in page.press(asked, "Zu diesem Stand zurückgehen").main
    assert note_of(page, check) == "vorher so"
    rescue = leads(history(page, check), "Zu diesem Stand zurückgehen")
    page.press(page.open(rescue), "Zu diesem Stand zurückgehen")
    assert note_of(page, check) == "nachher so"
    assert "Es steht schon alles so da" in page.open(rescue).main


def test_going_back_asks_again_where_somebody_was_faster(page: Visitor, check: str, colleague: Visitor) -> None:
    name_state(page, check)
    answer(page, check, note="meins")
    asked = page.open(leads(history(page, check), "Zu diesem Stand zurückgehen"))
    answer(colleague, check, choice="option:ja")
    again = page.press(asked, "Zu diesem Stand zurückgehen", status=409)
    assert "Inzwischen hat sich etwas geändert" in again.main
    assert "1 Antwort" in again.main
    assert note_of(page, check) == "meins"
    page.press(again, "Zu diesem Stand zurückgehen")
    assert note_of(page, check) == ""


def test_a_long_name_is_cut_where_the_present_is_named_after_it(page: Visitor, check: str) -> None:
    name_state(page, check, "x" * 120)
    answer(page, check, note="da")
    page.press(page.open(leads(history(page, check), "Zu diesem Stand zurückgehen")), "Zu diesem Stand zurückgehen")
    assert "xxx…“" in history(page, check).main


def test_a_colleague_leaves_the_details_alone(page: Visitor, check: str, colleague: Visitor) -> None:
    name_state(page, check)
    details = page.open(f"/selbstcheck/{check}/angaben")
    page.press(details, "Speichern", {"municipality": "Neustadt"})
    asked = colleague.open(leads(history(colleague, check), "Zu diesem Stand zurückgehen"))
    assert "Anders sind nur die Angaben zur Kommune" in asked.main
    line = button_of(history(page, check), "Angaben zur Kommune")
    fields = history(page, check).form(line).fields
    assert line not in [text_of(each) for each in history(colleague, check).all(".//button")]
    csrf = history(colleague, check).value("csrf_token")
    colleague.send(f"/selbstcheck/{check}/verlauf/zuruecknehmen", change(fields, {"csrf_token": csrf}), 404)
    answer(page, check, note="da")
    asked = colleague.open(leads(history(colleague, check), "Zu diesem Stand zurückgehen"))
    assert "Die Angaben zur Kommune bleiben ebenfalls" in asked.main
    colleague.press(asked, "Zu diesem Stand zurückgehen")
    assert page.open(f"/selbstcheck/{check}/angaben").value("municipality") == "Neustadt"
    assert note_of(page, check) == ""


def test_a_change_is_taken_back_with_one_button(page: Visitor, check: str) -> None:
    answer(page, check, choice="option:ja", note="Kapitel 3")
    assert "Zurückgenommen" in take_back(page, check, "Erläuterung zu A3").main
    assert note_of(page, check) == ""
    assert "Mehrmals geändert, danach stand wieder da, was vorher da stand." in history(page, check).main


def test_what_stands_there_already_is_told(page: Visitor, check: str) -> None:
    answer(page, check, note="eins")
    found = history(page, check)
    button = button_of(found, "Erläuterung zu A3")
    page.press(found, button)
    assert "steht schon wieder da" in page.press(found, button).main


def test_what_was_changed_since_is_shown_and_decided(page: Visitor, check: str, colleague: Visitor) -> None:
    answer(page, check, note="eins")
    found = history(page, check)
    answer(colleague, check, note="zwei")
    button = button_of(found, "Erläuterung zu A3")
    asked = page.press(found, button, status=409)
    for words in ("Zwischenzeitlich geändert", "Kai Kollege (Kollegium)", "Meine Angabe(leer)", "Andere Angabezwei"):
        assert words in asked.main
    assert page.press(asked, "Andere Angabe behalten").h1 == "Verlauf"
    assert note_of(page, check) == "zwei"
    answer(colleague, check, note="drei")
    again = page.press(asked, "Meine Angabe übernehmen", status=409)
    assert "Andere Angabedrei" in again.main
    assert "Zurückgenommen" in page.press(again, "Meine Angabe übernehmen").main
    assert note_of(page, check) == ""


@pytest.mark.parametrize("line", ["", "1", "1-1", "x-y", "-", "99999-99999", "9" * 40, "0-0"])
def test_what_is_no_line_is_no_page(page: Visitor, check: str, line: str) -> None:
    csrf = history(page, check).value("csrf_token")
    page.send(f"/selbstcheck/{check}/verlauf/zuruecknehmen", {"csrf_token": csrf, "line": line}, 404)


def test_from_an_answer_one_gets_to_its_history(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/fragen/{GOALS}?offen=alle")
    assert "Verlauf der Frage" not in found.main
    answer(page, check, note="Kapitel 3")
    found = page.open(f"/selbstcheck/{check}/fragen/{GOALS}?offen=alle")
    assert "Kapitel 3" in page.open(found.link("Verlauf der Frage A3")).main


def test_changes_are_filtered_by_part_and_question(page: Visitor, check: str) -> None:
    answer(page, check, choice="option:ja", note="Kapitel 3", **{})
    add_piece(page, check)
    opened = history(page, check)
    notes = page.press(opened, "Anzeigen", {"was": "erlaeuterungen"})
    assert [text_of(each).split(":")[0] for each in notes.all(".//ol//h3")] == ["Erläuterung zu A3"]
    mine = page.press(opened, "Anzeigen", {"frage": "leitbild"})
    titles = [text_of(each).split(" zu ")[0] for each in mine.all(".//ol//h3")]
    assert titles == ["Beleg", "Erläuterung", "Antwort"]
    none = page.press(opened, "Anzeigen", {"was": "nachweise", "frage": "beschluss"})
    assert "Dazu hat sich noch nichts geändert" in none.main
    page.press(notes, button_of(notes, "Erläuterung zu A3"))
    assert note_of(page, check) == ""
    assert page.open(f"/selbstcheck/{check}/verlauf?was=quatsch&frage=<b>").h1 == "Verlauf"


def test_changes_are_filtered_by_who_made_them_and_when(page: Visitor, colleague: Visitor, check: str) -> None:
    answer(page, check, note="von der Koordination")
    answer(colleague, check, note="von Kai")
    opened = history(page, check)
    names = [str(each.get("value")) for each in opened.all(".//select[@name='wer']/option")]
    (name,) = [each for each in names if "Kai Kollege" in each]
    only = page.press(opened, "Anzeigen", {"wer": name})
    assert "von Kai" in only.main
    assert all("Kai Kollege" in text_of(each) for each in only.all(".//ol/li"))
    assert "von Kai" in page.press(opened, "Anzeigen", {"wann": "tag"}).main
    for nonsense in ("wer=%00", "wer=Niemand", "wann=%00", "wann=jahr"):
        assert "von der Koordination" in page.open(f"/selbstcheck/{check}/verlauf?{nonsense}").main
