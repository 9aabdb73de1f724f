"""One piece of evidence as entered: its fields, what is wrong with them, and what they mean."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, StringField
from wtforms.validators import Length, ValidationError

from selfcheck.reporting.words import german
from selfcheck.web.layout.fields import one_line, parse_day

AVAILABLE = "available"
MISSING = "missing"
OWN = "n"
USUAL = "u"


def check_link(link: str) -> bool:
    """Whether `link` is an address of the web that is safe to offer for a click."""
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", link)
    except ValueError:
        return False


def complete_link(link: str) -> str:
    """`musterstadt.de/beschluss` as people type it gets its https://; anything else stays as it is."""
    return f"https://{link}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", link) else link


class EvidenceForm(Form):
    state = StringField()
    title = StringField(
        filters=[one_line],
        validators=[Length(max=200, message="Bitte kürzen Sie den Titel auf höchstens 200 Zeichen.")],
    )
    link = StringField(
        filters=[one_line, complete_link], validators=[Length(max=500, message="Der Link ist länger als 500 Zeichen.")]
    )
    file_number = StringField(
        filters=[one_line],
        validators=[Length(max=120, message="Bitte kürzen Sie die Angabe auf höchstens 120 Zeichen.")],
    )
    page = StringField(
        filters=[one_line], validators=[Length(max=40, message="Bitte kürzen Sie die Seite auf höchstens 40 Zeichen.")]
    )
    valid_until = StringField(filters=[one_line])
    remove = BooleanField()

    def validate_link(self, field: StringField) -> None:
        if field.data and not check_link(field.data):
            raise ValidationError("Bitte geben Sie eine Internetadresse an, die mit https:// oder http:// beginnt.")

    def validate_valid_until(self, field: StringField) -> None:
        try:
            parse_day(field.data or "")
        except ValueError:
            raise ValidationError("Bitte geben Sie ein Datum an, zum Beispiel 31.12.2026.") from None


class EvidenceShown(NamedTuple):
    """What stands in the fields of one piece, as text."""

    title: str
    state: str = MISSING
    link: str = ""
    file_number: str = ""
    page: str = ""
    valid_until: str = ""
    remove: bool = False

    @property
    def blank(self) -> bool:
        return not (self.title or self.link or self.file_number or self.page or self.valid_until)

    @property
    def day(self) -> date | None:
        """None also for what is no date: a piece that goes away is not checked."""
        try:
            return parse_day(self.valid_until)
        except ValueError:
            return None


def read_evidence(prefix: str, data: MultiDict[str, str], title: str | None) -> tuple[EvidenceShown, dict[str, str]]:
    """What was entered under `prefix`, and what is wrong with it by field.

    `title` is that of a usual piece (blank where the page does not say it); None for an own one, which names itself.
    """
    form = EvidenceForm(data, prefix=prefix)
    form.validate()
    errors = {field.short_name: str(field.errors[0]) for field in form if field.errors}
    shown = EvidenceShown(
        title=title if title is not None else form.title.data or "",
        state=AVAILABLE if form.state.data == AVAILABLE else MISSING,
        link=form.link.data or "",
        file_number=form.file_number.data or "",
        page=form.page.data or "",
        valid_until=form.valid_until.data or "",
        remove=bool(form.remove.data),
    )
    if title is None and not shown.title and not shown.blank:
        errors["title"] = "Bitte geben Sie dem Nachweis einen Titel."
    return shown, {} if shown.remove else errors


def describe(shown: EvidenceShown) -> str:
    """One piece in words, for a conflict: `Leitbild 2030: liegt vor, Seite 4`."""
    facts = ["liegt vor" if shown.state == AVAILABLE else "fehlt noch", shown.link, shown.file_number]
    facts.append(f"Seite {shown.page}" if shown.page else "")
    facts.append(f"gültig bis {german.day(shown.day)}" if shown.day else shown.valid_until)
    return f"{shown.title}: {', '.join(fact for fact in facts if fact)}"
