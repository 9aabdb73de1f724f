"""The index of the „Nachweisordner (ZIP)“, unpacked on a disk and opened there."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Browser

from tests import towns
from tests.browser.prepared import Preparing
from tests.browser.server import Server
from tests.browser.window import find_violations, scrolls_sideways
from tests.web.documents import sent_files


def test_the_index_opens_from_a_disk_and_leads_to_its_files(
    server: Server, prepare: Preparing, chromium: Browser, tmp_path: Path
) -> None:
    town = prepare(server, towns.sample().answers, municipality=towns.SAMPLE)
    client = town.visitor.client
    piece = next(iter(sent_files.pieces(client.application, town.begun.id)))
    sent_files.send(client.application, piece, b"eins", "eins.txt")
    answer = client.get(f"{town.begun.root}/dokumente/nachweisordner.zip", base_url=town.visitor.base)
    with ZipFile(io.BytesIO(answer.data)) as binder:
        binder.extractall(tmp_path)
    page = chromium.new_page(viewport={"width": 320, "height": 800}, color_scheme="dark")
    page.goto((tmp_path / "Inhaltsverzeichnis.html").as_uri())
    assert find_violations(page) == []
    assert not scrolls_sideways(page)
    link = page.get_by_role("link", name=".txt")
    link.click()
    assert page.locator("body").inner_text() == "eins"
    page.close()
