"""What stands in the row of the self-check itself: what is said about the municipality, and the chamber's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, update

from selfcheck.core.permissions import Right
from selfcheck.core.rules.answers import Contact
from selfcheck.core.text.contents import clean_line
from selfcheck.core.text.mail import tidy_mail
from selfcheck.core.text.phone import tidy_phone
from selfcheck.store.database import limits, tables
from selfcheck.store.parts import values
from selfcheck.store.parts.kinds import frozen_texts
from selfcheck.store.parts.kinds.frozen_texts import Versions
from selfcheck.store.parts.kinds.kind import Kind, TextKind
from selfcheck.store.parts.shelf import Fields, Shelf
from selfcheck.store.parts.values import Check, Details
from selfcheck.store.parts.work import Work
from selfcheck.store.parts.writes import Part, Write

Content = TypeVar("Content")
BESIDE = ("version", "by", "at", "chamber_mail", "chamber_version", "chamber_by", "chamber_at")
"""What parts keep in the row beside the details themselves."""
CODES = {"phone": tidy_phone, "mail": tidy_mail}
"""What machines read of a contact."""


def keep_details(details: Details) -> Details:
    """`details` as they are stored. Raises `TooLong`."""
    contact = {
        name: limits.keep_tidy(text, CODES.get(name, clean_line), f"contact_{name}", limits.LINE)
        for name, text in asdict(details.contact).items()
    }
    municipality = limits.keep_line(details.municipality, "municipality", limits.LINE)
    district = limits.keep_line(details.district, "district", limits.DISTRICT)
    return replace(details, municipality=municipality, district=district, contact=Contact(**contact))


def details_columns(details: Details) -> dict[str, object]:
    profile = details.profile
    return {
        "municipality": details.municipality,
        "district": details.district,
        "land": profile.land,
        "centrality": profile.centrality,
        "audit": profile.audit,
        "interview": details.interview,
        "awarded": details.awarded,
    } | {f"contact_{name}": text for name, text in asdict(details.contact).items()}


def details_to_plain(details: Details) -> dict[str, object]:
    """As the history and the data file have them: they call the centrality „place“."""
    days = {name: day.isoformat() if day else None for name, day in _list_days(details)}
    plain = details_columns(details) | days
    return {"place": plain.pop("centrality"), **plain}


def details_from_plain(plain: Mapping[str, object]) -> Details:
    """The reverse; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    interview, awarded = (
        date.fromisoformat(str(day)) if day else None for day in (plain["interview"], plain["awarded"])
    )
    contact = Contact(*(str(plain[f"contact_{name}"]) for name in ("name", "office", "phone", "mail")))
    profile = values.make_profile(str(plain["place"]), str(plain["audit"]), str(plain["land"]))
    return Details(str(plain["municipality"]), str(plain["district"]), profile, interview, contact, awarded)


def _list_days(details: Details) -> tuple[tuple[str, date | None], ...]:
    return ("interview", details.interview), ("awarded", details.awarded)


class DetailsShelf(Shelf[Check]):
    """The row of the self-check itself; whoever asks has read it already."""

    exported = False

    def __init__(self) -> None:
        self.section, self.table, self.row, self.key = "self_check", tables.SelfCheck, Check, ""
        self.columns = ()

    def key_of(self, row: Check) -> str:
        return ""

    def store(
        self, connection: Connection, check_id: int, rows: Mapping[str, Check], stock: dict[str, Check]
    ) -> Mapping[int, int]:
        for check in rows.values():
            beside = {name: getattr(check, name) for name in BESIDE}
            row = update(tables.SelfCheck).where(tables.SelfCheck.id == check_id)
            connection.execute(row.values(details_columns(check.details) | beside))
        return {}


DETAILS = DetailsShelf()


class _CheckKind(Kind[Check, Content]):
    """It always stands there, and is called by nothing. Two parts lie in the one row, so what stood there once is put
    together from both."""

    shelf = DETAILS
    right = Right.DETAILS

    def key(self, work: Work, write: Write) -> str:
        return ""

    def then(self, past: dict[str, Check], present: Mapping[str, Check], subject: str, settled: object) -> None:
        row = past.get("") or replace(present[""], chamber_mail="")
        past[""] = self.put(row, self.read(settled))


class DetailsKind(_CheckKind[Details]):
    part = Part.DETAILS
    content = Details

    def show(self, work: Work, row: Check) -> object:
        return row.details

    def keep(self, work: Work, content: Details, row: Check | None) -> Details:
        return keep_details(content)

    def tell(self, content: Details | None) -> object:
        return details_to_plain(content) if content is not None else None

    def read(self, told: object) -> Details:
        if not isinstance(told, Mapping):
            raise TypeError(told)
        return details_from_plain({**self.defaults, **told})

    @property
    def typed(self) -> tuple[str, ...]:
        return "contact_name", "contact_office", "contact_phone", "contact_mail"

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_contact(stand, versions)


class ChamberKind(_CheckKind[str], TextKind[Check]):
    part = Part.CHAMBER
    stamp = "chamber_"
    column = "chamber_mail"
    text = values.CHAMBER_MAIL

    def show(self, work: Work, row: Check) -> object:
        return row.chamber_mail

    def from_file(self, work: Work, said: Fields) -> tuple[str, str] | None:
        return "", str(said["mail"])
