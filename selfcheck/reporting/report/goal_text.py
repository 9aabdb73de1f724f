"""What a goal says that came from a question: how it is measured, where it stood, and whether that is still so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import Kind, Measure, Question, Questionnaire, Value
from selfcheck.core.rules.answers import OPEN, Answer, Answers, State
from selfcheck.core.rules.route import value_after
from selfcheck.core.rules.scoring import score
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import NOTHING_OF_IT, STATES, join_options, say_answer, say_value


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What a goal says about its question. `start` and `now` are how it was when the goal was written."""

    start: str
    measure: str
    now: str
    target: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The question of a goal is answered otherwise by now: `now` is what holds instead of `before`, `start` the same of
    where it began, if nobody wrote that in words of their own; `metric_now` is what the metric says then, nothing where
    nothing is counted. `reached`: the goal is where it wanted to be.
    """

    number: str
    before: str
    now: str
    start: str
    metric_now: str
    reached: bool

    @property
    def said(self) -> str:
        """One or two sentences for whoever wrote the goal."""
        here = f"Hier steht noch {german.quoted(self.before)}." if self.before else "Hier steht noch nichts dazu."
        end = " Damit ist das Ziel schon erreicht." if self.reached else ""
        return f"Frage {self.number} ist inzwischen so beantwortet: {self.now}. {here}{end}"


def measure_by_number(question: Question, longest: int) -> str:
    """The metric of a goal that came from `question`, in at most `longest` characters: what it counts; empty where it
    counts nothing, for then only the town hall can say what to measure."""
    if question.kind is not Kind.NUMBER:
        return ""
    named = question.name if question.unit in ("", question.name) else f"{question.name} ({question.unit})"
    return german.shorten(named, longest)


def say_start(question: Question, answer: Answer) -> str:
    """How it was when the goal began, as it can be typed."""
    if answer.state is State.GIVEN and answer.value is not None:
        return _begin(question, _say(question, answer.value))
    return _begin(question, join_options(say_answer(question, answer)))


def say_standing(question: Question, value: Value | None, longest: int) -> str:
    """What `value` says, in at most `longest` characters, as it can be typed; empty where nothing is answered."""
    return "" if value is None else german.shorten(_as_typed(_say(question, value)), longest)


def say_counted(question: Question, value: Value | None, longest: int) -> str:
    """The same for the metric of a goal: empty where the question counts nothing, for a metric is a number."""
    return say_standing(question, value, longest) if question.kind is Kind.NUMBER else ""


def say_added(question: Question, before: Value | None, after: Value) -> str:
    """The options that `after` has beside those chosen `before`; empty where not several can be chosen, or none was."""
    if not isinstance(before, frozenset) or not isinstance(after, frozenset) or not before:
        return ""
    return join_options(say_value(question, after - before))


def _say(question: Question, value: Value) -> str:
    """A number without what it counts, which the metric says already, unless that stands behind it: `38,5 % der …`."""
    if isinstance(value, Decimal) and _counts_in_words(question):
        return german.number(value)
    return join_options(say_value(question, value))


def _counts_in_words(question: Question) -> bool:
    return question.unit[:1].isalpha()


def _leave_out_unit(question: Question, said: str) -> str:
    """A goal may say a number with what it counts: `Angebote im Jahr: 1`."""
    return said.removeprefix(f"{question.unit}: ") if _counts_in_words(question) else said


def find_moved(questionnaire: Questionnaire, answers: Answers, goal: GoalWords, longest: int) -> Moved | None:
    """What is otherwise by now; None where all is as the goal says, or somebody says it in words of their own."""
    question = next((each for each in questionnaire.questions if _comes_from(each, goal)), None)
    if question is None:
        return None
    goal = GoalWords(_as_typed(goal.start), goal.measure, _as_typed(goal.now), _as_typed(goal.target))
    answer = answers.get(question.id, OPEN)
    now = say_standing(question, answer.value, longest)
    if not now:
        return None
    if not goal.now and question.kind is not Kind.NUMBER:
        return _move_start(question, answer, goal, now)
    return _move_metric(question, answer, goal, now)


def _move_metric(question: Question, answer: Answer, goal: GoalWords, now: str) -> Moved | None:
    """Where the metric says how it stood."""
    before = _leave_out_unit(question, goal.now)
    if now == before or (before and not _says_answer(question, before)):
        return None
    start = say_start(question, answer) if goal.start == _begin(question, goal.now) else goal.start
    return Moved(question.number, goal.now, now, start, now, _is_reached(question, answer, goal, now))


def _move_start(question: Question, answer: Answer, goal: GoalWords, now: str) -> Moved | None:
    """Where only the beginning says it."""
    start, (head, tail) = say_start(question, answer), _begin(question, "\n").split("\n")
    if start == goal.start or not (goal.start.startswith(head) and goal.start.endswith(tail)):
        return None
    before = goal.start.removeprefix(head).removesuffix(tail)
    if before not in STATES.values() and not _says_answer(question, before):
        return None
    return Moved(question.number, before, now, start, "", _is_reached(question, answer, goal, now))


def _is_reached(question: Question, answer: Answer, goal: GoalWords, now: str) -> bool:
    measure = next((each for each in question.measures if each.text == goal.measure), None)
    gives_all = measure is not None and _gives_all(question, answer, measure)
    return gives_all or now == _leave_out_unit(question, goal.target)


def _begin(question: Question, answered: str) -> str:
    return _as_typed(f"{question.number} {question.text} Bisher: {answered}.")


def _as_typed(said: str) -> str:
    """A field of a form gives back an ordinary space for one that does not break."""
    return said.replace(german.NO_BREAK, " ")


def _comes_from(question: Question, goal: GoalWords) -> bool:
    """Whether `goal` is one of the measures for `question`."""
    return any(measure.text == goal.measure for measure in question.measures)


def _says_answer(question: Question, said: str) -> bool:
    """Whether `said` is what an answer says, as `say_standing` says it, and not in words of somebody's own."""
    if question.kind is Kind.NUMBER:
        unit = "" if _counts_in_words(question) else question.unit
        digits = said.removesuffix(unit).strip(f"{german.NO_BREAK} ")
        return said.endswith(unit) and not digits.strip("0123456789,.")
    rest, texts = said.removesuffix(german.ELLIPSIS), (NOTHING_OF_IT, *(option.text for option in question.options))
    for text in sorted(texts, key=len, reverse=True):
        rest = rest.replace(text, "")
    rest = rest.strip(",; ")
    return not rest or (said.endswith(german.ELLIPSIS) and any(text.startswith(rest) for text in texts))


def _gives_all(question: Question, answer: Answer, measure: Measure) -> bool:
    """Whether the answer gives what it would after `measure`, or more."""
    return score(question, answer.value) >= score(question, value_after(answer, measure))
