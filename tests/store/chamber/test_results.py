"""The result of an audit and its agreed goals: versions, conflicts, history; and what of it is released to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.review.case import CaseState, Sender, StepKind
from selfcheck.core.review.judgement import Said
from selfcheck.core.review.release import Hindrance, Release, ShownJudgement
from selfcheck.core.review.result import Certified
from selfcheck.store.access import grants
from selfcheck.store.chamber import steps
from selfcheck.store.chamber.case_changes import read_case_changes
from selfcheck.store.chamber.cases import Advisor, Case, find_case
from selfcheck.store.chamber.judging import judgements
from selfcheck.store.chamber.judging.judgements import JudgementWrite
from selfcheck.store.chamber.judging.notes import save_note
from selfcheck.store.chamber.result import releases, settings
from selfcheck.store.chamber.result.results import BONUS, AgreedText, AgreedWrite, ResultText, read_result, save_result
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged
from tests.places import add_account, add_place
from tests.store.chamber.cases import add_advisor, share
from tests.store.conftest import Store, migrate
from tests.store.database.test_before import go_back_to

TEXT = ResultText({"a": Decimal("12.5"), BONUS: Decimal(2)}, Certified.YES, date(2027, 6, 15), "Urkunde im Herbst")
GOAL = AgreedText("Ganztag an allen Schulen", "c", "Betreuung bis 16 Uhr", "100 %", date(2028, 8, 1))
POINTS = Release(
    "IHK Darmstadt", 1, {"leitbild": ShownJudgement(Decimal(3), Decimal(4), "unclear", "Beschluss?")}, None
)


@pytest.fixture(autouse=True)
def _chamber_that_never_set_anything(store: Store) -> None:
    with writing() as connection:
        connection.execute(delete(tables.ChamberSetting))


@pytest.fixture
def case(store: Store) -> Case:
    return share(store)


@pytest.fixture
def advisor(store: Store) -> Advisor:
    return add_advisor(store, "Rathmann")


def no_letters(check_id: str, addresses: Sequence[str]) -> Sequence[NewMail]:
    return ()


def confirm_sender(case: Case) -> None:
    with writing() as connection:
        mine = update(tables.ReviewCase).where(tables.ReviewCase.id == case.id)
        connection.execute(mine.values(sender=Sender.CONFIRMED))


def prepare(store: Store, case: Case, by: Advisor) -> None:
    """Takes the case, where nobody else has done so before, and says that its result is ready."""
    kinds = (StepKind.PREPARED,) if look(case).advisor_id == by.account_id else (StepKind.TAKEN, StepKind.PREPARED)
    for kind in kinds:
        last = steps.find_last(case.id, by.account_id)
        assert steps.do(case.id, by, kind, last.id if last else steps.NO_STEP, store.now) == steps.Done()


def look(case: Case) -> Case:
    found = find_case(case.chamber, case.public_id)
    assert found is not None
    return found


def test_a_result_is_kept_with_its_goals_and_its_history(store: Store, case: Case, advisor: Advisor) -> None:
    assert read_result(case.id).result.version == 0
    saved, goals = save_result(case.id, 0, TEXT, [AgreedWrite(None, 0, GOAL, "k")], advisor, store.now)
    assert (saved, goals) == (Saved(1, store.now), [Saved(1, store.now, 1)])
    stored = read_result(case.id)
    assert (stored.result.text, stored.result.by) == (TEXT, "Rathmann")
    assert [(goal.number, goal.text) for goal in stored.goals] == [(1, GOAL)]
    (change,) = read_case_changes(case.id, "", ("result",))
    assert isinstance(change.after, dict)
    assert change.after["points"] == {"a": "12.5", "": "2"}


def test_whoever_is_slower_changes_nothing_and_sees_the_other_value(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    save_result(case.id, 0, TEXT, [AgreedWrite(None, 0, GOAL, "k")], advisor, store.now)
    refused = replace(TEXT, certified=Certified.NO)
    moved = replace(GOAL, due=date(2029, 1, 1))
    met, (goal,) = save_result(case.id, 0, refused, [AgreedWrite(1, 0, moved)], other, store.now)
    assert isinstance(met, Conflict)
    assert isinstance(goal, Conflict)
    assert (met.who, met.theirs.text, goal.theirs) == ("Rathmann", TEXT, GOAL)
    assert read_result(case.id).result.text == TEXT
    again, (same,) = save_result(case.id, 0, TEXT, [AgreedWrite(1, 0, GOAL)], other, store.now)
    assert (again, same) == (Unchanged(1), Unchanged(1, 1)), "a retry after a lost answer"


def test_a_goal_sent_twice_is_one_and_a_removed_one_is_gone(store: Store, case: Case, advisor: Advisor) -> None:
    for _ in range(2):
        save_result(case.id, 0, TEXT, [AgreedWrite(None, 0, GOAL, "k")], advisor, store.now)
    assert len(read_result(case.id).goals) == 1
    better = replace(GOAL, title="Ganztag an allen Grundschulen")
    _, (met,) = save_result(case.id, 1, TEXT, [AgreedWrite(None, 0, better, "k")], advisor, store.now)
    assert isinstance(met, Conflict), "the same form with other words"
    assert (met.id, met.version, met.theirs) == (1, 1, GOAL)
    _, (changed,) = save_result(case.id, 1, TEXT, [AgreedWrite(None, 1, better, "k")], advisor, store.now)
    assert changed == Saved(2, store.now, 1), "decided"
    _, (changed,) = save_result(case.id, 1, TEXT, [AgreedWrite(1, 2, GOAL)], advisor, store.now)
    assert changed == Saved(3, store.now, 1)
    _, (gone,) = save_result(case.id, 1, TEXT, [AgreedWrite(1, 3, None)], advisor, store.now)
    assert gone == Saved(4, store.now, 1)
    assert read_result(case.id).goals == ()
    _, (added,) = save_result(case.id, 1, TEXT, [AgreedWrite(None, 0, GOAL, "other")], advisor, store.now)
    assert added == Saved(1, store.now, 2), "a number is never given again"
    _, (unknown,) = save_result(case.id, 1, TEXT, [AgreedWrite(77, 0, GOAL)], advisor, store.now)
    assert isinstance(unknown, Conflict)


def test_texts_that_are_too_long_change_nothing(store: Store, case: Case, advisor: Advisor) -> None:
    with pytest.raises(TooLong):
        save_result(case.id, 0, replace(TEXT, next_steps="x" * 2001), [], advisor, store.now)
    with pytest.raises(TooLong):
        save_result(case.id, 0, TEXT, [AgreedWrite(None, 0, replace(GOAL, title="x" * 501), "k")], advisor, store.now)
    assert read_result(case.id).result.version == 0


def test_damaged_points_are_named_as_damaged(store: Store, case: Case, advisor: Advisor) -> None:
    save_result(case.id, 0, TEXT, [], advisor, store.now)
    for wrong in (["a"], {"a": "viel"}, {"a": "NaN"}):
        with writing() as connection:
            connection.execute(update(tables.CaseResult).values(points=wrong))
        with pytest.raises(DamagedRow):
            read_result(case.id)


def test_a_release_needs_a_prepared_result_and_a_known_sender(store: Store, case: Case, advisor: Advisor) -> None:
    found = releases.release(case, POINTS, None, advisor, store.now, no_letters)
    assert found == (Hindrance.NOT_PREPARED, Hindrance.SENDER)
    assert releases.find_release(case.id) is None
    prepare(store, case, advisor)
    confirm_sender(case)
    assert releases.release(case, POINTS, date(2029, 9, 15), advisor, store.now, no_letters) == ()
    released = releases.find_release(case.id)
    assert released is not None
    assert (released.release, released.by) == (POINTS, "Rathmann")
    assert releases.find_releases_of(store.check.id) == {case.public_id: released}
    now = look(case)
    assert (now.state, now.waits_on) == (CaseState.RELEASED, "chamber")
    begin = select(tables.ReviewCase.next_audit).where(tables.ReviewCase.id == case.id)
    assert reading().execute(begin).scalar_one() == date(2029, 9, 15)


def test_the_same_release_twice_is_one(store: Store, case: Case, advisor: Advisor) -> None:
    confirm_sender(case)
    prepare(store, case, advisor)
    for _ in range(2):
        assert releases.release(case, POINTS, None, advisor, store.now, no_letters) == ()
    counted = reading().execute(select(tables.CaseRelease.id)).all()
    assert len(counted) == 1
    changed = replace(POINTS, stand=2)
    assert releases.release(case, changed, None, advisor, store.now, no_letters) == (Hindrance.NOT_PREPARED,)
    prepare(store, case, advisor)
    assert releases.release(case, changed, None, advisor, store.now, no_letters) == ()
    newest = releases.find_release(case.id)
    assert newest is not None
    assert newest.release == changed


def test_where_the_chamber_wants_it_somebody_else_reads_it_first(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    confirm_sender(case)
    assert settings.save_settings(advisor, 0, True, store.now) == Saved(1, store.now)
    assert not releases.read_over(case, 0, other, store.now), "nothing is prepared"
    prepare(store, case, advisor)
    assert not releases.read_over(case, 0, advisor, store.now), "whoever prepared it is not somebody else"
    assert releases.release(case, POINTS, None, advisor, store.now, no_letters) == (Hindrance.READER,)
    assert releases.read_over(case, 0, other, store.now)
    assert releases.find_readiness(case).read_by == "Senft"
    assert releases.release(case, POINTS, None, advisor, store.now, no_letters) == ()
    prepare(store, case, advisor)
    assert releases.find_readiness(case).read_by == "", "what is prepared anew is to be read anew"


def judge(store: Store, case: Case, by: Advisor, points: int, seen: int = 0) -> None:
    said = Said(Decimal(points), None, "")
    (saved,) = judgements.save(case.id, [JudgementWrite("leitbild", seen, said, 1, Decimal(4))], by, store.now)
    assert isinstance(saved, Saved)


def test_only_what_was_read_counts_as_read_over(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    judge(store, case, advisor, 1)
    prepare(store, case, advisor)
    shown = releases.find_readiness(case).newest
    judge(store, case, advisor, 4, seen=1)
    assert not releases.read_over(case, shown, other, store.now)
    now = releases.find_readiness(case)
    assert (now.read_by, now.may_read_over(other.account_id)) == ("", True)
    assert releases.read_over(case, now.newest, other, store.now)
    assert releases.find_readiness(case).read_by == "Senft"
    judge(store, case, advisor, 3, seen=2)
    assert releases.find_readiness(case).read_by == "", "entered at the same time, and later"


def test_what_was_read_over_in_an_older_database_stays_so(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    judge(store, case, advisor, 1)
    store.later(minutes=1)
    prepare(store, case, advisor)
    store.later(minutes=1)
    judge(store, case, advisor, 4, seen=1)
    store.later(minutes=1)
    assert releases.read_over(case, releases.find_readiness(case).newest, other, store.now)
    marks = select(tables.CaseStep.change_id).order_by(tables.CaseStep.id)
    known = reading().execute(marks).scalars().all()
    transactions.let_go()
    go_back_to(store.url, "0022")
    migrate(store.url)
    assert reading().execute(marks).scalars().all() == known
    assert releases.find_readiness(case).read_by == "Senft"


def test_nobody_reads_over_what_they_wrote_themselves(store: Store, case: Case, advisor: Advisor) -> None:
    other, third = add_advisor(store, "Senft"), add_advisor(store, "Tann")
    prepare(store, case, advisor)
    judge(store, case, other, 1)
    judge(store, case, advisor, 2, seen=1)
    ready = releases.find_readiness(case)
    assert ready.written_by == {advisor.account_id, other.account_id}
    assert not releases.read_over(case, ready.newest, other, store.now)
    assert releases.read_over(case, ready.newest, third, store.now)


def test_what_was_changed_by_all_is_prepared_again_and_then_read_over(
    store: Store, case: Case, advisor: Advisor
) -> None:
    other = add_advisor(store, "Senft")
    settings.save_settings(advisor, 0, True, store.now)
    prepare(store, case, advisor)
    assert not releases.prepare_again(case, 0, advisor, store.now), "nothing was changed"
    judge(store, case, other, 1)
    ready = releases.find_readiness(case)
    assert not releases.read_over(case, ready.newest, other, store.now)
    assert not releases.prepare_again(case, 0, advisor, store.now), "a change that was not read"
    assert not releases.prepare_again(case, ready.newest, other, store.now), "a colleague's case"
    assert releases.prepare_again(case, ready.newest, advisor, store.now)
    assert not releases.prepare_again(case, ready.newest, advisor, store.now)
    assert releases.read_over(case, ready.newest, other, store.now)
    assert not releases.prepare_again(case, ready.newest, advisor, store.now), "it was read over"


def test_a_note_leaves_what_was_read_over(store: Store, case: Case, advisor: Advisor) -> None:
    other = add_advisor(store, "Senft")
    prepare(store, case, advisor)
    assert releases.read_over(case, releases.find_readiness(case).newest, other, store.now)
    save_note(case.id, "leitbild", "Nur für uns", 0, advisor, store.now)
    assert releases.find_readiness(case).read_by == "Senft"


def test_no_step_releases_without_what_is_shown(store: Store, case: Case, advisor: Advisor) -> None:
    confirm_sender(case)
    prepare(store, case, advisor)
    last = steps.find_last(case.id, advisor.account_id)
    assert last is not None
    with pytest.raises(ValueError, match="released"):
        steps.do(case.id, advisor, StepKind.RELEASED, last.id, store.now)
    assert look(case).state == CaseState.PREPARED


def test_settings_of_a_chamber_have_versions(store: Store, advisor: Advisor) -> None:
    settings.save_settings(advisor, 0, True, store.now)
    met = settings.save_settings(advisor, 0, False, store.now)
    assert isinstance(met, Conflict)
    assert met.theirs is True
    assert settings.save_settings(advisor, 1, True, store.now) == Unchanged(1)
    assert settings.read_settings("frankfurt").second_reader is False


def test_those_who_coordinate_are_told_and_nobody_else(store: Store, case: Case, advisor: Advisor) -> None:
    with writing() as connection:
        for mail, role in (("erika@stadt.example", Role.COORDINATOR), ("kai@stadt.example", Role.COLLEAGUE)):
            account, _ = add_account(connection, mail, store.now)
            place = add_place(connection, store.check.id, role, "Platz", store.now)
            grants.begin_account_grant(connection, place, account, "", store.now)
    told: list[str] = []

    def write(check_id: str, addresses: Sequence[str]) -> Sequence[NewMail]:
        assert check_id == store.check.public_id
        told.extend(addresses)
        return [NewMail(None, address, "Betreff", "Text") for address in addresses]

    confirm_sender(case)
    prepare(store, case, advisor)
    releases.release(case, POINTS, None, advisor, store.now, write)
    assert "erika@stadt.example" in told
    assert "kai@stadt.example" not in told
    assert len(reading().execute(select(tables.Mail.id)).all()) == len(told)


def test_a_release_that_was_tampered_with_says_nothing(store: Store, case: Case, advisor: Advisor) -> None:
    confirm_sender(case)
    prepare(store, case, advisor)
    releases.release(case, POINTS, None, advisor, store.now, no_letters)
    with writing() as connection:
        connection.execute(update(tables.CaseRelease).values(content="{}"))
    found = releases.find_release(case.id)
    assert found is not None
    assert found.release is None
