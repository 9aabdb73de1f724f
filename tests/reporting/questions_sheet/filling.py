"""A file „Fragen (Excel)“ after somebody typed into its cells."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import load_workbook

from selfcheck.reporting.questions_sheet import layout

PARTS = {layout.QUESTIONS: "xl/worksheets/sheet1.xml", layout.PIECES: "xl/worksheets/sheet2.xml"}


def find_line(file: bytes, sheet: str, *said: str) -> int:
    """The first row in which all that is `said` stands in cells of their own, as Excel counts."""
    rows = load_workbook(BytesIO(file)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return next(line for line, row in enumerate(rows, start=1) if {*said} <= {str(cell) for cell in row})


def type_into(file: bytes, sheet: str, line: int, cells: dict[str, str]) -> bytes:
    """The file with these texts in columns (`E`) of a row."""
    filled = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(filled, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name).decode()
            if name == PARTS[sheet]:
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
