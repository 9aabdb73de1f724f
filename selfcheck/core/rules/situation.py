"""Where a municipality stands and what to do about it: everything the rules say, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.facts import Facts
from selfcheck.core.rules.probes import Probes, probe
from selfcheck.core.rules.route import (
    QuestionPoints,
    Route,
    decisive,
    find_route,
    missing_documents,
    open_questions,
)
from selfcheck.core.rules.to_do.checklist import Around, Kept, Step, derive_steps, put_in_order


class Situation(Facts):
    """The facts with what follows from them; pages, documents and commands read all of it from one value."""

    @cached_property
    def open_questions(self) -> tuple[QuestionId, ...]:
        return open_questions(self.questionnaire, self.estimate)

    @cached_property
    def decisive(self) -> tuple[QuestionPoints, ...]:
        return decisive(self.questionnaire, self.estimate)

    @cached_property
    def missing_documents(self) -> tuple[QuestionPoints, ...]:
        return missing_documents(self.estimate)

    @cached_property
    def route(self) -> Route:
        return find_route(self)

    @cached_property
    def probes(self) -> Probes:
        return probe(self.questionnaire, self.estimate)

    def checklist(self, kept: Mapping[str, Kept] | None = None, around: Around | None = None) -> tuple[Step, ...]:
        """The steps that have a cause, done ones too, in the order to show them.

        `kept` says of steps that stood there before what is kept of them; `around` what was done beside the answers.
        """
        kept = kept or {}
        return put_in_order(self, derive_steps(self, self.route, around or Around(), kept), kept)
