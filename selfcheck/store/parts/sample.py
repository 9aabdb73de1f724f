"""The sample town as if it were stored: everybody may look at it, and nothing of it is in the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.reading.answers import AnswersFile
from selfcheck.core.rules.answers import Answer, Goal, Project, State, value_to_plain
from selfcheck.store.parts.values import (
    Check,
    Details,
    Entry,
    GoalText,
    Loaded,
    ProjectText,
    StoredAnswer,
    StoredEvidence,
    StoredStep,
)

NOT_STORED = 0
"""The id of what has no row."""


@dataclass(frozen=True)
class Sample:
    """A self-check to look at, with what its people said about the steps of the checklist; `now` is when it is seen."""

    loaded: Loaded
    steps: Mapping[str, StoredStep]
    now: datetime

    @property
    def check(self) -> Check:
        return self.loaded.check


def make_sample(
    public_id: str,
    questionnaire: Questionnaire,
    details: Details,
    town: AnswersFile,
    steps: Mapping[str, StoredStep],
    now: datetime,
) -> Sample:
    """The self-check of a town that answers like `town`."""
    check = Check(
        id=NOT_STORED,
        public_id=public_id,
        questionnaire=questionnaire.name,
        municipality=details.municipality,
        district=details.district,
        profile=details.profile,
        interview=details.interview,
        contact=details.contact,
        version=1,
        by="",
        at=now,
        created_at=now,
        changed_at=now,
        deleted_at=None,
    )
    ids, by = count(1), details.contact.name
    evidence = {
        id: tuple(_store_evidence(questionnaire.question[id], answer, ids, now)) for id, answer in town.answers.items()
    }
    loaded = Loaded(
        check=check,
        answers={
            question: answer._replace(evidence=tuple(piece.evidence for piece in evidence[question]))
            for question, answer in town.answers.items()
        },
        stored={question: _store_answer(question, answer) for question, answer in town.answers.items()},
        evidence=evidence,
        goals=tuple(_store_goal(goal, by, now) for goal in town.extras.goals),
        past_goals=(),
        projects=tuple(_store_project(project, by, now) for project in town.extras.projects),
        extras=town.extras,
    )
    return Sample(loaded, steps, now)


def _store_answer(question: QuestionId, answer: Answer) -> StoredAnswer:
    value = value_to_plain(answer.value) if answer.state is State.GIVEN else None
    return StoredAnswer(question, answer.state, value, answer.reason, note=answer.note)


def _store_evidence(question: Question, answer: Answer, ids: Iterator[int], now: datetime) -> Iterator[StoredEvidence]:
    """The pieces of one answer; what there is lies in the folder under the number of its question."""
    for id, piece in zip(ids, answer.evidence, strict=False):
        yield StoredEvidence(
            id=id,
            key=str(id),
            question=question.id,
            usual=piece.title in question.evidence,
            title=piece.title,
            available=piece.available,
            link=piece.link,
            file_number=f"Audit-Ordner, Register {question.number}" if piece.available else "",
            page=piece.page,
            valid_until=piece.valid_until,
            version=0,
            by="",
            at=now,
        )


def _store_goal(goal: Goal, by: str, now: datetime) -> Entry[GoalText]:
    text = GoalText(goal.title, measure=goal.measure, metric=goal.metric)
    return Entry(goal.number, f"goal-{goal.number}", text, 1, by, now)


def _store_project(project: Project, by: str, now: datetime) -> Entry[ProjectText]:
    text = ProjectText(project.title, documented=project.documented)
    return Entry(project.number, f"project-{project.number}", text, 1, by, now)
