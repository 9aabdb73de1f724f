"""What to do until when: steps with stable keys and dates counted back from the interview.

Who does a step, notes and own steps are kept elsewhere under the step's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from selfcheck.core.questionnaire.model import ZERO, DepartmentId, QuestionId
from selfcheck.core.rules import step_texts
from selfcheck.core.rules.answers import OPEN, State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.facts import Facts
from selfcheck.core.rules.route import EVIDENCE_WEEKS, Route, decisive, latest_start, missing_documents, weeks_before

GROUPS = ("Auftrag und Team", "Fragen klären", "Maßnahmen", "Belege", "Ziele und Sonderpunkte", "IHK", "Prüfgespräch")
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


def derive_steps(facts: Facts, route: Route) -> tuple[Step, ...]:
    """Every step that has a cause, in the order that decides where nothing else does."""
    return (
        *_team_steps(facts),
        *_question_steps(facts),
        *_measure_steps(facts, route),
        *_evidence_steps(facts),
        *_bonus_evidence_steps(facts),
        *_goal_steps(facts),
        _step(facts, "chamber:share", CHAMBER, step_texts.SHARE, 8),
        _step(facts, "chamber:final", CHAMBER, step_texts.FINAL, 2),
        _step(facts, "interview:people", INTERVIEW, step_texts.PEOPLE, 8),
        _step(facts, "interview:table", INTERVIEW, step_texts.TABLE, 4),
        _step(facts, "interview:binder", INTERVIEW, step_texts.BINDER, 4),
    )


def put_in_order(
    facts: Facts, steps: Iterable[Step], first_seen: Mapping[str, date], done: frozenset[str]
) -> tuple[Step, ...]:
    """The steps in the order to show them, none due earlier than a week after it first appeared."""
    told = (_give_notice(step, first_seen.get(step.key, facts.today), facts.interview) for step in steps)
    return tuple(
        sorted(told, key=lambda step: (step.key in done, step.due or date.max, GROUPS.index(step.group), -step.points))
    )


def _give_notice(step: Step, first: date, interview: date | None) -> Step:
    """Moved to a week after it first appeared, at most to the interview, where it would be due earlier."""
    if step.due is None or interview is None:
        return step
    earliest = first + min(timedelta(days=NOTICE_DAYS), date.max - first)
    return step if step.due >= earliest else replace(step, due=min(earliest, interview), now=True)


def _due(facts: Facts, weeks: int) -> date | None:
    return None if facts.interview is None else weeks_before(facts.interview, weeks)


def _step(facts: Facts, key: str, group: str, text: str, weeks: int) -> Step:
    return Step(key, group, text, _due(facts, weeks))


def _team_steps(facts: Facts) -> Iterator[Step]:
    yield _step(facts, "team:contact", TEAM, step_texts.CONTACT, 26)
    yield _step(facts, "team:chamber", TEAM, step_texts.ASK_CHAMBER, 26)
    yield _step(facts, "team:council", TEAM, step_texts.COUNCIL, 20)
    concerned = {
        question.department
        for question in facts.questionnaire.questions
        if facts.estimate.line[question.id].applies is not Applies.NO
    }
    for department in facts.questionnaire.departments:
        if department.id in concerned:
            text = step_texts.involve(department)
            yield Step(f"team:department:{department.id}", TEAM, text, _due(facts, 16), department=department.id)


def _question_steps(facts: Facts) -> Iterator[Step]:
    weights = {one.question: one.points for one in decisive(facts.questionnaire, facts.estimate)}
    for question in facts.questionnaire.questions:
        line = facts.estimate.line[question.id]
        if not question.scores or line.applies is Applies.NO or line.state not in (State.OPEN, State.UNCLEAR):
            continue
        points = question.possible if line.applies is Applies.UNDECIDED else weights.get(question.id, ZERO)
        text = step_texts.clarify(question)
        yield Step(f"answer:{question.id}", QUESTIONS, text, _due(facts, 12), points, question.id, question.department)


def _measure_steps(facts: Facts, route: Route) -> Iterator[Step]:
    for one in route.measures:
        question = facts.questionnaire.question[one.question]
        key = f"measure:{one.question}:{one.measure.id}"
        due = latest_start(one.measure, facts.interview)
        yield Step(key, MEASURES, step_texts.begin(one.measure), due, one.gain, question.id, question.department)


def _evidence_steps(facts: Facts) -> Iterator[Step]:
    gaps = {one.question: one.points for one in missing_documents(facts.estimate)}
    due = _due(facts, EVIDENCE_WEEKS)
    for question in facts.questionnaire.questions:
        if question.id in gaps:
            pieces = facts.answers.get(question.id, OPEN).evidence
            text = step_texts.prove(question, pieces, facts.day)
            yield Step(
                f"evidence:{question.id}", EVIDENCE, text, due, gaps[question.id], question.id, question.department
            )


def _bonus_evidence_steps(facts: Facts) -> Iterator[Step]:
    for project in facts.extras.projects:
        if project.counts and not project.documented:
            text = step_texts.prove_project(project)
            yield _step(facts, f"evidence:project:{project.number}", EVIDENCE, text, EVIDENCE_WEEKS)
    for goal in facts.extras.past_goals if facts.profile.audit == "renewal" else ():
        if goal.counts and not goal.documented:
            text = step_texts.prove_goal(goal)
            yield _step(facts, f"evidence:goal:{goal.number}", EVIDENCE, text, EVIDENCE_WEEKS)


def _goal_steps(facts: Facts) -> Iterator[Step]:
    proposed = {goal.number: goal for goal in facts.extras.goals}
    for number in range(1, facts.questionnaire.goals + 1):
        goal = proposed.get(number)
        if goal is None or not goal.complete:
            text = step_texts.propose_goal(number, goal)
            yield _step(facts, f"goal:{number}", GOALS, text, EVIDENCE_WEEKS)
    if not any(project.counts for project in facts.extras.projects):
        yield _step(facts, "project:describe", GOALS, step_texts.DESCRIBE_PROJECTS, EVIDENCE_WEEKS)
