"""Everything that follows from an answers file, as plain data with the keys that the `estimate` command prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from selfcheck.core import RULES_VERSION
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.answers import AnswersFile
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import CriterionEstimate
from selfcheck.core.rules.route import Route
from selfcheck.core.rules.to_do.checklist import Step, count_done

Outcome = dict[str, Any]
"""Dicts, lists, texts, truth values and None; numbers are Decimal or int."""

APPLIES = {Applies.YES: True, Applies.NO: False, Applies.UNDECIDED: "undecided"}


def work_out(questionnaire: Questionnaire, file: AnswersFile) -> Outcome:
    """Points, decisive questions, missing documents, route, probes and checklist; all steps first appear today."""
    situation = file.situation(questionnaire)
    found, steps = situation.estimate, situation.checklist()
    return {
        "questionnaire": found.questionnaire,
        "rules_version": RULES_VERSION,
        **found.points._asdict(),
        "bonus": found.bonus,
        "documented_bonus": found.documented_bonus,
        "mark": found.mark,
        "verdict": found.verdict.value,
        "criteria": [_show_criterion(criterion) for criterion in found.criteria],
        "decisive": [one._asdict() for one in situation.decisive],
        "documents": [one._asdict() for one in situation.missing_documents],
        "route": _show_route(situation.route),
        "probes": situation.probes._asdict(),
        "steps": count_done(steps)._asdict(),
        "checklist": [_show_step(step) for step in steps if not step.done],
    }


def to_json(value: object) -> str:
    """JSON with every number exactly as it is."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{to_json(str(key))}: {to_json(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(to_json(entry) for entry in value) + "]"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return json.dumps(value, ensure_ascii=False)


def _show_criterion(criterion: CriterionEstimate) -> Outcome:
    lines = [
        {
            "id": line.question,
            "state": line.state.value,
            "applies": APPLIES[line.applies],
            **line.points._asdict(),
            "reason": line.reason,
        }
        for line in criterion.lines
    ]
    return {"id": criterion.id, **criterion.points._asdict(), "questions": lines}


def _show_route(route: Route) -> Outcome:
    measures = [
        {
            "question": one.question,
            "measure": one.measure.id,
            "text": one.measure.text,
            "gain": one.gain,
            "effort": one.measure.effort.weight,
            "months": one.measure.months,
            "needs": [need.value for need in one.measure.needs],
        }
        for one in route.measures
    ]
    return {
        "measures": measures,
        "gain": route.gain,
        "effort": route.effort,
        "missing": route.missing,
        "provisional": route.provisional,
        "after": {
            "claimed": route.after.points.claimed,
            "possible": route.after.points.possible,
            "mark": route.after.mark,
            "verdict": route.after.verdict.value,
        },
    }


def _show_step(step: Step) -> Outcome:
    due = step.due.isoformat() if step.due else None
    return {"key": step.key, "group": step.group, "text": step.text, "due": due, "points": step.points}
