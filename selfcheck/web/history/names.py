"""How addresses and filters call the parts of a self-check, and lines of the history in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import url_for

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.history.change_text import ChangeFacts, ChangeText, say_change
from selfcheck.reporting.words.interim_text import say_interim
from selfcheck.reporting.words.names import name_step
from selfcheck.store.parts.writes import Part
from selfcheck.web.layout.catalogue import name_districts
from selfcheck.web.layout.check_page import CheckPage, question_address

NAMES = {
    "antwort": Part.CHOICE,
    "erlaeuterung": Part.NOTE,
    "nachweis": Part.EVIDENCE,
    "schritt": Part.STEP,
    "ziel": Part.GOAL,
    "letztes-ziel": Part.PAST_GOAL,
    "projekt": Part.PROJECT,
    "zwischenstand": Part.INTERIM,
    "pruefbogen": Part.SHEET,
    "nur-im-pruefbogen": Part.ONLY_THERE,
    "angaben": Part.DETAILS,
    "ihk": Part.CHAMBER,
    "nachricht": Part.MESSAGE,
    "rueckfrage": Part.COMMENT,
}
LISTS = (Part.GOAL, Part.PAST_GOAL, Part.PROJECT, Part.INTERIM)
AUDIT_SHEET = (Part.SHEET, Part.ONLY_THERE, Part.SHEET_MARK)
OF_QUESTIONS = (Part.CHOICE, Part.NOTE, Part.EVIDENCE)
WHOLE = "kommune"
"""Stands in an address for what is said about the municipality, which has no subject."""
ONES = (Part.DETAILS, Part.CHAMBER)
"""What there is once."""


@dataclass(frozen=True, slots=True)
class Named:
    """A change in words, and the question it belongs to, if any, with its address."""

    text: ChangeText
    number: str = ""
    href: str = ""

    @property
    def title(self) -> str:
        """`Antwort zu A3`, `Entwicklungsziel: Radwege`."""
        if self.number:
            return f"{self.text.title} zu {self.number}"
        return f"{self.text.title}: {self.text.about}" if self.text.about else self.text.title


def name_change(
    page: CheckPage, part: str, subject: str, before: object, after: object, asked: Questionnaire | None = None
) -> Named:
    """Any change, or any two values of one part, in words; `asked` is the questionnaire where it was another one."""
    text = say_change(asked or page.questionnaire, ChangeFacts(part, subject, before, after), name_districts())
    step = name_step(page.questionnaire, subject, page.departments) if part == Part.STEP else subject
    if step != subject and text.about:
        text = replace(text, about=step)
    if part == Part.INTERIM:
        text = replace(text, about=say_interim(subject, _find_goal(page, subject)))
    question = page.questionnaire.question.get(text.question) if text.question else None
    if question is None:
        return Named(text)
    return Named(text, question.number, question_address(page, question))


def _find_goal(page: CheckPage, subject: str) -> str:
    """The title of the goal of a Zwischenstand; empty where it is not there any more."""
    number = subject.partition("-")[2]
    return next((goal.text.title for goal in page.loaded.goals if str(goal.number) == number), "")


def link_redaction(page: CheckPage, part: str, subject: str) -> str:
    """Where a text of this part is taken out of everything; empty where there can be none."""
    name = next((name for name, known in NAMES.items() if known.value == part), "")
    if not name or part == Part.COMMENT:  # the history does not tell which comment it was
        return ""
    return url_for("history.redact", check_id=page.check.public_id, part=name, subject=subject or WHOLE)
