"""Who is to answer what, and what colleagues ask each other: on both databases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants, links
from selfcheck.store.database import limits, tables, transactions
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import writing
from selfcheck.store.history import changes as history
from selfcheck.store.history.redaction import Taken
from selfcheck.store.parts.kinds.talk import NOBODY, Assigned
from selfcheck.store.parts.seats import Comment, Seat, Together, load_together
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Conflict, NoPlace, NoRoom, Part, Saved, Unchanged
from selfcheck.store.team import comments, invitations
from selfcheck.store.team.invitations import NewPlace
from tests import writes
from tests.store.conftest import Store, yes

TAKEN = Taken("Kollegium", "entfernt am 10.01.2027 durch Kollegium", "")
QUESTION, OTHER = QuestionId("leitbild"), QuestionId("strategie")


def read(store: Store) -> Together:
    transactions.look_again()
    return load_together(store.check.id, local_day(store.now))


def invite(store: Store, role: Role, label: str, questions: Sequence[str] = (), mail: str = "") -> str:
    """A new place; its token."""
    asked = tuple(QuestionId(question) for question in questions)
    return invitations.invite(store.check.id, NewPlace(role, label, mail, questions=asked), store.who, store.now).token


def sit_down(store: Store, token: str, name: str) -> Who:
    secret = links.open_link(token, store.now, name)
    assert secret is not None
    return store.visit(secret).who


def colleague(store: Store, name: str = "Kai Krause") -> Who:
    return sit_down(store, invite(store, Role.COLLEAGUE, "Kollegium"), name)


def assign(store: Store, wanted: int | None, seen: int | None = NOBODY, question: str = QUESTION) -> object:
    write = writes.assignment(QuestionId(question), seen or NOBODY, wanted or NOBODY)
    return store.save_one(write)


def ask(store: Store, text: str = "Wer weiß das?", key: str = "k1", by: Who | None = None) -> Comment:
    store.save(writes.comment(QUESTION, text, key), by=by or store.who)
    return read(store).comments[QUESTION][-1]


def changes(store: Store, part: Part) -> list[history.Change]:
    transactions.look_again()
    return [change for change in history.history(store.check.id, 100) if change.part == part]


def names(seats: Sequence[Seat]) -> list[str]:
    return [seat.name for seat in seats]


def test_everything_is_read_with_one_statement(store: Store) -> None:
    kai = colleague(store)
    assign(store, kai.place_id)
    ask(store)
    transactions.look_again()
    with store.counted() as statements:
        found = load_together(store.check.id, local_day(store.now))
    assert statements.count == 1
    assert names(found.people) == ["Koordination", "Kai Krause (Kollegium)"]
    assert found.count_open(QUESTION) == 1
    assert found.newest == history.history(store.check.id, 1)[0].id


def test_who_is_invited_but_not_there_is_called_by_the_address_and_equal_names_get_numbers(store: Store) -> None:
    invite(store, Role.COLLEAGUE, "Kollegium", mail="kai@example.org")
    colleague(store, "")
    colleague(store, "")
    assert names(read(store).people) == ["Koordination", "Kollegium, kai@example.org", "Kollegium", "Kollegium 2"]


def test_several_people_on_one_place_are_named_together(store: Store) -> None:
    token = invite(store, Role.COLLEAGUE, "Kollegium")
    for name in ("Kai Krause", "Olga Ott", "Kai Krause"):
        sit_down(store, token, name)
    assert names(read(store).people)[1] == "Kai Krause, Olga Ott (Kollegium)"


def test_many_people_on_one_place_have_a_name_of_bearable_length(store: Store) -> None:
    token = invite(store, Role.COLLEAGUE, "Kollegium")
    for name in "abc":
        sit_down(store, token, name * limits.NAME)
    assert len(names(read(store).people)[1]) <= limits.LABEL


def test_a_question_goes_from_one_person_to_the_next_and_to_nobody(store: Store) -> None:
    kai, olga = colleague(store), colleague(store, "Olga Ott")
    assert isinstance(assign(store, kai.place_id), Saved)
    assert read(store).is_mine(QUESTION, kai.place_id or 0)
    assert isinstance(assign(store, olga.place_id, kai.place_id), Saved)
    assert names(read(store).asked[QUESTION]) == ["Olga Ott (Kollegium)"]
    assert isinstance(assign(store, NOBODY, olga.place_id), Saved)
    assert read(store).assignee(QUESTION) is None
    told = [(change.before, change.after) for change in changes(store, Part.ASSIGNMENT)]
    kai_told, olga_told = ({"name": name, "place": "Kollegium"} for name in ("Kai Krause", "Olga Ott"))
    assert told == [(olga_told, None), (kai_told, olga_told), (None, kai_told)]


def test_a_stale_assignment_changes_nothing_and_says_who_it_is(store: Store) -> None:
    kai, olga = colleague(store), colleague(store, "Olga Ott")
    assign(store, kai.place_id)
    met = assign(store, olga.place_id, NOBODY)
    assert isinstance(met, Conflict)
    assert met.theirs == Assigned("Olga Ott (Kollegium)", "Kai Krause (Kollegium)")
    assert (met.who, met.version) == ("Amt 12", kai.place_id)
    assert names(read(store).asked[QUESTION]) == ["Kai Krause (Kollegium)"]


def test_the_same_assignment_again_succeeds_and_is_no_change(store: Store) -> None:
    kai = colleague(store)
    assign(store, kai.place_id)
    assert assign(store, kai.place_id, NOBODY) == Unchanged(kai.place_id)
    assert len(changes(store, Part.ASSIGNMENT)) == 1


def test_questions_are_assigned_to_open_places_of_persons_of_this_self_check_only(store: Store) -> None:
    kai = colleague(store)
    office = sit_down(store, invite(store, Role.OFFICE, "Bauamt", [QUESTION]), "Erika Muster")
    for wanted in (office.place_id, 10**6):
        assert isinstance(assign(store, wanted), NoPlace)
    place = next(seat for seat in read(store).people if seat.place_id == kai.place_id)
    with writing() as connection:
        connection.execute(update(tables.Place).where(tables.Place.id == place.place_id).values(withdrawn_at=store.now))
    assert isinstance(assign(store, kai.place_id), NoPlace)


def test_offices_keep_their_questions_when_a_person_is_assigned(store: Store) -> None:
    kai = colleague(store)
    invite(store, Role.OFFICE, "Bauamt", [QUESTION, OTHER])
    assign(store, kai.place_id)
    assign(store, NOBODY, kai.place_id)
    assert names(read(store).offices(QUESTION)) == ["Bauamt"]
    assert names(read(store).offices(OTHER)) == ["Bauamt"]


def test_a_question_that_two_persons_were_asked_is_one_persons_afterwards(store: Store) -> None:
    kai = sit_down(store, invite(store, Role.COLLEAGUE, "Kollegium", [QUESTION]), "Kai Krause")
    olga = sit_down(store, invite(store, Role.COLLEAGUE, "Kollegium", [QUESTION]), "Olga Ott")
    coordination = read(store).people[0].place_id
    assert isinstance(assign(store, olga.place_id, kai.place_id), Saved | Unchanged)
    assert isinstance(assign(store, coordination, read(store).asked[QUESTION][0].place_id), Saved)
    assert names(read(store).asked[QUESTION]) == ["Koordination"]


def test_several_assignments_of_one_form_are_put_down_together(store: Store) -> None:
    kai = colleague(store)
    written = [writes.assignment(question, NOBODY, kai.place_id or 0) for question in (QUESTION, OTHER)]
    with store.counted() as statements:
        store.save(*written)
    assert statements.count == 4
    assert all(read(store).is_mine(question, kai.place_id or 0) for question in (QUESTION, OTHER))


def test_an_assignment_without_effect_is_no_visit(store: Store) -> None:
    before = store.load().check.changed_at
    store.later(hours=1)
    assign(store, NOBODY)
    assert grants.my_checks([store.secret], store.now)[0].check.changed_at == before


def test_a_comment_is_kept_as_it_was_typed_with_who_and_when(store: Store) -> None:
    text = "<b>Stimmt</b> das?\n\n  Ordner 12"
    asked = ask(store, text)
    assert (asked.text, asked.by, asked.at, asked.open) == (text, "Amt 12", store.now, True)


def test_the_same_comment_sent_twice_is_one(store: Store) -> None:
    ask(store)
    ask(store)
    assert len(read(store).comments[QUESTION]) == 1
    assert len(changes(store, Part.COMMENT)) == 1


def test_another_text_under_the_same_key_is_another_comment(store: Store) -> None:
    ask(store, "Erst so")
    ask(store, "Dann so")
    assert [comment.text for comment in read(store).comments[QUESTION]] == ["Erst so", "Dann so"]


def test_a_comment_that_was_taken_away_does_not_come_back_with_its_form(store: Store) -> None:
    comments.remove(store.check.id, ask(store).id, TAKEN, store.who, store.now)
    store.save(writes.comment(QUESTION, "Wer weiß das?", "k1"))
    assert not read(store).comments


def test_a_comment_that_is_too_long_is_refused(store: Store) -> None:
    with pytest.raises(limits.TooLong):
        ask(store, "x" * (limits.COMMENT + 1))
    assert ask(store, "x" * limits.COMMENT, "k2").text == "x" * limits.COMMENT


def test_a_question_holds_so_many_comments_and_no_more(store: Store) -> None:
    for place in range(limits.ENTRIES):
        store.save(writes.comment(QUESTION, "x", f"k{place}"))
    assert store.save_one(writes.comment(QUESTION, "x", "one more")) == NoRoom()


def test_anybody_resolves_and_reopens_a_comment(store: Store) -> None:
    asked, kai = ask(store), colleague(store)
    assert comments.resolve(store.check.id, asked.id, kai, store.later(minutes=5))
    resolved = read(store).comments[QUESTION][0]
    assert (resolved.open, resolved.resolved_by, resolved.resolved_at) == (False, kai.label, store.now)
    assert not comments.resolve(store.check.id, asked.id, kai, store.now)
    assert comments.reopen(store.check.id, asked.id, store.who, store.now)
    assert read(store).count_open(QUESTION) == 1
    assert not comments.reopen(store.check.id, asked.id, store.who, store.now)
    events = [change.after["event"] for change in changes(store, Part.COMMENT)]
    assert events == ["reopened", "resolved", "asked"]


def test_only_who_wrote_a_comment_takes_it_away_and_its_text_is_gone(store: Store) -> None:
    asked = ask(store, "Vertraulich")
    assert not comments.remove(store.check.id, asked.id, TAKEN, colleague(store), store.now)
    assert comments.remove(store.check.id, asked.id, TAKEN, store.who, store.now)
    assert not read(store).comments
    with writing() as connection:
        assert "Vertraulich" not in str(connection.exec_driver_sql("SELECT text FROM comment").all())
    assert not comments.remove(store.check.id, asked.id, TAKEN, store.who, store.now)


def test_comments_of_another_self_check_are_out_of_reach(store: Store) -> None:
    asked, (other, _) = ask(store), store.begin("Nachbarstadt")
    assert not comments.resolve(other.id, asked.id, store.who, store.now)
    assert not comments.remove(other.id, asked.id, TAKEN, store.who, store.now)
    assert not load_together(other.id, local_day(store.now)).comments


def test_the_history_does_not_tell_what_was_asked(store: Store) -> None:
    ask(store, "Vertraulich")
    assert "Vertraulich" not in str(history.history(store.check.id, 100))


def test_for_whoever_comes_in_everything_so_far_counts_as_seen(store: Store) -> None:
    assert not history.news(store.check.id, store.access.grant_id, store.access.seen_change, 10)
    store.save(yes("leitbild"))
    kai = colleague(store)
    assert not history.news(store.check.id, kai.grant_id or 0, seen_by(store, kai), 10)
    store.save(yes("strategie"))
    found = history.news(store.check.id, kai.grant_id or 0, seen_by(store, kai), 10)
    assert [change.subject for change in found] == ["strategie"]


def seen_by(store: Store, who: Who) -> int:
    with writing() as connection:
        found = connection.execute(select(tables.Grant).where(tables.Grant.id == who.grant_id)).one()
    return int(found.seen_change)


def test_news_are_what_others_did(store: Store) -> None:
    kai = colleague(store)
    since = seen_by(store, store.who)
    store.save(yes("leitbild"))
    store.save(yes("strategie"), by=kai)
    found = history.news(store.check.id, store.access.grant_id, since, 10)
    assert [(change.part, change.subject) for change in found] == [("choice", "strategie")]


def test_what_came_after_the_shown_change_stays_news(store: Store) -> None:
    kai = colleague(store)
    store.save(yes("leitbild"), by=kai)
    shown = history.history(store.check.id, 1)[0].id
    store.save(yes("strategie"), by=kai)
    history.mark_seen(store.check.id, store.access.grant_id, shown)
    found = history.news(store.check.id, store.access.grant_id, seen_by(store, store.who), 10)
    assert [change.subject for change in found] == ["strategie"]


@pytest.mark.parametrize("shown", [-1, 0, 10**12])
def test_what_was_seen_is_never_forgotten_and_never_lies_in_the_future(store: Store, shown: int) -> None:
    kai = colleague(store)
    store.save(yes("leitbild"), by=kai)
    newest = history.history(store.check.id, 1)[0].id
    history.mark_seen(store.check.id, store.access.grant_id, newest)
    history.mark_seen(store.check.id, store.access.grant_id, shown)
    assert seen_by(store, store.who) == newest


def test_a_place_taken_again_by_an_account_keeps_what_it_has_seen(store: Store) -> None:
    with writing() as connection:
        account = connection.execute(
            insert(tables.Account)
            .values(
                email="kai@example.org",
                name="Kai",
                position="member",
                active=True,
                fs_uniquifier="m",
                created_at=store.now,
                last_seen_at=store.now,
            )
            .returning(tables.Account.id)
        ).scalar_one()
        grants.begin_account_grant(connection, store.access.place_id, account, "Kai", store.now)
    mine = grants.visitor([], store.check.public_id, store.now, account_id=account)
    assert mine is not None
    assert mine.seen_change == history.history(store.check.id, 1)[0].id
    store.save(yes("leitbild"))
    with writing() as connection:
        grants.begin_account_grant(connection, store.access.place_id, account, "Kai", store.now)
    again = grants.visitor([], store.check.public_id, store.now, account_id=account)
    assert again is not None
    assert again.seen_change == mine.seen_change
