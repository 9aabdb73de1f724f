"""Questions as an Excel file out and back: what changes is shown before anything is written, and nobody is run over."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask

from selfcheck.core.questionnaire.model import Kind
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
    filled = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(filled, "w", ZIP_DEFLATED) as target:
        strings = source.read("xl/sharedStrings.xml").decode()
        place = strings.split("<si>").index(f"<t>{row}</t></si>") - 1
        for name in source.namelist():
            data = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                rows = data.split("<row r=")[1:]
                first = f't="s"><v>{place}</v>'
                line = next(each.split('"')[1] for each in rows if first in each.split("</c>")[0])
                for column, text in cells.items():
                    data = _type(data, f"{column}{line}", text)
            target.writestr(name, data)
    return filled.getvalue()


def _type(sheet: str, cell: str, text: str) -> str:
    before, found, rest = sheet.partition(f'<c r="{cell}"')
    assert found
    old = rest.partition(">")[0]
    style = old.partition('s="')[2].partition('"')[0]
    rest = rest.partition(">")[2] if old.endswith("/") else rest.partition("</c>")[2]
    typed = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'{before}<c r="{cell}" s="{style}" t="inlineStr"><is><t>{typed}</t></is></c>{rest}'


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
    decided = page.press(met, "Meine Angabe übernehmen")
    assert "Eine Angabe übernommen" in decided.main


def test_a_wrong_answer_is_told_with_its_cell_and_nothing_changes(page: Visitor, check: str) -> None:
    root = f"/selbstcheck/{check}/fragen-excel"
    file = _fetch(page, f"{root}/fragen.xlsx")
    shown = _look(page, root, fill_in(file, ONE.number, {"E": "vielleicht", "G": NOTE}), 422)
    assert "„vielleicht“ ist hier keine Antwort" in shown.main
    number = next(each for each in questionnaire().questions if each.kind is Kind.NUMBER)
    shown = _look(page, root, fill_in(file, number.number, {"E": "sehr viele"}), 422)
    assert f"(Frage {number.number})" in shown.main


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
    assert "Eine Angabe übernommen" in there.press(shown, "Übernehmen").main
