"""What a chamber has released, in German: as the town reads it, and as the advisor sees it beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.review.judgement import Sufficiency
from selfcheck.core.review.release import Release, ShownJudgement, ShownResult
from selfcheck.reporting.review.judgement_text import VERDICTS
from selfcheck.reporting.review.result_text import CERTIFIED, describe_points, say_goal
from selfcheck.reporting.words import german

NONE = "–"


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One question: number and short name, points of the town and of the chamber, the difference, verdict and reason;
    a dash where nothing is said."""

    number: str
    name: str
    town: str
    chamber: str
    difference: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class GoalShown:
    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything in words. `stand` says which one was judged, `judged` how many questions; `unknown`: to so many more
    something is said that cannot be shown; `facts` are the result as label and words, empty where it was not
    released."""

    stand: int
    judgements: tuple[JudgementRow, ...]
    judged: str
    unknown: int
    facts: tuple[tuple[str, str], ...]
    next_steps: str
    goals: tuple[GoalShown, ...]


def describe_release(questionnaire: Questionnaire, release: Release) -> Shown:
    """`questionnaire` is that of the Stand; questions that it does not know are only counted."""
    judgements = release.judgements or {}
    rows = tuple(
        _describe(questionnaire, id, said)
        for id in (question.id for question in questionnaire.questions)
        if (said := judgements.get(id)) is not None
    )
    unknown = len(judgements) - len(rows)
    judged = german.count(len(rows), "eingeschätzte Frage", "eingeschätzte Fragen") if rows else ""
    result = release.result
    if result is None:
        return Shown(release.stand, rows, judged, unknown, (), "", ())
    goals = tuple(GoalShown(goal.title, tuple(say_goal(questionnaire, goal))) for goal in result.goals)
    facts = _list_facts(questionnaire, result)
    return Shown(release.stand, rows, judged, unknown, facts, result.next_steps, goals)


def _describe(questionnaire: Questionnaire, id: QuestionId, said: ShownJudgement) -> JudgementRow:
    question = questionnaire.question[id]
    verdict = VERDICTS[Sufficiency(said.verdict)] if said.verdict in set(Sufficiency) else NONE
    points = said.points
    return JudgementRow(
        question.number,
        question.name,
        german.points(said.claimed),
        german.points(points) if points is not None else NONE,
        german.signed(points - said.claimed) if points is not None else NONE,
        verdict,
        said.reason,
    )


def _list_facts(questionnaire: Questionnaire, result: ShownResult) -> tuple[tuple[str, str], ...]:
    whole = sum(result.points.values(), result.bonus)
    facts = (
        ("Entscheidung", CERTIFIED[result.certified]),
        ("Tag der Auszeichnung", _day(result.awarded)),
        ("Gültig bis", _day(result.until)),
        ("Nächste Auditierung beginnen ab", _day(result.begin)),
        *describe_points(questionnaire, result.points),
        ("Sonderpunkte", german.points_count(result.bonus) if result.bonus else ""),
        ("Zusammen", german.points_count(whole) if result.points else ""),
    )
    return tuple((label, words) for label, words in facts if words)


def _day(day: date | None) -> str:
    return german.day(day) if day is not None else ""
