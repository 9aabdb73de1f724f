"""A link leads to its place whatever mail programs and people put around it."""

from __future__ import annotations

import pytest

from tests.web.accounts.registering import app_of, letters, register
from tests.web.page import NewVisitor, Visitor
from tests.web.team.test_team import invite, link_of

ADDED = (".", ")", "%20", "%E2%80%8B", ",", ">", "%22", "%0D%0A", "%C2%A0", ");", "%E2%80%9C", "/", "*", "%20oder")
BEFORE = ("%3C", "(", "%E2%80%8B", "%20")


@pytest.mark.parametrize("added", ADDED)
def test_what_stands_behind_a_link_does_no_harm(page: Visitor, visitor: NewVisitor, check: str, added: str) -> None:
    link = link_of(invite(page, check))
    guest = visitor()
    found = guest.open(f"{link}{added}")
    assert guest.press(found, "Öffnen").address == f"/selbstcheck/{check}"


@pytest.mark.parametrize("added", BEFORE)
def test_what_stands_before_a_secret_does_no_harm_either(
    page: Visitor, visitor: NewVisitor, check: str, added: str
) -> None:
    folder, _, token = link_of(invite(page, check)).rpartition("/")
    visitor().open(f"{folder}/{added}{token}")


@pytest.mark.parametrize("broken", ["%20", "%0D%0A", "%20%20", "%C2%AD", "%C2%A0"])
def test_a_link_that_a_mail_program_broke_in_two_is_whole(
    page: Visitor, visitor: NewVisitor, check: str, broken: str
) -> None:
    folder, _, token = link_of(invite(page, check)).rpartition("/")
    visitor().open(f"{folder}/{token[:16]}{broken}{token[16:]}%20")


@pytest.mark.parametrize("added", ADDED)
def test_the_same_holds_for_links_of_accounts(page: Visitor, added: str) -> None:
    register(page, "erika@stadt.example")
    (letter,) = letters(app_of(page), "erika@stadt.example")
    page.open(f"{letter.links[0]}{added}")


@pytest.mark.parametrize("token", ["x", "." * 4000, "%00", "a.b", "%ED%A0%80", "a" * 31])
def test_what_is_no_link_is_not_found(page: Visitor, token: str) -> None:
    for folder in ("/zugang", "/bericht", "/erinnerungen"):
        assert page.client.get(f"{folder}/{token}").status_code in (404, 410), folder


def test_every_address_with_a_secret_takes_it_out_of_its_surroundings(page: Visitor) -> None:
    rules = [rule for rule in page.client.application.url_map.iter_rules() if "token" in rule.arguments]
    assert len(rules) >= 7
    assert [rule.rule for rule in rules if "<link:token>" not in rule.rule and "<signed:token>" not in rule.rule] == []
