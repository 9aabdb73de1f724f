"""One change of the history in words: what it was about, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.rules.answers import State, value_from_plain
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import say_choice
from selfcheck.reporting.words.names import AUDITS, CENTRALITIES, name_step
from selfcheck.reporting.words.removed_text import say_marks
from selfcheck.reporting.words.team_text import say_team_event
from selfcheck.reporting.words.together_text import say_assignee, say_comment

EMPTY = "(leer)"
UNTOUCHED = {"done": False}
"""What was known about a step of the checklist before anybody touched it."""
EVENTS = {
    "begun": "Selbstcheck begonnen",
    "imported": "Aus Datei übernommen",
    "deleted": "Selbstcheck gelöscht",
    "restored": "Selbstcheck wiederhergestellt",
}
LABELS = {
    "municipality": "Name der Kommune",
    "district": "Landkreis oder kreisfreie Stadt",
    "interview": "Prüfgespräch",
    "contact_name": "Ansprechperson",
    "contact_office": "Amt",
    "contact_phone": "Telefon",
    "contact_mail": "E-Mail",
    "title": "Titel",
    "criterion": "Kriterium",
    "link": "Link",
    "file_number": "Aktenzeichen oder Ordner",
    "page": "Seite",
    "valid_until": "gültig bis",
    "start": "Ausgangslage",
    "measure": "Maßnahme",
    "metric": "Messgröße",
    "metric_now": "Stand heute",
    "metric_target": "Zielwert",
    "due": "bis wann",
    "person": "wer",
    "note": "Notiz",
    "description": "Beschreibung",
    "effect": "Wirkung",
    "evidence": "Beleg",
}
FLAGS = {
    "available": ("liegt vor", "fehlt noch"),
    "done": ("erledigt", "noch nicht erledigt"),
    "achieved": ("erreicht", "nicht erreicht"),
    "documented": ("Beleg liegt vor", "Beleg fehlt"),
}
PROFILE = {"place": CENTRALITIES | {"unknown": "Einstufung noch unklar"}, "audit": AUDITS}
TITLES = {
    "choice": "Antwort",
    "note": "Erläuterung",
    "evidence": "Nachweis",
    "step": "Checkliste",
    "goal": "Entwicklungsziel",
    "past_goal": "Ziel der letzten Auditierung",
    "project": "Projekt",
    "details": "Angaben zur Kommune",
    "comment": "Rückfrage",
    "check": "Selbstcheck",
    "message": "Nachricht an die Koordination",
    "assignment": "Zuständigkeit",
}
CHARGES = ("Nicht unsere Zuständigkeit", "Doch zuständig")
RETURNED = "An die Koordination zurückgegeben"


@dataclass(frozen=True, slots=True)
class ChangeText:
    """`question` is the question a change belongs to, if any."""

    title: str
    about: str
    before: str
    after: str
    question: QuestionId | None


def say_change(
    questionnaire: Questionnaire,
    part: str,
    subject: str,
    before: object,
    after: object,
    districts: Mapping[str, str],
) -> ChangeText:
    """Any stored change in words; as stored where neither questionnaire nor `districts` (names by key) know it."""
    happened = _say_happened(questionnaire, part, subject, before, after)
    return happened or _say_content(questionnaire, part, subject, say_marks(before), say_marks(after), districts)


def _say_happened(
    questionnaire: Questionnaire, part: str, subject: str, before: object, after: object
) -> ChangeText | None:
    """What happened without changing anything that is answered; None for all other parts."""
    title = TITLES.get(part, part)
    if part == "team" and isinstance(after, Mapping):
        return ChangeText(*say_team_event(questionnaire, after), "", "", None)
    if part in ("check", "share"):
        return _say_event(title, before, after)
    if part in ("charge", "return"):
        return _say_office(questionnaire, part, subject, after)
    if part in ("assignment", "comment"):
        return _say_together(questionnaire, part, subject, before, after)
    if part == "state":
        return _say_name(before, after)
    if part == "redaction" and isinstance(after, Mapping):
        return _say_redaction(questionnaire, subject, after)
    return None


def _say_name(before: object, after: object) -> ChangeText:
    """A Stand was named, renamed, or lost its name."""
    if before is None:
        return ChangeText("Stand benannt", str(after), "", "", None)
    if after is None:
        return ChangeText("Name eines Standes entfernt", str(before), "", "", None)
    return ChangeText("Stand umbenannt", "", str(before), str(after), None)


def _say_redaction(questionnaire: Questionnaire, subject: str, facts: Mapping[str, object]) -> ChangeText:
    """That a text was taken out, and where; a piece of evidence is named by its question."""
    part = str(facts.get("part"))
    question = QuestionId(str(facts.get("question") or (subject if part in ("choice", "note") else "")))
    known = question if question in questionnaire.question else None
    where = TITLES.get(part, part)
    about = f"{where} zu {questionnaire.question[known].number}" if known else where
    reason = str(facts.get("reason") or "")
    return ChangeText("Text überall entfernt", f"{about}. Grund: {reason}" if reason else about, "", "", None)


def _say_content(
    questionnaire: Questionnaire,
    part: str,
    subject: str,
    before: object,
    after: object,
    districts: Mapping[str, str],
) -> ChangeText:
    title = TITLES.get(part, part)
    criteria = {str(each.id): each.title for each in questionnaire.criteria}
    words = {"district": districts, "criterion": criteria}
    before, after = _name_ids(before, words), _name_ids(after, words)
    question = _question_of(questionnaire, part, subject, before, after)
    if part == "step" and before is None and isinstance(after, Mapping) and not after.get("own"):
        before = UNTOUCHED
    both = before is not None and after is not None
    said = [_say(questionnaire, part, subject, value, both) for value in _keep_changed(part, before, after)]
    if part in ("choice", "note") or question is not None:
        about = questionnaire.question[question].text if question else subject
        return ChangeText(title, about, said[0], said[1], question)
    return ChangeText(*_head(questionnaire, part, subject, before, after), said[0], said[1], None)


def _say_event(title: str, before: object, after: object) -> ChangeText:
    """What happened, or with whom a Stand was shared: of a withdrawn one only that is known, from before."""
    if isinstance(after, Mapping):
        ends_on = after.get("ends_on")
        until = f", bis {_say_day(str(ends_on))}" if ends_on else ""
        return ChangeText("Stand geteilt", f"{after.get('label')}{until}", "", "", None)
    if isinstance(before, Mapping):
        return ChangeText("Geteilten Stand zurückgezogen", str(before.get("label")), "", "", None)
    return ChangeText(EVENTS.get(str(after), f"{title}: {after}"), "", "", "", None)


def _say_office(questionnaire: Questionnaire, part: str, subject: str, after: object) -> ChangeText:
    """What an office did beside answering: handed everything back, or one question as not its own."""
    if part == "return":
        return ChangeText(RETURNED, "", "", "", None)
    question = questionnaire.question.get(QuestionId(subject))
    title = CHARGES[0 if after else 1]
    return ChangeText(title, question.text if question else subject, "", "", question.id if question else None)


def _say_together(questionnaire: Questionnaire, part: str, subject: str, before: object, after: object) -> ChangeText:
    """Who is to answer a question, before and after; or that something was asked about it, not what."""
    question = questionnaire.question.get(QuestionId(subject))
    about, id = (question.text, question.id) if question else (subject, None)
    if part == "comment":
        return ChangeText(say_comment(after), about, "", "", id)
    return ChangeText(TITLES[part], about, say_assignee(before), say_assignee(after), id)


def _head(questionnaire: Questionnaire, part: str, subject: str, before: object, after: object) -> tuple[str, str]:
    """Title, and which step or entry it is: own ones by their own title."""
    title = TITLES.get(part, part)
    known = next((value for value in (after, before) if isinstance(value, Mapping)), {})
    if part == "step" and not known.get("own"):
        about = name_step(questionnaire, subject)
        return title, "" if about == subject else about
    return "Eigener Schritt" if part == "step" else title, str(known.get("title") or "")


def _keep_changed(part: str, before: object, after: object) -> tuple[object, object]:
    """Of two sets of facts only what differs, and the title of a piece of evidence, by which one knows it."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping) or part == "choice":
        return before, after
    changed = {name for name in after if (before.get(name) or "") != (after[name] or "")}
    names = [name for name in after if name in changed or (part == "evidence" and name == "title")]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _name_ids(value: object, words: Mapping[str, Mapping[str, str]]) -> object:
    """Facts that are stored as ids, by their names."""
    if not isinstance(value, Mapping):
        return value
    return {name: words[name].get(str(each), each) if name in words else each for name, each in value.items()}


def _question_of(
    questionnaire: Questionnaire, part: str, subject: str, before: object, after: object
) -> QuestionId | None:
    id = subject
    if part == "evidence":
        known = next((value for value in (after, before) if isinstance(value, Mapping)), {})
        id = str(known.get("question", ""))
    if part not in ("choice", "note", "evidence") or QuestionId(id) not in questionnaire.question:
        return None
    return QuestionId(id)


def _say(questionnaire: Questionnaire, part: str, subject: str, value: object, both: bool) -> str:
    """`both`: the fact stands on both sides, so an empty one is named too."""
    if value is None:
        return EMPTY
    if part == "choice" and isinstance(value, Mapping):
        return _say_choice(questionnaire, subject, value)
    if isinstance(value, Mapping):
        return "\n".join(_facts(value, both)) or EMPTY
    return str(value) or EMPTY


def _say_choice(questionnaire: Questionnaire, subject: str, value: Mapping[str, object]) -> str:
    question = questionnaire.question.get(QuestionId(subject))
    state = str(value.get("state"))
    if question is None or state not in {str(known) for known in State}:
        return str(value.get("value") or state)
    known = value_from_plain(question, value.get("value"))
    if known is None and state == State.GIVEN:
        return str(value.get("value"))
    return say_choice(question, State(state), known, str(value.get("reason") or ""))


def _facts(value: Mapping[str, object], both: bool) -> list[str]:
    said = []
    for name, each in value.items():
        if name in FLAGS and isinstance(each, bool):
            said.append(FLAGS[name][0 if each else 1])
        elif name in PROFILE and each:
            said.append(PROFILE[name].get(str(each), str(each)))
        elif name in LABELS and (each or both):
            said.append(f"{LABELS[name]}: {_say_day(str(each)) if each else EMPTY}")
    return said


def _say_day(text: str) -> str:
    if len(text) != 10:
        return text
    try:
        return german.day(date.fromisoformat(text))
    except ValueError:
        return text
