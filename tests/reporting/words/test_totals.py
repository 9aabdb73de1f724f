"""Totals in words: what is added up, against how many points, and what other weights would give."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import NotApplicable, QuestionIs, Questionnaire, Source
from selfcheck.core.rules.answers import Answers, Extras, Project
from selfcheck.core.rules.estimate import Estimate, estimate
from selfcheck.reporting.words import totals, verdict
from selfcheck.reporting.words.verdict import Voice
from tests.core.builders import LISTED, NOT_APPLICABLE, PROFILE, given, questionnaire, yes_no
from tests.reporting.builders import DAY

NO_EXTRAS = Extras()


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _estimate(asked: Questionnaire, answers: Answers, extras: Extras = NO_EXTRAS) -> Estimate:
    return estimate(asked, PROFILE, answers, extras, DAY)


def _projects(number: int) -> Extras:
    return Extras(projects=tuple(Project(place, "Fest", True) for place in range(number)))


def test_excluded_questions_are_counted_with_the_smaller_base() -> None:
    left_out = {"not_applicable": NotApplicable.EXCLUDED}
    asked = questionnaire([yes_no("a", 112), yes_no("b", 4, **left_out), yes_no("c", 2, **left_out)])
    said = totals.explain_basis(asked, _estimate(asked, {"b": NOT_APPLICABLE, "c": NOT_APPLICABLE}))
    assert said == "Grundlage 112 statt 118 Punkte, weil 2 Fragen ausgenommen sind; die IHK kann das anders sehen."
    assert totals.explain_basis(asked, _estimate(asked, {})) == ""


def test_questions_that_are_not_asked_are_named_with_the_smaller_base() -> None:
    only_if = {"applies_if": QuestionIs("a", ("ja",))}
    asked = questionnaire([yes_no("a", 110), *(yes_no(name, 1, **only_if) for name in "bcdef"), yes_no("g", 3)])
    said = totals.explain_basis(asked, _estimate(asked, {"a": given("nein")}))
    assert said == "Grundlage 113 statt 118 Punkte, weil 5 Fragen bei Ihnen nicht gestellt werden."
    may_go = yes_no("c", 4, not_applicable=NotApplicable.EXCLUDED)
    fewer = questionnaire([yes_no("a", 112), yes_no("b", 2, **only_if), may_go])
    found = _estimate(fewer, {"a": given("nein")})
    said = totals.explain_basis(fewer, found)
    assert said == "Grundlage 116 statt 118 Punkte, weil A2 bei Ihnen nicht gestellt wird."
    report = verdict.describe(fewer, found, "Musterstadt", Voice.REPORT)
    assert report.basis == "Grundlage 116 statt 118 Punkte, weil A2 nicht gestellt wird."
    both = _estimate(fewer, {"a": given("nein"), "c": NOT_APPLICABLE})
    assert totals.explain_basis(fewer, both) == (
        "Grundlage 112 statt 118 Punkte, weil A2 bei Ihnen nicht gestellt wird und 1 Frage ausgenommen ist; "
        "die IHK kann das anders sehen."
    )


@pytest.mark.parametrize(
    ("projects", "added", "left"),
    [
        (1, "Summe der Fragen 7 + 1 Sonderpunkt = 8 Punkte.", "2 statt 3"),
        (2, "Summe der Fragen 7 + 2 Sonderpunkte = 9 Punkte.", "1 statt 3"),
        (5, "Summe der Fragen 7 + 5 Sonderpunkte = 12 Punkte.", "0 statt 3"),
    ],
)
def test_a_total_says_how_it_adds_up(projects: int, added: str, left: str) -> None:
    asked = questionnaire([yes_no("a", 7), yes_no("b", 3)])
    found = _estimate(asked, {"a": given("ja", LISTED), "b": given("nein")}, _projects(projects))
    assert totals.explain_sum(found) == added
    assert totals.explain_table(found) == (
        f"In der Zeile „Gesamt“ sind die Sonderpunkte mitgezählt; darum steht dort bei „nicht erreicht“ {left}."
    )


def test_a_total_without_sonderpunkte_needs_no_words() -> None:
    asked = questionnaire([yes_no("a", 7), yes_no("b", 3)])
    found = _estimate(asked, {"a": given("ja", LISTED), "b": given("nein")})
    assert totals.explain_sum(found) == totals.explain_table(found) == ""


def test_where_nothing_is_lost_the_row_of_the_total_needs_no_words() -> None:
    asked = questionnaire([yes_no("a", 7)])
    assert totals.explain_table(_estimate(asked, {"a": given("ja")}, _projects(1))) == ""


def _three(**further: object) -> Questionnaire:
    return questionnaire(
        [yes_no("a", 8, source=Source.NAMED), yes_no("b", 1, source=Source.NAMED), yes_no("c", 1)], **further
    )


def test_the_probes_are_one_sentence() -> None:
    asked = _three(pass_mark=Decimal(30))
    said = totals.explain_probes(asked, _estimate(asked, {"a": given("ja"), "b": given("nein")}))
    assert _plain(said.sentence) == (
        "Zur Probe: Zählten alle Fragen gleich viel, wären es 33,3 %. "
        "Zählten nur die Fragen, die öffentliche Quellen als Fragen des Audits nennen, wären es 88,9 %."
    )
    assert said.warning == ""


def test_a_probe_beyond_the_mark_is_a_warning() -> None:
    asked = _three()
    only_large = {"a": given("ja"), "b": given("nein"), "c": given("nein")}
    said = totals.explain_probes(asked, _estimate(asked, only_large))
    assert _plain(said.warning) == (
        "In einer Probe ist die Marke von 70 % nicht erreicht, nach Ihren Angaben schon: "
        "Das Ergebnis hängt an der Gewichtung."
    )
    two = replace(asked, pass_mark=Decimal(50))
    only_small = {"a": given("nein"), "b": given("ja"), "c": given("ja")}
    report = verdict.describe(two, _estimate(two, only_small), "Musterstadt", Voice.REPORT).probes
    assert _plain(report.warning) == (
        "In einer Probe ist die Marke von 50 % erreicht, nach den Angaben der Kommune nicht: "
        "Das Ergebnis hängt an der Gewichtung."
    )
    alone = questionnaire([yes_no("a", 4, source=Source.NAMED)], pass_mark=Decimal(100))
    with_bonus = _estimate(alone, {"a": given("nein")}, _projects(4))
    assert totals.explain_probes(alone, with_bonus).warning.startswith("In beiden Proben ist die Marke")


def test_without_answers_there_is_no_probe() -> None:
    asked = _three()
    assert totals.explain_probes(asked, _estimate(asked, {})).sentence == ""


def test_without_a_named_question_only_the_other_probe_is_said() -> None:
    asked = questionnaire([yes_no("a", 8)])
    said = totals.explain_probes(asked, _estimate(asked, {"a": given("ja")}))
    assert _plain(said.sentence) == "Zur Probe: Zählten alle Fragen gleich viel, wären es 100 %."


def test_what_lacks_a_document_is_all_that_is_claimed_and_not_documented() -> None:
    asked = questionnaire([yes_no("a", 7, evidence=("Beschluss",)), yes_no("b", 3, evidence=("Beschluss",))])
    answers = {"a": given("ja"), "b": given("ja", LISTED)}
    assert totals.say_unproven(_estimate(asked, answers)) == "Für 7 Punkte aus 1 Frage fehlt noch ein Beleg."
    proven_one = Extras(projects=(Project(1, "Fest", True), Project(2, "Markt", False)))
    found = _estimate(asked, answers, proven_one)
    assert totals.say_unproven(found) == "Für 7 Punkte aus 1 Frage und 1 Sonderpunkt fehlt noch ein Beleg."
    assert found.reached - found.reached_documented == 8
    assert totals.say_unproven(_estimate(asked, {"b": given("ja", LISTED)})) == ""
