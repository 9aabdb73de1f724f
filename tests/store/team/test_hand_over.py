"""Who coordinates: taking over, handing over, leaving, being appointed; on both databases, also twice at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import delete, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants as access
from selfcheck.store.access import links
from selfcheck.store.access.links import Ended, Valid, Why
from selfcheck.store.accounts import accounts
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from selfcheck.store.history.changes import history, mark_seen, news
from selfcheck.store.history.redaction import Taken
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.operating import self_checks
from selfcheck.store.operating.self_checks import Refusal
from selfcheck.store.parts.seats import load_together
from selfcheck.store.parts.values import Holder, Who
from selfcheck.store.team import comments, hand_over, invitations, places
from selfcheck.store.team.hand_over import Afterwards, Receiver
from selfcheck.store.team.invitations import NewPlace, Reminded
from tests import writes
from tests.store.conftest import Store, yes

OPERATOR = 987654
"""The account of whoever operates, as good as any other that is none of those here."""


def add_account(store: Store, name: str, confirmed: bool = True) -> Holder:
    row = {
        "email": f"{name.casefold()}@example.org",
        "name": name,
        "position": "member",
        "active": True,
        "fs_uniquifier": secrets.token_hex(16),
        "confirmed_at": store.now if confirmed else None,
        "created_at": store.now,
        "last_seen_at": store.now,
    }
    with writing() as connection:
        return Holder(
            int(connection.execute(insert(tables.Account).values(row).returning(tables.Account.id)).scalar_one()), name
        )


def visit(store: Store, account: Holder) -> access.Access | None:
    return access.visitor((), store.check.public_id, store.now, account_id=account.id)


def personal_link(store: Store) -> str:
    token = links.issue_personal_link(store.check.id, store.now)
    assert token is not None
    return token


def invite(store: Store, account: Holder | None = None) -> int:
    """A colleague, with this account or in a browser; the id of their grant."""
    made = invitations.invite(store.check.id, NewPlace(Role.COLLEAGUE, "Hauptamt"), store.who, store.now)
    if account is not None:
        assert links.open_for_account(made.token, account, store.now)
    else:
        assert links.open_link(made.token, store.now, "Kai")
    transactions.look_again()
    place = places.find_place(store.check.id, made.public_id)
    assert place is not None
    return place.people[0].grant_id


def newest(store: Store) -> dict[str, object]:
    transactions.look_again()
    after = history(store.check.id, 1)[0].after
    assert isinstance(after, dict)
    return after


def mails(store: Store) -> list[str]:
    transactions.look_again()
    return list(transactions.reading().execute(select(tables.Mail).order_by(tables.Mail.id)).mappings().all())


@pytest.fixture(autouse=True)
def _empty(store: Store) -> None:
    with writing() as connection:
        connection.execute(delete(tables.Mail))
        connection.execute(delete(tables.Account))


def test_an_account_takes_over_and_the_personal_link_ends(store: Store) -> None:
    erika, other = add_account(store, "Erika"), store.second_person()
    store.save(yes("leitbild"))
    token = personal_link(store)
    assert hand_over.take_over(store.check.id, erika, [store.secret], store.later(minutes=1))
    found = visit(store, erika)
    assert found is not None
    assert (found.role, found.author, found.grant_id) == (
        Role.COORDINATOR,
        "Erika (Koordination)",
        store.access.grant_id,
    )
    ended = links.look_up(token, store.now)
    assert isinstance(ended, Ended)
    assert (ended.why, ended.when) == (Why.TAKEN_OVER, store.now)
    assert access.visitor([store.secret], store.check.public_id, store.now) is None
    assert other.grant_id != found.grant_id
    assert not links.has_personal_link(store.check.id)
    assert links.issue_personal_link(store.check.id, store.now) is None
    assert newest(store) == {"event": "taken_over", "label": "Erika"}


def test_taking_over_twice_is_once_and_somebody_else_comes_too_late(store: Store) -> None:
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    assert all(hand_over.take_over(store.check.id, erika, [store.secret], store.now) for _ in range(2))
    assert not hand_over.take_over(store.check.id, kai, [store.secret], store.now)
    assert visit(store, kai) is None
    assert [change.after for change in history(store.check.id, 9) if change.part == "team"] == [newest(store)]


def at_once(store: Store, *deeds: Callable[[], bool]) -> list[bool]:
    """Does all of it at the same moment, each with a connection of its own."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], bool]) -> bool:
        with store.app.app_context():
            barrier.wait()
            try:
                return deed()
            finally:
                transactions.let_go()

    transactions.look_again()
    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_many_who_take_over_at_once_one_succeeds(store: Store) -> None:
    accounts = [add_account(store, f"Konto{number}") for number in range(5)]
    check_id, held, now = store.check.id, [store.secret], store.now
    done = at_once(store, *(lambda mine=mine: hand_over.take_over(check_id, mine, held, now) for mine in accounts))
    assert done.count(True) == 1
    transactions.look_again()
    assert [visit(store, account) is not None for account in accounts] == done


def test_two_who_coordinate_and_leave_at_once_do_not_both_get_away(store: Store) -> None:
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    hand_over.take_over(store.check.id, erika, [store.secret], store.now)
    mine = visit(store, erika)
    assert mine is not None
    check_id, now, grant = store.check.id, store.now, invite(store, kai)
    assert hand_over.hand_over(check_id, mine.grant_id, grant, Afterwards.COORDINATOR, mine.who, now)
    grants = (mine.grant_id, grant)
    done = at_once(store, *(lambda each=each: hand_over.leave(check_id, each, Who(each, "x"), now) for each in grants))
    assert done.count(True) == 1


def test_from_another_machine_the_link_alone_is_enough(store: Store) -> None:
    erika = add_account(store, "Erika")
    assert hand_over.take_over(store.check.id, erika, [], store.now)
    found = visit(store, erika)
    assert found is not None
    assert found.role is Role.COORDINATOR
    assert store.visit(store.secret).standing.withdrawn


@pytest.mark.parametrize(
    ("afterwards", "role"), [(Afterwards.COLLEAGUE, Role.COLLEAGUE), (Afterwards.COORDINATOR, Role.COORDINATOR)]
)
def test_the_coordination_is_handed_over_in_one_step(store: Store, afterwards: Afterwards, role: Role) -> None:
    kai, token = add_account(store, "Kai"), personal_link(store)
    grant = invite(store, kai)
    received = hand_over.hand_over(store.check.id, store.access.grant_id, grant, afterwards, store.who, store.now)
    assert received == Receiver(kai.id, "Kai", "kai@example.org")
    found = visit(store, kai)
    assert found is not None
    assert (found.role, found.grant_id) == (Role.COORDINATOR, grant)
    assert store.visit(store.secret).role is role
    assert isinstance(links.look_up(token, store.now), Valid if role is Role.COORDINATOR else Ended)
    event = "promoted" if role is Role.COORDINATOR else "handed_over"
    assert newest(store) == {"event": event, "label": "Kai"}


def test_whoever_hands_over_can_leave_altogether(store: Store) -> None:
    kai = add_account(store, "Kai")
    grant = invite(store, kai)
    letter = NewMail(None, "kai@example.org", "Betreff", "Text")
    leave = Afterwards.LEAVE
    giver, by = store.access.grant_id, store.who
    assert hand_over.hand_over(store.check.id, giver, grant, leave, by, store.now, lambda receiver: letter)
    assert access.visitor([store.secret], store.check.public_id, store.now) is None
    assert [mail["address"] for mail in mails(store)] == ["kai@example.org"]
    assert hand_over.coordinates_alone(store.check.id, grant)
    assert hand_over.hand_over(store.check.id, giver, grant, leave, by, store.now, lambda receiver: letter) is None
    assert len(mails(store)) == 1


def test_only_colleagues_with_an_account_can_take_the_coordination(store: Store) -> None:
    browser, gone = invite(store), invite(store, add_account(store, "Kai"))
    for place in places.places_of(store.check.id):
        if place.people and place.people[0].grant_id == gone:
            assert invitations.withdraw(store.check.id, place.public_id, store.who, store.now)
    for grant in (browser, gone, store.access.grant_id, 0, 10**9):
        found = hand_over.hand_over(
            store.check.id, store.access.grant_id, grant, Afterwards.LEAVE, store.who, store.now
        )
        assert found is None
    assert store.visit(store.secret).role is Role.COORDINATOR


def test_the_last_one_who_coordinates_cannot_leave(store: Store) -> None:
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    hand_over.take_over(store.check.id, erika, [store.secret], store.now)
    mine = visit(store, erika)
    assert mine is not None
    assert not hand_over.leave(store.check.id, mine.grant_id, mine.who, store.now)
    grant = invite(store, kai)
    assert hand_over.hand_over(store.check.id, mine.grant_id, grant, Afterwards.COORDINATOR, mine.who, store.now)
    assert hand_over.leave(store.check.id, mine.grant_id, mine.who, store.now)
    assert visit(store, erika) is None
    assert not hand_over.leave(store.check.id, grant, Who(grant, "Kai"), store.now)
    assert not hand_over.leave(store.check.id, mine.grant_id, mine.who, store.now)


def test_one_who_coordinates_closes_another_out_but_not_themselves(store: Store) -> None:
    kai = add_account(store, "Kai")
    grant = invite(store, kai)
    giver = store.access.grant_id
    assert hand_over.hand_over(store.check.id, giver, grant, Afterwards.COORDINATOR, store.access.who, store.now)
    place = {each.place_id: each.public_id for each in places.places_of(store.check.id)}
    theirs = visit(store, kai)
    assert theirs is not None
    own, other = place[store.access.place_id], place[theirs.place_id]
    assert not invitations.withdraw(store.check.id, own, store.access.who, store.now)
    assert invitations.withdraw(store.check.id, other, store.access.who, store.now)
    assert not invitations.withdraw(store.check.id, own, theirs.who, store.now)
    closed = visit(store, kai)
    assert closed is not None
    assert closed.standing.withdrawn


def test_the_operator_appoints_somebody_and_all_are_told(store: Store) -> None:
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    add_account(store, "Uwe", confirmed=False)
    hand_over.take_over(store.check.id, erika, [store.secret], store.now)
    check = self_checks.find_check(store.check.public_id)
    assert check is not None
    assert check.coordinators == ("erika@example.org",)

    def write(done: self_checks.Appointed) -> list[NewMail]:
        return [NewMail(None, address, "Betreff", "Text") for address in (done.mail, *done.before)]

    for mail in ("uwe@example.org", "niemand@example.org"):
        assert self_checks.appoint(check, mail, "Wechsel", OPERATOR, store.now, write) is Refusal.UNKNOWN
    for _ in range(2):
        done = self_checks.appoint(check, " KAI@example.org", "Wechsel im Amt", OPERATOR, store.now, write)
        assert done == self_checks.Appointed("kai@example.org", ("erika@example.org",))
    assert [mail["address"] for mail in mails(store)] == ["kai@example.org", "erika@example.org"]
    assert newest(store) == {"event": "appointed", "label": "Kai", "reason": "Wechsel im Amt"}
    assert history(store.check.id, 1)[0].by == "Betrieb"
    found = visit(store, kai)
    assert found is not None
    assert found.role is Role.COORDINATOR


def test_nobody_who_operates_or_advises_is_appointed(store: Store) -> None:
    """Their accounts are to read no answers: neither that of the operator who appoints, nor another one."""
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    check = self_checks.find_check(store.check.public_id)
    assert check is not None
    own = self_checks.appoint(check, "erika@example.org", "Ich selbst", erika.id, store.now, lambda done: [])
    assert own is Refusal.OWN
    for position in ("advisor", "operator"):
        with writing() as connection:
            connection.execute(update(tables.Account).where(tables.Account.id == kai.id).values(position=position))
        refused = self_checks.appoint(check, "kai@example.org", "Wechsel", erika.id, store.now, lambda done: [])
        assert refused is Refusal.ON_DUTY
    assert visit(store, erika) is None
    assert visit(store, kai) is None
    assert self_checks.find_appointment(store.check.id) is None


def test_whoever_gave_no_name_stands_in_the_history_without_address(store: Store) -> None:
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    with writing() as connection:
        connection.execute(update(tables.Account).values(name=""))
    nameless = Holder(kai.id, "")
    hand_over.take_over(store.check.id, Holder(erika.id, ""), [store.secret], store.now)
    check = self_checks.find_check(store.check.public_id)
    assert check is not None
    self_checks.appoint(check, "kai@example.org", "Wechsel", OPERATOR, store.now, lambda done: [])
    assert newest(store)["label"] == ""
    giver = visit(store, Holder(erika.id, ""))
    colleague = Holder(add_account(store, "Uwe").id, "")
    with writing() as connection:
        connection.execute(update(tables.Account).values(name=""))
        place = links.add_place(connection, store.check.id, Role.COLLEAGUE, "Kollegium", store.now)
        access.begin_account_grant(connection, place, colleague.id, "", store.now)
    sitting = visit(store, colleague)
    assert giver is not None
    assert sitting is not None
    assert visit(store, nameless) is not None
    for afterwards in (Afterwards.COORDINATOR,):
        done = hand_over.hand_over(
            store.check.id, giver.grant_id, sitting.grant_id, afterwards, Who(giver.grant_id, ""), store.now
        )
        assert done is not None
    assert newest(store)["label"] == ""


def test_the_operator_finds_self_checks_by_their_town(store: Store) -> None:
    store.begin("Überlingen 100%")
    assert [found.municipality for found in self_checks.list_checks("100%", 10)] == ["Überlingen 100%"]
    assert [found.municipality for found in self_checks.list_checks("", 10)] == ["Überlingen 100%", "Musterstadt"]
    assert [found.municipality for found in self_checks.list_checks("", 1, 1)] == ["Musterstadt"]
    assert self_checks.list_checks("", 1, 10**30) == []
    assert self_checks.find_check("gibtesnicht") is None
    assert self_checks.find_check("a\x00b") is None


def test_nobody_is_reminded_twice_a_day(store: Store) -> None:
    new = NewPlace(Role.OFFICE, "Bauamt", mail="bau@example.org")
    written: list[str] = []

    def write(token: str) -> NewMail:
        written.append(token)
        return NewMail(None, "bau@example.org", "Betreff", token)

    made = invitations.invite(store.check.id, new, store.who, store.now, write)

    def remind(place: str) -> Reminded:
        return invitations.remind(store.check.id, place, write, store.who, store.now)

    assert [remind(made.public_id) for _ in range(2)] == [Reminded.SENT, Reminded.TODAY]
    assert all(isinstance(links.look_up(token, store.now), Valid) for token in written)
    assert len(mails(store)) == 2
    store.later(days=1)
    assert remind(made.public_id) is Reminded.SENT
    quiet = invitations.invite(store.check.id, NewPlace(Role.OFFICE, "Schulamt"), store.who, store.now)
    assert [remind(place) for place in (quiet.public_id, "gibtesnicht", "a\x00b")] == [Reminded.NOBODY] * 3


def test_whoever_deleted_their_account_does_not_count_as_coordinating(store: Store) -> None:
    erika, kai = add_account(store, "Erika"), add_account(store, "Kai")
    hand_over.take_over(store.check.id, erika, [store.secret], store.now)
    mine = visit(store, erika)
    assert mine is not None
    grant = invite(store, kai)
    hand_over.hand_over(store.check.id, mine.grant_id, grant, Afterwards.COORDINATOR, mine.who, store.now)
    assert accounts.only_coordinated_by(erika.id) == []
    with writing() as connection:
        connection.execute(update(tables.Account).where(tables.Account.id == kai.id).values(deleted_at=store.now))
    assert accounts.only_coordinated_by(erika.id) == [(store.check.public_id, store.check.municipality)]
    assert hand_over.coordinates_alone(store.check.id, mine.grant_id)
    assert not hand_over.leave(store.check.id, mine.grant_id, mine.who, store.now)


def test_nobody_hands_over_to_an_account_that_is_deleted(store: Store) -> None:
    kai = add_account(store, "Kai")
    grant = invite(store, kai)
    with writing() as connection:
        connection.execute(update(tables.Account).where(tables.Account.id == kai.id).values(deleted_at=store.now))
    mine = store.access.grant_id
    assert hand_over.hand_over(store.check.id, mine, grant, Afterwards.LEAVE, store.who, store.now) is None
    assert store.visit(store.secret).role is Role.COORDINATOR


@pytest.mark.parametrize("returns", [False, True])
def test_a_colleague_who_gets_an_account_keeps_comments_and_what_is_unseen(store: Store, returns: bool) -> None:
    kai = add_account(store, "Kai")
    made = invitations.invite(store.check.id, NewPlace(Role.COLLEAGUE, "Hauptamt"), store.who, store.now)
    if returns:  # with an account that left this place before
        assert links.open_for_account(made.token, kai, store.now)
        before = visit(store, kai)
        assert before is not None
        links.open_link(made.token, store.now, "Anna")
        assert hand_over.leave(store.check.id, before.grant_id, before.who, store.now)
    secret = links.open_link(made.token, store.now, "Kai")
    assert secret is not None
    guest = store.visit(secret)
    store.save(writes.comment(QuestionId("leitbild"), "Wer weiß das?", "a" * 32), by=guest.who)
    store.save(yes("leitbild"))
    mark_seen(store.check.id, guest.grant_id, history(store.check.id, 1)[0].id)
    store.save(yes("strategie"))
    assert links.open_for_account(made.token, kai, store.now, guest.grant_id)
    transactions.look_again()
    now_in = visit(store, kai)
    assert now_in is not None
    assert [each.subject for each in news(store.check.id, now_in.grant_id, now_in.seen_change, 10)] == ["strategie"]
    (comment,) = load_together(store.check.id, store.now.date()).comments[QuestionId("leitbild")]
    assert comments.remove(store.check.id, comment.id, Taken("Hauptamt", "entfernt", ""), now_in.who, store.now)
    assert access.visitor([secret], store.check.public_id, store.now) is None
