"""All offices are asked on one page: who gets which questions, and what comes out of a second click."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import towns
from tests.web.accounts.registering import letters
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.team.test_hand_over import sign_in
from tests.web.team.test_team import ask_office, csrf_of, decline, team

pytestmark = pytest.mark.usefixtures("time")
DEPARTMENTS = towns.questionnaire().departments
ASK, AGAIN = "Alle angekreuzten fragen", "Briefe mit neuen Links anzeigen"


def address(check_id: str) -> str:
    return f"/selbstcheck/{check_id}/team/fachbereiche"


def only(*asked: str, **changes: str) -> dict[str, str | None]:
    """The form with only these departments ticked."""
    unticked: dict[str, str | None] = {f"{each.id}.asked": None for each in DEPARTMENTS if each.id not in asked}
    return unticked | {name.replace("__", "."): value for name, value in changes.items()}


def offices_of(shown: Page) -> list[str]:
    """Whose letters a page shows."""
    return [text_of(each) for each in shown.all(".//section[@class='section letter']//h2")]


def count_of(department: str) -> int:
    return sum(question.department == department for question in towns.questionnaire().questions)


def test_one_button_asks_every_department_once(page: Visitor, visitor: NewVisitor, check: str) -> None:
    assert team(page, check).link("Alle Fachbereiche auf einmal fragen") == address(check)
    form = page.open(address(check))
    shown = page.press(form, ASK)
    assert offices_of(shown) == [each.title for each in DEPARTMENTS]
    assert "16 Links sind erstellt" in shown.main
    links = [each.get("value", "") for each in shown.all(".//input[@data-copy]")]
    assert f"{count_of('buergermeisterbuero')} " in visitor().open(links[0].removeprefix("http://localhost")).h1
    assert offices_of(page.press(form, ASK)) == offices_of(shown)
    listed = team(page, check)
    assert len(listed.all(".//h2[@id='fachbereiche']/../..//h3")) == len(DEPARTMENTS)
    assert "Alle offenen Fragen sind bei einem Fachbereich" in page.open(address(check)).main


def test_departments_are_left_out_renamed_and_put_together(page: Visitor, check: str) -> None:
    form = page.open(address(check))
    changes = only("kita", "schulamt", "hauptamt", "personal", kita__label="Amt für Bildung", schulamt__joined="kita")
    shown = page.press(form, ASK, changes | {"personal.label": "hauptamt ", "due": "1.3.2027"})
    assert offices_of(shown) == ["Hauptamt", "Amt für Bildung"]
    assert f"{count_of('kita') + count_of('schulamt')} Fragen an das Amt für Bildung" in shown.main
    areas = [f"„{each.title}“" for each in DEPARTMENTS if each.id in ("kita", "schulamt")]
    assert f"Es geht um die Bereiche {' und '.join(areas)}." in shown.main
    assert "bis zum 01.03.2027" in shown.main
    listed = team(page, check).main
    assert "Link gilt bis 31.03.2027" in listed
    left = page.open(address(check))
    assert not left.all(".//input[@name='kita.asked']")
    assert "Amt für Bildung · 0 von" in left.main
    more = page.press(left, ASK, only("soziales", soziales__joined=_place_of(left, "Hauptamt")))
    assert offices_of(more) == ["Hauptamt"]
    assert "Soziales" not in [text_of(each) for each in team(page, check).all(".//h3")]


def test_an_office_with_another_name_is_called_so_everywhere(page: Visitor, check: str) -> None:
    titles = {each.id: each.title for each in DEPARTMENTS}
    before = page.open(f"/selbstcheck/{check}/checkliste")
    assert titles["kita"] in _chips(before)
    changes = only("kita", "schulamt", kita__label="Amt für Bildung", schulamt__joined="kita")
    page.press(page.open(address(check)), ASK, changes)
    found = page.open(f"/selbstcheck/{check}/checkliste")
    assert "Amt für Bildung" in _chips(found)
    assert not {titles["kita"], titles["schulamt"]} & _chips(found)
    assert not {title for title in (titles["kita"], titles["schulamt"]) if title in found.main}
    steps = [
        each for each in found.all(".//li[@data-part]") if each.get("data-part", "").startswith("team:department:")
    ]
    rows = [text_of(each) for each in steps]
    assert len(rows) == len(DEPARTMENTS) - 1
    assert sum("Amt für Bildung" in row for row in rows) == 1
    question = next(each for each in towns.questionnaire().questions if each.department == "kita")
    card = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}").one(f".//*[@id='frage-{question.id}']")
    assert f"{question.number} · zuständig: Amt für Bildung" in text_of(card)


def test_an_office_that_is_asked_one_question_of_many_is_not_the_whole_department(page: Visitor, check: str) -> None:
    titles = {each.id: each.title for each in DEPARTMENTS}
    assert count_of("kita") > 1
    question = next(each for each in towns.questionnaire().questions if each.department == "kita")
    ask_office(page, check, titles["kita"], label="Bauhof", questions=question.id)
    assert {titles["kita"], "Bauhof"} <= _chips(page.open(f"/selbstcheck/{check}/checkliste"))


def test_missing_documents_are_asked_for_too(page: Visitor, visitor: NewVisitor, check: str) -> None:
    question = next(each for each in towns.questionnaire().questions if each.kind == "yes_no" and each.needs_evidence)
    titles = {each.id: each.title for each in DEPARTMENTS}
    opened = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}")
    page.press(opened, "Speichern und weiter", {f"{question.id}.choice": "option:ja"})
    form = page.open(address(check))
    row = form.one(f".//*[@aria-labelledby='{question.department}.asked-titel']")
    assert f"1 Frage ohne Beleg: {question.number}" in text_of(row)
    shown = page.press(form, ASK, only(question.department))
    total = count_of(question.department)
    assert f"{total} Fragen an " in shown.main
    assert "Bei einer davon fehlt nur noch ein Beleg." in shown.main
    link = shown.one(".//input[@data-copy]").get("value", "").removeprefix("http://localhost")
    office = visitor()
    asked = office.press(office.open(link), "Öffnen")
    assert f"1 von {total} Fragen ist beantwortet. Bei einer fehlt noch ein Beleg." in asked.main
    listed = page.open(address(check)).main
    said = f"{total} Fragen, 1 davon schon von anderen beantwortet, 1 ohne Beleg"
    assert f"{titles[question.department]} · {said}" in listed
    lines = [text_of(each) for each in team(page, check).all(".//p")]
    assert f"{said}: {question.number}" in lines
    (asked,) = [line for line in lines if line.startswith("Gefragt: ")]
    assert asked.count(",") == total - 1


def test_an_office_that_is_asked_for_a_document_alone_is_waited_for(page: Visitor, check: str, time: Clock) -> None:
    question = next(each for each in towns.questionnaire().questions if each.kind == "yes_no" and each.needs_evidence)
    opened = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}")
    page.press(opened, "Speichern und weiter", {f"{question.id}.choice": "option:ja"})
    title = next(each.title for each in DEPARTMENTS if each.id == question.department)
    found = ask_office(page, check, title, questions=question.id)
    assert "Die Frage ist schon beantwortet; es fehlt nur noch ein Beleg." in found.main
    assert "noch nicht geöffnet" in team(page, check).main
    time.wait(days=25)
    assert "überfällig seit" in team(page, check).main


def test_whoever_can_be_asked_back_is_entered_first(page: Visitor, check: str) -> None:
    hint = "Noch fehlt eine Ansprechperson mit Telefon oder E-Mail."
    form = page.open(address(check))
    assert hint in form.main
    details = page.open(form.link("Ansprechperson eintragen"))
    page.press(details, "Speichern", {"name": "Eva Keller", "phone": "06100 000-120"})
    assert hint not in page.open(address(check)).main


def test_an_office_is_asked_again_by_the_name_that_it_has_here(page: Visitor, check: str) -> None:
    question = next(each for each in towns.questionnaire().questions if each.id == "kita-zentral")
    ask_office(page, check, "Kita-Verwaltung", questions=question.id, label="Amt für Kinder")
    opened = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}?offen=alle")
    page.press(opened, "Speichern und weiter", {f"{question.id}.choice": "option:nein"})
    assert page.open(address(check)).value("kita.label") == "Amt für Kinder"


def test_what_others_have_answered_is_no_answer_of_an_office(page: Visitor, visitor: NewVisitor, check: str) -> None:
    question = next(each for each in towns.questionnaire().questions if each.kind == "yes_no" and each.needs_evidence)
    opened = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}")
    page.press(opened, "Speichern und weiter", {f"{question.id}.choice": "option:ja"})
    title = next(each.title for each in DEPARTMENTS if each.id == question.department)
    link = ask_office(page, check, title, questions=question.id).one(".//input[@data-copy]").get("value", "")
    assert "1 Frage, schon von anderen beantwortet, 1 ohne Beleg" in team(page, check).main
    office = visitor()
    part = office.press(office.open(link.removeprefix("http://localhost")), "Öffnen")
    assert "1 Frage, schon von anderen beantwortet, 1 ohne Beleg" in team(page, check).main, "it has only looked"
    office.press(part, "Speichern", {f"{question.id}.note": "Ordner 3"})
    assert "1 von 1 beantwortet, 1 ohne Beleg" in team(page, check).main


def _chips(found: Page) -> set[str]:
    return {text_of(each).rpartition(" ")[0] for each in found.all(".//*[@data-offices]//a")}


def _place_of(form: Page, label: str) -> str:
    """How an office that was asked is called among those to put a department together with."""
    options = form.all(".//select[@name='soziales.joined']/option")
    return next(each.get("value", "") for each in options if text_of(each) == f"{label} (schon gefragt)")


def test_what_is_wrong_is_said_and_nothing_is_lost(app: Flask, page: Visitor, check: str) -> None:
    sign_in(app, page, "erika@example.org", "Erika")
    form = page.open(address(check))
    nobody = page.press(form, ASK, only(), 422)
    assert "mindestens einen Fachbereich" in nobody.main
    assert "kein Datum" not in page.press(form, ASK, {"due": "bald"}, 422).main
    unnamed = page.press(form, ASK, only("kita", "it", kita__label=" ", it__mail="kein Mensch"), 422)
    assert "zum Beispiel „Bauamt“" in unnamed.main
    assert unnamed.value("it.mail") == "kein Mensch"
    lost = page.press(form, ASK, only("kita", kita__joined="schulamt"), 422)
    assert "„Schule und Ganztag“ bekommt hier selbst keinen eigenen Brief" in lost.main
    circle = only("kita", "schulamt", kita__joined="schulamt", schulamt__joined="kita")
    assert "keinen eigenen Brief" in page.press(form, ASK, circle, 422).main
    two = only("kita", "it", kita__label="Amt", it__label="AMT", kita__mail="a@example.org", it__mail="b@example.org")
    assert "zwei verschiedene Adressen" in page.press(form, ASK, two, 422).main
    assert "Noch haben Sie keinen Fachbereich gefragt" in team(page, check).main
    page.send(address(check), {"csrf_token": csrf_of(page), "kita.joined": "x" * 5000, "kita.asked": "1"}, 422)


def test_mails_go_at_once_and_say_how_to_make_sure_of_them(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    assert not page.open(address(check)).all(".//input[@name='kita.mail']")
    sign_in(app, page, "erika@example.org", "Erika")
    details = page.open(f"/selbstcheck/{check}/angaben")
    said = {"name": "Erika M/uster@x", "office": "Hauptamt", "phone": "06152 123-45", "mail": "amt@stadt.example"}
    page.press(details, "Speichern", said)
    form = page.open(address(check))
    for _ in range(2):
        shown = page.press(form, ASK, only("kita", "schulamt", kita__mail="kita@example.org", due="1.3.2027"))
    assert "geht als Mail an kita@example.org" not in shown.main
    [sent] = letters(app, "kita@example.org")
    assert sent.subject == f"Musterstadt am Main: {count_of('kita')} Fragen an die Kita-Verwaltung"
    for words in (
        "Bitte antworten Sie bis zum 01.03.2027 über diesen Link:",
        "Fragen Sie nach: telefonisch unter 06152 123-45 oder der Nummer aus Ihrem Telefonverzeichnis, "
        "oder per E-Mail an erika@example.org.",
        "Verschickt hat sie der Selbstcheck für mich",
        "Mit freundlichen Grüßen\nErika M uster x\nHauptamt\n06152 123-45\nMusterstadt am Main\n",
    ):
        assert words in sent.body
    assert "an Sie" in visitor().open(sent.links[0]).h1
    assert "telefonisch unter 06152 123-45" in shown.main


def test_an_office_that_was_asked_before_shows_its_state_and_is_not_asked_again(
    app: Flask, page: Visitor, check: str, time: Clock
) -> None:
    ask_office(page, check)
    shown = page.open(address(check))
    assert "Stadtplanung · 0 von 4 beantwortet" in shown.main
    assert not shown.all(".//input[@name='stadtplanung.asked']")
    assert offices_of(page.press(shown, AGAIN)) == ["Stadtplanung"]
    question = next(each for each in towns.questionnaire().questions if each.department == "stadtplanung")
    decline(app, str(question.id), time.moment)
    again = page.open(address(check))
    assert f"„nicht zuständig“ zurück kam {question.number}" in again.main
    assert not again.all(".//input[@name='stadtplanung.asked']")


def test_another_office_for_one_question_has_it_ticked(app: Flask, page: Visitor, check: str, time: Clock) -> None:
    ask_office(page, check)
    question = next(each for each in towns.questionnaire().questions if each.department == "stadtplanung")
    decline(app, str(question.id), time.moment)
    chosen = page.open(team(page, check).link(f"Anderen Fachbereich fragen, Frage {question.number}"))
    for name in ("Anderer Fachbereich", "Bürgerbüro"):
        form = page.open(chosen.link(name))
        ticked = [each.get("value") for each in form.all(".//input[@name='questions'][@checked]")]
        assert ticked == [question.id]
    done = page.press(form, "Link erstellen")
    assert "1 Frage an das Bürgerbüro" in done.main
    assert "Nicht zuständig" not in team(page, check).main
