"""Everything that agenda and record of a case are made of, as it stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from selfcheck.core.review.agenda import AVAILABLE, Agenda, is_own, plan_agenda
from selfcheck.core.review.recommendations import RecommendationState
from selfcheck.core.review.record import Field, RecordState, may_write
from selfcheck.core.review.thread import Side, ThreadState, side_of
from selfcheck.reporting.review.paper import Paper, Seat, draw_up, list_seats, topic_of
from selfcheck.reporting.review.topics import Advice, Material, Topic, is_goal, list_gone, list_topics
from selfcheck.reporting.words import german
from selfcheck.store.chamber.case_changes import CasePart
from selfcheck.store.chamber.interview.parts import Interview, read_interview
from selfcheck.store.chamber.talk.recommendations import StoredRecommendation, read_recommendations
from selfcheck.store.chamber.talk.threads import StoredThread
from selfcheck.web.chamber.frame import name_own_chamber
from selfcheck.web.chamber.judging.opened import load_review
from selfcheck.web.chamber.newest import ReadStand
from selfcheck.web.http import clock
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.parts.submitted import read_version

OVER = (RecommendationState.DONE, RecommendationState.WITHDRAWN)
"""Recommendations of which nothing is left to talk about."""


@dataclass(frozen=True)
class Contents:
    """The interview of a case; `stand` names the newest Stand, `chamber` the advisor's own. `earlier` are Stände before
    it, the last one first; `typed` the keys of topics of which something was typed that could not be saved."""

    opened: OpenCase
    material: Material
    stand: str
    chamber: str
    stored: Interview
    earlier: tuple[ReadStand, ...] = ()
    typed: frozenset[str] = frozenset()

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every place that there may be something to say about, in the order of the Prüfbogen; then those about which
        something was said, and which the newest Stand has no more."""
        said = [subject for part, subject in self.stored.parts if part in (CasePart.ROW, Field.SAID)]
        gone = [key for key in dict.fromkeys((*said, *sorted(self.typed))) if not is_own(key) and key not in self._now]
        return {**self._now, **{topic.key: topic for topic in list_gone(gone, self._before.values())}}

    @cached_property
    def _now(self) -> Mapping[str, Topic]:
        return {topic.key: topic for topic in list_topics(self.material)}

    @cached_property
    def _before(self) -> Mapping[str, Topic]:
        """The same of earlier Stände, as each was called last."""
        materials = (Material(read.questionnaire, read.stand) for read in reversed(self.earlier))
        return {topic.key: topic for material in materials for topic in list_topics(material)}

    def may_have(self, key: str) -> bool:
        """Whether a page can have shown a topic with this key."""
        return is_own(key) or is_goal(key) or key in self.topics or key in self._before

    @cached_property
    def agenda(self) -> Agenda:
        matters = {key: topic.matter for key, topic in self.topics.items()}
        said = {subject for subject in self.stored.texts(Field.SAID) if not is_own(subject)} | self.typed
        return plan_agenda(self.topics, matters, self.stored.plans, said, self.available)

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        topics = [topic_of(row, self.topics) for row in self.agenda.kept]
        return list_seats(self.material, self.chamber, topics, self.texts)

    @property
    def available(self) -> int:
        return read_version(self.stored.text(Field.MINUTES)) or AVAILABLE

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        """What was written, by field and subject; what is set of rows is none of it."""
        return {key: part.content for key, part in self.stored.parts.items() if isinstance(part.content, str)}

    @property
    def state(self) -> RecordState:
        return self.stored.state

    @property
    def may_write(self) -> bool:
        return may_write(self.state)

    @cached_property
    def paper(self) -> Paper:
        """Agenda and record as documents show them."""
        day = self.opened.case.interview
        return draw_up(self.material, self.topics, self.agenda, self.seats, self.texts, self.chamber, self.stand, day)


def load(opened: OpenCase) -> Contents:
    """Eight statements. Raises `Ended` where the newest Stand cannot be read."""
    review = load_review(opened)
    newest = review.newest
    material = Material(
        newest.questionnaire,
        newest.stand,
        asked={id: _say_open(threads) for id, threads in review.threads.items()},
        said={id: judgement.said for id, judgement in review.judgements.items()},
        advice=[_advise(each) for each in read_recommendations(opened.case.id) if each.for_chamber not in OVER],
    )
    named = german.stand(newest.number, clock.local(newest.frozen_at))
    earlier = tuple(review.earlier[number] for number in sorted(review.earlier, reverse=True))
    return Contents(opened, material, named, name_own_chamber(), read_interview(opened.case.id), earlier)


def reload(contents: Contents) -> Contents:
    """The same after something was saved."""
    return replace(contents, stored=read_interview(contents.opened.case.id))


def _say_open(threads: Iterable[StoredThread]) -> tuple[str, ...]:
    """What the chamber asked last in each thread that is not done, with the answer where there is one."""
    return tuple(_say_thread(thread) for thread in threads if thread.state is not ThreadState.DONE)


def _say_thread(thread: StoredThread) -> str:
    asked = [each.text for each in thread.messages if side_of(each.kind) is Side.CHAMBER]
    return f"{asked[-1]} Antwort: {thread.last.text}" if thread.state is ThreadState.ANSWERED else asked[-1]


def _advise(stored: StoredRecommendation) -> Advice:
    return Advice(stored.label, stored.criterion, stored.question, stored.content.title, stored.sent_at is not None)
