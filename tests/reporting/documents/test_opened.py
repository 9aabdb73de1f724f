"""Word and Excel files as they come out of a program that opens them: whole, and with their heads on every page.

What reads them is LibreOffice where this machine has it, else the libraries that every machine has.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from docx.table import Table

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.offered import DOCUMENTS
from selfcheck.reporting.report.report import Report
from tests.reporting.documents import office
from tests.reporting.documents.markers import squeeze
from tests.reporting.documents.readers import open_word, read_excel, read_sheet, read_word
from tests.reporting.documents.sample import empty_report, first_report, full_report

REPORTS = {"full": full_report, "sample": first_report, "empty": empty_report}
WORD = [each.address for each in DOCUMENTS if each.address.endswith(".docx")]
HEAD = ["Nr.", "Beleg", "Stand", "Fundstelle"]
EXCEL = [each.address for each in DOCUMENTS if each.address.endswith(".xlsx")]
PAGE_OF = squeeze("Seite von")
"""The foot, before a program has counted the pages."""


def _write(report: Report, addresses: list[str]) -> dict[str, File]:
    made = {each.address.partition(".")[0]: each.write(report) for each in DOCUMENTS if each.address in addresses}
    return {name: file for name, file in made.items() if isinstance(file, File)}


@cache
def _files(kind: str) -> Mapping[str, File]:
    """All Word or Excel files of all reports, each by the name of both."""
    addresses = WORD if kind == "docx" else EXCEL
    return {
        f"{document}-{report}": file
        for report, make in REPORTS.items()
        for document, file in _write(make(), addresses).items()
    }


@cache
def _pages(kind: str) -> Mapping[str, list[str]]:
    """The texts of the pages of each file, as LibreOffice prints them."""
    with TemporaryDirectory() as folder:
        made = office.convert(_files(kind), "pdf", Path(folder) / kind)
        return {path.stem: _read_pages(path.read_bytes()) for path in made}


def _read_pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(io.BytesIO(pdf))]


def _read_sheets() -> dict[str, str]:
    """All cells of each Excel file, as LibreOffice reads them."""
    found: dict[str, str] = {}
    with TemporaryDirectory() as folder:
        for path in office.convert(_files("xlsx"), office.EVERY_SHEET, Path(folder) / "csv"):
            name = "-".join(path.stem.split("-")[:2])
            with path.open(encoding="utf-8", newline="") as file:
                cells = "\n".join(cell for row in csv.reader(file, delimiter="\t") for cell in row)
            found[name] = f"{found.get(name, '')}\n{cells}"
    return found


def _read_lines(text: str) -> list[str]:
    return [line for line in (squeeze(each) for each in text.split("\n")) if line]


def test_word_files_open_and_no_text_is_lost() -> None:
    for name, file in _files("docx").items():
        lines = _read_lines(read_word(file).replace("\t", "\n"))
        assert lines
        if office.PROGRAM:
            pages = _pages("docx")[name]
            # A paragraph that goes on over the page has head and foot between its lines.
            bodies = ["\n".join(page.splitlines()[1:-1]) for page in pages]
            printed = squeeze("".join([*pages, *bodies]))
            said = {squeeze(each) for table in open_word(file).tables for each in _alternatives(table)}
            lost = [line for line in lines if line not in printed and line not in said and line != PAGE_OF]
            assert not lost, name
            assert all(len(squeeze(page)) > 100 for page in pages), f"{name} has a blank page"
            assert f"Seite1von{len(pages)}" in squeeze(pages[0])


def _alternatives(table: Table) -> list[str]:
    """What is said of a table to those who do not see it."""
    found = table._tbl.tblPr
    texts = [each.get(each.tag.replace(each.tag.rpartition("}")[2], "val"), "") for each in found]
    return [line for text in texts for line in text.split("\n")]


def test_excel_files_open_and_no_text_is_lost() -> None:
    read = _read_sheets() if office.PROGRAM else {name: read_excel(file) for name, file in _files("xlsx").items()}
    assert read.keys() == _files("xlsx").keys()
    for name, file in _files("xlsx").items():
        whole = squeeze(read[name])
        lost = [line for line in _read_lines(read_excel(file)) if line not in whole and not _is_number(line)]
        assert not lost, name


def _is_number(text: str) -> bool:
    """Programs write it as their country does."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_the_head_of_the_excel_table_stands_on_every_page() -> None:
    head = read_sheet(_files("xlsx")["dokumentationstabelle-full"], "Dokumentationstabelle")[0]
    assert head[:2] == ["Nr.", "Nummer im Prüfbogen"]
    if office.PROGRAM:
        pages = [squeeze(page) for page in _pages("xlsx")["dokumentationstabelle-full"]]
        table = [page for page in pages if squeeze("Dokumentationstabelle:") in page]
        assert len(table) > 1
        one_line = ("Kriterium", "Frage", "Angabe", "Erläuterung")
        assert set(one_line) <= set(head)
        assert all(squeeze(title) in page for page in table for title in one_line)


def test_the_head_of_a_long_word_table_stands_on_every_page() -> None:
    """The register of all documents reaches over several pages."""
    tables = open_word(_files("docx")["bericht-full"]).tables
    register = next(each for each in tables if [cell.text for cell in each.rows[0].cells] == HEAD)
    if office.PROGRAM:
        pages = [squeeze(page) for page in _pages("docx")["bericht-full"]]
        headed = [number for number, page in enumerate(pages) if squeeze("".join(HEAD)) in page]
        assert len(headed) > 1
        assert headed == list(range(headed[0], headed[-1] + 1))
        last = squeeze(register.rows[-1].cells[1].text)
        assert max(number for number, page in enumerate(pages) if last in page) >= headed[-1]


@pytest.mark.parametrize("address", [*WORD, *EXCEL])
def test_every_document_of_the_list_is_opened(address: str) -> None:
    name = address.partition(".")[0]
    assert {f"{name}-{report}" for report in REPORTS} <= {*_files("docx"), *_files("xlsx")}
