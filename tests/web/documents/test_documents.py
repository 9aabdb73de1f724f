"""„Dokumente“: who gets them, of which Stand they are, and what is said where one cannot be made."""

from __future__ import annotations

import fcntl
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from selfcheck.core.rules.answers import Answer, State
from selfcheck.reporting.documents.offered import DOCUMENTS, Document
from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.office.visits import ask_office
from tests.web.page import NewVisitor, Page, Visitor, begin, fill
from tests.web.sharing.sharing import read, share

CONTACT = {"name": "Sabine Krüger", "office": "Wirtschaftsförderung", "phone": "06100 000-120", "mail": ""}


@pytest.fixture
def asked(page: Visitor, check: str, time: Clock) -> str:
    """A self-check of which it is known whom to ask."""
    page.press(page.open(_root(check)), "Speichern", CONTACT)
    return check


def _root(check_id: str) -> str:
    return f"/selbstcheck/{check_id}/dokumente"


def _get(visitor: Visitor, address: str, status: int = 200) -> TestResponse:
    answer = visitor.client.get(address, base_url=visitor.base)
    assert answer.status_code == status
    return answer


def _text(answer: TestResponse) -> str:
    pdf = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_day_on_which_offices_answer_stands_wherever_the_overview_and_the_steps_do(
    app: Flask, page: Visitor, visitor: NewVisitor, time: Clock
) -> None:
    check = begin(page, interview="15.06.2027")
    due = time.moment.date() + timedelta(days=3)
    ask_office(app, check, "leitbild", due_on=due)
    said = f"erledigt; Antworten der Fachbereiche: bis {due:%d.%m.%Y}"
    assert "Antworten der Fachbereiche" in page.open(f"/selbstcheck/{check}").main
    assert f"{due:%d.%m.%Y}: Antworten der Fachbereiche" in _text(_get(page, f"{_root(check)}/kurzfassung.pdf"))
    assert said in " ".join(_text(_get(page, f"{_root(check)}/bericht.pdf?checkliste=1")).split())
    assert "Antworten der Fachbereiche" not in _text(_get(page, f"{_root(check)}/bericht.pdf"))
    calendar = _get(page, f"{_root(check)}/termine.ics").get_data(as_text=True)
    assert f"DTSTART;VALUE=DATE:{due:%Y%m%d}" in calendar
    assert "SUMMARY:Antworten der Fachbereiche" in calendar
    assert said in read(visitor(), share(page, check, checklist="y")).main
    assert said not in read(visitor(), share(page, check, label="Bürgermeisterin")).main


def test_the_pdf_of_a_link_has_the_chapters_of_its_page(page: Visitor, visitor: NewVisitor, asked: str) -> None:
    reader = visitor()
    found = read(reader, share(page, asked, route="y", checklist="y"))
    chapters = [text_of(head) for head in found.all(".//main//h2")]
    assert {"Fehlende Belege", "Der Weg zur Marke", "Checkliste"} < set(chapters)
    for answer in (
        _get(reader, f"{found.address}/bericht.pdf"),
        _get(page, f"{_root(asked)}/bericht.pdf?weg=1&checkliste=1"),
    ):
        listed = pypdfium2.PdfDocument(io.BytesIO(answer.data)).get_toc()
        assert sorted(each.get_title() for each in listed if each.level == 0) == sorted(chapters)
        assert "passen Sie die Liste an Ihr Rathaus an" not in " ".join(_text(answer).split())


def _links(found: Page) -> list[str]:
    return [text_of(link) for link in found.all(".//main//h2/a")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each.address)
def test_a_download_names_its_kind_and_its_characters_once(asked: str, page: Visitor, document: Document) -> None:
    sent = _get(page, f"{_root(asked)}/{document.address}").headers["Content-Type"]
    assert sent.count("charset") == (1 if sent.startswith("text/") else 0)
    assert sent.count(";") <= 1


def test_whom_to_ask_is_asked_before_the_first_document(page: Visitor, check: str) -> None:
    found = page.open(_root(check))
    assert "Wen kann die IHK fragen?" in found.main
    assert not _links(found)
    wrong = page.press(found, "Speichern", {"name": ""}, 422)
    assert "Bitte geben Sie an, wen die IHK fragen kann." in wrong.main
    saved = page.press(wrong, "Speichern", CONTACT)
    assert "Die Ansprechperson ist gespeichert." in saved.main
    assert _links(saved) == [*(document.title for document in DOCUMENTS), "Nachweisordner (ZIP)", "Alle Daten (JSON)"]
    details = page.open(f"/selbstcheck/{check}/angaben")
    assert (details.value("name"), details.value("phone")) == ("Sabine Krüger", "06100 000-120")


def test_it_goes_on_without_anybody_to_ask(page: Visitor, check: str) -> None:
    found = page.open(page.open(_root(check)).link("Ohne Ansprechperson weiter"))
    assert "Bericht (PDF)" in _links(found)
    assert "Auf der ersten Seite fehlt noch die Ansprechperson." in found.main
    chosen = page.press(found, "Auswahl übernehmen", {"weg": "1"})
    assert "Mit Weg zur Marke." in chosen.main


def test_somebody_else_was_faster_with_the_details(page: Visitor, check: str) -> None:
    old = page.open(_root(check))
    page.press(page.open(f"/selbstcheck/{check}/angaben"), "Speichern", {"name": "Kai Krause"})
    met = page.press(old, "Speichern", CONTACT, 409)
    assert "hat jemand anders inzwischen geändert" in met.main
    assert met.value("name") == "Sabine Krüger"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.address)
def test_every_document_comes_as_a_private_file_with_a_readable_name(
    page: Visitor, asked: str, document: Document
) -> None:
    answer = _get(page, page.open(_root(asked)).link(document.title))
    named = unquote(answer.headers["Content-Disposition"])
    assert named.startswith("attachment;")
    assert f"Musterstadt am Main, Stand 1 vom 08.02.2027.{document.address.rpartition('.')[2]}" in named
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_documents_are_of_one_stand_until_something_changes(page: Visitor, asked: str, time: Clock) -> None:
    before = page.open(_root(asked))
    assert "als Stand 1" in before.main
    report = _text(_get(page, before.link("Bericht (PDF)")))
    assert "Stand 1 vom 08.02.2027" in report
    assert "Sabine Krüger" in report
    time.wait(days=2)
    assert "Stand 1 vom 08.02.2027" in _text(_get(page, before.link("Kurzfassung für die Leitung (PDF)")))
    assert "hat sich nichts geändert" in page.open(_root(asked)).main
    fill(page, asked, towns.sample().answers)
    assert "als Stand 2" in page.open(_root(asked)).main
    assert "Stand 2 vom 10.02.2027" in _text(_get(page, before.link("Bericht (PDF)")))


def test_way_and_checklist_stand_in_the_report_where_they_are_ticked(page: Visitor, asked: str) -> None:
    fill(page, asked, towns.sample().answers)
    plain = page.open(_root(asked))
    text = _text(_get(page, plain.link("Bericht (PDF)")))
    assert "Der Weg zur Marke" not in text
    assert "Checkliste" not in text
    chosen = page.press(plain, "Auswahl übernehmen", {"weg": "1", "checkliste": "1"})
    assert "Mit Weg zur Marke und Checkliste." in chosen.main
    text = _text(_get(page, chosen.link("Bericht (PDF)")))
    assert "Der Weg zur Marke" in text
    assert "Checkliste" in text
    assert "Stand 1 vom" in text


def test_a_reader_loads_down_the_report_of_the_link(page: Visitor, visitor: NewVisitor, asked: str) -> None:
    reader = visitor()
    shown = read(reader, share(page, asked))
    fill(page, asked, towns.sample().answers)
    answer = _get(reader, shown.link("Bericht (PDF)"))
    assert answer.headers["Cache-Control"] == "private, no-store"
    text = _text(answer)
    assert "Bericht an die IHK Darmstadt" in text
    assert "Noch keine Angaben" in text
    sharing = page.open(f"/selbstcheck/{asked}/teilen")
    leads = [link.get("href", "") for link in sharing.all(".//a") if text_of(link).startswith("Zurückziehen")]
    page.press(page.open(leads[0]), "Zurückziehen")
    _get(reader, shown.link("Bericht (PDF)"), 410)


def test_where_the_council_has_decided_its_paper_says_so(page: Visitor, asked: str) -> None:
    said = "In Ihrem Selbstcheck steht, dass die Teilnahme schon beschlossen ist."
    assert said not in page.open(_root(asked)).main
    council = towns.questionnaire().council
    assert council is not None
    for choice in ("vorstand", council.any_of[0], "nein"):
        fill(page, asked, {council.question: Answer(State.GIVEN, choice)})
        assert (said in page.open(_root(asked)).main) == (choice == council.any_of[0])


def test_a_document_that_nobody_knows(page: Visitor, asked: str) -> None:
    page.open(f"{_root(asked)}/bericht.exe", 404)


@pytest.fixture
def press(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Changes the press that sets PDFs."""

    def put(**changes: object) -> None:
        monkeypatch.setitem(app.extensions, "press", replace(app.extensions["press"], **changes))

    return put


def test_a_compiler_that_hangs_is_stopped_and_the_page_says_so(
    page: Visitor, asked: str, press: Callable[..., None]
) -> None:
    press(command=(sys.executable, "-c", "import time; time.sleep(60)"), longest=0.3)
    found = page.open(f"{_root(asked)}/bericht.pdf", 503)
    assert "Das Dokument hat zu lange gebraucht" in found.main
    assert "Nach 20 Sekunden haben wir abgebrochen." in found.main
    assert found.response.headers["Retry-After"] == "60"


def test_who_comes_while_others_are_served_is_asked_to_wait(
    page: Visitor, asked: str, press: Callable[..., None]
) -> None:
    press(patience=0.1, at_once=1)
    folder: Path = page.client.application.extensions["press"].turns
    with (folder / "typesetting-1.lock").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        found = page.open(f"{_root(asked)}/bericht.pdf", 503)
    assert "Gerade werden viele Dokumente erstellt" in found.main
    _get(page, f"{_root(asked)}/bericht.pdf")


def test_where_fonts_are_missing_page_and_log_say_so(
    page: Visitor, asked: str, press: Callable[..., None], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    press(fonts=tmp_path)
    found = page.open(f"{_root(asked)}/bericht.pdf", 503)
    assert "Auf diesem Server fehlen die Schriften dafür" in found.main
    assert "„make run“ legt sie an" in caplog.text
