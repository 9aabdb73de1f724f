"""Rows that no form could have written: each is a page in German or a plain refusal, never a crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.web.page import Visitor, check
from tests.web.routes import PAGES, ROUTES, address_of, who_may_open
from tests.web.world import World

DAMAGE = {
    "unknown option": "UPDATE answer SET value = '\"gibt-es-nicht\"'",
    "broken JSON": "UPDATE answer SET value = '{kaputt'",
    "number as value": "UPDATE answer SET value = '42'",
    "list as value": "UPDATE answer SET value = '[1, null, {}]'",
    "block as value": "UPDATE answer SET value = '{\"a\": 1}'",
    "huge number": "UPDATE answer SET value = '\"" + "9" * 200 + "\"'",
    "unknown state": "UPDATE answer SET state = 'vielleicht'",
    "unknown question": "UPDATE answer SET question = question || '-frueher'",
    "html in a note": "UPDATE answer SET note = '<script>alert(1)</script>'",
    "evidence of an unknown question": "UPDATE evidence SET question = 'gibt-es-nicht'",
    "evidence without a day": "UPDATE evidence SET valid_until = 'bald'",
    "evidence with a dangerous link": "UPDATE evidence SET link = 'javascript:alert(1)'",
    "history that cannot be read": "UPDATE change SET before = '{kaputt', after = 'x'",
    "history of unknown parts": "UPDATE change SET part = 'unbekannt', subject = '<b>', before = '1', after = '[[]]'",
    "unknown step": "UPDATE step SET key = 'unbekannt:' || key",
    "unknown centrality": "UPDATE self_check SET centrality = 'dorf', land = 'XX', audit = 'dritte'",
    "unknown district": "UPDATE self_check SET district = '99999'",
    "interview that is no day": "UPDATE self_check SET interview = 'demnächst'",
    "moments that are none": "UPDATE self_check SET changed_at = 'gestern', at = ''",
    "html as name": "UPDATE self_check SET municipality = '<script>alert(1)</script>'",
    "snapshot that is no JSON": "UPDATE snapshot SET content = 'kein JSON'",
    "empty snapshot": "UPDATE snapshot SET content = '{}'",
    "snapshot as list": "UPDATE snapshot SET content = '[]'",
    "null as snapshot": "UPDATE snapshot SET content = 'null'",
    "half a snapshot": "UPDATE snapshot SET content = substr(content, 1, length(content) / 2)",
    "snapshot with other types": """UPDATE snapshot SET content = replace(content, ':"', ':1,"x":"')""",
    "snapshot with other lists": "UPDATE snapshot SET content = replace(content, '[', '[[],')",
    "snapshot of an unknown questionnaire": "UPDATE snapshot SET content = replace(content, '2026-1', '1999-1')",
}
OWN_PAGES = sorted(name for name in PAGES if ROUTES["GET", name]["nobody"] == 404)


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_rows_are_a_page_and_no_crash(world: World, damage: str) -> None:
    world.reset()
    changed = alter(world, DAMAGE[damage])
    assert changed, "this damages nothing"
    people = {name: world.join(name) for name in map(who_may_open, OWN_PAGES)}
    faults = [
        fault
        for endpoint in OWN_PAGES
        for fault in find_crash(people[who_may_open(endpoint)], address_of(world, endpoint))
    ]
    assert not faults, "\n".join(faults)


def alter(world: World, statement: str) -> int:
    """Changes rows past every check; the number of rows changed."""
    database = sqlite3.connect(world.folder / "selfcheck.sqlite3")
    try:
        database.execute("PRAGMA ignore_check_constraints = ON")
        changed = database.execute(statement).rowcount
        database.commit()
        return changed
    finally:
        database.close()


def find_crash(visitor: Visitor, address: str) -> Iterator[str]:
    response = visitor.client.get(address)
    if response.status_code not in (200, 404, 410, 503):
        yield f"{address}: {response.status}"
        return
    if response.mimetype != "text/html":
        return
    try:
        page = check(response, wording=False)
    except AssertionError as broken:
        yield str(broken)
        return
    if "<script>alert" in page.source or 'href="javascript:' in page.source:
        yield f"{address}: shows HTML that somebody typed"


def test_damaged_report_says_so_and_whom_to_ask(world: World) -> None:
    reader = world.visit("reader")
    alter(world, DAMAGE["half a snapshot"])
    page = reader.open(address_of(world, "sharing.report"), 410)
    assert "beschädigt" in page.main
