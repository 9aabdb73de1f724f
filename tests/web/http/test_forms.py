"""Whose forms count: over https one sign of our own origin is enough, and each refusal says its own cause."""

from __future__ import annotations

import pytest

from tests.conftest import MakeApp
from tests.web.http.test_headers import PRODUCTION
from tests.web.page import BEGIN, Visitor, change, check

ADDRESS = "https://localhost"
OURS = (
    {"Origin": ADDRESS},
    {"Origin": f"{ADDRESS}:443"},
    {"Referer": f"{ADDRESS}/selbstcheck/neu"},
    {"Origin": "null", "Referer": f"{ADDRESS}/"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Sec-Fetch-Site": "none"},
)
FOREIGN = (
    {"Origin": "https://boese.example"},
    {"Origin": "http://localhost"},
    {"Origin": f"{ADDRESS}:8443"},
    {"Origin": "https://["},
    {"Origin": "https://localhost:99999"},
    {"Origin": "https://boese.example", "Referer": f"{ADDRESS}/"},
    {"Referer": "https://boese.example/localhost"},
    {"Sec-Fetch-Site": "cross-site", "Origin": ADDRESS},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.fixture
def secure(make_app: MakeApp) -> Visitor:
    return Visitor(make_app(**PRODUCTION, SELFCHECK_PROXIES="1").test_client(), ADDRESS)


def begin(visitor: Visitor, headers: dict[str, str]) -> tuple[int, str]:
    """Status and text of beginning a self-check with these headers and no others about where the form came from."""
    fields = dict(change(visitor.open("/selbstcheck/neu").form("Beginnen").fields, BEGIN))
    answer = visitor.client.post("/selbstcheck/neu", data=fields, base_url=visitor.base, headers=headers)
    return answer.status_code, check(answer).main if answer.status_code == 400 else ""


@pytest.mark.parametrize("headers", OURS, ids=str)
def test_one_sign_of_our_own_origin_is_enough(secure: Visitor, headers: dict[str, str]) -> None:
    assert begin(secure, headers)[0] == 303


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_another_site_sends_is_refused_with_a_right_token_too(secure: Visitor, headers: dict[str, str]) -> None:
    status, said = begin(secure, headers)
    assert status == 400
    assert "Das kam nicht von unserer Seite" in said


def test_each_cause_has_a_page_of_its_own(secure: Visitor) -> None:
    _, hidden = begin(secure, {})
    form = secure.open("/selbstcheck/neu").form("Beginnen").fields
    outdated = secure.send("/selbstcheck/neu", change(form, BEGIN | {"csrf_token": "von früher"}), 400).main
    secure.client.delete_cookie(secure.client.application.config["SESSION_COOKIE_NAME"])
    cookie = secure.send("/selbstcheck/neu", change(form, BEGIN), 400).main
    titles = ("Ihr Browser sagt nicht, woher", "war nicht mehr aktuell", "kein Cookie mitgeschickt")
    for page, title in zip((hidden, outdated, cookie), titles, strict=True):
        assert [other for other in titles if other in page] == [title]


def test_the_same_is_told_to_our_script(secure: Visitor) -> None:
    answer = secure.post("/selbstcheck/neu", {"csrf_token": "x"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["error"]) == (400, "Ihr Browser hat kein Cookie mitgeschickt")
