"""What is said about the municipality as columns, and as plain data for the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from selfcheck.core.questionnaire.model import (
    AUDITS,
    CENTRALITIES,
    LANDS,
    Profile,
)
from selfcheck.core.rules.answers import Contact
from selfcheck.store.database import limits
from selfcheck.store.parts.records import Details


def keep_details(details: Details) -> Details:
    """`details` as they are stored. Raises `TooLong`."""

    def line(name: str, text: str, limit: int = limits.LINE) -> str:
        return limits.keep_line(text, name, limit)

    contact = details.contact
    return replace(
        details,
        municipality=line("municipality", details.municipality),
        district=line("district", details.district, limits.DISTRICT),
        contact=Contact(
            line("contact_name", contact.name),
            line("contact_office", contact.office),
            line("contact_phone", contact.phone),
            line("contact_mail", contact.mail),
        ),
    )


def details_columns(details: Details) -> dict[str, Any]:
    profile, contact = details.profile, details.contact
    return {
        "municipality": details.municipality,
        "district": details.district,
        "land": profile.land,
        "centrality": profile.centrality,
        "audit": profile.audit,
        "interview": details.interview,
        "contact_name": contact.name,
        "contact_office": contact.office,
        "contact_phone": contact.phone,
        "contact_mail": contact.mail,
    }


def details_to_plain(details: Details) -> dict[str, Any]:
    plain = details_columns(details) | {"interview": details.interview.isoformat() if details.interview else None}
    return {"place": plain.pop("centrality"), **plain}


def details_from_plain(plain: Mapping[str, Any]) -> Details:
    """The reverse; raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    interview = plain["interview"]
    contact = Contact(*(str(plain[f"contact_{name}"]) for name in ("name", "office", "phone", "mail")))
    profile = make_profile(plain["place"], plain["audit"], plain["land"])
    day = date.fromisoformat(interview) if interview else None
    return Details(str(plain["municipality"]), str(plain["district"]), profile, day, contact)


def make_profile(centrality: str, audit: str, land: str) -> Profile:
    """What the rules know; anything else counts as not known."""
    return Profile(
        centrality if centrality in CENTRALITIES else "unknown",
        audit if audit in AUDITS else AUDITS[0],
        land if land in LANDS else "unknown",
    )
