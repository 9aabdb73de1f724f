"""The finished Word file: the empty document of python-docx with our styles, filled and packed.

The same text gives the same bytes: what carries a date carries that of the Stand.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from selfcheck.reporting.documents.properties import Properties
from selfcheck.reporting.documents.word import styles

UNDATED = (1980, 1, 1, 0, 0, 0)
"""What a member of a ZIP is dated with where no date is meant."""
LEFT_OUT = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")
"""Parts of the empty document that say something about its maker, and nothing about ours."""


def pack(text: str, head: str, foot: str, properties: Properties) -> bytes:
    """The file with these elements (see `elements`) as its text, its head and its foot."""
    document = Document(BytesIO(_blank()))
    body = document.element.body
    for each in _parse(text):
        body.insert_element_before(each, "w:sectPr")
    section = document.sections[0]
    _replace_inside(section.header._element, head)
    _replace_inside(section.footer._element, foot)
    core = document.core_properties
    core.title, core.subject, core.author = properties.texts
    core.last_modified_by, core.language, core.comments = core.author, "de-DE", ""
    core.created = core.modified = properties.moment
    written = BytesIO()
    document.save(written)
    return _undate(written)


@lru_cache(maxsize=1)
def _blank() -> bytes:
    """An empty document on our paper, with our styles instead of those of python-docx."""
    document = Document()
    for relations in (document.part.package.rels, document.part.rels):
        for id in [id for id, relation in relations.items() if relation.reltype.endswith(LEFT_OUT)]:
            del relations[id]
    _replace_inside(document.styles.element, styles.STYLES)
    _replace_inside(document.part.numbering_part.element, styles.NUMBERING)
    _replace_inside(document.settings.element, styles.SETTINGS)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _parse(inside: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{inside}</w:body>"))


def _replace_inside(old: BaseOxmlElement, inside: str) -> None:
    for child in list(old):
        old.remove(child)
    for child in _parse(inside):
        old.append(child)


def _undate(written: BytesIO) -> bytes:
    """The same file with members that carry no time of ours."""
    packed = BytesIO()
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, UNDATED), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
