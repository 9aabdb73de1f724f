"""What our script draws anew after a save: the cards that were sent, the points beside them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from selfcheck.core.questionnaire.model import Criterion, Question
from selfcheck.store.access.grants import Access
from selfcheck.store.parts.values import StoredAnswer
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.questions.cards import find_history, say_answer_authors
from selfcheck.web.questions.panel import build_panel
from selfcheck.web.questions.reading import Submitted
from selfcheck.web.questions.tags import make_tag


def draw_cards(access: Access, submitted: Sequence[Submitted], saving: Saving) -> dict[str, str]:
    """Conflicts and authors of every question that came with a part, by selector."""
    drawn = {}
    for each in submitted:
        question, conflicts = each.question, saving.list_conflicts(*(part.name for part in each.parts))
        stored = saving.result.stored.get(question.id) or StoredAnswer.untouched(question.id)
        authors, history = say_answer_authors(access, stored), find_history(access, question)
        drawn[f"#konflikte-{question.id}"] = draw_conflicts(conflicts, question.id, 2)
        drawn[f"#wer-{question.id}"] = draw("questions/card.html", "authors", question, authors, history)
    return drawn


def draw_tags(page: CheckPage, submitted: Sequence[Submitted]) -> dict[str, str]:
    """State and points of the same questions."""
    tags = {each.question.id: make_tag(each.question, page.estimate.line[each.question.id]) for each in submitted}
    return {f"#stand-{id}": draw("layout/field.html", "tag", *tag) for id, tag in tags.items()}


def draw_points(page: CheckPage, criterion: Criterion) -> dict[str, str]:
    """What changes beside the cards of a criterion: the points panel, the index, the navigation."""
    panel = build_panel(page, criterion, criterion.questions)
    address = url_for("questions.criterion", check_id=page.check.public_id, criterion_id=criterion.id)
    return {
        "[data-total]": draw("questions/panel.html", "total_points", panel.total),
        "[data-criterion]": draw("questions/panel.html", "criterion_points", panel.criterion),
        "[data-index]": draw("questions/panel.html", "index", panel.index),
        "[data-nav]": draw("layout/nav.html", "lines", check_page.navigate(page, address)),
    }


def list_hidden(page: CheckPage, questions: Sequence[Question]) -> dict[str, bool]:
    """Which of the questions of a page do not apply."""
    return {question.id: page.hides(question) for question in questions}
