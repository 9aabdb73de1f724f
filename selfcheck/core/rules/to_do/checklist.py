"""What to do until when: steps with stable keys and dates counted back from the interview.

A step that is achieved is done and goes on counting. Who does a step, notes and own steps are kept elsewhere under the
step's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import ZERO, DepartmentId, Measure, Question, QuestionId
from selfcheck.core.rules.answers import OPEN, Contact, Goal, State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.facts import Facts
from selfcheck.core.rules.route import (
    EVIDENCE_WEEKS,
    UNSETTLED,
    Route,
    decisive,
    is_taken,
    latest_start,
    weeks_before,
)
from selfcheck.core.rules.to_do import step_texts
from selfcheck.core.rules.to_do.departments import Names, OwnDepartments, answers_for
from selfcheck.core.text.order import contains

GROUPS = (
    "Auftrag und Team",
    "Fragen klären",
    "Maßnahmen",
    "Belege",
    "Ziele und Sonderpunkte",
    "IHK",
    "Empfehlungen der IHK",
    "Prüfgespräch",
)
TEAM, QUESTIONS, MEASURES, EVIDENCE, GOALS, CHAMBER, RECOMMENDATIONS, INTERVIEW = GROUPS

NOTICE_DAYS = 7
"""A step is never due earlier than so many days after it first appeared."""
COUNCIL_STEP = "team:council"
"""The key of the step that a council's decision to take part does."""
DEPARTMENT = "team:department:"
MEASURE = "measure:"
RECOMMENDATION = "recommendation:"
"""How the keys of such steps begin."""


class Done(NamedTuple):
    """Why a step is done by itself, and since when, where that is known; `needless`: nobody did it, nor has to."""

    reason: str
    on: date | None = None
    needless: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `points` hang on it, `now` says that its date was moved because little time is left.

    `by_itself` says why it is done whatever a person ticks; `own_day`: a person chose `due`.
    """

    key: str
    group: str
    text: str
    due: date | None
    points: Decimal = ZERO
    question: QuestionId | None = None
    department: DepartmentId | None = None
    by_itself: Done | None = None
    ticked: bool = False
    own_day: bool = False
    now: bool = False

    @property
    def done(self) -> bool:
        return self.ticked or self.by_itself is not None

    @property
    def needless(self) -> bool:
        """Nobody has to do it, and nobody says that it was done: it counts neither as done nor as something to do."""
        return not self.ticked and self.by_itself is not None and self.by_itself.needless


class Kept(NamedTuple):
    """What is kept of a step under its key: when it first appeared, whether a person ticked it, the day they chose."""

    first_seen: date
    ticked: bool = False
    due: date | None = None


class Recommended(NamedTuple):
    """What a chamber recommends: its id, its number and title, and when the town wants to have done it. `answered`: the
    town has told the chamber what it does; `settled`: nothing is left to do, where `refused` since it was agreed so.
    """

    id: str
    label: str
    title: str
    due: date | None = None
    answered: bool = False
    settled: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What was done beside the answers.

    `asked`: the questions that an office is asked, and since when; `offices`: the same of departments by whose name an
    office is asked, and `called` what the town calls those with another name. `chamber`: the questions at which a
    chamber asked something, and whether nothing of it is open.
    """

    contact: Contact = field(default_factory=Contact)
    shared_on: date | None = None
    asked: Mapping[QuestionId, date] = field(default_factory=dict)
    offices: Mapping[DepartmentId, date] = field(default_factory=dict)
    chamber: Mapping[QuestionId, bool] = field(default_factory=dict)
    recommended: Sequence[Recommended] = ()
    called: Names = field(default_factory=dict)


class Progress(NamedTuple):
    done: int
    all: int


def is_for_chamber(recipient: str) -> bool:
    """Whether a report for `recipient`, as people call it, is one for a chamber (`IHK Darmstadt`): a report for the
    mayor does not do the step „Bericht mit der IHK teilen“.
    """
    return any(contains(recipient, word) for word in ("ihk", "handelskammer"))


def count_done(steps: Sequence[Step]) -> Progress:
    counted = [step for step in steps if not step.needless]
    return Progress(sum(step.done for step in counted), len(counted))


def measure_key(question: QuestionId, measure: Measure) -> str:
    return f"{MEASURE}{question}:{measure.id}"


def derive_steps(facts: Facts, route: Route, around: Around, kept: Iterable[str]) -> tuple[Step, ...]:
    """Every step that has a cause, in the order that decides where nothing else does; `kept` are the keys of steps that
    stood there before.
    """
    shared = Done("geteilt", around.shared_on) if around.shared_on else None
    return (
        *_team_steps(facts, around),
        *_question_steps(facts),
        *_measure_steps(facts, route, kept),
        *_evidence_steps(facts),
        *_bonus_evidence_steps(facts),
        *_goal_steps(facts),
        *_chamber_steps(facts, around),
        _step(facts, "chamber:share", CHAMBER, step_texts.SHARE, 8, shared),
        _step(facts, "chamber:final", CHAMBER, step_texts.FINAL, 2),
        *map(_recommendation_step, around.recommended),
        _step(facts, "interview:people", INTERVIEW, step_texts.PEOPLE, 8),
        _step(facts, "interview:table", INTERVIEW, step_texts.TABLE, 4),
        _step(facts, "interview:binder", INTERVIEW, step_texts.BINDER, 4),
    )


def put_in_order(facts: Facts, steps: Iterable[Step], kept: Mapping[str, Kept]) -> tuple[Step, ...]:
    """The steps in the order to show them, each with what is kept of it; none that nobody gave a day is due earlier
    than a week after it first appeared.
    """
    told = (_recall(step, kept.get(step.key, Kept(facts.today)), facts.interview) for step in steps)
    return tuple(
        sorted(told, key=lambda step: (step.done, step.due or date.max, GROUPS.index(step.group), -step.points))
    )


def _recall(step: Step, kept: Kept, interview: date | None) -> Step:
    step = replace(step, ticked=kept.ticked)
    if kept.due is not None:
        return replace(step, due=kept.due, own_day=True)
    return _give_notice(step, kept.first_seen, interview)


def _give_notice(step: Step, first: date, interview: date | None) -> Step:
    """Moved to a week after it first appeared, at most to the interview, where it would be due earlier. A measure is
    begun on its own day, for a week later it would not be done in time.
    """
    if step.due is None or interview is None:
        return step
    notice = first + min(timedelta(days=NOTICE_DAYS), date.max - first)
    if step.due >= notice:
        return step
    earliest = max(first, step.due) if step.group == MEASURES else notice
    return replace(step, due=min(earliest, interview), now=True)


def _due(facts: Facts, weeks: int) -> date | None:
    return None if facts.interview is None else weeks_before(facts.interview, weeks)


def _step(facts: Facts, key: str, group: str, text: str, weeks: int, by_itself: Done | None = None) -> Step:
    return Step(key, group, text, _due(facts, weeks), by_itself=by_itself)


def _team_steps(facts: Facts, around: Around) -> Iterator[Step]:
    named = Done("eingetragen") if around.contact.complete else None
    yield _step(facts, "team:contact", TEAM, step_texts.CONTACT, 26, named)
    yield _step(facts, "team:chamber", TEAM, step_texts.ASK_CHAMBER, 26)
    yield _step(facts, COUNCIL_STEP, TEAM, step_texts.COUNCIL, 20, _find_decision(facts))
    for own in OwnDepartments(facts.questionnaire, around.called).all:
        questions = [each for each in _asked(facts) if each.department in own.ids]
        if questions:
            involved = _find_involved(facts, around, own.ids, questions)
            step = _step(facts, f"{DEPARTMENT}{own.id}", TEAM, step_texts.involve(own.title), 16, involved)
            yield replace(step, department=own.id)


def _asked(facts: Facts) -> Iterator[Question]:
    """The questions that apply or may apply."""
    for question in facts.questionnaire.questions:
        if facts.estimate.line[question.id].applies is not Applies.NO:
            yield question


def _find_decision(facts: Facts) -> Done | None:
    """Whether the answers say that the Gremienbeschluss has been taken."""
    council = facts.questionnaire.council
    if council is None or facts.estimate.line[council.question].applies is not Applies.YES:
        return None
    answer = facts.answers.get(council.question, OPEN)
    if answer.state is not State.GIVEN:
        return None
    chosen = answer.value if isinstance(answer.value, frozenset) else {answer.value}
    number = facts.questionnaire.question[council.question].number
    return Done(step_texts.according_to(number)) if chosen & set(council.any_of) else None


def _find_involved(
    facts: Facts, around: Around, ids: Sequence[DepartmentId], questions: Sequence[Question]
) -> Done | None:
    """Asked is a department under its own name, or where offices are asked most of what it has to answer."""
    lines = {each.id: facts.estimate.line[each.id] for each in questions}
    left = [id for id, line in lines.items() if line.state in UNSETTLED and id not in around.asked]
    asked = [around.asked[id] for id in lines if id in around.asked]
    since = min((around.offices[id] for id in ids if id in around.offices), default=None)
    if since is None and answers_for(len(asked), len(left)):
        since = max(asked)
    if since is not None:
        return Done("gefragt", since)
    lacking = any(line.points.unproven for line in lines.values())
    return None if left or asked else Done(step_texts.answered(lacking=lacking), needless=True)


def _question_steps(facts: Facts) -> Iterator[Step]:
    weights = {one.question: one.points for one in decisive(facts.questionnaire, facts.estimate)}
    for question in _asked(facts):
        if not question.scores:
            continue
        line = facts.estimate.line[question.id]
        points = question.possible if line.applies is Applies.UNDECIDED else weights.get(question.id, ZERO)
        settled = {State.GIVEN: Done("beantwortet"), State.NOT_APPLICABLE: Done("trifft nicht zu")}.get(line.state)
        key, text = f"answer:{question.id}", step_texts.clarify(question)
        yield Step(key, QUESTIONS, text, _due(facts, 12), points, question.id, question.department, settled)


def _measure_steps(facts: Facts, route: Route, kept: Iterable[str]) -> Iterator[Step]:
    """Those of the route, then those that stood on it and were taken."""
    for one in route.measures:
        yield _measure_step(facts, facts.questionnaire.question[one.question], one.measure, one.gain)
    keys = set(kept)
    for question in facts.questionnaire.questions if keys else ():
        for measure in question.measures:
            if measure_key(question.id, measure) in keys and _was_taken(facts, question, measure):
                yield _measure_step(facts, question, measure, ZERO, Done("umgesetzt"))


def _was_taken(facts: Facts, question: Question, measure: Measure) -> bool:
    applies = facts.estimate.line[question.id].applies is Applies.YES
    return applies and is_taken(question, facts.answers.get(question.id, OPEN), measure)


def _measure_step(
    facts: Facts, question: Question, measure: Measure, gain: Decimal, by_itself: Done | None = None
) -> Step:
    key, due = measure_key(question.id, measure), latest_start(measure, facts.interview)
    return Step(key, MEASURES, step_texts.begin(measure), due, gain, question.id, question.department, by_itself)


def _evidence_steps(facts: Facts) -> Iterator[Step]:
    due = _due(facts, EVIDENCE_WEEKS)
    for question in facts.questionnaire.questions:
        points = facts.estimate.line[question.id].points
        if not points.claimed or not question.needs_evidence:
            continue
        gap, key = points.unproven, f"evidence:{question.id}"
        pieces = facts.answers.get(question.id, OPEN).evidence
        text = step_texts.prove(question, pieces, facts.day) if gap else step_texts.proved(question)
        proven = None if gap else Done("Beleg liegt vor")
        yield Step(key, EVIDENCE, text, due, gap, question.id, question.department, proven)


def _bonus_evidence_steps(facts: Facts) -> Iterator[Step]:
    for project in facts.extras.projects:
        if project.counts:
            text = step_texts.prove_project(project)
            yield _bonus_evidence(facts, "project", project.number, text, project.documented)
    for goal in facts.extras.past_goals if facts.profile.audit == "renewal" else ():
        if goal.counts:
            text = step_texts.prove_goal(goal)
            yield _bonus_evidence(facts, "goal", goal.number, text, goal.documented)


def _bonus_evidence(facts: Facts, kind: str, number: int, text: str, documented: bool) -> Step:
    proven = Done("Beleg liegt vor") if documented else None
    return _step(facts, f"evidence:{kind}:{number}", EVIDENCE, text, EVIDENCE_WEEKS, proven)


def _chamber_steps(facts: Facts, around: Around) -> Iterator[Step]:
    """No day is theirs: whoever asks waits."""
    for question in facts.questionnaire.questions:
        if question.id in around.chamber:
            answered = Done("nicht mehr offen") if around.chamber[question.id] else None
            text, department = step_texts.reply(question), question.department
            key = f"chamber:question:{question.id}"
            yield Step(key, CHAMBER, text, None, question=question.id, department=department, by_itself=answered)


def _goal_steps(facts: Facts) -> Iterator[Step]:
    proposed = {goal.number: goal for goal in facts.extras.goals}
    for number in range(1, facts.questionnaire.goals + 1):
        goal = proposed.get(number)
        done = Done("mit Maßnahme und Messgröße") if goal is not None and goal.complete else None
        yield _step(facts, f"goal:{number}", GOALS, _name_goal(number, goal), EVIDENCE_WEEKS, done)
    described = Done("beschrieben") if any(project.counts for project in facts.extras.projects) else None
    yield _step(facts, "project:describe", GOALS, step_texts.DESCRIBE_PROJECTS, EVIDENCE_WEEKS, described)


def _recommendation_step(told: Recommended) -> Step:
    text = step_texts.follow(told.label, told.title, answered=told.answered)
    done = Done("mit der IHK abgestimmt", needless=True) if told.refused else Done("umgesetzt")
    key = f"{RECOMMENDATION}{told.id}"
    return Step(key, RECOMMENDATIONS, text, told.due, by_itself=done if told.settled else None)


def _name_goal(number: int, goal: Goal | None) -> str:
    return step_texts.propose_goal(number, None if goal is None or goal.complete else goal)
