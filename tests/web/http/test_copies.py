"""What a browser kept of texts that were not stored goes once a page says so: made, signed out, access at its end."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from tests import towns
from tests.web.page import NewVisitor, Page, Visitor, begin, change
from tests.web.team.people import sit_down
from tests.web.team.test_hand_over import personal_link, sign_in

CRITERION = towns.questionnaire().criteria[0]
QUESTION = CRITERION.questions[0].id
KEY = "0123456789abcdef"


def said(page: Page, what: str) -> str | None:
    return page.one(".//body").get(f"data-{what}")


def goal(page: Visitor, check: str, **changes: str) -> list[tuple[str, str]]:
    form = page.open(f"/selbstcheck/{check}/ziele").form("Speichern")
    fields = {"title": "Mehr Englisch", "version": "0", "base": ""} | changes
    return change(form.fields, {f"goal.n{KEY}.{name}": value for name, value in fields.items()})


def test_what_was_made_is_named_once_on_the_page_after_it(page: Visitor, check: str) -> None:
    sent = page.send(f"/selbstcheck/{check}/ziele", goal(page, check))
    assert said(sent, "stored") == KEY
    assert said(page.open(f"/selbstcheck/{check}/ziele"), "stored") is None


def test_sent_again_it_is_named_again_and_made_once(page: Visitor, check: str) -> None:
    fields = goal(page, check)
    page.post(f"/selbstcheck/{check}/ziele", fields)
    again = page.send(f"/selbstcheck/{check}/ziele", fields)
    assert said(again, "stored") == KEY
    assert [control.get("value") for control in again.controls].count("Mehr Englisch") == 1


def test_what_was_refused_is_not_named(page: Visitor, check: str) -> None:
    refused = page.send(f"/selbstcheck/{check}/ziele", goal(page, check, title="", measure="Kurse"), 422)
    assert said(refused, "stored") is None


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (f"fragen/{CRITERION.id}", {f"{QUESTION}.e.n{KEY}.title": "Beschluss", f"{QUESTION}.e.n{KEY}.version": "0"}),
        (f"fragen/{CRITERION.id}", {f"{QUESTION}.comment": "Wer weiß das?", f"{QUESTION}.comment-key": KEY}),
        ("checkliste", {"steps.neu.title": "Plakate", "steps.neu.version": "0", "steps.neu.creation": KEY}),
        ("ziele", {f"project.n{KEY}.title": "Sprachcafé", f"project.n{KEY}.version": "0"}),
    ],
    ids=["evidence", "comment", "step", "project"],
)
def test_every_kind_of_something_new_is_named(
    app: Flask, page: Visitor, check: str, path: str, fields: dict[str, str]
) -> None:
    sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai")
    address = f"/selbstcheck/{check}/{path}"
    csrf = page.open(address).value("csrf_token")
    assert said(page.send(address, {"csrf_token": csrf} | fields), "stored") == KEY


def test_a_save_by_script_says_it_in_its_answer_only(page: Visitor, check: str) -> None:
    saved = page.post(f"/selbstcheck/{check}/ziele", goal(page, check), headers={"Accept": "application/json"})
    assert "Set-Cookie" not in saved.headers
    assert said(page.open(f"/selbstcheck/{check}/ziele"), "stored") is None


def sign_out(page: Visitor, address: str, button: str) -> tuple[str | None, str | None]:
    """What the browser is told to clear, and what the page after it says."""
    answer = page.post(address, page.open(address).form(button).fields)
    return answer.headers.get("Clear-Site-Data"), said(page.open(answer.headers["Location"]), "forget")


@pytest.mark.parametrize(
    ("address", "button"), [("/konto/abmelden", "Abmelden"), ("/konto/ueberall-abmelden", "Überall abmelden")]
)
def test_whoever_signs_an_account_out_leaves_nothing(app: Flask, page: Visitor, address: str, button: str) -> None:
    sign_in(app, page, "erika@stadt.example")
    assert sign_out(page, address, button) == ('"storage"', "")
    assert said(page.open("/"), "forget") is None


def test_a_guest_leaves_nothing_either_but_what_belongs_to_other_self_checks(page: Visitor, check: str) -> None:
    other = begin(page)
    button = "Auf diesem Gerät abmelden"
    assert sign_out(page, f"/selbstcheck/{check}/abmelden", button) == (None, check)
    assert sign_out(page, f"/selbstcheck/{other}/abmelden", button) == ('"storage"', "")


def test_nothing_is_forgotten_because_somebody_opened_the_address(page: Visitor) -> None:
    for address in ("/abgemeldet", "/konto/abgemeldet"):
        assert said(page.open(address), "forget") is None


def test_a_withdrawn_place_leaves_nothing(app: Flask, page: Visitor, check: str) -> None:
    kai = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai")
    kai.open(f"/selbstcheck/{check}")
    withdraw = page.open(page.open(f"/selbstcheck/{check}/team").link("Zurückziehen, Kollegium"))
    page.press(withdraw, "Zurückziehen")
    assert said(kai.open(f"/selbstcheck/{check}", 410), "forget") == check
    address = f"/selbstcheck/{check}/ziele"
    csrf = kai.open("/selbstcheck/neu").value("csrf_token")
    answer = kai.post(address, {"csrf_token": csrf}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["forget"]) == (410, check)


def test_what_went_into_an_account_waits_for_its_owner(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    owner, link = visitor(), personal_link(page, check)
    sign_in(app, owner, "erika@stadt.example")
    owner.press(owner.open(link), "In mein Konto übernehmen")
    assert said(page.open(f"/selbstcheck/{check}", 410), "forget") is None


def test_an_unknown_browser_forgets_nothing(visitor: NewVisitor, check: str) -> None:
    assert said(visitor().open(f"/selbstcheck/{check}", 404), "forget") is None
