"""The pages of PDFs as people see them: nothing lies on something else, nothing is cut off, none is blank, and the
contents lead to where things are."""

from __future__ import annotations

import io
import re
from itertools import combinations
from typing import NamedTuple

import pypdfium2
import pytest

from selfcheck.reporting.documents.pdf import report_pdf, summary_pdf
from tests.reporting.documents import pdf, stands
from tests.towns import questionnaire

WRITERS = {"report": report_pdf.write, "summary": summary_pdf.write}
STANDS = {"empty": stands.empty, "sample": stands.sample, "full": stands.full}
COVER = ("Gesamtergebnis", "Punkte je Kriterium", "Alle Fragen auf einen Blick")
ENTRY = re.compile(r"^(.+?)\s*\.[. ]*\. ?(\d+)$", re.MULTILINE)
TOUCHING = 1.5
"""Points by which letters of two lines may come near each other."""
LEAST_TEXT = 30


class Box(NamedTuple):
    """Where a run of letters stands, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def covers(self, other: Box) -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide > TOUCHING and high > TOUCHING


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("stand", STANDS)
def test_no_text_lies_on_another_and_no_page_is_blank(writer: str, stand: str) -> None:
    made = pdf.set_pdf(WRITERS[writer](pdf.report_of(STANDS[stand]())))
    assert pdf.is_within_margins(made)
    for number, page in enumerate(pypdfium2.PdfDocument(io.BytesIO(made)), 1):
        text = page.get_textpage()
        assert len(text.get_text_bounded(bottom=pdf.FOOT, top=pdf.HEAD).strip()) > LEAST_TEXT, f"page {number}"
        boxes = [Box(*text.get_rect(place)) for place in range(text.count_rects())]
        pairs = [(one, other) for one, other in combinations(boxes, 2) if one.covers(other)]
        over = [(text.get_text_bounded(*one), text.get_text_bounded(*other)) for one, other in pairs]
        assert not over, f"page {number}"


@pytest.mark.parametrize("stand", STANDS)
def test_the_result_is_one_page_and_the_contents_lead_to_the_rest(stand: str) -> None:
    first, contents, *rest = pdf.texts_of(pdf.set_pdf(report_pdf.write(pdf.report_of(STANDS[stand]()))))
    assert [heading for heading in COVER if heading not in first] == []
    pages = [first, contents, *rest]
    entries = [(title, int(number)) for title, number in ENTRY.findall(contents.replace("\r", ""))]
    assert len(entries) > len(COVER)
    assert [title for title, number in entries if title.strip() not in pages[number - 1].replace("\r\n", " ")] == []


@pytest.mark.parametrize("stand", ["empty", "sample"])
def test_the_answers_begin_where_the_contents_leave_room(stand: str) -> None:
    _, contents, *_ = pdf.texts_of(pdf.set_pdf(report_pdf.write(pdf.report_of(STANDS[stand]()))))
    question = questionnaire().questions[0]
    assert f"{question.number} {question.text}" in " ".join(contents.split())
