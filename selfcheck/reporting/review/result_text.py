"""The result of an audit and its agreed goals, in German."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from selfcheck.core.questionnaire.model import CriterionId, Questionnaire
from selfcheck.core.review.release import Hindrance, ShownGoal
from selfcheck.core.review.result import Certified, Summed
from selfcheck.reporting.words import german

CERTIFIED = {Certified.UNSAID: "noch offen", Certified.YES: "ausgezeichnet", Certified.NO: "nicht ausgezeichnet"}
HINDRANCES = {
    Hindrance.NOT_PREPARED: "Das Ergebnis ist noch nicht als vorbereitet gekennzeichnet.",
    Hindrance.SENDER: "Der Absender ist noch nicht bestätigt. Er würde die Punkte sehen.",
    Hindrance.READER: "Ihre IHK möchte, dass vorher jemand anders gegenliest.",
    Hindrance.NOTHING: "Es ist nichts ausgewählt, was die Kommune sehen soll.",
    Hindrance.NO_RESULT: "Es ist noch kein Ergebnis gespeichert.",
}


def say_summed(questionnaire: Questionnaire, summed: Summed) -> str:
    """`82,5 von 118 Punkten, das sind 69,9 %. Die Marke liegt bei 70 %.`"""
    if len(summed.missing) == len(questionnaire.criteria):
        return ""
    said = f"{german.points(summed.points)} von {german.points_dative(summed.possible)}"
    if summed.share is None:
        letters = [questionnaire.criterion[id].letter for id in summed.missing]
        return f"{said} bisher; es fehlen {german.listing(letters)}."
    percent = german.percent(german.share(summed.points, summed.possible))
    reached = "erreicht" if summed.passes else "nicht erreicht"
    return f"{said}, das sind {percent}. Die Marke von {german.mark_percent(questionnaire.pass_mark)} ist {reached}."


def name_criterion(questionnaire: Questionnaire, id: str) -> str:
    """`C Familie und Beruf`; empty for none, and for one that is not known."""
    found = questionnaire.criterion.get(CriterionId(id))
    return f"{found.letter} {found.title}" if found is not None else ""


def describe_points(questionnaire: Questionnaire, points: Mapping[str, Decimal]) -> list[tuple[str, str]]:
    """Each criterion that has points, with them."""
    told = [(each, points[each.id]) for each in questionnaire.criteria if each.id in points]
    return [(f"{each.letter} {each.title}", german.points_count(amount)) for each, amount in told]


def say_goal(questionnaire: Questionnaire, goal: ShownGoal) -> list[tuple[str, str]]:
    """What was agreed on beside its title, as label and words."""
    facts = (
        ("Kriterium", name_criterion(questionnaire, goal.criterion)),
        ("Maßnahme", goal.measure),
        ("Messgröße", goal.metric or ""),
        ("Ausgangswert", goal.metric_now or ""),
        ("Zielwert", goal.target),
        ("Bis wann", german.day(goal.due) if goal.due else ""),
    )
    return [(label, words) for label, words in facts if words]
