"""What waits for a visitor, as the navigation counts it: one statement beside what a page reads anyway."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies
from selfcheck.core.rules.situation import Situation
from selfcheck.store.access.grants import Access
from selfcheck.store.parts import saving
from selfcheck.web.layout.frame import Waiting

UNANSWERED = (State.OPEN, State.UNCLEAR)


def count_waiting(access: Access, situation: Situation) -> Mapping[str, Waiting]:
    """How much waits on each page, by its endpoint: questions to answer and Rückfragen, what offices sent back, steps
    that are overdue."""
    mine, came_back = count_mine(access, situation), access.came_back
    return {
        "team.mine": Waiting(mine, "wartet" if mine == 1 else "warten"),
        "team.overview": Waiting(came_back, "wartet" if came_back == 1 else "warten"),
        "checklist.checklist": Waiting(count_overdue(access, situation), "überfällig"),
    }


def count_mine(access: Access, situation: Situation) -> int:
    """Questions that are this visitor's and have no answer, and questions with an open Rückfrage."""
    lines = (line for question in access.assigned if (line := situation.estimate.line.get(question)))
    waiting = [line for line in lines if line.state in UNANSWERED and line.applies is not Applies.NO]
    return len(waiting) + access.open_comments


def count_overdue(access: Access, situation: Situation) -> int:
    """Steps whose day has passed."""
    stored = saving.load_steps(access.check.id)
    own = (step.due for step in stored.values() if step.own and not step.done)
    if access.check.interview is None:
        return sum(due is not None and due < situation.today for due in own)
    first_seen = {key: step.first_seen for key, step in stored.items()}
    done = frozenset(key for key, step in stored.items() if step.done)
    derived = (step.due for step in situation.checklist(first_seen, done) if step.key not in done)
    return sum(due is not None and due < situation.today for due in (*own, *derived))
