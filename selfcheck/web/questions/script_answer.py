"""The answer to our own script after a save: the state of each part, its new version, and what to draw anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from flask import get_template_attribute, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Criterion, Question
from selfcheck.reporting.words import german
from selfcheck.store.parts.writes import Conflict, Outcome
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions.cards import Card, build_cards
from selfcheck.web.questions.panel import build_panel
from selfcheck.web.questions.reading import (
    ASSIGNEE,
    CHOICE,
    NOTE,
    read_version,
)
from selfcheck.web.questions.saving import Saving


def answer_script(
    saving: Saving,
    questions: Sequence[Question],
    html: Mapping[str, str],
    more: Mapping[str, object] = MappingProxyType({}),
    status: int = 200,
) -> ResponseReturnValue:
    """JSON with `at` (local time), `parts` by name, `html` by selector, and which questions are `hidden`.

    `questions` are those of the page; `html` is what it draws anew beside their cards, `more` its parts that belong to
    no question, with what became of them as `status`.
    """
    touched = [submitted for submitted in saving.submitted if submitted.parts]
    cards = build_cards(saving.page, [submitted.question for submitted in touched], saving.trouble)
    parts = {
        part.name: _part(part.name, part.errors, saving.outcomes.get(part.name), card)
        for submitted, card in zip(touched, cards, strict=True)
        for part in submitted.parts
    }
    body = {
        "at": german.clock(clock.local(clock.now())),
        "parts": {**parts, **more},
        "html": {**html, **_draw_cards(cards)},
        "hidden": {question.id: saving.page.hides(question) for question in questions},
    }
    return jsonify(body), max(saving.status, status)


def _part(name: str, errors: Mapping[str, str], outcome: Outcome | None, card: Card) -> dict[str, object]:
    if errors:
        return {"state": "error", "errors": dict(errors)}
    if isinstance(outcome, Conflict):
        return {"state": "conflict"}
    key = name.removeprefix(f"{card.question.id}.")
    if key == ASSIGNEE:
        stands = outcome.version if outcome is not None else read_version(request.form.get(name))
        return {"state": "saved", "version": stands, "base": str(stands)}
    if key in (CHOICE, NOTE):
        return {"state": "saved", "version": card.versions[key], "base": card.bases[key]}
    number = str(outcome.id) if outcome is not None and outcome.id is not None else key.removeprefix("e.")
    row = next((row for row in card.evidence if row.key == number), None)
    if row is None:
        return {"state": "saved", "version": 0, "base": ""}
    return {
        "state": "saved",
        "version": row.version,
        "base": row.base,
        "name": f"{card.question.id}.e.{row.key}",
    }


def draw_points(page: CheckPage, criterion: Criterion) -> dict[str, str]:
    """What changes beside the cards of a criterion: the points panel, the index, the navigation."""
    panel = build_panel(page, criterion, criterion.questions)
    address = url_for("questions.criterion", check_id=page.check.public_id, criterion_id=criterion.id)
    return {
        "[data-total]": _draw("questions/panel.html", "total_points", panel.total),
        "[data-criterion]": _draw("questions/panel.html", "criterion_points", panel.criterion),
        "[data-index]": _draw("questions/panel.html", "index", panel.index),
        "[data-nav]": _draw("layout/nav.html", "lines", check_page.navigate(page, address)),
    }


def _draw_cards(touched: Sequence[Card]) -> dict[str, str]:
    drawn = {}
    for card in touched:
        id = card.question.id
        drawn[f"#stand-{id}"] = _draw("layout/field.html", "tag", *card.tag)
        conflicts = _draw("parts/conflict.html", "conflict_box", card.conflicts, id, 2) if card.conflicts else ""
        drawn[f"#konflikte-{id}"] = conflicts
        drawn[f"#wer-{id}"] = _draw("questions/card.html", "authors", card)
    return drawn


def _draw(template: str, macro: str, *arguments: object) -> str:
    return str(get_template_attribute(template, macro)(*arguments))
