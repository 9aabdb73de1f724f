"""Rows that no form could have written: each is a page in German or a plain refusal, never a crash."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.towns import SAMPLE
from tests.web.page import Visitor, begin, check
from tests.web.routes import PAGES, ROUTES, address_of, who_may_open
from tests.web.world import QUESTION, World

MOMENT = "'2026-06-01 10:00:00.000000'"
JUDGED = (
    'INSERT INTO judgement (case_id, question, points, verdict, reason, stand, difference, version, "by", at) '
    f"SELECT id, '{{question}}', '{{points}}', {{verdict}}, '', 4711, 'viel', 1, 'x', {MOMENT} FROM review_case"
)
RESULT = (
    'INSERT INTO case_result (case_id, points, certified, awarded, next_steps, version, "by", at) '
    f"SELECT id, '{{points}}', '{{certified}}', '9999-12-31', '', 1, 'x', {MOMENT} FROM review_case"
)
RELEASE = (
    'INSERT INTO case_release (case_id, content, sha256, "by", at) '
    f"SELECT id, '{{content}}', 'x', 'x', {MOMENT} FROM review_case"
)
INTERVIEW = (
    'INSERT INTO interview_text (case_id, field, subject, text, version, "by", at) '
    f"SELECT id, '{{field}}', '', '{{text}}', 1, 'x', {MOMENT} FROM review_case"
)
RECORD = (
    "INSERT INTO record_version "
    '(case_id, number, content, sha256, "by", at, reopened_by, final_at, final_by, final_name) '
    f"SELECT id, 1, '{{content}}', 'x', 'x', {MOMENT}, '', 'gestern', 'x', 'x' FROM review_case"
)
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
    "a role that is none": "UPDATE place SET role = 'koenig'",
    "bytes in a note": "UPDATE answer SET note = x'ff00fe'",
    "bytes that are no text": "UPDATE answer SET note = CAST(x'47c3' AS TEXT)",
    "bytes as an answer": "UPDATE answer SET value = x'ff00fe'",
    "bytes as a title": "UPDATE evidence SET title = x'ff00fe'",
    "bytes as a name": "UPDATE self_check SET municipality = x'ff00fe'",
    "bytes as somebody": "UPDATE change SET \"by\" = x'ff00fe'",
    "bytes in the history": "UPDATE change SET before = x'ff00fe', after = x'00'",
    "bytes as an office": "UPDATE place SET label = x'ff00fe'",
    "a version that is no number": "UPDATE answer SET choice_version = 'viele'",
    "snapshot that is no JSON": "UPDATE snapshot SET content = 'kein JSON'",
    "empty snapshot": "UPDATE snapshot SET content = '{}'",
    "snapshot as list": "UPDATE snapshot SET content = '[]'",
    "null as snapshot": "UPDATE snapshot SET content = 'null'",
    "half a snapshot": "UPDATE snapshot SET content = substr(content, 1, length(content) / 2)",
    "snapshot with other types": """UPDATE snapshot SET content = replace(content, ':"', ':1,"x":"')""",
    "snapshot with other lists": "UPDATE snapshot SET content = replace(content, '[', '[[],')",
    "snapshot of an unknown questionnaire": "UPDATE snapshot SET content = replace(content, '2026-1', '1999-1')",
    "a case in no state": "UPDATE review_case SET state = 'irgendwo'",
    "a case with other words": "UPDATE review_case SET sender = 'x', waits_on = 'x', audit = 'x', district = 'x'",
    "a case without its Stand": "UPDATE review_case SET stand = 4711, asked = -1, shared_at = 'gestern'",
    "a case of bytes": "UPDATE review_case SET municipality = x'ff00fe', sender_name = x'ff00fe'",
    "a sender confirmed by nobody": "UPDATE review_case SET sender = 'confirmed', sender_at = NULL",
    "steps that nobody takes": "UPDATE case_step SET kind = 'unbekannt', state_before = 'x', at = 'gestern'",
    "a thread in no state": "UPDATE thread SET state = 'x'",
    "a thread without a message": "DELETE FROM thread_message",
    "a thread about nothing": "UPDATE thread SET question = 'gibt-es-nicht'",
    "a message that nobody says": "UPDATE thread_message SET kind = 'x', \"by\" = x'ff00fe'",
    "an example in no state": "UPDATE good_example SET state = 'x', question = 'gibt-es-nicht'",
    "a recommendation in no state": "UPDATE recommendation SET state = 'x', priority = 'x', money = 'x'",
    "a recommendation about nothing": "UPDATE recommendation SET question = 'x', criterion = 'x', label = '<b>'",
    "an answer that is none": "UPDATE recommendation SET submitted = '{\"progress\": []}', state = 'submitted'",
    "an answer of other types": "UPDATE recommendation SET submitted = '[1]', progress = 'viel', due = 'bald'",
    "a judgement of nothing": JUDGED.format(question="gibt-es-nicht", points="-7", verdict="'x'"),
    "a judgement of huge points": JUDGED.format(question=QUESTION, points="9e9999", verdict="'x'"),
    "a judgement that is no number": JUDGED.format(question=QUESTION, points="NaN", verdict="''"),
    "a result of anything": RESULT.format(points="{kaputt", certified="x"),
    "a result of other types": RESULT.format(points='{{"x": [], "": "viel"}}', certified="yes"),
    "a result of huge points": RESULT.format(points='{{"": "1e999999"}}', certified="yes"),
    "a release of anything": RELEASE.format(content="kein JSON"),
    "a field of the record that is none": INTERVIEW.format(field="x", text="x"),
    "minutes that are none": INTERVIEW.format(field="minutes", text="viele"),
    "a method that is none": INTERVIEW.format(field="method", text="x"),
    "a finished record of anything": RECORD.format(content="kein JSON"),
}
PREVIEW, CHOICE = "/ihk/vorschau", "#mit-der-ihk"
"""Without a chamber that could be found there is nothing to look at; it leads back to where one is chosen."""
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


@pytest.mark.parametrize(
    "damage", ["UPDATE place SET role = 'GEHEIM-7'", "UPDATE self_check SET interview = 'GEHEIM-7', land = 'XX'"]
)
def test_one_damaged_self_check_is_named_and_the_others_are_listed(
    world: World, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.reset()
    visitor = world.visit("owner")
    begin(visitor, municipality="Anderstadt")
    where = "check_id" if "place" in damage else "id"
    assert alter(world, f"{damage} WHERE {where} = (SELECT id FROM self_check WHERE public_id = '{world.check_id}')")
    page = visitor.open("/selbstchecks")
    assert "Ein Selbstcheck ist beschädigt" in page.main
    assert f"Was zu {SAMPLE} gespeichert war" in page.main
    assert page.link("Anderstadt")
    visitor.open(page.link("Anderstadt"))
    assert "GEHEIM-7" not in caplog.text
    assert " of (1)" in caplog.text


def test_the_log_names_column_and_row_and_never_what_stands_there(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.reset()
    owner = world.visit("owner")
    alter(world, "UPDATE answer SET note_at = 'GEHEIM-8', note = CAST(x'474548c3' AS TEXT)")
    owner.open(f"/selbstcheck/{world.check_id}", 503)
    alter(world, "UPDATE answer SET note = 'wieder gut'")
    owner.open(f"/selbstcheck/{world.check_id}", 503)
    assert "GEH" not in caplog.text
    assert "answer.note_at of (1, " in caplog.text
    said = world.app.test_cli_runner().invoke(args=["data", "damage"])
    assert said.exit_code == 1
    assert "answer.note_at of (1, " in said.output
    assert "GEH" not in said.output


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
    if address.endswith(PREVIEW) and response.location == f"{address.removesuffix(PREVIEW)}{CHOICE}":
        return
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
