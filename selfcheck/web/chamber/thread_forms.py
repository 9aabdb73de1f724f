"""The forms of threads: ask something, and say of an answer whether it is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from selfcheck.core.text.contents import clean_paragraph
from selfcheck.store.chamber.talk.threads import Message
from selfcheck.store.database import limits
from selfcheck.web.layout.fields import KeyField, PageForm, ParagraphField, SentHiddenField
from selfcheck.web.parts.submitted import read_version

ASK, SETTLE = "rueckfrage-", "antwort-"
NO_QUESTION = "Bitte schreiben Sie, was Sie von der Kommune wissen möchten."
NO_REASON = "Bitte schreiben Sie, was noch fehlt. Die Kommune liest es."


class AskForm(PageForm):
    """`key` keeps a double click from asking twice."""

    text = ParagraphField(
        "Neue Rückfrage", limits.COMMENT, what="Ihre Rückfrage", required=NO_QUESTION, read=clean_paragraph
    )
    key = KeyField()

    @property
    def message(self) -> Message:
        return Message(self.text.data or "", self.key.data or "")


class SettleForm(PageForm):
    """What an advisor says of a thread; `seen` is how much of it they had read."""

    text = ParagraphField("Ihr Text an die Kommune", limits.COMMENT, what="Ihren Text", read=clean_paragraph)
    seen = SentHiddenField()
    key = KeyField()

    @property
    def message(self) -> Message:
        return Message(self.text.data or "", self.key.data or "", read_version(self.seen.data))

    def validate_sent_back(self) -> bool:
        """The same, for whoever sends an answer back: they have to say why."""
        right = self.validate()
        if right and not self.text.data:
            self.text.errors = [NO_REASON]
            return False
        return right


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in the forms of threads and is not sent: a new Rückfrage, and texts by the id of their thread."""

    ask: AskForm | None = None
    settle: Mapping[int, SettleForm] = field(default_factory=dict)

    @property
    def filled(self) -> bool:
        return self.ask is not None or bool(self.settle)

    @property
    def listed_errors(self) -> list[tuple[str, str]]:
        forms = [self.ask, *self.settle.values()]
        return [error for form in forms if form is not None for error in form.listed_errors]


def settle_form(thread_id: int, *, unread: bool = False) -> SettleForm:
    return SettleForm(unread=unread, prefix=f"{SETTLE}{thread_id}-")


def read_kept() -> Kept:
    """What came with the form of a page, whichever of its buttons was pressed."""
    ask = AskForm(prefix=ASK)
    filled = (
        name for name, text in request.form.items() if text and name.startswith(SETTLE) and name.endswith("-text")
    )
    ids = (read_version(name.removeprefix(SETTLE).removesuffix("-text")) for name in filled)
    return Kept(ask if ask.text.data else None, {id: settle_form(id) for id in ids})
