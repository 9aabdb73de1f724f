"""One case: what is possible, what happened, handing over, flags, and what two advisors do at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.store.chamber import advisors, steps
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail.outbox import NewMail
from selfcheck.web.http import clock
from tests import reviews
from tests.web.chamber.people import advise, share
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.statements import listen


def feed(page: Page) -> list[str]:
    return [text_of(each) for each in page.all(".//ol[@class='rows']/li")]


def tags(page: Page) -> list[str]:
    """What the list of what there is to do says at each line."""
    return [text_of(each[-1]) for each in page.all(".//ul[@class='rows']/li")]


def test_a_case_shows_what_there_is_to_do(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    shown = advise(app, visitor, "Berta").open(f"/beratung/{case}")
    assert shown.h1 == "Musterstadt am Main"
    assert "nicht von der IHK geprüft" in shown.main
    assert len([each for each in shown.all(".//main//ul[@class='rows']/li") if "eingeschätzt" in text_of(each)]) == 5
    assert "Auf Antworten warten" in shown.main
    assert "Übernehmen Sie den Vorgang zuerst." in shown.main
    assert "Stand 1 vom" in text_of(shown.one(".//section[@class='context']"))
    assert shown.link("Rahmen: Wer den Bericht geteilt hat") == f"/beratung/{case}#absender"
    assert "0 von 5 Angaben" in tags(shown)


def test_what_was_asked_and_recommended_is_among_what_there_is_to_do(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    before = berta.open(f"/beratung/{case}")
    assert before.main.count("Übernehmen Sie den Vorgang zuerst.") == 1, "each reason is said once"
    assert not {"1 offen", "1 gesendet"} & set(tags(before))
    reviews.ask(app, case, "lotsen", "Wer sind die Lotsen?")
    reviews.recommend(app, case, "berta@example.org")
    shown = berta.open(f"/beratung/{case}")
    assert {"1 offen", "1 gesendet"} <= set(tags(shown))
    assert "Wer sind die Lotsen?" in berta.open(shown.link("Rückfragen")).main


def test_a_step_shows_in_the_bar_and_in_the_feed_and_is_taken_back(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    taken = berta.press(berta.open(f"/beratung/{case}"), "Übernehmen")
    assert "in Prüfung, übernommen von Ihnen" in text_of(taken.one(".//section[@class='context']"))
    assert feed(taken)[0].startswith("Vorgang übernommen")
    undone = berta.press(taken, "Letzten Schritt zurücknehmen")
    assert "eingegangen" in text_of(undone.one(".//section[@class='context']"))
    assert "zurückgenommen am" in feed(undone)[0]


def test_whose_turn_it_is_is_said_in_sentences(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    assert "Zustand: eingegangen. Der Vorgang wartet seit heute auf die IHK." in berta.open(f"/beratung/{case}").main
    with app.app_context(), writing() as connection:
        before = tables.ReviewCase.waits_since
        days = [connection.execute(select(before)).scalar_one() - timedelta(days=number) for number in (1, 5)]
    for since, said in zip(days, ("seit 1 Tag auf die IHK.", "seit 5 Tagen auf die IHK."), strict=True):
        with app.app_context(), writing() as connection:
            connection.execute(update(tables.ReviewCase).values(waits_since=since))
        assert said in berta.open(f"/beratung/{case}").main
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(state="closed", waits_on="nobody"))
    closed = berta.open(f"/beratung/{case}").main
    assert "Zustand: abgeschlossen." in closed
    assert "Der Vorgang wartet" not in closed


def test_the_threads_of_a_case_are_read_once(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    reviews.ask(app, case, "lotsen")
    berta.open(f"/beratung/{case}")
    with listen(app) as sent:
        berta.open(f"/beratung/{case}")
    assert sum("FROM thread" in each for each in sent) == 1


def test_a_case_that_comes_back_to_nobody_says_so(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    berta.press(berta.open(f"/beratung/{case}"), "Übernehmen")
    form = berta.open(f"/beratung/{case}/abgeben")
    person = next(each.get("value", "") for each in form.all(".//input[@name='person']"))
    berta.press(form, "Abgeben", {"person": person})
    leave(app, "berta@example.org")
    undone = anna.press(anna.open(f"/beratung/{case}"), "Letzten Schritt zurücknehmen")
    assert "Wer den Vorgang vorher hatte, berät hier nicht mehr. Er ist jetzt für alle da." in undone.main
    assert "noch von niemandem übernommen" in text_of(undone.one(".//section[@class='context']"))


def test_handing_over_to_somebody_who_just_left_says_so(
    app: Flask, page: Visitor, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = share(app, page)
    berta, _ = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    form = berta.open(f"/beratung/{case}/abgeben")
    person = form.one(".//input[@name='person']").get("value", "")
    do = steps.do

    def leave_first(*given: Any, **more: Any) -> Any:
        leave(app, "anna@example.org")
        return do(*given, **more)

    monkeypatch.setattr(steps, "do", leave_first)
    done = berta.press(form, "Abgeben", {"person": person})
    assert "Wen Sie ausgewählt haben, berät hier nicht mehr. Der Vorgang ist jetzt für alle da." in done.main
    assert feed(done)[0].startswith("Vorgang abgegeben: Er ist für alle da")


def leave(app: Flask, mail: str) -> None:
    with app.app_context():
        account = reading().execute(select(tables.Account.id).where(tables.Account.email == mail)).scalar_one()
        advisors.disable(account, clock.now(), lambda to: NewMail(None, to, "Ende", "Guten Tag"))


def test_the_feed_is_narrowed_by_kind(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    berta.press(berta.open(f"/beratung/{case}"), "Übernehmen")
    assert len(feed(berta.open(f"/beratung/{case}"))) == 2
    assert [line[:7] for line in feed(berta.open(f"/beratung/{case}?art=stand"))] == ["Stand 1"]


def test_whoever_is_slower_is_told_what_happened(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    seen = anna.open(f"/beratung/{case}")
    berta.press(berta.open(f"/beratung/{case}"), "Übernehmen")
    refused = anna.press(seen, "Übernehmen", status=409)
    assert "Inzwischen ist etwas anderes geschehen" in refused.main
    assert "Vorgang übernommen" in refused.main
    assert "übernommen von Berta" in text_of(refused.one(".//section[@class='context']"))


def test_what_is_not_possible_is_refused_with_the_reason(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    form = berta.open(f"/beratung/{case}").form("Übernehmen")
    fields = [(name, "closed" if name == "kind" else value) for name, value in form.fields]
    refused = berta.send(f"/beratung/{case}/schritt", fields, 409)
    assert "Übernehmen Sie den Vorgang zuerst." in refused.main


def test_a_case_is_handed_to_a_colleague_who_gets_a_mail_without_the_sentence(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    form = berta.open(f"/beratung/{case}/abgeben")
    berta.press(form, "Abgeben", {"person": None}, 422)
    person = next(each.get("value", "") for each in form.all(".//input[@name='person']"))
    done = berta.press(form, "Abgeben", {"person": person, "note": "Bin im Urlaub."})
    assert "Abgegeben" in done.main
    assert "Bin im Urlaub." in feed(done)[0]
    assert "übernommen von Anna" in text_of(done.one(".//section[@class='context']"))
    assert "Musterstadt am Main" in anna.open("/beratung").main
    with app.app_context():
        mail = reading().execute(select(tables.Mail.address, tables.Mail.body)).one()
    assert mail.address == "anna@example.org"
    assert f"/beratung/{case}" in mail.body
    assert "Urlaub" not in mail.body


def test_handing_over_keeps_what_was_typed_when_somebody_was_faster(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    form = berta.open(f"/beratung/{case}/abgeben")
    person = next(each.get("value", "") for each in form.all(".//input[@name='person']"))
    taken = anna.press(anna.open(f"/beratung/{case}"), "Übernehmen")
    anna.press(taken, "Letzten Schritt zurücknehmen")
    refused = berta.press(form, "Abgeben", {"person": person, "note": "Bin im Urlaub."}, 409)
    assert "Bin im Urlaub." in refused.main
    assert "übernommen von Anna" in berta.press(refused, "Abgeben").text


def test_what_was_typed_is_shown_where_the_case_cannot_be_handed_over_any_more(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    form = berta.open(f"/beratung/{case}/abgeben")
    person = next(each.get("value", "") for each in form.all(".//input[@name='person']"))
    anna.press(anna.open(f"/beratung/{case}"), "Übernehmen")
    refused = berta.press(form, "Abgeben", {"person": person, "note": "Bin im Urlaub."}, 409)
    assert "Das hatten Sie dazu geschrieben: Bin im Urlaub." in refused.main
    assert "steht noch da" not in refused.main


def test_a_flag_is_for_one_colleague_until_it_is_done(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    form = berta.open(f"/beratung/{case}/markieren")
    person = next(each.get("value", "") for each in form.all(".//input[@name='person']"))
    refused = berta.press(form, "Markieren", {"person": person, "reason": " "}, 422)
    assert "worauf" in refused.main
    berta.press(form, "Markieren", {"person": person, "reason": "Kennst du die Schule?"})
    assert "Markiert (1)" in anna.open("/beratung").main
    seen = anna.open(f"/beratung/{case}")
    assert "Kennst du die Schule?" in seen.main
    done = anna.press(seen, "Erledigt, Markierung: Kennst du die Schule?")
    assert "Kennst du die Schule?" not in done.main
    assert "Markiert (0)" in anna.open("/beratung").main


def test_a_withdrawn_case_shows_its_name_and_its_steps_only(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    taken = berta.press(berta.open(f"/beratung/{case}"), "Übernehmen")
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=tables.ReviewCase.shared_at))
    gone = berta.open(f"/beratung/{case}")
    assert "zurückgezogen" in gone.main
    assert len(feed(gone)) == 2
    assert not gone.all(".//main//form")
    berta.press(taken, "Letzten Schritt zurücknehmen", status=410)
    assert "zurückgezogen" in berta.open("/beratung?gruppe=abgeschlossen").main


def test_advisors_find_their_pages_from_everywhere(app: Flask, visitor: NewVisitor) -> None:
    berta = advise(app, visitor, "Berta")
    assert berta.open("/konto").link("Beratung") == "/beratung"
    assert visitor().open("/").all(".//header//a[@href='/beratung']") == []
