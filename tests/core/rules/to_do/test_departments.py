"""What a town calls its departments, and which of them are one there."""

from __future__ import annotations

from datetime import date

from selfcheck.core.questionnaire.model import Department
from selfcheck.core.rules.answers import Extras
from selfcheck.core.rules.situation import Situation
from selfcheck.core.rules.to_do.checklist import Around, Done
from selfcheck.core.rules.to_do.departments import AskedOffice, OwnDepartments, call_departments, find_since
from tests.core import builders
from tests.core.builders import PROFILE

TODAY = date(2026, 6, 1)
FIRST, SECOND = date(2026, 5, 3), date(2026, 5, 9)
DEPARTMENTS = (
    Department("bau", "Bauamt (Planung, Hochbau)"),
    Department("kita", "Kita-Verwaltung"),
    Department("schule", "Schule"),
)
QUESTIONNAIRE = builders.questionnaire(
    [
        builders.yes_no("plan", 1, department="bau"),
        builders.yes_no("hort", 1, department="kita"),
        builders.yes_no("krippe", 1, department="kita"),
        builders.yes_no("ganztag", 1, department="schule"),
    ],
    departments=DEPARTMENTS,
)
SITUATION = Situation(QUESTIONNAIRE, PROFILE, {}, Extras(), TODAY, None)


def asked(label, *questions, since=FIRST):
    return AskedOffice(label, since, frozenset(questions))


def titles(*offices):
    own = call_departments(SITUATION, offices)
    return [own.title(each.id) for each in DEPARTMENTS]


def test_nobody_was_asked():
    assert titles() == [each.title for each in DEPARTMENTS]


def test_an_office_of_the_same_name_is_the_department_whatever_it_is_asked():
    assert titles(asked("Bauamt"), asked("kita-verwaltung"))[:2] == ["Bauamt", "kita-verwaltung"]


def test_what_stands_in_brackets_is_no_other_name():
    assert titles(asked("Bauamt (Tiefbau)"), asked("Bauamt (Planung, Hochbau)"))[0] == "Bauamt (Planung, Hochbau)"
    assert find_since(QUESTIONNAIRE, (asked("Bauamt", since=SECOND), asked("BAUAMT (Hoch)"))) == {"bau": FIRST}


def test_an_office_with_another_name_is_the_one_that_has_most_of_the_questions():
    assert titles(asked("Jugendamt", "hort", "krippe"))[1] == "Jugendamt"
    assert titles(asked("Jugendamt", "hort"))[1] == "Kita-Verwaltung"
    assert titles(asked("Jugendamt", "hort"), asked("Bauhof", "krippe"))[1] == "Kita-Verwaltung"


def test_departments_with_one_name_are_one():
    own = call_departments(SITUATION, (asked("Bildung", "hort", "krippe", "ganztag"),))
    assert [(each.id, each.title, each.ids) for each in own.all] == [
        ("bau", "Bauamt (Planung, Hochbau)", ("bau",)),
        ("kita", "Bildung", ("kita", "schule")),
    ]
    assert own.names == {"kita": "Bildung", "schule": "Bildung"}
    assert OwnDepartments(QUESTIONNAIRE, own.names).all == own.all


def test_departments_that_are_one_are_involved_by_one_step():
    offices = (asked("Bildung", "hort", "krippe", "ganztag"),)
    days = {question: FIRST for office in offices for question in office.questions}
    around = Around(asked=days, called=call_departments(SITUATION, offices).names)
    involved = [each for each in SITUATION.checklist({}, around) if each.key.startswith("team:department:")]
    assert {each.key: each.text for each in involved} == {
        "team:department:bau": "Fachbereich einbinden: Bauamt (Planung, Hochbau)",
        "team:department:kita": "Fachbereich einbinden: Bildung",
    }
    assert [each.by_itself for each in involved if each.department == "kita"] == [Done("gefragt", FIRST)]
