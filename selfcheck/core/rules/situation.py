"""Where a municipality stands and what to do about it: everything the rules say, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from selfcheck.core.rules.checklist import Step, derive_steps, put_in_order
from selfcheck.core.rules.facts import Facts
from selfcheck.core.rules.route import QuestionPoints, Route, decisive, find_route, missing_documents


class Situation(Facts):
    """The facts with what follows from them; pages, documents and commands read all of it from one value."""

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
    def steps(self) -> tuple[Step, ...]:
        """Every step that has a cause, with the date that the interview alone gives."""
        return derive_steps(self, self.route)

    def checklist(self, first_seen: Mapping[str, date], done: frozenset[str]) -> tuple[Step, ...]:
        """The steps in the order to show them, none due at once.

        `first_seen` says on which day a step first appeared (else today), `done` holds the keys of finished steps.
        """
        return put_in_order(self, self.steps, first_seen, done)
