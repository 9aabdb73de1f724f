"""Agenda and record in the store: parts with versions, conflicts, history; versions that are frozen, opened, final."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from selfcheck.core.review.agenda import LONGEST, RowPlan
from selfcheck.core.review.record import Field, RecordState, VersionState
from selfcheck.store.chamber.case_changes import CasePart
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.interview import parts, versions
from selfcheck.store.chamber.interview.parts import Outcome, read_interview
from selfcheck.store.chamber.interview.versions import RecordClosed
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.limits import TooLong, TooMany
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.work import DoesNotFit
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged, Write
from tests.store.chamber.cases import add_advisor, share
from tests.store.conftest import Store

OWN = "n0123456789abcdef"


@pytest.fixture
def case(store: Store) -> Case:
    return share(store)


@pytest.fixture
def advisor(store: Store) -> Advisor:
    return add_advisor(store, "Rathmann")


def text(said: str, field: str = Field.RESULT, subject: str = "", seen: int = 0) -> Write:
    return Write(field, subject, seen, said)


def row(plan: RowPlan, key: str = "leitbild", seen: int = 0) -> Write:
    return Write(CasePart.ROW, key, seen, plan)


def save(store: Store, case: Case, advisor: Advisor, *writes: Write) -> list[Outcome]:
    return parts.save(case.id, writes, advisor, store.now)


def finish(store: Store, case: Case, advisor: Advisor, number: int = 1, said: str = "Bestanden") -> bool:
    return versions.finish(case.id, number, lambda: {"result": said}, advisor, store.now)


def list_history(case: Case) -> list[tuple[str, str, object, object]]:
    change = tables.CaseChange
    columns = (change.part, change.subject, change.before, change.after)
    rows = reading().execute(select(*columns).where(change.case_id == case.id).order_by(change.id))
    return [(row.part, row.subject, row.before, row.after) for row in rows]


def test_every_field_is_a_part_of_its_own(store: Store, case: Case, advisor: Advisor) -> None:
    writes = (
        text("Bestanden\nmit Lob"),
        text("90", Field.MINUTES),
        text("on site", Field.METHOD),
        text("Frau Beispiel", Field.WHO, "hauptamt"),
        text("Beschluss liegt vor", Field.SAID, "leitbild"),
        row(RowPlan(kept=False)),
        row(RowPlan(minutes=10, title="Rundgang"), OWN),
    )
    assert save(store, case, advisor, *writes) == [Saved(1, store.now)] * 7
    found = read_interview(case.id)
    assert found.text(Field.RESULT) == "Bestanden\nmit Lob"
    assert found.texts(Field.SAID) == {"leitbild": "Beschluss liegt vor"}
    assert found.plans == {"leitbild": RowPlan(kept=False), OWN: RowPlan(minutes=10, title="Rundgang")}
    assert found.parts[Field.RESULT, ""].by == "Rathmann"
    assert len(list_history(case)) == 7
    assert found.moment > 0


def test_whoever_is_slower_sees_the_other_value_and_the_rest_is_saved(
    store: Store, case: Case, advisor: Advisor
) -> None:
    other = add_advisor(store, "Senft")
    save(store, case, advisor, text("Bestanden"), row(RowPlan(minutes=5)))
    slower, plan, fine = save(
        store, case, other, text("Nicht bestanden"), row(RowPlan(minutes=9)), text("Saal 2", Field.PLACE)
    )
    assert isinstance(slower, Conflict)
    assert isinstance(plan, Conflict)
    assert (slower.version, slower.who, slower.theirs) == (1, "Rathmann", "Bestanden")
    assert plan.theirs == RowPlan(minutes=5)
    assert fine == Saved(1, store.now)
    assert save(store, case, other, text("Bestanden")) == [Unchanged(1)], "a retry after a lost answer"
    assert save(store, case, other, text("Nicht bestanden", seen=1)) == [Saved(2, store.now)]
    assert list_history(case)[-1] == ("result", "", {"text": "Bestanden"}, {"text": "Nicht bestanden"})


def test_nothing_is_stored_for_an_empty_form(store: Store, case: Case, advisor: Advisor) -> None:
    assert save(store, case, advisor, text(""), row(RowPlan())) == [Unchanged(0), Unchanged(0)]
    assert read_interview(case.id).parts == {}
    assert list_history(case) == []


@pytest.mark.parametrize(
    "write",
    [
        text("x", Field.METHOD),
        text("0", Field.MINUTES),
        text("-1", Field.MINUTES),
        text("viele"[:3], Field.MINUTES),
        text("x", Field.RESULT, "leitbild"),
        text("x", Field.SAID),
        text("x", Field.SAID, "x" * 49),
        row(RowPlan(minutes=LONGEST + 1)),
        row(RowPlan(minutes=0)),
        row(RowPlan(title="eigener Titel")),
        row(RowPlan(), OWN),
        row(RowPlan(), ""),
        Write(CasePart.ROW, "leitbild", 0, "x"),
        Write(Field.RESULT, "", 0, RowPlan()),
    ],
)
def test_what_no_page_sends_is_refused(store: Store, case: Case, advisor: Advisor, write: Write) -> None:
    with pytest.raises(DoesNotFit):
        save(store, case, advisor, write)
    assert read_interview(case.id).parts == {}


@pytest.mark.parametrize(
    "write",
    [
        text("x" * (limits.NOTE + 1)),
        text("x" * (limits.LINE + 1), Field.PLACE),
        row(RowPlan(title="x" * (limits.TITLE + 1)), OWN),
    ],
)
def test_texts_are_no_longer_than_they_may_be(store: Store, case: Case, advisor: Advisor, write: Write) -> None:
    with pytest.raises(TooLong):
        save(store, case, advisor, write)


def test_own_rows_come_to_an_end(store: Store, case: Case, advisor: Advisor) -> None:
    rows = [row(RowPlan(title="Thema"), f"n{place:08x}") for place in range(limits.ENTRIES)]
    save(store, case, advisor, *rows)
    with pytest.raises(TooMany):
        save(store, case, advisor, row(RowPlan(title="Thema"), OWN))
    assert len(read_interview(case.id).plans) == limits.ENTRIES


def test_a_finished_version_is_frozen_and_nobody_writes_until_it_is_opened(
    store: Store, case: Case, advisor: Advisor
) -> None:
    save(store, case, advisor, text("Bestanden"))
    assert finish(store, case, advisor)
    assert finish(store, case, advisor, said="doppelt geklickt"), "one version for a double click"
    assert versions.read_content(case.id, 1) == {"result": "Bestanden"}
    assert read_interview(case.id).state is RecordState.FINISHED
    with pytest.raises(RecordClosed):
        save(store, case, advisor, text("anders", seen=1))
    assert save(store, case, advisor, text("Bestanden", seen=1)) == [Unchanged(1)]
    assert versions.reopen(case.id, 1, advisor, store.now)
    assert versions.reopen(case.id, 1, advisor, store.now), "a double click"
    assert read_interview(case.id).state is RecordState.OPEN_AGAIN
    assert save(store, case, advisor, text("anders", seen=1)) == [Saved(2, store.now)]
    assert finish(store, case, advisor, 2, "anders")
    listed = versions.read_versions(case.id)
    assert [versions.version_state(each, listed) for each in listed] == [VersionState.REPLACED, VersionState.CURRENT]
    assert versions.read_content(case.id, 1) == {"result": "Bestanden"}, "the first says what it said"
    assert [subject for part, subject, *_ in list_history(case) if part == "record"] == ["1", "1", "2"]


def test_a_final_record_is_read_only(store: Store, case: Case, advisor: Advisor) -> None:
    finish(store, case, advisor)
    assert versions.make_final(case.id, 1, " Petra  Rathmann ", advisor, store.now)
    assert versions.make_final(case.id, 1, "Petra Rathmann", advisor, store.now), "a double click"
    (version,) = versions.read_versions(case.id)
    assert version.final_name == "Petra Rathmann"
    assert versions.state_of((version,)) is RecordState.FINAL
    assert not versions.reopen(case.id, 1, advisor, store.now)
    assert not finish(store, case, advisor, 2)
    with pytest.raises(RecordClosed):
        save(store, case, advisor, text("anders"))


def test_whoever_saw_an_older_version_ends_nothing(store: Store, case: Case, advisor: Advisor) -> None:
    assert not versions.reopen(case.id, 1, advisor, store.now), "there is none"
    assert not versions.make_final(case.id, 1, "Petra", advisor, store.now)
    assert not finish(store, case, advisor, 2)
    finish(store, case, advisor)
    versions.reopen(case.id, 1, advisor, store.now)
    assert not versions.make_final(case.id, 1, "Petra", advisor, store.now), "it is open again"
    finish(store, case, advisor, 2)
    assert not versions.reopen(case.id, 1, advisor, store.now)
    assert not versions.make_final(case.id, 1, "Petra", advisor, store.now)
    assert versions.read_content(case.id, 3) is None


def test_a_version_that_was_changed_by_hand_is_no_version(store: Store, case: Case, advisor: Advisor) -> None:
    finish(store, case, advisor)
    with writing() as connection:
        connection.execute(update(tables.RecordVersion).values(content='{"result":"gefälscht"}'))
    with pytest.raises(DamagedRow):
        versions.read_content(case.id, 1)


def test_other_cases_keep_their_own(store: Store, case: Case, advisor: Advisor) -> None:
    save(store, case, advisor, text("Bestanden"))
    finish(store, case, advisor)
    assert read_interview(case.id + 1).parts == {}
    assert versions.read_versions(case.id + 1) == ()
    assert versions.read_content(case.id + 1, 1) is None
