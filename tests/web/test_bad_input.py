"""Whatever comes in by form or address, and whatever stands in the database: a page in German, never a crash."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests import towns
from tests.web.forms import BUTTONS, JSON, WHO, find_form, open_form, visitor_for
from tests.web.page import check
from tests.web.routes import ROUTES, address_of
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
WITHOUT_FORM = {
    "chamber.undo",
    "chamber.hand_over",
    "chamber.flag",
    "chamber.settle_flag",
    "chamber.settle_reminder",
    "history.go_back",
    "office.switch",
    "team.remind",
    "team.read",
    "team.reassign",
    "team.take",
    "accounts.code",
    "accounts.confirm",
    "accounts.reset",
    "accounts.confirm_mail",
    "accounts.invitation",
    "accounts.set_up",
    "operating.end_advisor",
    "operating.invite_again",
    "operating.move_advisor",
    "operating.try_again",
    "operating.withdraw_invitation",
    "accounts.drop",
    "team.decide",
    "offline.save",
    "offline.own_save",
    "goals.save_interim",
    "renewal.version",
    "evidence.take_out",
    "good_examples.take_back",
    "chamber.read_result_over",
    "chamber.prepare_result_again",
    "chamber.release_now",
    "chamber.save_text_block",
    "chamber.send_recommendations",
    "chamber.still_holds",
    "reply.take_result",
    "chamber.reopen_record",
    "chamber.make_record_final",
}
"""Nobody in this world has come so far that the form is offered; the address takes anything all the same."""
FINE = {200, 302, 303, 400, 403, 404, 409, 410, 413, 422, 429}
FIELDS = (
    "note",
    "reason",
    "value",
    "choice",
    "options",
    "title",
    "version",
    "base",
    "resolve",
    "stay",
    "key",
    "comment",
)


def test_every_form_is_tried() -> None:
    assert set(BUTTONS) | WITHOUT_FORM == {endpoint for method, endpoint in ROUTES if method == "POST"}


@pytest.mark.parametrize("endpoint", sorted(WITHOUT_FORM))
@pytest.mark.parametrize("name", ["owner", "coordinator", "advisor", "nobody"])
def test_addresses_without_a_form_take_anything(world: World, endpoint: str, name: str) -> None:
    visitor, address = world.visit(name), address_of(world, endpoint)
    for text in NASTY.values():
        sent = [(field, text) for field in (*FIELDS, "code", "password", "mail", "to", "an", "seen")]
        expect_no_crash(visitor.post(address, [("csrf_token", world.people[name].csrf), *sent]))


def expect_no_crash(response: TestResponse) -> None:
    assert response.status_code in FINE, response.status
    if response.mimetype == "text/html" and response.status_code not in (302, 303):
        check(response, wording=False)


@pytest.mark.parametrize("endpoint", BUTTONS)
@pytest.mark.parametrize("headers", [{}, JSON], ids=["form", "script"])
def test_nasty_texts_in_every_field(world: World, endpoint: str, headers: dict[str, str]) -> None:
    visitor, form = visitor_for(world, endpoint), find_form(world, endpoint)
    for text in NASTY.values():
        reset(world, endpoint)
        sent = [(name, value if name in form.hidden else text) for name, value in form.fields]
        expect_no_crash(visitor.post(form.action, sent, headers=headers))


@pytest.mark.parametrize("endpoint", BUTTONS)
@pytest.mark.parametrize("headers", [{}, JSON], ids=["form", "script"])
def test_nasty_texts_in_hidden_fields(world: World, endpoint: str, headers: dict[str, str]) -> None:
    visitor, address, fields = open_form(world, endpoint)
    for text in NASTY.values():
        reset(world, endpoint)
        sent = [(name, value if name == "csrf_token" else text) for name, value in fields]
        assert visitor.post(address, sent, headers=headers).status_code in FINE


def reset(world: World, endpoint: str) -> None:
    world.reset(world.people[WHO.get(endpoint, "owner")].state)


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
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n--x--',
        ),
        ("application/x-www-form-urlencoded", b"note=%ED%A0%80&note=%FF%FE&%=%zz&&&=&a[]=1&a[b]=2"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"note=+AGE-"),
        ("", b"note=x"),
    ],
)
def test_raw_bytes(world: World, endpoint: str, kind: str, body: bytes) -> None:
    visitor, address, _ = open_form(world, endpoint)
    csrf = world.people[WHO.get(endpoint, "owner")].csrf
    response = visitor.client.post(address, data=body, content_type=kind, headers={"X-CSRFToken": csrf})
    expect_no_crash(response)


@pytest.mark.parametrize("endpoint", ["entry.new", "questions.save", "goals.save", "checklist.save"])
def test_too_much_at_once_is_a_page(world: World, endpoint: str) -> None:
    visitor, address, fields = open_form(world, endpoint)
    visitor.send(address, [*fields, ("note", "x" * 3_000_000)], 413)
    parts = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nb\r\n' % number for number in range(2500)
    )
    response = visitor.client.post(address, data=parts + b"--x--", content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
    check(response)


def test_longest_notes_of_a_whole_criterion_fit(world: World) -> None:
    visitor, address, fields = open_form(world, "questions.save")
    text = "„ß“\n" * 1250
    sent = [(name, text if name.endswith(".note") else value) for name, value in fields]
    page = visitor.send(address, sent)
    there = visitor.open(address_of(world, "questions.criterion"))
    assert page.status == 200
    notes = [there.value(name) for name, _ in fields if name.endswith(".note")]
    assert notes == [text] * len(notes)


def test_a_note_that_is_too_long_stays_in_its_field(world: World) -> None:
    visitor, address, fields = open_form(world, "questions.save")
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
    "/selbstcheck/{id}/nachweise?frage=%00&zeige=%FF",
    "/selbstcheck/{id}/nachweise?frage=" + "ä" * 3000,
    "/selbstcheck/{id}/teilen/ihk/%00/staende/%00",
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
