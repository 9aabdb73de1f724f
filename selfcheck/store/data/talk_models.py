"""What „Alle Daten (JSON)“ holds of what a chamber and the town said to each other, as far as the town sees it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from selfcheck.core.review.example import ExampleState
from selfcheck.core.review.recommendations import Priority, RecommendationState
from selfcheck.core.review.thread import MessageKind, ThreadState
from selfcheck.store.data.blocks import Block, Count, Day, Moment

CHAMBER = Field(description="die IHK, nach ihrem Namen in der Liste der IHKs")


class Message(Block):
    kind: MessageKind = Field(strict=False, description="gefragt, geantwortet, zurückgegeben, erledigt")
    text: str
    by: str
    at: Moment


class Asked(Block):
    """A Rückfrage of a chamber with all that was said, oldest first."""

    chamber: str = CHAMBER
    question: str
    state: ThreadState = Field(strict=False, description="offen, beantwortet, erledigt")
    at: Moment
    messages: list[Message]


class Reply(Block):
    """What the town says to a recommendation."""

    decision: Literal["", "doing", "not doing"] = Field(description="ob die Kommune es macht")
    reason: str
    person: str = Field(description="wer")
    due: Day | None = Field(description="bis wann")
    money: Literal["", "yes", "no", "open"] = Field(description="ob das Geld da ist")
    progress: Count = Field(description="Fortschritt in Prozent")
    by: str
    at: Moment | None


class Advice(Block):
    """A recommendation of a chamber."""

    chamber: str = CHAMBER
    label: str = Field(description="ihre Nummer")
    criterion: str
    question: str = Field(description="leer, wo sie zum ganzen Kriterium gehört")
    title: str
    text: str
    priority: Priority = Field(strict=False)
    sent_at: Moment | None
    state: RecommendationState = Field(strict=False)
    note: str = Field(description="womit die IHK sie zuletzt angenommen, zurückgegeben oder zurückgezogen hat")
    turned_at: Moment | None = Field(description="wann das war")
    reply: Reply = Field(description="Ihre Antwort, wie sie jetzt dasteht")
    submitted: Reply | None = Field(description="was davon die IHK zuletzt bekam")


class Result(Block):
    """What a chamber has released."""

    released_at: Moment
    content: Any = Field(description="das Ergebnis, wie es freigegeben wurde; null, wo es beschädigt ist")


class Proposed(Block):
    """Words that a chamber wants to show as a good example; they are empty once it was taken back."""

    chamber: str = CHAMBER
    question: str
    municipality: str = Field(description="welcher Name daneben steht")
    title: str
    text: str
    state: ExampleState = Field(strict=False, description="vorgeschlagen, zugestimmt, abgelehnt, zurückgenommen")
    proposed_by: str
    proposed_at: Moment
    by: str = Field(description="wer zuletzt darüber entschieden hat")
    at: Moment
    reason: str = Field(description="was Sie der IHK dazu geschrieben haben")
