"""The chamber finder: which chamber is for a district, ready to print. The page is `home`'s business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from selfcheck.core.questionnaire.chambers import Chamber, Chambers, District
from selfcheck.core.text.order import sort_key
from selfcheck.reporting.words import german
from selfcheck.web.layout.contact import link_phone

HEADS = [{"text": "IHK"}, {"text": "Zuständig für"}, {"text": "Ansprechperson"}, {"text": "Telefon"}]
KIND = "Landkreis "


@dataclass(frozen=True, slots=True)
class Found:
    """The chamber of one district: whom to call, and the exceptions to know."""

    district: District
    chamber: Chamber
    contact: list[tuple[str, str]]
    notes: tuple[str, ...]


def list_districts(chambers: Chambers) -> list[District]:
    """All districts by the name people look for, whatever „Landkreis“ stands before it."""
    return sorted(chambers.districts, key=lambda district: sort_key(district.name.removeprefix(KIND)))


def find(chambers: Chambers, key: str, mail: str = "") -> Found | None:
    """The chamber of the district with this key; None if no chamber has it. `mail` is its address, where somebody has
    found it."""
    district, chamber = chambers.district(key), chambers.chamber_of(key)
    if district is None or chamber is None:
        return None
    contact = [
        ("Ansprechperson", chamber.contact),
        ("Telefon", link_phone(chamber.phone)),
        ("Stand", german.day(chambers.as_of)),
    ]
    if chamber.url:
        link = Markup('<a href="{}" rel="noopener noreferrer">Seite der {} zum Audit</a>')
        contact.insert(2, ("Internet", link.format(chamber.url, chamber.name)))
    if mail:
        written = Markup('<a href="mailto:{}" translate="no">{}</a>').format(quote(mail, "@"), mail)
        contact.insert(2, ("E-Mail", written))
    return Found(district, chamber, contact, tuple(note.text for note in chambers.notes_for(key)))


def list_rows(chambers: Chambers) -> Iterable[list[str]]:
    """One row per chamber under `HEADS`."""
    plain = {each.id: each.name.removeprefix("IHK ").removeprefix("für ") for each in chambers.chambers}
    for chamber in sorted(chambers.chambers, key=lambda each: sort_key(plain[each.id])):
        districts = "; ".join(district.name for district in chamber.districts)
        yield [chamber.name, districts, chamber.contact, link_phone(chamber.phone)]
