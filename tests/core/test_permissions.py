"""Who may do what: the table, and that nothing opens what is closed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.permissions import RIGHTS, Allowed, Right, Role, Standing, Verdict, decide
from selfcheck.core.questionnaire.model import QuestionId

TODAY = date(2027, 1, 10)
STANDINGS = st.builds(
    Standing,
    st.sampled_from(Role),
    st.none() | st.dates(date(2026, 12, 1), date(2027, 3, 1)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def test_every_role_has_its_line() -> None:
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize("right", [Right.SHARE, Right.DELETE, Right.TEAM, Right.REDACT, Right.DETAILS])
def test_only_the_coordination_shares_deletes_and_decides_who_takes_part(right: Right) -> None:
    allowed = {role for role in Role if decide(Standing(role), right, TODAY) is Verdict.GRANTED}
    assert allowed == {Role.COORDINATOR}


def test_an_office_sees_its_own_part_and_nothing_else() -> None:
    allowed = {right for right in Right if decide(Standing(Role.OFFICE), right, TODAY) is Verdict.GRANTED}
    assert allowed == {Right.OWN_PART, Right.LEAVE}


@given(STANDINGS, st.sampled_from(Right), st.booleans())
def test_nothing_opens_what_is_closed(standing: Standing, right: Right, even_deleted: bool) -> None:
    verdict = decide(standing, right, TODAY, even_deleted=even_deleted)
    if standing.left:
        assert verdict is Verdict.UNKNOWN
    elif standing.withdrawn or (standing.ends_on and standing.ends_on < TODAY):
        assert verdict is Verdict.ENDED
    elif verdict is Verdict.GRANTED:
        assert right in RIGHTS[standing.role]
        assert even_deleted or not standing.deleted


@given(st.sampled_from(Right))
def test_without_a_place_there_is_nothing(right: Right) -> None:
    assert decide(None, right, TODAY) is Verdict.UNKNOWN


def test_a_place_is_open_until_the_end_of_its_last_day() -> None:
    assert decide(Standing(Role.OFFICE, TODAY), Right.OWN_PART, TODAY) is Verdict.GRANTED
    assert decide(Standing(Role.OFFICE, date(2027, 1, 9)), Right.OWN_PART, TODAY) is Verdict.ENDED


def test_an_office_answers_its_questions_only() -> None:
    scope = frozenset({QuestionId("kita")})
    office = Allowed(Role.OFFICE, scope, 7)
    assert office.to_write(Right.ANSWER, "kita")
    assert not office.to_write(Right.ANSWER, "leitbild")
    assert not office.to_write(Right.ANSWER)  # what belongs to no question
    assert not office.to_write(Right.COMMENT, "kita")
    assert office.to_write(Right.OWN_PART)
    assert Allowed(Role.COLLEAGUE).to_write(Right.ANSWER, "leitbild")
    assert not Allowed(Role.READER, scope).to_write(Right.ANSWER, "kita")


def test_an_office_removes_only_evidence_that_it_brought() -> None:
    office = Allowed(Role.OFFICE, place_id=7)
    assert office.to_remove(7)
    assert not office.to_remove(8)
    assert not office.to_remove(None)
    assert not Allowed(Role.OFFICE).to_remove(None)
    assert Allowed(Role.COLLEAGUE, place_id=7).to_remove(None)


def test_an_office_writes_evidence_of_its_questions_and_leaves_others_theirs() -> None:
    office, everybody = Allowed(Role.OFFICE, frozenset({QuestionId("a")})), Allowed(Role.COLLEAGUE)
    allowed = [((), ("a",)), (("a",), ("a",)), (("a", "b"), ("a", "b")), (("b", "a"), ("b",)), (("a",), ())]
    refused = [((), ("b",)), (("b",), ("b",)), (("b",), ("b", "a")), (("a",), ("a", "b")), (("a", "b"), ())]
    assert all(office.to_prove(before, after) for before, after in allowed)
    assert not any(office.to_prove(before, after) for before, after in refused)
    assert all(everybody.to_prove(before, after) for before, after in (*allowed, *refused))
