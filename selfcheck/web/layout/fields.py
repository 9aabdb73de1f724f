"""What the forms of pages are made of: a line, a paragraph, a day, an address, a key against double clicks.

Each field asks `core.text` how what people type is read, and says in German what is wrong with it; a form only says
which of them it has. It asks for the length before anything looks into a text, and its control has no `maxlength`: a
browser would cut what is pasted without a word. What is refused stays in the field.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from flask import request
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Form, HiddenField, StringField, TextAreaField
from wtforms.meta import DefaultMeta
from wtforms.validators import Regexp, StopValidation, ValidationError

from selfcheck.core.text.contents import MOST, clean, clean_line, clean_paragraph
from selfcheck.core.text.day import NoDay, NoSuchDay, read_day
from selfcheck.core.text.mail import NoAddress, find_account_mail, read_mail, tidy_mail
from selfcheck.core.text.phone import LONGEST as LONGEST_PHONE
from selfcheck.core.text.phone import is_phone, tidy_phone
from selfcheck.core.text.web_address import is_link, tidy_link
from selfcheck.reporting.words import german
from selfcheck.store.database import limits
from selfcheck.web.http import clock

MOST_DAYS = 365
"""For which a link stays open."""
LONGEST_ADDRESS = 120
LONGEST_LINK = 500
LONGEST_DAY = 60
LONGEST_SENT = 2000
"""Of what the page itself puts into a form: names, marks, addresses to go on to."""


class PageForm(Form):
    """A form of a page: what was posted with this request, else what `data` says.

    It has no CSRF mark of its own: `CSRFProtect` asks for it with every POST, before any form is read.
    """

    files: ClassVar[frozenset[str]] = frozenset()
    """Names of the fields that take a file; all others take texts only."""

    class Meta(DefaultMeta):
        locales = ("de",)

    def __init__(self, data: Mapping[str, object] | None = None, *, unread: bool = False, prefix: str = "") -> None:
        """`unread`: the form as it is before anybody fills it in, whatever was posted. `prefix`: of the names of its
        fields, where several forms of a kind stand on one page."""
        posted = self._read_posted() if request.method == "POST" and not unread else None
        super().__init__(posted or None, data=data, prefix=prefix)

    def _read_posted(self) -> CombinedMultiDict[str, Any]:
        """Texts, and files for the fields that are for files: anybody can send either in place of the other."""
        sent = MultiDict((name, file) for name, file in request.files.items(multi=True) if name in self.files)
        return CombinedMultiDict([sent, request.form])

    def validate_on_submit(self) -> bool:
        """Whether the form was posted and nothing is wrong with it."""
        return request.method == "POST" and self.validate()

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 where something was refused."""
        return 422 if request.method == "POST" and self.errors else 200

    @property
    def listed_errors(self) -> list[tuple[str, str]]:
        """The id of each field with what is wrong, for the summary; a hidden field is led to the first one to see, or
        where there is none to the page itself.
        """
        first = next((field.id for field in self if not isinstance(field, HiddenField)), "inhalt")
        wrong = [field for field in self if field.errors]
        return [(first if isinstance(field, HiddenField) else field.id, str(field.errors[0])) for field in wrong]


def list_wrong(form: Form) -> dict[str, str]:
    """What is wrong with a form that was validated, by the short name of its fields."""
    return {field.short_name: str(field.errors[0]) for field in form if field.errors}


def list_texts(form: Form) -> dict[str, str]:
    """What stands in the fields that people type into, as it was read, by the whole names of the fields."""
    return {field.name: field.data or "" for field in form if isinstance(field, TypedField)}


def one_line(text: str | None, limit: int = MOST) -> str:
    """A line of an address, as a name or a title is kept; empty where it is longer than `limit`."""
    return clean_line(text) if text and len(text) <= limit else ""


def too_long(limit: int, what: str) -> str:
    """What a field says of a text with more than `limit` characters; `what` in the accusative."""
    return f"Bitte kürzen Sie {what} auf höchstens {german.number(Decimal(limit))} Zeichen."


class TypedField(StringField):
    """One text that people type, read as its kind says. All others of this kit are made of it.

    `what` names it in the accusative, `required` is what the field says when nothing of it is seen.
    """

    def __init__(
        self,
        label: str = "",
        limit: int = limits.LINE,
        *,
        what: str = "",
        required: str = "",
        read: Callable[[str], str] = clean_line,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.limit, self.what, self.required, self.read = limit, what or f"„{label}“", required, read
        self.endless = False

    def process(self, *sent: Any, **options: Any) -> None:
        super().process(*sent, **options)
        self.data = self.data or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        typed = str(valuelist[0])
        self.endless = len(typed) > MOST
        self.data = clean(typed[:MOST]) if self.endless else self.read(typed)

    @property
    def overlong(self) -> bool:
        return self.endless or len(self.data or "") > self.limit

    def pre_validate(self, form: object) -> None:
        if self.overlong:
            raise StopValidation(self.say_overlong())
        if self.data:
            self.check()
        elif self.required:
            raise StopValidation(self.required)

    def say_overlong(self) -> str:
        """What is wrong with a text that is too long."""
        return too_long(self.limit, self.what)

    def check(self) -> None:
        """Raises `StopValidation` for what is no text of this kind; asked of what is there and not too long."""


class ParagraphField(TypedField, TextAreaField):
    """A longer text, which keeps its line breaks."""


def line(label: str, limit: int, what: str = "", *, required: str = "") -> TypedField:
    """One line of text."""
    return TypedField(label, limit, what=what, required=required)


def paragraph(label: str, limit: int = limits.PARAGRAPH, what: str = "") -> ParagraphField:
    """A longer text, which may be blank."""
    return ParagraphField(label, limit, what=what, read=clean_paragraph)


def as_typed(label: str, limit: int, what: str = "") -> ParagraphField:
    """The same with the blanks around it: it is saved while somebody types."""
    return ParagraphField(label, limit, what=what, read=clean)


class SentField(StringField):
    """What a page puts into its form by itself, such as the value of a radio button; compared, never read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]) if len(valuelist[0]) <= LONGEST_SENT else ""


class SentHiddenField(SentField, HiddenField):
    """The same where nobody sees it."""


NO_SUCH_DAY = "Bitte prüfen Sie „{}“: Den Tag {} gibt es nicht."


class DayField(TypedField):
    """A day in a field of text, in the order of day and month that Germans know: a browser's own field asks in that of
    its language. What is a day stands there as `01.02.2027`, and the page says it in words.
    """

    def __init__(self, label: str, *, required: str = "", wrong: str = "", **options: Any) -> None:
        super().__init__(label, LONGEST_DAY, required=required, **options)
        self.wrong = wrong or f"Bitte geben Sie „{label}“ als Datum an, zum Beispiel 30.06.2027."

    @property
    def day(self) -> date | None:
        """None for nothing, and for what is no day."""
        return find_day(self.data or "")

    def process_data(self, value: date | str | None) -> None:
        self.data = german.day(value) if isinstance(value, date) else show_day(value or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = show_day(self.data or "")

    def say_overlong(self) -> str:
        return self.wrong

    def check(self) -> None:
        try:
            found = read_day(self.data or "")
        except NoSuchDay:
            raise StopValidation(NO_SUCH_DAY.format(self.label.text, self.data)) from None
        except NoDay:
            found = None
        if found is None:
            raise StopValidation(self.wrong)


def find_day(text: str) -> date | None:
    """The day that `text` is; None for nothing, and for what is no day."""
    try:
        return read_day(text)
    except NoDay:
        return None


def show_day(text: str) -> str:
    """A day as fields show it; what is none as it was typed."""
    day = find_day(text)
    return german.day(day) if day else text


def check_last_day(form: object, field: DayField) -> None:
    """Raises `ValidationError` for the last day of a link that has passed or is too far off."""
    day, today = field.day, clock.today()
    if day is None:
        return
    if day < today:
        raise ValidationError("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren.")
    if day > today + timedelta(days=MOST_DAYS):
        raise ValidationError("Ein Link gilt höchstens ein Jahr. Bitte wählen Sie einen früheren Tag.")


class MailField(TypedField):
    """An e-mail address that a mail can go to, else nobody would learn that none arrived."""

    anywhere = False

    def __init__(
        self, label: str = "E-Mail-Adresse", limit: int = LONGEST_ADDRESS, required: str = "", **options: Any
    ) -> None:
        super().__init__(label, limit, what="die E-Mail-Adresse", required=required, read=tidy_mail, **options)

    @property
    def address(self) -> str:
        """What was typed, as accounts are found by it; empty where it is no address."""
        return find_account_mail(self.data or "")

    def check(self) -> None:
        try:
            read_mail(self.data or "", anywhere=self.anywhere)
        except NoAddress as wrong:
            raise StopValidation(wrong.why) from None


class NamedMailField(MailField):
    """An e-mail address that people read or that is looked up, but no mail of ours goes to.

    It may be one of a town hall's own network, such as `.local` or `.internal`, which `MailField` refuses.
    """

    anywhere = True


class PhoneField(TypedField):
    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, LONGEST_PHONE, what="die Telefonnummer", read=tidy_phone, **options)

    def check(self) -> None:
        if not is_phone(self.data or ""):
            raise StopValidation("Bitte geben Sie eine Telefonnummer aus Ziffern an, zum Beispiel 06151 871-0.")


class LinkField(TypedField):
    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, LONGEST_LINK, read=tidy_link, **options)

    def say_overlong(self) -> str:
        return (
            f"Der Link ist länger als {LONGEST_LINK} Zeichen. Bitte geben Sie einen kürzeren an, zum Beispiel den der "
            "Seite, auf der das Dokument steht."
        )

    def check(self) -> None:
        if not is_link(self.data or ""):
            raise StopValidation(
                "Bitte geben Sie als Link eine Internetadresse an, zum Beispiel https://www.stadt.de/leitbild.pdf."
            )


class KeyField(SentHiddenField):
    """Keeps a double click from doing a thing twice: each page brings a fresh key, and its form sends it back.

    Whoever sends back something else gets another fresh one with the refusal.
    """

    def __init__(self, **options: Any) -> None:
        known = Regexp(r"[0-9a-f]{32}\Z", message="Bitte laden Sie die Seite neu.")
        super().__init__(default=new_key, validators=[known], **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist or [""])

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        if self.errors:
            self.data = new_key()


def new_key() -> str:
    """A key for something that is to be made once."""
    return secrets.token_hex(16)
