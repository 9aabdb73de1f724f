"""Whom to ask, before it stands on a document; and what the report shows beside the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from selfcheck.core.rules.answers import Contact
from selfcheck.store.parts.values import Details
from selfcheck.web.entry.profile_form import LONGEST_NAME
from selfcheck.web.layout.fields import NamedMailField, PageForm, PhoneField, SentHiddenField, line


class ContactForm(PageForm):
    """The fields of „Angaben zur Kommune“ that say whom to ask."""

    name = line(
        "Ansprechperson",
        LONGEST_NAME,
        "den Namen der Ansprechperson",
        required="Bitte geben Sie an, wen die IHK fragen kann.",
    )
    office = line("Fachbereich", LONGEST_NAME, "den Namen des Fachbereichs")
    phone = PhoneField("Telefon")
    mail = NamedMailField("E-Mail")
    version = SentHiddenField()
    base = SentHiddenField()

    def change(self, details: Details) -> Details:
        """`details` with what a valid form says."""
        contact = Contact(self.name.data or "", self.office.data or "", self.phone.data or "", self.mail.data or "")
        return replace(details, contact=contact)


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the Stand the report shows beside the rest, as the address says it."""

    route: bool
    checklist: bool

    @classmethod
    def from_address(cls, args: Mapping[str, str]) -> Choice:
        return cls(route="weg" in args, checklist="checkliste" in args)

    @property
    def said(self) -> str:
        """`Mit Weg zur Marke und Checkliste.`, or nothing."""
        chosen = [word for word, yes in (("Weg zur Marke", self.route), ("Checkliste", self.checklist)) if yes]
        return f"Mit {' und '.join(chosen)}." if chosen else ""


WHOLE, NOTHING_MORE = Choice(route=True, checklist=True), Choice(route=False, checklist=False)
