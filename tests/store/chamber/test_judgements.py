"""Judgements and notes: versions, conflicts, history, and many at once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from selfcheck.core.review.judgement import Said, Sufficiency
from selfcheck.store.chamber.case_changes import read_case_changes
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.judging import judgements, notes
from selfcheck.store.chamber.judging.judgements import JudgementWrite, Outcome, read_judgements
from selfcheck.store.database.limits import TooLong
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged
from tests.store.chamber.cases import add_advisor, share
from tests.store.conftest import Store

ENOUGH = Said(Decimal("2.5"), Sufficiency.ENOUGH, "Beschluss\nliegt vor")


@pytest.fixture
def case(store: Store) -> Case:
    return share(store)


@pytest.fixture
def advisor(store: Store) -> Advisor:
    return add_advisor(store, "Rathmann")


def write(said: Said, seen: int = 0, question: str = "leitbild", stand: int = 1) -> JudgementWrite:
    return JudgementWrite(question, seen, said, stand, Decimal(4))


def save(store: Store, case: Case, advisor: Advisor, *writes: JudgementWrite) -> list[Outcome]:
    return judgements.save(case.id, writes, advisor, store.now)


def test_a_judgement_is_kept_with_its_difference_and_its_history(store: Store, case: Case, advisor: Advisor) -> None:
    assert read_judgements(case.id) == {}
    assert save(store, case, advisor, write(ENOUGH)) == [Saved(1, store.now)]
    stored = read_judgements(case.id)["leitbild"]
    assert (stored.said, stored.stand, stored.version, stored.by) == (ENOUGH, 1, 1, "Rathmann")
    assert stored.difference == -150, "in hundredths, less than the town claims"
    first = store.now
    later = Said(Decimal(4), Sufficiency.TO_DISCUSS)
    store.later(hours=1)
    assert save(store, case, advisor, write(later, 1)) == [Saved(2, store.now)]
    changes = read_case_changes(case.id, "leitbild")
    assert [(change.part, change.by) for change in changes] == [("judgement", "Rathmann")] * 2
    assert changes[1].before is None
    assert changes[0].before == changes[1].after
    assert changes[1].after == {"points": "2.5", "verdict": "enough", "reason": "Beschluss\nliegt vor", "stand": 1}
    assert changes[1].at == first


def test_whoever_is_slower_sees_the_other_value_and_changes_nothing(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    save(store, case, advisor, write(ENOUGH))
    slower, fine = save(store, case, other, write(Said(Decimal(1)), 0), write(Said(Decimal(2)), 0, "strategie"))
    assert isinstance(slower, Conflict)
    assert (slower.version, slower.who, slower.theirs.said) == (1, "Rathmann", ENOUGH)
    assert fine == Saved(1, store.now), "the others of the same form are saved"
    assert read_judgements(case.id)["leitbild"].said == ENOUGH
    assert save(store, case, other, write(ENOUGH, 0)) == [Unchanged(1)], "a retry after a lost answer"
    assert save(store, case, other, write(Said(Decimal(1)), 1)) == [Saved(2, store.now)]


def test_on_a_new_stand_the_same_judgement_is_said_anew(store: Store, case: Case, advisor: Advisor) -> None:
    save(store, case, advisor, write(ENOUGH))
    assert save(store, case, advisor, write(ENOUGH, 1, stand=2)) == [Saved(2, store.now)]
    assert read_judgements(case.id)["leitbild"].stand == 2


def test_nothing_is_stored_for_an_empty_form(store: Store, case: Case, advisor: Advisor) -> None:
    assert save(store, case, advisor, write(Said())) == [Unchanged(0)]
    assert read_judgements(case.id) == {}
    assert read_case_changes(case.id, "leitbild") == []


def test_a_whole_table_costs_the_same_number_of_statements(store: Store, case: Case, advisor: Advisor) -> None:
    save(store, case, advisor, write(ENOUGH, 0, "frage-0"), write(ENOUGH, 0, "frage-1"))
    with store.counted() as few:
        save(store, case, advisor, write(Said(Decimal(1)), 1, "frage-0"), write(ENOUGH, 0, "frage-2"))
    many = [write(Said(Decimal(1)), 1, "frage-1"), *(write(ENOUGH, 0, f"frage-{place}") for place in range(3, 30))]
    with store.counted() as more:
        assert all(isinstance(outcome, Saved) for outcome in save(store, case, advisor, *many))
    assert more.count == few.count


def test_a_text_that_is_too_long_is_refused(store: Store, case: Case, advisor: Advisor) -> None:
    with pytest.raises(TooLong):
        save(store, case, advisor, write(Said(Decimal(1), None, "x" * 1001)))
    with pytest.raises(TooLong):
        notes.save_note(case.id, "leitbild", "x" * 5001, 0, advisor, store.now)


def test_a_note_has_a_version_of_its_own(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    assert notes.save_note(case.id, "leitbild", "", 0, advisor, store.now) == Unchanged(0)
    assert notes.save_note(case.id, "leitbild", "Nur bis 14:30.", 0, advisor, store.now) == Saved(1, store.now)
    met = notes.save_note(case.id, "leitbild", "Anders", 0, other, store.now + timedelta(minutes=1))
    assert isinstance(met, Conflict)
    assert met.theirs.text == "Nur bis 14:30."
    assert notes.save_note(case.id, "leitbild", "", 1, other, store.now) == Saved(2, store.now)
    assert notes.read_notes(case.id)["leitbild"].text == ""
    assert [change.after for change in read_case_changes(case.id, "leitbild")] == [
        {"text": ""},
        {"text": "Nur bis 14:30."},
    ]
