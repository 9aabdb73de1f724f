"""The message of an office to the coordination, saved as one more part of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wtforms import Form

from selfcheck.store.access.grants import Access
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import Part, Write
from selfcheck.store.team.offices import Message
from selfcheck.web.layout.fields import paragraph
from selfcheck.web.parts.conflicts import ConflictShown, show_text
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission, SubmittedPart, digest, read_version

GROUP = "an_koordination"
"""What stands where parts of a question have its id; no question is called so."""
NAME = f"{GROUP}.message"
TITLE = "Nachricht an die Koordination"


class MessageForm(Form):
    message = paragraph(f"{TITLE} (freiwillig)", limits.MESSAGE, "Ihre Nachricht")


@dataclass(frozen=True, slots=True)
class MessageShown:
    """What stands in the field, and what is wrong with it; `saved` is when it was last saved."""

    text: str
    version: int
    base: str
    saved: datetime | None = None
    error: str = ""
    conflicts: tuple[ConflictShown, ...] = ()


def read_message(access: Access, submission: Submission) -> list[SubmittedPart]:
    """The message in the form; none where it did not come with its version."""
    if NAME not in submission:
        return []
    form = _read_form(submission)
    text = form.message.data or ""
    return [
        submission.part(
            NAME,
            Write(Part.MESSAGE, str(access.place_id), 0, text),
            lambda met: show_text(NAME, TITLE, text, met.theirs, met, at_most=limits.MESSAGE),
            errors={"message": str(form.message.errors[0])} if not form.validate() else {},
            texts={NAME: text},
        )
    ]


def show_message(stored: Message, submission: Submission | None = None, saving: Saving | None = None) -> MessageShown:
    """What stands there; what was submitted in vain stays as it came."""
    part = saving.parts.get(NAME) if saving else None
    conflicts = saving.list_conflicts(NAME) if saving else ()
    if submission is None or part is None or not (part.errors or conflicts):
        return MessageShown(stored.text, stored.version, digest(stored.text), stored.at)
    version, base = part.seen
    typed = _read_form(submission).message.data or ""
    return MessageShown(typed, read_version(version), base, None, part.errors.get("message", ""), conflicts)


def _read_form(submission: Submission) -> MessageForm:
    return MessageForm(submission.entered, prefix=f"{GROUP}.")
