"""What happened in the team, in words for the history: who was invited, asked, withdrawn; who took over; who is to
answer a question, and that colleagues asked each other about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.reporting.words import german

Facts = Mapping[str, object]
TITLES = {
    "invited": "Eingeladen",
    "extended": "Zeit geändert",
    "issued": "Neuer Link ausgestellt",
    "reminded": "Erinnert",
    "withdrawn": "Zugang zurückgezogen",
    "asked": "Fragen geändert",
    "reassigned": "Frage neu zugeordnet",
    "taken_over": "In ein Konto übernommen",
    "handed_over": "Koordination übergeben",
    "promoted": "Zur Koordination gemacht",
    "left": "Selbstcheck verlassen",
    "appointed": "Koordination durch den Betreiber eingesetzt",
}
COMMENT_EVENTS = {
    "asked": "Rückfrage",
    "resolved": "Rückfrage erledigt",
    "reopened": "Rückfrage wieder geöffnet",
    "removed": "Rückfrage entfernt",
}
NOBODY = "niemand"
NAMELESS = "ohne Namen"


def say_team_event(questionnaire: Questionnaire, facts: Facts) -> tuple[str, str]:
    """Title and what it was about; an event that is not known (any more) by its stored name."""
    event = str(facts.get("event"))
    say = _ABOUT.get(event, _say_label)
    return TITLES.get(event, f"Team: {event}"), say(questionnaire, facts)


def say_comment(after: object) -> str:
    """What happened with a comment; what it said is not known here."""
    event = after.get("event") if isinstance(after, Mapping) else after
    return COMMENT_EVENTS.get(str(event), "Rückfrage")


def say_assignee(value: object) -> str:
    """The person's place as the history keeps it: `name` and `place`."""
    if not isinstance(value, Mapping):
        return NOBODY
    name, place = (str(value.get(key) or "") for key in ("name", "place"))
    return f"{name} ({place})" if name and place else name or place


def _say_label(questionnaire: Questionnaire, facts: Facts) -> str:
    return str(facts.get("label") or "")


def _say_person(questionnaire: Questionnaire, facts: Facts) -> str:
    """Whom it was about. Older rows hold an address where there was no name; colleagues are not to read it."""
    label = _say_label(questionnaire, facts)
    return label if label and "@" not in label else NAMELESS


def _say_invited(questionnaire: Questionnaire, facts: Facts) -> str:
    count = len(_list(facts.get("questions")))
    asked = german.count(count, "Frage", "Fragen") if count else ""
    return _join(_say_label(questionnaire, facts), asked, *_say_days(facts))


def _say_asked(questionnaire: Questionnaire, facts: Facts) -> str:
    added, removed = (_name(questionnaire, facts.get(name)) for name in ("added", "removed"))
    parts = (f"dazu: {added}" if added else "", f"nicht mehr: {removed}" if removed else "")
    return _join(_say_label(questionnaire, facts), *parts)


def _say_reassigned(questionnaire: Questionnaire, facts: Facts) -> str:
    target = str(facts.get("to") or "Koordination")
    question = _name(questionnaire, [facts.get("question")])
    return f"{question}: von {_say_label(questionnaire, facts)} an {target}"


def _say_appointed(questionnaire: Questionnaire, facts: Facts) -> str:
    return _join(_say_person(questionnaire, facts), f"Grund: {facts.get('reason')}")


_ABOUT: Mapping[str, Callable[[Questionnaire, Facts], str]] = {
    "invited": _say_invited,
    "extended": _say_invited,
    "asked": _say_asked,
    "reassigned": _say_reassigned,
    "appointed": _say_appointed,
    **dict.fromkeys(("taken_over", "handed_over", "promoted", "left"), _say_person),
}


def _say_days(facts: Facts) -> list[str]:
    words = {"due_on": "Antworten bis", "ends_on": "Link gilt bis"}
    return [f"{said} {german.stored_day(str(facts[name]))}" for name, said in words.items() if facts.get(name)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _name(questionnaire: Questionnaire, ids: object) -> str:
    """Questions by their numbers."""
    known = questionnaire.question
    named = [QuestionId(str(id)) for id in _list(ids)]
    return ", ".join(known[id].number if id in known else str(id) for id in named)


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
