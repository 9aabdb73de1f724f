"""The verdict in words: what stands beside a total, per verdict, town and voice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import ProfileIs, Questionnaire
from selfcheck.core.rules.answers import Answers, Evidence, Extras, Project
from selfcheck.core.rules.estimate import Estimate, Verdict, estimate
from selfcheck.reporting.words import verdict
from selfcheck.reporting.words.verdict import Voice
from tests.core.builders import LISTED, PROFILE, UNCLEAR, given, questionnaire, yes_no
from tests.reporting.builders import DAY, estimate_town
from tests.towns import questionnaire as published
from tests.towns import sample

NO_EXTRAS = Extras()
WITH_PROOF = {"evidence": ("Beschluss",)}


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _estimate(asked: Questionnaire, answers: Answers, extras: Extras = NO_EXTRAS) -> Estimate:
    return estimate(asked, PROFILE, answers, extras, DAY)


def _ten() -> Questionnaire:
    return questionnaire([yes_no("a", 7, **WITH_PROOF), yes_no("b", 3, **WITH_PROOF)])


def test_the_sample_town_is_told_what_is_missing_and_what_could_still_come() -> None:
    said = verdict.describe(published(), estimate_town(sample()), "Musterstadt am Main")
    assert said.title == "Noch offen"
    assert _plain(said.sentence) == (
        "Nach Ihren Angaben erreichen Sie 65,7 %. Bis zur Marke von 70 % fehlen 5,1 Punkte. "
        "Acht offene und unklare Fragen können noch bis zu 24 Punkte bringen."
    )
    assert said.mark == "82,6 von 118 Punkten"
    assert said.bonus == "Summe der Fragen 75,5 + 2 Sonderpunkte = 77,5 Punkte."


@pytest.mark.parametrize(
    ("answers", "title", "sentence"),
    [
        (
            {"a": given("ja", LISTED)},
            "Erreicht und belegt",
            "Nach Ihren Angaben erreichen Sie 70,0 %. Belegt sind 70,0 %, genau die Marke von 70 %.",
        ),
        (
            {"a": given("ja"), "b": given("ja")},
            "Nach Ihren Angaben erreicht, Belege fehlen",
            "Angegeben sind 100 %. Das ist 3 Punkte über der Marke von 70 %. "
            "Belegt sind erst 0 %; bis zur Marke fehlen noch Belege für 7 Punkte.",
        ),
        (
            {"a": UNCLEAR, "b": given("ja")},
            "Noch offen",
            "Nach Ihren Angaben erreichen Sie 30,0 %. Bis zur Marke von 70 % fehlen 4 Punkte. "
            "Eine unklare Frage kann noch bis zu 7 Punkte bringen.",
        ),
        (
            {"a": given("nein")},
            "Mit den heutigen Angeboten nicht erreicht",
            "Nach Ihren Angaben erreichen Sie 0 %. Bis zur Marke von 70 % fehlen 7 Punkte. "
            "Auch wenn alle offenen Fragen volle Punkte bringen, fehlen noch 4 Punkte.",
        ),
        (
            {"a": UNCLEAR},
            "Noch offen",
            "Nach Ihren Angaben erreichen Sie 0 %. Bis zur Marke von 70 % fehlen 7 Punkte. "
            "Zwei offene und unklare Fragen können noch bis zu 10 Punkte bringen.",
        ),
        (
            {"a": UNCLEAR, "b": given("nein")},
            "Noch offen",
            "Nach Ihren Angaben erreichen Sie 0 %. Bis zur Marke von 70 % fehlen 7 Punkte. "
            "Eine unklare Frage kann noch bis zu 7 Punkte bringen.",
        ),
        (
            {},
            "Noch keine Angaben",
            "Sobald Sie die erste Frage beantwortet haben, steht hier das Ergebnis für Ort.",
        ),
    ],
)
def test_every_verdict_has_its_title_and_sentence(answers: Answers, title: str, sentence: str) -> None:
    said = verdict.describe(_ten(), _estimate(_ten(), answers), "Ort")
    assert (said.title, _plain(said.sentence)) == (title, sentence)


@pytest.mark.parametrize("kind", list(Verdict))
def test_a_report_speaks_about_the_town_not_to_it(kind: Verdict) -> None:
    found = replace(estimate_town(sample()), verdict=kind)
    said = verdict.describe(published(), found, "Ort", Voice.REPORT)
    assert "Ihre" not in said.title + said.sentence
    assert "Sie " not in said.sentence


def test_no_report_says_twice_who_says_it() -> None:
    said = verdict.describe(_ten(), _estimate(_ten(), {"a": given("ja"), "b": given("ja")}), "Ort", Voice.REPORT)
    assert said.title == "Nach den Angaben der Kommune erreicht, Belege fehlen"
    assert _plain(said.sentence).startswith("Angegeben sind 100 %. Das ist 3 Punkte über der Marke von 70 %.")


def test_a_whole_mark_is_rounded_up_only_where_all_points_are_whole() -> None:
    whole = questionnaire([yes_no("a", 100), yes_no("b", 18)])
    halves = questionnaire([yes_no("a", 100, partly=0.5), yes_no("b", 18)])
    assert verdict.mark_out_of(whole, _estimate(whole, {})) == "83 von 118 Punkten"
    assert verdict.mark_out_of(halves, _estimate(halves, {})) == "82,6 von 118 Punkten"


def test_a_bonus_in_halves_keeps_the_exact_mark() -> None:
    asked = questionnaire([yes_no("a", 118)])
    asked = replace(asked, bonus=replace(asked.bonus, per_project=Decimal("0.5")))
    assert verdict.mark_out_of(asked, _estimate(asked, {})) == "82,6 von 118 Punkten"


def test_an_unofficial_questionnaire_says_so_beside_the_total() -> None:
    assert verdict.disclaim(published()) == (
        "Schätzung, keine Zusage, nach eigener Gewichtung, nicht nach dem Prüfbogen der IHK."
    )
    assert verdict.disclaim(replace(published(), official=True)) == "Schätzung, keine Zusage."


def test_shares_never_exceed_a_hundred_per_cent() -> None:
    extras = Extras(projects=(Project(1, "Fest", True),))
    proof = Evidence("Beschluss", available=True)
    found = _estimate(_ten(), {"a": given("ja", proof), "b": given("ja", proof)}, extras)
    assert verdict.share_claimed(found) == verdict.share_documented(found) == 100


def test_who_tries_out_other_answers_does_not_read_of_todays_offers() -> None:
    assert verdict.name_verdict(Verdict.SHORT, Voice.TRIAL) == "Damit noch nicht erreicht"
    assert verdict.name_verdict(Verdict.CLAIMED, Voice.TRIAL) == "Damit erreicht, Belege fehlen"


def test_where_only_conditions_are_open_nobody_is_told_of_open_questions() -> None:
    hall = ProfileIs("place", ("oberzentrum",))
    asked = questionnaire([yes_no("a", 6), yes_no("b", 4, applies_if=hall)])
    answers = {"a": given("ja"), "b": given("ja")}
    found = estimate(asked, replace(PROFILE, centrality="unknown"), answers, NO_EXTRAS, DAY)
    assert found.verdict is Verdict.POSSIBLE
    said = verdict.explain_verdict(asked, found, "Musterstadt")
    assert said.endswith("Bis zu 4 Punkte hängen noch daran, welche Fragen hier gestellt werden.")
