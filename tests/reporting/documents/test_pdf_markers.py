"""The marker test of PDFs: whatever people type, and whatever a report says, is found in every one of them."""

from __future__ import annotations

from dataclasses import fields

import pytest

from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.offered import DOCUMENTS, Document
from selfcheck.reporting.report.department_sheet import SheetQuestion
from selfcheck.reporting.report.interview import Attendee
from selfcheck.reporting.report.report import Report
from tests.reporting.documents import pdf, stands
from tests.reporting.documents.markers import ARABIC, NASTY, Marked, Owner, mark, squeeze

LEFT_OUT: dict[str, set[Owner]] = {
    "bericht.pdf": {
        ("Cover", "day"),  # stands in the name of the Stand
        ("Chart", "description"),  # every bar says what it shows
        ("Field", "text"),  # stands with its question
        ("Imprint", "chamber"),  # the audience is named
        ("Imprint", "check"),  # a name of ours, nobody reads it
        ("StepItem", "key"),
        ("QuestionSection", "department"),  # a column of the documentation table
        ("QuestionSection", "open_points"),
        ("DepartmentSheet", "title"),  # has a document of its own
        *(("Attendee", field.name) for field in fields(Attendee)),  # so has the list of them
        *(("SheetQuestion", field.name) for field in fields(SheetQuestion)),
    },
}
"""What a document leaves out on purpose."""
CHOSEN: dict[str, set[Owner]] = {
    "fachbereiche.pdf": {
        ("Imprint", "title"),
        ("Cover", "municipality"),
        ("Cover", "stand"),
        ("Cover", "contact"),
        ("Cover", "notice"),
        ("Outcome", "disclaimer"),
        ("DepartmentSheet", "title"),
        *(("SheetQuestion", field.name) for field in fields(SheetQuestion)),
    },
}
"""All that a document shows which is about something of its own: each of it whole."""
SHORTENED: dict[str, set[Owner]] = {
    "kurzfassung.pdf": {
        ("Imprint", "title"),
        ("Cover", "municipality"),
        ("Cover", "stand"),
        ("Cover", "audit"),
        ("Cover", "contact"),
        ("Cover", "notice"),
        ("Outcome", "title"),
        ("Outcome", "sentence"),
        ("Outcome", "mark"),
        ("Outcome", "disclaimer"),
        ("Outcome", "bonus"),
        ("Outcome", "basis"),
        ("Report", "quality"),
        ("Row", "letter"),
        ("Row", "title"),
        ("Row", "percent"),
        ("Segment", "label"),
        ("Tick", "text"),
        ("Chart", "mark_label"),
        ("Field", "number"),
        ("Field", "text"),
        ("QuestionSection", "points"),
        ("QuestionSection", "proof"),
        ("MissingEvidence", "number"),
        ("MissingEvidence", "text"),
        ("MissingEvidence", "missing"),
        ("MissingEvidence", "points"),
        ("QuestionSection", "better"),
        ("EntrySection", "title"),
        ("EntrySection", "facts"),
        ("RouteSection", "sentence"),
        ("RouteSection", "measures"),
        ("RouteItem", "number"),
        ("RouteItem", "text"),
        ("StepItem", "text"),
    }
}
"""What a short document shows, at least once and maybe cut."""


PDFS = [each for each in DOCUMENTS if each.address.endswith(".pdf")]


def name_document(document: Document) -> str:
    return document.address


@pytest.fixture(scope="module")
def marked() -> Marked:
    return mark(pdf.report_of(stands.full()))


def _expect(marker: str) -> str:
    """As it is printed, up to the Arabic word, which is read from right to left."""
    return squeeze(pdf.characters().replace(marker.partition(ARABIC)[0]))


def _read(document: Document, report: Report) -> str:
    made = document.write(report)
    assert isinstance(made, Manuscript)
    return squeeze(pdf.body_of(pdf.set_pdf(made)))


@pytest.mark.parametrize("document", [each for each in PDFS if each.address not in SHORTENED], ids=name_document)
def test_every_marker_is_in_every_document(document: Document, marked: Marked) -> None:
    text = _read(document, marked.report)
    left_out = LEFT_OUT.get(document.address) or marked.markers.keys() - CHOSEN[document.address]
    markers = [(owner, each) for owner, found in marked.markers.items() for each in found if owner not in left_out]
    missing = {owner for owner, each in markers if each[:7] not in text or each[-7:] not in text}
    assert not missing
    # some stand on two pages, with what stands beside them in a table between both halves
    split = [owner for owner, each in markers if _expect(each) not in text]
    assert len(split) * 25 < len(markers)
    assert squeeze(ARABIC) in text


@pytest.mark.parametrize("document", [each for each in PDFS if each.address in SHORTENED], ids=name_document)
def test_a_short_document_shows_what_it_promises(document: Document) -> None:
    marked = mark(pdf.report_of(stands.full()), short=True)
    text = _read(document, marked.report)
    shown = {owner for owner, markers in marked.markers.items() if any(each in text for each in markers)}
    assert shown == SHORTENED[document.address]


def test_what_no_font_holds_stands_there_by_its_number() -> None:
    said = pdf.characters().replace(NASTY)
    assert "[U+4E2D][U+6587] [U+0007] [U+E000] =1+1" in said
    assert "äöüß" in said
    assert ARABIC in said


def test_a_report_with_anything_in_it_is_still_a_valid_pdf(marked: Marked) -> None:
    for document in PDFS:
        made = document.write(marked.report)
        if isinstance(made, Manuscript):
            assert not pdf.find_faults(pdf.set_pdf(made))
