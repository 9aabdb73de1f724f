"""Agenda, sheet to write on and record: every text of them is found in every file that ought to show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from selfcheck.core.plain import from_plain, to_plain
from selfcheck.core.review.agenda import RowPlan
from selfcheck.reporting.documents import interview_excel, interview_word
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf import interview_pdf
from selfcheck.reporting.review.paper import Paper, Stamp
from selfcheck.reporting.review.topics import list_topics
from tests.reporting.documents import pdf
from tests.reporting.documents.markers import ARABIC, FILLER, NASTY, squeeze
from tests.reporting.documents.readers import read_excel, read_word
from tests.reporting.review.papers import OWN, QUESTION, STAMP, mark, material, nasty_paper, paper

ONLY_RECORD = {
    ("PaperRow", "said"),
    ("PaperCriterion", "good"),
    ("PaperCriterion", "better"),
    ("Paper", "period"),
    ("Paper", "method"),
    ("Paper", "check_quality"),
    ("Paper", "paper_quality"),
    ("Paper", "result"),
}
"""What is written after the interview."""
ON_PAPER = ONLY_RECORD | {("PaperCriterion", "title"), ("PaperRow", "inner")}
"""What an agenda leaves out: the town gets it, and knows nothing of the points of the chamber."""
FILES: dict[str, tuple[Callable[[Paper, Stamp], File], Callable[[File], str], set[tuple[str, str]]]] = {
    "agenda.docx": (interview_word.write_agenda, read_word, ON_PAPER),
    "protokoll.docx": (interview_word.write_record, read_word, set()),
    "protokoll.xlsx": (interview_excel.write_record, read_excel, set()),
}
PDFS: dict[str, tuple[Callable[[Paper, Stamp], Manuscript], set[tuple[str, str]]]] = {
    "agenda.pdf": (interview_pdf.write_agenda, ON_PAPER),
    "mitschreiben.pdf": (interview_pdf.write_sheet, ONLY_RECORD),
    "protokoll.pdf": (interview_pdf.write_record, set()),
}


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_found_in_word_and_excel(name: str) -> None:
    write, read, left_out = FILES[name]
    marked = mark(paper())
    found = read(write(marked.paper, STAMP))
    shown = NASTY.replace("\x07", "[U+0007]").replace("\ue000", "[U+E000]")
    for owner, markers in marked.markers.items():
        for marker in markers:
            wanted = marker.replace(NASTY, shown)
            there = squeeze(wanted) in squeeze(found)
            assert there or owner in left_out, (name, owner, marker)


@pytest.mark.parametrize("name", PDFS)
def test_every_text_is_found_in_pdfs(name: str) -> None:
    write, left_out = PDFS[name]
    marked = mark(paper(), short=True)
    found = squeeze(pdf.text_of(pdf.set_pdf(write(marked.paper, STAMP))))
    for owner, markers in marked.markers.items():
        for marker in markers:
            assert marker in found or owner in left_out, (name, owner, marker)


@pytest.mark.parametrize("name", PDFS)
def test_pdfs_are_readable_for_everybody(name: str) -> None:
    """PDF/UA-1 and PDF/A-2a; whatever people type stands in it whole and within the margins."""
    write, _ = PDFS[name]
    made = pdf.set_pdf(write(nasty_paper(), STAMP))
    assert pdf.find_faults(made) == []
    assert pdf.is_within_margins(made)
    found = pdf.text_of(made)
    assert squeeze(FILLER) in squeeze(found)
    assert ARABIC in found
    assert "[U+E000]" in found


@pytest.mark.parametrize("write", [interview_pdf.write_agenda, interview_pdf.write_sheet, interview_pdf.write_record])
def test_an_empty_agenda_is_a_document_too(write: Callable[[Paper, Stamp], Manuscript]) -> None:
    empty = replace(paper(), rows=(), interview=None, place="", period="", method="", result="", chamber="")
    made = pdf.set_pdf(write(empty, STAMP))
    assert pdf.find_faults(made) == []
    assert "noch kein Termin" in pdf.text_of(made)


def test_what_is_frozen_comes_back_as_it_was() -> None:
    assert from_plain(Paper, to_plain(paper())) == paper()


def test_the_name_of_a_file_says_which_version_it_is() -> None:
    stamp = replace(STAMP, said="Fassung 2 vom 14.06.2027, 09:30 von Petra Berg, aktuell")
    name = interview_word.write_record(paper(), stamp).name
    assert name == f"Prüfprotokoll {paper().municipality}, Fassung 2 vom 14.06.2027.docx"


def test_reasons_say_why_a_question_is_talked_about() -> None:
    topic = next(each for each in list_topics(material()) if each.key == QUESTION.id)
    assert "Rückfrage: Wann war der Beschluss?" in topic.reasons
    assert "Empfehlung A1-1: Leitbild erneuern" in topic.reasons
    said = " | ".join(topic.inner)
    assert "im Gespräch klären" in said
    assert "IHK 0 von" in said
    assert "Begründung der IHK: Der Beschluss ist alt." in said
    assert topic.matter.threads == topic.matter.recommendations == 1


def test_the_departments_of_the_topics_are_asked_to_come() -> None:
    roles = [each.role for each in paper().participants]
    department = material().questionnaire.department[QUESTION.department].title
    assert f"Leitung: {department}" in roles
    assert roles[-2:] == ["IHK Darmstadt", "Weitere"]
    assert paper().participants[-1].names == "Frau Beispiel"
    only = paper({row: RowPlan(kept=False) for row in [topic.key for topic in list_topics(material())]})
    assert not [each for each in only.participants if each.role.startswith("Leitung")]


def test_rows_of_ones_own_stand_at_the_end() -> None:
    row = paper().rows[-1]
    assert (row.title, row.minutes, row.said) == ("Rundgang", 15, "Rundgang am Bahnhof.")
    assert OWN not in row.number


@pytest.mark.parametrize("name", ["agenda.docx", "agenda.pdf"])
def test_an_agenda_for_the_town_tells_nothing_that_the_chamber_has_not_released(name: str) -> None:
    made = paper()
    if name in PDFS:
        found = pdf.text_of(pdf.set_pdf(interview_pdf.write_agenda(made, STAMP)))
    else:
        found = read_word(interview_word.write_agenda(made, STAMP))
    assert "Wann war der Beschluss?" in found
    for inner in ("IHK 0 von", "Der Beschluss ist alt", "im Gespräch klären", "Rubrik für Neue"):
        assert inner not in found
    assert "IHK 0 von" in read_word(interview_word.write_record(made, STAMP))
