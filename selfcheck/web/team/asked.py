"""What an office is asked: questions that are open, questions that lack a document, and what they are about."""

from __future__ import annotations

from collections.abc import Collection

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.reporting.letters.letters import OfficeAsked
from selfcheck.web.layout.check_page import CheckPage


def is_open(page: CheckPage, question: Question) -> bool:
    return not page.hides(question) and page.estimate.line[question.id].state in UNSETTLED


def lacks_document(page: CheckPage, question: Question) -> bool:
    """Whether its answer brings points that nothing proves yet."""
    points = page.estimate.line[question.id].points
    return points.unproven > 0


def describe_asked(page: CheckPage, name: str, ids: Collection[QuestionId]) -> OfficeAsked:
    """What a letter to the office `name` says about the questions `ids`; the areas are those of its departments, where
    they are several.
    """
    questions = [each for each in page.questionnaire.questions if each.id in ids]
    known = {each.department for each in questions}
    areas = [each.title for each in page.questionnaire.departments if each.id in known]
    lacking = sum(lacks_document(page, each) for each in questions)
    return OfficeAsked(name, len(ids), lacking, tuple(areas) if len(areas) > 1 else ())
