"""Who may take part in the audit: which answer a municipality gets, never a flat no.

The wording is `reporting.words.eligibility_text`'s business; which chamber is responsible is not decided here.
"""

from __future__ import annotations

from enum import StrEnum


class Eligibility(StrEnum):
    """Which answer on taking part is given."""

    CENTRE = "centre"
    ON_REQUEST = "on_request"
    ASSOCIATION = "association"
    ASSOCIATION_ELSEWHERE = "association_elsewhere"
    BASIC_CENTRE = "basic_centre"
    BASIC_CENTRE_MERGED = "basic_centre_merged"
    NO_CENTRE = "no_centre"
    NO_CENTRE_BAVARIA = "no_centre_bavaria"
    UNKNOWN = "unknown"
    OTHER_DISTRICT = "other_district"


NAMED_PLACES = {
    "oberzentrum": Eligibility.CENTRE,
    "mittelzentrum": Eligibility.CENTRE,
    "unterzentrum": Eligibility.CENTRE,
    "kleinzentrum": Eligibility.ON_REQUEST,
}
"""What the label's public conditions name themselves."""

MERGING_LANDS = ("BY", "RP")
"""Here the former Unter- and Kleinzentren became Grundzentren; in Hesse the regional plans still tell them apart."""


def eligibility(place: str, land: str, chamber_known: bool) -> Eligibility:
    """The answer for a `place` and `land` of a profile; any other text counts as unknown.

    `chamber_known` is false where the district belongs to none of the nine chambers that offer the audit.
    """
    if not chamber_known:
        return Eligibility.OTHER_DISTRICT
    if place in NAMED_PLACES:
        return NAMED_PLACES[place]
    match place:
        case "verwaltungsgemeinschaft":
            return Eligibility.ASSOCIATION if land == "BY" else Eligibility.ASSOCIATION_ELSEWHERE
        case "grundzentrum":
            return Eligibility.BASIC_CENTRE_MERGED if land in MERGING_LANDS else Eligibility.BASIC_CENTRE
        case "keine":
            return Eligibility.NO_CENTRE_BAVARIA if land == "BY" else Eligibility.NO_CENTRE
        case _:
            return Eligibility.UNKNOWN
