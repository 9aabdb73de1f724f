"""The form that shares a report: for whom, until when, and what beside the report."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from selfcheck.web.layout.typed import one_line
from selfcheck.web.questions.evidence import parse_day

LONGEST_LABEL = 80
USUAL_DAYS = 90
MOST_DAYS = 365


class ShareForm(FlaskForm):
    """Set `today` before validating. `key` keeps a double click from sharing twice."""

    today: date

    label = StringField(
        "Für wen ist der Link?",
        filters=[one_line],
        validators=[
            DataRequired("Bitte geben Sie an, für wen der Link ist, zum Beispiel „IHK Darmstadt“."),
            Length(max=LONGEST_LABEL, message="Bitte kürzen Sie die Angabe auf höchstens 80 Zeichen."),
        ],
    )
    ends = StringField("Der Link gilt bis", filters=[one_line])
    route = BooleanField("Auch den kürzesten Weg zur Marke zeigen")
    key = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$", message="Bitte laden Sie die Seite neu.")])
    checklist = BooleanField("Auch die Checkliste zeigen (ohne Namen und Notizen)")
    remarks = BooleanField("Auch Rückfragen und Antworten darauf zeigen")

    @classmethod
    def prefilled(cls, label: str, today: date) -> ShareForm:
        """For a first look: the recipient, and a link for the usual time."""
        usual = {"label": label, "ends": (today + timedelta(days=USUAL_DAYS)).isoformat()}
        form = cls(formdata=None, data=usual | {"key": secrets.token_hex(16)})
        form.today = today
        return form

    @classmethod
    def from_address(cls, args: Mapping[str, str], label: str, today: date) -> ShareForm:
        """What `as_address` wrote; what is missing or wrong is as in `prefilled`."""
        form = cls.prefilled(label, today)
        form.label.data = one_line(args.get("label"))[:LONGEST_LABEL] or form.label.data
        form.ends.data = one_line(args.get("ends")) or form.ends.data
        form.route.data = "route" in args
        form.checklist.data = "checklist" in args
        form.remarks.data = "remarks" in args
        return form

    def as_address(self) -> dict[str, str]:
        texts = {"label": self.recipient, "ends": self.ends_on.isoformat()}
        return texts | {field.name: "1" for field in (self.route, self.checklist, self.remarks) if field.data}

    @property
    def recipient(self) -> str:
        return self.label.data or ""

    @property
    def ends_on(self) -> date:
        return self._read_day() or self.today + timedelta(days=USUAL_DAYS)

    def validate_ends(self, field: StringField) -> None:
        day = self._read_day()
        if day is None:
            raise ValidationError("Bitte geben Sie an, bis wann der Link gilt, zum Beispiel 30.06.2027.")
        if day < self.today:
            raise ValidationError("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren.")
        if day > self.today + timedelta(days=MOST_DAYS):
            raise ValidationError("Ein Link gilt höchstens ein Jahr. Bitte wählen Sie einen früheren Tag.")

    def _read_day(self) -> date | None:
        try:
            return parse_day(self.ends.data or "")
        except ValueError:
            return None
