"""Recommendations as they go to and fro between an advisor and a town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from selfcheck.core.review.recommendations import Decision, Money, Priority, RecommendationState, Reply, Turn
from selfcheck.store.chamber import cases, sending
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.sending import Account
from selfcheck.store.chamber.talk import recommendations, recommending
from selfcheck.store.chamber.talk.recommendations import RecommendationText, StoredRecommendation
from selfcheck.store.chamber.talk.recommending import OtherWords, Seen
from selfcheck.store.database import tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import look_again, reading, writing
from selfcheck.store.mail.bundles import Event
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.values import Check
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged
from tests.places import add_account
from tests.store.conftest import Store
from tests.store.mail.test_bundles import ERIKA, Town

TEXT = RecommendationText("Willkommenspaket", "Ein Paket für Neue.", Priority.HIGH)
YES = Reply(Decision.DOING, "", "Frau Muster", date(2027, 6, 30), Money.OPEN, 20)
NO = Reply(Decision.NOT_DOING, "Dafür ist der Kreis zuständig.")
ABOUT = ("C6", "zuzug", "paket")
KEY = "0" * 32


@pytest.fixture
def advisor(store: Store) -> Advisor:
    with writing() as connection:
        account, _ = add_account(connection, "berta@example.org", store.now, "advisor")
        connection.execute(
            update(tables.Account)
            .where(tables.Account.id == account)
            .values(chamber="darmstadt", confirmed_at=store.now)
        )
    return Advisor(account, "Berta Rat", "berta@example.org", "darmstadt")


@pytest.fixture
def case(store: Store, advisor: Advisor) -> Case:
    return share(store, store.check, advisor)


def share(store: Store, check: Check, advisor: Advisor) -> Case:
    sender = Account(advisor.account_id, "Erika Muster", "erika@example.org")
    public_id = sending.send(check, "darmstadt", {"said": "all"}, 3, sender, store.who, store.now)
    with writing() as connection:
        mine = tables.ReviewCase.public_id == public_id
        connection.execute(update(tables.ReviewCase).where(mine).values(advisor_id=advisor.account_id))
    found = cases.find_case("darmstadt", public_id)
    assert found is not None
    return found


def add(store: Store, case: Case, advisor: Advisor, key: str = KEY, about: tuple[str, str, str] = ABOUT) -> str:
    return recommending.add(case, about, TEXT, advisor, key, store.now)


def send(store: Store, case: Case, advisor: Advisor) -> None:
    drafts = [each for each in recommendations.read_recommendations(case.id) if each.sent_at is None]
    assert recommending.send(case, [(each.public_id, each.version) for each in drafts], advisor, store.now)


def find(case: Case, public_id: str) -> StoredRecommendation:
    found = recommendations.find_recommendation(case.id, public_id)
    assert found is not None
    return found


def letter(address: str) -> NewMail:
    return NewMail(None, address, "Eine Antwort wartet", "Hier: …")


def count_mails() -> int:
    return len(reading().execute(select(tables.Mail.id)).all())


def test_numbers_go_on_and_none_is_given_twice(store: Store, case: Case, advisor: Advisor) -> None:
    first = add(store, case, advisor)
    assert add(store, case, advisor) == first
    second = add(store, case, advisor, "1" * 32)
    assert recommending.turn(case, second, Turn.WITHDRAW, "", 0, advisor, store.now)
    add(store, case, advisor, "2" * 32)
    add(store, case, advisor, "3" * 32, ("C", "zuzug", ""))
    assert [each.label for each in recommendations.read_recommendations(case.id)] == ["C6-1", "C6-3", "C-1"]


def test_the_town_sees_nothing_before_it_is_sent(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    assert not recommendations.list_for_check(store.check.id)
    assert recommendations.find_for_check(store.check.id, public_id) is None
    assert recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now) is None
    send(store, case, advisor)
    assert [each.label for each in recommendations.list_for_check(store.check.id)] == ["C6-1"]


def test_only_what_the_advisor_saw_is_sent(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    add(store, case, advisor, "1" * 32)
    assert not recommending.send(case, [(public_id, 1)], advisor, store.now)
    assert not recommendations.list_for_check(store.check.id)


def test_sending_twice_is_once(store: Store, case: Case, advisor: Advisor) -> None:
    seen = [(add(store, case, advisor), 1)]
    assert recommending.send(case, seen, advisor, store.now)
    first = recommendations.read_recommendations(case.id)
    store.later(minutes=1)
    assert recommending.send(case, seen, advisor, store.now)
    assert recommendations.read_recommendations(case.id) == first


def test_words_of_two_advisors_meet(store: Store, case: Case, advisor: Advisor) -> None:
    public_id, other = add(store, case, advisor), replace(TEXT, text="Mit Stadtplan.")
    assert recommending.change(case, public_id, 1, other, advisor, store.now) == Saved(2, store.now)
    assert recommending.change(case, public_id, 1, other, advisor, store.now) == Unchanged(2)
    met = recommending.change(case, public_id, 1, TEXT, advisor, store.now)
    assert isinstance(met, Conflict)
    assert met.theirs == other


def test_words_stay_once_the_town_has_answered(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now)
    assert recommending.change(case, public_id, 1, replace(TEXT, title="Anders"), advisor, store.now) is None


def test_an_answer_goes_to_and_fro(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    assert recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now) == Saved(1, store.now)
    draft = find(case, public_id)
    assert (draft.state, draft.for_chamber, draft.submitted) == (
        RecommendationState.PLANNED,
        RecommendationState.NEW,
        None,
    )
    assert recommending.reply(store.check.id, public_id, Seen(1, 1), YES, store.who, store.now, letter) == Unchanged(1)
    assert find(case, public_id).submitted == YES
    assert recommending.turn(case, public_id, Turn.RETURN, "Bis wann genau?", 1, advisor, store.now)
    recommending.reply(store.check.id, public_id, Seen(1, 1), NO, store.who, store.now)
    again = find(case, public_id)
    assert (again.state, again.for_chamber, again.submitted, again.note) == (
        RecommendationState.NOT_PLANNED,
        RecommendationState.RETURNED,
        YES,
        "Bis wann genau?",
    )
    recommending.reply(store.check.id, public_id, Seen(1, 2), NO, store.who, store.now, letter)
    assert recommending.turn(case, public_id, Turn.ACCEPT, "", 2, advisor, store.now)
    assert recommending.turn(case, public_id, Turn.ACCEPT, "", 2, advisor, store.now)
    assert find(case, public_id).settled


def test_nothing_is_accepted_that_the_advisor_has_not_seen(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    assert recommending.turn(case, public_id, Turn.ACCEPT, "", 0, advisor, store.now) is False
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now, letter)
    assert recommending.turn(case, public_id, Turn.ACCEPT, "", 0, advisor, store.now) is False
    assert recommending.turn(case, public_id, Turn.ACCEPT, "", 1, advisor, store.now) is True


def test_of_an_accepted_answer_only_the_progress_changes(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now, letter)
    wanted = replace(YES, person="Herr Neu", progress=60)
    met = recommending.reply(store.check.id, public_id, Seen(1, 1), wanted, store.who, store.now)
    assert isinstance(met, Conflict)
    recommending.turn(case, public_id, Turn.ACCEPT, "", 1, advisor, store.now)
    recommending.reply(store.check.id, public_id, Seen(1, 1), wanted, store.who, store.now)
    assert find(case, public_id).submitted == replace(YES, progress=60)
    assert recommending.turn(case, public_id, Turn.DONE, "", 2, advisor, store.now)
    assert find(case, public_id).settled


def test_words_of_two_people_of_the_town_meet(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now)
    met = recommending.reply(store.check.id, public_id, Seen(1, 0), NO, store.second_person(), store.now, letter)
    assert isinstance(met, Conflict)
    assert met.theirs == YES
    assert find(case, public_id).state is RecommendationState.PLANNED


def test_all_answers_that_wait_are_one_mail(store: Store, case: Case, advisor: Advisor) -> None:
    ids = [add(store, case, advisor, f"{number:032x}") for number in range(3)]
    send(store, case, advisor)
    for each in ids:
        recommending.reply(store.check.id, each, Seen(1, 0), YES, store.who, store.now, letter)
    assert count_mails() == 1


def test_a_town_is_told_that_something_waits(store: Store, case: Case, advisor: Advisor) -> None:
    town = Town(store)
    town.wish(town.erika)
    public_id = add(store, case, advisor)
    assert town.told() == {}, "a draft is nobody's business"
    send(store, case, advisor)
    assert town.told() == {ERIKA: [Event.RECOMMENDED]}
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, town.erika, store.now, letter)
    assert town.told() == {}
    recommending.turn(case, public_id, Turn.RETURN, "Bis wann?", 1, advisor, store.later(minutes=1))
    assert town.told() == {ERIKA: [Event.RECOMMENDED]}


def test_nothing_is_sent_to_a_chamber_that_reads_no_more(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    with writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=store.now))
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now, letter)
    assert find(case, public_id).state is RecommendationState.PLANNED
    assert not count_mails()


def test_another_case_has_none_of_it(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    check, _ = store.begin("Nachbarstadt", "another")
    other = share(store, check, advisor)
    assert recommendations.find_recommendation(other.id, public_id) is None
    assert recommendations.find_for_check(check.id, public_id) is None
    assert recommending.change(other, public_id, 1, TEXT, advisor, store.now) is None
    assert recommending.turn(other, public_id, Turn.WITHDRAW, "", 0, advisor, store.now) is None
    assert recommending.reply(check.id, public_id, Seen(1, 0), YES, store.who, store.now) is None
    for odd in ("", "ä", "x" * 500, "\0"):
        assert recommendations.find_recommendation(case.id, odd) is None


def test_the_history_of_the_case_tells_all_but_what_the_town_has_not_sent(
    store: Store, case: Case, advisor: Advisor
) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    recommending.reply(store.check.id, public_id, Seen(1, 0), NO, store.who, store.now)
    recommending.reply(store.check.id, public_id, Seen(1, 1), YES, store.who, store.now)
    recommending.reply(store.check.id, public_id, Seen(1, 2), YES, store.who, store.now, letter)
    change = tables.CaseChange
    told = reading().execute(select(change.part, change.before, change.after, change.account_id).order_by(change.id))
    *chamber, sent = told.all()
    assert [row.part for row in chamber] == ["recommendation", "recommendation"]
    assert (sent.part, sent.before, sent.account_id) == ("reply", None, None)
    assert isinstance(sent.after, dict)
    assert (sent.after["decision"], sent.after["person"]) == ("doing", "Frau Muster")


def count_written(store: Store) -> int:
    look_again()
    mine = select(tables.SelfCheck.written).where(tables.SelfCheck.id == store.check.id)
    return reading().execute(mine).scalar_one()


def test_what_writes_nothing_takes_no_room_of_the_history(store: Store, case: Case, advisor: Advisor) -> None:
    before = count_written(store)
    public_id = add(store, case, advisor)
    full = count_written(store)
    assert full > before
    add(store, case, advisor)
    recommending.change(case, public_id, 1, TEXT, advisor, store.now)
    recommending.change(case, public_id, 7, replace(TEXT, title="Anders"), advisor, store.now)
    recommending.turn(case, public_id, Turn.DONE, "", 0, advisor, store.now)
    recommending.send(case, [], advisor, store.now)
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now)
    assert count_written(store) == full
    send(store, case, advisor)
    sent = count_written(store)
    assert sent > full
    recommending.reply(store.check.id, public_id, Seen(9, 0), YES, store.who, store.now, letter)
    assert count_written(store) == sent
    recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now, letter)
    assert count_written(store) > sent


def test_an_answer_is_to_the_words_that_were_read(store: Store, case: Case, advisor: Advisor) -> None:
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    other = replace(TEXT, title="Ein Hallenbad bauen", text="Für zwölf Millionen.")
    recommending.change(case, public_id, 1, other, advisor, store.now)
    answered = recommending.reply(store.check.id, public_id, Seen(1, 0), YES, store.who, store.now, letter)
    assert answered == OtherWords()
    assert (find(case, public_id).state, find(case, public_id).reply) == (RecommendationState.NEW, Reply())
    assert not count_mails()
    recommending.reply(store.check.id, public_id, Seen(2, 0), YES, store.who, store.now, letter)
    assert find(case, public_id).state is RecommendationState.SUBMITTED


@pytest.mark.parametrize(
    "other", [replace(TEXT, title="Anders"), replace(TEXT, text="Anders"), replace(TEXT, priority=Priority.NORMAL)]
)
def test_the_same_form_with_other_words_is_another_one(
    store: Store, case: Case, advisor: Advisor, other: RecommendationText
) -> None:
    first = add(store, case, advisor)
    second = recommending.add(case, ABOUT, other, advisor, KEY, store.now)
    assert second == recommending.add(case, ABOUT, other, advisor, KEY, store.now)
    assert first != second
    assert [each.content for each in recommendations.read_recommendations(case.id)] == [TEXT, other]


def test_long_texts_are_refused(store: Store, case: Case, advisor: Advisor) -> None:
    with pytest.raises(TooLong):
        recommending.add(case, ABOUT, replace(TEXT, title="x" * 201), advisor, KEY, store.now)
    public_id = add(store, case, advisor)
    send(store, case, advisor)
    with pytest.raises(TooLong):
        recommending.reply(store.check.id, public_id, Seen(1, 0), replace(NO, reason="x" * 1001), store.who, store.now)


def test_a_list_is_one_statement_however_long(store: Store, case: Case, advisor: Advisor) -> None:
    for number in range(5):
        add(store, case, advisor, f"{number:032x}")
    send(store, case, advisor)
    with store.counted() as statements:
        assert len(recommendations.list_for_check(store.check.id)) == 5
    assert statements.count <= 2  # one, and the beginning of the transaction


def test_a_damaged_answer_is_told(store: Store, case: Case, advisor: Advisor) -> None:
    add(store, case, advisor)
    with writing() as connection:
        connection.execute(update(tables.Recommendation).values(submitted={"decision": 3}))
    with pytest.raises(DamagedRow):
        recommendations.read_recommendations(case.id)
