"""Empfehlungen as advisors write, send and decide on them."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from tests import reviews
from tests.web.page import NewVisitor, Page, begin
from tests.web.statements import listen
from tests.web.team.people import seat_account

ERIKA, BERTA = "erika@example.org", "berta@example.org"
DOING = {"decision": "doing", "person": "Frau Muster", "due": "30.06.2027", "money": "open", "progress": "20"}


class Review:
    """A town that shared a report, its coordination, and two advisors of its chamber."""

    def __init__(self, app: Flask, visitor: NewVisitor) -> None:
        self.app, self.visitor = app, visitor
        self.town = visitor()
        self.check = begin(self.town)
        self.erika = seat_account(app, self.check, ERIKA)
        self.case = reviews.send(app, self.check, ERIKA)
        self.berta = visitor()
        self.berta_id = reviews.add_advisor(app, self.berta, BERTA, "Berta Rat")
        self.root = f"/beratung/{self.case}/empfehlungen"
        self.there = f"/selbstcheck/{self.check}/ihk/empfehlungen"

    def write(self, title: str = "Lotsen am Bahnhof", **more: str) -> Page:
        page = self.berta.open(f"{self.root}/neu?zu=kriterium:{reviews.CRITERION}")
        return self.berta.press(page, "Empfehlung speichern", {"title": title, **more})

    def send(self) -> Page:
        return self.berta.press(self.berta.open(f"{self.root}/senden"), "Jetzt senden")

    def recommend(self) -> str:
        """A recommendation that the town sees; its id."""
        return reviews.recommend(self.app, self.case, BERTA)

    def answer(self, recommendation: str, **more: str) -> Page:
        page = self.erika.open(f"{self.there}/{recommendation}")
        return self.erika.press(page, "An die IHK senden", DOING | more)


@pytest.fixture
def review(app: Flask, visitor: NewVisitor) -> Review:
    return Review(app, visitor)


def test_questions_of_weak_criteria_are_offered_with_a_measure(review: Review) -> None:
    page = review.berta.open(review.root)
    offered = [each for each in page.all(".//a[@href]") if "zu=frage" in str(each.get("href"))]
    assert 0 < len(offered) <= 15
    form = review.berta.open(str(offered[0].get("href")))
    fields = dict(form.form("Empfehlung speichern").fields)
    assert fields["title"]
    assert fields["priority"] == "high"
    saved = review.berta.press(form, "Empfehlung speichern")
    assert fields["title"] in saved.main
    assert str(offered[0].get("href")) not in {str(each.get("href")) for each in saved.all(".//a[@href]")}


def test_the_town_sees_nothing_before_it_is_sent(review: Review) -> None:
    review.write("Lotsen am Bahnhof")
    assert "Lotsen am Bahnhof" not in review.town.open(review.there).main
    assert "Lotsen am Bahnhof" not in review.town.open(f"/selbstcheck/{review.check}/checkliste").main
    shown = review.berta.open(f"{review.root}/senden")
    assert "Lotsen am Bahnhof" in shown.main
    assert "Wer es sieht: IHK und Kommune" in shown.main
    assert "Die Kommune sieht die Empfehlungen jetzt" in review.send().main
    assert "Lotsen am Bahnhof" in review.town.open(review.there).main
    assert "beantworten: Lotsen am Bahnhof" in review.town.open(f"/selbstcheck/{review.check}/checkliste").main


def test_what_a_colleague_wrote_meanwhile_is_not_sent_unseen(review: Review) -> None:
    review.write("Erste")
    page = review.berta.open(f"{review.root}/senden")
    review.write("Zweite")
    shown = review.berta.press(page, "Jetzt senden", status=409)
    assert "Gesendet ist nichts" in shown.main
    assert "Zweite" in shown.main


def test_a_double_click_sends_and_writes_once(review: Review) -> None:
    page = review.berta.open(f"{review.root}/neu?zu=kriterium:{reviews.CRITERION}")
    for _ in range(2):
        found = review.berta.press(page, "Empfehlung speichern", {"title": "Einmal"})
    assert found.main.count("Einmal") == 1
    sending = review.berta.open(f"{review.root}/senden")
    for _ in range(2):
        assert "Gesendet" in review.berta.press(sending, "Jetzt senden").main


def test_an_empty_title_is_refused_and_the_text_stays(review: Review) -> None:
    page = review.berta.open(f"{review.root}/neu?zu=kriterium:{reviews.CRITERION}")
    refused = review.berta.press(page, "Empfehlung speichern", {"title": " ", "text": "Das hier bleibt."}, 422)
    assert dict(refused.form("Empfehlung speichern").fields)["text"].strip() == "Das hier bleibt."


def test_what_is_written_anew_in_a_form_of_before_is_kept(review: Review) -> None:
    page = review.berta.open(f"{review.root}/neu?zu=kriterium:{reviews.CRITERION}")
    for title in ("Lotsen am Bahnhof", "Lotsen am Bahnhof", "Lotsen am Flughafen"):
        saved = review.berta.press(page, "Empfehlung speichern", {"title": title})
    assert saved.main.count("Lotsen am Bahnhof") == 1
    assert "Lotsen am Flughafen" in saved.main


def test_both_words_of_a_conflict_are_shown(app: Flask, review: Review, visitor: NewVisitor) -> None:
    review.write()
    address = str(review.berta.open(review.root).one(".//section[@aria-labelledby='entwuerfe']//a").get("href"))
    other = visitor()
    reviews.add_advisor(app, other, "bernd@example.org", "Bernd Rat")
    mine, theirs = review.berta.open(address), other.open(address)
    other.press(theirs, "Speichern", {"text": "Seine Fassung"})
    met = review.berta.press(mine, "Speichern", {"text": "Ihre Fassung"}, 409)
    assert "Seine Fassung" in met.main
    assert "Meine Angabe: Ihre Fassung" in met.main
    review.berta.press(met, "Meine Angabe übernehmen")
    assert "Ihre Fassung" in review.berta.open(review.root).main


def test_words_and_a_sentence_to_the_town_do_not_lose_each_other(review: Review) -> None:
    address = f"{review.root}/{review.recommend()}"
    typed = {"title": "Lotsen im Bürgerbüro", "note": "Das hat sich erledigt."}
    saved = review.berta.press(review.berta.open(address), "Speichern", typed)
    assert "Ihr Satz an die Kommune steht noch im Feld und ist nicht gesendet." in saved.main
    assert saved.value("note") == typed["note"]
    assert "Noch nicht gespeichert" not in saved.main
    assert review.berta.open(address).value("title") == typed["title"]
    again = {"title": "Lotsen am Bahnhof", "note": "x" * 5001}
    refused = review.berta.press(saved, "Empfehlung zurückziehen", again, 422)
    assert (refused.value("title"), refused.value("note")) == (again["title"], again["note"])
    assert "Noch nicht gespeichert" in refused.main
    refused = review.berta.press(refused, "Speichern", {"title": ""}, 422)
    assert refused.value("note") == again["note"]


def test_words_beside_a_decision_that_came_too_late_are_shown_to_be_copied(review: Review) -> None:
    page = review.berta.open(f"{review.root}/{review.recommend()}")
    review.berta.press(review.berta.open(page.address), "Empfehlung zurückziehen")
    met = review.berta.press(
        page, "Empfehlung zurückziehen", {"title": "Lotsen im Bürgerbüro", "note": "Erledigt"}, 409
    )
    assert "Das hatten Sie eingetragen:Lotsen im Bürgerbüro" in met.main
    assert "Ihr Satz an die Kommune war:Erledigt" in met.main


def test_what_was_done_is_said_and_nothing_else(review: Review) -> None:
    review.write("Nur ein Entwurf")
    address = str(review.berta.open(review.root).one(".//section[@aria-labelledby='entwuerfe']//a").get("href"))
    discarded = review.berta.press(review.berta.open(address), "Entwurf verwerfen")
    assert "Der Entwurf ist verworfen." in discarded.main
    assert "zurückgezogen" not in discarded.main
    assert "Nur ein Entwurf" not in discarded.main
    id = review.recommend()
    withdrawn = review.berta.press(review.berta.open(f"{review.root}/{id}"), "Empfehlung zurückziehen")
    assert "Die Empfehlung ist zurückgezogen." in withdrawn.main
    assert not review.berta.open(f"{review.root}?getan=xyz").all(".//*[@role='status']")


def test_an_answer_is_accepted_and_ticked_off(review: Review) -> None:
    id = review.recommend()
    review.answer(id)
    page = review.berta.open(f"{review.root}/{id}")
    assert "Frau Muster" in page.main
    assert "30.06.2027" in page.main
    accepted = review.berta.press(page, "Antwort annehmen")
    assert "ist angenommen" in accepted.main
    done = review.berta.press(review.berta.open(f"{review.root}/{id}"), "Als erledigt abhaken")
    assert "erledigt" in done.main
    assert "erledigt" in review.town.open(review.there).main


def test_sending_back_takes_a_sentence(review: Review) -> None:
    id = review.recommend()
    review.answer(id)
    page = review.berta.open(f"{review.root}/{id}")
    refused = review.berta.press(page, "Zurück an die Kommune", status=422)
    assert "in einem Satz" in refused.main
    review.berta.press(refused, "Zurück an die Kommune", {"note": "Wer bezahlt es?"})
    back = review.erika.open(f"{review.there}/{id}")
    assert "Wer bezahlt es?" in back.main
    again = review.erika.press(back, "An die IHK senden", {"money": "yes"})
    assert "An die IHK gesendet" in again.main


def test_what_the_town_has_not_sent_stays_with_it(review: Review) -> None:
    id = review.recommend()
    page = review.erika.open(f"{review.there}/{id}")
    review.erika.press(page, "Speichern", {"decision": "not doing", "reason": "Kein Geld, aber geheim."})
    for address in (review.root, f"{review.root}/{id}"):
        shown = review.berta.open(address).main
        assert "geheim" not in shown
        assert "nicht geplant" not in shown


def test_a_decision_on_another_answer_is_none(review: Review) -> None:
    id = review.recommend()
    review.answer(id)
    page = review.berta.open(f"{review.root}/{id}")
    review.berta.press(page, "Zurück an die Kommune", {"note": "Bitte genauer."})
    review.answer(id, person="Herr Neu")
    stale = review.berta.press(page, "Antwort annehmen", status=409)
    assert "Gespeichert ist nichts" in stale.main
    assert "Herr Neu" in stale.main


def test_a_recommendation_is_withdrawn_and_the_town_keeps_its_answer(review: Review) -> None:
    id = review.recommend()
    review.answer(id)
    review.berta.press(review.berta.open(f"{review.root}/{id}"), "Empfehlung zurückziehen")
    shown = review.town.open(review.there).main
    assert "zurückgezogen" in shown
    assert "Frau Muster" in shown
    assert "Lotsen am Bahnhof" not in review.town.open(f"/selbstcheck/{review.check}/checkliste").main


def test_recommendations_of_another_case_are_not_there(app: Flask, review: Review, visitor: NewVisitor) -> None:
    id = review.recommend()
    neighbour = visitor()
    other = begin(neighbour, municipality="Nachbarstadt")
    seat_account(app, other, "else@example.org")
    case = reviews.send(app, other, "else@example.org")
    review.berta.open(f"/beratung/{case}/empfehlungen/{id}", 404)
    csrf = review.berta.open(f"/beratung/{case}/empfehlungen/neu").value("csrf_token")
    turned = {"csrf_token": csrf, "turn": "withdraw", "seen": "0"}
    review.berta.send(f"/beratung/{case}/empfehlungen/{id}/entscheiden", turned, 404)
    neighbour.open(f"/selbstcheck/{other}/ihk/empfehlungen/{id}", 404)
    for odd in ("x", "%00", "ä", "0" * 400):
        review.berta.open(f"{review.root}/{odd}", 404)


def test_what_nobody_can_do_is_refused(review: Review) -> None:
    id = review.recommend()
    csrf = review.berta.open(f"{review.root}/{id}").value("csrf_token")
    review.berta.send(f"{review.root}/{id}/entscheiden", {"csrf_token": csrf, "turn": "burn"}, 400)
    review.berta.send(f"{review.root}/{id}/entscheiden", {"csrf_token": csrf, "turn": "accept", "seen": "0"}, 409)


def test_the_advisor_gets_one_mail_that_says_nothing(review: Review) -> None:
    ids = [review.recommend(), review.recommend()]
    with review.app.app_context():
        with writing() as connection:
            mine = update(tables.ReviewCase).where(tables.ReviewCase.public_id == review.case)
            connection.execute(mine.values(advisor_id=review.berta_id))
        transactions.let_go()
    for id in ids:
        review.answer(id)
    with review.app.app_context():
        found = select(tables.Mail.address, tables.Mail.body)
        mails = [row for row in reading().execute(found) if row.address == BERTA]
    assert len(mails) == 1
    assert f"/beratung/{review.case}/empfehlungen" in mails[0].body
    assert "Muster" not in mails[0].body.replace("Musterstadt", "")


def test_many_recommendations_take_as_many_statements_as_one(review: Review) -> None:
    counts = []
    for more in (1, 6):
        for _ in range(more):
            review.recommend()
        for person, address in ((review.berta, review.root), (review.town, review.there)):
            person.open(address)
            with listen(review.app) as sent:
                person.open(address)
            counts.append(len(sent))
    assert counts[:2] == counts[2:]
