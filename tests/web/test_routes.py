"""Who gets what at every address of the product. A new address without a line here fails."""

from __future__ import annotations

import pytest

from tests import towns
from tests.web.page import Visitor
from tests.web.routes import PAGES, PEOPLE, ROUTES, address_of, coordination, who_may_open, working_along
from tests.web.world import World


def ask(visitor: Visitor, method: str, address: str, csrf: str) -> int:
    """The status; pages are checked on the way."""
    if method == "POST":
        return visitor.post(address, {"csrf_token": csrf}).status_code
    return visitor.client.get(address, base_url=visitor.base).status_code


def test_every_address_has_its_line(world: World) -> None:
    known = {
        (method, rule.endpoint)
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert known == set(ROUTES)


@pytest.mark.parametrize(("method", "endpoint"), ROUTES)
def test_who_gets_what(world: World, method: str, endpoint: str) -> None:
    address = address_of(world, endpoint)
    got = {name: ask(world.visit(name), method, address, world.people[name].csrf) for name in PEOPLE}
    assert got == ROUTES[method, endpoint]


@pytest.mark.parametrize("endpoint", PAGES)
def test_whoever_may_see_a_page_sees_one_that_keeps_the_house_rules(world: World, endpoint: str) -> None:
    world.visit(who_may_open(endpoint)).open(address_of(world, endpoint))


PRIVATE = [
    name for (method, name), line in ROUTES.items() if method == "GET" and line in (coordination(), working_along())
]


@pytest.mark.parametrize("endpoint", PRIVATE)
def test_strangers_cannot_tell_a_self_check_from_none(world: World, endpoint: str) -> None:
    stranger = world.visit("stranger")
    there = stranger.open(address_of(world, endpoint), 404)
    nowhere = stranger.open(address_of(world, endpoint, check_id="AAAAAAAAAAAAAAAAAAAAAA"), 404)
    assert there.source == nowhere.source


@pytest.mark.parametrize("endpoint", ["entry.entry", "sharing.entry", "sharing.report"])
def test_unknown_tokens_are_no_page(world: World, endpoint: str) -> None:
    address = address_of(world, endpoint, token="x" * 43, share_id="x" * 16)
    page = world.visit("reader").open(address, 404)
    assert "öffnen Sie ihn bitte noch einmal aus der E-Mail" in page.main


@pytest.mark.parametrize("endpoint", ["entry.entry", "sharing.entry"])
def test_opening_a_link_grants_nothing(world: World, endpoint: str) -> None:
    nobody = world.visit("nobody")
    nobody.open(address_of(world, endpoint))
    nobody.open(address_of(world, "sharing.report"), 404)
    nobody.open(address_of(world, "overview.overview"), 404)


def test_a_reader_is_told_that_the_report_was_withdrawn(world: World) -> None:
    page = world.visit("ended reader").open(address_of(world, "sharing.report"), 410)
    assert "zurückgezogen" in page.main


def test_withdrawn_personal_links_are_gone_for_others_but_not_here(world: World) -> None:
    owner, other = world.visit("owner"), Visitor(world.app.test_client())
    other.press(other.open(address_of(world, "entry.entry")), "Öffnen")
    owner.press(owner.open(address_of(world, "overview.personal_link")), "Frühere Links beenden und neuen anzeigen")
    other.open(address_of(world, "overview.overview"), 404)
    other.open(address_of(world, "entry.entry"), 410)
    owner.open(address_of(world, "overview.overview"))


def test_a_deleted_self_check_comes_back_whole(world: World) -> None:
    owner = world.visit("owner of the deleted")
    mine = owner.open("/selbstchecks")
    restored = owner.press(mine, "Wiederherstellen Musterstadt am Main")
    criterion = towns.questionnaire().criteria[0]
    page = owner.open(f"{restored.address}/fragen/{criterion.id}?offen=alle")
    told = towns.sample().answers
    for question in criterion.questions:
        if question.id in told:
            assert page.value(f"{question.id}.note") == told[question.id].note


def test_unknown_criteria_are_no_page(world: World) -> None:
    owner = world.visit("owner")
    address = address_of(world, "questions.criterion", criterion_id="gibt-es-nicht")
    owner.open(address, 404)
    owner.send(address, {"csrf_token": world.people["owner"].csrf}, 404)
