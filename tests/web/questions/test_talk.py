"""Working on one question together: who is to answer it, and what colleagues ask each other about it."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor
from tests.web.statements import listen
from tests.web.team.people import sit_down

CRITERION = towns.questionnaire().criteria[0]
QUESTION, OTHER = CRITERION.questions[:2]
ASSIGNEE, COMMENT, NOTE = (f"{QUESTION.id}.{part}" for part in ("assignee", "comment", "note"))
SAVE = "Speichern und weiter"
MINE, THEIRS = "Meine Angabe übernehmen", "Andere Angabe behalten"
Saving = Callable[..., dict[str, object]]


@pytest.fixture
def kai(app: Flask, check: str) -> Visitor:
    """A colleague with a browser of his own."""
    return sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")


def address(check_id: str) -> str:
    return f"/selbstcheck/{check_id}/fragen/{CRITERION.id}"


def look(visitor: Visitor, check_id: str) -> Page:
    return visitor.open(address(check_id))


def people(found: Page, name: str = ASSIGNEE) -> dict[str, str]:
    """Values of the select by what they say."""
    return {text_of(each): each.get("value", "") for each in found.all(f".//select[@id='{name}']/option")}


def chosen(found: Page, name: str = ASSIGNEE) -> str:
    """Who is to answer."""
    options = found.all(f".//select[@id='{name}']/option")
    return next(text_of(each) for each in options if "selected" in each.attrib)


def assign(visitor: Visitor, check_id: str, who: str, found: Page | None = None, status: int = 200) -> Page:
    found = found or look(visitor, check_id)
    return visitor.press(found, SAVE, {ASSIGNEE: people(found)[who]}, status)


def thread(found: Page) -> list[str]:
    return [text_of(each) for each in found.all(f".//div[@id='rueckfragen-{QUESTION.id}']//li")]


def summary(found: Page) -> str:
    place = next(iter(found.all(f".//div[@id='rueckfragen-{QUESTION.id}']/../..")))
    return text_of(next(iter(place.iter("summary"))))


def section(found: Page, name: str) -> Element:
    """A part of „Mein Teil“."""
    return found.one(f".//section[@aria-labelledby='{name}']")


def talk(visitor: Visitor, found: Page, action: str, status: int = 200, **changes: str) -> Page:
    """Presses the button at the first comment of the question, or the one that sends."""
    value = f"add::{QUESTION.id}"
    if action != "add":
        buttons = [str(each.get("value")) for each in found.all(".//button[@name='talk']")]
        value = next(each for each in buttons if each.startswith(f"{action}:"))
    fields = [pair for pair in found.form(SAVE).fields if pair[0] not in changes]
    return visitor.send(found.address, [*fields, *changes.items(), ("talk", value)], status)


def ask(visitor: Visitor, check_id: str, text: str, status: int = 200) -> Page:
    return talk(visitor, look(visitor, check_id), "add", status, **{COMMENT: text})


def test_whoever_works_alone_has_nobody_to_choose_and_nobody_to_ask(page: Visitor, check: str) -> None:
    found = look(page, check)
    assert not found.all(".//select")
    assert not found.all(".//button[@name='talk']")


def test_everybody_who_has_a_place_can_be_chosen_offices_cannot(
    app: Flask, page: Visitor, kai: Visitor, check: str
) -> None:
    sit_down(app, check, Role.OFFICE, "Bauamt", "Erika Muster", QUESTION.id)
    found = look(page, check)
    assert list(people(found)) == ["niemand", "Koordination (Sie)", "Kai Krause (Kollegium)"]
    assert "Gefragt ist auch: Bauamt" in found.main
    assert list(people(look(kai, check))) == ["niemand", "Koordination", "Kai Krause (Kollegium) (Sie)"]


def test_an_assigned_question_is_somebodys_part_and_found_by_the_filter(
    page: Visitor, kai: Visitor, check: str
) -> None:
    assign(page, check, "Kai Krause (Kollegium)")
    assert chosen(look(page, check)) == "Kai Krause (Kollegium)"
    filtered = kai.open(f"{address(check)}?zeige=mir-zugewiesen")
    assert [each.get("data-question") for each in filtered.all(".//section[@data-question]")] == [QUESTION.id]
    assert QUESTION.name in text_of(section(kai.open(f"/selbstcheck/{check}/mein-teil"), "zugewiesen"))
    assert "Ihnen ist noch keine Frage zugewiesen." in page.open(f"/selbstcheck/{check}/mein-teil").main
    team = page.open(f"/selbstcheck/{check}/team").main
    assert "Ende ändern" in team
    assert "Als Blatt drucken" not in team


def test_my_questions_stand_with_those_first_that_wait_for_me(page: Visitor, kai: Visitor, check: str) -> None:
    found = look(page, check)
    number = people(found)["Kai Krause (Kollegium)"]
    best = f"{QUESTION.id}.choice"
    page.press(found, SAVE, {ASSIGNEE: number, f"{OTHER.id}.assignee": number, best: "option:nein"})
    mine = section(kai.open(f"/selbstcheck/{check}/mein-teil"), "zugewiesen")
    assert [text_of(link).partition(":")[0] for link in mine.iter("a")] == [OTHER.number, QUESTION.number]


def test_the_history_says_who_was_and_who_is_to_answer(page: Visitor, kai: Visitor, check: str) -> None:
    assign(page, check, "Kai Krause (Kollegium)")
    row = text_of(page.open(f"/selbstcheck/{check}/verlauf").one(".//ol/li[1]"))
    assert row.startswith("Zuständigkeit zu")
    assert "niemand" in row
    assert "Kai Krause (Kollegium)" in row


def test_two_people_who_assign_decide_between_both(page: Visitor, kai: Visitor, check: str) -> None:
    stale = look(kai, check)
    assign(page, check, "Koordination (Sie)")
    met = assign(kai, check, "Kai Krause (Kollegium) (Sie)", stale, 409)
    assert "Zwischenzeitlich geändert" in met.main
    assert chosen(met) == "Kai Krause (Kollegium) (Sie)"
    assert chosen(look(page, check)) == "Koordination (Sie)"
    kai.press(met, THEIRS)
    assert chosen(look(page, check)) == "Koordination (Sie)"
    kai.press(met, MINE)
    assert chosen(look(page, check)) == "Kai Krause (Kollegium)"


@pytest.mark.parametrize("nonsense", ["999999", "x", "-1"])
def test_who_has_no_place_is_refused_and_everything_else_is_saved(
    page: Visitor, kai: Visitor, check: str, nonsense: str
) -> None:
    found = look(page, check)
    status = 422 if nonsense == "999999" else 200
    page.press(found, SAVE, {ASSIGNEE: nonsense, NOTE: "Ordner 12"}, status)
    after = look(page, check)
    assert after.value(NOTE) == "Ordner 12"
    assert chosen(after) == "niemand"


def test_our_script_saves_who_is_to_answer(page: Visitor, kai: Visitor, check: str) -> None:
    found = look(page, check)
    number = people(found)["Kai Krause (Kollegium)"]
    names = (ASSIGNEE, f"{ASSIGNEE}-version", f"{ASSIGNEE}-base", "csrf_token")
    fields = {name: found.value(name) if name != ASSIGNEE else number for name in names}
    answer = page.post(found.address, fields, headers={"Accept": "application/json"})
    part = {"state": "saved", "version": int(number), "base": number}
    assert (answer.status_code, answer.json["parts"]) == (200, {ASSIGNEE: part})
    assert 'zuständig: <span translate="no">Kai Krause' in answer.json["html"][f"#fuer-{QUESTION.id}"]
    again = page.post(found.address, fields, headers={"Accept": "application/json"})
    assert again.json["parts"] == {ASSIGNEE: part}
    back = fields | {ASSIGNEE: "0", f"{ASSIGNEE}-version": number, f"{ASSIGNEE}-base": number}
    answer = page.post(found.address, back, headers={"Accept": "application/json"})
    assert answer.json["parts"][ASSIGNEE] == {"state": "saved", "version": 0, "base": "0"}
    assert "meist zuständig" in answer.json["html"][f"#fuer-{QUESTION.id}"]


def test_counts_of_what_is_mine_come_with_the_save_by_script(page: Visitor, kai: Visitor, check: str) -> None:
    found = look(kai, check)
    names = (f"{ASSIGNEE}-version", f"{ASSIGNEE}-base", "csrf_token")
    mine = next(value for name, value in people(found).items() if name.startswith("Kai Krause"))
    fields = {name: found.value(name) for name in names} | {ASSIGNEE: mine}
    counts = kai.post(found.address, fields, headers={"Accept": "application/json"}).json["counts"]
    assert counts == {f"{address(check)}?zeige=mir-zugewiesen": 1, f"{address(check)}?zeige=mit-rueckfrage": 0}


def test_an_office_assigns_nothing_and_writes_no_comment(app: Flask, page: Visitor, kai: Visitor, check: str) -> None:
    office = sit_down(app, check, Role.OFFICE, "Bauamt", "Erika Muster", QUESTION.id)
    number = people(look(page, check))["Koordination (Sie)"]
    found = office.open(f"/selbstcheck/{check}/auftrag")
    assert not found.all(".//select")
    fields = {"csrf_token": found.value("csrf_token"), NOTE: "", f"{NOTE}-version": "0"}
    forged = {ASSIGNEE: number, f"{ASSIGNEE}-version": "0", f"{ASSIGNEE}-base": "0", COMMENT: "Ich auch"}
    office.send(found.address, fields | forged | {"talk": f"add::{QUESTION.id}"})
    after = look(page, check)
    assert chosen(after) == "niemand"
    assert not thread(after)


def test_an_office_sees_no_comments_and_not_who_is_to_answer(
    app: Flask, page: Visitor, kai: Visitor, check: str
) -> None:
    office = sit_down(app, check, Role.OFFICE, "Bauamt", "Erika Muster", QUESTION.id)
    assign(page, check, "Kai Krause (Kollegium)")
    ask(page, check, "Vertraulich")
    found = office.open(f"/selbstcheck/{check}/auftrag")
    assert "Vertraulich" not in found.source
    assert "Kai Krause" not in found.source


def test_a_comment_stands_at_the_question_as_it_was_typed(page: Visitor, kai: Visitor, check: str) -> None:
    found = ask(page, check, "<b>Stimmt</b> das?\nOrdner 12 & 13")
    assert found.address == address(check)
    assert summary(found) == f"Zuständig und Rückfragen (1), Frage {QUESTION.number}"
    place = look(kai, check).one(f".//div[@id='rueckfragen-{QUESTION.id}']//p[@class='typed comment__text']")
    assert (place.text, len(place)) == ("<b>Stimmt</b> das?\nOrdner 12 & 13", 0)


def test_a_comment_leads_back_to_its_question_and_keeps_the_filter(page: Visitor, kai: Visitor, check: str) -> None:
    found = page.open(f"{address(check)}?zeige=offen")
    fields = [*found.form(SAVE).fields, ("talk", f"add::{QUESTION.id}")]
    answer = page.post(str(found.form(SAVE).action), [*fields, (COMMENT, "Wer weiß das?")])
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{address(check)}?zeige=offen&offen={QUESTION.id}#rueckfragen-{QUESTION.id}"


def test_what_was_typed_beside_a_comment_is_saved_with_it(page: Visitor, kai: Visitor, check: str) -> None:
    talk(page, look(page, check), "add", **{COMMENT: "Wer weiß das?", NOTE: "Ordner 12"})
    assert look(page, check).value(NOTE) == "Ordner 12"


def test_a_comment_is_not_lost_when_the_page_is_saved_without_sending_it(
    page: Visitor, kai: Visitor, check: str
) -> None:
    page.press(look(page, check), SAVE, {COMMENT: "Wer weiß das?"})
    assert len(thread(look(page, check))) == 1


def test_the_same_form_sent_twice_makes_one_comment(page: Visitor, kai: Visitor, check: str) -> None:
    found = look(page, check)
    for _ in range(2):
        talk(page, found, "add", **{COMMENT: "Wer weiß das?"})
    assert len(thread(look(page, check))) == 1


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_an_empty_comment_is_none(page: Visitor, kai: Visitor, check: str, blank: str) -> None:
    assert not thread(ask(page, check, blank))


def test_a_comment_that_is_too_long_is_kept_and_says_why(page: Visitor, kai: Visitor, check: str) -> None:
    long = "x" * 2001
    found = ask(page, check, long, 422)
    assert found.value(COMMENT) == long
    assert "Bitte kürzen Sie Ihren Text auf höchstens 2.000 Zeichen." in found.main
    assert not thread(look(page, check))
    assert len(thread(ask(page, check, "x" * 2000))) == 1


def test_a_comment_is_resolved_and_opened_again_by_anybody(page: Visitor, kai: Visitor, check: str) -> None:
    ask(page, check, "Wer weiß das?")
    resolved = talk(kai, look(kai, check), "resolve")
    assert summary(resolved) == f"Zuständig und Rückfragen (alle erledigt), Frage {QUESTION.number}"
    assert "Erledigt: Kai Krause (Kollegium)" in thread(resolved)[0]
    assert QUESTION.text not in text_of(section(page.open(f"/selbstcheck/{check}/mein-teil"), "rueckfragen"))
    assert summary(talk(page, look(page, check), "reopen")).startswith("Zuständig und Rückfragen (1)")


def test_only_own_comments_can_be_taken_away(page: Visitor, kai: Visitor, check: str) -> None:
    found = ask(page, check, "Vertraulich")
    seen = look(kai, check)
    assert not [each for each in seen.all(".//button[@name='talk']") if str(each.get("value")).startswith("remove")]
    number = next(str(each.get("value")) for each in found.all(".//button[@name='talk']")).split(":")[1]
    fields = [*seen.form(SAVE).fields, ("talk", f"remove:{number}:{QUESTION.id}")]
    kai.send(seen.address, fields)
    assert thread(look(page, check))
    assert not thread(talk(page, look(page, check), "remove"))


def test_the_coordination_takes_out_what_others_wrote(page: Visitor, kai: Visitor, check: str) -> None:
    ask(kai, check, "Herr Geheim weiß das")
    assert not [link for link in look(kai, check).all(".//a") if text_of(link).startswith("Überall entfernen")]
    link = next(link for link in look(page, check).all(".//a") if text_of(link).startswith("Überall entfernen"))
    found = page.open(link.get("href", ""))
    assert "Herr Geheim weiß das" in found.main
    page.press(found, "Überall entfernen")
    assert "Geheim" not in look(kai, check).source


@pytest.mark.parametrize("nonsense", ["resolve:999:x", "remove::", "resolve", "drop:1:x", "add::gibt-es-nicht", "::::"])
def test_a_button_that_nobody_has_does_nothing(page: Visitor, kai: Visitor, check: str, nonsense: str) -> None:
    ask(page, check, "Wer weiß das?")
    found = look(page, check)
    page.send(found.address, [*found.form(SAVE).fields, ("talk", nonsense)])
    assert summary(look(page, check)).startswith("Zuständig und Rückfragen (1)")


def test_a_colleague_finds_what_was_asked(page: Visitor, kai: Visitor, check: str) -> None:
    ask(page, check, "Wer weiß das? " + "Bitte nachsehen. " * 20)
    mine = kai.open(f"/selbstcheck/{check}/mein-teil")
    asked = section(mine, "rueckfragen")
    assert "Wer weiß das?" in text_of(asked)
    assert "…" in text_of(asked)
    assert next(asked.iter("a")).get("href") == f"{address(check)}?offen={QUESTION.id}#rueckfragen-{QUESTION.id}"
    assert f"Rückfrage zu {QUESTION.number}" in text_of(section(mine, "neues"))
    filtered = kai.open(f"{address(check)}?zeige=mit-rueckfrage")
    assert [each.get("data-question") for each in filtered.all(".//section[@data-question]")] == [QUESTION.id]


def test_a_page_takes_no_more_statements_with_people_and_comments(
    app: Flask, page: Visitor, kai: Visitor, check: str
) -> None:
    for number in range(3):
        ask(page, check, f"Frage {number}")
    assign(page, check, "Kai Krause (Kollegium)")
    with listen(app) as sent:
        look(page, check)
    assert len(sent) <= 7


def test_assigning_takes_few_statements(app: Flask, page: Visitor, kai: Visitor, check: str) -> None:
    found = look(page, check)
    names = (f"{ASSIGNEE}-version", f"{ASSIGNEE}-base", "csrf_token")
    fields = {name: found.value(name) for name in names} | {ASSIGNEE: people(found)["Kai Krause (Kollegium)"]}
    with listen(app) as sent:
        page.post(found.address, fields, headers={"Accept": "application/json"})
    assert len(sent) <= 9
