"""Passwords are hashed by few at a time: each hash takes 19 MB and a processor."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from flask import Flask

from selfcheck.web.accounts import security


@pytest.mark.parametrize("deed", ["hash", "verify"])
def test_two_passwords_at_a_time(app: Flask, monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    guard, counted = Lock(), {"now": 0, "most": 0}
    with app.app_context():
        security.is_right("das erste Mal rechnet es den Vergleichswert aus", None)

    def work(*given: str) -> bool:
        with guard:
            counted["now"] += 1
            counted["most"] = max(counted.values())
        time.sleep(0.02)
        with guard:
            counted["now"] -= 1
        return False

    monkeypatch.setattr(security, "hash_password", work)
    monkeypatch.setattr(security, "verify_password", work)

    def ask(number: int) -> None:
        with app.app_context():
            security.hash_new(f"Rathaus {number}") if deed == "hash" else security.is_right(f"Rathaus {number}", None)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ask, range(8)))
    assert counted == {"now": 0, "most": security.HASHES_AT_ONCE}
