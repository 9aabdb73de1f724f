"""How a record becomes final: finished, opened again, finished anew, and read only at last."""

from __future__ import annotations

from selfcheck.core.review.record import (
    Ended,
    RecordState,
    VersionState,
    find_state,
    find_version_state,
    may_write,
)


def test_a_record_goes_from_draft_to_final() -> None:
    first = Ended(1, reopened=True)
    steps = (
        ((), RecordState.DRAFT, True),
        ((Ended(1),), RecordState.FINISHED, False),
        ((first,), RecordState.OPEN_AGAIN, True),
        ((first, Ended(2)), RecordState.FINISHED, False),
        ((first, Ended(2, final=True)), RecordState.FINAL, False),
    )
    for versions, state, writable in steps:
        assert find_state(versions) is state
        assert may_write(state) is writable


def test_only_the_newest_version_counts() -> None:
    assert find_version_state(Ended(1, reopened=True), 2) is VersionState.REPLACED
    assert find_version_state(Ended(1, reopened=True), 1) is VersionState.CURRENT
    assert find_version_state(Ended(2, final=True), 2) is VersionState.FINAL
