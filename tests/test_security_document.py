"""docs/security.md: every test that it names exists, every row says what it is, and limits are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

from selfcheck.store.mail import outbox
from selfcheck.web.http import attempts

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line.strip("|").split("|") for line in DOCUMENT.splitlines() if re.match(r"\| (\d|–)", line)]
STATES = {"met", "partly", "not met", "–"}


def test_every_test_that_it_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT))
    files = [file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py")]
    there = {name for text in files for name in re.findall(r"^def (test_\w+)\(", text, re.M)}
    assert named
    assert named - there == set()


def test_every_row_says_how_it_stands_and_what_is_met_has_a_test_or_a_document() -> None:
    assert len(ROWS) > 60
    for number, _, state, how, shown in ROWS:
        assert state.strip() in STATES, number
        assert state.strip() != "met" or "`test_" in shown or "](" in how or "below" in how, number


def test_the_limits_that_are_documented_are_those_of_the_code() -> None:
    for kind, said in {
        "token": "unknown links | 120 in 10 minutes",
        "begin": "new self-checks, also from a file | 120 an hour",
        "enter": "places taken by a link | 120 an hour",
        "account form": "registering, forgotten password | 60 an hour",
    }.items():
        assert said in DOCUMENT
        assert _say(*attempts.OF_ONE_ADDRESS[kind]) == said.rpartition(" | ")[2]
    for limit in (attempts.SIGN_INS_HERE, attempts.SIGN_INS_OF_ONE, attempts.SIGN_INS_OF_ONE_ANYWHERE):
        assert f"| {_say(*limit)} |" in DOCUMENT
    assert set(attempts.OF_ONE_ACCOUNT.values()) == {(10, 15 * attempts.MINUTE)}
    assert f"{attempts.MAILS_TO_ONE[0]} a day" in DOCUMENT
    assert f"{outbox.MOST_NEW_RECIPIENTS} new recipients a day, {outbox.MOST_TO_ONE} mails to one" in DOCUMENT


def _say(number: int, seconds: int) -> str:
    return f"{number} an hour" if seconds == attempts.HOUR else f"{number} in {seconds // attempts.MINUTE} minutes"
