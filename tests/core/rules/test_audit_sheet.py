"""The second estimate: the same answers with the points of the chamber's Prüfbogen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import ZERO, Kind, Profile, QuestionId
from selfcheck.core.rules.answers import Answer, Evidence, Extras, State
from selfcheck.core.rules.audit_sheet import Sheet, lay_beside, scale
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate, Points, Verdict, estimate
from tests.core import builders, strategies
from tests.core.strategies import DAY

PROFILE = Profile("mittelzentrum", "first", "HE")
FIRST, SECOND, THIRD = (QuestionId(name) for name in ("leitbild", "strategie", "empfang"))
QUESTIONNAIRE = builders.questionnaire(
    [builders.yes_no(FIRST, 3, partly=1), builders.yes_no(SECOND, 2)],
    [builders.yes_no(THIRD, 1), builders.question("sonstiges", Kind.TEXT)],
    pass_mark=Decimal(70),
)
there = st.integers(0, 4000).map(lambda hundredths: Decimal(hundredths) / 100)
sums = st.integers(0, 100).map(Decimal)
marks = st.integers(1, 10000).map(lambda hundredths: Decimal(hundredths) / 100)


@st.composite
def sheets(draw: st.DrawFn, questions: list[QuestionId]) -> Sheet:
    return Sheet(draw(st.dictionaries(st.sampled_from(questions), there)), draw(sums), draw(marks))


def give(value: str, *, proven: bool = False) -> Answer:
    return Answer(State.GIVEN, value, evidence=(Evidence("Beschluss", available=True),) if proven else ())


def estimate_of(**answers: Answer) -> Estimate:
    return estimate(QUESTIONNAIRE, PROFILE, {QuestionId(id): each for id, each in answers.items()}, Extras(), DAY)


@given(strategies.towns())
def test_with_points_equal_to_ours_the_two_estimates_are_equal(town):
    questionnaire = town[0]
    ours = estimate(*town, DAY)
    points = {question.id: question.possible for question in questionnaire.questions}
    assert scale(ours, Sheet(points, ZERO, questionnaire.pass_mark)) == ours


@given(strategies.towns(), st.data())
def test_scaling_keeps_what_points_are(town, data):
    questionnaire = town[0]
    sheet = data.draw(sheets([question.id for question in questionnaire.questions]))
    ours = estimate(*town, DAY)
    second = scale(ours, sheet)
    lines = [line.points for line in second.line.values()]
    for points in (second.points, *(criterion.points for criterion in second.criteria), *lines):
        assert points.possible == points.claimed + points.open + points.lost
        assert ZERO <= points.documented <= points.claimed
        assert min(points.possible, points.open, points.lost) >= 0
    assert second.points.possible == sum((points.possible for points in lines), ZERO) + sheet.only_there
    assert second.mark == second.points.possible * sheet.pass_mark / 100
    assert (second.bonus, second.documented_bonus) == (ours.bonus, ours.documented_bonus)
    assert list(second.line) == list(ours.line)


@given(strategies.towns(), st.data())
def test_a_question_is_worth_what_stands_there_and_keeps_its_share(town, data):
    questionnaire = town[0]
    sheet = data.draw(sheets([question.id for question in questionnaire.questions]))
    ours = estimate(*town, DAY)
    for id, line in scale(ours, sheet).line.items():
        before = ours.line[id]
        counts = before.applies is not Applies.NO and id not in ours.excluded
        assert line.points.possible == (sheet.points.get(id, ZERO) if counts else ZERO)
        if before.points.possible and line.points.possible:
            share = before.points.claimed / before.points.possible
            assert abs(line.points.claimed - share * line.points.possible) < Decimal("0.00000001")
        if not before.points.possible:
            assert line.points.claimed == 0


@given(strategies.towns(), st.data())
def test_twice_as_many_points_everywhere_change_no_verdict(town, data):
    questionnaire, profile, answers, _ = town
    ours = estimate(questionnaire, profile, answers, Extras(), DAY)
    sheet = data.draw(sheets([question.id for question in questionnaire.questions]))
    twice = replace(sheet, points={id: 2 * each for id, each in sheet.points.items()}, only_there=2 * sheet.only_there)
    once, doubled = scale(ours, sheet), scale(ours, twice)
    assert abs(doubled.points.claimed - 2 * once.points.claimed) < Decimal("0.0000001")
    assert doubled.mark == 2 * once.mark


def test_thirds_leave_nothing_over():
    second = scale(estimate_of(leitbild=give("teilweise")), Sheet({FIRST: Decimal(2)}, ZERO, Decimal(70)))
    points = second.line[FIRST].points
    assert points.claimed.quantize(Decimal("0.01")) == Decimal("0.67")
    assert points.claimed + points.lost == 2


def test_what_does_not_stand_there_counts_nothing_and_is_placed():
    ours = estimate_of(leitbild=give("ja", proven=True), strategie=give("nein"))
    beside = lay_beside(QUESTIONNAIRE, ours, {FIRST: Decimal(4), SECOND: ZERO}, (), None)
    assert beside is not None
    assert beside.estimate.points == Points(Decimal(4), Decimal(4), Decimal(4))
    assert (beside.placed, beside.asked) == (2, 4)
    assert beside.estimate.verdict is Verdict.DOCUMENTED


def test_what_only_the_sheet_asks_is_open():
    ours = estimate_of(leitbild=give("ja"))
    beside = lay_beside(QUESTIONNAIRE, ours, {FIRST: Decimal(4)}, (Decimal(2), Decimal("1.5")), Decimal(60))
    assert beside is not None
    assert beside.estimate.points == Points(Decimal("7.5"), Decimal(4), Decimal(4), Decimal("3.5"), ZERO)
    assert beside.estimate.mark == Decimal("4.5")
    assert (beside.only_there, beside.pass_mark, beside.own_mark) == (Decimal("3.5"), 60, False)
    assert beside.estimate.verdict is Verdict.POSSIBLE


def test_without_its_pass_mark_ours_counts_and_that_is_known():
    beside = lay_beside(QUESTIONNAIRE, estimate_of(), {FIRST: Decimal(4)}, (), None)
    assert beside is not None
    assert (beside.pass_mark, beside.own_mark, beside.estimate.mark) == (70, True, Decimal("2.8"))


def test_there_is_none_before_a_question_has_points():
    ours = estimate_of(leitbild=give("ja"))
    for points in ({}, {FIRST: ZERO}, {QuestionId("gibt-es-nicht"): Decimal(3)}):
        assert lay_beside(QUESTIONNAIRE, ours, points, (Decimal(5),), Decimal(70)) is None


def test_it_says_nothing_yet_where_no_placed_question_is_answered():
    beside = lay_beside(QUESTIONNAIRE, estimate_of(strategie=give("ja")), {FIRST: Decimal(4)}, (), None)
    assert beside is not None
    assert beside.estimate.verdict is Verdict.EMPTY


def test_what_gives_no_points_here_is_open_there():
    """Of a question in words nobody knows how much of its points an answer would get."""
    text = QuestionId("sonstiges")
    second = scale(estimate_of(sonstiges=Answer(State.GIVEN, "Text")), Sheet({text: Decimal(2)}, ZERO, Decimal(70)))
    assert second.line[text].points == Points(Decimal(2), open=Decimal(2))
