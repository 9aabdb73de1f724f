"""Coordinators hear that the chamber asks, advisors that a town answered: once a day at most, and never what."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.recommendations import Priority
from selfcheck.store.access import grants
from selfcheck.store.chamber import sending
from selfcheck.store.chamber.cases import Advisor, find_case
from selfcheck.store.chamber.talk import good_examples, recommending, threads
from selfcheck.store.chamber.talk.good_examples import Words
from selfcheck.store.chamber.talk.recommendations import RecommendationText
from selfcheck.store.chamber.talk.threads import Message, Said
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail.bundles import Event
from selfcheck.store.mail.reminders import GRANTED, TOLD, Person, Target, find_people, remind, set_reminders
from selfcheck.store.parts.values import Who
from tests.places import add_account, add_place
from tests.store.conftest import Store, no_labels
from tests.store.mail.test_bundles import letter

ERIKA, KAI, WEBER = "erika@example.org", "kai@example.org", "weber@ihk.example"
LEITBILD = QuestionId("leitbild")


class Talk:
    """Erika coordinates, Kai works along, Weber of the IHK has taken the case."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with writing() as connection:
            for mail, role in ((ERIKA, Role.COORDINATOR), (KAI, Role.COLLEAGUE)):
                account, _ = add_account(connection, mail, store.now)
                place = add_place(connection, store.check.id, role, mail, store.now)
                grants.begin_account_grant(connection, place, account, "", store.now)
            weber, _ = add_account(connection, WEBER, store.now, "advisor")
            mine = update(tables.Account).where(tables.Account.id == weber)
            connection.execute(mine.values(chamber="darmstadt"))
        self.advisor = Advisor(weber, "Petra Weber", WEBER, "darmstadt")
        sender = sending.Account(account, "Erika Muster", ERIKA)
        sending.send(store.check, "darmstadt", {"answers": {}}, 38, sender, store.who, store.now)
        self.case, self.public_id = reading().execute(select(tables.ReviewCase.id, tables.ReviewCase.public_id)).one()
        with writing() as connection:
            connection.execute(update(tables.ReviewCase).values(advisor_id=weber))

    def ask(self, text: str = "Wo steht das?") -> int:
        message = Message(text, f"{text} {self.store.later(minutes=1)}")
        said = threads.ask(self.case, LEITBILD, message, self.advisor, self.store.now)
        assert isinstance(said, Said)
        return said.thread_id

    def answer(self, thread: int) -> None:
        message, now = Message("Seite 4.", f"{thread}", 1), self.store.later(minutes=1)
        assert isinstance(threads.answer(self.store.check.id, thread, message, Who(None, "Amt"), None, now), Said)

    def recommend(self) -> None:
        case, now = find_case("darmstadt", self.public_id), self.store.later(minutes=1)
        assert case is not None
        words = RecommendationText("Lotsen am Bahnhof", "Ein Paket für Neue.", Priority.HIGH)
        made = recommending.add(case, ("B1", "", LEITBILD), words, self.advisor, f"{now}", now)
        assert recommending.send(case, [(made, 1)], self.advisor, now)

    def propose(self) -> None:
        case, now = find_case("darmstadt", self.public_id), self.store.later(minutes=1)
        assert case is not None
        assert good_examples.propose(case, LEITBILD, Words("Leitbild", "Alle reden mit."), self.advisor, f"{now}", now)

    def events(self) -> list[Event]:
        """What Erika is told that comes from the chamber."""
        return [event for each in self.people()[ERIKA].queried for event in each.events]

    def people(self) -> dict[str, Person]:
        transactions.look_again()
        return {each.address: each for each in find_people(self.store.later(minutes=1), no_labels)}

    def send(self) -> list[str]:
        return [each.address for each in self.people().values() if remind(each, letter, self.store.now)]


@pytest.fixture
def talk(store: Store) -> Talk:
    return Talk(store)


def test_the_coordination_hears_once_that_the_chamber_asks(talk: Talk) -> None:
    assert talk.send() == []
    talk.ask()
    assert talk.send() == [ERIKA], "who works along hears it from the coordination"
    talk.ask("Und wo noch?")
    assert talk.send() == [], "one mail a day"
    talk.store.later(days=1)
    assert talk.send() == [ERIKA]
    talk.store.later(days=1)
    assert talk.send() == [], "nothing is new"


def test_the_coordination_hears_of_recommendations_and_of_good_examples_without_asking_for_it(talk: Talk) -> None:
    talk.recommend()
    talk.propose()
    talk.ask()
    assert talk.events() == [Event.QUERIED, Event.EXAMPLE, Event.RECOMMENDED]
    assert talk.send() == [ERIKA], "one mail about all of it"
    talk.store.later(days=1)
    assert talk.send() == [], "nothing is new"
    talk.recommend()
    assert talk.events() == [Event.RECOMMENDED]
    assert talk.send() == [ERIKA]


def test_whoever_asked_to_be_told_of_everything_hears_it_once(talk: Talk) -> None:
    everybody = select(tables.Grant.id, tables.Grant.created_at, tables.Account.email).join(tables.Account)
    grants_by_mail = {row.email: Target(TOLD, row.id, row.created_at) for row in reading().execute(everybody)}
    set_reminders(list(grants_by_mail.values()), wanted=True, now=talk.store.now)
    talk.recommend()
    told = {
        address: [event for each in person.bundles for event in each.events]
        for address, person in talk.people().items()
    }
    assert told == {ERIKA: [], KAI: [Event.RECOMMENDED]}
    assert talk.events() == [Event.RECOMMENDED]
    erika = grants_by_mail[ERIKA]
    set_reminders([Target(GRANTED, erika.id, erika.made_at)], wanted=False, now=talk.store.now)
    without = talk.people()[ERIKA]
    assert not without.queried
    assert [event for each in without.bundles for event in each.events] == [Event.RECOMMENDED]


def test_what_was_answered_before_the_mail_is_no_news(talk: Talk) -> None:
    talk.answer(talk.ask())
    assert talk.send() == [WEBER]


def test_whoever_switched_reminders_off_hears_nothing(talk: Talk) -> None:
    talk.ask()
    (target,) = talk.people()[ERIKA].targets
    assert target.kind == GRANTED
    set_reminders([target], wanted=False, now=talk.store.now)
    assert talk.send() == []


def test_the_advisor_hears_of_answers_until_they_look(talk: Talk) -> None:
    first, second = talk.ask(), talk.ask("Und wo noch?")
    talk.answer(first)
    talk.store.later(days=1)
    assert set(talk.send()) == {ERIKA, WEBER}
    talk.store.later(days=1)
    assert talk.send() == [], "the mail of yesterday told it"
    talk.answer(second)
    look = {"case_id": talk.case, "account_id": talk.advisor.account_id, "by": "Weber", "stand": 1}
    with writing() as connection:
        connection.execute(insert(tables.CaseLook).values(first_at=talk.store.now, last_at=talk.store.now, **look))
    assert talk.send() == [], "they have seen it"


@pytest.mark.parametrize("gone", [{"chamber": "frankfurt"}, {"position": "member"}, {"active": False}])
def test_no_advisor_of_another_chamber_hears_it(talk: Talk, gone: dict[str, object]) -> None:
    talk.answer(talk.ask())
    with writing() as connection:
        connection.execute(update(tables.Account).where(tables.Account.email == WEBER).values(gone))
    assert talk.send() == []


def test_nobody_is_told_of_what_was_withdrawn(talk: Talk) -> None:
    talk.answer(talk.ask())
    talk.ask("Und wo noch?")
    with writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=talk.store.now))
    assert talk.send() == []
