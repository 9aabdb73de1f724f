"""What is carried over from one version of a questionnaire to another: line by line, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from selfcheck.core.questionnaire.model import OptionId, QuestionId
from selfcheck.core.rules.answers import OPEN, Answer, Answers


class Fate(StrEnum):
    """What becomes of a question. `OPEN`: it was asked before, and nobody had answered it."""

    TAKEN = "taken"
    CHECK = "check"
    NEW = "new"
    GONE = "gone"
    OPEN = "open"


class Why(StrEnum):
    """Why an answer that is taken over has to be looked at."""

    WORDING = "wording"
    OPTIONS = "options"
    POINTS = "points"
    MEASURED = "measured"
    """It is another kind of answer, or counted in something else."""
    JOINED = "joined"
    """It is put together from other questions."""
    LOST = "lost"
    """A part of what was said has no place any more."""
    EXPIRED = "expired"
    """A piece of evidence is out of date."""
    ANEW = "anew"
    """What was said in one audit does not hold for the next one; the question says why."""


class Lost(NamedTuple):
    """What was said to `question` and is not carried over: an `option`, or a `text` in plain words."""

    question: QuestionId
    option: OptionId | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the new version with its answer; where it is `GONE`, one of the old version with what was said.

    `sources` are the questions of the old version that the answer comes from.
    """

    question: QuestionId
    fate: Fate
    answer: Answer = OPEN
    sources: tuple[QuestionId, ...] = ()
    reasons: tuple[Why, ...] = ()
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True)
class Plan:
    """The lines in the order of the new questionnaire, then what is gone. `homes`: the questions of the new version to
    which notes and evidence of one of the old version go.
    """

    lines: tuple[Line, ...]
    homes: Mapping[QuestionId, tuple[QuestionId, ...]]

    @cached_property
    def line(self) -> Mapping[QuestionId, Line]:
        """The lines of questions that are asked."""
        return {line.question: line for line in self.lines if line.fate is not Fate.GONE}

    @cached_property
    def answers(self) -> Answers:
        """What stands in the new version."""
        return {id: line.answer for id, line in self.line.items() if line.answer != OPEN}

    def of(self, fate: Fate) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.fate is fate)
