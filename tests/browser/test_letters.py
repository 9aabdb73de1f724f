"""Letters to offices on paper: one page each, with a code that opens the link."""

from __future__ import annotations

import io

import pypdfium2
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Preparing
from tests.browser.server import Server
from tests.browser.window import find_violations, scrolls_sideways


def test_every_letter_is_a_page_with_its_code(window: OpenWindow, server: Server, prepare: Preparing) -> None:
    town = prepare(server)
    page = town.hand_over(window()).open(f"{town.begun.root}/team/fachbereiche")
    page.get_by_role("button", name="Alle angekreuzten fragen").click()
    codes = page.get_by_role("img", name="QR-Code: Link für")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    expect(codes.first).to_be_visible()
    letters = page.locator(".letter").count()
    assert codes.count() == letters > 3
    assert not find_violations(page)
    page.set_viewport_size({"width": 320, "height": 900})
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="print")
    for code in codes.all():
        expect(code).to_be_visible()
    printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed) == letters
