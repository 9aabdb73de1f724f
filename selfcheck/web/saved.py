"""The answer to our own script after a save: the state of each part, its new version, and what to draw anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import get_template_attribute, jsonify, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire import Criterion
from selfcheck.reporting import german
from selfcheck.store.writes import Conflict, Outcome
from selfcheck.web import check_page, clock
from selfcheck.web.cards import Card, Trouble
from selfcheck.web.check_page import CheckPage
from selfcheck.web.panel import build_panel
from selfcheck.web.parts import CHOICE, NOTE, Submitted


def answer_script(
    page: CheckPage,
    criterion: Criterion,
    cards: Sequence[Card],
    submitted: Sequence[Submitted],
    outcomes: Mapping[str, Outcome],
    trouble: Mapping[str, Trouble],
) -> ResponseReturnValue:
    """JSON with `at` (local time), `parts` by name, `html` by selector, and which questions are `hidden`."""
    shown = {card.question.id: card for card in cards}
    parts = {}
    for question in submitted:
        card = shown[question.question.id]
        for part in question.parts:
            parts[part.name] = _part(part.name, part.errors, outcomes.get(part.name), card)
    touched = [shown[question.question.id] for question in submitted if question.parts]
    body = {
        "at": german.clock(clock.local(clock.now())),
        "parts": parts,
        "html": _html(page, criterion, cards, touched),
        "hidden": {card.question.id: card.hidden for card in cards},
    }
    return jsonify(body), _status(trouble)


def _status(trouble: Mapping[str, Trouble]) -> int:
    if not trouble:
        return 200
    return 409 if any(found.conflicts for found in trouble.values()) else 422


def _part(name: str, errors: Mapping[str, str], outcome: Outcome | None, card: Card) -> dict[str, object]:
    if errors:
        return {"state": "error", "errors": dict(errors)}
    if isinstance(outcome, Conflict):
        return {"state": "conflict"}
    key = name.removeprefix(f"{card.question.id}.")
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


def _html(page: CheckPage, criterion: Criterion, cards: Sequence[Card], touched: Sequence[Card]) -> dict[str, str]:
    panel = build_panel(page, criterion, cards)
    question, navigation = "parts/question.html", "parts/nav.html"
    drawn = {
        "[data-total]": _macro(question, "total_points", panel),
        "[data-criterion]": _macro(question, "criterion_points", panel),
        "[data-index]": _macro(question, "index", panel.cards),
        "[data-nav]": _macro(navigation, "groups", check_page.frame(page, _address(page, criterion)).groups),
    }
    for card in touched:
        drawn[f"#stand-{card.question.id}"] = _macro("parts/field.html", "tag", card.tag.kind, card.tag.text)
        drawn[f"#konflikte-{card.question.id}"] = _macro(question, "conflicts", card) if card.conflicts else ""
    return drawn


def _macro(template: str, name: str, *arguments: object) -> str:
    return str(get_template_attribute(template, name)(*arguments))


def _address(page: CheckPage, criterion: Criterion) -> str:
    return url_for("fill_in.criterion", check_id=page.check.public_id, criterion_id=criterion.id)
