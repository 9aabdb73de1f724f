"""Good examples on both databases: who decides, what is shown to whom, and what is gone when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.example import ExampleState
from selfcheck.store.access import grants, self_checks
from selfcheck.store.access.waiting import SHOWN_EXAMPLES
from selfcheck.store.chamber import cases, sending
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.talk import good_examples
from selfcheck.store.chamber.talk.good_examples import Example, Words
from selfcheck.store.data import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.limits import TooLong, TooMany
from selfcheck.store.database.transactions import writing
from selfcheck.store.history.redaction import Taken, redact
from selfcheck.store.mail.bundles import Event
from selfcheck.store.mail.chamber_talk import find_queried
from selfcheck.store.parts.values import Check
from selfcheck.store.parts.writes import Conflict, Part, Saved, Unchanged
from selfcheck.store.sharing import stands
from tests import writes
from tests.places import add_account, add_place
from tests.store.conftest import Store

LEITBILD = QuestionId("leitbild")
WORDS = Words("Leitbild mit Zuzug", "Der Rat hat es einstimmig beschlossen.\nEs steht im Netz.")
BERTA = Advisor(0, "Berta Beispiel", "berta@example.org", "darmstadt")


def share(store: Store, check: Check, mail: str = "erika@example.org") -> Case:
    with writing() as connection:
        account, _ = add_account(connection, mail, store.now)
    sender = sending.Account(account, "Erika", mail)
    public_id = sending.send(check, "darmstadt", {"mail": mail}, 3, sender, store.who, store.now)
    return find(public_id)


def find(public_id: str) -> Case:
    case = cases.find_case("darmstadt", public_id)
    assert case is not None
    return case


@pytest.fixture
def case(store: Store) -> Case:
    return share(store, store.check)


def propose(store: Store, case: Case, question: str = LEITBILD, key: str = "1", words: Words = WORDS) -> bool:
    return good_examples.propose(case, question, words, BERTA, key, store.later(minutes=1))


def newest(case: Case) -> Example:
    transactions.look_again()
    return good_examples.list_of_case(case.id)[0]


def shown() -> list[tuple[str, str, str]]:
    transactions.look_again()
    found = good_examples.list_shown()
    return [(each.municipality, each.title, each.text) for examples in found.values() for each in examples]


def agreed(store: Store, case: Case, **how: str) -> Example:
    assert propose(store, case, **how)
    asked = newest(case)
    done = good_examples.agree(case.check_id, asked.public_id, asked.version, store.who, store.later(minutes=1))
    assert isinstance(done, Saved)
    return newest(case)


def test_what_is_proposed_is_shown_to_nobody_until_the_town_agrees(store: Store, case: Case) -> None:
    assert propose(store, case)
    assert shown() == []
    asked = newest(case)
    assert (asked.state, asked.proposed_by, asked.municipality) == ("proposed", "Berta Beispiel", "Musterstadt")
    good_examples.agree(case.check_id, asked.public_id, asked.version, store.who, store.now)
    assert shown() == [("Musterstadt", WORDS.title, WORDS.text)]


def test_a_form_sent_twice_is_one_proposal_and_a_question_has_one_at_a_time(store: Store, case: Case) -> None:
    assert propose(store, case)
    assert propose(store, case)
    assert not propose(store, case, key="2")
    assert propose(store, case, question="strategie", key="3")
    assert [each.question for each in good_examples.list_of_case(case.id)] == ["strategie", LEITBILD]


def test_what_is_declined_is_never_shown_and_other_words_are_another_proposal(store: Store, case: Case) -> None:
    propose(store, case)
    asked = newest(case)
    good_examples.decline(case.check_id, asked.public_id, asked.version, "Bitte ohne den Rat.", store.who, store.now)
    declined = newest(case)
    assert (declined.state, declined.reason, declined.by) == ("declined", "Bitte ohne den Rat.", "Amt 12")
    late = good_examples.agree(case.check_id, declined.public_id, declined.version, store.who, store.now)
    assert isinstance(late, Conflict)
    assert shown() == []
    assert propose(store, case, key="2", words=Words("Leitbild", "Es steht im Netz."))


def test_what_is_taken_back_is_gone_at_once_with_its_words(store: Store, case: Case) -> None:
    example = agreed(store, case)
    good_examples.take_back(case.check_id, example.public_id, example.version, store.who, store.now)
    assert shown() == []
    assert (newest(case).title, newest(case).text, newest(case).state) == ("", "", "taken back")
    assert store.count_rows("good_example") == 1


def test_the_chamber_takes_back_what_it_proposed_and_what_is_shown(store: Store, case: Case) -> None:
    for key in ("1", "2"):
        example = agreed(store, case, key=key) if key == "2" else (propose(store, case), newest(case))[1]
        done = good_examples.withdraw(case, example.public_id, example.version, BERTA, store.now)
        assert isinstance(done, Saved)
        assert shown() == []


def test_whoever_saw_another_version_changes_nothing_and_a_retry_succeeds(store: Store, case: Case) -> None:
    example = agreed(store, case)
    again = good_examples.agree(case.check_id, example.public_id, 1, store.who, store.now)
    assert isinstance(again, Unchanged)
    stale = good_examples.take_back(case.check_id, example.public_id, 1, store.who, store.now)
    assert isinstance(stale, Conflict)
    assert stale.theirs is ExampleState.AGREED
    assert len(shown()) == 1


def test_nobody_decides_for_another_town(store: Store, case: Case) -> None:
    other, _ = store.begin("Nachbarstadt")
    elsewhere = share(store, other, "else@example.org")
    propose(store, case)
    asked = newest(case)
    assert good_examples.agree(other.id, asked.public_id, asked.version, store.who, store.now) is None
    assert good_examples.decline(other.id, asked.public_id, asked.version, "", store.who, store.now) is None
    assert good_examples.withdraw(elsewhere, asked.public_id, asked.version, BERTA, store.now) is None
    assert good_examples.agree(case.check_id, "\x00", 1, store.who, store.now) is None
    assert newest(case).state == "proposed"
    assert good_examples.list_of_check(other.id) == []


def test_all_towns_are_listed_with_one_statement_and_five_at_a_question(store: Store, case: Case) -> None:
    agreed(store, case)
    for number in range(6):
        other, _ = store.begin(f"Stadt {number}")
        agreed(store, share(store, other, f"stadt{number}@example.org"))
    transactions.look_again()
    with store.counted() as sent:
        found = good_examples.list_shown()
    assert sent.count == 1
    assert [each.municipality for each in found[LEITBILD]] == [f"Stadt {number}" for number in (5, 4, 3, 2, 1)]


def test_every_visit_knows_which_ones_are_shown(store: Store, case: Case) -> None:
    other, _ = store.begin("Nachbarstadt")
    examples = [agreed(store, each) for each in (case, share(store, other, "else@example.org"))]
    transactions.look_again()
    assert store.visit(store.secret).shown_examples == {each.public_id for each in examples}
    good_examples.take_back(case.check_id, examples[0].public_id, examples[0].version, store.who, store.now)
    transactions.look_again()
    assert store.visit(store.secret).shown_examples == {examples[1].public_id}
    self_checks.delete(other.id, store.now)
    transactions.look_again()
    assert store.visit(store.secret).shown_examples == frozenset()


def test_a_visit_reads_no_texts_of_examples(store: Store, case: Case) -> None:
    """With them it took nine times as long at a thousand examples on SQLite."""
    agreed(store, case)
    asked = select(SHOWN_EXAMPLES).compile(transactions.db.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN" if store.postgresql else "EXPLAIN QUERY PLAN"
    with writing() as connection:
        if store.postgresql:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "".join(map(str, connection.execute(text(f"{explain} {asked}"))))
    assert "ix_good_example_shown" in plan
    assert store.postgresql or "COVERING INDEX ix_good_example_shown" in plan


def test_only_of_what_is_neither_deleted_nor_withdrawn(store: Store, case: Case) -> None:
    agreed(store, case)
    self_checks.delete(store.check.id, store.now)
    assert shown() == []
    self_checks.restore(store.check.id, store.now)
    assert len(shown()) == 1
    withdraw_report(case, store)
    assert shown() == []
    assert newest(case).withdrawn


def withdraw_report(case: Case, store: Store) -> None:
    with writing() as connection:
        gone = update(tables.ReviewCase).where(tables.ReviewCase.id == case.id).values(withdrawn_at=store.now)
        connection.execute(gone)


def test_a_report_that_was_withdrawn_asks_for_nothing(store: Store, case: Case) -> None:
    propose(store, case)
    assert store.visit(store.secret).examples == 1
    withdraw_report(case, store)
    transactions.look_again()
    assert store.visit(store.secret).examples == 0
    asked = newest(case)
    moot = good_examples.agree(case.check_id, asked.public_id, asked.version, store.who, store.now)
    assert isinstance(moot, Conflict)


def test_what_waits_is_counted_with_the_visit(store: Store, case: Case) -> None:
    with store.counted() as sent:
        assert store.visit(store.secret).examples == 0
    propose(store, case)
    transactions.look_again()
    with store.counted() as more:
        assert store.visit(store.secret).examples == 1
    assert more.count == sent.count
    asked = newest(case)
    good_examples.decline(case.check_id, asked.public_id, asked.version, "", store.who, store.now)
    transactions.look_again()
    assert store.visit(store.secret).examples == 0


def test_the_coordination_is_told_that_something_waits(store: Store, case: Case) -> None:
    with writing() as connection:
        account, _ = add_account(connection, "olga@example.org", store.now)
        place = add_place(connection, store.check.id, Role.COORDINATOR, "Koordination", store.now)
        grants.begin_account_grant(connection, place, account, "", store.now)
    store.later(minutes=1)
    transactions.look_again()
    assert find_queried(store.now.date()) == []
    propose(store, case)
    transactions.look_again()
    assert [bundle.events for bundle in find_queried(store.now.date())] == [(Event.EXAMPLE,)]
    asked = newest(case)
    good_examples.decline(case.check_id, asked.public_id, asked.version, "", store.who, store.now)
    transactions.look_again()
    assert find_queried(store.now.date()) == []


def test_examples_go_with_their_self_check(store: Store, case: Case) -> None:
    agreed(store, case)
    self_checks.delete(store.check.id, store.now)
    purge.purge(store.now + timedelta(days=31))
    assert store.count_rows("good_example") == 0


def test_a_new_stand_keeps_the_examples(store: Store, case: Case) -> None:
    agreed(store, case)
    text = stands.dump_content({"another": "version"})
    with writing() as connection:
        stands.freeze(connection, store.check.id, text, store.now)
    assert len(shown()) == 1


def test_texts_are_limited(store: Store, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (Words("x" * 121, "y"), Words("x", "y" * 1001), Words("x", "y" * 10_000_000)):
        with pytest.raises(TooLong):
            propose(store, case, words=words)
    monkeypatch.setattr("selfcheck.store.database.limits.ENTRIES", 1)
    propose(store, case)
    with pytest.raises(TooMany):
        propose(store, case, question="strategie", key="2")


def test_a_text_that_is_taken_out_everywhere_is_no_good_example_either(store: Store, case: Case) -> None:
    store.save_one(writes.note(LEITBILD, 0, "Frau Muster hat es geschrieben."))
    agreed(store, case)
    other = agreed(store, case, question="strategie", key="2")
    taken = Taken("Koordination", "(entfernt)", "Ein Name stand da.")
    assert redact(store.check, store.questionnaire, Part.NOTE, LEITBILD, taken, store.who, store.now)
    found = {each.question: each for each in good_examples.list_of_case(case.id)}
    assert (found[LEITBILD].state, found[LEITBILD].text, found[LEITBILD].by) == ("taken back", "", "Koordination")
    assert found[other.question] == other
    assert [text for *_, text in shown()] == [WORDS.text]
