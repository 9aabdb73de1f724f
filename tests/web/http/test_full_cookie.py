"""How many grants one browser holds, and what it lets go: never a self-check that somebody coordinates there."""

from __future__ import annotations

import pytest

from selfcheck.store.database import tokens
from selfcheck.web.http.browser import cookie
from tests.web.page import BEGIN, NewVisitor, Visitor, begin

MOST = 4


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cookie, "MOST_SECRETS", MOST)
    monkeypatch.setattr(cookie, "NEARLY", 1)


def _share(page: Visitor, check: str) -> str:
    form = page.open(f"/selbstcheck/{check}/teilen")
    made = page.press(form, "Link erstellen", {"route": "y", "checklist": "y"})
    return made.one(".//input[@id='link']").get("value", "").partition("localhost")[2]


def _read(page: Visitor, link: str) -> str:
    return page.press(page.open(link), "Öffnen").address


def test_reports_go_first_and_no_coordination_ever(visitor: NewVisitor) -> None:
    town, page = visitor(), visitor()
    link = _share(town, begin(town))
    first = begin(page)
    report = _read(page, link)
    others = [begin(page) for _ in range(MOST - 1)]
    page.open(report, 404)
    for check in (first, *others):
        page.open(f"/selbstcheck/{check}")
    refused = page.press(page.open("/selbstcheck/neu"), "Beginnen", BEGIN | {"municipality": "Zuviel"}, 400)
    assert "Mehr kann sich dieser Browser nicht merken" in refused.main
    assert "Zuviel" in refused.main
    refused = page.press(page.open(link), "Öffnen", status=400)
    assert "Mehr kann sich dieser Browser nicht merken" in refused.main
    assert "Zuviel" not in page.open("/selbstchecks").main
    for check in (first, *others):
        page.open(f"/selbstcheck/{check}")


def test_a_browser_that_is_nearly_full_is_told_before(visitor: NewVisitor) -> None:
    page = visitor()
    for _ in range(MOST - 2):
        begin(page)
    assert "fast nichts mehr merken" not in page.open("/selbstchecks").main
    begin(page)
    for address in ("/selbstchecks", "/selbstcheck/neu"):
        assert "fast nichts mehr merken" in page.open(address).main


def test_the_cookie_has_room_for_all_of_them(page: Visitor) -> None:
    with page.client.session_transaction() as session:
        session["grants"] = [tokens.new_token() for _ in range(tokens.MOST_SECRETS)]
        session["stored"] = [f"{number:032x}" for number in range(20)]
        session["_user_id"], session["_id"], session["csrf_token"] = "a" * 32, "b" * 128, "c" * 40
    kept = page.client.get_cookie(page.client.application.config["SESSION_COOKIE_NAME"])
    assert kept is not None
    assert len(kept.value) < 3800
