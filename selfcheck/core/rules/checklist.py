"""What to do until when: steps with stable keys and dates counted back from the interview.

Who does a step, notes and own steps are kept elsewhere under the step's key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from selfcheck.core.questionnaire.model import (
    ZERO,
    DepartmentId,
    Profile,
    Question,
    QuestionId,
    Questionnaire,
)
from selfcheck.core.rules import step_texts
from selfcheck.core.rules.answers import (
    OPEN,
    Answers,
    Extras,
    State,
)
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.rules.route import (
    EVIDENCE_WEEKS,
    Route,
    decisive,
    latest_start,
    missing_documents,
    weeks_before,
)

GROUPS = (
    "Auftrag und Team",
    "Fragen klären",
    "Maßnahmen",
    "Belege",
    "Ziele und Sonderpunkte",
    "IHK",
    "Prüfgespräch",
)
TEAM, QUESTIONS, MEASURES, EVIDENCE, GOALS, CHAMBER, INTERVIEW = GROUPS

NOTICE_DAYS = 7
"""A step is never due earlier than so many days after it first appeared."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `points` hang on it, `now` says that its date was moved because little time is left."""

    key: str
    group: str
    text: str
    due: date | None
    points: Decimal = ZERO
    question: QuestionId | None = None
    department: DepartmentId | None = None
    now: bool = False


@dataclass(frozen=True, slots=True)
class _Situation:
    """What the steps are derived from."""

    questionnaire: Questionnaire
    profile: Profile
    answers: Answers
    extras: Extras
    day: date
    interview: date | None
    estimate: Estimate
    route: Route

    def due(self, weeks: int) -> date | None:
        return None if self.interview is None else weeks_before(self.interview, weeks)

    def step(self, key: str, group: str, text: str, weeks: int) -> Step:
        return Step(key, group, text, self.due(weeks))

    def for_question(
        self, key: str, group: str, text: str, due: date | None, points: Decimal, question: Question
    ) -> Step:
        return Step(key, group, text, due, points, question.id, question.department)


def checklist(
    questionnaire: Questionnaire,
    profile: Profile,
    answers: Answers,
    extras: Extras,
    day: date,
    today: date,
    interview: date | None,
    estimate: Estimate,
    route: Route,
    first_seen: Mapping[str, date],
    done: frozenset[str],
) -> tuple[Step, ...]:
    """Every step that has a cause, in the order to show them.

    `first_seen` says on which day a step first appeared (else `today`), `done` holds the keys of finished steps.
    """
    situation = _Situation(questionnaire, profile, answers, extras, day, interview, estimate, route)
    steps = [_give_notice(step, first_seen.get(step.key, today), interview) for step in _derive(situation)]
    return tuple(
        sorted(
            steps,
            key=lambda step: (step.key in done, step.due or date.max, GROUPS.index(step.group), -step.points),
        )
    )


def _give_notice(step: Step, first: date, interview: date | None) -> Step:
    """Moved to a week after it first appeared, at most to the interview, where it would be due earlier."""
    if step.due is None or interview is None:
        return step
    earliest = first + min(timedelta(days=NOTICE_DAYS), date.max - first)
    return step if step.due >= earliest else replace(step, due=min(earliest, interview), now=True)


def _derive(situation: _Situation) -> Iterator[Step]:
    """All steps in the order that decides where nothing else does."""
    yield from _team_steps(situation)
    yield from _question_steps(situation)
    yield from _measure_steps(situation)
    yield from _evidence_steps(situation)
    yield from _bonus_evidence_steps(situation)
    yield from _goal_steps(situation)
    yield situation.step("chamber:share", CHAMBER, step_texts.SHARE, 8)
    yield situation.step("chamber:final", CHAMBER, step_texts.FINAL, 2)
    yield situation.step("interview:people", INTERVIEW, step_texts.PEOPLE, 8)
    yield situation.step("interview:table", INTERVIEW, step_texts.TABLE, 4)
    yield situation.step("interview:binder", INTERVIEW, step_texts.BINDER, 4)


def _team_steps(situation: _Situation) -> Iterator[Step]:
    yield situation.step("team:contact", TEAM, step_texts.CONTACT, 26)
    yield situation.step("team:chamber", TEAM, step_texts.ASK_CHAMBER, 26)
    yield situation.step("team:council", TEAM, step_texts.COUNCIL, 20)
    concerned = {
        question.department
        for question in situation.questionnaire.questions
        if situation.estimate.line[question.id].applies is not Applies.NO
    }
    for department in situation.questionnaire.departments:
        if department.id in concerned:
            text = step_texts.involve(department)
            yield Step(f"team:department:{department.id}", TEAM, text, situation.due(16), department=department.id)


def _question_steps(situation: _Situation) -> Iterator[Step]:
    weights = {one.question: one.points for one in decisive(situation.questionnaire, situation.estimate)}
    for question in situation.questionnaire.questions:
        line = situation.estimate.line[question.id]
        if not question.scores or line.applies is Applies.NO or line.state not in (State.OPEN, State.UNCLEAR):
            continue
        points = question.possible if line.applies is Applies.UNDECIDED else weights.get(question.id, ZERO)
        text = step_texts.clarify(question)
        yield situation.for_question(f"answer:{question.id}", QUESTIONS, text, situation.due(12), points, question)


def _measure_steps(situation: _Situation) -> Iterator[Step]:
    for one in situation.route.measures:
        question = situation.questionnaire.question[one.question]
        key = f"measure:{one.question}:{one.measure.id}"
        due = latest_start(one.measure, situation.interview)
        yield situation.for_question(key, MEASURES, step_texts.begin(one.measure), due, one.gain, question)


def _evidence_steps(situation: _Situation) -> Iterator[Step]:
    gaps = {one.question: one.points for one in missing_documents(situation.questionnaire, situation.estimate)}
    due = situation.due(EVIDENCE_WEEKS)
    for question in situation.questionnaire.questions:
        if question.id in gaps:
            pieces = situation.answers.get(question.id, OPEN).evidence
            text = step_texts.prove(question, pieces, situation.day)
            yield situation.for_question(f"evidence:{question.id}", EVIDENCE, text, due, gaps[question.id], question)


def _bonus_evidence_steps(situation: _Situation) -> Iterator[Step]:
    for project in situation.extras.projects:
        if not project.documented:
            text = step_texts.prove_project(project)
            yield situation.step(f"evidence:project:{project.number}", EVIDENCE, text, EVIDENCE_WEEKS)
    for goal in situation.extras.past_goals if situation.profile.audit == "renewal" else ():
        if goal.achieved and not goal.documented:
            text = step_texts.prove_goal(goal)
            yield situation.step(f"evidence:goal:{goal.number}", EVIDENCE, text, EVIDENCE_WEEKS)


def _goal_steps(situation: _Situation) -> Iterator[Step]:
    proposed = {goal.number: goal for goal in situation.extras.goals}
    for number in range(1, situation.questionnaire.goals + 1):
        goal = proposed.get(number)
        if goal is None or not goal.complete:
            text = step_texts.propose_goal(number, goal)
            yield situation.step(f"goal:{number}", GOALS, text, EVIDENCE_WEEKS)
    if not any(project.title.strip() for project in situation.extras.projects):
        yield situation.step("project:describe", GOALS, step_texts.DESCRIBE_PROJECTS, EVIDENCE_WEEKS)
