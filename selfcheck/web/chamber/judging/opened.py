"""A case with everything that its questions need: the newest Stand, what was said of it, and what is left to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.review.changed import Changed, find_changed
from selfcheck.core.review.comparison import Compared, count_judged, lay_beside
from selfcheck.core.review.thread import ThreadState
from selfcheck.core.review.work import Left, find_next, find_previous, list_left
from selfcheck.store.chamber.judging.judgements import StoredJudgement, read_judgements
from selfcheck.store.chamber.stands import read_stands
from selfcheck.store.chamber.talk.threads import StoredThread, read_threads
from selfcheck.web.chamber.newest import ReadStand, demand, read_shared
from selfcheck.web.http import guards
from selfcheck.web.http.guards import OpenCase


@dataclass(frozen=True)
class Review:
    """`earlier` are the Stände on which questions were judged, the one before `newest` and the one that a form was made
    for, as far as they can be read."""

    opened: OpenCase
    newest: ReadStand
    earlier: Mapping[int, ReadStand]
    judgements: Mapping[str, StoredJudgement]
    threads: Mapping[QuestionId, tuple[StoredThread, ...]]

    @property
    def case_id(self) -> str:
        """As addresses name it."""
        return self.opened.case.public_id

    @property
    def questionnaire(self) -> Questionnaire:
        return self.newest.questionnaire

    @cached_property
    def compared(self) -> Mapping[QuestionId, Compared]:
        """Every question that is asked, in the order of the questionnaire."""
        said = {id: judgement.said for id, judgement in self.judgements.items()}
        rows = lay_beside(self.questionnaire, self.newest.stand.estimate, said)
        return {row.question.id: row for row in rows}

    @cached_property
    def changed(self) -> Mapping[QuestionId, Changed]:
        """What the newest Stand says differently than the one that was judged, of what is asked."""
        earlier = {number: read.shared for number, read in self.earlier.items()}
        judged_on = {QuestionId(id): each.stand for id, each in self.judgements.items() if each.said.judged}
        found = find_changed(self.newest.shared, earlier, judged_on)
        return {id: changed for id, changed in found.items() if id in self.compared}

    @cached_property
    def left(self) -> Mapping[QuestionId, Left]:
        """What is not finished."""
        return {each.question: each for each in list_left(self.compared.values(), self.changed, self._asked)}

    @property
    def _asked(self) -> list[QuestionId]:
        return [id for id in self.threads if any(state is not ThreadState.DONE for state in self.thread_states(id))]

    def thread_states(self, id: QuestionId) -> list[ThreadState]:
        return [thread.state for thread in self.threads.get(id, ())]

    @property
    def judged(self) -> int:
        return count_judged(self.compared.values())

    def place(self, id: QuestionId) -> int:
        """Which of the questions that are asked it is, from 1."""
        return list(self.compared).index(id) + 1

    def next(self, id: QuestionId) -> QuestionId | None:
        """The next one that is not finished."""
        return find_next(self.compared, self.left, id)

    def previous(self, id: QuestionId) -> QuestionId | None:
        return find_previous(self.compared, self.left, id)

    def at(self, number: int) -> ReadStand:
        """The Stand that a form was made for; the newest where it can be read no more."""
        return self.earlier.get(number, self.newest)


def open_review(case_id: str, number: int = 0) -> Review:
    """A case of the advisor's own chamber with its newest Stand; 404 or 410 for everybody else. `number` is the Stand
    that a form was made for."""
    return load_review(guards.open_case(case_id), number)


def load_review(opened: OpenCase, number: int = 0) -> Review:
    """The same for an advisor who was let in."""
    judgements = read_judgements(opened.case.id)
    shared = read_stands(opened.case, {number, *(each.stand for each in judgements.values())})
    read = {number: found for number, stand in shared.items() if (found := read_shared(stand)) is not None}
    newest = demand(read.pop(max(shared, default=0), None))
    return Review(opened, newest, read, judgements, read_threads(opened.case.id))


def with_judgements(review: Review) -> Review:
    """The same after something was saved."""
    found = read_judgements(review.opened.case.id)
    return Review(review.opened, review.newest, review.earlier, found, review.threads)
