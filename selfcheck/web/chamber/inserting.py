"""Text blocks at the fields that take them: with their placeholders filled, and put behind what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import request

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.review.text_block import fill
from selfcheck.core.text.contents import is_blank
from selfcheck.reporting.words import german
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.judging import text_blocks
from selfcheck.web.http import clock
from selfcheck.web.layout.fields import TypedField
from selfcheck.web.parts.submitted import read_version

BUTTON = "baustein"


class BlockShown(NamedTuple):
    """A text block as it is offered; `text` is what our own script inserts, empty where the server does."""

    id: int
    title: str
    text: str


def list_blocks(advisor: Advisor, values: Mapping[str, str] | None = None) -> list[BlockShown]:
    """All that the advisor may use: one statement. Without `values` only the server fills them."""
    found = text_blocks.list_blocks(advisor)
    return [BlockShown(each.id, each.title, fill(each.text, values) if values is not None else "") for each in found]


def name_values(case: Case, question: Question | None) -> dict[str, str]:
    """What stands for the placeholders of a text block; without a question that one stays as it is."""
    values = {"kommune": case.municipality, "stand": german.stand(case.stand, clock.local(case.shared_at))}
    return values | ({"frage": f"{question.number} {question.text}"} if question is not None else {})


def wants_block() -> bool:
    """Whether the button of a text block was pressed."""
    return bool(request.form.get(BUTTON))


def insert(advisor: Advisor, field: TypedField, values: Mapping[str, str]) -> None:
    """Puts the text block whose button was pressed behind what stands in `field`."""
    found = text_blocks.find_block(advisor, read_version(request.form.get(BUTTON)))
    if found is not None:
        text, typed = fill(found.text, values), field.data or ""
        field.data = text if is_blank(typed) else f"{typed}\n{text}"
