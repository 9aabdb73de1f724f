"""Example towns: agreement is silent, every difference has its line."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given as for_all

from selfcheck.core.questionnaire.model import QuestionIs
from selfcheck.core.reading.answers import AnswersFile, parse_answers
from selfcheck.core.reading.examples import check
from selfcheck.core.reading.outcome import to_json, work_out
from tests.core import builders, strategies
from tests.core.builders import measure

QUESTIONNAIRE = builders.questionnaire(
    [
        builders.yes_no("leitbild", 4.5, evidence=("Leitbild",)),
        builders.number("quote", {30: 2}, measures=(measure("ausbauen", Decimal(40), months=2),)),
    ],
    [builders.yes_no("rad", 3), builders.yes_no("bus", 1, applies_if=QuestionIs("rad", ("ja",)))],
)
CASE = """\
- title: Beispielstadt
  profile: {place: mittelzentrum, audit: first, land: HE}
  today: 2027-01-10
  interview: 2027-06-15
  answers:
    leitbild: {value: ja}
    quote: {value: 12.5}
  projects: [{title: Lotsen, evidence: available}]
  expected:
"""

OUTCOME = {
    "questionnaire": "probe/1",
    "rules_version": 1,
    "possible": 10.5,
    "claimed": 4.5,
    "documented": 0,
    "open": 4,
    "lost": 2,
    "bonus": 1,
    "documented_bonus": 1,
    "mark": 7.35,
    "verdict": "possible",
    "criteria": [
        {
            "id": "kriterium-a",
            "possible": 6.5,
            "claimed": 4.5,
            "documented": 0,
            "open": 0,
            "lost": 2,
            "questions": [
                {
                    "id": "leitbild",
                    "state": "given",
                    "applies": True,
                    "possible": 4.5,
                    "claimed": 4.5,
                    "documented": 0,
                    "open": 0,
                    "lost": 0,
                    "reason": "Ja: 4,5 von 4,5 Punkten",
                },
                {
                    "id": "quote",
                    "state": "given",
                    "applies": True,
                    "possible": 2,
                    "claimed": 0,
                    "documented": 0,
                    "open": 0,
                    "lost": 2,
                    "reason": "12,5 %. Unter 30 % gibt es keine Punkte.",
                },
            ],
        },
        {
            "id": "kriterium-b",
            "possible": 4,
            "claimed": 0,
            "documented": 0,
            "open": 4,
            "lost": 0,
            "questions": [
                {
                    "id": "rad",
                    "state": "open",
                    "applies": True,
                    "possible": 3,
                    "claimed": 0,
                    "documented": 0,
                    "open": 3,
                    "lost": 0,
                    "reason": "offen, bis 3 Punkte",
                },
                {
                    "id": "bus",
                    "state": "open",
                    "applies": "undecided",
                    "possible": 1,
                    "claimed": 0,
                    "documented": 0,
                    "open": 1,
                    "lost": 0,
                    "reason": "noch nicht entschieden, ob die Frage zählt, bis 1 Punkt",
                },
            ],
        },
    ],
    "probes": {"equal": 0.25, "named": None},
    "steps": {"done": 4, "all": 20},
    "decisive": [{"question": "rad", "points": 4}],
    "documents": [{"question": "leitbild", "points": 4.5}],
    "route": {
        "measures": [
            {
                "question": "quote",
                "measure": "ausbauen",
                "text": "Maßnahme ausbauen",
                "gain": 2,
                "effort": 1,
                "months": 2,
                "needs": [],
            }
        ],
        "gain": 2,
        "effort": 1,
        "missing": 0,
        "provisional": True,
        "after": {"claimed": 6.5, "possible": 10.5, "mark": 7.35, "verdict": "claimed"},
    },
}


def answers(text=CASE) -> AnswersFile:
    lines = text.splitlines()[1:-1]
    return parse_answers(QUESTIONNAIRE, "\n".join(line[2:] for line in lines), "stadt.yaml")


def test_outcome_has_exactly_the_keys_and_values_of_the_rules():
    outcome = json.loads(to_json(work_out(QUESTIONNAIRE, answers())))
    steps = outcome.pop("checklist")
    assert outcome == OUTCOME
    assert next(step for step in steps if step["key"] == "answer:rad") == {
        "key": "answer:rad",
        "group": "Fragen klären",
        "text": "B1 klären: Wie steht es um rad?",
        "due": "2027-03-23",
        "points": 4,
    }


def test_numbers_are_written_as_they_are():
    assert to_json({"a": Decimal("82.60"), "b": [Decimal("1E+2"), None, True, "„ü“"]}) == (
        '{"a": 82.6, "b": [100, null, true, "„ü“"]}'
    )


@for_all(strategies.towns())
def test_outcome_of_any_town_is_json(town):
    questionnaire, profile, answers, extras = town
    outcome = work_out(questionnaire, AnswersFile(profile, strategies.DAY, None, answers, extras))
    assert json.loads(to_json(outcome), parse_float=Decimal, parse_int=Decimal) == outcome


@pytest.mark.parametrize(
    "expected",
    [
        "{}",
        "{possible: 10.5, mark: 7.35, verdict: possible, rules_version: 1}",
        "{criteria: [{id: kriterium-a, questions: [{}, {claimed: 0}]}, {}]}",
        "{criteria: [{}, {questions: [{applies: true}, {applies: undecided}]}]}",
        "{route: {provisional: true, after: {verdict: claimed}, measures: [{needs: []}]}}",
        "{decisive: [{question: rad, points: 4}], documents: [{}]}",
        "{probes: {equal: 0.25}, steps: {done: 4, all: 20}}",
    ],
)
def test_agreement_is_silent(expected):
    assert check(QUESTIONNAIRE, f"{CASE}    {expected}\n", "examples.yaml") == []


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("{possible: 10}", "„possible“ ist 10.5, erwartet 10"),
        ('{possible: "10.5"}', "„possible“ ist 10.5, erwartet „10.5“"),
        ("{verdict: short}", "„verdict“ ist „possible“, erwartet „short“"),
        ("{punkte: 10}", "„punkte“ gibt es im Ergebnis nicht, erwartet einer von: questionnaire, rules_version"),
        ("{route: {gain: 1}}", "„route.gain“ ist 2, erwartet 1"),
        ("{route: 5}", "„route“ ist ein Block mit Schlüsseln, erwartet 5"),
        ("{route: {provisional: 1}}", "„route.provisional“ ist true, erwartet 1"),
        ("{criteria: [{}]}", "„criteria“ hat 2 Einträge, erwartet 1"),
        ("{decisive: []}", "„decisive“ hat 1 Eintrag, erwartet 0"),
        ("{criteria: [{}, {questions: [{}, {open: 2}]}]}", "„criteria[2].questions[2].open“ ist 1, erwartet 2"),
        ("{criteria: {}}", "„criteria“ ist eine Liste, erwartet ein Block mit Schlüsseln"),
        ("{claimed: []}", "„claimed“ ist 4.5, erwartet eine Liste"),
    ],
)
def test_difference_has_its_line(expected, message):
    (fault,) = check(QUESTIONNAIRE, f"{CASE}    {expected}\n", "examples.yaml")
    assert str(fault).startswith(f"examples.yaml:10: {message}")


def test_differences_of_every_case_are_told():
    text = "".join(f"{CASE}    claimed: {claimed}\n    open: {still}\n" for claimed, still in ((4.5, 5), (3, 4)))
    found = [str(fault) for fault in check(QUESTIONNAIRE, text, "examples.yaml")]
    assert found == [
        "examples.yaml:11: „open“ ist 4, erwartet 5",
        "examples.yaml:21: „claimed“ ist 4.5, erwartet 3",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: Stadt", "examples.yaml:1: ein Block mit Schlüsseln, erwartet eine Liste von Beispielen"),
        ("- {profile: {place: keine, audit: first, land: HE}, expected: {}}", "„title“ fehlt"),
        ("- {title: A, profile: {place: keine, audit: first, land: HE}}", "„expected“ fehlt"),
        (f"{CASE}    []", "„expected“: eine Liste, erwartet ein Block"),
        (CASE.replace("value: ja", "value: jein") + "    {}", "examples.yaml:6: „value“: Text „jein“"),
        ("- {title: A", "examples.yaml:1:"),
    ],
)
def test_faults_of_the_file_itself(text, message):
    found = [str(fault) for fault in check(QUESTIONNAIRE, text, "examples.yaml")]
    assert any(message in fault for fault in found), found


def test_an_answer_that_cannot_be_read_is_a_fault_and_nothing_is_compared():
    text = CASE.replace("{value: ja}", "{state: given, value: *ja}") + "    claimed: 0\n"
    assert [str(fault) for fault in check(QUESTIONNAIRE, text, "examples.yaml")] == [
        "examples.yaml:6: Verweis „*ja“, erwartet der Wert selbst"
    ]
