"""One change of the history in words: what it was about, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.removed import replace_marks
from selfcheck.core.rules.answers import State, value_from_plain
from selfcheck.reporting.history.change_words import AMOUNTS, EVENTS, FLAGS, LABELS, PROFILE, TITLES
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.history.talk_text import say_talk
from selfcheck.reporting.history.team_text import say_assignee, say_comment, say_team_event
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import say_choice
from selfcheck.reporting.words.documents import say_revision
from selfcheck.reporting.words.interim_text import REACHED, say_interim
from selfcheck.reporting.words.names import DOCUMENTS, name_step

EMPTY = "(leer)"
FORMER = "frühere Frage"
"""What a question is called that is asked in another version only."""
FORMER_CRITERION = "früheres Kriterium"
UNTOUCHED = {"done": False}
"""What was known about a step of the checklist before anybody touched it."""
OF_QUESTIONS = ("choice", "note", "sheet")
"""Parts whose subject is a question."""
ASKED = {"comment": say_comment, "talk": say_talk}
"""Parts of which the history tells that something was said, never what."""
CHARGES = ("Nicht unsere Zuständigkeit", "Doch zuständig")
RETURNED = "An die Koordination zurückgegeben"


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """One stored change, or two values of one place: which part of what, with plain content on both sides."""

    part: str
    subject: str
    before: object
    after: object

    @property
    def title(self) -> str:
        return TITLES.get(self.part, self.part)

    @property
    def known(self) -> Mapping[str, object]:
        """The facts of what it was about, as they are now or else were before."""
        return next((side for side in (self.after, self.before) if isinstance(side, Mapping)), {})

    @property
    def sides(self) -> tuple[object, object]:
        return self.before, self.after


@dataclass(frozen=True, slots=True)
class ChangeText:
    """`question` is the question a change belongs to, if any."""

    title: str
    about: str = ""
    before: str = ""
    after: str = ""
    question: QuestionId | None = None


def say_change(questionnaire: Questionnaire, change: ChangeFacts, districts: Mapping[str, str]) -> ChangeText:
    """Any stored change in words; as stored where neither questionnaire nor `districts` (names by key) know it."""
    happened = _say_happened(questionnaire, change)
    return happened or _say_content(questionnaire, change, districts)


def _say_happened(questionnaire: Questionnaire, change: ChangeFacts) -> ChangeText | None:
    """What happened without changing anything that is answered; None for all other parts."""
    after = change.after
    if change.part == "team" and isinstance(after, Mapping):
        return ChangeText(*say_team_event(questionnaire, after))
    if change.part in ("check", "share"):
        return _say_event(change)
    if change.part == "return":
        return ChangeText(RETURNED)
    if change.part in ("charge", "assignment", *ASKED):
        return _say_about_question(questionnaire, change)
    if change.part == "state":
        return _say_name(change)
    if change.part == "file" and isinstance(after, Mapping):
        return _say_file(questionnaire, after)
    if change.part == "redaction" and isinstance(after, Mapping):
        return _say_redaction(questionnaire, change.subject, after)
    return None


def _say_name(change: ChangeFacts) -> ChangeText:
    """A Stand was named, renamed, or lost its name."""
    if change.before is None:
        return ChangeText("Stand benannt", str(change.after))
    if change.after is None:
        return ChangeText("Name eines Standes entfernt", str(change.before))
    return ChangeText("Stand umbenannt", "", str(change.before), str(change.after))


def _say_redaction(questionnaire: Questionnaire, subject: str, facts: Mapping[str, object]) -> ChangeText:
    """That a text was taken out, and where; a piece of evidence is named by its question."""
    part = str(facts.get("part"))
    id = facts.get("question") or (subject if part in OF_QUESTIONS else "")
    question = questionnaire.question.get(QuestionId(str(id)))
    where = TITLES.get(part, part)
    about = f"{where} zu {question.number}" if question else where
    reason = facts.get("reason")
    return ChangeText("Text überall entfernt", f"{about}. Grund: {reason}" if reason else about)


def _say_file(questionnaire: Questionnaire, facts: Mapping[str, object]) -> ChangeText:
    """That a file came, for which question, and as which revision; its name stands with the file only."""
    question = questionnaire.question.get(QuestionId(str(facts.get("question"))))
    return ChangeText(
        "Datei hochgeladen",
        f"Beleg zu {question.name}" if question else "Beleg",
        after=say_revision(facts.get("number"), facts.get("size")),
        question=question.id if question else None,
    )


def _say_event(change: ChangeFacts) -> ChangeText:
    """What happened, or with whom a Stand was shared: of a withdrawn one only that is known, from before."""
    before, after = change.sides
    if change.known.get("chamber"):
        return _say_chamber(change)
    if isinstance(after, Mapping):
        ends_on = after.get("ends_on")
        until = f", bis {german.stored_day(str(ends_on))}" if ends_on else ""
        return ChangeText("Stand geteilt", f"{after.get('label')}{until}")
    if isinstance(before, Mapping):
        return ChangeText("Geteilten Stand zurückgezogen", str(before.get("label")))
    return ChangeText(EVENTS.get(str(after), f"{change.title}: {after}"))


def _say_chamber(change: ChangeFacts) -> ChangeText:
    """A Stand was shared with a chamber itself, or all of them were taken back from it."""
    label = str(change.known.get("label"))
    if change.after is None:
        return ChangeText(f"Bei {label} zurückgezogen")
    return ChangeText(f"Mit {label} geteilt", f"Stand {change.known.get('stand')}")


def _say_about_question(questionnaire: Questionnaire, change: ChangeFacts) -> ChangeText:
    """An office said whether it is in charge, somebody is to answer, or colleagues or the chamber said something."""
    question = questionnaire.question.get(QuestionId(change.subject))
    unknown = change.subject if change.part == "talk" else FORMER
    about, id = (question.name, question.id) if question else (unknown, None)
    if change.part == "charge":
        return ChangeText(CHARGES[0 if change.after else 1], about, question=id)
    if change.part in ASKED:
        return ChangeText(ASKED[change.part](change.after), about, question=id)
    return ChangeText(change.title, about, say_assignee(change.before), say_assignee(change.after), id)


def _say_content(questionnaire: Questionnaire, change: ChangeFacts, districts: Mapping[str, str]) -> ChangeText:
    criteria = {str(each.id): each.title for each in questionnaire.criteria}
    numbers = {str(each.id): each.number for each in questionnaire.questions}
    question = _question_of(questionnaire, change)
    asked = dict.fromkeys(_list(change, "question", "also"), FORMER) | numbers
    words = {
        "district": districts,
        "criterion": dict.fromkeys(_list(change, "criterion"), FORMER_CRITERION) | criteria,
        "kind": DOCUMENTS,
        "question": asked,
        "also": asked,
        "reached": REACHED,
    }
    sides = (replace_marks(side, lambda _, mark: say_removed(mark)) for side in change.sides)
    before, after = (_name_ids(side, words) for side in sides)
    if change.part == "evidence":
        before, after = _give_one_title(before), _give_one_title(after)
    change = replace(change, before=before, after=after)
    if change.part == "step" and before is None and isinstance(after, Mapping) and not after.get("own"):
        change = replace(change, before=UNTOUCHED)
    both = change.before is not None and change.after is not None
    old, new = (_say(questionnaire, change, side, both) for side in _keep_changed(change))
    if question is not None:
        return ChangeText(change.title, question.name, old, new, question.id)
    if change.part in OF_QUESTIONS:
        return ChangeText(change.title, FORMER, old, new)
    return ChangeText(*_head(questionnaire, change), old, new)


def _list(change: ChangeFacts, *names: str) -> list[str]:
    """The ids that both sides have under `names`, one or several under each."""
    found = (side.get(name) for side in change.sides if isinstance(side, Mapping) for name in names)
    return [str(id) for each in found if each for id in (each if isinstance(each, list) else [each])]


def _head(questionnaire: Questionnaire, change: ChangeFacts) -> tuple[str, str]:
    """Title, and which step or entry it is: own ones by their own title."""
    if change.part == "step" and not change.known.get("own"):
        about = name_step(questionnaire, change.subject)
        return change.title, "" if about == change.subject else about
    if change.part == "interim":
        return change.title, say_interim(change.subject)
    title = "Eigener Schritt" if change.part == "step" else change.title
    return title, str(change.known.get("title") or "")


def _give_one_title(piece: object) -> object:
    """A piece of evidence with the title that pages show: its own, else what the questionnaire calls it."""
    if not isinstance(piece, Mapping) or not piece.get("name"):
        return piece
    return {name: piece["name"] if name == "title" else each for name, each in piece.items() if name != "name"}


def _keep_changed(change: ChangeFacts) -> tuple[object, object]:
    """Of two sets of facts only what differs, and the title of a piece of evidence, by which one knows it."""
    before, after = change.sides
    if not isinstance(before, Mapping) or not isinstance(after, Mapping) or change.part == "choice":
        return before, after
    changed = {name for name in after if (before.get(name) or "") != (after[name] or "")}
    names = [name for name in after if name in changed or (change.part == "evidence" and name == "title")]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _name_ids(value: object, words: Mapping[str, Mapping[str, str]]) -> object:
    """Facts that are stored as ids, by their names."""
    if not isinstance(value, Mapping):
        return value
    return {name: _name_one(words[name], each) if name in words else each for name, each in value.items()}


def _name_one(words: Mapping[str, str], value: object) -> object:
    if isinstance(value, list):
        return ", ".join(words.get(str(each), str(each)) for each in value)
    return words.get(str(value), value)


def _question_of(questionnaire: Questionnaire, change: ChangeFacts) -> Question | None:
    if change.part not in (*OF_QUESTIONS, "evidence"):
        return None
    id = change.known.get("question", "") if change.part == "evidence" else change.subject
    return questionnaire.question.get(QuestionId(str(id)))


def _say(questionnaire: Questionnaire, change: ChangeFacts, value: object, both: bool) -> str:
    """`both`: the fact stands on both sides, so an empty one is named too."""
    if value is None:
        return EMPTY
    if change.part == "choice" and isinstance(value, Mapping):
        return _say_choice(questionnaire, change.subject, value)
    if isinstance(value, Mapping):
        return "\n".join(_facts(value, both)) or EMPTY
    return str(value) or EMPTY


def _say_choice(questionnaire: Questionnaire, subject: str, value: Mapping[str, object]) -> str:
    said = _say_chosen(questionnaire, subject, value)
    return f"{said} (noch zu bestätigen)" if value.get("unconfirmed") else said


def _say_chosen(questionnaire: Questionnaire, subject: str, value: Mapping[str, object]) -> str:
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
        elif name == "question" and not both:
            continue  # the heading says it
        elif name in LABELS and (each or both):
            said.append(f"{LABELS[name]}: {_say_one(name, str(each)) if each else EMPTY}")
    return said


def _say_one(name: str, stored: str) -> str:
    if name in AMOUNTS:
        return stored.replace(".", ",")
    return german.stored_day(stored)
