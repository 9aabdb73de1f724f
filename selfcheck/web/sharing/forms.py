"""The form that shares a report: for whom, until when, and what beside the report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from wtforms import BooleanField, RadioField

from selfcheck.web.http import clock
from selfcheck.web.layout.fields import (
    LONGEST_DAY,
    MOST_DAYS,
    DayField,
    KeyField,
    PageForm,
    check_last_day,
    line,
    one_line,
    show_day,
)

LONGEST_LABEL = 80
USUAL_DAYS = 90
AFTER_INTERVIEW = timedelta(weeks=8)
"""So long the chamber still looks at a report once it has talked with the town."""
NO_END = "Bitte geben Sie an, bis wann der Link gilt, zum Beispiel 30.06.2027."

SHOW_ROUTE = "Auch den Weg zur Marke zeigen"
SHOW_CHECKLIST = "Auch die Checkliste zeigen (ohne Namen und Notizen)"
SHOW_REMARKS = "Auch Rückfragen und Antworten darauf zeigen"


class ShareForm(PageForm):
    """`key` keeps a double click from sharing twice."""

    label = line(
        "Für wen ist der Link?",
        LONGEST_LABEL,
        "die Angabe, für wen der Link ist,",
        required="Bitte geben Sie an, für wen der Link ist, zum Beispiel „IHK Darmstadt“.",
    )
    ends = DayField("Der Link gilt bis", required=NO_END, wrong=NO_END)
    validate_ends = check_last_day
    route = BooleanField(SHOW_ROUTE)
    key = KeyField()
    checklist = BooleanField(SHOW_CHECKLIST)
    remarks = BooleanField(SHOW_REMARKS)

    usual_end: date

    @classmethod
    def prefilled(cls, label: str, interview: date | None) -> ShareForm:
        """For a first look: the recipient, and a link until some weeks after the interview."""
        usual = find_usual_end(interview)
        form = cls({"label": label, "ends": usual})
        form.usual_end = usual
        return form

    @classmethod
    def from_address(cls, args: Mapping[str, str], label: str, interview: date | None) -> ShareForm:
        """What `as_address` wrote; what is missing or wrong is as in `prefilled`."""
        form = cls.prefilled(label, interview)
        form.label.data = one_line(args.get("label"), LONGEST_LABEL) or form.label.data
        form.ends.data = show_day(one_line(args.get("ends"), LONGEST_DAY)) or form.ends.data
        for field in (form.route, form.checklist, form.remarks):
            field.data = field.name in args
        return form

    def as_address(self) -> dict[str, str]:
        texts = {"label": self.recipient, "ends": self.ends_on.isoformat()}
        return texts | {field.name: "1" for field in (self.route, self.checklist, self.remarks) if field.data}

    @property
    def recipient(self) -> str:
        return self.label.data or ""

    @property
    def ends_on(self) -> date:
        return self.ends.day or self.usual_end


class ChamberShareForm(PageForm):
    """The same for sharing with a chamber itself; `chamber` is asked only where several may be responsible. Sent twice
    it shares once: what the chamber has already is not frozen again.
    """

    chamber = RadioField("Welche IHK ist für Sie zuständig?", validate_choice=False)
    with_route = BooleanField(SHOW_ROUTE)
    with_checklist = BooleanField(SHOW_CHECKLIST)
    with_remarks = BooleanField(SHOW_REMARKS)

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> ChamberShareForm:
        """What `as_address` wrote."""
        form = cls({"chamber": one_line(args.get("chamber"), LONGEST_LABEL)})
        for field in form.shown:
            field.data = field.name in args
        return form

    @property
    def shown(self) -> tuple[BooleanField, ...]:
        return self.with_route, self.with_checklist, self.with_remarks

    def as_address(self) -> dict[str, str]:
        return {"chamber": self.chamber.data or ""} | {field.name: "1" for field in self.shown if field.data}


def find_usual_end(interview: date | None) -> date:
    """The last day that is proposed for a link: some weeks after an interview to come, as far as a link may last."""
    today = clock.today()
    if interview is None or interview < today:
        return today + timedelta(days=USUAL_DAYS)
    latest = today + timedelta(days=MOST_DAYS)
    return latest if interview > latest - AFTER_INTERVIEW else interview + AFTER_INTERVIEW
