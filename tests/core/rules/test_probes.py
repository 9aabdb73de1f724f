"""The probes: the same answers with other weights."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given as for_all

from selfcheck.core.questionnaire.model import Kind, NotApplicable, QuestionIs, Source
from selfcheck.core.rules.answers import Extras, Project
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.probes import is_across, probe
from selfcheck.core.rules.situation import Situation
from tests.core import builders, strategies
from tests.core.builders import NOT_APPLICABLE, PROFILE, UNCLEAR, given, yes_no

NAMED = {"source": Source.NAMED}


def probes(questionnaire, answers, extras=None):
    return Situation(questionnaire, PROFILE, answers, extras or Extras(), strategies.DAY).probes


def test_every_question_counts_the_same_and_then_only_the_named_ones():
    questionnaire = builders.questionnaire(
        [yes_no("a", 8, partly=2, **NAMED), yes_no("b", 2, **NAMED), yes_no("c", 1), builders.question("t", Kind.TEXT)]
    )
    answers = {"a": given("teilweise"), "b": given("ja"), "c": UNCLEAR, "t": given("Text")}
    assert probes(questionnaire, answers) == ((Decimal("0.25") + 1) / 3, Decimal("0.4"))


def test_what_is_undecided_counts_and_what_is_excluded_or_not_asked_does_not():
    only_if = {"applies_if": QuestionIs("a", ("ja",))}
    questionnaire = builders.questionnaire(
        [
            yes_no("a", 1, **NAMED),
            yes_no("b", 1, **only_if, **NAMED),
            yes_no("c", 1, not_applicable=NotApplicable.EXCLUDED),
            yes_no("d", 1, not_applicable=NotApplicable.ZERO),
        ]
    )
    said = {"b": given("ja"), "c": NOT_APPLICABLE, "d": NOT_APPLICABLE}
    assert probes(questionnaire, said) == (0, 0)
    assert probes(questionnaire, {**said, "a": given("ja")}) == (Decimal(2) / 3, 1)
    assert probes(questionnaire, {**said, "a": given("nein")}) == (0, 0)


def test_nothing_possible_is_no_share():
    assert probes(builders.questionnaire([builders.question("t", Kind.TEXT)]), {}) == (None, None)
    assert probes(builders.questionnaire([yes_no("a", 1)]), {"a": given("ja")}) == (1, None)


def test_sonderpunkte_are_left_out_of_the_probe_and_count_for_the_mark():
    questionnaire = builders.questionnaire([yes_no("a", 1), yes_no("b", 1)], pass_mark=Decimal(100))
    extras = Extras(projects=(Project(1, "Messe", True),))
    town = Situation(questionnaire, PROFILE, {"a": given("ja")}, extras, strategies.DAY)
    assert town.probes.equal == Decimal("0.5")
    assert is_across(questionnaire, town.estimate, town.probes.equal)
    assert not is_across(questionnaire, town.estimate, None)


@for_all(strategies.towns())
def test_for_every_town(town):
    questionnaire, *_ = town
    situation = Situation(*town, strategies.DAY)
    found, points = probe(questionnaire, situation.estimate), situation.estimate.points
    assert (found.equal is None) == (points.possible == 0)
    assert all(share is None or 0 <= share <= 1 for share in found)
    if points.possible and found.equal is not None:
        assert (found.equal > 0) == (points.claimed > 0)
    scoring = [line for line in situation.estimate.line.values() if line.points.possible]
    if len({line.points.possible for line in scoring}) == 1 and found.equal is not None:
        assert round(found.equal, 20) == round(points.claimed / points.possible, 20)
    assert all(line.applies is not Applies.NO for line in scoring)
