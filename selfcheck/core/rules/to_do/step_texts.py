"""The German words of the checklist's steps; when and why a step stands there is `checklist`'s business."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from selfcheck.core.questionnaire.model import Measure, Question
from selfcheck.core.rules import wording
from selfcheck.core.rules.answers import Evidence, Goal, PastGoal, Project
from selfcheck.core.text.contents import is_blank

CONTACT = "Ansprechperson benennen"
ASK_CHAMBER = (
    "Kontakt mit der IHK aufnehmen; Prüfbogen, Spielregeln und Dokumentationstabelle besorgen "
    "und mit dem Selbstcheck vergleichen"
)
COUNCIL = "Gremienbeschluss herbeiführen"
DESCRIBE_PROJECTS = "Projekte beschreiben, die Sonderpunkte bringen"
SHARE = "Bericht mit der IHK teilen"
FINAL = "Letzte Fassung des Berichts mit der IHK teilen"
PEOPLE = (
    "Termin mit der (Ober-)Bürgermeisterin oder dem (Ober-)Bürgermeister "
    "und den Leitungen der betroffenen Fachbereiche vereinbaren"
)
TABLE = "Entwurf der Dokumentationstabelle fertigstellen"
BINDER = "Ordner zusammenstellen"


def involve(department: str) -> str:
    return f"Fachbereich einbinden: {department}"


def answered(*, lacking: bool) -> str:
    """Why nobody has to ask a department; `lacking`: documents of its answers are missing."""
    return "Fragen sind beantwortet, Belege fehlen" if lacking else "Fragen sind beantwortet"


def clarify(question: Question) -> str:
    return f"{question.number} klären: {question.name}"


def reply(question: Question) -> str:
    return f"Rückfrage der IHK zu {question.number} beantworten"


def begin(measure: Measure) -> str:
    return f"Beginnen: {measure.text}"


def prove(question: Question, pieces: Sequence[Evidence], day: date) -> str:
    """What is to be proved, and what would do so, by name; one piece is enough."""
    missing = list_missing(question, pieces, day)
    enough = ", eines davon genügt" if len(missing) > 1 else ""
    return f"{question.number} belegen ({question.name}){enough}: {'; '.join(missing)}"


def proved(question: Question) -> str:
    return f"{question.number} belegen: {question.name}"


def according_to(number: str) -> str:
    """That the answer to a question says so."""
    return f"laut Antwort {number}"


def list_missing(question: Question, pieces: Sequence[Evidence], day: date) -> tuple[str, ...]:
    """What is noted but missing or expired on `day`; then what usually proves the answer and is not noted yet, unless a
    document of the municipality's own is noted.
    """
    named = [piece for piece in pieces if piece.title not in question.evidence]
    if named:  # a document with a name of its own takes the place of what is only suggested
        noted = [piece for piece in pieces if piece in named or piece.available]
        return tuple(_name_gap(piece, day) for piece in noted if not piece.counts(day))
    usual = (title for title in question.evidence if title not in {piece.title for piece in pieces})
    return (*(_name_gap(piece, day) for piece in pieces if not piece.counts(day)), *usual)


def _name_gap(piece: Evidence, day: date) -> str:
    if piece.valid_until is not None and piece.available and piece.expired(day):
        return f"{piece.title} (gilt nur bis {wording.day(piece.valid_until)})"
    return piece.title


def follow(label: str, title: str, *, answered: bool) -> str:
    """What to do about a recommendation of the chamber."""
    return f"Empfehlung {label} {'umsetzen' if answered else 'beantworten'}: {title}"


def prove_project(project: Project) -> str:
    return f"Projekt belegen: {wording.quoted(project.title)}"


def prove_goal(goal: PastGoal) -> str:
    return f"Erreichtes Ziel belegen: {wording.quoted(goal.title)}"


def propose_goal(number: int, goal: Goal | None) -> str:
    """What to do about a proposed goal that does not exist or is not complete."""
    if goal is None:
        return f"Entwicklungsziel {number} mit Maßnahme und Messgröße vorschlagen"
    parts = {"Titel": goal.title, "Maßnahme": goal.measure, "Messgröße": goal.metric}
    lacking = wording.listing([name for name, text in parts.items() if is_blank(text)])
    return f"Entwicklungsziel {number} ergänzen: {lacking}"
