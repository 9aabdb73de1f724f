"""PDFs as the product sets them, and what can be asked of one."""

from __future__ import annotations

import functools
import io
import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pypdfium2

from selfcheck.config.settings import ROOT
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.report.report import Edition, Report, build_report
from selfcheck.reporting.report.stand import Stand
from selfcheck.typesetting.characters import Characters
from selfcheck.typesetting.press import Press
from tests.towns import questionnaire

FONTS = ROOT / "build" / "document-fonts"
MISFIRING = "PDFA2A-STREAM-LENGTH-001"
"""Read wrongly by the validator: a stream that ends in 0x0D, before the line feed that ends every stream."""
AT = datetime(2027, 2, 8, 10, 42, tzinfo=UTC)
FOOT, HEAD = 60, 788
"""Points from the lower edge of a page, between which its text stands."""
EDGE = 40
"""Points at the left and right of a page where nothing stands."""
PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def report_of(stand: Stand) -> Report:
    return build_report(questionnaire(), stand, Edition(3, AT, stand.chamber))


def set_pdf(manuscript: Manuscript) -> bytes:
    """By a process of its own, as everywhere."""
    return Press(FONTS, Path(_turns())).set_pdf(manuscript, "")


@functools.cache
def _turns() -> str:
    return tempfile.mkdtemp()


def characters() -> Characters:
    return Characters(json.loads((FONTS / "characters.json").read_text(encoding="ascii")))


def text_of(pdf: bytes) -> str:
    """What is printed, and what is said in place of pictures."""
    return "\n".join([*texts_of(pdf), *alternatives_of(pdf)])


def body_of(pdf: bytes) -> str:
    """What is printed between head and foot of all pages, and what is said in place of pictures: nothing stands
    between the two halves of a text that goes on on the next page."""
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    printed = [each.get_textpage().get_text_bounded(bottom=FOOT, top=HEAD) for each in opened]
    return "\n".join([*printed, *alternatives_of(pdf)])


def last_lines(pdf: bytes) -> list[str]:
    """The last line of each page, above its foot."""
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    printed = (each.get_textpage().get_text_bounded(bottom=FOOT, top=HEAD) for each in opened)
    return [text.split("\n")[-1].strip() for text in printed]


def is_within_margins(pdf: bytes) -> bool:
    """Whether the edges of all pages are white, as people see them."""
    for each in pypdfium2.PdfDocument(io.BytesIO(pdf)):
        image = each.render(grayscale=True)
        lines = [
            bytes(image.buffer)[at : at + image.width] for at in range(0, image.stride * image.height, image.stride)
        ]
        if any(set(line[:EDGE] + line[-EDGE:]) != {255} for line in lines) or set(lines[0] + lines[-1]) != {255}:
            return False
    return True


def texts_of(pdf: bytes) -> list[str]:
    """What is printed, page by page."""
    return [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(io.BytesIO(pdf))]


def alternatives_of(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(each.Alt) for each in elements(opened) if "/Alt" in each]


def elements(opened: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """All structure elements, each before its children."""
    waiting = [opened.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if "/S" in one:
            yield one
        children = one.get("/K")
        if children is None:
            continue
        listed = list(children) if isinstance(children, pikepdf.Array) else [children]
        waiting += [each for each in reversed(listed) if isinstance(each, pikepdf.Dictionary)]


def find_faults(pdf: bytes) -> list[str]:
    """What breaks PDF/UA-1, PDF/A-2a or a rule of our own."""
    return [*_find_invalid(pdf), *_find_own_faults(pdf)]


def _find_invalid(pdf: bytes) -> Iterator[str]:
    for profile in PROFILES:
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures:
            if failure.rule_id != MISFIRING:
                yield f"{profile}: {failure.rule_id} {failure.message}"


def _find_own_faults(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if str(opened.Root.Lang) != "de-DE":
            yield "it is not German"
        if not opened.docinfo.get("/Title") or not opened.Root.ViewerPreferences.DisplayDocTitle:
            yield "its title is not shown"
        if not opened.docinfo.get("/Author"):
            yield "nobody wrote it"
        yield from _find_table_faults(opened)
        if any(element.S == "/Figure" and not str(element.get("/Alt", "")) for element in elements(opened)):
            yield "a picture says nothing"
        fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/FontName" in one]
        if not all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys()) for one in fonts):
            yield "a font is not embedded"


def _find_table_faults(opened: pikepdf.Pdf) -> Iterator[str]:
    heads: list[int] = []
    for element in elements(opened):
        if element.S == "/Table":
            heads.append(0)
        elif element.S == "/TH" and heads:
            heads[-1] += 1
    if 0 in heads:
        yield "a table has no heads"
