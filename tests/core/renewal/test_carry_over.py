"""What becomes of old answers: nothing is lost silently, and what is taken over is valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import Kind, NotApplicable, Origin, QuestionId, Questionnaire
from selfcheck.core.reading.answers import read_answers
from selfcheck.core.reading.document.yaml_lines import read_yaml
from selfcheck.core.reading.examples import CaseKeys
from selfcheck.core.renewal.carry_over import carry_over
from selfcheck.core.renewal.plan import Fate, Line, Lost, Plan, Why
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Evidence, State, fits
from selfcheck.store.catalogue.catalogue import Catalogue
from tests import towns
from tests.core import builders, strategies

DAY = strategies.DAY
LONGEST = 60
SHIPPED = Catalogue(towns.SHIPPED)
OLD, NEW = (SHIPPED.questionnaire(f"ausgezeichneter-wohnort/{version}") for version in ("2026-1", "2026-2"))


def plan_for(old: Questionnaire, new: Questionnaire, **answers: Answer) -> Plan:
    return carry_over(old, {QuestionId(id): answer for id, answer in answers.items()}, new, DAY, LONGEST)


def version(number: str, *questions: object) -> Questionnaire:
    return builders.questionnaire(list(questions), version=number)


def given_answer(value: object, **further: object) -> Answer:
    return Answer(State.GIVEN, value, **further)


@st.composite
def origins(draw: st.DrawFn, old: Questionnaire, new: Questionnaire) -> Mapping[QuestionId, Origin]:
    found = {}
    for question in new.questions:
        sources = draw(st.lists(st.sampled_from([each.id for each in old.questions]), max_size=2, unique=True))
        options = {
            id: {
                option: tuple(draw(st.lists(st.sampled_from(sorted(question.option)), max_size=2, unique=True)))
                for option in draw(st.sets(st.sampled_from(sorted(old.question[id].option))))
            }
            for id in sources
            if old.question[id].option and question.option and draw(st.booleans())
        }
        if sources:
            found[question.id] = Origin(tuple(sources), options, draw(st.sampled_from((None, *sources))))
    return found


@st.composite
def moves(draw: st.DrawFn) -> tuple[Questionnaire, Answers, Questionnaire]:
    """Two versions that share some questions, and answers to the first."""
    old, other = draw(strategies.questionnaires()), draw(strategies.questionnaires())
    kept = [question for question in old.questions if draw(st.booleans())]
    shared = {question.id for question in kept}
    renamed = [replace(each, id=QuestionId(f"neu-{each.id}")) for each in other.questions if draw(st.booleans())]
    changed = [each for each in other.questions if each.id not in shared and draw(st.booleans())]
    new = builders.questionnaire([*kept, *renamed, *changed], version="2")
    answers = draw(strategies.answers(old))
    noted = {
        id: answer._replace(note=draw(st.sampled_from(("", f"Notiz zu {id}", "x" * 40))))
        for id, answer in answers.items()
    }
    return old, noted, replace(new, origins=draw(origins(old, new)))


def told(plan: Plan) -> Iterator[Lost]:
    for line in plan.lines:
        yield from line.lost


@given(moves())
def test_what_was_said_is_taken_over_or_told(move: tuple[Questionnaire, Answers, Questionnaire]) -> None:
    old, answers, new = move
    plan = carry_over(old, answers, new, DAY, LONGEST)
    gone, lost = {line.question: line.answer for line in plan.of(Fate.GONE)}, set(told(plan))
    for id, answer in answers.items():
        if id in gone:
            assert gone[id] == answer
            continue
        homes = [plan.line[home] for home in plan.homes[id]]
        assert homes
        if answer == OPEN:
            continue
        assert all(line.fate in (Fate.TAKEN, Fate.CHECK) for line in homes)
        for line in homes:
            assert set(answer.evidence) <= set(line.answer.evidence)
            assert answer.note in line.answer.note or Lost(id, text=answer.note) in lost
            _assert_choice_is_told(answer, line)


def _assert_choice_is_told(answer: Answer, line: Line) -> None:
    """A choice that is not the same has a reason why it is to be looked at."""
    same = (answer.state, answer.value, answer.reason) == (line.answer.state, line.answer.value, line.answer.reason)
    if not same and answer.state is not State.OPEN:
        assert line.reasons
        assert line.fate is Fate.CHECK


@given(moves())
def test_what_is_taken_over_is_valid(move: tuple[Questionnaire, Answers, Questionnaire]) -> None:
    old, answers, new = move
    plan = carry_over(old, answers, new, DAY, LONGEST)
    assert set(plan.line) == set(new.question)
    for id, answer in plan.answers.items():
        question = new.question[id]
        assert (answer.state is State.GIVEN) == (answer.value is not None)
        assert answer.value is None or fits(question, answer.value)
        assert answer.state is not State.NOT_APPLICABLE or question.not_applicable is not None
        assert bool(answer.reason) == (answer.state is State.NOT_APPLICABLE)
        assert len(answer.note) <= LONGEST


@given(strategies.towns())
def test_the_same_version_takes_everything_over(town: tuple[Questionnaire, object, Answers, object]) -> None:
    questionnaire, _, answers, _ = town
    plan = carry_over(questionnaire, answers, questionnaire, DAY, LONGEST)
    assert plan.answers == {id: replace_twice(answer) for id, answer in answers.items() if answer != OPEN}
    assert not plan.of(Fate.GONE)
    assert not plan.of(Fate.NEW)
    assert not list(told(plan))
    assert all(line.reasons in ((), (Why.EXPIRED,)) for line in plan.lines)


def test_what_every_audit_asks_anew_is_to_be_looked_at_in_a_renewal_only() -> None:
    asked = version("1", builders.yes_no("beschluss", 2, anew="Er gilt nur für eine."), builders.yes_no("plan", 2))
    answers = {QuestionId(id): given_answer("ja") for id in ("beschluss", "plan")}
    renewed = carry_over(asked, answers, asked, DAY, LONGEST, renewal=True)
    assert [(line.fate, line.reasons, line.answer.value) for line in renewed.lines] == [
        (Fate.CHECK, (Why.ANEW,), "ja"),
        (Fate.TAKEN, (), "ja"),
    ]
    assert {line.fate for line in carry_over(asked, answers, asked, DAY, LONGEST).lines} == {Fate.TAKEN}
    unanswered = carry_over(asked, {}, asked, DAY, LONGEST, renewal=True)
    assert {line.fate for line in unanswered.lines} == {Fate.OPEN}


def replace_twice(answer: Answer) -> Answer:
    """A piece that is noted twice in the same words is one."""
    return answer._replace(evidence=tuple(dict.fromkeys(answer.evidence)))


def test_a_question_with_the_same_rules_is_taken_over() -> None:
    asked = builders.yes_no("plan", 2)
    plan = plan_for(version("1", asked), version("2", asked), plan=given_answer("ja", note="Seit 2020"))
    assert plan.line[QuestionId("plan")] == Line(
        QuestionId("plan"), Fate.TAKEN, given_answer("ja", note="Seit 2020"), (QuestionId("plan"),)
    )


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (builders.yes_no("plan", 3), Why.POINTS),
        (builders.yes_no("plan", 2, partly=1), Why.OPTIONS),
        (builders.yes_no("plan", 2, text="Gibt es einen Plan?"), Why.WORDING),
        (builders.yes_no("plan", 2, not_applicable=NotApplicable.ZERO), Why.OPTIONS),
        (builders.number("plan", {1: 1}), Why.MEASURED),
    ],
)
def test_a_question_that_changed_is_to_be_looked_at(after: object, why: Why) -> None:
    plan = plan_for(version("1", builders.yes_no("plan", 2)), version("2", after), plan=given_answer("ja"))
    (line,) = plan.of(Fate.CHECK)
    assert line.reasons[0] is why
    expected = Answer(State.UNCLEAR) if why is Why.MEASURED else given_answer("ja")
    assert line.answer == expected


def test_of_several_options_those_stay_that_are_still_offered() -> None:
    before = builders.question("online", Kind.MANY, options=builders.options(kita=1, hund=1))
    after = builders.question("online", Kind.MANY, options=builders.options(hund=1, video=1))
    plan = plan_for(version("1", before), version("2", after), online=given_answer(frozenset({"kita", "hund"})))
    (line,) = plan.of(Fate.CHECK)
    assert line.answer.value == {"hund"}
    assert line.lost == (Lost(QuestionId("online"), "kita"),)
    assert line.reasons == (Why.OPTIONS, Why.LOST)


def test_expired_evidence_is_to_be_looked_at() -> None:
    asked = builders.yes_no("plan", 2, evidence=("Beschluss",))
    for days, fate in ((0, Fate.TAKEN), (-1, Fate.CHECK)):
        piece = Evidence("Beschluss", available=True, valid_until=DAY + timedelta(days=days))
        plan = plan_for(version("1", asked), version("2", asked), plan=given_answer("ja", evidence=(piece,)))
        (line,) = plan.of(fate)
        assert line.answer.evidence == (piece,)
        assert line.reasons == ((Why.EXPIRED,) if days else ())


def test_a_number_that_is_out_of_bounds_is_unclear_and_told() -> None:
    before, after = (builders.number("quote", {1: 1}, maximum=Decimal(most)) for most in (100, 50))
    plan = plan_for(version("1", before), version("2", after), quote=given_answer(Decimal(70)))
    (line,) = plan.of(Fate.CHECK)
    assert line.answer == Answer(State.UNCLEAR)
    assert line.lost == (Lost(QuestionId("quote"), text="70"),)


def test_two_notes_that_are_too_long_together_are_told() -> None:
    first, second = builders.yes_no("eins", 1), builders.yes_no("zwei", 1)
    after = replace(
        version("2", builders.yes_no("beide", 2)),
        origins={QuestionId("beide"): Origin((QuestionId("eins"), QuestionId("zwei")), {})},
    )
    notes = {"eins": given_answer("ja", note="a" * 40), "zwei": given_answer("ja", note="b" * 40)}
    (line,) = plan_for(version("1", first, second), after, **notes).of(Fate.CHECK)
    assert line.answer == given_answer("ja", note="a" * 40)
    assert line.lost == (Lost(QuestionId("zwei"), text="b" * 40),)


# The shipped versions


def towns_of(questionnaire: Questionnaire) -> list[tuple[str, Answers]]:
    file = towns.SHIPPED / questionnaire.name / "examples.yaml"
    document = read_yaml(file.name, file.read_text(encoding="utf-8"))
    read = [(case, read_answers(document, case, CaseKeys, questionnaire)) for case in document.entries(())]
    return [(str(document.at((*case, "title"))), town.answers) for case, town in read if town is not None]


@pytest.mark.parametrize(("title", "answers"), towns_of(OLD))
def test_every_town_comes_onto_the_new_version(title: str, answers: Answers) -> None:
    plan = carry_over(OLD, answers, NEW, date(2027, 1, 1), 5000)
    assert {line.question for line in plan.of(Fate.GONE)} == {"bauvorhaben"}
    for id, answer in answers.items():
        said = [each for home in plan.homes.get(id, ()) for each in plan.answers.get(home, OPEN).evidence]
        assert set(answer.evidence) <= set(said) or id == "bauvorhaben"
    for id, answer in plan.answers.items():
        assert answer.value is None or fits(NEW.question[id], answer.value)
    unchanged = [question for question in OLD.questions if NEW.question.get(question.id) == question]
    for question in unchanged:
        before, after = answers.get(question.id, OPEN), plan.answers.get(question.id, OPEN)
        assert (before.state, before.value, before.note) == (after.state, after.value, after.note)


def carried(**answers: Answer) -> Plan:
    return carry_over(OLD, {QuestionId(id.replace("_", "-")): said for id, said in answers.items()}, NEW, DAY, 5000)


def test_two_questions_became_one() -> None:
    plan = carried(
        leitbild=given_answer("ja", note="Beschluss von 2019"),
        zustaendigkeit=given_answer("eines-von-beiden", note="Frau Kern"),
    )
    line = plan.line[QuestionId("verankerung")]
    assert line.answer.value == {"leitbild"}
    assert line.answer.note == "Beschluss von 2019\n\nFrau Kern"
    assert line.reasons == (Why.JOINED, Why.LOST)
    assert line.lost == (Lost(QuestionId("zustaendigkeit"), "eines-von-beiden"),)


def test_one_question_became_two() -> None:
    plan = carried(sprachen_lernen=given_answer(frozenset({"schule-international", "deutschkurs"})))
    assert plan.answers[QuestionId("betreuung-fremdsprachig")].value == {"schule-international"}
    assert plan.answers[QuestionId("deutsch-lernen")].value == {"deutschkurs"}
    assert not list(told(plan))


def test_a_number_that_counts_something_else_is_not_taken() -> None:
    plan = carried(ferien_ohne_betreuung=given_answer(Decimal(5), note="Zwölf Wochen Ferien"))
    line = plan.line[QuestionId("ferienbetreuung")]
    assert line.answer == Answer(State.UNCLEAR, note="Zwölf Wochen Ferien")
    assert line.lost == (Lost(QuestionId("ferien-ohne-betreuung"), text="5"),)


def test_an_option_that_has_another_name_is_found() -> None:
    plan = carried(nahversorgung=given_answer(frozenset({"kinderarzt", "apotheke"})))
    assert plan.answers[QuestionId("nahversorgung")].value == {"kinderarzt-nah", "apotheke"}
