"""What the forms of pages are made of: a line, a paragraph, a day, an address, a key against double clicks.

Each field reads what people type and says in German what is wrong with it; a form only says which of them it has.
Blank is what the filter of a field (`one_line`, `as_typed`) leaves nothing of; nothing else decides that.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.validators import DataRequired, Length, Regexp, StopValidation, ValidationError

from selfcheck.core.text import clean, clean_line
from selfcheck.store.database import limits
from selfcheck.web.http import clock

MOST_DAYS = 365
"""For which a link stays open."""
LONGEST_ADDRESS = 120
WRONG_DAY = "Bitte geben Sie ein Datum an, zum Beispiel 30.06.2027."
WRONG_ADDRESS = "Bitte prüfen Sie die E-Mail-Adresse."
NAMED_ADDRESS = re.compile(r"([^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+)?\Z")


class PageForm(Form):
    """A form of a page: what was posted with this request, else what `data` says.

    It has no CSRF mark of its own: `CSRFProtect` asks for it with every POST, before any form is read.
    """

    class Meta(DefaultMeta):
        locales = ("de",)

    def __init__(self, data: Mapping[str, object] | None = None, *, unread: bool = False) -> None:
        """`unread`: the form as it is before anybody fills it in, whatever was posted."""
        posted = self.read_posted() if request.method == "POST" and not unread else None
        super().__init__(posted or None, data=data)

    def read_posted(self) -> MultiDict[str, Any]:
        """What was typed; a form that takes a file says so by adding `request.files`."""
        return request.form

    def validate_on_submit(self) -> bool:
        """Whether the form was posted and nothing is wrong with it."""
        return request.method == "POST" and self.validate()

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 where something was refused."""
        return 422 if request.method == "POST" and self.errors else 200

    @property
    def listed_errors(self) -> list[tuple[str, str]]:
        """The id of each field with what is wrong, for the summary; a hidden field is led to the first one to see."""
        first = next((field.id for field in self if not isinstance(field, HiddenField)), "")
        wrong = [field for field in self if field.errors]
        return [(first if isinstance(field, HiddenField) else field.id, str(field.errors[0])) for field in wrong]


def list_wrong(form: Form) -> dict[str, str]:
    """What is wrong with a form that was validated, by the short name of its fields."""
    return {field.short_name: str(field.errors[0]) for field in form if field.errors}


def one_line(text: str | None) -> str:
    """As a name or a title is kept; a filter for fields, which give nothing where nothing was sent."""
    return clean_line(text or "")


def as_typed(text: str | None) -> str:
    """The same for a longer text, which keeps its line breaks."""
    return clean(text or "").strip()


def too_long(limit: int, what: str = "den Text") -> str:
    """What a field says of a text with more than `limit` characters; `what` in the accusative."""
    return f"Bitte kürzen Sie {what} auf höchstens {limit:,} Zeichen.".replace(",", ".")


def line(label: str, limit: int, what: str = "den Text", *, required: str = "") -> StringField:
    """One line of text; `required` is what the field says when it is blank, nothing where it may be."""
    return StringField(label, filters=[one_line], validators=[*_demand(required), _keep_short(limit, what)])


def paragraph(label: str, limit: int = limits.PARAGRAPH, what: str = "den Text") -> TextAreaField:
    """A longer text, which may be blank."""
    return TextAreaField(label, filters=[as_typed], validators=[_keep_short(limit, what)])


def _demand(message: str) -> list[DataRequired]:
    return [DataRequired(message)] if message else []


def _keep_short(limit: int, what: str) -> Length:
    return Length(max=limit, message=too_long(limit, what))


class DayField(StringField):
    """A day: as a browser's own field sends it (`2027-02-01`) or as people type it (`1.2.27`, `01.02.2027`)."""

    def __init__(self, label: str, *, required: str = "", wrong: str = WRONG_DAY, **options: Any) -> None:
        super().__init__(label, filters=[one_line], validators=_demand(required), **options)
        self.wrong = wrong

    @property
    def day(self) -> date | None:
        """None for nothing, and for what is no day."""
        try:
            return parse_day(self.data or "")
        except ValueError:
            return None

    def process_data(self, value: date | str | None) -> None:
        self.data = value.isoformat() if isinstance(value, date) else value

    def pre_validate(self, form: object) -> None:
        if self.data and self.day is None:
            raise StopValidation(self.wrong)


def parse_day(text: str) -> date | None:
    """`2026-12-31`, `31.12.2026` or `31.12.26`, between 1900 and 2200; None for nothing.

    Raises `ValueError` for anything else.
    """
    if not text:
        return None
    written = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", text, re.ASCII)
    if written is None:
        day = date.fromisoformat(text)
    else:
        year = written[3] if len(written[3]) == 4 else f"20{written[3]}"
        day = date(int(year), int(written[2]), int(written[1]))
    if not 1900 <= day.year <= 2200:
        raise ValueError(text)
    return day


def check_last_day(form: object, field: DayField) -> None:
    """Raises `ValidationError` for the last day of a link that has passed or is too far off."""
    day, today = field.day, clock.today()
    if day is None:
        return
    if day < today:
        raise ValidationError("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren.")
    if day > today + timedelta(days=MOST_DAYS):
        raise ValidationError("Ein Link gilt höchstens ein Jahr. Bitte wählen Sie einen früheren Tag.")


def named_address(label: str, *, required: str = "") -> StringField:
    """An e-mail address that people read or that is looked up, but no mail of ours goes to.

    It may be one of a town hall's own network, such as `.local` or `.internal`, which `MailField` refuses.
    """
    known = Regexp(NAMED_ADDRESS, message=WRONG_ADDRESS)
    checks = [*_demand(required), known, _keep_short(LONGEST_ADDRESS, "die Adresse")]
    return StringField(label, filters=[one_line], validators=checks)


class MailField(StringField):
    """An e-mail address that a mail can go to, else nobody would learn that none arrived."""

    def __init__(
        self,
        label: str = "E-Mail-Adresse",
        limit: int = LONGEST_ADDRESS,
        required: str = "",
        wrong: str = WRONG_ADDRESS,
        **options: Any,
    ) -> None:
        checks = [*_demand(required), _keep_short(limit, "die Adresse")]
        super().__init__(label, filters=[one_line], validators=checks, **options)
        self.wrong = wrong

    @property
    def address(self) -> str:
        """What was typed, as accounts are found by it; empty where it is no address."""
        return read_address(self.data or "")

    def pre_validate(self, form: object) -> None:
        if self.data and not self.address:
            raise StopValidation(self.wrong)


def read_address(text: str) -> str:
    """An address as accounts are found by it; empty where it is none."""
    try:
        return validate_email(one_line(text), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""


class KeyField(HiddenField):
    """Keeps a double click from doing a thing twice: each page brings a fresh key, and its form sends it back.

    Whoever sends back something else gets another fresh one with the refusal.
    """

    def __init__(self, **options: Any) -> None:
        known = Regexp(r"[0-9a-f]{32}\Z", message="Bitte laden Sie die Seite neu.")
        super().__init__(default=new_key, validators=[known], **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        if self.errors:
            self.data = new_key()


def new_key() -> str:
    """A key for something that is to be made once."""
    return secrets.token_hex(16)
