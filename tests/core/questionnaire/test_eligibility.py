"""Who may take part: every place in every Land gets an answer, and none is a flat no."""

from __future__ import annotations

from itertools import product

import pytest

from selfcheck.core.questionnaire.eligibility import Eligibility, eligibility
from selfcheck.core.questionnaire.model import CENTRALITIES, LANDS
from selfcheck.reporting.words.eligibility_text import answer

EVERYWHERE = ("HE", "RP", "BY", "unknown")


@pytest.mark.parametrize("place", ["oberzentrum", "mittelzentrum", "unterzentrum"])
@pytest.mark.parametrize("land", EVERYWHERE)
def test_upper_middle_and_lower_centres_may_take_part(place: str, land: str) -> None:
    assert eligibility(place, land, chamber_known=True) is Eligibility.CENTRE


@pytest.mark.parametrize("land", EVERYWHERE)
def test_small_centres_ask_specially(land: str) -> None:
    assert eligibility("kleinzentrum", land, chamber_known=True) is Eligibility.ON_REQUEST


@pytest.mark.parametrize(
    ("land", "expected"),
    [
        ("HE", Eligibility.BASIC_CENTRE),
        ("RP", Eligibility.BASIC_CENTRE_MERGED),
        ("BY", Eligibility.BASIC_CENTRE_MERGED),
        ("unknown", Eligibility.BASIC_CENTRE),
    ],
)
def test_basic_centres_depend_on_how_the_land_names_them(land: str, expected: Eligibility) -> None:
    assert eligibility("grundzentrum", land, chamber_known=True) is expected


@pytest.mark.parametrize(
    ("land", "expected"),
    [
        ("HE", Eligibility.ASSOCIATION_ELSEWHERE),
        ("RP", Eligibility.ASSOCIATION_ELSEWHERE),
        ("BY", Eligibility.ASSOCIATION),
        ("unknown", Eligibility.ASSOCIATION_ELSEWHERE),
    ],
)
def test_associations_are_named_for_bavaria_only(land: str, expected: Eligibility) -> None:
    assert eligibility("verwaltungsgemeinschaft", land, chamber_known=True) is expected


@pytest.mark.parametrize(
    ("land", "expected"),
    [
        ("HE", Eligibility.NO_CENTRE),
        ("RP", Eligibility.NO_CENTRE),
        ("BY", Eligibility.NO_CENTRE_BAVARIA),
        ("unknown", Eligibility.NO_CENTRE),
    ],
)
def test_without_a_central_place_bavaria_has_another_way(land: str, expected: Eligibility) -> None:
    assert eligibility("keine", land, chamber_known=True) is expected


@pytest.mark.parametrize("place", ["unknown", "", "metropole"])
def test_what_nobody_knows_is_unknown(place: str) -> None:
    assert eligibility(place, "HE", chamber_known=True) is Eligibility.UNKNOWN


@pytest.mark.parametrize(("place", "land"), list(product(CENTRALITIES, LANDS)))
def test_another_district_is_said_first(place: str, land: str) -> None:
    assert eligibility(place, land, chamber_known=False) is Eligibility.OTHER_DISTRICT


@pytest.mark.parametrize(("place", "land", "known"), list(product(CENTRALITIES, LANDS, (True, False))))
def test_no_municipality_is_turned_away(place: str, land: str, known: bool) -> None:
    title, sentence = answer(eligibility(place, land, known), "IHK Darmstadt")
    words = f"{title} {sentence}".lower()
    assert "nicht teilnehmen" not in words
    assert "kann keine" not in words
    assert "{" not in words


@pytest.mark.parametrize("given", list(Eligibility))
def test_whoever_has_to_ask_is_told_whom(given: Eligibility) -> None:
    assert "IHK" in answer(given)[1]


@pytest.mark.parametrize("given", [each for each in Eligibility if each is not Eligibility.OTHER_DISTRICT])
def test_the_responsible_chamber_is_named_where_it_is_known(given: Eligibility) -> None:
    assert "die IHK für Rheinhessen" in answer(given, "IHK für Rheinhessen")[1]
    assert "Ihre IHK" in answer(given)[1]
