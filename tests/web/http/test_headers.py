"""What every response says to browsers, what the cookie is made of, and who may send forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import towns
from tests.conftest import MakeApp
from tests.web.page import BEGIN, Visitor, begin, check
from tests.web.routes import ROUTES, address_of
from tests.web.world import World

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
ADDRESSES = ("/", "/selbstcheck/neu", "/selbstchecks", "/healthz", "/robots.txt", "/gibt-es-nicht")
PRODUCTION = {
    "SELFCHECK_ENV": "production",
    "SELFCHECK_SECRET_KEY": "Gx7-kQ9_vT2wLp4zRb8nYc1mJf6hDs3u",
    "SELFCHECK_HOSTS": "localhost 127.0.0.1",
    "SELFCHECK_MAIL_SERVER": "localhost",
    "SELFCHECK_MAIL_SENDER": "selbstcheck@localhost",
}
OPEN_TO_MAIL = ("team.decide",)
"""Mail programs send this form of themselves; the secret is in its address."""
FORMS = [(method, name) for method, name in ROUTES if method == "POST" and name not in OPEN_TO_MAIL]
OWNED = [name for (method, name), line in ROUTES.items() if method == "GET" and line["nobody"] == 404]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_is_protected(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Strict-Transport-Security" not in headers


def test_static_files_are_kept_for_good_and_not_guessed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        address = app.jinja_env.globals["asset"]("css/print.css")
    with client.get(address) as response:
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("endpoint", [*OWNED, "entry.entry", "sharing.entry", "entry.mine"])
@pytest.mark.parametrize("name", ["owner", "nobody"])
def test_nobody_stores_what_stands_behind_a_grant(world: World, endpoint: str, name: str) -> None:
    response = world.visit(name).client.get(address_of(world, endpoint))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_answers_to_our_script_are_not_stored_either(world: World) -> None:
    visitor = world.visit("owner")
    response = visitor.post(
        address_of(world, "questions.save"),
        {"csrf_token": world.people["owner"].csrf},
        headers={"Accept": "application/json"},
    )
    assert response.is_json
    assert response.headers["Cache-Control"] == "private, no-store"


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(page: Visitor) -> None:
    begin(page)
    cookie = page.client.get_cookie("selfcheck")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert not cookie.secure
    assert cookie.expires is not None
    assert timedelta(days=89) < cookie.expires - datetime.now(UTC) <= timedelta(days=90)


def test_cookie_stays_on_https_in_production(make_app: MakeApp) -> None:
    page = Visitor(make_app(**PRODUCTION, SELFCHECK_PROXIES="1").test_client(), "https://localhost")
    begin(page)
    cookie = page.client.get_cookie("__Host-selfcheck")
    assert cookie is not None
    assert cookie.secure


def test_https_is_announced_for_a_year_and_every_name_below_ours(make_app: MakeApp) -> None:
    app = make_app(**PRODUCTION)
    with app.app_context():
        file = app.jinja_env.globals["asset"]("css/print.css")
    for address in ("/", "/gibt-es-nicht", file):
        with app.test_client().get(address, base_url="https://localhost") as response:
            assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", address


def test_public_pages_that_say_who_is_signed_in_are_kept_by_the_browser_alone(world: World) -> None:
    for address in ("/", "/hilfe", "/impressum"):
        assert "Cache-Control" not in world.app.test_client().get(address).headers
        for name in ("coordinator", "owner"):
            response = world.visit(name).client.get(address)
            # the first page names a self-check to go on with
            kept = "private, no-store" if address == "/" else "private, no-cache"
            assert response.headers["Cache-Control"] == kept, name


def test_reading_public_pages_sets_no_cookie(client: FlaskClient) -> None:
    for address in ("/", "/ihk", "/fragen", "/hilfe", "/beispiel", "/impressum", "/datenschutz"):
        assert "Set-Cookie" not in client.get(address).headers, address


@pytest.mark.parametrize(
    ("method", "endpoint"), [key for key in ROUTES if key[0] == "POST" and key[1] not in OPEN_TO_MAIL]
)
@pytest.mark.parametrize("csrf", [{}, {"csrf_token": "x"}], ids=["none", "wrong"])
def test_forms_of_other_sites_are_refused(world: World, method: str, endpoint: str, csrf: dict[str, str]) -> None:
    response = world.visit("owner").post(address_of(world, endpoint), csrf)
    assert response.status_code == 400
    check(response)


def test_refused_form_hands_back_what_was_typed(world: World) -> None:
    question = towns.questionnaire().criteria[0].questions[0]
    text = "Zeile eins <b>fett</b>\nZeile zwei"
    page = world.visit("owner").send(address_of(world, "questions.save"), {f"{question.id}.note": text}, 400)
    assert any("".join(place.itertext()) == text for place in page.all(".//p[@class='typed']"))


def test_refused_save_of_our_script_is_answered_in_json(world: World) -> None:
    response = world.visit("owner").post(
        address_of(world, "questions.save"), {}, headers={"Accept": "application/json"}
    )
    assert response.status_code == 400
    assert set(response.json) == {"error", "text"}


def test_forwarded_headers_count_only_behind_a_proxy(make_app: MakeApp) -> None:
    pretended = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "boese.example", "X-Forwarded-For": "192.0.2.7"}
    alone, behind = make_app(), make_app(SELFCHECK_PROXIES="1")
    assert "Strict-Transport-Security" not in alone.test_client().get("/", headers=pretended).headers
    assert "Strict-Transport-Security" in behind.test_client().get("/", headers=pretended).headers


def test_links_name_the_host_the_visitor_sees(make_app: MakeApp) -> None:
    pretended = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "boese.example"}
    page = Visitor(make_app().test_client())
    check_id = begin(page)
    form = page.open(f"/selbstcheck/{check_id}/persoenlicher-link").form("Persönlichen Link anzeigen")
    shown = page.send(form.action, form.fields, headers=pretended)
    assert shown.one(".//input[@id='link']").get("value", "").startswith("http://localhost/zugang/")


def test_throttle_counts_the_visitor_not_the_header(make_app: MakeApp) -> None:
    """With no proxy named, an invented address in a header must not reset the count."""
    app = make_app()
    client = app.test_client()
    statuses = {
        client.get(f"/bericht/{number:043d}", headers={"X-Forwarded-For": f"192.0.2.{number % 250}"}).status_code
        for number in range(125)
    }
    assert statuses == {404, 429}


def test_too_many_new_self_checks_get_a_page_that_keeps_the_form_readable(make_app: MakeApp) -> None:
    page = Visitor(make_app().test_client())
    form = page.open("/selbstcheck/neu").form("Beginnen")
    fields = dict(form.fields) | BEGIN
    for number in range(120):
        assert page.post("/selbstcheck/neu", fields | {"key": f"{number:032x}"}).status_code == 303
        with page.client.session_transaction() as session:
            session["grants"] = []  # one browser keeps half as many
    page.send("/selbstcheck/neu", fields | {"key": "f" * 32}, 429)


def test_a_host_that_is_none_of_ours_gets_a_word_and_fills_no_log(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    client = make_app(**PRODUCTION).test_client()
    caplog.clear()  # of what the start said
    answer = client.get("/zugang/geheim", base_url="https://boese.example")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert caplog.text == ""
