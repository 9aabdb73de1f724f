"""Both values of a result, or of an agreed goal, that somebody else saved meanwhile: only what differs."""

from __future__ import annotations

from collections.abc import Iterable

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.review.result_text import CERTIFIED, describe_points, name_criterion
from selfcheck.reporting.words import german
from selfcheck.store.chamber.result.results import BONUS, AgreedText, AgreedWrite, ResultText
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.parts.conflicts import EMPTY, ConflictShown

Words = dict[str, str]
SOMEBODY = "jemand anders"


def show_result(questionnaire: Questionnaire, mine: ResultText, met: Conflict) -> ConflictShown:
    """What is said of the audit as a whole."""
    return _show(_say_result(questionnaire, mine), _say_result(questionnaire, met.theirs.text), met)


def show_goal(questionnaire: Questionnaire, write: AgreedWrite, met: Conflict) -> ConflictShown:
    """One goal; taken away it says nothing."""
    title = (met.theirs or write.text or AgreedText("")).title
    return _show(_say_goal(questionnaire, title, write.text), _say_goal(questionnaire, title, met.theirs), met)


def join(met: list[ConflictShown]) -> ConflictShown:
    """All that differs in one box, with whoever was last."""
    last = max(met, key=lambda each: each.when)
    fields = tuple(field for each in met for field in each.fields)
    return ConflictShown("", "", "", "", last.who, last.when, met[0].version, fields=fields)


def _show(mine: Words, theirs: Words, met: Conflict) -> ConflictShown:
    labels = [label for label in dict.fromkeys((*mine, *theirs)) if mine.get(label) != theirs.get(label)]
    fields = tuple((label, mine.get(label, EMPTY), theirs.get(label, EMPTY)) for label in labels)
    return ConflictShown("", "", "", "", met.who or SOMEBODY, met.at, met.version, fields=fields)


def _say_result(questionnaire: Questionnaire, text: ResultText) -> Words:
    bonus = text.points.get(BONUS)
    facts = (
        *describe_points(questionnaire, text.points),
        ("Sonderpunkte", german.points_count(bonus) if bonus is not None else ""),
        ("Entscheidung", CERTIFIED[text.certified]),
        ("Tag der Auszeichnung", german.day(text.awarded) if text.awarded else ""),
        ("Nächste Schritte", text.next_steps),
    )
    return _keep(facts)


def _say_goal(questionnaire: Questionnaire, title: str, text: AgreedText | None) -> Words:
    """Each label begins with the goal's `title`: several may differ."""
    if text is None:
        return {}
    facts = (
        ("Ziel", text.title),
        ("Kriterium", name_criterion(questionnaire, text.criterion)),
        ("Maßnahme", text.measure),
        ("Messgröße", text.metric),
        ("Ausgangswert", text.metric_now),
        ("Zielwert", text.target),
        ("Bis wann", german.day(text.due) if text.due else ""),
    )
    return _keep((f"„{title}“, {label}", words) for label, words in facts)


def _keep(facts: Iterable[tuple[str, str]]) -> Words:
    return {label: words for label, words in facts if words}
