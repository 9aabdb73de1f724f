"""What is not good enough yet, in German: a heading for each kind of flaw, a sentence for each flaw."""

from __future__ import annotations

from selfcheck.core.quality.flaws import Flaw, FlawKind
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german

HEADINGS = {
    FlawKind.UNPROVEN: "Angegeben, aber nichts belegt es",
    FlawKind.ENDS_EARLY: "Beleg gilt nicht lange genug",
    FlawKind.UNPLACED: "Fundstelle fehlt",
    FlawKind.ONE_FOR_MANY: "Ein Beleg für mehrere Antworten",
    FlawKind.UNUSED: "Beleg zu einer Antwort ohne Punkte",
    FlawKind.NOTE_MISSING: "Erläuterung fehlt",
    FlawKind.CONTRADICTION: "Passt das zusammen?",
    FlawKind.FEW_GOALS: "Noch zu wenige Entwicklungsziele",
    FlawKind.GOAL_WITHOUT_METRIC: "Ziel ohne Messgröße",
}


def say_flaw(questionnaire: Questionnaire, flaw: Flaw) -> str:
    """What is wrong at its place; empty where the heading says it already."""
    match flaw.kind:
        case FlawKind.ENDS_EARLY if flaw.ends is not None:
            return f"{german.quoted(flaw.title)} gilt nur bis {german.day(flaw.ends)}."
        case FlawKind.UNPLACED:
            return german.quoted(flaw.title)
        case FlawKind.ONE_FOR_MANY:
            only = f"{german.quoted(flaw.title)} ist der einzige Beleg"
            return f"{only} für {flaw.count} angekreuzte Antworten. Zeigt er alle?"
        case FlawKind.UNUSED:
            there = f"{german.quoted(flaw.title)} liegt" if flaw.count == 1 else f"{flaw.count} Belege liegen"
            return f"{there} vor. Stimmt die Antwort noch?"
        case FlawKind.NOTE_MISSING:
            return f"Hilfreich: {flaw.text}"
        case FlawKind.CONTRADICTION:
            return flaw.text
        case FlawKind.FEW_GOALS:
            goals = german.count(flaw.count, "Ziel steht", "Ziele stehen") if flaw.count else "Noch kein Ziel steht"
            return f"{goals} dort, erwartet werden {questionnaire.goals}."
        case _:
            return ""
