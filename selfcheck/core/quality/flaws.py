"""The flaws of a self-check (Mängel), each with its place, in the order in which a town hall would mend them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selfcheck.core.questionnaire.model import Kind, NoteAsked, ProfileIs, Question, QuestionId
from selfcheck.core.rules.answers import OPEN, Answer, Evidence, State
from selfcheck.core.rules.conditions import Applies, comparisons, decide
from selfcheck.core.rules.facts import Facts
from selfcheck.core.text.contents import is_blank


class FlawKind(StrEnum):
    UNPROVEN = "unproven"
    """Points are claimed, and nothing that is there proves them."""
    ENDS_EARLY = "ends_early"
    """A document is there, but not in force on the day that counts."""
    UNPLACED = "unplaced"
    """A document is there and in force, and nobody could find it."""
    ONE_FOR_MANY = "one_for_many"
    """Several ticked options rest on one document."""
    UNUSED = "unused"
    """Documents are there, and the answer brings no points."""
    NOTE_MISSING = "note_missing"
    """The questionnaire asks for something in the note (Erläuterung), and there is none."""
    CONTRADICTION = "contradiction"
    """Two answers do not go together."""
    FEW_GOALS = "few_goals"
    """Fewer development goals (Entwicklungsziele) than expected."""
    GOAL_WITHOUT_METRIC = "goal_without_metric"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw and where it is: at a `question`, at the goal with this number, or at the goals as a whole.

    `title` is the document's or goal's, `ends` the last day of a document, `count` how many options rest on one
    document, how many documents prove nothing, or how many goals there are, `text` what the questionnaire says about
    it. `others` are the further questions of a contradiction.
    """

    kind: FlawKind
    question: QuestionId | None = None
    goal: int | None = None
    title: str = ""
    ends: date | None = None
    count: int = 0
    text: str = ""
    others: tuple[QuestionId, ...] = ()


def find_flaws(facts: Facts) -> tuple[Flaw, ...]:
    """Every flaw, by kind as listed in `FlawKind`, within a kind in the order of the questionnaire."""
    order = {kind: place for place, kind in enumerate(FlawKind)}
    flaws = [*_of_questions(facts), *_contradictions(facts), *_of_goals(facts)]
    return tuple(sorted(flaws, key=lambda flaw: order[flaw.kind]))


def _of_questions(facts: Facts) -> Iterator[Flaw]:
    for question in facts.questionnaire.questions:
        line = facts.estimate.line[question.id]
        if line.applies is Applies.NO:
            continue
        answer = facts.answers.get(question.id, OPEN)
        if line.points.claimed and question.needs_evidence:
            yield from _of_documents(question, answer, facts.day)
        elif question.needs_evidence and answer.state is State.GIVEN:
            yield from _of_unused(question, answer)
        if question.note is not None and _lacks_note(question.note, answer):
            yield Flaw(FlawKind.NOTE_MISSING, question.id, text=question.note.ask)


def _list_there(answer: Answer) -> list[Evidence]:
    return [piece for piece in answer.evidence if piece.available and not is_blank(piece.title)]


def _of_unused(question: Question, answer: Answer) -> Iterator[Flaw]:
    there = _list_there(answer)
    if there:
        yield Flaw(FlawKind.UNUSED, question.id, title=there[0].title, count=len(there))


def _of_documents(question: Question, answer: Answer, day: date) -> Iterator[Flaw]:
    there = _list_there(answer)
    if not there:
        yield Flaw(FlawKind.UNPROVEN, question.id)
    for piece in there:
        if piece.expired(day):
            yield Flaw(FlawKind.ENDS_EARLY, question.id, title=piece.title, ends=piece.valid_until)
        elif not piece.located and piece.is_told_at(question.id):
            yield Flaw(FlawKind.UNPLACED, question.id, title=piece.title)
    ticked = _count_ticked(question, answer)
    if len(there) == 1 and ticked > 1:
        yield Flaw(FlawKind.ONE_FOR_MANY, question.id, title=there[0].title, count=ticked)


def _count_ticked(question: Question, answer: Answer) -> int:
    """How many chosen options give points."""
    if question.kind is not Kind.MANY or not isinstance(answer.value, frozenset):
        return 0
    return sum(option.points > 0 for option in question.options if option.id in answer.value)


def _lacks_note(asked: NoteAsked, answer: Answer) -> bool:
    if answer.state is not State.GIVEN or not is_blank(answer.note):
        return False
    chosen = answer.value if isinstance(answer.value, frozenset) else {answer.value}
    return not asked.any_of or any(option in chosen for option in asked.any_of)


def _contradictions(facts: Facts) -> Iterator[Flaw]:
    applies = {id: line.applies for id, line in facts.estimate.line.items()}
    for contradiction in facts.questionnaire.contradictions:
        if decide(contradiction.when, facts.profile, facts.answers, applies):
            named = [each.question for each in comparisons(contradiction.when) if not isinstance(each, ProfileIs)]
            first, *others = dict.fromkeys(named)
            yield Flaw(FlawKind.CONTRADICTION, first, text=contradiction.text, others=tuple(others))


def _of_goals(facts: Facts) -> Iterator[Flaw]:
    goals = [goal for goal in facts.extras.goals if not is_blank(goal.title)]
    if len(goals) < facts.questionnaire.goals:
        yield Flaw(FlawKind.FEW_GOALS, count=len(goals))
    for goal in goals:
        if is_blank(goal.metric):
            yield Flaw(FlawKind.GOAL_WITHOUT_METRIC, goal=goal.number, title=goal.title)
