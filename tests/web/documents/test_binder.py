"""Nachweisordner (ZIP): what lies in it, what its index says, and what becomes of it where something is missing."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote
from zipfile import ZIP_STORED, ZipFile

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import Connection, event

from selfcheck.core.files.names import DEVICES
from selfcheck.store.database.transactions import db
from tests import towns
from tests.web.clock import Clock
from tests.web.document import Document, find_faults, text_of
from tests.web.documents import sent_files
from tests.web.page import NewVisitor, Visitor, fill

ROOT = ["Inhaltsverzeichnis.html", "Inhaltsverzeichnis.pdf", "Bericht.pdf", "Dokumentationstabelle (Entwurf).xlsx"]
EVIL = (
    "../../x",
    "a/b\\c",
    "CON",
    "B" * 300,
    "Baum 🌳",
    "Plan\u202efdp.exe",
    "nul.txt",
    "Ende. . .",
    'Was? "Das": <b>*|',
)
OWN_STYLE = "<style> carries its own style"
"""It is no page of ours but a file on a disk, which has nothing beside it."""


@pytest.fixture
def town(page: Visitor, check: str, time: Clock) -> str:
    """The sample town."""
    fill(page, check, towns.sample().answers)
    return check


def _address(check: str) -> str:
    return f"/selbstcheck/{check}/dokumente/nachweisordner.zip"


def _load(page: Visitor, check: str) -> ZipFile:
    answer = page.client.get(_address(check), base_url=page.base)
    assert answer.status_code == 200
    assert answer.content_length == len(answer.data)
    return ZipFile(io.BytesIO(answer.data))


def _index(binder: ZipFile) -> Document:
    return Document(binder.read(ROOT[0]).decode())


def _lacks(index: Document) -> list[str]:
    heading = index.one(".//h2[@id='fehlt']")
    main = list(index.one(".//main"))
    after = main[main.index(heading) + 1]
    return [text_of(each) for each in after.findall("li")]


def _links(index: Document) -> list[str]:
    return [unquote(link.get("href", "")) for link in index.all(".//main//a")]


def _pdf(binder: ZipFile) -> str:
    found = pypdfium2.PdfDocument(binder.read(ROOT[1]))
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in found).replace("\r\n", "\n")


def test_it_holds_the_newest_file_of_each_piece_by_register(page: Visitor, town: str, app: Flask) -> None:
    first, second, third, *_ = sent_files.pieces(app)
    sent_files.send(app, first, b"alt", "Entwurf.pdf")
    newest = sent_files.send(app, first, b"neu und gut", "Leitbild öffentlich.pdf")
    other = sent_files.send(app, third, b"Bild", "Foto.jpg")
    sent_files.send(app, second, b"neu und gut", "dasselbe.pdf")
    binder = _load(page, town)
    assert binder.testzip() is None
    names = binder.namelist()
    assert names[:4] == ROOT
    files = names[4:]
    assert len(files) == 3
    assert [PurePosixPath(name).suffix for name in files] == [".pdf", ".pdf", ".jpg"]
    assert all(re.match(r"[A-Z] [^/]+/[A-Z]\d+ [^/]+/[A-Z]\d+\.\d+ [^/]+$", name) for name in files)
    assert [binder.read(name) for name in files] == [b"neu und gut", b"neu und gut", b"Bild"]
    assert {info.compress_type for info in binder.infolist()} == {ZIP_STORED}
    assert {info.date_time for info in binder.infolist()} == {binder.infolist()[0].date_time}
    assert all(info.flag_bits & 0x800 for info in binder.infolist() if not info.filename.isascii())
    index = _index(binder)
    assert [link for link in _links(index) if link in files] == files
    for file in (newest, other):
        assert f"SHA-256 {file.sha256}" in index.text
        assert f"({file.size} Bytes)" in index.text
    for paper in ROOT[2:]:
        assert paper in _links(index)
        assert hashlib.sha256(binder.read(paper)).hexdigest() in index.text
    assert "Entwurf.pdf" not in index.text
    assert "hochgeladen als Leitbild öffentlich.pdf" in index.text
    assert "3 Dateien" in index.text
    assert "so wie am 08.02.2027" in index.text


def test_the_index_is_a_page_that_anybody_can_read(page: Visitor, town: str, app: Flask) -> None:
    sent_files.send(app, next(iter(sent_files.pieces(app))), b"eins", "eins.pdf")
    index = _index(_load(page, town))
    assert [fault for fault in find_faults(index) if fault != OWN_STYLE] == []
    assert not index.all(".//script")
    assert not index.all(".//form")
    assert "Nachweisordner Musterstadt am Main" in text_of(index.one(".//h1"))


def test_both_indexes_say_the_same(page: Visitor, town: str, app: Flask) -> None:
    file = sent_files.send(app, next(iter(sent_files.pieces(app))), b"eins", "eins.pdf")
    binder = _load(page, town)
    index, pdf = _index(binder), "".join(_pdf(binder).split()).replace("\u200b", "")
    lacks = _lacks(index)
    assert lacks
    state = re.search(r"unvollständig \((\d+) von (\d+) vorhanden\)", index.text)
    assert state is not None
    assert int(state[2]) - int(state[1]) == len(lacks)
    for said in (
        state[0],
        "Was noch fehlt",
        f"SHA-256 {file.sha256}",
        "Stand 1 vom 08.02.2027",
        *binder.namelist()[4:],
    ):
        assert "".join(said.split()) in pdf, said
    assert "Seite 1 von" in _pdf(binder)


def test_what_nobody_could_find_is_missing(page: Visitor, town: str, app: Flask) -> None:
    before = _lacks(_index(_load(page, town)))
    unplaced = [lack for lack in before if lack.endswith("Fundstelle fehlt")]
    assert unplaced
    piece = next(id for id, title in sent_files.pieces(app).items() if title and title in unplaced[0])
    sent_files.send(app, piece, b"gefunden", "gefunden.pdf")
    after = _lacks(_index(_load(page, town)))
    assert after == before[1:] if before[0] == unplaced[0] else [lack for lack in before if lack != unplaced[0]]


def test_a_file_that_is_lost_is_told_in_the_index(
    page: Visitor, town: str, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    first, second, *_ = sent_files.pieces(app)
    lost = sent_files.send(app, first, b"verloren", "verloren.pdf")
    cut = sent_files.send(app, second, b"halbiert", "gekuerzt.pdf")
    sent_files.place_of(app, lost).unlink()
    sent_files.place_of(app, cut).write_bytes(b"ge")
    binder = _load(page, town)
    assert binder.namelist() == ROOT
    lacks = _lacks(_index(binder))
    assert sum("Die Datei lässt sich nicht lesen" in lack for lack in lacks) == 2
    assert "2 files of pieces of evidence" in caplog.text
    assert "verloren" not in caplog.text


def test_nothing_leads_out_of_it_whatever_a_piece_is_called(page: Visitor, town: str, app: Flask) -> None:
    for place, (piece, title) in enumerate(zip(sent_files.pieces(app), EVIL, strict=False)):
        sent_files.call(app, piece, title)
        sent_files.send(app, piece, str(place).encode(), "Datei.pdf")
    binder = _load(page, town)
    files = binder.namelist()[4:]
    assert len(files) == len(EVIL)
    assert len({name.casefold() for name in files}) == len(files)
    for name in files:
        _assert_unpacks_everywhere(name)
    assert any("🌳" in name for name in files)
    index = _index(binder)
    assert [link for link in _links(index) if link in files] == files


def _assert_unpacks_everywhere(path: str) -> None:
    assert len(path.encode("utf-16-le")) // 2 <= 160
    assert not path.startswith("/")
    for name in path.split("/"):
        assert name not in ("", ".", "..")
        assert name == name.rstrip(". ")
        assert not re.search(r'[<>:"\\|?*\x00-\x1f\u202a-\u202e]', name)
        assert not DEVICES.fullmatch(name.partition(".")[0])


def test_it_is_a_private_file_with_a_readable_name(page: Visitor, town: str) -> None:
    shown = page.open(f"/selbstcheck/{town}/dokumente?ohne-ansprechperson=1")
    answer = page.client.get(shown.link("Nachweisordner (ZIP)"), base_url=page.base)
    assert answer.mimetype == "application/zip"
    named = unquote(answer.headers["Content-Disposition"])
    assert named.startswith("attachment;")
    assert "filename*=UTF-8''Nachweisordner Musterstadt am Main, Stand 1 vom 08.02.2027.zip" in named or (
        'filename="Nachweisordner Musterstadt am Main, Stand 1 vom 08.02.2027.zip"' in named
    )
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_nobody_else_gets_it(page: Visitor, visitor: NewVisitor, town: str) -> None:
    assert visitor().client.get(_address(town)).status_code == 404
    assert page.client.get(_address("beispiel")).status_code in (403, 404)


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """What is sent to the database."""
    sent: list[str] = []

    def note(connection: Connection, cursor: object, statement: str, *further: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_more_files_take_no_more_statements(page: Visitor, town: str, app: Flask, statements: list[str]) -> None:
    ids = list(sent_files.pieces(app))
    sent_files.send(app, ids[0], b"0", "0.pdf")
    _load(page, town)
    statements.clear()
    _load(page, town)
    before = len(statements)
    for place, piece in enumerate(ids[1:12]):
        sent_files.send(app, piece, str(place).encode(), f"{place}.pdf")
    _load(page, town)  # which freezes the new Stand
    statements.clear()
    _load(page, town)
    assert len(statements) == before <= 16
