"""The kinds of files that are taken: their endings, how browsers are told, what people call them."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is; the value is its usual ending."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    TEXT = "txt"
    CSV = "csv"


ENDINGS = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPEG}
"""What each ending promises."""
TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    FileKind.ODP: "application/vnd.oasis.opendocument.presentation",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.TEXT: "text/plain",
    FileKind.CSV: "text/csv",
}
NAMES = {
    FileKind.PDF: "ein PDF",
    FileKind.DOCX: "ein Word-Dokument (.docx)",
    FileKind.XLSX: "eine Excel-Tabelle (.xlsx)",
    FileKind.PPTX: "eine PowerPoint-Präsentation (.pptx)",
    FileKind.ODT: "ein OpenDocument-Text (.odt)",
    FileKind.ODS: "eine OpenDocument-Tabelle (.ods)",
    FileKind.ODP: "eine OpenDocument-Präsentation (.odp)",
    FileKind.JPEG: "ein JPEG-Bild",
    FileKind.PNG: "ein PNG-Bild",
    FileKind.WEBP: "ein WebP-Bild",
    FileKind.TEXT: "eine Textdatei (.txt)",
    FileKind.CSV: "eine CSV-Tabelle (.csv)",
}
TAKEN = "PDF, Word, Excel und PowerPoint ohne Makros, OpenDocument, JPEG, PNG, WebP und Text"
LARGEST = 25 * 1024 * 1024
"""Bytes of one file."""


class Refused(Exception):
    """A file that is not taken; the message says why and what helps, in German."""
