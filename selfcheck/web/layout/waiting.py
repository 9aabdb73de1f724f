"""What waits for a visitor, as the navigation counts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from selfcheck.core.rules.estimate import Applies
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.core.rules.situation import Situation
from selfcheck.store.access.grants import Access
from selfcheck.web.layout.frame import Waiting
from selfcheck.web.layout.steps import Checklist


def count_waiting(access: Access, situation: Situation, steps: Checklist) -> Mapping[str, Waiting]:
    """How much waits on each page, by its endpoint: questions to answer and Rückfragen, what offices sent back, what
    the chamber asks and recommends, good examples to decide about, steps that are overdue."""
    mine, came_back, asks = count_mine(access, situation), access.came_back, len(access.chamber_asks)
    return {
        "team.mine": Waiting(mine, "wartet" if mine == 1 else "warten"),
        "team.overview": Waiting(came_back, "wartet" if came_back == 1 else "warten"),
        "reply.overview": Waiting(asks, "offen"),
        "reply.recommendations": Waiting(access.unanswered, "wartet" if access.unanswered == 1 else "warten"),
        "good_examples.overview": Waiting(access.examples, "wartet" if access.examples == 1 else "warten"),
        "checklist.checklist": Waiting(count_overdue(steps, situation.today), "überfällig"),
    }


def count_mine(access: Access, situation: Situation) -> int:
    """Questions that are this visitor's and have no answer, and questions with an open Rückfrage."""
    lines = (line for question in access.assigned if (line := situation.estimate.line.get(question)))
    waiting = [line for line in lines if line.state in UNSETTLED and line.applies is not Applies.NO]
    return len(waiting) + access.open_comments


def count_overdue(found: Checklist, today: date) -> int:
    """Steps whose day has passed."""
    own = (step.due for step in found.stored.values() if step.own and not step.done)
    derived = (step.due for step in found.steps if not step.done)
    return sum(due is not None and due < today for due in (*own, *derived))
