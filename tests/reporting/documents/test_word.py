"""Word files: real headings, tables with repeated heads, page numbers, language, and nothing of another maker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from selfcheck.core.rules.to_do.checklist import COUNCIL_STEP, TEAM
from selfcheck.reporting.documents import attendance, council_paper, word_report
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.report.way import StepItem
from tests.reporting.documents.readers import open_word, read_word
from tests.reporting.documents.sample import empty_report, first_report, full_report

WRITERS = (word_report.write, council_paper.write, attendance.write)
Write = Callable[[Report], File]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("report", [full_report(), first_report(), empty_report()])
def test_a_word_file_says_what_it_is_in_german(write: Write, report: Report) -> None:
    file = write(report)
    document = open_word(file)
    assert "Musterstadt am Main, Stand" in document.core_properties.title
    assert document.core_properties.author == "Musterstadt am Main"
    assert document.core_properties.language == "de-DE"
    assert document.core_properties.created is not None
    assert document.core_properties.created.isoformat() == "2027-02-08T09:42:00+00:00"
    assert next(document.styles.element.iter(qn("w:lang"))).get(qn("w:val")) == "de-DE"
    names = ZipFile(BytesIO(file.content)).namelist()
    assert not [name for name in names if "thumbnail" in name or "Effects" in name or "customXml" in name]
    assert b"python-docx" not in ZipFile(BytesIO(file.content)).read("docProps/core.xml")


@pytest.mark.parametrize("write", WRITERS)
def test_each_says_whose_it_is_which_stand_and_on_which_page_one_is(write: Write) -> None:
    file = write(full_report())
    read, document = read_word(file), open_word(file)
    for said in (
        "Musterstadt am Main",
        "Stand 3 vom 08.02.2027, 09:42",
        "Sabine Krüger, Wirtschaftsförderung",
        "Version 2026-1, 38 Fragen",
        "Schätzung, keine Zusage",
        "Nicht amtlich.",
        "\tSeite  von ",
    ):
        assert said in read
    fields = document.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [each.get(qn("w:instr")) for each in fields] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("write", WRITERS)
def test_every_table_repeats_its_head_and_has_an_alternative_text(write: Write) -> None:
    for table in open_word(write(full_report())).tables:
        properties = table._tbl.tblPr
        look = properties.find(qn("w:tblLook"))
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        repeated = [row for row in table._tbl.tr_lst if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None]
        headed = look.get(qn("w:firstRow")) == "1"
        assert repeated == ([table._tbl.tr_lst[0]] if headed else [])
        assert headed or look.get(qn("w:firstColumn")) == "1"
        assert not headed or all(cell.text for cell in table.rows[0].cells)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("report", [full_report(), first_report(), empty_report()])
def test_headings_step_down_one_by_one_and_all_styles_are_ours(write: Write, report: Report) -> None:
    document = open_word(write(report))
    known = {style.style_id for style in document.styles}
    used = {each.get(qn("w:val")) for name in ("pStyle", "rStyle", "tblStyle") for each in _all(document, name)}
    assert used <= known
    styles = [str(paragraph.style.style_id) for paragraph in document.paragraphs if paragraph.style is not None]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert levels[0] == 1
    if write is word_report.write:
        jumps = [(before, after) for before, after in pairwise(levels) if after > before + 1]
        assert set(jumps) <= {(1, 3)}, "entries of a list stand right below their chapter"


def _all(document: Document, name: str) -> list[BaseOxmlElement]:
    return list(document.element.body.iter(qn(f"w:{name}")))


def test_an_empty_self_check_gives_whole_sentences() -> None:
    read = read_word(word_report.write(empty_report()))
    for said in (
        "Noch bringt keine Antwort Punkte, also fehlt auch kein Beleg.",
        "Es sind keine Belege eingetragen.",
        "Noch sind keine Entwicklungsziele vorgeschlagen.",
        "Es sind keine Projekte eingetragen.",
    ):
        assert said in read
    assert "Der Weg zur Marke" not in read
    assert "Checkliste" not in read


def test_the_report_numbers_evidence_and_says_where_it_is() -> None:
    read = read_word(word_report.write(full_report()))
    assert "A1.1 Satzung: liegt vor, Seite 12, https://www.musterstadt.example/satzung" in read
    assert "A1.2 Fremdes: liegt vor, Ablage: 10-4/2, javascript:alert(1)" in read
    document = open_word(word_report.write(full_report()))
    assert not [rel for rel in document.part.rels.values() if rel.is_external], "no text is a link"


def test_the_list_of_attendees_has_the_mayor_and_the_heads_with_their_questions() -> None:
    report = first_report()
    table = open_word(attendance.write(report)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Funktion", "Fragen", "Name", "Unterschrift"]
    assert rows[1][0] == "(Ober-)Bürgermeisterin oder (Ober-)Bürgermeister"
    assert rows[2][2] == "Sabine Krüger, Wirtschaftsförderung"
    asked = {number for row in rows[3:] for number in row[1].split(", ") if number}
    assert asked == {question.number for criterion in report.criteria for question in criterion.questions}


def test_the_council_paper_leaves_open_what_nobody_told_it() -> None:
    read = read_word(council_paper.write(first_report()))
    assert "[Die Stadt/Die Gemeinde] Musterstadt am Main nimmt am Audit" in read
    assert "der IHK Darmstadt teil." in read
    assert "gilt nach der ersten Auditierung 3 Jahre" in read
    assert "sind 65,7\u00a0% erreicht" in read
    assert "[Soll die Schätzung nicht öffentlich werden, diesen Absatz streichen]" in read
    assert "geschätzt [Zahl] Stunden" in read
    assert "Das Prüfgespräch ist für den 15.06.2027 vorgesehen." in read


def test_the_council_paper_says_that_there_is_a_decision() -> None:
    report = first_report()
    decided, undecided = (
        replace(report, checklist=((TEAM, (StepItem(TEAM, "Gremienbeschluss", None, done, COUNCIL_STEP),)),))
        for done in (True, False)
    )
    said = "Die Teilnahme ist nach dem Selbstcheck schon beschlossen."
    assert said in read_word(council_paper.write(decided))
    assert said not in read_word(council_paper.write(undecided))


def test_the_council_paper_of_a_renewal_asks_what_became_of_the_goals() -> None:
    read = read_word(council_paper.write(full_report()))
    assert "Teilnahme an der Re-Auditierung" in read
    assert "gilt nach einer erfolgreichen Re-Auditierung 5 Jahre" in read
    assert "Rubrik für Neue (erreicht: ja, Beleg: liegt vor)" in read


def test_the_council_paper_of_an_empty_self_check_claims_nothing() -> None:
    read = read_word(council_paper.write(empty_report()))
    assert "der IHK [Name] teil." in read
    assert "im Selbstcheck ist noch keine Frage beantwortet" in read
    assert "[Amt, Name]" in read
    assert "Ein Termin für das Prüfgespräch steht noch nicht fest." in read
    assert "erreicht" not in read.partition("Begründung")[2].partition("Kosten")[0]


def test_gaps_are_marked() -> None:
    document = open_word(council_paper.write(first_report()))
    gaps = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.style.style_id == "Luecke"]
    assert "[Zahl]" in gaps
    plain = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.text not in gaps]
    assert not [text for text in plain if "[" in text]
