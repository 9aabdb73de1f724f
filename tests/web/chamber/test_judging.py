"""Prüfansicht: the statement, the own estimate and its reasons, the way to what is left, conflicts, and the history."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import towns
from tests.web.chamber.people import SharedCase, share_case
from tests.web.page import NewVisitor, Visitor


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    return share_case(app, page, visitor)


def test_where_are_we(case: SharedCase) -> None:
    for asked in towns.questionnaire().questions:
        print(asked.id, asked.number, asked.kind, asked.possible)
    found = case.advisor.open(f"{case.root}/fragen")
    print(found.address, found.main)
    print(case.advisor.open(f"{case.root}/tabelle").main[:3000])
    print(case.advisor.open(f"{case.root}/differenz").main[:1000])
    print(case.advisor.open(f"{case.root}/aenderungen").main[:1000])
    print(case.advisor.open("/beratung/textbausteine").main[:1000])
    assert 0
