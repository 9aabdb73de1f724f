"""Whatever a browser says about itself, and whoever plays one: an answer at once, never a fault of ours."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from tests.web.page import check
from tests.web.routes import address_of
from tests.web.test_bad_input import FINE
from tests.web.world import World

LONGEST = 1.0
"""Seconds of the processor."""
HEADS = {
    "Accept": ["text/html;q=0.1," * 4000, "," * 60_000, "a/b;" + "q=1;" * 15_000, "a/b;q=nan", '"' * 60_000],
    "Accept-Encoding": ["gzip," * 12_000, "br;q=abc", ";" * 60_000],
    "Authorization": ["Basic " + "A" * 60_000, "Digest " + 'a="b",' * 9000, "Token x"],
    "Content-Type": ["multipart/form-data" + "; a=b" * 12_000, 'multipart/form-data; boundary="', "x" * 60_000],
    "Cookie": ["a=b; " * 12_000, "selfcheck=" + "." * 60_000, ";" * 60_000, 'selfcheck="' + "\\" * 60_000],
    "If-None-Match": ['"a",' * 15_000, "W/" * 30_000],
    "Origin": ["https://[::1", "https://stadt.example:99999999", "https://" + "a." * 30_000],
    "Range": ["bytes=" + "0-0," * 15_000],
    "Referer": ["https://[::1", "https://stadt.example:x/", "https://" + "@" * 60_000],
    "Sec-Fetch-Site": ["x" * 60_000],
    "User-Agent": ["Mozilla " * 7500],
    "X-CSRFToken": ["." * 60_000, "x" * 60_000],
}


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize(("who", "page"), [("owner", "questions.criterion"), ("nobody", "accounts.sign_in")])
def test_no_head_of_a_request_holds_anything_up(world: World, name: str, who: str, page: str) -> None:
    visitor, address = world.visit(who), address_of(world, page)
    for value in HEADS[name]:
        heads = {name: value}
        for base in ("http://localhost", "https://localhost"):
            begun = time.thread_time()
            read = visitor.client.get(address, headers=heads, base_url=base)
            sent = visitor.client.post(address, data=b"note=Hallo", headers=heads, base_url=base)
            assert time.thread_time() - begun < LONGEST, f"{name}: {value[:40]}"
            assert {read.status_code, sent.status_code} <= FINE, f"{name}: {value[:40]}"


@pytest.mark.parametrize("name", ["Origin", "Referer"])
def test_who_says_nonsense_of_where_a_form_stood_gets_a_page(app: Flask, name: str) -> None:
    refused = app.test_client().post("/anmelden", data={"hinweis": "Hallo"}, headers={name: "https://[::1"})
    assert refused.status_code == 400
    assert "Gehen Sie" in check(refused).main or "Erlauben Sie" in check(refused).main
