"""What is left to look at in a case, and in which order: not judged yet, changed since, or asked of the town."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.comparison import Compared


@dataclass(frozen=True, slots=True)
class Left:
    """A question that is not finished, and why; `asked`: the town was asked and nobody has closed it."""

    question: QuestionId
    unjudged: bool
    changed: bool
    asked: bool


def list_left(
    compared: Iterable[Compared], changed: Collection[str] = (), asked: Collection[str] = ()
) -> tuple[Left, ...]:
    """What is left of `compared`, in its order. `changed` and `asked` are ids of questions."""
    all = (Left(id, not each.said.judged, id in changed, id in asked) for each in compared if (id := each.question.id))
    return tuple(left for left in all if left.unjudged or left.changed or left.asked)


def find_next(order: Iterable[QuestionId], left: Collection[QuestionId], here: QuestionId) -> QuestionId | None:
    """The next of `left` after `here`, beginning anew at the end; None where nothing else is left."""
    all = list(order)
    place = all.index(here)
    return next((id for id in (*all[place + 1 :], *all[:place]) if id in left), None)


def find_previous(order: Iterable[QuestionId], left: Collection[QuestionId], here: QuestionId) -> QuestionId | None:
    """The one before, likewise."""
    return find_next(tuple(order)[::-1], left, here)
