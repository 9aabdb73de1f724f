"""Who gets what at every address of the product. A new address without a line here fails."""

from __future__ import annotations

import pytest

from tests import towns
from tests.web.page import Visitor
from tests.web.world import World

ELSEWHERE = ("stranger", "coordinator of another", "colleague of another", "office of another", "reader of another")
OUTSIDE = ("nobody", *ELSEWHERE, "operator")
LEFT = ("signed out", "signed out of an account")
COORDINATION = ("owner", "coordinator")
COLLEAGUES = ("colleague", "colleague with an account")
READERS = ("reader", "ended reader")
ENDED = ("ended office", "withdrawn office")
DELETED = ("owner of the deleted", "colleague of the deleted", "office of the deleted")
WITH_ACCOUNT = ("coordinator", "colleague with an account", "coordinator of another", "operator")
PEOPLE = (*OUTSIDE, *LEFT, *COORDINATION, *COLLEAGUES, "office", *READERS, *ENDED, *DELETED)
Statuses = dict[str, int]


def everybody(status: int = 200) -> Statuses:
    return dict.fromkeys(PEOPLE, status)


def places(status: int, *inside: str) -> Statuses:
    """Pages of one self-check for those named; other places are too small for it, and nobody else may learn of it."""
    line = everybody(404) | dict.fromkeys((*COORDINATION, *COLLEAGUES, "office"), 403)
    return line | dict.fromkeys((*ENDED, *DELETED), 410) | dict.fromkeys(inside, status)


def coordination(status: int = 200) -> Statuses:
    return places(status, *COORDINATION)


def working_along(status: int = 200) -> Statuses:
    return places(status, *COORDINATION, *COLLEAGUES)


def asked_offices(status: int = 200) -> Statuses:
    return places(status, "office")


def whoever_has_a_place(status: int) -> Statuses:
    """Also what can be done in a self-check that was deleted."""
    return places(status, *COORDINATION, *COLLEAGUES, "office", *DELETED)


def operators(status: int = 200) -> Statuses:
    return everybody(404) | {"operator": status}


def signed_in(status: int = 200, **others: int) -> Statuses:
    """Pages of one's own account; everybody else is led to sign in first."""
    return everybody(303) | dict.fromkeys(WITH_ACCOUNT, status) | others


def whoever_has_the_link(status: int, after_withdrawal: int) -> Statuses:
    line = everybody(status) | dict.fromkeys(DELETED, 410)
    return line | {"ended reader": after_withdrawal}


RESTORING = {"owner of the deleted": 303, "colleague of the deleted": 403, "office of the deleted": 403}
REPORT = everybody(404) | {
    **dict.fromkeys((*COORDINATION, *COLLEAGUES, "reader"), 200),
    **dict.fromkeys(("signed out", "ended reader", "owner of the deleted", "colleague of the deleted"), 410),
}
ACCOUNTS = {"coordinator": 200, "colleague with an account": 200}
ROUTES: dict[tuple[str, str], Statuses] = {
    ("GET", "home.start_page"): everybody(),
    ("GET", "home.chambers"): everybody(),
    ("GET", "home.questions"): everybody(),
    ("GET", "home.help"): everybody(),
    ("GET", "home.imprint"): everybody(),
    ("GET", "home.privacy"): everybody(),
    ("GET", "home.accessibility"): everybody(),
    ("GET", "home.easy_language"): everybody(),
    ("GET", "home.health"): everybody(),
    ("GET", "home.robots"): everybody(),
    ("GET", "home.favicon"): everybody(302),
    ("GET", "sample.report"): everybody(),
    ("GET", "start.new"): everybody(),
    ("POST", "start.new"): everybody(422),
    ("GET", "start.mine"): everybody(),
    ("GET", "start.entry"): whoever_has_the_link(200, after_withdrawal=200),
    ("POST", "start.enter"): whoever_has_the_link(303, after_withdrawal=303),
    ("GET", "overview.overview"): working_along(),
    ("GET", "overview.details"): coordination(),
    ("POST", "overview.details"): coordination(422),
    ("GET", "overview.personal_link"): coordination(),
    ("POST", "overview.personal_link"): coordination(),
    ("GET", "overview.sign_out"): whoever_has_a_place(200),
    ("POST", "overview.sign_out"): whoever_has_a_place(303),
    ("GET", "overview.signed_out"): everybody(),
    ("GET", "overview.delete"): coordination(),
    ("POST", "overview.delete"): coordination(303),
    ("POST", "overview.restore"): coordination(303) | RESTORING,
    ("GET", "fill_in.criterion"): working_along(),
    ("POST", "fill_in.save"): working_along(303),
    ("GET", "own_part.page"): asked_offices(),
    ("GET", "own_part.copy"): asked_offices(),
    ("POST", "own_part.save"): asked_offices(303),
    ("POST", "own_part.switch"): asked_offices(404),
    ("GET", "sheet.paper"): coordination(),
    ("GET", "results.result"): working_along(),
    ("GET", "results.what_if"): working_along(),
    ("GET", "prepare.checklist"): working_along(),
    ("POST", "prepare.save"): working_along(303),
    ("GET", "extras.lists"): working_along(),
    ("POST", "extras.save"): working_along(303),
    ("GET", "history.changes"): working_along(),
    ("POST", "history.take_back"): working_along(404),
    ("POST", "states.name"): working_along(422),
    ("GET", "states.rename"): working_along(),
    ("POST", "states.rename"): working_along(422),
    ("GET", "states.compare"): working_along(),
    ("GET", "states.go_back"): working_along(),
    ("POST", "states.go_back"): working_along(409),
    ("GET", "redaction.redact"): coordination(),
    ("POST", "redaction.redact"): coordination(303),
    ("GET", "my_part.mine"): working_along(),
    ("POST", "my_part.seen"): working_along(303),
    ("GET", "news.all_questions"): working_along(),
    ("GET", "news.own_questions"): asked_offices(),
    ("GET", "team.overview"): coordination(),
    ("GET", "team.link"): coordination(),
    ("POST", "team.issue_again"): coordination(303),
    ("GET", "team.withdraw"): coordination(),
    ("POST", "team.withdraw"): coordination(303),
    ("POST", "team.remind"): coordination(303),
    ("POST", "team.read"): coordination(303),
    ("POST", "team.reassign"): coordination(303),
    ("GET", "invite.choose_office"): coordination(),
    ("GET", "invite.office"): coordination(),
    ("POST", "invite.office"): coordination(422),
    ("GET", "invite.colleague"): coordination(),
    ("POST", "invite.colleague"): coordination(422),
    ("GET", "invite.change"): coordination(),
    ("POST", "invite.change"): coordination(422),
    ("GET", "hand_over.give"): coordination(),
    ("POST", "hand_over.give"): coordination(422),
    ("GET", "hand_over.take"): coordination(),
    ("POST", "hand_over.take"): coordination() | {"owner": 422},
    ("POST", "hand_over.take_by_link"): whoever_has_the_link(303, after_withdrawal=303),
    ("GET", "hand_over.leave"): places(303, *COORDINATION, *COLLEAGUES, "office") | ACCOUNTS,
    ("POST", "hand_over.leave"): places(303, *COORDINATION, *COLLEAGUES, "office"),
    ("GET", "admin.overview"): operators(),
    ("GET", "admin.appoint"): operators(),
    ("POST", "admin.appoint"): operators(422),
    ("GET", "share.overview"): coordination(),
    ("POST", "share.create"): coordination(422),
    ("GET", "share.preview"): coordination(),
    ("GET", "share.withdraw"): coordination(),
    ("POST", "share.withdraw"): coordination(303),
    ("POST", "share.issue_again"): coordination(303),
    ("GET", "share.entry"): whoever_has_the_link(200, after_withdrawal=410),
    ("POST", "share.enter"): whoever_has_the_link(303, after_withdrawal=410),
    ("GET", "share.report"): REPORT,
    ("GET", "data.export"): working_along(),
    ("GET", "data.begin"): everybody(),
    ("POST", "data.begin"): everybody(422),
    ("GET", "account.sign_in"): everybody(),
    ("POST", "account.sign_in"): everybody(422),
    ("GET", "account.code"): everybody(303),
    ("POST", "account.code"): everybody(303),
    ("GET", "account.sign_out"): signed_in(),
    ("POST", "account.sign_out"): everybody(303),
    ("GET", "account.signed_out"): everybody(),
    ("GET", "account.register"): everybody(),
    ("POST", "account.register"): everybody(422),
    ("GET", "account.registered"): everybody(),
    ("GET", "account.confirm"): everybody(404),
    ("POST", "account.confirm"): everybody(404),
    ("GET", "account.forgot"): everybody(),
    ("POST", "account.forgot"): everybody(422),
    ("GET", "account.forgot_sent"): everybody(),
    ("GET", "account.reset"): everybody(404),
    ("POST", "account.reset"): everybody(404),
    ("GET", "account_settings.overview"): signed_in(),
    ("GET", "account_settings.name"): signed_in(),
    ("POST", "account_settings.name"): everybody(303),
    ("GET", "account_settings.password"): signed_in(),
    ("POST", "account_settings.password"): signed_in(422),
    ("GET", "account_settings.mail"): signed_in(),
    ("POST", "account_settings.mail"): signed_in(422),
    ("GET", "account_settings.mail_sent"): signed_in(),
    ("GET", "account_settings.confirm_mail"): everybody(404),
    ("POST", "account_settings.confirm_mail"): everybody(404),
    ("GET", "account_settings.everywhere"): signed_in(),
    ("POST", "account_settings.everywhere"): everybody(303),
    ("GET", "account_settings.delete"): signed_in(),
    ("POST", "account_settings.delete"): signed_in(422),
    ("GET", "account_settings.deleted"): everybody(),
    ("GET", "second_factor.set_up"): everybody(303),
    ("POST", "second_factor.set_up"): everybody(303),
    ("GET", "second_factor.ask_password"): signed_in(operator=303),
    ("POST", "second_factor.ask_password"): signed_in(422, operator=303),
    ("GET", "second_factor.picture"): signed_in(404),
    ("GET", "second_factor.codes"): everybody(303),
    ("GET", "second_factor.new_codes"): signed_in(404, operator=200),
    ("POST", "second_factor.new_codes"): signed_in(404, operator=422),
    ("GET", "second_factor.drop"): signed_in(404, operator=403),
    ("POST", "second_factor.drop"): signed_in(404, operator=403),
    ("GET", "reminders.stop"): everybody(404),
    ("POST", "reminders.decide"): everybody(404),
    ("GET", "reminders.of_account"): signed_in(),
    ("POST", "reminders.of_account"): everybody(303),
    ("GET", "reminders.switch"): working_along(),
    ("POST", "reminders.switch"): working_along(303),
}
TOKEN_OF = {"start": "personal_token", "hand_over": "personal_token", "share": "token"}


def address_of(world: World, endpoint: str, **other: str) -> str:
    """The address of a page of this town."""
    token = getattr(world, TOKEN_OF.get(endpoint.partition(".")[0], "token"))
    values = world.values | {"token": token} | other
    adapter = world.app.url_map.bind("localhost")
    wanted = next(rule.arguments for rule in world.app.url_map.iter_rules(endpoint))
    address: str = adapter.build(endpoint, {name: values[name] for name in wanted})
    return address


def ask(visitor: Visitor, method: str, address: str, csrf: str) -> int:
    """The status; pages are checked on the way."""
    if method == "POST":
        return visitor.post(address, {"csrf_token": csrf}).status_code
    return visitor.client.get(address, base_url=visitor.base).status_code


def who_may_open(endpoint: str) -> str:
    """Somebody who gets the page at this address; the owner where they do."""
    return next(name for name in ("owner", *PEOPLE) if ROUTES["GET", endpoint][name] == 200)


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


NO_HTML = ("data.export", "news.all_questions", "news.own_questions", "home.health", "home.robots", "home.favicon")
PAGES = [
    name for (method, name), line in ROUTES.items() if method == "GET" and 200 in line.values() and name not in NO_HTML
]


@pytest.mark.parametrize("endpoint", PAGES)
def test_whoever_may_see_a_page_sees_one_that_keeps_the_house_rules(world: World, endpoint: str) -> None:
    world.visit(who_may_open(endpoint)).open(address_of(world, endpoint))


PRIVATE = [name for (method, name), line in ROUTES.items() if line in (coordination(), working_along())]


@pytest.mark.parametrize("endpoint", PRIVATE)
def test_strangers_cannot_tell_a_self_check_from_none(world: World, endpoint: str) -> None:
    stranger = world.visit("stranger")
    there = stranger.open(address_of(world, endpoint), 404)
    nowhere = stranger.open(address_of(world, endpoint, check_id="AAAAAAAAAAAAAAAAAAAAAA"), 404)
    assert there.source == nowhere.source


@pytest.mark.parametrize("endpoint", ["start.entry", "share.entry", "share.report"])
def test_unknown_tokens_are_no_page(world: World, endpoint: str) -> None:
    address = address_of(world, endpoint, token="x" * 43, share_id="x" * 16)
    page = world.visit("reader").open(address, 404)
    assert "öffnen Sie ihn bitte noch einmal aus der E-Mail" in page.main


@pytest.mark.parametrize("endpoint", ["start.entry", "share.entry"])
def test_opening_a_link_grants_nothing(world: World, endpoint: str) -> None:
    nobody = world.visit("nobody")
    nobody.open(address_of(world, endpoint))
    nobody.open(address_of(world, "share.report"), 404)
    nobody.open(address_of(world, "overview.overview"), 404)


def test_a_reader_is_told_that_the_report_was_withdrawn(world: World) -> None:
    page = world.visit("ended reader").open(address_of(world, "share.report"), 410)
    assert "zurückgezogen" in page.main


def test_withdrawn_personal_links_are_gone_for_others_but_not_here(world: World) -> None:
    owner, other = world.visit("owner"), Visitor(world.app.test_client())
    other.press(other.open(address_of(world, "start.entry")), "Öffnen")
    owner.press(owner.open(address_of(world, "overview.personal_link")), "Frühere Links beenden und neuen anzeigen")
    other.open(address_of(world, "overview.overview"), 404)
    other.open(address_of(world, "start.entry"), 410)
    owner.open(address_of(world, "overview.overview"))


def test_a_deleted_self_check_comes_back_whole(world: World) -> None:
    owner = world.visit("owner of the deleted")
    mine = owner.open("/selbstchecks")
    restored = owner.press(mine, "Wiederherstellen Musterstadt am Main")
    criterion = towns.questionnaire().criteria[0]
    page = owner.open(f"{restored.address}/fragen/{criterion.id}")
    told = towns.sample().answers
    for question in criterion.questions:
        if question.id in told:
            assert page.value(f"{question.id}.note") == told[question.id].note


def test_unknown_criteria_are_no_page(world: World) -> None:
    owner = world.visit("owner")
    address = address_of(world, "fill_in.criterion", criterion_id="gibt-es-nicht")
    owner.open(address, 404)
    owner.send(address, {"csrf_token": world.people["owner"].csrf}, 404)
