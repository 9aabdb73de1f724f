"""What a file is, by what stands in it; every kind that is refused, with its reason."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcheck.core.files import reasons
from selfcheck.core.files.content import judge
from selfcheck.core.files.kinds import ENDINGS, LARGEST, NAMES, TYPES, FileKind, Refused
from tests.core.files import made


def decide(content: bytes, name: str) -> FileKind:
    return judge(io.BytesIO(content), len(content), name).kind


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as refused:
        decide(content, name)
    return str(refused.value)


def test_every_kind_has_its_type_and_name() -> None:
    assert set(TYPES) == set(NAMES) == set(FileKind)
    assert set(made.every_kind()) == set(ENDINGS)


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_every_kind_is_known_by_its_content(ending: str) -> None:
    content = made.every_kind()[ending]
    assert decide(content, f"Datei.{ending}") is ENDINGS[ending]
    assert decide(content, f"Datei.{ending.upper()}") is ENDINGS[ending]


@pytest.mark.parametrize("ending", sorted(set(ENDINGS) - {"txt", "csv", "jpeg"}))
def test_what_is_called_otherwise_is_refused_with_the_right_ending(ending: str) -> None:
    other = "docx" if ending == "pdf" else "pdf"
    told = refusal(made.every_kind()[ending], f"Datei.{other}")
    assert f"Die Datei heißt „.{other}“" in told
    assert f"„.{ending}“" in told


def test_a_file_without_an_ending_gets_its_own() -> None:
    assert judge(io.BytesIO(made.PDF), len(made.PDF), "Leitbild").name == "Leitbild.pdf"
    assert judge(io.BytesIO(made.PDF), len(made.PDF), "Protokoll 12.03.2026").name == "Protokoll 12.03.2026.pdf"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", reasons.EMPTY),
        (b" \r\n\t", "a.txt", reasons.EMPTY),
        (made.PDF[:40], "a.pdf", reasons.BROKEN),
        (made.JPEG[:-2], "a.jpg", reasons.BROKEN),
        (made.png()[:-8], "a.png", reasons.BROKEN),
        (made.WEBP[:-6], "a.webp", reasons.BROKEN),
        (made.office("docx")[:-30], "a.docx", reasons.BROKEN),
        (made.archive({}), "a.docx", reasons.BROKEN),
        (made.LOCKED_PDF, "a.pdf", reasons.LOCKED),
        (made.LOCKED_OLE, "a.docx", reasons.LOCKED),
        (made.flag_locked(made.office("docx")), "a.docx", reasons.LOCKED),
        (made.open_document("odt", manifest="<encryption-data/>"), "a.odt", reasons.LOCKED),
        (made.open_document("odt", {"encrypted-package": "x"}), "a.odt", reasons.LOCKED),
        (made.OLE, "a.doc", reasons.OLD_OFFICE),
        (made.office("docx", {"word/vbaProject.bin": "x"}), "a.docx", reasons.MACROS),
        (made.office("docx", {"word/activeX/activeX1.xml": "x"}), "a.docx", reasons.MACROS),
        (made.office("xlsx", {"xl/macrosheets/sheet1.xml": "x"}), "a.xlsx", reasons.MACROS),
        (made.office("pptx", types="application/vnd.ms-office.vbaProject"), "a.pptx", reasons.MACROS),
        (made.open_document("ods", {"Basic/Standard/Module1.xml": "x"}), "a.ods", reasons.MACROS),
        (made.open_document("odp", {"Scripts/python/x.py": "x"}), "a.odp", reasons.MACROS),
        (made.swollen(), "a.docx", reasons.SWOLLEN),
        (made.archive({f"{place}.xml": "" for place in range(5_001)}), "a.docx", reasons.SWOLLEN),
        (made.archive({"[Content_Types].xml": " " * 2_000_000}), "a.docx", reasons.SWOLLEN),
        (made.archive({"[Content_Types].xml": "<Types/>", "visio/document.xml": ""}), "a.vsdx", reasons.OTHER_OFFICE),
        (made.archive({"mimetype": "application/epub+zip"}), "a.epub", reasons.OTHER_OFFICE),
        (made.archive({"brief.txt": "Hallo"}), "a.zip", reasons.ARCHIVE),
        (made.PDF + made.archive({"a.txt": "x"}), "a.pdf", reasons.TWO_KINDS),
        (made.PDF.replace(b"\n", b"\n<html><script>", 1), "a.pdf", reasons.TWO_KINDS),
        (made.JPEG + made.archive({"a.class": "x"}), "a.jpg", reasons.TWO_KINDS),
        (made.png() + made.archive({"a.class": "x"}), "a.png", reasons.TWO_KINDS),
        (b"<!DOCTYPE html><p>Hallo", "a.txt", reasons.PAGE),
        (b"\xef\xbb\xbf  <svg onload=alert(1)>", "a.txt", reasons.PAGE),
        (b"#!/bin/sh\nrm", "a.txt", reasons.PAGE),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "foto.heic", reasons.HEIC),
        (b"MZ\x90\x00\x03", "setup.exe", reasons.UNKNOWN),
        (b"GIF89a\x01\x00\x01\x00\x00", "bild.gif", reasons.UNKNOWN),
    ],
)
def test_what_is_refused_says_why(content: bytes, name: str, reason: str) -> None:
    assert refusal(content, name) == reason


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\system.ini", "C:x", "word/../../x"])
def test_an_archive_whose_members_lead_out_is_refused(name: str) -> None:
    assert refusal(made.office("docx", {name: "x"}), "a.docx") == reasons.BROKEN


def test_an_archive_with_something_before_it_is_refused() -> None:
    moved = b"PK\x03\x04" + bytes(40) + made.office("docx")
    assert refusal(moved, "a.docx") == reasons.TWO_KINDS


def test_a_member_that_stands_twice_is_refused() -> None:
    target = io.BytesIO(made.office("docx"))
    with zipfile.ZipFile(target, "a") as twice:
        twice.writestr("WORD/document.xml", "<y/>")
    assert refusal(target.getvalue(), "a.docx") == reasons.BROKEN


def test_a_list_of_libraries_without_macros_is_none() -> None:
    listed = {"Basic/script-lc.xml": "x", "Basic/Standard/script-lb.xml": "x"}
    assert decide(made.open_document("odt", listed), "a.odt") is FileKind.ODT


def test_an_embedded_table_makes_no_other_document() -> None:
    sheet = f'<Default Extension="xlsx" ContentType="{made.OFFICE}spreadsheetml.sheet"/>'
    embedded = {"word/embeddings/Tabelle.xlsx": made.office("xlsx")}
    assert decide(made.office("docx", embedded, sheet), "a.docx") is FileKind.DOCX


def test_text_in_every_usual_coding_is_text() -> None:
    for coding in ("utf-8", "utf-8-sig", "cp1252", "latin-1"):
        assert decide("Größe: 5 m²\r\nStraße\t1\f".encode(coding), "a.txt") is FileKind.TEXT
    for content in ("Größe".encode("utf-16"), b"a\x00b", b"a\x81\xc3("):
        assert "keinen lesbaren Text" in refusal(content, "a.txt")


def test_a_promise_that_is_not_kept_is_named() -> None:
    assert "ist aber kein PDF oder beschädigt" in refusal(b"\x00\x01\x02", "a.pdf")
    assert "ist aber eine Textdatei" in refusal(b"Hallo", "a.pdf")
    assert "ist aber keine Excel-Tabelle" in refusal(b"\x00\x01\x02", "a.xlsx")


def test_size_is_asked_before_anything_is_read() -> None:
    with pytest.raises(Refused, match="größer als 25 MB"):
        judge(io.BytesIO(), LARGEST + 1, "a.pdf")
    large = made.PDF[:-6] + bytes(LARGEST - len(made.PDF)) + b"%%EOF\n"
    assert len(large) == LARGEST
    assert decide(large, "a.pdf") is FileKind.PDF


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.builds(
            lambda content, cut, noise: content[: cut % (len(content) + 1)] + noise,
            st.sampled_from(sorted(made.every_kind().values())),
            st.integers(0, 5_000),
            st.binary(max_size=60),
        ),
    ),
    st.text(max_size=30),
)
def test_no_bytes_and_no_name_break_the_decision(content: bytes, name: str) -> None:
    try:
        told = judge(io.BytesIO(content), len(content), name).name
    except Refused as refused:
        told = str(refused)
    assert told.rpartition(".")[2] in {"", *ENDINGS}
