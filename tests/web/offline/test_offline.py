"""Questions as an Excel file out and back: what changes is shown before anything is written, and nobody is run over."""

from __future__ import annotations

from io import BytesIO

from flask import Flask

from selfcheck.core.questionnaire.model import Kind
from selfcheck.reporting.questions_sheet.layout import PIECES, QUESTIONS
from tests.reporting.questions_sheet.filling import find_line, type_into
from tests.towns import questionnaire
from tests.web.conftest import NewVisitor
from tests.web.office.visits import ask_office
from tests.web.page import Page, Visitor, begin
from tests.web.page import check as check_page

ONE = next(question for question in questionnaire().questions if question.kind is Kind.YES_NO)
NOTE = "Mit <b>Satzung</b> & Ätna"


def _fetch(visitor: Visitor, address: str) -> bytes:
    answer = visitor.client.get(address, base_url=visitor.base)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer.data


def fill_in(file: bytes, row: str, cells: dict[str, str]) -> bytes:
    """The file after somebody typed into cells of the row that begins with `row`."""
    return type_into(file, QUESTIONS, find_line(file, QUESTIONS, row), cells)


def _look(visitor: Visitor, address: str, content: bytes, status: int = 200) -> Page:
    """Brings a file."""
    token = visitor.open(address).value("csrf_token")
    fields = {"csrf_token": token, "file": (BytesIO(content), "fragen.xlsx")}
    headers = {"Referer": visitor.base + address}
    shown = check_page(visitor.client.post(address, data=fields, base_url=visitor.base, headers=headers))
    assert shown.status == status
    return shown


def test_what_was_filled_in_is_looked_at_and_then_saved(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    filled = fill_in(file, ONE.number, {"E": ONE.options[0].text, "G": NOTE})
    shown = _look(page, root, filled)
    assert "Noch ist nichts gespeichert" in shown.main
    assert "Antwort neu" in shown.main
    assert NOTE in shown.main
    assert NOTE not in page.open(f"/selbstcheck/{check}/fragen/{ONE.criterion}?offen=alle").main
    saved = page.press(shown, "Übernehmen")
    assert "2 Angaben übernommen" in saved.main
    again = _look(page, root, filled)
    assert "In der Datei steht nichts, was hier nicht schon steht." in again.main


def test_a_file_that_nobody_filled_in_changes_nothing(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    shown = _look(page, root, _fetch(page, f"{root}/fragen.xlsx"))
    assert "In der Datei steht nichts, was hier nicht schon steht." in shown.main


def test_who_was_faster_is_not_run_over(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    other = fill_in(file, ONE.number, {"G": "Von der Kollegin"})
    page.press(_look(page, root, other), "Übernehmen")
    met = page.press(_look(page, root, fill_in(file, ONE.number, {"G": "Von mir"})), "Übernehmen", status=409)
    assert "Zwischenzeitlich geändert" in met.main
    assert "Von der Kollegin" in met.main
    assert f"{ONE.number} {ONE.name}, Erläuterung, geändert von" in met.main
    decided = page.press(met, "Meine Angabe übernehmen")
    assert "Eine Angabe übernommen" in decided.main


def test_a_wrong_answer_is_told_with_its_cell_and_nothing_changes(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    shown = _look(page, root, fill_in(file, ONE.number, {"E": "vielleicht"}), 422)
    assert "„vielleicht“ ist hier keine Antwort" in shown.main
    number = next(each for each in questionnaire().questions if each.kind is Kind.NUMBER)
    shown = _look(page, root, fill_in(file, number.number, {"E": "sehr viele"}), 422)
    assert f"(Frage {number.number})" in shown.main


def test_all_faults_are_told_at_once_and_the_good_rows_can_be_taken(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    number = next(each for each in questionnaire().questions if each.kind is Kind.NUMBER)
    file = _fetch(page, f"{root}/fragen.xlsx")
    filled = fill_in(file, ONE.number, {"E": "vielleicht", "G": NOTE})
    filled = fill_in(filled, number.number, {"E": "sehr viele", "G": "Aus dem Bericht"})
    line = find_line(filled, PIECES, "weiterer Beleg")
    filled = _fill_piece(filled, "weiterer Beleg", {"A": WITH_EVIDENCE.number, "D": "ja", "F": "10-4"})
    shown = _look(page, root, filled)
    assert "2 Angaben lassen sich übernehmen, 3 Zeilen haben Fehler" in shown.main
    for said in ("„vielleicht“ ist hier keine Antwort", f"(Frage {number.number})", f"„Belege“, Zeile {line}"):
        assert said in shown.main
    saved = page.press(shown, "Übernehmen")
    assert "2 Angaben übernommen" in saved.main
    assert "Weiter zur Übersicht" in saved.main
    mended = fill_in(filled, ONE.number, {"E": ONE.options[0].text})
    mended = fill_in(mended, number.number, {"E": "1"})
    mended = _fill_piece(mended, "weiterer Beleg", {"C": "Flyer"})
    again = _look(page, root, mended)
    assert "Fehler" not in again.main
    assert "Aus dem Bericht" not in again.main, "what was taken stands there already"
    assert "3 Angaben übernommen" in page.press(again, "Übernehmen").main


def test_files_that_are_none_and_those_of_others_are_refused(page: Visitor, check: str, visitor: NewVisitor) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    assert "lässt sich nicht als Excel-Datei lesen" in _look(page, root, b"kaputt", 422).main
    stranger = visitor()
    other = begin(stranger)
    foreign = _fetch(stranger, f"/selbstcheck/{other}/fragen-excel/fragen.xlsx")
    assert "gehört zu einem anderen Selbstcheck" in _look(page, root, foreign, 422).main


def test_an_office_gets_its_questions_and_brings_nothing_else(app: Flask, visitor: NewVisitor) -> None:
    office = ask_office(app, begin(visitor()), ONE.id)
    there = office.open(visitor())
    file = _fetch(there, f"{office.root}/excel/fragen.xlsx")
    shown = _look(there, f"{office.root}/excel", fill_in(file, ONE.number, {"E": ONE.options[0].text}))
    saved = there.press(shown, "Übernehmen")
    assert "Eine Angabe übernommen" in saved.main
    assert f'href="{office.root}#fertig"' in saved.source, "how it goes on"


WITH_EVIDENCE = next(question for question in questionnaire().questions if question.evidence)
USUAL = WITH_EVIDENCE.evidence[0]


def _fill_piece(file: bytes, said: str, cells: dict[str, str]) -> bytes:
    """The file after somebody typed into the row of a piece of evidence."""
    line = find_line(file, PIECES, said, *([WITH_EVIDENCE.number] if said == USUAL else []))
    return type_into(file, PIECES, line, cells)


def _show_question(visitor: Visitor, check: str) -> str:
    return visitor.open(f"/selbstcheck/{check}/fragen/{WITH_EVIDENCE.criterion}?offen=alle").main


def test_evidence_is_filled_in_offline_and_looked_at_before_it_is_saved(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    filled = _fill_piece(file, USUAL, {"C": "Leitbild 2035", "D": "ja", "F": "10-4/2"})
    filled = _fill_piece(
        filled,
        "weiterer Beleg",
        {"A": WITH_EVIDENCE.number, "C": "Flyer <b>", "D": "ja", "E": "https://ort.example/flyer", "G": "4"},
    )
    shown = _look(page, root, filled)
    assert "Leitbild 2035: liegt vor, 10-4/2" in shown.main
    assert "Flyer <b>: liegt vor, https://ort.example/flyer, Seite 4" in shown.main
    assert "Flyer <b>" not in _show_question(page, check)
    assert "2 Angaben übernommen" in page.press(shown, "Übernehmen").main
    there = _show_question(page, check)
    assert "Leitbild 2035" in there
    assert "Flyer <b>" in there
    again = _look(page, root, filled)
    assert "In der Datei steht nichts, was hier nicht schon steht." in again.main
    fresh = _look(page, root, _fetch(page, f"{root}/fragen.xlsx"))
    assert "In der Datei steht nichts, was hier nicht schon steht." in fresh.main


def test_what_no_row_says_of_a_document_stays(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    first = _fill_piece(_fetch(page, f"{root}/fragen.xlsx"), USUAL, {"C": "Leitbild", "D": "ja", "F": "10-4"})
    page.press(_look(page, root, first), "Übernehmen")
    piece = f"/selbstcheck/{check}/nachweise/{WITH_EVIDENCE.id}/1"
    prefix = f"{WITH_EVIDENCE.id}.e.1."
    page.press(page.open(piece), "Beleg speichern", {f"{prefix}valid_until": "31.12.2031", f"{prefix}kind": "concept"})
    file = _fetch(page, f"{root}/fragen.xlsx")
    page.press(_look(page, root, _fill_piece(file, "Leitbild", {"C": "", "F": "10-5"})), "Übernehmen")
    stored = page.open(piece)
    assert stored.value(f"{prefix}valid_until") == "31.12.2031"
    assert stored.value(f"{prefix}file_number") == "10-5"
    assert stored.value(f"{prefix}name") == "Leitbild", "a title that was emptied stays"


def test_documents_of_others_are_not_run_over(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    theirs = _fill_piece(file, USUAL, {"D": "ja", "F": "Ordner der Kollegin"})
    theirs = _fill_piece(theirs, "weiterer Beleg", {"A": WITH_EVIDENCE.number, "C": "Von ihr", "D": "ja"})
    page.press(_look(page, root, theirs), "Übernehmen")
    mine = _fill_piece(file, USUAL, {"D": "ja", "F": "Mein Ordner"})
    mine = _fill_piece(mine, "weiterer Beleg", {"A": WITH_EVIDENCE.number, "C": "Von mir", "D": "nein"})
    met = page.press(_look(page, root, mine), "Übernehmen", status=409)
    assert "Zwischenzeitlich geändert" in met.main
    assert "Ordner der Kollegin" in met.main
    assert "Mein Ordner" in met.main
    page.press(met, "Meine Angabe übernehmen")
    there = _show_question(page, check)
    for said in ("Mein Ordner", "Von ihr", "Von mir"):
        assert said in there


def test_a_document_that_is_none_is_told_with_its_row(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    line = find_line(file, PIECES, "weiterer Beleg")
    cells = {"A": WITH_EVIDENCE.number, "D": "ja", "F": "10-4"}
    shown = _look(page, root, _fill_piece(file, "weiterer Beleg", cells), 422)
    said = f"Blatt „Belege“, Zeile {line} (Frage {WITH_EVIDENCE.number}): Bitte geben Sie dem Beleg einen Titel."
    assert said in shown.main
    shown = _look(page, root, _fill_piece(file, "weiterer Beleg", cells | {"C": "x", "E": "javascript:alert(1)"}), 422)
    assert f"Blatt „Belege“, Zeile {line}" in shown.main


def test_an_office_fills_in_the_evidence_of_its_questions(app: Flask, visitor: NewVisitor) -> None:
    office = ask_office(app, begin(visitor()), WITH_EVIDENCE.id)
    there = office.open(visitor())
    root = f"{office.root}/excel"
    filled = _fill_piece(_fetch(there, f"{root}/fragen.xlsx"), USUAL, {"D": "ja", "F": "10-4"})
    assert "Eine Angabe übernommen" in there.press(_look(there, root, filled), "Übernehmen").main
    elsewhere = next(each for each in questionnaire().questions if each.evidence and each.id != WITH_EVIDENCE.id)
    cells = {"A": elsewhere.number, "C": "Fremdes", "D": "ja"}
    shown = _look(there, root, _fill_piece(filled, "weiterer Beleg", cells), 422)
    assert "Bitte wählen Sie, zu welcher Frage der Beleg gehört." in shown.main
