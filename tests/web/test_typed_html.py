"""HTML that people type is text: it stands literally wherever it is shown, and nothing of it is lost."""

from __future__ import annotations

import json

from tests.web.document import Pairs
from tests.web.forms import BUTTONS, JSON, open_form
from tests.web.page import Page, check
from tests.web.routes import PAGES, ROUTES, address_of, who_may_open
from tests.web.world import World

OWN_PAGES = sorted(name for name in PAGES if ROUTES["GET", name]["nobody"] == 404)
NO_FREE_TEXT = (".link", "due", "valid_until", "ends", ".page")
CHOICE = (".choice", ".options", ".value")


def test_typed_html_is_shown_literally_wherever_it_appears(world: World) -> None:
    owner = world.visit("owner")
    marks: dict[str, str] = {}
    for endpoint in ("overview.details", "questions.save", "goals.save", "checklist.save"):
        where, button = BUTTONS[endpoint]
        page = owner.open(address_of(world, where))
        form, changes = page.form(button), mark_texts(page)
        kept = [(name, value) for name, value in form.fields if name not in changes]
        saved = owner.post(form.action or page.address, choose_not_applicable([*kept, *changes.items()]))
        assert saved.status_code == 303, check(saved, wording=False).main
        expect_kept(owner.open(page.address), changes)
        marks |= changes
    read = [
        world.join(who_may_open(endpoint)).open(address_of(world, endpoint))
        for endpoint in OWN_PAGES
        if endpoint != "sharing.report"
    ]
    assert not [page.address for page in read if "<i>" in page.source]
    shown = "\n".join(page.text for page in read)
    assert not [
        mark for name, mark in marks.items() if name.endswith((".note", ".title", ".comment")) and mark not in shown
    ]


def mark_texts(page: Page) -> dict[str, str]:
    """Every field for free text, with HTML that says which one it is."""
    texts = {}
    for control in page.controls:
        name = control.get("name", "")
        line = control.tag == "input" and control.get("type", "text") == "text" and not control.get("inputmode")
        if name and (line or control.tag == "textarea") and not name.endswith(NO_FREE_TEXT):
            texts[name] = f"<i>{name[-60:]}"
    return texts


def choose_not_applicable(sent: Pairs) -> Pairs:
    """A reason is kept only with *trifft nicht zu*."""
    reasons = {name.removesuffix(".reason") for name, _ in sent if name.endswith(".reason")}
    kept = [pair for pair in sent if pair[0].rpartition(".")[0] not in reasons or not pair[0].endswith(CHOICE)]
    return kept + [(f"{question}.choice", "not_applicable") for question in sorted(reasons)]


def expect_kept(page: Page, changes: dict[str, str]) -> None:
    names = {control.get("name", "") for control in page.controls}
    lost = {name for name, text in changes.items() if name in names and not is_new(name) and page.value(name) != text}
    assert not lost


def is_new(name: str) -> bool:
    """Fields for a further entry are empty again, and get another name, once it is stored."""
    return (
        name.endswith(".comment") or ".e.n" in name or ".neu" in name or ".new" in name or name.split(".")[1:2] == ["n"]
    )


def test_json_answers_carry_typed_html_as_text(world: World) -> None:
    visitor, address, fields = open_form(world, "questions.save")
    name = next(name for name, _ in fields if name.endswith(".note"))
    sent = [(each, "<script>alert(1)</script>" if each == name else value) for each, value in fields]
    response = visitor.post(address, sent, headers=JSON)
    assert response.status_code == 200
    assert "<script>" not in json.dumps(response.json["html"])
