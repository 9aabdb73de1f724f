"""What is not good enough yet: every kind of flaw stands where it belongs, and nothing else does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given as for_all

from selfcheck.core.quality.flaws import Flaw, FlawKind, find_flaws
from selfcheck.core.questionnaire.model import All, Contradiction, Kind, Not, NoteAsked, NumberWithin, QuestionIs
from selfcheck.core.rules.answers import Evidence, Extras, Goal
from selfcheck.core.rules.situation import Situation
from tests.core import builders, strategies
from tests.core.builders import PROFILE, given, number, options, question, yes_no

TODAY, INTERVIEW = date(2026, 11, 28), date(2027, 6, 15)
PROVEN = {"evidence": ("Beschluss",)}
GOALS = Extras(goals=tuple(Goal(n, f"Ziel {n}", "Maßnahme", "Messgröße") for n in (1, 2, 3)))
PLACED = Evidence("Beschluss", available=True, file_number="10-24")


def flaws(questions, answers, extras=GOALS, **further):
    questionnaire = builders.questionnaire(questions, **further)
    return find_flaws(Situation(questionnaire, PROFILE, answers, extras, TODAY, INTERVIEW))


def many(name, **points):
    return question(name, Kind.MANY, options=options(**points), **PROVEN)


def answer(value, *evidence, note=""):
    return given(value)._replace(evidence=evidence, note=note)


def test_points_that_nothing_proves():
    questions = [yes_no("a", 2, **PROVEN), yes_no("b", 2), yes_no("c", 2, **PROVEN), yes_no("d", 2, **PROVEN)]
    missing = Evidence("Beschluss", available=False)
    said = {"a": answer("ja", missing), "b": answer("ja"), "c": answer("nein"), "d": answer("ja", PLACED)}
    assert flaws(questions, said) == (Flaw(FlawKind.UNPROVEN, "a"),)


def test_a_document_that_ends_before_the_interview():
    ends = INTERVIEW.replace(day=14)
    early = Evidence("Beschluss", available=True, valid_until=ends)
    in_time = PLACED._replace(valid_until=INTERVIEW)
    questions = [yes_no("a", 2, **PROVEN), yes_no("b", 2, **PROVEN)]
    found = flaws(questions, {"a": answer("ja", early), "b": answer("ja", in_time)})
    assert found == (Flaw(FlawKind.ENDS_EARLY, "a", title="Beschluss", ends=ends),)


def test_a_document_without_a_place_is_told_once_however_many_questions_it_has():
    nowhere = Evidence("Konzept", available=True, page="4", questions=("b", "a"))
    questions = [yes_no("a", 2, **PROVEN), yes_no("b", 2, **PROVEN)]
    found = flaws(questions, {"a": answer("ja", nowhere), "b": answer("ja", nowhere)})
    assert found == (Flaw(FlawKind.UNPLACED, "b", title="Konzept"),)


def test_documents_for_an_answer_that_brings_no_points():
    questions = [yes_no(name, 2, **PROVEN) for name in "abc"]
    missing = PLACED._replace(available=False)
    found = flaws(questions, {"a": answer("nein", PLACED), "b": answer("nein", missing), "c": answer("ja", PLACED)})
    assert found == (Flaw(FlawKind.UNUSED, "a", title="Beschluss", count=1),)


def test_one_document_for_several_ticked_options():
    choices = many("a", kalender=1, app=1, nichts=0)
    one = flaws([choices], {"a": answer(frozenset({"kalender", "app"}), PLACED)})
    assert one == (Flaw(FlawKind.ONE_FOR_MANY, "a", title="Beschluss", count=2),)
    assert not flaws([choices], {"a": answer(frozenset({"kalender", "nichts"}), PLACED)})
    assert not flaws([choices], {"a": answer(frozenset({"kalender", "app"}), PLACED, PLACED)})


def test_a_note_that_the_questionnaire_asks_for():
    choices = question(
        "a", Kind.MANY, options=options(neubau=1, miete=1), note=NoteAsked("Name des Baugebiets", ("neubau",))
    )
    found = flaws([choices], {"a": answer(frozenset({"neubau"}))})
    assert found == (Flaw(FlawKind.NOTE_MISSING, "a", text="Name des Baugebiets"),)
    assert not flaws([choices], {"a": answer(frozenset({"miete"}))})
    assert not flaws([choices], {"a": answer(frozenset({"neubau"}), note="Am Bach")})
    share = number("b", {0: 0, 50: 1}, note=NoteAsked("Datenstand"))
    assert [flaw.kind for flaw in flaws([share], {"b": answer(Decimal(60), note=" \u200b")})] == [FlawKind.NOTE_MISSING]
    assert not flaws([share], {})


def test_answers_that_do_not_go_together():
    when = All((NumberWithin("a", Decimal(1), None), Not(QuestionIs("b", ("krippe", "tagespflege")))))
    questions = [number("a", {0: 0, 30: 2}), many("b", krippe=1, tagespflege=1, hort=1)]
    said = {"a": answer(Decimal(30)), "b": answer(frozenset({"hort"}), PLACED)}
    odd = {"contradictions": (Contradiction(when, "Plätze, aber keine Krippe"),)}
    found = flaws(questions, said, **odd)
    assert found == (Flaw(FlawKind.CONTRADICTION, "a", text="Plätze, aber keine Krippe", others=("b",)),)
    assert not flaws(questions, {**said, "b": answer(frozenset({"krippe"}), PLACED)}, **odd)
    assert not flaws(questions, {"a": answer(Decimal(30))}, **odd), "an open answer contradicts nothing"


def test_goals_that_are_too_few_or_cannot_be_measured():
    questions = [yes_no("a", 1)]
    extras = Extras(goals=(Goal(4, "Lotsen", "Ehrenamt", " "), Goal(5, "", "", "")))
    assert flaws(questions, {}, extras) == (
        Flaw(FlawKind.FEW_GOALS, count=1),
        Flaw(FlawKind.GOAL_WITHOUT_METRIC, goal=4, title="Lotsen"),
    )


def test_what_does_not_apply_has_no_flaws():
    only_if = yes_no("b", 2, applies_if=QuestionIs("a", ("ja",)), **PROVEN)
    assert not flaws([yes_no("a", 1), only_if], {"a": answer("nein"), "b": answer("ja")})


@for_all(strategies.towns())
def test_flaws_come_by_kind_and_name_what_exists(town):
    situation = Situation(*town, strategies.DAY)
    found = find_flaws(situation)
    order = list(FlawKind)
    assert [flaw.kind for flaw in found] == sorted((flaw.kind for flaw in found), key=order.index)
    asked = situation.questionnaire.question
    for flaw in found:
        assert flaw.question is None or flaw.question in asked
        assert not (flaw.kind is FlawKind.UNPROVEN and situation.estimate.line[flaw.question].points.documented)
