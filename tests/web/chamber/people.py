"""A town that has shared its report, and advisors who look at it in browsers of their own."""

from __future__ import annotations

from flask import Flask

from tests import reviews
from tests.reviews import DARMSTADT
from tests.web.page import NewVisitor, Visitor, begin
from tests.web.team.people import seat_account

ERIKA = "erika@example.org"


def share(app: Flask, town: Visitor, municipality: str = "Musterstadt am Main", mail: str = ERIKA) -> str:
    """The public id of the case of a self-check that `town` has just begun."""
    check_id = begin(town, municipality=municipality)
    seat_account(app, check_id, mail)
    return reviews.send(app, check_id, mail)


def advise(app: Flask, visitor: NewVisitor, name: str, chamber: str = DARMSTADT) -> Visitor:
    """Somebody who advises, signed in."""
    browser = visitor()
    reviews.add_advisor(app, browser, f"{name.lower()}@example.org", name, chamber)
    return browser
