"""Answers files: what is read, and what each fault says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import Kind, NotApplicable, Profile
from selfcheck.core.reading.answers import parse_answers
from selfcheck.core.reading.document.faults import Faults
from selfcheck.core.rules.answers import Answer, Evidence, Goal, PastGoal, Project, State
from tests.core import builders

QUESTIONNAIRE = builders.questionnaire(
    [
        builders.yes_no("leitbild", 4, partly=2),
        builders.question("inhalt", Kind.MANY, options=builders.options(gutscheine=1, fahrplan=1)),
        builders.number("quote", {30: 2}, not_applicable=NotApplicable.ZERO),
        builders.number("tage", {1: 2}, decimals=0),
        builders.question("wort", Kind.TEXT),
    ]
)
PROFILE = "profile: {place: mittelzentrum, audit: first, land: HE}\n"

FULL = """\
profile: {place: unknown, audit: renewal, land: BY}
today: 2027-01-10
interview: 2027-06-15
answers:
  leitbild:
    value: ja
    evidence: [{title: Leitbild 2030, state: available}, {title: Auszug, state: missing, valid_until: 2026-12-31}]
    note: |
      Zwei Zeilen,
      „mit Anführung“.
  inhalt: {value: []}
  quote: {state: not_applicable, reason: "gibt es nicht"}
  tage: {state: unclear, note: ""}
  wort: {state: given, value: "12"}
past_goals: [{title: Rubrik, achieved: true, evidence: available}]
projects: [{title: Lotsen, evidence: missing}, {title: Messe, evidence: available}]
goals: [{title: Rad, measure: "", metric: Kilometer}]
"""


def test_everything_is_read():
    file = parse_answers(QUESTIONNAIRE, FULL, "stadt.yaml")
    assert file.profile == Profile("unknown", "renewal", "BY")
    assert (file.today, file.interview) == (date(2027, 1, 10), date(2027, 6, 15))
    leitbild = file.answers.pop("leitbild")
    assert (leitbild.state, leitbild.value) == (State.GIVEN, "ja")
    assert leitbild.note == "Zwei Zeilen,\n„mit Anführung“."
    assert leitbild.evidence == (
        Evidence("Leitbild 2030", available=True),
        Evidence("Auszug", available=False, valid_until=date(2026, 12, 31)),
    )
    assert file.answers == {
        "inhalt": Answer(State.GIVEN, frozenset()),
        "quote": Answer(State.NOT_APPLICABLE, reason="gibt es nicht"),
        "tage": Answer(State.UNCLEAR),
        "wort": Answer(State.GIVEN, "12"),
    }
    assert file.extras.past_goals == (PastGoal(1, "Rubrik", achieved=True, documented=True),)
    assert file.extras.projects == (Project(1, "Lotsen", documented=False), Project(2, "Messe", documented=True))
    assert file.extras.goals == (Goal(1, "Rad", "", "Kilometer"),)


def test_only_the_profile_is_required():
    file = parse_answers(QUESTIONNAIRE, PROFILE, "stadt.yaml")
    assert (file.today, file.interview, file.answers) == (None, None, {})


def test_numbers_are_exact():
    file = parse_answers(QUESTIONNAIRE, PROFILE + "answers: {quote: {value: 38.5}}", "stadt.yaml")
    assert file.answers["quote"].value == Decimal("38.5")


def test_evidence_may_stand_without_a_choice():
    text = PROFILE + "answers: {leitbild: {evidence: [{title: Leitbild, state: available}]}}"
    answer = parse_answers(QUESTIONNAIRE, text, "stadt.yaml").answers["leitbild"]
    assert (answer.state, len(answer.evidence)) == (State.OPEN, 1)


def faults(text):
    with pytest.raises(Faults) as caught:
        parse_answers(QUESTIONNAIRE, text, "stadt.yaml")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("leitbild: {value: vielleicht}", "Text „vielleicht“, erwartet einer der Werte ja, teilweise, nein"),
        ("leitbild: {value: no}", "Wahrheitswert „no“"),
        ("leitbild: {value: [ja]}", "eine Liste, erwartet einer der Werte ja"),
        ("leitbild: {value: {a: ja}}", "ein Block mit Schlüsseln, erwartet einer der Werte ja"),
        ("inhalt: {value: fahrplan}", "Text „fahrplan“, erwartet eine Liste aus den Werten gutscheine, fahrplan"),
        ("inhalt: {value: [bus]}", "erwartet eine Liste aus den Werten gutscheine, fahrplan"),
        ("inhalt: {value: [fahrplan, 3]}", "erwartet eine Liste aus den Werten gutscheine, fahrplan"),
        ("inhalt: {value: [fahrplan, fahrplan]}", "„fahrplan“ zum zweiten Mal, erwartet jeder Wert nur einmal"),
        ("quote: {value: 100.5}", "erwartet eine Zahl von 0 bis 100, Stellen nach dem Punkt: höchstens 1"),
        ("quote: {value: 38.55}", "erwartet eine Zahl von 0 bis 100, Stellen nach dem Punkt: höchstens 1"),
        ("quote: {value: '38.5'}", "Text „38.5“, erwartet eine Zahl"),
        ("quote: {value: 38,5}", "unbekannter Schlüssel „5“"),
        ("tage: {value: 1.5}", "Stellen nach dem Punkt: keine"),
        ("wort: {value: 12}", "„value“: Zahl 12, erwartet ein Text"),
        ("wort: {value: ' '}", "erwartet ein Text"),
        ("leitbild: {state: given}", "„value“ fehlt, erwartet dieser Schlüssel bei „state: given“"),
        ("leitbild: {state: unclear, value: ja}", "„value“ bei „state: unclear“, erwartet nur bei „state: given“"),
        ("leitbild: {value: ja, reason: darum}", "„reason“ bei „state: given“, erwartet nur bei"),
        ("leitbild: {reason: darum}", "„reason“ bei „state: open“, erwartet nur bei"),
        ("quote: {state: not_applicable}", "„reason“ fehlt, erwartet dieser Schlüssel bei „state: not_applicable“"),
        ("quote: {state: not_applicable, reason: ' ab '}", "erwartet ein Text mit mindestens 3 Zeichen"),
        ("leitbild: {state: not_applicable, reason: darum}", "erwartet open, unclear oder given bei dieser Frage"),
        ("leitbild: {state: offen}", "Text „offen“, erwartet einer der Werte open, unclear, given, not_applicable"),
        ("leitbild: {wert: ja}", "unbekannter Schlüssel „wert“, erwartet einer von: state, value"),
        ("leitbild: ja", "Text „ja“, erwartet ein Block mit Schlüsseln"),
        ("kita: {value: ja}", "unbekannte Frage „kita“, erwartet eine Kennung aus dem Fragebogen"),
        ("kita:", "unbekannte Frage „kita“, erwartet eine Kennung aus dem Fragebogen"),
        ("leitbild: {value: ja, note: 5}", "„note“: Zahl 5"),
        ("leitbild: {value: ja, evidence: Beschluss}", "erwartet eine Liste"),
        ("leitbild: {value: ja, evidence: [{title: Beschluss}]}", "„state“ fehlt, erwartet einer der Werte available"),
        ("leitbild: {value: ja, evidence: [{title: '', state: missing}]}", "ein leerer Text, erwartet ein Text"),
        (
            "leitbild: {value: ja, evidence: [{title: B, state: available, valid_until: 2027-02-30}]}",
            "Text „2027-02-30“, erwartet ein Tag",
        ),
    ],
)
def test_fault_in_an_answer(answer, message):
    found = faults(f"{PROFILE}today: 2027-01-10\nanswers:\n  {answer}\n")
    assert any(fault.startswith("stadt.yaml:4: ") and message in fault for fault in found), found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "stadt.yaml:1: die Datei ist leer"),
        ("answers: {}", "stadt.yaml:1: „profile“ fehlt"),
        ("profile: {place: dorf, audit: first, land: HE}", "Text „dorf“, erwartet einer der Werte oberzentrum"),
        ("profile: {place: keine, audit: zweites, land: HE}", "erwartet einer der Werte first, renewal"),
        ("profile: {place: keine, audit: first, land: NW}", "erwartet einer der Werte HE, RP, BY, unknown"),
        ("profile: {place: keine, audit: first}", "„land“ fehlt"),
        (PROFILE + "profile: {place: keine, audit: first, land: HE}", "stadt.yaml:2: „profile“ steht schon in Zeile 1"),
        (PROFILE + "interview: 2027-06-15", "„today“ fehlt, erwartet ein Tag"),
        (PROFILE + "today: 15.06.2027", "stadt.yaml:2: „today“: Text „15.06.2027“, erwartet ein Tag"),
        (PROFILE + "ort: Hanau", "stadt.yaml:2: unbekannter Schlüssel „ort“"),
        (PROFILE + "answers: []", "stadt.yaml:2: „answers“: eine Liste, erwartet ein Block mit Schlüsseln"),
        (PROFILE + "projects: [{title: Lotsen}]", "stadt.yaml:2: „evidence“ fehlt"),
        (PROFILE + "projects: [{evidence: available}]", "stadt.yaml:2: „title“ fehlt"),
        (PROFILE + "goals: [{title: Rad, measure: Bau}]", "stadt.yaml:2: „metric“ fehlt"),
        (
            PROFILE + "past_goals: [{title: Rad, achieved: ja, evidence: missing}]",
            "„achieved“: Text „ja“, erwartet true oder false",
        ),
        (
            PROFILE + "answers:\n  leitbild: {evidence: [{title: B, state: missing, valid_until: 2027-01-01}]}",
            "„today“ fehlt",
        ),
    ],
)
def test_fault_around_the_answers(text, message):
    assert any(message in fault for fault in faults(text)), faults(text)


def test_all_faults_at_once_in_the_order_of_the_file():
    text = PROFILE + "answers:\n  leitbild: {value: 5}\n  quote: {value: ja}\nprojects: [{}]\ntoday: morgen\n"
    assert [int(fault.split(":")[1]) for fault in faults(text)] == [3, 4, 5, 5, 6]
