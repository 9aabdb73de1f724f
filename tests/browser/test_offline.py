"""Questions out and back as Excel: the form, what would change, a file that is refused, and somebody who was faster."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, find_violations, scrolls_sideways
from tests.web.offline.test_offline import NOTE, ONE, fill_in

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BROKEN: FilePayload = {"name": "fragen.xlsx", "mimeType": EXCEL, "buffer": b"PK broken"}


def inspect(page: Page) -> None:
    assert find_violations(page) == []
    assert not scrolls_sideways(page)


def bring(page: Page, file: FilePayload) -> None:
    page.get_by_label("Ausgefüllte Datei").set_input_files([file])
    page.get_by_role("button", name="Ansehen, was sich ändert").click()


@pytest.mark.noisy("status of 4(22|09)")
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_out_refused_looked_at_met_and_taken(
    server: Server, prepare: Preparing, window: OpenWindow, tmp_path: Path, width: int, scheme: str
) -> None:
    town = prepare(server)
    opened = town.hand_over(window(width=width, scheme=scheme))
    page = opened.open(f"{town.begun.root}/fragen-excel")
    inspect(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Alle Fragen (Excel)").click()
    download.value.save_as(tmp_path / "fragen.xlsx")
    sheet = (tmp_path / "fragen.xlsx").read_bytes()
    filled = fill_in(sheet, ONE.number, {"E": ONE.options[0].text, "G": NOTE})
    bring(page, BROKEN)
    expect(page.get_by_role("heading", name="Mit dieser Datei geht es nicht")).to_be_visible()
    inspect(page)
    bring(page, {**BROKEN, "buffer": filled})
    expect(page.get_by_text("Noch ist nichts gespeichert")).to_be_visible()
    inspect(page)
    questions = town.visitor.open(f"{town.begun.root}/fragen/{ONE.criterion}?offen=alle")
    town.visitor.press(questions, "Speichern und weiter", {f"{ONE.id}.note": "Schneller gewesen"})
    page.get_by_role("button", name="Übernehmen", exact=True).click()
    expect(page.get_by_role("heading", name="Zwischenzeitlich geändert")).to_be_visible()
    expect(page.get_by_text("Schneller gewesen")).to_be_visible()
    inspect(page)
    page.get_by_role("button", name="Meine Angabe übernehmen").click()
    expect(page.get_by_text("übernommen", exact=False).first).to_be_visible()
    inspect(page)
