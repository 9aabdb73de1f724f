"""What is too much, too slow or too odd is refused before anything looks into it."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from selfcheck.web.http.headers import ALWAYS
from selfcheck.web.http.load import bodies
from tests.conftest import MakeApp
from tests.web.forms import BUTTONS, WHO, open_form
from tests.web.page import check
from tests.web.routes import ROUTES, address_of
from tests.web.world import World

POSTS = [endpoint for method, endpoint in ROUTES if method == "POST"]
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
NAMELESS = b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"
LARGEST_REFUSAL = 30_000
"""Bytes of a page that refuses something and hands nothing back."""


@pytest.mark.parametrize("address", ["/", "/gibt/es/nicht", "/anmelden", "/selbstcheck/neu", "/healthz"])
def test_half_a_million_fields_of_anybody_are_counted_and_not_read(client: FlaskClient, address: str) -> None:
    response = client.post(address, data=b"a=b&" * 500_000, content_type=FORM)
    assert response.status_code == 413
    assert len(response.get_data()) < LARGEST_REFUSAL
    check(response)


def test_as_many_fields_as_any_page_has_are_taken(world: World) -> None:
    visitor, address, fields = open_form(world, "questions.save")
    assert len(fields) < bodies.MOST_FIELDS / 4
    assert visitor.post(address, [*fields, *[("x", "")] * (bodies.MOST_FIELDS // 2)]).status_code == 303


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_part_without_a_name_is_refused_with_a_page(world: World, endpoint: str) -> None:
    response = world.visit("owner").client.post(address_of(world, endpoint), data=NAMELESS, content_type=PARTS)
    assert response.status_code == 400
    check(response)


def test_a_part_without_a_name_is_refused_at_addresses_that_are_none(client: FlaskClient) -> None:
    response = client.post("/gibt/es/nicht", data=NAMELESS, content_type=PARTS)
    assert response.status_code == 400
    assert response.headers["Content-Security-Policy"] == ALWAYS["Content-Security-Policy"]


@pytest.mark.parametrize("endpoint", BUTTONS)
def test_a_file_is_no_text(world: World, endpoint: str) -> None:
    visitor, address, fields = open_form(world, endpoint)
    csrf = world.people[WHO.get(endpoint, "owner")].csrf
    for name in dict.fromkeys(name for name, _ in fields if name != "csrf_token"):
        part = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="x"\r\n\r\nText\r\n--b--\r\n'
        response = visitor.client.post(address, data=part.encode(), content_type=PARTS, headers={"X-CSRFToken": csrf})
        assert 400 <= response.status_code < 500, (name, response.status)


ONE = b'Content-Disposition: form-data; name="note"'
LONG_HEADS = {
    "one with very many words": b"--b\r\n" + ONE + b"; a=b" * 300_000 + b"\r\n\r\nx\r\n--b--\r\n",
    "quotes": b'--b\r\nContent-Disposition: form-data; name="' + b'\\"' * 900_000 + b'"\r\n\r\nx\r\n--b--\r\n',
    "pieces of one word": b"--b\r\n" + ONE + b"; a*0=b" * 250_000 + b"\r\n\r\nx\r\n--b--\r\n",
    "many with many words": (b"--b\r\n" + ONE + b"; a=b" * 700 + b"\r\n\r\nx\r\n") * 500,
    "no end": b"--b\r\n" + ONE + b"; a=b" * 350_000,
    "other line ends": b"--b\n" + ONE + b"; a=b" * 350_000 + b"\n\nx\n--b--\n",
}


@pytest.mark.parametrize("body", LONG_HEADS.values(), ids=list(LONG_HEADS))
def test_what_parts_say_of_themselves_is_short(client: FlaskClient, body: bytes) -> None:
    client.get("/anmelden")
    begun = time.thread_time()
    response = client.post("/anmelden", data=body, content_type=PARTS)
    assert time.thread_time() - begun < 0.5
    assert response.status_code in (400, 413)
    check(response)


def test_what_parts_a_form_is_short_too(client: FlaskClient) -> None:
    client.get("/anmelden")
    begun = time.thread_time()
    for _ in range(3):
        kind = f"multipart/form-data; boundary={'x' * 60_000}{_}"
        assert client.post("/anmelden", data=NAMELESS, content_type=kind).status_code == 400
    assert time.thread_time() - begun < 0.5


def test_a_form_in_parts_with_long_names_is_read(world: World) -> None:
    visitor, address, _ = open_form(world, "data.begin")
    csrf = world.people["owner"].csrf
    file = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{"ü" * 250}.json"\r\n\r\nx\r\n--b--\r\n'
    response = visitor.client.post(address, data=file.encode(), content_type=PARTS, headers={"X-CSRFToken": csrf})
    assert response.status_code == 422, "a file, though no right one"


def test_a_page_that_fails_while_it_tells_an_error_is_plain_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **values: object) -> str:
        raise RuntimeError("Innereien")

    monkeypatch.setattr("selfcheck.web.http.errors.render_template", fail)
    response = client.get("/gibt/es/nicht")
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.get_data(as_text=True)
    assert "Innereien" not in response.get_data(as_text=True)
    assert response.headers["Content-Security-Policy"] == ALWAYS["Content-Security-Policy"]


class Trickle:
    """A body of which nothing comes until `end` is set."""

    def __init__(self) -> None:
        self.end = threading.Event()

    def read(self, size: int = -1) -> bytes:
        self.end.wait(20)
        return b""


def send_slowly(app: Flask, body: Trickle) -> TestResponse:
    given: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": "9", "CONTENT_TYPE": FORM}
    return app.test_client().post("/anmelden", environ_overrides=given)


def test_only_half_of_the_threads_read_slow_bodies(make_app: MakeApp) -> None:
    app, body, answers = make_app(SELFCHECK_THREADS="4"), Trickle(), []
    threads = [threading.Thread(target=lambda: answers.append(send_slowly(app, body))) for _ in range(4)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + 10
    while len(answers) < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert [answer.status_code for answer in answers] == [503, 503]
    assert "Gerade kommt zu viel auf einmal an" in check(answers[0]).main
    assert app.test_client().get("/hilfe").status_code == 200
    body.end.set()
    for thread in threads:
        thread.join(20)
    assert [answer.status_code for answer in answers[2:]] == [400, 400]  # nothing came of what was said to come
    assert app.test_client().post("/anmelden", data={"mail": "a"}).status_code == 400  # read again, without a mark


def test_half_a_body_is_no_form(client: FlaskClient) -> None:
    response = client.post("/anmelden", data=b"mail=a", content_type=FORM, headers={"Content-Length": "999"})
    assert response.status_code == 400
