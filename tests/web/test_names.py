"""Pages and controls can be told apart by their names alone, as somebody hears them who does not see what is around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest

from tests.web.document import CONTROLS, Document, text_of
from tests.web.forms import BUTTONS, open_form
from tests.web.page import check
from tests.web.routes import PAGES, address_of, who_may_open
from tests.web.world import World

UNSEEN = ("hidden", "submit", "button", "reset", "image")
HEAD = (
    "Verwaltung",
    "Beratung",
    "Alle Vorgänge",
    "Meine Selbstchecks",
    "Meine Berichte",
    "Hilfe",
    "Auf diesem Gerät abmelden",
    "Abmelden",
    "Anmelden",
    "Konto",
)
"""What the head of a page may offer, in the order that it has everywhere."""


def said(element: Element) -> str:
    """What is read out of an element; with what is hidden from the eye, without what is hidden from the ear."""

    def parts(each: Element) -> Iterator[str]:
        if each.get("aria-hidden") != "true":
            yield each.text or ""
            for child in each:
                yield from parts(child)
                yield child.tail or ""

    return element.get("aria-label") or " ".join("".join(parts(element)).split())


def name_of(page: Document, control: Element) -> str:
    """A button by what it says, a field by its label."""
    if control.get("aria-label") or control.tag not in CONTROLS:
        return said(control)
    ids = control.get("aria-labelledby", "").split()
    labels = [each for each in page.root.iter() if each.get("id") in ids]
    labels += [label for label in page.all(".//label") if label.get("for") == control.get("id")]
    return " ".join(said(label) for label in labels)


def groups_around(page: Document, control: Element) -> Iterator[str]:
    """The names of the groups that a field is in, which are read out when it is reached."""
    around = page.parents.get(control)
    while around is not None:
        if around.tag == "fieldset":
            yield from (said(legend) for legend in around.findall("legend"))
        elif around.get("role") == "group":
            ids = around.get("aria-labelledby", "").split()
            yield around.get("aria-label") or " ".join(said(e) for e in page.root.iter() if e.get("id") in ids)
        around = page.parents.get(around)


def deed_of(page: Document, control: Element) -> tuple[str, ...]:
    """What tells two controls apart that are called the same: what they send, and where to."""
    if control.tag == "a":
        return (control.get("href", ""),)
    form = page.parents.get(control)
    while form is not None and form.tag != "form":
        form = page.parents.get(form)
    action = "" if form is None else form.get("action", "")
    sent = () if form is None else tuple(f"{e.get('name')}={e.get('value')}" for e in form.iter("input"))
    kept = tuple(each for each in sent if control.tag == "button" and not each.startswith("csrf_token"))
    return (action, control.get("name", ""), control.get("value", ""), *kept)


def find_twins(page: Document) -> list[str]:
    """Names of controls that stand for several different things on this page."""
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for control in page.root.iter():
        if control.tag in CONTROLS and control.get("type", "text") not in UNSEEN:
            found["field", name_of(page, control), *groups_around(page, control)].add(deed_of(page, control))
        elif control.tag == "button" and control.get("aria-hidden") != "true":
            found["button", name_of(page, control)].add(deed_of(page, control))
        elif control.tag == "summary":
            found["summary", name_of(page, control)].add((str(id(control)),))
    return [" / ".join(name) for name, deeds in found.items() if len(deeds) > 1]


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_two_controls_of_a_page_are_called_the_same(world: World, endpoint: str) -> None:
    page = world.visit(who_may_open(endpoint)).open(address_of(world, endpoint))
    assert find_twins(page) == []


@pytest.mark.parametrize("endpoint", PAGES)
def test_the_head_has_the_same_order_everywhere(world: World, endpoint: str) -> None:
    page = world.visit(who_may_open(endpoint)).open(address_of(world, endpoint))
    offered = [said(link).partition(":")[0] for link in page.one(".//header").iter("li")]
    assert offered == [name for name in HEAD if name in offered]


def test_the_way_to_ones_self_checks_is_on_every_page_of_one(world: World) -> None:
    owner = world.visit("owner")
    inside = ("overview.overview", "questions.criterion", "results.result", "history.changes")
    for endpoint in (*inside, "site.start_page"):
        page = owner.open(address_of(world, endpoint))
        links = [text_of(link) for link in page.one(".//header").iter("a")]
        assert "Meine Selbstchecks" in links, endpoint


def test_every_page_has_a_title_of_its_own(world: World) -> None:
    pages: dict[str, list[str]] = defaultdict(list)
    for endpoint in PAGES:
        page = world.visit(who_may_open(endpoint)).open(address_of(world, endpoint))
        pages[text_of(page.one("./head/title"))].append(endpoint)
    assert [(title, found) for title, found in pages.items() if len(found) > 1] == []


@pytest.mark.parametrize(
    "endpoint",
    [
        endpoint
        for endpoint in BUTTONS
        if endpoint
        in (
            "entry.new",
            "overview.details",
            "team.office",
            "team.colleague",
            "history.name",
            "sharing.create",
            "accounts.register",
            "accounts.forgot",
            "accounts.password",
            "operating.appoint",
            "operating.invite",
            "data.begin",
        )
    ],
)
def test_a_refused_form_says_so_first_in_its_title(world: World, endpoint: str) -> None:
    visitor, address, fields = open_form(world, endpoint)
    kept = ("csrf_token", "key", "version", "base")
    answer = visitor.post(address, {name: value if name in kept else "" for name, value in fields})
    assert answer.status_code == 422
    page = check(answer)
    assert text_of(page.one("./head/title")).startswith("Fehler: ")
    assert "autofocus" in page.one(".//*[@id='fehler']").attrib
