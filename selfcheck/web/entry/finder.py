"""The chamber finder: which chamber is for a district, ready to print. The page is `home`'s business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from selfcheck.core.questionnaire.chambers import Chamber, ChamberNote, Chambers, District
from selfcheck.core.text.order import sort_key
from selfcheck.reporting.words import german
from selfcheck.web.layout.contact import link_mail, link_phone

HEADS = [{"text": "IHK"}, {"text": "Zuständig für"}, {"text": "Ansprechperson"}, {"text": "Telefon"}]
KIND = "Landkreis "
ON_THE_LIST = "steht auf der Seite von PERFORM"
"""Where the address of a chamber is found that the file does not give."""
LINK = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')
AGED = "Diese Angaben sind älter als ein halbes Jahr. Fragen Sie im Zweifel die Zentrale der IHK."


@dataclass(frozen=True, slots=True)
class Found:
    """The chamber of one district or municipality: what it is for, whom to call, and the exceptions to know."""

    chamber: Chamber
    covers: str
    contact: list[tuple[str, str]]
    notes: tuple[str, ...]


def list_districts(chambers: Chambers) -> list[District]:
    """All districts by the name people look for, whatever „Landkreis“ stands before it."""
    return sorted(chambers.districts, key=lambda district: sort_key(district.name.removeprefix(KIND)))


def find(chambers: Chambers, key: str, today: date, municipality: str = "", mail: str = "") -> Found | None:
    """The chamber of the district with this key, or of the municipality there; None if no chamber has it.

    For a municipality only what is about itself is noted. `mail` is the chamber's address, where somebody has found it.
    """
    district, chamber = chambers.district(key), chambers.responsible(key, municipality)
    if district is None or chamber is None:
        return None
    contact = [row for row in _list_contact(chambers, chamber, mail or chamber.mail, today) if row[1]]
    noted = chambers.notes_about(key, municipality) if municipality else chambers.notes_for(key)
    return Found(chamber, _name(chambers, district), contact, tuple(_say_note(chambers, note) for note in noted))


def _list_contact(chambers: Chambers, chamber: Chamber, mail: str, today: date) -> Iterable[tuple[str, str]]:
    """Everything that may be known, empty where it is not."""
    yield "Ansprechperson", chamber.contact
    yield "Telefon", link_phone(chamber.phone) if chamber.phone else ""
    yield "Zentrale", link_phone(chamber.switchboard) if chamber.switchboard else ""
    yield "E-Mail", link_mail(mail) if mail else LINK.format(chambers.source.url, ON_THE_LIST) if chamber.id else ""
    if chamber.id:
        yield "Internet", _link_page(chambers, chamber)
        yield "zuletzt geprüft", _say_age(chambers, today)


def _link_page(chambers: Chambers, chamber: Chamber) -> Markup:
    """The chamber's page on the audit, or that of the source."""
    if chamber.url:
        return LINK.format(chamber.url, f"Seite der {chamber.name} zum Audit")
    return LINK.format(chambers.source.url, "Seite von PERFORM zum Audit")


def _say_age(chambers: Chambers, today: date) -> str:
    day = german.day(chambers.as_of)
    return f"{day}. {AGED}" if chambers.is_old(today) else day


def _say_note(chambers: Chambers, note: ChamberNote) -> str:
    """The note, and whom to call there."""
    chamber = chambers.named(note.elsewhere)
    if chamber is None:
        return note.text
    return Markup("{} Ansprechperson dort: {}, Telefon {}.").format(
        note.text, chamber.contact, link_phone(chamber.phone)
    )


def _name(chambers: Chambers, district: District) -> str:
    """The district, and which municipalities in it belong elsewhere."""
    exceptions = chambers.list_exceptions(district.key)
    return f"{district.name} (ohne {german.listing(exceptions)})" if exceptions else district.name


def list_rows(chambers: Chambers) -> Iterable[list[str]]:
    """One row per chamber under `HEADS`."""
    plain = {each.id: each.name.removeprefix("IHK ").removeprefix("für ") for each in chambers.chambers}
    for chamber in sorted(chambers.chambers, key=lambda each: sort_key(plain[each.id])):
        districts = "; ".join(_name(chambers, district) for district in chamber.districts)
        yield [chamber.name, districts, chamber.contact, link_phone(chamber.phone)]
