"""What a town answers to a recommendation of its chamber."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import StopValidation

from selfcheck.core.review.recommendations import Decision, Money, Reply, find_lacking
from selfcheck.core.text.number import read_number
from selfcheck.reporting.review.recommendation_text import DECISIONS, MONEY
from selfcheck.store.database import limits
from selfcheck.web.layout.fields import DayField, PageForm, SentHiddenField, TypedField, line, paragraph

LONGEST_PROGRESS = 40
LACKING = {
    "decision": "Bitte geben Sie an, ob Sie das machen.",
    "reason": "Bitte schreiben Sie, warum Sie das nicht machen.",
    "person": "Bitte geben Sie an, wer sich darum kümmert.",
    "due": "Bitte geben Sie an, bis wann, zum Beispiel 30.06.2027.",
}
"""What a field says that an answer needs before it is sent."""


class ProgressField(TypedField):
    """Per cent from 0 to 100 in a field of text; nothing is 0."""

    wrong = "Bitte geben Sie „Fortschritt“ als ganze Zahl von 0 bis 100 an."

    @property
    def percent(self) -> int:
        found = read_number(self.data or "", "%", 0)
        return int(found) if found is not None and 0 <= found <= 100 else 0

    def process_data(self, value: Any) -> None:
        self.data = str(value) if value else ""

    def say_overlong(self) -> str:
        return self.wrong

    def check(self) -> None:
        found = read_number(self.data or "", "%", 0)
        if found is None or not 0 <= found <= 100 or found != int(found):
            raise StopValidation(self.wrong)


class ReplyForm(PageForm):
    """`version` is the one of the answer that its author saw, `words` that of the recommendation."""

    decision = RadioField("Machen Sie das?", choices=DECISIONS, validate_choice=False)
    reason = paragraph("Warum nicht, oder was dazu zu sagen ist", limits.REASON, "die Begründung")
    person = line("Wer kümmert sich?", limits.PERSON, "den Namen")
    due = DayField("Bis wann?")
    money = RadioField("Ist das Geld da?", choices=MONEY, validate_choice=False)
    progress = ProgressField("Fortschritt", LONGEST_PROGRESS)
    version = SentHiddenField()
    words = SentHiddenField()

    @property
    def reply(self) -> Reply:
        """What the form says."""
        return Reply(
            decision=self.decision.data if self.decision.data in tuple(Decision) else "",
            reason=self.reason.data or "",
            person=self.person.data or "",
            due=self.due.day,
            money=self.money.data if self.money.data in tuple(Money) else "",
            progress=self.progress.percent,
        )

    def demand(self) -> bool:
        """Whether the answer is whole; else its field says what is missing."""
        lacking = find_lacking(self.reply)
        if lacking:
            self[lacking].errors = [LACKING[lacking]]
        return not lacking


class ProgressForm(PageForm):
    """How far something is that was agreed. `version` and `words`: as in `ReplyForm`."""

    progress = ProgressField("Fortschritt", LONGEST_PROGRESS)
    version = SentHiddenField()
    words = SentHiddenField()
