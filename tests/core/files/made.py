"""Small files of every kind, sound and unsound, made by hand."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 7 0 R")
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffda0008010100003f00d2ffd9")
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
LOCKED_OLE = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512)
OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "docx": ("word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OFFICE}presentationml.presentation.main+xml"),
}
OPEN_DOCUMENT = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def png(width: int = 1) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    picture = zlib.compress(b"\x00" + bytes(width))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", picture) + chunk(b"IEND", b"")


def archive(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return made.getvalue()


def office(ending: str, more: Mapping[str, str | bytes] | None = None, types: str = "") -> bytes:
    part, kind = MAIN[ending]
    listed = f'<Types><Override PartName="/{part}" ContentType="{kind}"/>{types}</Types>'
    return archive({"[Content_Types].xml": listed, part: "<x/>", **(more or {})})


def open_document(ending: str, more: Mapping[str, str | bytes] | None = None, manifest: str = "") -> bytes:
    kind = f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[ending]}"
    said = {"mimetype": kind, "META-INF/manifest.xml": f"<m>{manifest}</m>", "content.xml": "<x/>"}
    return archive({**said, **(more or {})})


def flag_locked(made: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    marked = bytearray(made)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = marked.find(mark)
        while start >= 0:
            marked[start + place] |= 1
            start = marked.find(mark, start + 4)
    return bytes(marked)


def every_kind() -> dict[str, bytes]:
    """A sound file for every ending that is taken."""
    return {
        "pdf": PDF,
        **{ending: office(ending) for ending in MAIN},
        **{ending: open_document(ending) for ending in OPEN_DOCUMENT},
        "jpg": JPEG,
        "jpeg": JPEG,
        "png": png(),
        "webp": WEBP,
        "txt": "Grüße aus dem Rathaus\n".encode(),
        "csv": "Straße;Zahl\nGrün;1\n".encode("cp1252"),
    }


def swollen() -> bytes:
    """A Word file of some kilobytes that would be 60 MB."""
    return office("docx", {"word/media/leer.bin": bytes(60 * 1024 * 1024)})
