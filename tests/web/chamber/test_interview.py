"""Prüfgespräch: the agenda before it, the page to write on in it, the record and its versions after it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask import Flask

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.judgement import Said, Sufficiency
from selfcheck.reporting.documents.file import File
from selfcheck.store.chamber import cases
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.judging import judgements
from selfcheck.store.chamber.judging.judgements import JudgementWrite
from selfcheck.store.chamber.talk import threads
from selfcheck.store.chamber.talk.threads import Message
from tests import reviews, towns
from tests.reporting.documents.pdf import text_of as text_of_pdf
from tests.reporting.documents.readers import read_excel, read_word
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin, fill
from tests.web.statements import listen
from tests.web.team.people import seat_account

QUESTION = towns.questionnaire().questions[0]
CRITERION = towns.questionnaire().criteria[0]
MAIL = "erika@example.org"
NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
RESULT, MINUTES, PLACE = "gespraech.result.whole", "gespraech.minutes.whole", "gespraech.place.whole"
ROW, SAID = f"gespraech.row.{QUESTION.id}", f"gespraech.said.{QUESTION.id}"
UNKNOWN = ("said.gibt-es-nicht", "row.gibt-es-nicht", "who.niemand", "good.x", "quatsch.whole", "row.")
JSON = {"Accept": "application/json"}
ASKED, WHY = "Wann war der Beschluss?", "Der Beschluss ist zu alt."


@pytest.fixture
def case_id(app: Flask, page: Visitor) -> str:
    """A case with an open Rückfrage and a judgement that differs."""
    check = begin(page, interview="2027-06-15")
    fill(page, check, towns.sample().answers)
    seat_account(app, check, MAIL)
    return reviews.send(app, check, MAIL)


@pytest.fixture
def petra(app: Flask, visitor: NewVisitor, case_id: str) -> Visitor:
    """The advisor who has asked and judged."""
    browser = visitor()
    account = reviews.add_advisor(app, browser, "petra@ihk.example", "Petra Rathmann")
    with app.test_request_context():
        case = _find(case_id)
        advisor = Advisor(account, "Petra Rathmann", "petra@ihk.example", reviews.DARMSTADT)
        threads.ask(case.id, QuestionId(QUESTION.id), Message(ASKED, "0" * 32), advisor, NOW)
        said = Said(Decimal(0), Sufficiency.TO_DISCUSS, WHY)
        judgements.save(case.id, [JudgementWrite(QUESTION.id, 0, said, case.stand, Decimal(1))], advisor, NOW)
    return browser


@pytest.fixture
def kai(app: Flask, visitor: NewVisitor, case_id: str) -> Visitor:
    """Another advisor of the same chamber."""
    browser = visitor()
    reviews.add_advisor(app, browser, "kai@ihk.example", "Kai Senft")
    return browser


def _find(case_id: str) -> Case:
    case = cases.find_case(reviews.DARMSTADT, case_id)
    assert case is not None
    return case


def address(case_id: str, more: str = "") -> str:
    return f"/beratung/{case_id}/gespraech{more}"


def row_of(found: Page, key: str) -> str:
    return text_of(found.one(f".//div[@aria-labelledby='thema-{key}']"))


def new_of(found: Page) -> str:
    """How the fields of the empty topic begin."""
    stored = {str(each.get("name")) for each in found.controls}
    return next(name for name in stored if name.startswith("gespraech.row.n") and name.endswith(".title"))[:-6]


def test_the_agenda_says_what_there_is_to_talk_about_and_why(petra: Visitor, case_id: str) -> None:
    found = petra.open(address(case_id))
    assert found.h1 == "Agenda für das Prüfgespräch und Prüfprotokoll"
    said = row_of(found, QUESTION.id)
    assert QUESTION.number in said
    assert f"Rückfrage: {ASKED}" in said
    assert WHY in said
    assert "Nur für die IHK" in said
    assert "nach Gewicht" in said
    assert "Prüfgespräch am 15.06.2027" in found.main
    assert "von 120 Minuten" in found.main
    numbers = [text_of(each).split()[0] for each in found.all(".//div[@role='group']//h3[@class='topic__title']")]
    letters = [number for number in numbers if number[0] in "ABCDE"]
    assert letters == sorted(letters, key=lambda number: (number[0], int(number[1:] or 99)))


def test_everything_comes_back_as_it_was_typed(petra: Visitor, case_id: str) -> None:
    typed = {
        f"{PLACE}.text": "Rathaus, Saal 2",
        f"{MINUTES}.text": "90 Minuten",
        f"{SAID}.text": "Beschluss vom\nMai 2026",
        f"{ROW}.minutes": "25",
        f"gespraech.good.{CRITERION.id}.text": "Das Leitbild lebt",
        f"gespraech.better.{CRITERION.id}.text": "Messgrößen fehlen",
        "gespraech.who.others.text": "Frau Beispiel",
        "gespraech.method.whole.text": "on site",
        "gespraech.check_quality.whole.text": "sorgfältig",
        f"{RESULT}.text": "Bestanden <b>mit</b> Lob",
    }
    found = petra.press(petra.open(address(case_id)), "Speichern", typed)
    assert "Agenda und Protokoll sind gespeichert" in found.main
    stands = dict(found.form("Speichern").fields)
    typed[f"{MINUTES}.text"] = "90"
    assert {name: stands[name].replace("\r\n", "\n") for name in typed} == typed
    assert "25 Minuten" in row_of(found, QUESTION.id)
    assert "von 90 Minuten" in found.main
    again = petra.press(found, "Speichern")
    assert again.value(f"{RESULT}.version") == "1", "saving without a change writes nothing"


def test_a_topic_can_be_dropped_and_comes_back(petra: Visitor, case_id: str) -> None:
    found = petra.press(petra.open(address(case_id)), "Speichern", {f"{ROW}.kept": None})
    assert "nicht auf der Agenda" in row_of(found, QUESTION.id)
    assert ASKED not in read_word(fetch(petra, case_id, "agenda.docx"))
    back = petra.press(found, "Speichern", {f"{ROW}.kept": "y"})
    assert "nach Gewicht" in row_of(back, QUESTION.id)


def test_an_own_topic_is_added_once_and_can_be_written_about(petra: Visitor, case_id: str) -> None:
    opened = petra.open(address(case_id))
    new = new_of(opened)
    added = {f"{new}.title": "Rundgang am Bahnhof", f"{new}.minutes": "15"}
    petra.press(opened, "Thema hinzufügen", added)
    found = petra.press(opened, "Thema hinzufügen", added)
    key = new.rpartition(".")[2]
    assert len([each for each in found.all(".//h3") if "Rundgang am Bahnhof" in text_of(each)]) == 1
    assert "15 Minuten" in row_of(found, key)
    said = petra.press(found, "Speichern", {f"gespraech.said.{key}.text": "sauber"})
    assert said.value(f"gespraech.said.{key}.text") == "sauber"


def test_a_topic_without_a_title_is_refused_and_what_was_typed_stays(petra: Visitor, case_id: str) -> None:
    opened = petra.open(address(case_id))
    new = new_of(opened)
    found = petra.press(opened, "Thema hinzufügen", {f"{new}.minutes": "15"}, 422)
    assert "Bitte nennen Sie das Thema" in found.main
    assert found.value(f"{new}.minutes") == "15"


@pytest.mark.parametrize("typed", ["viele", "0", "-5", "601", "1,5", "9" * 60, "١٢"])
def test_minutes_that_are_none_are_refused_at_their_field(petra: Visitor, case_id: str, typed: str) -> None:
    found = petra.press(
        petra.open(address(case_id)), "Speichern", {f"{ROW}.minutes": typed, f"{RESULT}.text": "gut"}, 422
    )
    assert "Minuten" in found.main
    assert found.value(f"{ROW}.minutes") == typed
    assert found.value(f"{RESULT}.version") == "1", "the others are saved"


def test_two_who_write_the_same_field_see_both_values(petra: Visitor, kai: Visitor, case_id: str) -> None:
    first, second = petra.open(address(case_id)), kai.open(address(case_id))
    petra.press(first, "Speichern", {f"{RESULT}.text": "Bestanden"})
    found = kai.press(second, "Speichern", {f"{RESULT}.text": "Offen", f"{PLACE}.text": "Saal 2"}, 409)
    assert "Zwischenzeitlich geändert" in found.main
    assert "Petra Rathmann" in found.main
    assert found.value(f"{RESULT}.text") == "Offen"
    decided = kai.press(found, "Meine Angabe übernehmen")
    assert decided.value(f"{RESULT}.text") == "Offen"
    assert decided.value(f"{PLACE}.text") == "Saal 2"
    assert "Kai Senft" in decided.main


def test_two_who_set_the_same_topic_see_both_values(petra: Visitor, kai: Visitor, case_id: str) -> None:
    first, second = petra.open(address(case_id)), kai.open(address(case_id))
    petra.press(first, "Speichern", {f"{ROW}.minutes": "10"})
    found = kai.press(second, "Speichern", {f"{ROW}.kept": None}, 409)
    assert "10 Minuten" in found.main
    kept = kai.press(found, "Andere Angabe behalten")
    assert "10 Minuten" in row_of(kept, QUESTION.id)


def test_our_script_hears_of_each_part(petra: Visitor, case_id: str) -> None:
    form = petra.open(address(case_id)).form("Speichern")
    sent = {name: value for name, value in form.fields if name.startswith((f"{ROW}.", f"{SAID}.")) or "csrf" in name}
    sent |= {f"{ROW}.minutes": "40", f"{SAID}.text": "liegt vor"}
    answer = petra.post(address(case_id), sent, headers=JSON)
    assert answer.status_code == 200
    said = answer.get_json()
    assert {name: part["state"] for name, part in said["parts"].items()} == {ROW: "saved", SAID: "saved"}
    assert said["moment"] > 0
    assert said["html"][f"#minuten-{QUESTION.id}"] == "40 Minuten"
    assert "von 120 Minuten" in said["html"]["#summe"]
    wrong = petra.post(address(case_id), {**sent, f"{ROW}.minutes": "viele"}, headers=JSON)
    assert wrong.status_code == 422
    assert "minutes" in wrong.get_json()["parts"][ROW]["errors"]


def test_a_record_is_finished_opened_again_and_made_final(petra: Visitor, kai: Visitor, case_id: str) -> None:
    opened = petra.open(address(case_id))
    before = kai.open(address(case_id))
    found = petra.press(opened, "Protokoll fertigstellen", {f"{RESULT}.text": "Bestanden"})
    assert "Protokoll fertig" in found.main
    assert "Fassung 1 vom" in found.main
    assert "aktuell" in found.main
    assert (
        petra.press(opened, "Protokoll fertigstellen", {f"{RESULT}.text": "Bestanden"}).main.count("Fassung 1 vom") == 1
    )
    late = kai.press(before, "Speichern", {f"{RESULT}.text": "Zu spät"}, 422)
    assert "Das Protokoll ist fertig" in late.main
    assert "Nicht gespeichert" in late.main
    assert "Nicht fertig" not in late.main
    assert late.value(f"{RESULT}.text") == "Zu spät"
    refused = kai.post(
        address(case_id), {**dict(before.form("Speichern").fields), f"{RESULT}.text": "Zu spät"}, headers=JSON
    )
    assert refused.get_json()["parts"][RESULT]["state"] == "error"
    again = petra.press(found, "Wieder öffnen")
    assert "wieder offen" in again.main
    second = petra.press(again, "Protokoll fertigstellen", {f"{RESULT}.text": "Bestanden mit Auflage"})
    assert "ersetzt" in second.main
    confirm = petra.open(address(case_id, "/endgueltig"))
    assert confirm.h1 == "Prüfprotokoll endgültig machen"
    assert confirm.value("name") == "Petra Rathmann"
    petra.press(confirm, "Endgültig machen", {"name": ""}, 422)
    final = petra.press(confirm, "Endgültig machen")
    assert "bestätigt von Petra Rathmann" in final.main
    assert "lässt sich jetzt nur noch lesen" in final.main
    assert not [each for each in final.all(".//button") if "öffnen" in text_of(each)]
    assert read_word(fetch(petra, case_id, "protokoll.docx", 1)).count("Bestanden mit Auflage") == 0
    assert "Bestanden mit Auflage" in read_word(fetch(petra, case_id, "protokoll.docx", 2))


def fetch(advisor: Visitor, case_id: str, name: str, version: int | None = None) -> File:
    where = address(case_id, f"/{name}") + (f"?fassung={version}" if version else "")
    answer = advisor.client.get(where)
    assert answer.status_code == 200, name
    return File(name, answer.mimetype, answer.get_data())


def test_agenda_sheet_and_record_can_be_taken_along(petra: Visitor, case_id: str) -> None:
    petra.press(
        petra.open(address(case_id)),
        "Protokoll fertigstellen",
        {f"{SAID}.text": "Beschluss vom Mai", f"{RESULT}.text": "Bestanden"},
    )
    for name in ("agenda.pdf", "agenda.docx"):
        file = fetch(petra, case_id, name)
        said = read_word(file) if name.endswith("docx") else text_of_pdf(file.content)
        assert ASKED in said
        assert WHY not in said, "the town gets the agenda, and knows nothing of own points"
    sheet = text_of_pdf(fetch(petra, case_id, "mitschreiben.pdf").content)
    assert WHY in sheet
    assert "Beschluss vom Mai" not in sheet, "there is room to write instead"
    for version in (None, 1):
        assert "Beschluss vom Mai" in text_of_pdf(fetch(petra, case_id, "protokoll.pdf", version).content)
        assert "Beschluss vom Mai" in read_word(fetch(petra, case_id, "protokoll.docx", version))
        assert "Beschluss vom Mai" in read_excel(fetch(petra, case_id, "protokoll.xlsx", version))


@pytest.mark.parametrize(
    "name",
    [
        "agenda.xlsx",
        "protokoll",
        "..%2Fagenda.pdf",
        "protokoll.pdf?fassung=2",
        "agenda.pdf?fassung=1",
        "protokoll.pdf?fassung=x",
        "protokoll.pdf?fassung=-1",
    ],
)
def test_what_there_is_not_cannot_be_fetched(petra: Visitor, case_id: str, name: str) -> None:
    assert petra.client.get(address(case_id, f"/{name}")).status_code == 404


def test_nobody_of_another_chamber_learns_of_it(app: Flask, visitor: NewVisitor, petra: Visitor, case_id: str) -> None:
    petra.press(petra.open(address(case_id)), "Protokoll fertigstellen", {f"{RESULT}.text": "Bestanden"})
    stranger = visitor()
    reviews.add_advisor(app, stranger, "ilse@ihk-frankfurt.example", "Ilse", reviews.FRANKFURT)
    for where in ("", "/endgueltig", "/agenda.pdf", "/protokoll.pdf?fassung=1"):
        assert stranger.client.get(address(case_id, where)).status_code == 404


def test_names_that_no_page_has_are_passed_over(petra: Visitor, case_id: str) -> None:
    form = petra.open(address(case_id)).form("Speichern")
    sent = dict(form.fields) | {
        f"gespraech.{name}.{part}": said
        for name in (*UNKNOWN, f"said.{'x' * 300}")
        for part, said in (("version", "0"), ("base", ""), ("text", "x"), ("minutes", "5"), ("kept", "y"))
    }
    assert petra.post(address(case_id), sent).status_code == 303
    assert "gibt-es-nicht" not in petra.open(address(case_id)).source


def test_a_page_costs_the_same_however_much_was_written(petra: Visitor, case_id: str, app: Flask) -> None:
    petra.open(address(case_id))
    with listen(app) as few:
        petra.open(address(case_id))
    opened = petra.open(address(case_id))
    names = (str(each.get("name")) for each in opened.controls)
    typed = {name: "gesagt" for name in names if name.startswith("gespraech.said.") and name.endswith(".text")}
    petra.press(opened, "Speichern", typed)
    with listen(app) as many:
        petra.open(address(case_id))
    assert len(many) <= len(few)
