"""A town that has shared its report, and advisors of its chamber who look at it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from tests import reviews, towns
from tests.web.page import NewVisitor, Page, Visitor, begin, fill
from tests.web.team.people import seat_account

CRITERION = "zuzug-leicht-gemacht"
MAIL = "erika@musterstadt.example"


@dataclass(frozen=True)
class SharedCase:
    """`town` writes the self-check, `advisor` has the case."""

    app: Flask
    check_id: str
    case_id: str
    town: Visitor
    advisor: Visitor

    @property
    def root(self) -> str:
        return f"/beratung/{self.case_id}"

    def open(self, question: str, status: int = 200) -> Page:
        return self.advisor.open(f"{self.root}/fragen/{question}", status)

    def note(self, question: str, text: str) -> None:
        """The town writes what stands beside its answer to a question about arriving there."""
        page = self.town.open(f"/selbstcheck/{self.check_id}/fragen/{CRITERION}?offen={question}")
        self.town.press(page, "Speichern und weiter", {f"{question}.note": text})

    def share_again(self) -> None:
        reviews.send(self.app, self.check_id, MAIL)


def share_case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    """The sample town shares what it has filled in; Frau Rathmann of the chamber is signed in."""
    check_id = begin(page)
    fill(page, check_id, towns.sample().answers)
    seat_account(app, check_id, MAIL)
    case_id = reviews.send(app, check_id, MAIL)
    advisor = visitor()
    reviews.add_advisor(app, advisor, "rathmann@ihk.example", "Rathmann")
    return SharedCase(app, check_id, case_id, page, advisor)


def send(visitor: Visitor, address: str, status: int, **fields: str) -> Page:
    """Posts to an address to which no form leads."""
    csrf = visitor.open("/selbstcheck/neu").value("csrf_token")
    return visitor.send(address, {"csrf_token": csrf, **fields}, status)
