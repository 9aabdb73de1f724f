"""What can happen between a chamber and a town, as the town's history tells it: that it did, never what was said."""

from __future__ import annotations

from enum import StrEnum

from selfcheck.core.review.example import ExampleState
from selfcheck.core.review.recommendations import Turn
from selfcheck.core.review.thread import MessageKind


class Told(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    ASKED_AGAIN = "asked again"
    """The answer was not enough."""
    SETTLED = "settled"
    RECOMMENDED = "recommended"
    REPLIED = "replied"
    """The answer to a recommendation went to the chamber."""
    PROGRESS = "progress"
    """How far something is that was agreed."""
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    """The chamber took a recommendation back."""
    RELEASED = "released"
    PROPOSED = "proposed"
    """The chamber asked for a good example."""
    AGREED = "agreed"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"


OF_MESSAGE = {
    MessageKind.QUESTION: Told.ASKED,
    MessageKind.ANSWER: Told.ANSWERED,
    MessageKind.RETURNED: Told.ASKED_AGAIN,
    MessageKind.DONE: Told.SETTLED,
}
OF_TURN = {
    Turn.ACCEPT: Told.ACCEPTED,
    Turn.RETURN: Told.RETURNED,
    Turn.DONE: Told.DONE,
    Turn.WITHDRAW: Told.WITHDRAWN,
}
OF_EXAMPLE = {
    ExampleState.PROPOSED: Told.PROPOSED,
    ExampleState.AGREED: Told.AGREED,
    ExampleState.DECLINED: Told.DECLINED,
    ExampleState.TAKEN_BACK: Told.TAKEN_BACK,
}
