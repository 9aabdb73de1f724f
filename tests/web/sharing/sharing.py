"""Sharing as a coordination does it, and reading as somebody does who got the link."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.web.document import text_of
from tests.web.page import Page, Visitor


def share(page: Visitor, check_id: str, **changes: str) -> str:
    """Shares through preview and button; the address that stands in „Link zum Bericht“."""
    preview = page.press(page.open(f"/selbstcheck/{check_id}/teilen"), "Vorschau ansehen", changes)
    return shown_link(page.press(preview, "Link erstellen"))


def shown_link(found: Page) -> str:
    field = found.one(".//input[@id='link']")
    label = found.one(".//label[@for='link']")
    assert text_of(label) == "Link zum Bericht"
    return urlsplit(field.get("value", "")).path


def read(visitor: Visitor, link: str) -> Page:
    return visitor.press(visitor.open(link), "Öffnen")
