"""The message of an office to the coordination, saved as one more part of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import request
from werkzeug.datastructures import MultiDict

from selfcheck.core.text import clean
from selfcheck.store.access.grants import Access
from selfcheck.store.database.limits import MESSAGE
from selfcheck.store.parts.writes import Conflict, Outcome
from selfcheck.store.team import offices
from selfcheck.store.team.offices import Message
from selfcheck.web.http import clock
from selfcheck.web.questions.conflicts import show_text
from selfcheck.web.questions.reading import digest, has_decided, read_version
from selfcheck.web.questions.trouble import ConflictShown

GROUP = "an_koordination"
"""What stands where parts of a question have its id; no question is called so."""
NAME = f"{GROUP}.message"
TITLE = "Nachricht an die Koordination"
TOO_LONG = f"Bitte kürzen Sie Ihre Nachricht auf höchstens {MESSAGE:,} Zeichen.".replace(",", ".")


@dataclass(frozen=True, slots=True)
class MessageShown:
    """What stands in the field, and what is wrong with it; `saved` is when it was last saved."""

    text: str
    version: int
    base: str
    saved: datetime | None
    error: str = ""
    conflicts: tuple[ConflictShown, ...] = ()

    @property
    def status(self) -> int:
        return 409 if self.conflicts else 422 if self.error else 200

    def describe(self) -> dict[str, object]:
        """The part in the answer to our own script."""
        if self.error:
            return {"state": "error", "errors": {"message": self.error}}
        if self.conflicts:
            return {"state": "conflict"}
        return {"state": "saved", "version": self.version, "base": self.base}


def show_message(message: Message) -> MessageShown:
    return MessageShown(message.text, message.version, digest(message.text), message.at)


def save_message(access: Access, entered: MultiDict[str, str]) -> MessageShown | None:
    """Saves the message in the form if it differs from what its page was built from; None where there is none."""
    if f"{NAME}-version" not in entered:
        return None
    text = clean(entered.get(NAME, "")).strip()
    seen, base = request.form.get(f"{NAME}-version", ""), request.form.get(f"{NAME}-base", "")
    as_typed = MessageShown(text, read_version(seen), base, None)
    if len(text) > MESSAGE:
        return MessageShown(text, as_typed.version, base, None, error=TOO_LONG)
    if digest(text) == entered.get(f"{NAME}-base"):
        return as_typed
    version = read_version(entered.get(f"{NAME}-version"))
    decided = has_decided(request.form)
    outcome = offices.save_message(
        access.check.id, access.link_id, version, text, access.who, clock.now(), decided=decided
    )
    return _show_outcome(as_typed, outcome)


def _show_outcome(typed: MessageShown, outcome: Outcome) -> MessageShown:
    if isinstance(outcome, Conflict):
        shown = show_text(NAME, TITLE, typed.text, outcome.theirs, outcome)
        return MessageShown(typed.text, typed.version, typed.base, None, conflicts=(shown,))
    return MessageShown(typed.text, outcome.version, digest(typed.text), clock.now())


def parts_of(message: MessageShown | None) -> Mapping[str, object]:
    return {NAME: message.describe()} if message is not None else {}
