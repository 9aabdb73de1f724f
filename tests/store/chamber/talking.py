"""Everything that a chamber and a town can say to each other, said once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import insert

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.recommendations import Decision, Money, Priority, Reply, Turn
from selfcheck.core.review.release import Release, ShownJudgement
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.result import releases
from selfcheck.store.chamber.talk import good_examples, recommendations, recommending, threads
from selfcheck.store.chamber.talk.good_examples import Words
from selfcheck.store.chamber.talk.recommendations import RecommendationText
from selfcheck.store.chamber.talk.threads import Message, Said
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.store.mail.outbox import NewMail
from tests.store.chamber.cases import add_advisor, share
from tests.store.chamber.test_results import confirm_sender, no_letters, prepare
from tests.store.conftest import Store

LEITBILD = QuestionId("leitbild")
YES = Reply(Decision.DOING, "Der Rat hat es beschlossen.", "Frau Kümmerer", date(2027, 6, 30), Money.OPEN, 20)
HIDDEN = ("Das glaube ich nicht.", "Noch ein Entwurf", "Zu wenig belegt")
"""What the chamber says to itself: a note, a recommendation that is not sent, a reason that is not released."""


@dataclass(frozen=True, slots=True)
class Talk:
    case: Case
    advisor: Advisor
    thread: int
    recommendation: str


def begin(store: Store) -> tuple[Case, Advisor]:
    return share(store), add_advisor(store, "Rathmann")


def ask_and_answer(store: Store, case: Case, advisor: Advisor, last: str = "Im Ratssaal, Seite 4.") -> int:
    """Asked, answered, sent back, answered; the id of the thread."""
    asked = threads.ask(case.id, LEITBILD, Message("Wo steht das?", "a"), advisor, store.now)
    assert isinstance(asked, Said)
    id = asked.thread_id
    for seen, text in ((1, "Im Ratssaal."), (3, last)):
        answered = threads.answer(store.check.id, id, Message(text, f"b{seen}", seen), store.who, None, store.now)
        assert isinstance(answered, Said)
        if seen == 1:
            back = threads.send_back(case.id, id, Message("Auf welcher Seite?", "c", 2), advisor, store.now)
            assert isinstance(back, Said)
    return id


def recommend(store: Store, case: Case, advisor: Advisor, reply: Reply = YES) -> str:
    """Recommended, answered, sent back, answered again; the public id. Another one is not sent."""
    text = RecommendationText("Willkommenspaket", "Ein Paket für Neue.", Priority.HIGH)
    about = ("C6", "zuzug", LEITBILD)
    made = recommending.add(case, about, text, advisor, "d", store.now)
    assert recommending.send(case, [(made, 1)], advisor, store.now)
    recommending.add(case, about, replace(text, title=HIDDEN[1]), advisor, "e", store.now)
    for version, said in enumerate((replace(reply, person="Niemand", progress=0), reply)):
        recommending.reply(store.check.id, made, recommending.Seen(1, version), said, store.who, store.now, letter)
        if not version:
            assert recommending.turn(case, made, Turn.RETURN, "Wer genau?", 1, advisor, store.now)
    return made


def finish(store: Store, talk: Talk) -> None:
    """The thread is done, the recommendation agreed, gone on with and done, the result out."""
    case, advisor, now = talk.case, talk.advisor, store.now
    assert isinstance(threads.resolve(case.id, talk.thread, Message("", "f", 4), advisor, now), Said)
    assert recommending.turn(case, talk.recommendation, Turn.ACCEPT, "Gut so.", 2, advisor, now)
    recommending.reply(
        store.check.id, talk.recommendation, recommending.Seen(1, 2), replace(YES, progress=60), store.who, now
    )
    assert recommending.turn(case, talk.recommendation, Turn.DONE, "", 3, advisor, now)
    confirm_sender(case)
    prepare(store, case, advisor)
    shown = {LEITBILD: ShownJudgement(Decimal(3), Decimal(4), "unclear", "Beschluss fehlt")}
    assert releases.release(case, Release("IHK Darmstadt", 1, shown, None), None, advisor, now, no_letters) == ()


def propose(store: Store, case: Case, advisor: Advisor, question: str = LEITBILD) -> str:
    assert good_examples.propose(case, question, Words("Mappe", "Alle Neuen."), advisor, question, store.now)
    return good_examples.list_of_case(case.id)[0].public_id


def talk_about_everything(store: Store) -> Talk:
    case, advisor = begin(store)
    talk = Talk(case, advisor, ask_and_answer(store, case, advisor), recommend(store, case, advisor))
    keep_to_itself(store, case)
    agreed, declined = propose(store, case, advisor), propose(store, case, advisor, "strategie")
    good_examples.agree(store.check.id, agreed, 1, store.who, store.now)
    good_examples.decline(store.check.id, declined, 1, "Lieber nicht.", store.who, store.now)
    finish(store, talk)
    good_examples.take_back(store.check.id, agreed, 2, store.who, store.now)
    assert recommendations.find_for_check(store.check.id, talk.recommendation) is not None
    return talk


def keep_to_itself(store: Store, case: Case) -> None:
    """A private note, and a judgement that is not released."""
    mine = {"case_id": case.id, "question": "strategie", "version": 1, "by": "Rathmann", "at": store.now}
    judged = {"points": Decimal(1), "verdict": "unclear", "reason": HIDDEN[2], "stand": 1, "difference": 0}
    with writing() as connection:
        connection.execute(insert(tables.CaseNote).values(mine | {"text": HIDDEN[0]}))
        connection.execute(insert(tables.Judgement).values(mine | judged))


def letter(address: str) -> NewMail:
    return NewMail(None, address, "Eine Antwort wartet", "Hier: …")
