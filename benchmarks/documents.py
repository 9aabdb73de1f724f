"""Documents of a long report, each against one that says the same without any looks, made with the same library."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

import docx
import pypdfium2
import xlsxwriter
from python_calamine import load_workbook

from benchmarks.alone import Taken, around
from benchmarks.full_town import write_full_report
from benchmarks.result import Result, at_most, only_told
from selfcheck.reporting.documents import dates, documentation_table, word_report
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf import report_pdf
from selfcheck.reporting.report.report import Report
from selfcheck.typesetting.press import COMPILER, ROOT, Press

FONTS = ROOT / "build" / "document-fonts"
BARE_PDF = (sys.executable, "-m", "benchmarks.bare_pdf")
ROUNDS = 7
HYPHEN = "\ufffe"
"""What pdfium reads at the end of a line that goes on."""
MOST_TIMES = 2.0
"""As slow as a bare document each of ours may be."""


def measure(folder: Path) -> Iterator[Result]:
    """Seconds of processor cores, so that whatever else the machine does counts little."""
    report = write_full_report()
    yield from _measure_pdf(folder, report)
    word, table = word_report.write(report), documentation_table.write(report)
    yield from _measure_file("Word report", 0.4, lambda: word_report.write(report), _bare_word(word))
    yield from _measure_file("Excel table", 0.2, lambda: documentation_table.write(report), _bare_excel(table))
    dates.write(report)
    seconds = median(_take(lambda: dates.write(report)) for _ in range(ROUNDS))
    yield at_most("calendar: seconds", seconds, 0.05, "{:.3f}")


def _measure_pdf(folder: Path, report: Report) -> Iterator[Result]:
    manuscript = report_pdf.write(report)
    first = pypdfium2.PdfDocument(io.BytesIO(_press(folder, "first", COMPILER).set_pdf(manuscript, "")))
    texts = (page.get_textpage().get_text_range().replace(HYPHEN, "-") for page in first)
    pages = [text.splitlines() for text in texts]
    bare = Manuscript("bare.pdf", "", manuscript.day, {"pages": pages})
    turns = [(_set(folder, "ours", COMPILER, manuscript), _set(folder, "bare", BARE_PDF, bare)) for _ in range(ROUNDS)]
    yield only_told("PDF report: pages", str(len(pages)))
    yield at_most("PDF report: seconds of a core", median(ours.seconds for ours, _ in turns), 0.9, "{:.2f}")
    yield at_most("PDF report: MB of its process", max(ours.megabytes for ours, _ in turns), 120)
    times = median(ours.seconds / plain.seconds for ours, plain in turns)
    yield at_most("PDF report: times a bare PDF", times, MOST_TIMES, "{:.2f}")


def _press(folder: Path, name: str, command: tuple[str, ...]) -> Press:
    return Press(FONTS, folder, around(folder / name, command))


def _set(folder: Path, name: str, command: tuple[str, ...], manuscript: Manuscript) -> Taken:
    _press(folder, name, command).set_pdf(manuscript, "")
    return Taken.read(folder / name)


def _measure_file(name: str, most: float, ours: Callable[[], File], bare: Callable[[], None]) -> Iterator[Result]:
    bare()
    turns = [(_take(ours), _take(bare)) for _ in range(ROUNDS)]
    yield at_most(f"{name}: seconds", median(mine for mine, _ in turns), most, "{:.2f}")
    yield at_most(f"{name}: times a bare one", median(mine / plain for mine, plain in turns), MOST_TIMES, "{:.2f}")


def _take(make: Callable[[], object]) -> float:
    began = process_time()
    make()
    return process_time() - began


def _bare_word(word: File) -> Callable[[], None]:
    """The same paragraphs and tables through python-docx."""
    read = docx.Document(io.BytesIO(word.content))
    paragraphs = [each.text for each in read.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]

    def write() -> None:
        document = docx.Document()
        for text in paragraphs:
            document.add_paragraph(text)
        for rows in tables:
            table = document.add_table(0, len(rows[0]))
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        document.save(io.BytesIO())

    return write


def _bare_excel(table: File) -> Callable[[], None]:
    """The same cells through XlsxWriter, with texts that go on in the next line."""
    read = load_workbook(io.BytesIO(table.content))
    sheets = [read.get_sheet_by_name(name).to_python() for name in read.sheet_names]

    def write() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
            wrapped = book.add_format({"text_wrap": True})
            for rows in sheets:
                sheet = book.add_worksheet()
                for line, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        sheet.write_string(line, place, str(cell), wrapped)

    return write
