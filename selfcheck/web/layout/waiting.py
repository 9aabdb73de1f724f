"""What waits for a visitor, as the navigation counts it: one statement beside what a page reads anyway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from selfcheck.core.permissions import Right
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies
from selfcheck.store.parts import saving

if TYPE_CHECKING:
    from selfcheck.web.layout.check_page import CheckPage

UNANSWERED = (State.OPEN, State.UNCLEAR)


def count_waiting(page: CheckPage) -> Mapping[str, int]:
    """How much waits on each page, by its endpoint: questions to answer and Rückfragen, what offices sent back, steps
    that are overdue."""
    found = {"team.mine": count_mine(page), "checklist.checklist": count_overdue(page)}
    return found | ({"team.overview": page.access.came_back} if page.may(Right.TEAM) else {})


def count_mine(page: CheckPage) -> int:
    """Questions that are this visitor's and have no answer, and questions with an open Rückfrage."""
    lines = (page.estimate.line[question] for question in page.access.assigned if question in page.estimate.line)
    waiting = [line for line in lines if line.state in UNANSWERED and line.applies is not Applies.NO]
    return len(waiting) + page.access.open_comments


def count_overdue(page: CheckPage) -> int:
    """Steps whose day has passed."""
    stored = saving.load_steps(page.check.id)
    own = (step.due for step in stored.values() if step.own and not step.done)
    if page.check.interview is None:
        return sum(due is not None and due < page.today for due in own)
    first_seen = {key: step.first_seen for key, step in stored.items()}
    done = frozenset(key for key, step in stored.items() if step.done)
    derived = (step.due for step in page.situation.checklist(first_seen, done) if step.key not in done)
    return sum(due is not None and due < page.today for due in (*own, *derived))
