"""Files of a piece of evidence: sent with its page, handed over to be kept, refused with a reason, taken out."""

from __future__ import annotations

import errno
import io
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from selfcheck.core.files import reasons
from selfcheck.core.files.kinds import LARGEST
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from selfcheck.store.files import depot, virus_scan
from selfcheck.web.evidence import receiving
from selfcheck.web.http.load import bodies
from tests import clamd
from tests.core.files import made
from tests.web.document import text_of
from tests.web.page import Page, Visitor
from tests.web.world import CRITERION, QUESTION, World

SAVE = "Beleg speichern"
PDF = made.PDF
TITLE = "Unser Leitbild"


@pytest.fixture
def town(world: World) -> Iterator[World]:
    """The town without any files; settings are as they were afterwards."""
    shutil.rmtree(world.folder / "files", ignore_errors=True)
    before = dict(world.app.config)
    yield world
    world.app.config.clear()
    world.app.config.update(before)


def names_on_disk(town: World) -> list[str]:
    return [path.name for path in (town.folder / "files").rglob("*") if path.is_file()]


def count_files(app: Flask) -> int:
    with app.app_context():
        return reading().execute(select(func.count()).select_from(tables.PieceFile)).scalar_one()


def address_of(town: World, key: str, office: bool = False) -> str:
    return f"/selbstcheck/{town.check_id}/{'auftrag/' if office else ''}nachweise/{QUESTION}/{key}"


def send(
    visitor: Visitor,
    address: str,
    content: bytes = PDF,
    name: str = "Leitbild Grün.pdf",
    *,
    title: str = "",
    script: bool = False,
) -> TestResponse:
    """What a browser sends when somebody chooses a file on the page of a piece and saves."""
    page = visitor.open(address)
    fields = dict(page.form(SAVE).fields)
    fields |= {field: title for field in fields if field.endswith(".title") and title}
    fields.pop("file", None)
    boundary, data = encode_multipart({**fields, "file": FileStorage(io.BytesIO(content), name)})
    kind, headers = f"multipart/form-data; boundary={boundary}", {"Accept": "application/json"} if script else {}
    return visitor.client.post(address, data=data, content_type=kind, headers=headers)


def register(visitor: Visitor, town: World) -> Page:
    return visitor.open(f"/selbstcheck/{town.check_id}/nachweise")


def piece_address(visitor: Visitor, town: World, title: str) -> str:
    """The page of a stored piece, as the register leads to it."""
    page = register(visitor, town)
    rows = page.all(".//li[@class='register__row']")
    (row,) = [row for row in rows if any(text_of(each) == title for each in row.iter("h3"))]
    return next(str(link.get("href")) for link in row.iter("a")).partition("?")[0]


def test_a_file_is_stored_with_its_piece_and_stands_everywhere(town: World) -> None:
    visitor = town.visit("coordinator")
    response = send(visitor, address_of(town, "neu"))
    assert response.status_code == 303
    assert len(names_on_disk(town)) == 1
    card = visitor.open(f"/selbstcheck/{town.check_id}/fragen/{CRITERION}?offen={QUESTION}").main
    assert "Leitbild Grün.pdf (1 kB," in card
    assert "Datei: Leitbild Grün.pdf (1 kB," in register(visitor, town).main
    page = visitor.open(piece_address(visitor, town, "Leitbild Grün"))
    assert "Leitbild Grün.pdf" in page.main
    assert "Revision 1 · 1 kB" in page.main
    assert "nicht auf Viren geprüft" in page.main
    preview = visitor.open(f"/selbstcheck/{town.check_id}/teilen/vorschau").main
    assert "Datei: Leitbild Grün.pdf (1 kB," in preview
    told = visitor.open(f"/selbstcheck/{town.check_id}/verlauf").main
    assert "Datei hochgeladen" in told
    assert "Grün.pdf" not in told


def test_a_long_name_makes_no_title_that_is_too_long(town: World) -> None:
    visitor = town.visit("coordinator")
    assert send(visitor, address_of(town, "neu"), name=f"{'Leitbild ' * 1000}.pdf").status_code == 303
    assert f"Datei: {('Leitbild ' * 13)[:116].strip()}.pdf" in register(visitor, town).main


def test_it_is_handed_over_to_be_kept_and_nothing_else(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), made.png(), "Übersicht.png", title=TITLE)
    page = visitor.open(piece_address(visitor, town, TITLE))
    response = visitor.client.get(page.link("Übersicht.png"))
    assert response.get_data() == made.png()
    assert (
        response.headers["Content-Disposition"]
        == "attachment; filename=Ubersicht.png; filename*=UTF-8''%C3%9Cbersicht.png"
    )
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_proxy_may_hand_it_over_by_itself(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    (name,) = names_on_disk(town)
    town.app.config["FILES_HANDED_OVER"] = "/dateien-intern/"
    page = visitor.open(piece_address(visitor, town, TITLE))
    response = visitor.client.get(page.link("Leitbild Grün.pdf"))
    assert response.headers["X-Accel-Redirect"] == f"/dateien-intern/{name[:2]}/{name}"
    assert response.get_data() == b""
    assert "Leitbild%20Gr%C3%BCn.pdf" in response.headers["Content-Disposition"]


def test_a_new_file_is_a_new_revision_and_the_old_one_can_still_be_had(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = piece_address(visitor, town, TITLE)
    content = made.office("docx")
    assert send(visitor, address, content, "Leitbild neu.docx").status_code == 303
    page = visitor.open(address)
    assert "Frühere Fassungen (1)" in page.main
    assert visitor.client.get(page.link("Leitbild neu.docx")).get_data() == content
    assert visitor.client.get(page.link("Leitbild Grün.pdf")).get_data() == PDF
    assert "Leitbild neu.docx" in register(visitor, town).main
    assert "Revision 2" in register(visitor, town).main
    assert send(visitor, address, content, "Leitbild neu.docx").status_code == 303
    assert count_files(town.app) == 2, "the same file once more is no new revision"


def state_of(visitor: Visitor, address: str) -> str:
    fields = dict(visitor.open(address).form(SAVE).fields)
    return next(value for name, value in fields.items() if name.endswith(".state"))


def test_a_piece_that_was_missing_is_there_with_its_file(town: World) -> None:
    visitor = town.visit("coordinator")
    page = visitor.open(address_of(town, "neu"))
    name = next(each.rpartition(".")[0] for each, _ in page.form(SAVE).fields if each.endswith(".title"))
    visitor.press(page, SAVE, {f"{name}.title": TITLE, f"{name}.state": "missing"})
    address = piece_address(visitor, town, TITLE)
    assert state_of(visitor, address) == "missing"
    assert send(visitor, address).status_code == 303
    assert state_of(visitor, address) == "available"


def test_whoever_says_just_now_that_it_is_missing_is_believed(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = piece_address(visitor, town, TITLE)
    fields = dict(visitor.open(address).form(SAVE).fields)
    fields |= {name: "missing" for name in fields if name.endswith(".state")}
    data = {**fields, "file": (io.BytesIO(made.png()), "Entwurf.png")}
    sent = visitor.client.post(address, data=data, content_type="multipart/form-data")
    assert sent.status_code == 303
    assert state_of(visitor, address) == "missing"
    assert "Entwurf.png" in visitor.open(address).main


def test_the_report_says_where_files_are_to_be_had(town: World) -> None:
    visitor = town.visit("coordinator")
    address = f"/selbstcheck/{town.check_id}/teilen/vorschau"
    where = "Dateien, die hier genannt sind, liegen bei der Kommune."
    assert where not in visitor.open(address).main
    send(visitor, address_of(town, "neu"), title=TITLE)
    shown = visitor.open(address)
    assert where in shown.main
    assert not [link for link in shown.all(".//a") if "/datei/" in str(link.get("href"))]


@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 400, "-1", "u99", "u0x", "n" * 500, "\x00", "²", "n../../x"])
@pytest.mark.parametrize("version", ["0", "-1", "9" * 5000, "x", "²"])
def test_forged_names_of_pieces_and_versions_keep_nothing_and_break_nothing(
    town: World, key: str, version: str
) -> None:
    visitor = town.visit("coordinator")
    name = f"{QUESTION}.e.{key}"
    data = {
        "csrf_token": town.people["coordinator"].csrf,
        f"{name}.version": version,
        f"{name}.base": version,
        f"{name}.title": TITLE,
        "file": (io.BytesIO(PDF), "a.pdf"),
    }
    response = visitor.client.post(address_of(town, "neu"), data=data, content_type="multipart/form-data")
    assert response.status_code in (303, 400, 403, 409, 410, 422)
    assert (count_files(town.app), len(names_on_disk(town))) in {(0, 0), (1, 1)}
    assert count_files(town.app) == (response.status_code == 303)


def test_a_file_for_a_piece_of_another_self_check_goes_nowhere(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    foreign = piece_address(visitor, town, TITLE).rpartition("/")[2]
    other = town.join("coordinator of another")
    links = [str(link.get("href")) for link in other.open("/selbstchecks").all(".//main//a")]
    own = next(link for link in links if link.startswith("/selbstcheck/") and town.check_id not in link)
    name = f"{QUESTION}.e.{foreign}"
    data = {"csrf_token": town.people["coordinator of another"].csrf, f"{name}.version": "1", f"{name}.base": ""}
    sent = other.client.post(
        f"/selbstcheck/{own.split('/')[2]}/nachweise/{QUESTION}/neu",
        data=data | {"file": (io.BytesIO(PDF + b" "), "a.pdf")},
        content_type="multipart/form-data",
    )
    assert sent.status_code in (403, 404, 409, 410)
    assert count_files(town.app) == 1


@pytest.mark.parametrize("number", ["0", "2", "9" * 30, "-1", "x"])
def test_a_number_of_no_file_takes_nothing_out(town: World, number: str) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = piece_address(visitor, town, TITLE)
    fields = {"csrf_token": town.people["coordinator"].csrf, "reason": "x"}
    assert visitor.post(f"{address}/datei/{number}/entfernen", fields).status_code == 404
    assert len(names_on_disk(town)) == 1


@pytest.mark.parametrize("reason", ["x" * 100_000, "\x00\u202e", "<script>", "😀" * 50])
def test_any_reason_for_taking_out_is_taken_or_told(town: World, reason: str) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = f"{piece_address(visitor, town, TITLE)}/datei/1/entfernen"
    fields = {"csrf_token": town.people["coordinator"].csrf, "reason": reason}
    status = visitor.post(address, fields).status_code
    assert status in (303, 422)
    assert len(names_on_disk(town)) == (status == 422)
    if status == 303:
        assert visitor.post(address, fields).status_code == 404, "it is gone already"


def test_what_was_typed_is_saved_with_the_file(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "u0"), title="")
    assert count_files(town.app) == 1
    assert "Fundstelle fehlt" not in visitor.open(address_of(town, "u0")).main


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "leer.pdf", reasons.EMPTY),
        (PDF[:30], "halb.pdf", reasons.BROKEN),
        (PDF, "liste.xlsx", "ist aber ein PDF"),
        (made.LOCKED_PDF, "geheim.pdf", reasons.LOCKED),
        (made.office("docx", {"word/vbaProject.bin": "x"}), "makro.docx", reasons.MACROS),
        (made.swollen(), "bombe.docx", reasons.SWOLLEN),
        (PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "formular.pdf", reasons.ACTIVE_PDF),
        (PDF + made.archive({"a": "b"}), "zwei.pdf", reasons.TWO_KINDS),
        (PDF, "rechnung.exe.pdf", "zwei Endungen"),
        (b"<html><script>alert(1)</script>", "seite.txt", reasons.PAGE),
        (b"MZ\x90\x00", "setup.exe", reasons.UNKNOWN),
    ],
)
def test_what_is_refused_says_why_keeps_what_was_typed_and_leaves_nothing(
    town: World, content: bytes, name: str, reason: str
) -> None:
    visitor = town.visit("coordinator")
    response = send(visitor, address_of(town, "neu"), content, name, title=TITLE)
    assert response.status_code == 422
    page = Page(response)
    assert reason in page.main
    assert TITLE in page.source
    assert names_on_disk(town) == []
    assert count_files(town.app) == 0
    assert TITLE not in register(visitor, town).main


def test_a_script_hears_the_same_in_json(town: World) -> None:
    visitor = town.visit("coordinator")
    refused = send(visitor, address_of(town, "neu"), b"", "leer.pdf", script=True)
    assert (refused.status_code, refused.get_json()["text"]) == (422, reasons.EMPTY)
    kept = send(visitor, address_of(town, "neu"), title=TITLE, script=True)
    page = visitor.open(kept.get_json()["href"])
    assert "Datei gespeichert" in page.main
    assert "Leitbild Grün.pdf" in page.main


def test_a_file_that_was_saved_by_mistake_goes_again_with_one_click(town: World) -> None:
    visitor = town.visit("coordinator")
    assert "Zurück ohne Speichern" in visitor.open(address_of(town, "neu")).main
    kept = send(visitor, address_of(town, "neu"), title=TITLE, script=True)
    page = visitor.open(kept.get_json()["href"])
    assert "Zurück ohne Speichern" not in page.main
    gone = visitor.press(page, "Datei wieder entfernen, Leitbild Grün.pdf")
    assert "Datei entfernt" in gone.main
    assert "Leitbild Grün.pdf" not in gone.main
    assert TITLE in visitor.open(f"/selbstcheck/{town.check_id}/nachweise").main
    visitor.press(gone, "Beleg auch entfernen")
    assert TITLE not in visitor.open(f"/selbstcheck/{town.check_id}/nachweise").main


def test_the_upload_says_what_photos_can_hold(town: World) -> None:
    said = town.visit("coordinator").open(address_of(town, "neu")).main
    assert "In Fotos kann stehen, wann und wo sie aufgenommen wurden" in said


def test_fields_that_are_wrong_keep_the_file_waiting(town: World) -> None:
    visitor = town.visit("coordinator")
    page = visitor.open(address_of(town, "neu"))
    fields = dict(page.form(SAVE).fields)
    link = next(name for name in fields if name.endswith(".link"))
    data = {**fields, link: "kein link", "file": (io.BytesIO(PDF), "a.pdf")}
    response = visitor.client.post(address_of(town, "neu"), data=data, content_type="multipart/form-data")
    assert response.status_code == 422
    assert "Bitte wählen Sie sie noch einmal aus" in Page(response).main
    assert (names_on_disk(town), count_files(town.app)) == ([], 0)


def test_a_large_file_goes_over_the_disk(town: World) -> None:
    large = PDF[:-6] + bytes(6 * 1024 * 1024) + b"%%EOF\n"
    visitor = town.visit("coordinator")
    assert send(visitor, address_of(town, "neu"), large, title=TITLE).status_code == 303
    page = visitor.open(piece_address(visitor, town, TITLE))
    assert "6 MB" in page.main
    assert visitor.client.get(page.link("Leitbild Grün.pdf")).get_data() == large


def test_more_than_25_megabytes_are_refused(town: World) -> None:
    visitor = town.visit("coordinator")
    little = send(visitor, address_of(town, "neu"), PDF + bytes(LARGEST), title=TITLE)
    assert little.status_code == 413
    assert reasons.TOO_LARGE in Page(little).main
    far = send(visitor, address_of(town, "neu"), bytes(LARGEST + 1024 * 1024))
    assert far.status_code == 413
    assert reasons.TOO_LARGE in Page(far).main
    assert names_on_disk(town) == []


class Unread:
    """A body that nobody may touch."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("read")


@pytest.mark.parametrize(
    ("name", "status"), [("nobody", 404), ("stranger", 404), ("owner", 403), ("colleague", 403), ("office", 403)]
)
def test_a_long_body_of_whoever_may_not_send_files_is_not_read(town: World, name: str, status: int) -> None:
    given = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(10**7), "CONTENT_TYPE": "multipart/form-data; boundary=b"}
    client = town.visit(name).client
    assert client.post(address_of(town, "neu"), environ_overrides=given).status_code == status
    assert client.post("/anmelden", environ_overrides=given).status_code == 413


class Broken:
    """A line that breaks after some bytes."""

    def __init__(self, start: bytes) -> None:
        self.left = start

    def read(self, size: int = -1) -> bytes:
        piece, self.left = self.left[:size], self.left[size:]
        return piece


def test_an_upload_that_is_stopped_leaves_nothing(town: World) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + PDF + bytes(3_000_000)
    given = {
        "wsgi.input": Broken(head),
        "CONTENT_LENGTH": str(10**7),
        "CONTENT_TYPE": "multipart/form-data; boundary=b",
    }
    client = town.visit("coordinator").client
    assert client.post(address_of(town, "neu"), environ_overrides=given).status_code == 400
    assert (names_on_disk(town), count_files(town.app)) == ([], 0)


SENDERS = {"coordinator": 303, "colleague with an account": 303, "owner": 403, "colleague": 403}
NONE = {"nobody": 404, "stranger": 404, "office": 403, "reader": 404, "ended office": 410, "withdrawn office": 410}


@pytest.mark.parametrize(("name", "status"), [*SENDERS.items(), *NONE.items(), ("colleague of the deleted", 410)])
def test_who_may_send_a_file(town: World, name: str, status: int) -> None:
    visitor = town.visit(name)
    name_field = f"{QUESTION}.e.n0123456789"
    data = {
        "csrf_token": town.people[name].csrf,
        f"{name_field}.version": "0",
        f"{name_field}.base": "",
        "file": (io.BytesIO(PDF), "a.pdf"),
    }
    response = visitor.client.post(address_of(town, "neu"), data=data, content_type="multipart/form-data")
    assert response.status_code == status
    assert len(names_on_disk(town)) == (status == 303)


def test_who_may_send_none_reads_why(town: World) -> None:
    page = town.visit("owner").open(address_of(town, "neu"))
    assert "Dateien hochladen können Sie mit einem Konto" in page.main
    assert not page.all(".//input[@type='file']")


def test_an_office_may_where_an_account_coordinates(town: World) -> None:
    office = town.visit("office")
    assert send(office, address_of(town, "neu", office=True), title=TITLE).status_code == 303
    page = office.open(f"/selbstcheck/{town.check_id}/auftrag")
    link = page.link(next(text_of(each) for each in page.all(".//a") if TITLE in text_of(each)))
    opened = office.open(link)
    assert "Revision 1" in opened.main
    assert "Entfernen" not in opened.main
    href = opened.link("Leitbild Grün.pdf")
    assert office.client.get(href).get_data() == PDF
    for name, status in {**NONE, "coordinator": 403, "owner": 403}.items():
        if name != "office":
            assert town.join(name).client.get(href).status_code == status, name


@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 200), ("coordinator", 200), ("colleague", 200), *NONE.items(), ("coordinator of another", 404)],
)
def test_who_may_download_it(town: World, name: str, status: int) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    href = visitor.open(piece_address(visitor, town, TITLE)).link("Leitbild Grün.pdf")
    assert town.join(name).client.get(href).status_code == status


@pytest.mark.parametrize("end", ["0", "2", "01x", "9" * 40, "-1", "%00"])
def test_addresses_of_no_file_are_none(town: World, end: str) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = piece_address(visitor, town, TITLE)
    assert visitor.client.get(f"{address}/datei/{end}").status_code == 404
    other = address.replace(QUESTION, "leitbild") if QUESTION != "leitbild" else address.replace(QUESTION, "nichts")
    assert visitor.client.get(f"{other}/datei/1").status_code == 404


def test_it_is_taken_out_for_good(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = piece_address(visitor, town, TITLE)
    visitor.press(visitor.open(f"/selbstcheck/{town.check_id}/teilen"), "Link erstellen", {"label": "IHK"})
    page = visitor.open(address)
    href = page.link("Leitbild Grün.pdf")
    asked = visitor.open(page.link("Entfernen: Leitbild Grün.pdf, Revision 1"))
    done = visitor.press(asked, "Überall entfernen", {"reason": "Personaldaten"})
    assert "Datei entfernt" in done.main
    assert "entfernt am" in done.main
    assert "Grün.pdf" not in done.main
    assert names_on_disk(town) == []
    assert visitor.client.get(href).status_code == 404
    assert "Fundstelle fehlt" in register(visitor, town).main
    with town.app.app_context():
        frozen = (
            reading().execute(select(tables.Snapshot.content).order_by(tables.Snapshot.id.desc())).scalars().first()
        )
    assert frozen is not None
    assert "Grün.pdf" not in frozen
    told = visitor.open(f"/selbstcheck/{town.check_id}/verlauf").main
    assert "Personaldaten" in told


@pytest.mark.parametrize("name", ["colleague", "colleague with an account", "office"])
def test_only_the_coordination_takes_files_out(town: World, name: str) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    address = piece_address(visitor, town, TITLE)
    assert town.join(name).client.get(f"{address}/datei/1/entfernen").status_code == 403


def test_where_there_is_no_room_it_says_so(town: World) -> None:
    visitor = town.visit("coordinator")
    town.app.config["FILES_PER_CHECK"] = 50
    full = send(visitor, address_of(town, "neu"), title=TITLE)
    assert full.status_code == 422
    assert "Dieser Selbstcheck fasst" in Page(full).main
    town.app.config.update(FILES_PER_CHECK=10**9, FILES_RESERVE=2**62)
    reserve = send(visitor, address_of(town, "neu"), title=TITLE)
    assert reserve.status_code == 503
    assert receiving.NO_ROOM in Page(reserve).main
    assert (names_on_disk(town), count_files(town.app)) == ([], 0)
    assert TITLE not in register(visitor, town).main


def test_a_virus_is_refused_and_a_silent_scanner_takes_nothing(town: World, tmp_path: Path) -> None:
    visitor = town.visit("coordinator")
    town.app.config["CLAMD"] = str(tmp_path / "clamd")
    silent = send(visitor, address_of(town, "neu"), title=TITLE)
    assert silent.status_code == 503
    assert receiving.SILENT in Page(silent).main
    with clamd.listening(tmp_path / "clamd"):
        found = send(visitor, address_of(town, "neu"), PDF.replace(b"/Catalog", b"/" + clamd.VIRUS), title=TITLE)
        assert found.status_code == 422
        assert receiving.VIRUS in Page(found).main
        assert (names_on_disk(town), count_files(town.app)) == ([], 0)
        assert send(visitor, address_of(town, "neu"), title=TITLE).status_code == 303
    assert "nicht auf Viren geprüft" not in visitor.open(piece_address(visitor, town, TITLE)).main


def test_a_scanner_that_hangs_holds_up_few(town: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = town.visit("coordinator")
    town.app.config["CLAMD"] = str(tmp_path / "clamd")
    monkeypatch.setattr(receiving, "PATIENCE", 0.01)
    monkeypatch.setitem(town.app.extensions, receiving.SCANS, threading.BoundedSemaphore(1))
    with clamd.listening(tmp_path / "clamd"):
        with town.app.extensions[receiving.SCANS]:
            busy = send(visitor, address_of(town, "neu"), title=TITLE)
        assert busy.status_code == 503
        assert receiving.BUSY in Page(busy).main
        assert (names_on_disk(town), count_files(town.app)) == ([], 0)
        assert send(visitor, address_of(town, "neu"), title=TITLE).status_code == 303


def test_no_read_stays_open_while_a_body_comes_or_a_scanner_looks(
    town: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, reads = town.visit("coordinator"), []
    town.app.config["CLAMD"] = str(tmp_path / "clamd")
    take_apart = bodies.refuse_odd_parts

    def note(*arguments: object) -> None:
        reads.append(reading().in_transaction())

    def take_apart_and_note() -> None:
        note()
        take_apart()

    monkeypatch.setattr(bodies, "refuse_odd_parts", take_apart_and_note)
    monkeypatch.setattr(virus_scan, "scan", note)
    content = PDF.replace(b"%%EOF", b" " * 3_000_000 + b"%%EOF")
    assert send(visitor, address_of(town, "neu"), content, title=TITLE).status_code == 303
    assert reads == [False, False]


def _fill_disk(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("place", ["depot", "body"])
@pytest.mark.parametrize("script", [True, False])
def test_a_disk_that_is_full_after_all_is_told(
    town: World, monkeypatch: pytest.MonkeyPatch, place: str, script: bool
) -> None:
    visitor = town.visit("coordinator")
    if place == "depot":
        monkeypatch.setattr(depot.os, "fsync", _fill_disk)
        content = PDF
    else:
        monkeypatch.setattr(SpooledTemporaryFile, "write", _fill_disk)
        content = PDF + b" " * LARGEST
    refused = send(visitor, address_of(town, "neu"), content[:LARGEST], title=TITLE, script=script)
    assert refused.status_code == 503
    monkeypatch.undo()
    assert (names_on_disk(town), count_files(town.app)) == ([], 0)
    assert send(visitor, address_of(town, "neu"), title=TITLE).status_code == 303


def test_the_data_file_says_what_there_is_and_that_it_does_not_come_along(town: World) -> None:
    visitor = town.visit("coordinator")
    send(visitor, address_of(town, "neu"), title=TITLE)
    data = visitor.client.get(f"/selbstcheck/{town.check_id}/dokumente/alle-daten.json?verlauf=nein")
    (file,) = data.get_json()["files"]
    assert (file["name"], file["number"], file["size"]) == ("Leitbild Grün.pdf", 1, len(PDF))
    assert file["content"] == "nicht in dieser Datei"
    page = visitor.open("/selbstcheck/neu/aus-datei")
    fields = {**dict(page.form("Aus Datei beginnen").fields), "file": (io.BytesIO(data.get_data()), "alles.json")}
    begun = visitor.client.post("/selbstcheck/neu/aus-datei", data=fields, content_type="multipart/form-data")
    assert begun.status_code == 303
    assert count_files(town.app) == 1
