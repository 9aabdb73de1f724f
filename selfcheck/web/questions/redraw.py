"""What our script draws anew after a save: the cards that were sent, the points beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from flask import url_for

from selfcheck.core.questionnaire.model import Criterion, Question
from selfcheck.store.access.grants import Access
from selfcheck.store.parts.seats import Together
from selfcheck.store.parts.values import StoredAnswer
from selfcheck.web.evidence.pieces import EVIDENCE
from selfcheck.web.evidence.rows import list_rows
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Filter
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.questions.cards import find_history, find_taken, say_answer_authors, say_in_charge
from selfcheck.web.questions.filters import ASKED, MINE, OF_ANSWERS, Facts, learn
from selfcheck.web.questions.panel import build_panel
from selfcheck.web.questions.reading import Submitted
from selfcheck.web.questions.tags import has_work_left, tag_question


def draw_cards(access: Access, submitted: Sequence[Submitted], saving: Saving) -> dict[str, str]:
    """Conflicts and authors of every question that came with a part, by selector."""
    drawn = {}
    for each in submitted:
        question, conflicts = each.question, saving.list_conflicts(*(part.name for part in each.parts))
        stored = saving.result.stored.get(question.id) or StoredAnswer.untouched(question.id)
        authors, history = say_answer_authors(access, stored), find_history(access, question)
        drawn[f"#konflikte-{question.id}"] = draw_conflicts(conflicts, question.id, 2)
        drawn[f"#uebernommen-{question.id}"] = draw(
            "questions/card.html", "taken_part", question, find_taken(access, question, stored)
        )
        drawn[f"#wer-{question.id}"] = draw("questions/card.html", "authors", question, authors, history)
    return drawn


def draw_charge(page: CheckPage, together: Together, submitted: Sequence[Submitted]) -> dict[str, str]:
    """Who is to answer the questions that came with a part."""
    drawn = {}
    for question in (each.question for each in submitted):
        names = say_in_charge(together, question)
        usual = "" if names else page.departments.title(question.department)
        drawn[f"#fuer-{question.id}"] = draw("questions/card.html", "in_charge", question, names, usual)
    return drawn


def draw_tags(page: CheckPage, questions: Sequence[Question]) -> dict[str, str]:
    """State and points of the questions of a page: an answer can change those of others."""
    tags = {question.id: tag_question(page, question) for question in questions}
    return {f"#stand-{id}": draw("layout/field.html", "tag", *tag) for id, tag in tags.items()}


def draw_evidence(page: CheckPage, questions: Sequence[Question], saving: Saving) -> dict[str, str]:
    """Where each piece that was saved stands; at the other questions that it belongs to all of their evidence."""
    saved = {(part.partition(".")[0], _find_key(saving, part)) for part in saving.parts if f".{EVIDENCE}" in part}
    drawn = {}
    for question in questions:
        rows = list_rows(page, question)
        for row in rows:
            selector = f'#frage-{question.id} [data-part="{EVIDENCE}{row.key}"] [data-place]'
            if (question.id, row.key) in saved:
                drawn[selector] = draw("evidence/fields.html", "place", row, question.number)
            elif any(key == row.key for _, key in saved):
                drawn[f"#nachweise-{question.id}"] = draw("questions/card.html", "evidence_list", question, rows)
    return drawn


def _find_key(saving: Saving, part: str) -> str:
    """The key of a piece after it was saved."""
    name = saving.describe(part).get("name", part)
    return str(name).partition(f".{EVIDENCE}")[2]


def list_work(page: CheckPage, questions: Sequence[Question]) -> dict[str, bool]:
    """At which of the questions of a page work is left."""
    return {question.id: has_work_left(page.estimate.line[question.id]) for question in questions}


def count_shown(page: CheckPage, questions: Sequence[Question], address: str) -> dict[str, int]:
    """How many questions each filter shows that depends on answers, by the address of its chip."""
    asked = [question.id for question in questions if not page.hides(question)]
    facts = [Facts(page.estimate.line[id], False, 0, id in page.unconfirmed) for id in asked]
    return _count(OF_ANSWERS, facts, address)


def count_talk(page: CheckPage, together: Together, questions: Sequence[Question], address: str) -> dict[str, int]:
    """The same of the filters that depend on who is to answer and on what is asked."""
    return _count((MINE, ASKED), learn(page, together, questions).values(), address)


def _count(filters: Iterable[Filter[Facts]], facts: Collection[Facts], address: str) -> dict[str, int]:
    return {each.address(address): sum(map(each.passes, facts)) for each in filters}


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
