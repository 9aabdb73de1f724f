"""From „Selbstcheck starten“ through all five criteria to the report that somebody else opens."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from selfcheck.core.questionnaire.model import Kind
from selfcheck.reporting.words import german
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.window import NARROW, WIDE, scrolls_sideways


@pytest.mark.parametrize(
    ("width", "scripts"), [(WIDE, True), (NARROW, False)], ids=["wide with scripts", "narrow without scripts"]
)
def test_from_start_to_shared_report(window: OpenWindow, width: int, scripts: bool) -> None:
    answers = journey.as_ticked(towns.sample().answers)
    town = window(width=width, scripts=scripts)
    begun = journey.begin(town)
    journey.answer_all(town, begun, answers)
    expect(town.page.get_by_role("heading", level=1)).to_have_text("Ergebnis")
    assert not scrolls_sideways(town.page)
    journey.expect_result(town.page, answers)

    journey.go_to(town, "Checkliste")
    expect(town.page.get_by_role("heading", level=1)).to_have_text("Checkliste")
    expect(town.page.get_by_role("checkbox").first).to_be_visible()

    link = journey.share(town, begun)
    advisor = window(width=width, scripts=scripts)
    report = journey.open_report(advisor, link)
    result = journey.expected(answers)
    expect(report.locator("main")).to_contain_text(german.points(result.reached))
    for question in towns.questionnaire().questions:
        expect(report.locator("main")).to_contain_text(question.text)
    for answer in journey.questions_that_apply(answers).values():
        expect(report.locator("main")).to_contain_text(answer.note)


def test_every_kind_of_question_is_on_the_way() -> None:
    told = {towns.questionnaire().question[id].kind for id in towns.sample().answers}
    assert told == set(Kind)
