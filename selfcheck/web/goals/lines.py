"""What an entry says while it is folded, and on paper; and what all entries bring."""

from __future__ import annotations

from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.rules.answers import Goal
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.text.contents import is_blank
from selfcheck.reporting.report.goal_text import Moved
from selfcheck.reporting.words import german
from selfcheck.reporting.words.interim_text import UNSAID
from selfcheck.reporting.words.totals import count_bonus
from selfcheck.store.parts.values import EntryText, GoalText, PastGoalText
from selfcheck.web.goals.forms import ACHIEVED, list_facts

Tag = tuple[str, str]
"""Kind and words."""


@dataclass(frozen=True, slots=True)
class Line:
    """`rest` stands behind the title, `facts` are all fields that say something, as (label, words)."""

    title: str
    rest: str
    tag: Tag | None
    facts: tuple[tuple[str, str], ...]


def write_line(text: EntryText, questionnaire: Questionnaire, moved: Moved | None = None) -> Line:
    """One entry in one line, and in all its words; `moved`: its question is answered otherwise by now."""
    rest = (f"bis {german.day(text.due)}" if text.due else "", text.person) if isinstance(text, GoalText) else ()
    tag, facts = _judge(text), _list_facts(text, questionnaire)
    if moved is not None:
        tag = ("warning", "schon erreicht" if moved.reached else "Antwort geändert")
        facts.append(("Antwort inzwischen", moved.now))
    return Line(text.title, " · ".join(filter(None, rest)), tag, tuple(facts))


def _judge(text: EntryText) -> Tag | None:
    """What is still to do with an entry, or that all is well; nothing for a goal that is complete."""
    if isinstance(text, GoalText):
        return None if Goal(0, text.title, text.measure, text.metric).complete else ("warning", _say_lacking(text))
    proof = "belegt" if text.documented else "Beleg fehlt"
    if isinstance(text, PastGoalText):
        if not text.told:
            return "warning", UNSAID
        if not text.achieved:
            return "lost", "bisher nicht erreicht"
        proof = f"erreicht, {proof}"
    return "done" if text.documented else "warning", proof


def _say_lacking(text: GoalText) -> str:
    lacking = [word for word, said in (("Maßnahme", text.measure), ("Messgröße", text.metric)) if is_blank(said)]
    return f"{german.listing(lacking)} {'fehlt' if len(lacking) == 1 else 'fehlen'}"


def say_what_to_add(text: GoalText) -> str:
    """What whoever has taken a goal over goes on with: only what is missing."""
    asked = (
        ("wie es heute ist", text.start),
        ("eine Messgröße", text.metric),
        ("der Stand heute", text.metric_now),
        ("der Zielwert", text.metric_target),
        ("bis wann das Ziel erreicht sein soll", text.due),
        ("wer sich kümmert", text.person),
    )
    missing = german.listing([words for words, said in asked if not said])
    return f"Das Ziel steht jetzt unten. {f'Es fehlt noch: {missing}.' if missing else 'Prüfen Sie, ob alles stimmt.'}"


def _list_facts(text: EntryText, questionnaire: Questionnaire) -> list[tuple[str, str]]:
    if isinstance(text, PastGoalText) and not text.told:
        return [(ACHIEVED, UNSAID)]
    return [(label, words) for name, label, words in list_facts(text, questionnaire) if name != "title"]


def say_bonus(questionnaire: Questionnaire, estimate: Estimate) -> str:
    """The sum of Sonderpunkte: how many, how many of them proven, and where they end."""
    bonus, proven, most = estimate.bonus, estimate.documented_bonus, questionnaire.bonus.at_most
    if not bonus:
        return f"Bisher keine Sonderpunkte; höchstens {german.points(most)} zählen."
    said = (
        "alle belegt" if proven == bonus else f"davon {german.points(proven)} belegt" if proven else "noch ohne Beleg"
    )
    end = "Mehr zählen nicht." if bonus >= most else f"Höchstens {german.points(most)} zählen."
    return f"Bisher {count_bonus(bonus)}, {said}. {end}"
