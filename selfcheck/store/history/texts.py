"""Which texts of which part people typed, and taking them out of plain contents of the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from selfcheck.core.questionnaire.model import (
    Kind,
    Question,
    QuestionId,
    Questionnaire,
)
from selfcheck.core.removed import STAND_IN, Removed, make_mark, read_mark
from selfcheck.store.parts.writes import Part

PLAIN_TEXTS = (Part.NOTE, Part.MESSAGE)
"""Parts whose content is one text."""
_FIELDS = {
    Part.CHOICE: ("reason", "value"),
    Part.EVIDENCE: ("title", "link", "file_number", "page"),
    Part.STEP: ("title", "person", "note"),
    Part.GOAL: ("title", "start", "measure", "metric", "metric_now", "metric_target", "person"),
    Part.PAST_GOAL: ("title", "evidence"),
    Part.PROJECT: ("title", "description", "effect", "evidence"),
    Part.DETAILS: ("contact_name", "contact_office", "contact_phone", "contact_mail"),
}
WITH_TEXTS = (*PLAIN_TEXTS, *_FIELDS)


def holds_texts(questionnaire: Questionnaire, part: Part, subject: str, content: Any) -> tuple[str, ...]:
    """The names of the fields of `content` that hold a text somebody typed; "" where the content is the text."""
    if part in PLAIN_TEXTS:
        return ("",) if isinstance(content, str) and content else ()
    if not isinstance(content, Mapping):
        return ()
    return tuple(name for name in _FIELDS.get(part, ()) if _typed(questionnaire, part, subject, name, content))


def _typed(
    questionnaire: Questionnaire, part: Part, subject: str, name: str, content: Mapping[str, Any]
) -> tuple[str, ...]:
    """What somebody typed into a field; a file from elsewhere can hold several words where options belong."""
    value = content.get(name)
    listed = value if isinstance(value, list) else [value]
    said = [each for each in listed if isinstance(each, str) and each not in ("", STAND_IN)]
    return tuple(each for each in said if not _given(questionnaire, part, subject, name, each, content))


def _given(
    questionnaire: Questionnaire, part: Part, subject: str, name: str, said: str, content: Mapping[str, Any]
) -> bool:
    """Whether the text is the questionnaire's: an option, a number, the title of a usual piece."""
    if part is Part.EVIDENCE:
        return name == "title" and bool(content.get("usual"))
    if part is not Part.CHOICE or name != "value":
        return False
    question = questionnaire.question.get(QuestionId(subject))
    return question is not None and _is_known(question, said)


def _is_known(question: Question, value: str) -> bool:
    """Whether it is one of the options, or a number; a file from elsewhere can hold any words in its place."""
    return value in question.option or (question.kind is Kind.NUMBER and _is_number(value))


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def list_texts(questionnaire: Questionnaire, part: Part, subject: str, content: Any) -> Iterator[tuple[str, str]]:
    """Every such text with the name of its field."""
    for name in holds_texts(questionnaire, part, subject, content):
        for said in _typed(questionnaire, part, subject, name, content) if name else (content,):
            yield name, said


def take_out(questionnaire: Questionnaire, part: Part, subject: str, content: Any, removed: Removed) -> Any:
    """`content` with a mark where a text was; earlier marks stay."""
    names = holds_texts(questionnaire, part, subject, content)
    if names == ("",):
        return make_mark(removed)
    return content if not names else {**content, **dict.fromkeys(names, make_mark(removed))}


def is_marked(content: Any) -> bool:
    """Whether a text was taken out of it."""
    if read_mark(content) is not None:
        return True
    return isinstance(content, Mapping) and any(read_mark(value) is not None for value in content.values())
