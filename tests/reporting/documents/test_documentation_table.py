"""The draft of the documentation table: what stands in which column, and that a text stays a text."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.reporting.documents import documentation_table, excel
from selfcheck.reporting.documents.file import File
from tests.reporting.documents.readers import read_excel, read_sheet
from tests.reporting.documents.sample import empty_report, full_report, full_stand
from tests.towns import questionnaire

TABLE = "Dokumentationstabelle"


def _xml(file: File, sheet: int = 1) -> str:
    return ZipFile(BytesIO(file.content)).read(f"xl/worksheets/sheet{sheet}.xml").decode()


def test_a_row_says_everything_about_its_question() -> None:
    head, first, *rest = read_sheet(documentation_table.write(full_report()), TABLE)
    row = dict(zip(head, first, strict=True))
    assert len(rest) + 1 == len(questionnaire().questions)
    assert row["Nr."] == "A1"
    assert row["Nummer im Prüfbogen"] == "1.1 a"
    assert row["Kriterium"] == "A Strategische Zielsetzung"
    assert row["Erläuterung"] == "Erste Zeile\nzweite Zeile mit <b>Haken</b> & 🌳"
    assert row["Beleg: Register"] == "A1.1\nA1.2"
    assert row["Beleg: Titel"] == "A1.1 Satzung\nA1.2 Fremdes"
    assert row["Beleg: Ort"].splitlines() == [
        "A1.1 Seite 12, https://www.musterstadt.example/satzung",
        "A1.2 Ablage: 10-4/2, javascript:alert(1)",
    ]
    assert row["Offene Punkte"] == "Rückfrage: Wer hat den <b>Beschluss</b>?"
    assert row["Punkte (Schätzung)"] == 1
    assert row["mögliche Punkte"] == 2
    assert row["Ansprechperson"]


def test_open_points_say_what_to_do() -> None:
    head, *rows = read_sheet(documentation_table.write(full_report()), TABLE)
    open_points = {row[0]: row[head.index("Offene Punkte")] for row in rows}
    numbers = {question.id: question.number for question in questionnaire().questions}
    assert open_points[numbers[QuestionId("leitbild")]] == "Antwort fehlt"
    assert "gilt nur bis 31.12.2026" in open_points[numbers[QuestionId("ganztag-grundschule")]]


def test_the_table_can_be_filtered_and_printed() -> None:
    xml = _xml(documentation_table.write(full_report()))
    assert re.search(r'<autoFilter ref="A1:M39"', xml)
    assert re.search(r'<pane [^>]*ySplit="1"[^>]*state="frozen"', xml)
    assert re.search(r'<pageSetup paperSize="9"[^>]*orientation="landscape"', xml)
    assert 'fitToHeight="0"' in xml
    assert "Seite &amp;P von &amp;N" in xml
    assert "mergeCell" not in xml
    book = ZipFile(BytesIO(documentation_table.write(full_report()).content)).read("xl/workbook.xml").decode()
    assert "Dokumentationstabelle!$1:$1" in book, "the head stands on every page"


def test_no_text_becomes_a_formula_or_a_link() -> None:
    stand = full_stand()
    id = QuestionId("beschluss")
    bad = '=HYPERLINK("https://evil.example")'
    answers = dict(stand.answers) | {id: stand.answers[id]._replace(note=bad)}
    file = documentation_table.write(full_report(frozen=replace(stand, answers=answers, municipality="=1+1 & Söhne")))
    names = ZipFile(BytesIO(file.content)).namelist()
    for sheet in range(1, 5):
        assert "<f>" not in _xml(file, sheet)
        assert "hyperlink" not in _xml(file, sheet)
    assert not [name for name in names if "sheet" in name and name.endswith(".rels")]
    assert bad in read_excel(file)
    assert "=1+1 &amp;&amp; Söhne" in _xml(file), "a head of a page knows codes that begin with &"


def test_what_no_cell_can_hold_is_cut_with_a_note() -> None:
    cut = excel.fit("🌳" * 20_000)
    assert cut.endswith(excel.CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= excel.MOST
    assert "\ufffd" not in cut
    assert excel.fit("x" * excel.MOST) == "x" * excel.MOST
    assert excel.fit("_x0041_ \x07") == "_x0041_ [U+0007]"


def test_a_long_text_opens_and_what_looks_like_an_escape_stays() -> None:
    stand = full_stand()
    id = QuestionId("beschluss")
    answers = dict(stand.answers) | {id: stand.answers[id]._replace(note=f"_x0041_ {'Wort ' * 8000}")}
    head, first, *_ = read_sheet(documentation_table.write(full_report(frozen=replace(stand, answers=answers))), TABLE)
    note = dict(zip(head, first, strict=True))["Erläuterung"]
    assert note.startswith("_x0041_ Wort")
    assert note.endswith(excel.CUT)


def test_goals_and_projects_have_a_sheet_and_each_document_a_row() -> None:
    file = documentation_table.write(full_report())
    head, *rows = read_sheet(file, "Ziele und Projekte")
    assert [row[0] for row in rows] == [
        "Entwicklungsziel",
        "Ziel aus der letzten Auditierung",
        "Projekt für Sonderpunkte",
    ]
    goal = dict(zip(head, rows[0], strict=True))
    assert (goal["Maßnahme"], goal["Messgröße"]) == ("Paket ausgeben", "Anteil der Anmeldungen")
    assert goal["Weiteres"] == "bis wann: 31.12.2028"
    head, *pieces = read_sheet(file, "Belege")
    assert pieces[0] == ["A1.1", "A1", "Satzung", "liegt vor", "Seite 12", "https://www.musterstadt.example/satzung"]


def test_the_last_sheet_says_whose_it_is_and_what_it_is_worth() -> None:
    facts = dict(read_sheet(documentation_table.write(full_report()), "Angaben"))
    assert facts["Kommune"] == "Musterstadt am Main"
    assert facts["Stand"] == "Stand 3 vom 08.02.2027, 09:42"
    assert facts["Ansprechperson"] == "Sabine Krüger, Wirtschaftsförderung"
    assert facts["Fragebogen"] == "Version 2026-1, 38 Fragen"
    assert facts["Hinweis"].startswith("Schätzung, keine Zusage")


def test_an_empty_self_check_gives_a_table_to_fill() -> None:
    head, *rows = read_sheet(documentation_table.write(empty_report()), TABLE)
    assert {row[head.index("Angabe")] for row in rows} == {"offen"}
    assert {row[head.index("Beleg: Titel")] for row in rows} == {""}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. Fassung", " 1. Fassung"),
        ("A & B", "A && B"),
        ("&P", "&& P"),
        ("Umwelt &Grün", "Umwelt && Grün"),
        ("Ordnung&Gewerbe", "Ordnung && Gewerbe"),
        ("9" * 99, f" {'9' * 79}…"),
    ],
)
def test_a_head_reads_no_text_as_a_code(text: str, said: str) -> None:
    assert excel.head_text(text) == said
