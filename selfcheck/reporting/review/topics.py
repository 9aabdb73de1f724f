"""What there is to talk about in an interview: one topic per place, in the order of the Prüfbogen, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.core.review.agenda import GOAL_KEY, Matter
from selfcheck.core.review.judgement import Said, Sufficiency, is_asked
from selfcheck.core.rules.answers import OPEN
from selfcheck.reporting.report.report import FIELD_WORDS
from selfcheck.reporting.report.stand import Entry, Stand
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import say_missing

CRITERION_KEY = "kriterium-"
"""Begins the key of what is about a whole criterion."""
VERDICTS = {
    Sufficiency.MISSING: "Urteil der IHK: Beleg fehlt",
    Sufficiency.UNCLEAR: "Urteil der IHK: Beleg unklar",
    Sufficiency.TO_DISCUSS: "im Gespräch klären",
}
LACKING = (Sufficiency.MISSING, Sufficiency.UNCLEAR)
GOAL_LETTERS = frozenset("0123456789abcdef-")
LONGEST_GOAL_KEY = 32
NO_NUMBER, GONE = "–", "Steht nicht mehr im Stand, den die Kommune zuletzt geteilt hat."
"""How a topic is numbered that the newest Stand has no more, and why it is a topic at all."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation; `question` is empty where it is about the whole criterion, `sent`: the town sees it."""

    label: str
    criterion: str
    question: str
    title: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Material:
    """What an agenda is made of: the reviewed Stand, and what advisors did with it. `asked` are the questions of the
    chamber that are not closed, each with its newest text."""

    questionnaire: Questionnaire
    stand: Stand
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    advice: Sequence[Advice] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """One place with everything that is to be talked about there. `inner` are the reasons that only the chamber knows:
    its own points and verdicts, and what it has not sent."""

    key: str
    number: str
    title: str
    reasons: tuple[str, ...]
    inner: tuple[str, ...]
    matter: Matter
    department: str = ""


def list_topics(material: Material) -> tuple[Topic, ...]:
    """Every place there is, whether or not there is something to say: questions, after those of a criterion the
    criterion itself, then the goals that the town proposes."""
    topics: list[Topic] = []
    for criterion in material.questionnaire.criteria:
        topics += [_question(material, question) for question in criterion.questions]
        advice = [each for each in material.advice if each.criterion == criterion.id and not each.question]
        topics.append(
            Topic(
                f"{CRITERION_KEY}{criterion.letter.lower()}",
                criterion.letter,
                criterion.title,
                _say_advice(advice, sent=True),
                _say_advice(advice, sent=False),
                Matter(recommendations=len(advice)),
            )
        )
    return (*topics, *_list_goals(material.stand.goals))


def list_gone(keys: Iterable[str], earlier: Iterable[Topic]) -> Iterator[Topic]:
    """Topics for `keys` that the newest Stand has no more, called as in `earlier` ones, where they are known there."""
    known = {topic.key: topic for topic in earlier}
    for key in keys:
        before = known.get(key)
        title = "Früheres Ziel" if is_goal(key) else "Frühere Frage"
        if before is not None:
            title = before.title if is_goal(key) else f"{before.number} {before.title}"
        yield Topic(key, NO_NUMBER, title, (GONE,), (), Matter())


def is_goal(key: str) -> bool:
    """Whether `key` can be that of a goal, now or in an earlier Stand."""
    rest = key.removeprefix(GOAL_KEY)
    return rest != key and 0 < len(rest) <= LONGEST_GOAL_KEY and set(rest) <= GOAL_LETTERS


def _question(material: Material, question: Question) -> Topic:
    asked, said = material.asked.get(question.id, ()), material.said.get(question.id, Said())
    advice = [each for each in material.advice if each.question == question.id]
    lacking = tuple(_say_lacking(material, question))
    judged = (VERDICTS[said.verdict],) if said.verdict in VERDICTS else ()
    difference, possible = _find_difference(material, question, said)
    matter = Matter(
        threads=len(asked),
        papers=len(lacking) + (said.verdict in LACKING),
        difference=difference,
        possible=possible,
        discuss=said.verdict is Sufficiency.TO_DISCUSS,
        recommendations=len(advice),
    )
    reasons = (*(f"Rückfrage: {text}" for text in asked), *lacking, *_say_advice(advice, sent=True))
    inner = (*judged, *_say_difference(material, question, said, difference, possible))
    return Topic(
        question.id,
        question.number,
        question.name,
        reasons,
        (*inner, *_say_advice(advice, sent=False)),
        matter,
        question.department,
    )


def _say_lacking(material: Material, question: Question) -> Iterator[str]:
    """What lacks a document."""
    stand = material.stand
    line = stand.estimate.line[question.id]
    if question.needs_evidence and is_asked(line) and line.points.unproven > 0:
        yield f"Beleg fehlt: {say_missing(question, stand.answers.get(question.id, OPEN), stand.day)}"


def _find_difference(material: Material, question: Question, said: Said) -> tuple[Decimal, Decimal]:
    """The chamber's points less those of the town, and of how many."""
    points = material.stand.estimate.line[question.id].points
    if said.points is None:
        return Decimal(0), points.possible
    return said.points - points.claimed, max(points.possible, said.points)


def _say_difference(
    material: Material, question: Question, said: Said, difference: Decimal, possible: Decimal
) -> Iterator[str]:
    if difference and said.points is not None:
        town = german.points(material.stand.estimate.line[question.id].points.claimed)
        yield f"Kommune {town}, IHK {german.points(said.points)} von {german.points_dative(possible)}"
        if said.reason:
            yield f"Begründung der IHK: {said.reason}"


def _say_advice(advice: Iterable[Advice], *, sent: bool) -> tuple[str, ...]:
    return tuple(f"Empfehlung {each.label}: {each.title}" for each in advice if each.sent == sent)


def _list_goals(goals: Iterable[Entry]) -> Iterator[Topic]:
    """Their keys come from what they are called: their places change when one before them goes."""
    times: dict[str, int] = {}
    for place, goal in enumerate(goals, start=1):
        mark = hashlib.blake2b(goal.title.encode(), digest_size=8).hexdigest()
        times[mark] = times.get(mark, 0) + 1
        key = f"{GOAL_KEY}{mark}" if times[mark] == 1 else f"{GOAL_KEY}{mark}-{times[mark]}"
        facts = (f"{word}: {goal.fields[name]}" for name, word in FIELD_WORDS.items() if goal.fields.get(name))
        yield Topic(key, f"Ziel {place}", goal.title or "ohne Titel", tuple(facts), (), Matter(goals=1))
