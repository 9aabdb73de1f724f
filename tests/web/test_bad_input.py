"""Whatever comes in by form or address, and whatever stands in the database: a page in German, never a crash."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests import towns
from tests.web.document import Pairs
from tests.web.page import Page, Visitor, check
from tests.web.test_routes import ROUTES, address_of
from tests.web.world import World

NASTY = {
    "empty": "",
    "blank": " \t \r\n ",
    "longest note": "ä" * 5000,
    "too long": "ä" * 5001,
    "far too long": "x" * 150_000,
    "nul": "vor\x00nach",
    "control characters": "".join(map(chr, range(1, 32))) + "\x7f\x85",
    "emoji": "👩🏽‍🌾🏳️‍🌈🇩🇪",
    "right to left": "\u202eabc\u202c \u200f\u2067",
    "noncharacters": "\ufffe\uffff\U0010ffff",
    "html": "</textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ config }}{% raw %}",
    "sql": "'; DROP TABLE answer; --",
    "format": "%s %n %(x)s {0} {x.__class__}",
    "huge number": "9" * 400,
    "exponent": "1e999999",
    "not a number": "NaN",
    "infinity": "-Infinity",
    "arabic digits": "١٢٣",
    "negative": "-1",
    "address": "javascript:alert(1)",
    "broken address": "http://[::1",
    "day": "31.02.2026",
    "far day": "9999-99-99",
    "first day": "0001-01-01",
    "state": "not_applicable",
    "option": "option:",
    "decision": "x:mine:99999999999999999999",
}
BUTTONS = {
    "start.new": ("start.new", "Beginnen"),
    "start.enter": ("start.entry", "Öffnen"),
    "overview.details": ("overview.details", "Speichern"),
    "overview.personal_link": ("overview.personal_link", "Persönlichen Link anzeigen"),
    "overview.sign_out": ("overview.sign_out", "Auf diesem Gerät abmelden"),
    "overview.delete": ("overview.delete", "Selbstcheck löschen"),
    "overview.restore": ("start.mine", "Wiederherstellen Musterstadt am Main"),
    "fill_in.save": ("fill_in.criterion", "Speichern und weiter"),
    "prepare.save": ("prepare.checklist", "Speichern"),
    "extras.save": ("extras.lists", "Speichern"),
    "share.create": ("share.overview", "Link erstellen"),
    "share.withdraw": ("share.withdraw", "Zurückziehen"),
    "share.issue_again": ("share.overview", "Link neu ausstellen"),
    "share.enter": ("share.entry", "Öffnen"),
}
FINE = {200, 302, 303, 400, 404, 409, 410, 413, 422}
FIELDS = ("note", "reason", "value", "choice", "options", "title", "version", "base", "resolve", "stay", "key")
JSON = {"Accept": "application/json"}


def test_every_form_is_tried() -> None:
    assert set(BUTTONS) == {endpoint for method, endpoint in ROUTES if method == "POST"}


def visitor_for(world: World, endpoint: str) -> Visitor:
    return world.visit("owner of the deleted" if endpoint == "overview.restore" else "owner")


def open_form(world: World, endpoint: str) -> tuple[Visitor, str, Pairs]:
    """The visitor, where the form goes, and its fields as they stand."""
    visitor = visitor_for(world, endpoint)
    where, button = BUTTONS[endpoint]
    form = visitor.open(address_of(world, where)).form(button)
    return visitor, form.action or address_of(world, where), form.fields


def expect_no_crash(response: TestResponse) -> None:
    assert response.status_code in FINE, response.status
    if response.mimetype == "text/html" and response.status_code not in (302, 303):
        check(response, wording=False)


@pytest.mark.parametrize("endpoint", BUTTONS)
@pytest.mark.parametrize("headers", [{}, JSON], ids=["form", "script"])
def test_nasty_texts_in_every_field(world: World, endpoint: str, headers: dict[str, str]) -> None:
    visitor, address, fields = open_form(world, endpoint)
    for text in NASTY.values():
        world.reset(world.people["owner of the deleted" if endpoint == "overview.restore" else "owner"].state)
        sent = [(name, value if name == "csrf_token" else text) for name, value in fields]
        expect_no_crash(visitor.post(address, sent, headers=headers))


@pytest.mark.parametrize("endpoint", BUTTONS)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_random_forms(world: World, endpoint: str, data: st.DataObject) -> None:
    visitor, address, fields = open_form(world, endpoint)
    csrf = [pair for pair in fields if pair[0] == "csrf_token"]
    known = sorted({name for name, _ in fields} - {"csrf_token"}) or ["x"]
    ids = [question.id for question in towns.questionnaire().questions[:6]]
    odd = st.builds("{}.{}".format, st.sampled_from(ids), st.sampled_from(FIELDS))
    keys = st.builds("{}.e.{}.{}".format, st.sampled_from(ids), st.text(max_size=8), st.sampled_from(FIELDS))
    names = st.one_of(st.sampled_from(known), odd, keys, st.text(max_size=12))
    texts = st.one_of(st.sampled_from(sorted(NASTY.values())), st.text(max_size=40), st.integers().map(str))
    drawn = data.draw(st.lists(st.tuples(names, texts), max_size=12))
    drawn = [(name, text) for name, text in drawn if is_sendable(name) and is_sendable(text)]
    kept = data.draw(st.booleans())
    headers = data.draw(st.sampled_from([{}, JSON]))
    expect_no_crash(visitor.post(address, csrf + (fields if kept else []) + drawn, headers=headers))


def is_sendable(text: str) -> bool:
    """Half a surrogate pair has no bytes; how it arrives when forged, `test_raw_bytes` shows."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)


@pytest.mark.parametrize("endpoint", BUTTONS)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"note": "x"}'),
        ("application/json", b"{"),
        ("text/plain", b"note=x"),
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n--x--'),
        ("application/x-www-form-urlencoded", b"note=%ED%A0%80&note=%FF%FE&%=%zz&&&=&a[]=1&a[b]=2"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"note=+AGE-"),
        ("", b"note=x"),
    ],
)
def test_raw_bytes(world: World, endpoint: str, kind: str, body: bytes) -> None:
    visitor = visitor_for(world, endpoint)
    where, button = BUTTONS[endpoint]
    address = visitor.open(address_of(world, where)).form(button).action or address_of(world, where)
    csrf = world.people["owner"].csrf
    response = visitor.client.post(address, data=body, content_type=kind, headers={"X-CSRFToken": csrf})
    expect_no_crash(response)


@pytest.mark.parametrize("endpoint", ["start.new", "fill_in.save", "extras.save", "prepare.save"])
def test_too_much_at_once_is_a_page(world: World, endpoint: str) -> None:
    visitor, address, fields = open_form(world, endpoint)
    visitor.send(address, [*fields, ("note", "x" * 3_000_000)], 413)
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nb\r\n' % number for number in range(2500))
    response = visitor.client.post(address, data=parts + b"--x--", content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
    check(response)


def test_longest_notes_of_a_whole_criterion_fit(world: World) -> None:
    visitor, address, fields = open_form(world, "fill_in.save")
    text = "„ß“\n" * 1250
    sent = [(name, text if name.endswith(".note") else value) for name, value in fields]
    page = visitor.send(address, sent)
    there = visitor.open(address_of(world, "fill_in.criterion"))
    assert page.status == 200
    notes = [there.value(name) for name, _ in fields if name.endswith(".note")]
    assert notes == [text] * len(notes)


def test_a_note_that_is_too_long_stays_in_its_field(world: World) -> None:
    visitor, address, fields = open_form(world, "fill_in.save")
    name = next(name for name, _ in fields if name.endswith(".note"))
    sent = [(each, "ä" * 5001 if each == name else value) for each, value in fields]
    page = visitor.send(address, sent, 422)
    assert page.value(name) == "ä" * 5001
    assert "5.000 Zeichen" in page.main
    assert any(link.get("href") == f"#{name}" for link in page.all(".//div[@role='alert']//a"))


ADDRESSES = (
    "/%00",
    "/%ED%A0%80",
    "/%FF%FE",
    "/" + "x" * 6000,
    "/selbstcheck/",
    "/selbstcheck/%00",
    "/selbstcheck/" + "9" * 3000,
    "/selbstcheck/..%2f..%2fetc%2fpasswd",
    "/selbstcheck/{id}/fragen/%00",
    "/selbstcheck/{id}/fragen/" + "ä" * 500,
    "/selbstcheck/{id}/fragen/zuzug-leicht-gemacht?zeige=%00&zeige=x&neu=%FF",
    "/selbstcheck/{id}/ergebnis/was-waere-wenn?" + "&".join(f"frage=x{number}" for number in range(900)),
    "/selbstcheck/{id}/ergebnis/was-waere-wenn?frage=veranstaltungen&wert.veranstaltungen=1e9&wert.veranstaltungen=%00",
    "/selbstcheck/{id}/ergebnis/was-waere-wenn?frage=beschluss&wert.beschluss=%FF&neu=" + "9" * 2000,
    "/selbstcheck/{id}/verlauf?vor=-1",
    "/selbstcheck/{id}/verlauf?vor=99999999999999999999",
    "/selbstcheck/{id}/verlauf?vor=%00",
    "/selbstcheck/{id}/checkliste?zeige=%00&gespeichert=%FF",
    "/selbstcheck/{id}/teilen?neu=%00&zurueckgezogen=%FF",
    "/selbstcheck/{id}/teilen/vorschau?label=" + "%F0%9F%8F%A0" * 300 + "&ends=31.02.2026&route=%00",
    "/selbstcheck/{id}/teilen/%00/zurueckziehen",
    "/zugang/%00",
    "/zugang/" + "x" * 4000,
    "/bericht/%ED%A0%80",
    "/bericht/" + "ü" * 200,
    "/berichte/%00",
    "/ihk?kreis=%00",
    "/ihk?kreis[]=06411&kreis=%FF&kreis=" + "x" * 3000,
    "/fragen?drucken=%00",
    "/static/%00",
    "/static/../selfcheck/config.py",
    "/static/..%2f..%2fselfcheck%2fconfig.py",
)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:60])
def test_nasty_addresses(world: World, address: str) -> None:
    response = world.visit("owner").client.get(address.replace("{id}", world.check_id))
    assert response.status_code in (200, 301, 302, 308, 400, 404, 414), response.status
    if response.mimetype == "text/html" and response.status_code in (200, 404):
        check(response)


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
    "unknown place": "UPDATE self_check SET place = 'dorf', land = 'XX', audit = 'dritte'",
    "unknown district": "UPDATE self_check SET district = '99999'",
    "interview that is no day": "UPDATE self_check SET interview = 'demnächst'",
    "moments that are none": "UPDATE self_check SET changed_at = 'gestern', at = ''",
    "html as name": "UPDATE self_check SET municipality = '<script>alert(1)</script>'",
    "snapshot that is no JSON": "UPDATE snapshot SET content = 'kein JSON'",
    "empty snapshot": "UPDATE snapshot SET content = '{}'",
    "snapshot as list": "UPDATE snapshot SET content = '[]'",
    "null as snapshot": "UPDATE snapshot SET content = 'null'",
    "half a snapshot": "UPDATE snapshot SET content = substr(content, 1, length(content) / 2)",
    "snapshot with other types": "UPDATE snapshot SET content = replace(replace(content, ':\"', ':1,\"x\":\"'), '[', '[[],')",
    "snapshot of an unknown questionnaire": "UPDATE snapshot SET content = replace(content, '2026-1', '1999-1')",
}
OWN_PAGES = sorted({name for (method, name), line in ROUTES.items() if method == "GET" and line[0] == 404})


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_rows_are_a_page_and_no_crash(world: World, damage: str) -> None:
    owner = world.visit("owner")
    changed = alter(world, DAMAGE[damage])
    assert changed, "this damages nothing"
    faults = [fault for endpoint in OWN_PAGES for fault in find_crash(owner, address_of(world, endpoint))]
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
    page = reader.open(address_of(world, "share.report"), 410)
    assert "beschädigt" in page.main


def test_typed_html_is_shown_literally_wherever_it_appears(world: World) -> None:
    owner = world.visit("owner")
    marks = {}
    for endpoint in ("overview.details", "fill_in.save", "extras.save", "prepare.save"):
        where, button = BUTTONS[endpoint]
        page = owner.open(address_of(world, where))
        changes = mark_texts(page, endpoint)
        form = page.form(button)
        sent = [(name, changes.get(name, value)) for name, value in form.fields if name not in changes] + list(changes.items())
        saved = owner.post(form.action or page.address, choose_not_applicable(sent, changes))
        assert saved.status_code == 303, check(saved, wording=False).main
        marks |= changes
        expect_kept(owner.open(page.address), changes)
    read = [owner.open(address_of(world, endpoint)) for endpoint in OWN_PAGES if endpoint != "share.report"]
    assert not [page.address for page in read if "<i>" in page.source]
    shown = "\n".join(page.text for page in read)
    unseen = [mark for name, mark in marks.items() if mark not in shown and "remove" not in name]
    assert not [mark for mark in unseen if mark.endswith("note")], unseen


def mark_texts(page: Page, endpoint: str) -> dict[str, str]:
    """Every field for free text, with HTML that says which one it is."""
    texts = {}
    for control in page.controls:
        name = control.get("name", "")
        line = control.tag == "input" and control.get("type", "text") == "text" and not control.get("inputmode")
        free = control.tag == "textarea" or line
        if free and name and not name.endswith((".link", "due", "valid_until", "ends", ".page")):
            texts[name] = f"<i>{name[-60:]}"
    return texts


def choose_not_applicable(sent: Pairs, changes: dict[str, str]) -> Pairs:
    """A reason is kept only with *trifft nicht zu*."""
    reasons = {name.removesuffix(".reason") for name in changes if name.endswith(".reason")}
    kept = [(name, value) for name, value in sent if name.rpartition(".")[0] not in reasons or not name.endswith((".choice", ".options", ".value"))]
    return kept + [(f"{question}.choice", "not_applicable") for question in sorted(reasons)]


def expect_kept(page: Page, changes: dict[str, str]) -> None:
    there = {control.get("name", ""): page.value(control.get("name", "")) for control in page.controls if control.get("name")}
    lost = {name for name, text in changes.items() if name in there and there[name] != text and not is_new(name)}
    assert not lost, lost


def is_new(name: str) -> bool:
    """Fields for a further entry are empty again, and get another name, once it is stored."""
    return ".e.n" in name or ".neu" in name or ".new" in name or name.split(".")[1:2] == ["n"]


def test_json_answers_carry_typed_html_as_text(world: World) -> None:
    visitor, address, fields = open_form(world, "fill_in.save")
    name = next(name for name, _ in fields if name.endswith(".note"))
    sent = [(each, "<script>alert(1)</script>" if each == name else value) for each, value in fields]
    response = visitor.post(address, sent, headers=JSON)
    assert response.status_code == 200
    assert "<script>" not in json.dumps(response.json["html"])
