"""The agenda of an interview: what stands on it, in which order, and for how long."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.review.agenda import LONGEST, MOST_MINUTES, Matter, RowPlan, is_own, plan_agenda, share_minutes

OWN = "n0123456789abcdef"
THREAD, PAPER = Matter(threads=1), Matter(papers=1)
NOTHING = Matter()
WEIGHTS = st.dictionaries(st.text("abc", min_size=1, max_size=4), st.decimals(0, 200, places=2), max_size=60)


def test_what_there_is_to_talk_about_stands_in_the_order_of_the_questionnaire() -> None:
    agenda = plan_agenda(["a", "b", "c"], {"c": THREAD, "a": PAPER, "b": NOTHING}, {}, (), 60)
    assert [row.key for row in agenda.rows] == ["a", "c"]


def test_threads_papers_and_large_differences_of_large_questions_take_longest() -> None:
    small = Matter(difference=Decimal("-0.5"), possible=Decimal(2))
    large = Matter(difference=Decimal(-2), possible=Decimal(6))
    agenda = plan_agenda(["a", "b", "c", "d"], {"a": PAPER, "b": THREAD, "c": small, "d": large}, {}, (), 60)
    minutes = {row.key: row.minutes for row in agenda.rows}
    assert minutes["d"] > minutes["b"] > minutes["a"]
    assert minutes["a"] == minutes["c"]


def test_a_row_can_be_dropped_and_comes_back() -> None:
    matters = {"a": THREAD, "b": THREAD}
    dropped = plan_agenda(["a", "b"], matters, {"a": RowPlan(kept=False)}, (), 20)
    assert [(row.key, row.kept, row.minutes) for row in dropped.rows] == [("a", False, 0), ("b", True, 20)]
    back = plan_agenda(["a", "b"], matters, {"a": RowPlan()}, (), 20)
    assert [(row.key, row.minutes) for row in back.kept] == [("a", 10), ("b", 10)]


def test_minutes_set_by_hand_stay_and_the_others_share_what_is_left() -> None:
    agenda = plan_agenda(["a", "b"], {"a": THREAD, "b": THREAD}, {"a": RowPlan(minutes=45)}, (), 60)
    assert [row.minutes for row in agenda.rows] == [45, 15]
    assert (agenda.total, agenda.left) == (60, 0)


def test_too_little_time_is_told() -> None:
    agenda = plan_agenda(["a", "b"], {"a": THREAD, "b": THREAD}, {"a": RowPlan(minutes=60)}, (), 30)
    assert (agenda.total, agenda.left) == (61, -31)


def test_own_rows_stand_at_the_end() -> None:
    agenda = plan_agenda(["a"], {"a": THREAD}, {OWN: RowPlan(minutes=5, title="Rundgang")}, (), 30)
    assert [(row.key, row.own) for row in agenda.rows] == [("a", False), (OWN, True)]


def test_what_was_written_down_stays_although_nothing_is_open_any_more() -> None:
    agenda = plan_agenda(["a", "b"], {}, {}, ["b"], 30)
    assert [row.key for row in agenda.rows] == ["b"]
    assert agenda.total == 1


def test_what_is_decided_counts_as_much_as_what_is_said() -> None:
    assert Matter(discuss=True).weight == THREAD.weight
    assert Matter(recommendations=1).weight == Matter(goals=1).weight > 0
    assert NOTHING.weight == 0


def test_own_keys_are_told_from_names_of_questions() -> None:
    assert is_own(OWN)
    for name in ("n", "nahverkehr", "n" + "0" * 60, "leitbild", "", "n0123456x"):
        assert not is_own(name)


@given(WEIGHTS, st.integers(-100, LONGEST))
def test_minutes_are_whole_at_least_one_and_no_more_than_there_are(weights: dict[str, Decimal], available: int) -> None:
    minutes = share_minutes(weights, available)
    assert minutes.keys() == weights.keys()
    assert all(1 <= each <= MOST_MINUTES for each in minutes.values())
    assert sum(minutes.values()) <= max(available, len(weights))


@given(WEIGHTS, st.integers(0, LONGEST))
def test_who_weighs_more_never_gets_less(weights: dict[str, Decimal], available: int) -> None:
    minutes = share_minutes(weights, available)
    for one in weights:
        for other in weights:
            if weights[one] > weights[other]:
                assert minutes[one] >= minutes[other]


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.decimals(1, 20, places=2), min_size=1, max_size=40))
def test_all_the_time_is_used_where_no_row_gets_too_much(weights: dict[str, Decimal]) -> None:
    available = len(weights) * 2
    assert (
        sum(share_minutes(weights, available).values()) == available
        or MOST_MINUTES in share_minutes(weights, available).values()
    )
