"""What holds for every questionnaire and every answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.plain import from_plain, to_plain
from selfcheck.core.questionnaire.model import ZERO
from selfcheck.core.rules.answers import OPEN, Evidence, State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate, Points, Verdict, estimate
from tests.core import strategies
from tests.core.strategies import DAY

BETTER_LAST = (Verdict.SHORT, Verdict.POSSIBLE, Verdict.CLAIMED, Verdict.DOCUMENTED)


def everywhere(found: Estimate) -> list[Points]:
    lines = [line.points for line in found.line.values()]
    return [found.points, *(criterion.points for criterion in found.criteria), *lines]


def add_up(parts: Iterable[Points]) -> Points:
    listed = list(parts)
    return Points(*(sum((getattr(part, name) for part in listed), ZERO) for name in Points._fields))


@given(strategies.towns())
def test_points_add_up(town):
    found = estimate(*town, DAY)
    for criterion in found.criteria:
        assert criterion.points == add_up(line.points for line in criterion.lines)
    assert found.points == add_up(criterion.points for criterion in found.criteria)
    for points in everywhere(found):
        assert points.possible == points.claimed + points.open + points.lost
        assert ZERO <= points.documented <= points.claimed
        assert min(points.possible, points.open, points.lost) >= 0
    assert ZERO <= found.documented_bonus <= found.bonus <= town[0].bonus.at_most
    assert found.mark == found.points.possible * town[0].pass_mark / 100
    assert found.reached_documented <= found.reached <= found.upper


@given(strategies.towns())
def test_every_question_has_its_line_with_a_reason(town):
    questionnaire, *_ = town
    found = estimate(*town, DAY)
    assert list(found.line) == [question.id for question in questionnaire.questions]
    for question in questionnaire.questions:
        line = found.line[question.id]
        assert line.reason
        assert line.points.possible in (ZERO, question.possible)
        if line.applies is Applies.NO:
            assert line.points == Points()


@given(strategies.towns())
def test_excluded_questions_are_what_the_base_lacks(town):
    questionnaire, *_ = town
    found = estimate(*town, DAY)
    asked = [line.question for line in found.line.values() if line.applies is not Applies.NO]
    possible = sum(questionnaire.question[question].possible for question in {*asked} - {*found.excluded})
    assert found.points.possible == possible
    assert all(found.line[question].points == Points() for question in found.excluded)


@given(strategies.towns(), st.data())
def test_one_more_document_never_lowers_anything(town, data):
    questionnaire, profile, answers, extras = town
    question = data.draw(st.sampled_from(questionnaire.questions))
    answer = answers.get(question.id, OPEN)
    proven = answer._replace(evidence=(*answer.evidence, Evidence("Noch einer", available=True)))
    before = estimate(*town, DAY)
    after = estimate(questionnaire, profile, {**answers, question.id: proven}, extras, DAY)

    assert after.points.documented >= before.points.documented
    assert after.points._replace(documented=ZERO) == before.points._replace(documented=ZERO)
    assert_no_worse(before, after)


@given(strategies.towns(), st.data())
def test_one_more_documented_project_never_lowers_anything(town, data):
    questionnaire, profile, answers, extras = town
    proven = tuple(replace(project, documented=True) for project in extras.projects)
    before = estimate(*town, DAY)
    after = estimate(questionnaire, profile, answers, replace(extras, projects=proven), DAY)
    assert after.documented_bonus >= before.documented_bonus
    assert (after.points, after.bonus) == (before.points, before.bonus)
    assert_no_worse(before, after)


@given(strategies.towns(), st.data())
def test_answering_only_ever_narrows_what_is_possible(town, data):
    """Also with conditions: what hangs on an open answer counts as open until it is decided."""
    questionnaire, profile, answers, extras = town
    question = data.draw(st.sampled_from(questionnaire.questions))
    answer = answers.get(question.id, OPEN)
    if answer.state not in (State.OPEN, State.UNCLEAR):
        answers = {**answers, question.id: OPEN._replace(evidence=answer.evidence)}
    said = data.draw(strategies.answers_to(question))
    before = estimate(questionnaire, profile, answers, extras, DAY)
    after = estimate(
        questionnaire, profile, {**answers, question.id: said._replace(evidence=answer.evidence)}, extras, DAY
    )

    assert_narrowed(before, after)


@given(strategies.towns(), st.data())
def test_naming_an_unknown_place_only_ever_narrows_what_is_possible(town, data):
    questionnaire, profile, answers, extras = town
    before = estimate(questionnaire, replace(profile, centrality="unknown"), answers, extras, DAY)
    after = estimate(*town, DAY)
    assert_narrowed(before, after)


def assert_narrowed(before: Estimate, after: Estimate) -> None:
    assert after.points.claimed + after.points.open <= before.points.claimed + before.points.open
    assert after.points.claimed >= before.points.claimed
    assert after.points.documented >= before.points.documented
    assert after.points.possible <= before.points.possible
    assert after.upper - after.mark <= before.upper - before.mark
    assert after.reached - after.mark >= before.reached - before.mark
    if Verdict.EMPTY not in (before.verdict, after.verdict):
        assert_no_worse_unless_open(before.verdict, after.verdict)


def assert_no_worse_unless_open(before: Verdict, after: Verdict) -> None:
    """Only what is still open can be decided either way; what is reached or out of reach stays so."""
    if before is Verdict.SHORT:
        assert after is Verdict.SHORT
    elif before is not Verdict.POSSIBLE:
        assert BETTER_LAST.index(after) >= BETTER_LAST.index(before)


def assert_no_worse(before: Estimate, after: Estimate) -> None:
    if Verdict.EMPTY in (before.verdict, after.verdict):
        assert before.verdict is after.verdict
    else:
        assert BETTER_LAST.index(after.verdict) >= BETTER_LAST.index(before.verdict)


@given(strategies.towns())
def test_answers_of_questions_that_do_not_apply_change_nothing(town):
    questionnaire, profile, answers, extras = town
    before = estimate(*town, DAY)
    kept = {question: answer for question, answer in answers.items() if before.line[question].applies is not Applies.NO}
    after = estimate(questionnaire, profile, kept, extras, DAY)
    assert [line.points for line in after.line.values()] == [line.points for line in before.line.values()]
    assert (after.verdict, after.mark) == (before.verdict, before.mark)


@given(strategies.towns())
def test_verdict_is_empty_only_without_anything_said(town):
    found = estimate(*town, DAY)
    said = any(line.state is not State.OPEN and line.applies is not Applies.NO for line in found.line.values())
    assert (found.verdict is Verdict.EMPTY) == (found.points.possible == Decimal(0) or not said)


@given(strategies.towns())
def test_plain_data_and_back_loses_nothing(town):
    found = estimate(*town, DAY)
    assert from_plain(Estimate, json.loads(json.dumps(to_plain(found)))) == found
