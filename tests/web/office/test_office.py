"""The page of an office: its questions and nothing else; what it may write, give back, and hand back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from selfcheck.web.http import clock
from selfcheck.web.office.view import Progress
from tests import towns
from tests.web.accounts.registering import register_and_confirm
from tests.web.document import text_of
from tests.web.office.visits import Office, ask_office
from tests.web.page import Page, Visitor, begin
from tests.web.statements import listen

EVENTS, HOUSING, KINDS = "veranstaltungen", "wohnungssuche", "wohnangebot"
FOREIGN = "leitbild"
SAVE, DONE, OURS = "Speichern", "Fertig – an die Koordination zurückgeben", "Doch wir"
ADD = "Beleg speichern"
MINE, THEIRS = "Meine Angabe übernehmen", "Andere Angabe behalten"
MESSAGE = "an_koordination.message"
MOST_FOR_PAGE, MOST_FOR_SAVE = 6, 8
JSON = {"Accept": "application/json"}
QUESTION = towns.questionnaire().question


@pytest.fixture
def owner(visitor: Callable[[], Visitor]) -> Visitor:
    return visitor()


@pytest.fixture
def check(owner: Visitor) -> str:
    return begin(owner)


@pytest.fixture
def office(app: Flask, check: str) -> Office:
    today = clock.today()
    due, ends = today + timedelta(days=20), today + timedelta(days=50)
    return ask_office(app, check, KINDS, EVENTS, HOUSING, due_on=due, ends_on=ends)


@pytest.fixture
def clerk(office: Office, page: Visitor) -> Visitor:
    return office.open(page, "Udo Bau")


def decline(question: str) -> str:
    return f"Nicht unsere Zuständigkeit, Frage {QUESTION[question].number}"


def take(question: str) -> str:
    return f"{OURS}, Frage {QUESTION[question].number}"


def send(visitor: Visitor, page: Page, changes: dict[str, str | None], status: int = 200) -> dict[str, object]:
    """One save as our script sends it; its answer."""
    fields = dict(page.form(SAVE).fields) | changes
    answer = visitor.post(page.address, fields, headers=JSON)
    assert answer.status_code == status
    return dict(answer.get_json())


def seen_by_owner(owner: Visitor, check: str, question: str) -> Page:
    return owner.open(f"/selbstcheck/{check}/fragen/{QUESTION[question].criterion}?offen=alle")


def note_of(owner: Visitor, check: str, question: str) -> str:
    return seen_by_owner(owner, check, question).value(f"{question}.note")


def say(owner: Visitor, check: str, question: str, **parts: str) -> None:
    """The coordination answers a question."""
    changes = {f"{question}.{part}": value for part, value in parts.items()}
    owner.press(seen_by_owner(owner, check, question), "Speichern und weiter", changes)


def test_the_page_says_who_asks_and_until_when(clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    due, ends = clock.today() + timedelta(days=20), clock.today() + timedelta(days=50)
    assert shown.h1 == "3 Fragen an das Bauamt"
    assert "Musterstadt am Main" in shown.main
    assert f"Antwort bis{due:%d.%m.%Y}" in shown.main.replace("Antwort bis ", "Antwort bis")
    assert f"Änderbar bis{ends:%d.%m.%Y}" in shown.main.replace("Änderbar bis ", "Änderbar bis")


def test_the_page_names_who_asks_with_how_to_reach_them(owner: Visitor, clerk: Visitor, office: Office) -> None:
    details = owner.open(f"/selbstcheck/{office.check_id}/angaben")
    owner.press(details, "Speichern", {"name": "Erika Muster", "office": "Hauptamt", "phone": "06152 123"})
    assert "Erika Muster, Hauptamt, 06152 123" in clerk.open(office.root).main


def test_without_a_contact_the_page_names_the_account_that_coordinates(
    owner: Visitor, clerk: Visitor, office: Office
) -> None:
    entry = f"/zugang/{office.token}"
    assert "Die Koordination bereitet" in clerk.open(entry).main
    assert "Koordination, Musterstadt am Main" in clerk.open(office.root).main
    register_and_confirm(owner, "erika@musterstadt.example", "Erika Muster")
    owner.press(owner.open(f"/selbstcheck/{office.check_id}/uebernehmen"), "In mein Konto übernehmen")
    assert "Erika Muster bereitet" in clerk.open(entry).main
    assert "Es fragtErika Muster" in clerk.open(office.root).main.replace("Es fragt ", "Es fragt")


def test_a_day_that_has_passed_is_said(app: Flask, page: Visitor, check: str) -> None:
    office = ask_office(app, check, HOUSING, due_on=clock.today() - timedelta(days=1))
    clerk = office.open(page)
    shown = clerk.open(office.root)
    assert "überfällig" in shown.main
    assert "überfällig" not in clerk.press(shown, DONE).main


def test_an_office_may_be_called_anything(app: Flask, page: Visitor, check: str) -> None:
    office = ask_office(app, check, HOUSING, label='<b>Amt</b> & "Co"')
    clerk = office.open(page)
    shown = clerk.open(office.root)
    assert shown.h1 == '1 Frage an „<b>Amt</b> & "Co"“'
    answer = send(clerk, shown, {f"{HOUSING}.note": "neu"})
    assert answer["html"]["[data-title]"] == "1 Frage an „&lt;b&gt;Amt&lt;/b&gt; &amp; &#34;Co&#34;“"


def test_all_its_questions_stand_in_the_order_of_the_questionnaire(clerk: Visitor, office: Office) -> None:
    cards = clerk.open(office.root).all(".//section[@data-question]")
    assert [card.get("data-question") for card in cards] == [EVENTS, HOUSING, KINDS]


def test_there_is_no_way_to_anything_else_of_the_self_check(clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    leads = {link.get("href", "").partition("#")[0] for link in shown.all(".//a")}
    inside = {each for each in leads if office.check_id in each and not each.startswith(f"{office.root}/nachweise/")}
    assert inside == {f"/selbstcheck/{office.check_id}/abmelden", f"{office.root}/excel"}
    assert not shown.all(".//nav")
    assert "Angegeben" not in shown.text


def test_answers_so_far_are_there_whoever_gave_them(owner: Visitor, clerk: Visitor, office: Office) -> None:
    say(owner, office.check_id, HOUSING, choice="option:nein", note="Steht in Ordner 3")
    shown = clerk.open(office.root)
    assert (f"{HOUSING}.choice", "option:nein") in shown.form(SAVE).fields
    assert shown.value(f"{HOUSING}.note") == "Steht in Ordner 3"
    assert "1 von 3 Fragen ist beantwortet." in shown.main


def test_the_office_answers_and_the_history_names_it(owner: Visitor, clerk: Visitor, office: Office) -> None:
    answers = {f"{EVENTS}.value": "4", f"{EVENTS}.choice": "open", f"{HOUSING}.note": "Börse seit 2024"}
    shown = clerk.press(clerk.open(office.root), SAVE, answers)
    assert shown.address == office.root
    assert shown.value(f"{EVENTS}.value") == "4"
    assert note_of(owner, office.check_id, HOUSING) == "Börse seit 2024"
    assert "Udo Bau (Bauamt)" in owner.open(f"/selbstcheck/{office.check_id}/verlauf").main


def test_a_save_by_script_answers_for_the_part_alone(clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    answer = send(clerk, shown, {f"{EVENTS}.value": "4", f"{EVENTS}.choice": None})
    assert answer["parts"][f"{EVENTS}.choice"]["state"] == "saved"
    assert set(answer["hidden"]) == {EVENTS, HOUSING, KINDS}
    assert answer["html"]["[data-progress]"] == "1 von 3 Fragen ist beantwortet. Bei einer fehlt noch ein Beleg."
    assert not {"[data-total]", "[data-nav]", "[data-criterion]", "[data-index]"} & set(answer["html"])


def test_only_what_is_left_is_said_at_the_end(app: Flask, page: Visitor, check: str) -> None:
    office = ask_office(app, check, EVENTS, HOUSING)
    clerk = office.open(page)
    early, unknown = (
        "Sie können auch zurückgeben, bevor alles beantwortet ist.",
        "Was Sie nicht wissen, lassen Sie offen.",
    )
    shown = clerk.open(office.root)
    assert "Noch ist keine der beiden Fragen beantwortet." in shown.main
    assert early in shown.main
    assert unknown in shown.main
    answers = {f"{EVENTS}.value": "4", f"{EVENTS}.choice": None, f"{HOUSING}.choice": "option:nein"}
    shown = clerk.press(shown, SAVE, answers)
    assert "Beide Fragen sind beantwortet. Bei einer fehlt noch ein Beleg." in shown.main
    assert early not in shown.main
    assert unknown not in clerk.press(shown, DONE).main


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress(1, 1, 1, None), "Die Frage ist beantwortet. Es fehlt noch ein Beleg."),
        (Progress(2, 2, 2, None), "Beide Fragen sind beantwortet. Bei beiden fehlt noch je ein Beleg."),
        (Progress(3, 4, 3, None), "3 von 4 Fragen sind beantwortet. Bei 3 fehlt noch je ein Beleg."),
        (Progress(3, 3, 0, None, 1), "Alle 3 Fragen sind beantwortet. Bei einem Beleg fehlt die Fundstelle."),
        (Progress(3, 3, 1, None, 2), "Bei einer fehlt noch ein Beleg. Bei 2 Belegen fehlt die Fundstelle."),
    ],
)
def test_how_far_an_office_is_in_words(progress: Progress, said: str) -> None:
    assert progress.sentence.endswith(said)


def test_a_mistake_keeps_what_was_typed(clerk: Visitor, office: Office) -> None:
    wrong = {f"{EVENTS}.value": "viele", f"{EVENTS}.choice": "open", f"{HOUSING}.note": "gut"}
    shown = clerk.press(clerk.open(office.root), SAVE, wrong, 422)
    assert shown.value(f"{EVENTS}.value") == "viele"
    assert clerk.open(office.root).value(f"{HOUSING}.note") == "gut"


@pytest.mark.parametrize(("button", "kept"), [(MINE, "vom Bauamt"), (THEIRS, "von der Koordination")])
def test_a_conflict_is_decided_as_everywhere(
    owner: Visitor, clerk: Visitor, office: Office, button: str, kept: str
) -> None:
    late = clerk.open(office.root)
    say(owner, office.check_id, HOUSING, note="von der Koordination")
    met = clerk.press(late, SAVE, {f"{HOUSING}.note": "vom Bauamt"}, 409)
    assert "Zwischenzeitlich geändert" in met.main
    assert clerk.press(met, button).address == office.root
    assert note_of(owner, office.check_id, HOUSING) == kept


def fields_of(owner: Visitor, check: str, question: str, note: str) -> dict[str, str]:
    """What the coordination's page sends for one question, with another note."""
    form = seen_by_owner(owner, check, question).form("Speichern und weiter")
    return {name: value for name, value in form.fields if name.startswith(f"{question}.")} | {f"{question}.note": note}


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_question_of_others_is_refused_and_not_written(
    owner: Visitor, clerk: Visitor, office: Office, headers: dict[str, str]
) -> None:
    csrf = clerk.open(office.root).value("csrf_token")
    forged = fields_of(owner, office.check_id, FOREIGN, "untergeschoben") | {"csrf_token": csrf}
    assert clerk.post(office.root, forged, headers=headers).status_code == 403
    assert note_of(owner, office.check_id, FOREIGN) == ""


def test_own_questions_are_saved_and_the_rest_is_handed_back(owner: Visitor, clerk: Visitor, office: Office) -> None:
    late = clerk.open(office.root)
    office.ask(EVENTS, KINDS)
    typed = {f"{HOUSING}.note": "mit Mühe getippt", f"{EVENTS}.note": "Programm 2026"}
    shown = clerk.press(late, SAVE, typed, 422)
    assert "mit Mühe getippt" in shown.main
    assert QUESTION[HOUSING].text not in shown.text
    assert note_of(owner, office.check_id, HOUSING) == ""
    assert note_of(owner, office.check_id, EVENTS) == "Programm 2026"


def test_what_was_not_touched_of_a_lost_question_is_no_news(clerk: Visitor, office: Office) -> None:
    late = clerk.open(office.root)
    office.ask(EVENTS, KINDS)
    assert clerk.press(late, SAVE, {f"{EVENTS}.note": "neu"}).value(f"{EVENTS}.note") == "neu"


def test_a_declined_question_takes_no_answer(owner: Visitor, clerk: Visitor, office: Office) -> None:
    late = clerk.open(office.root)
    clerk.press(late, decline(HOUSING))
    part = {name: value for name, value in late.form(SAVE).fields if name.startswith(f"{HOUSING}.")}
    fields = part | {f"{HOUSING}.note": "doch noch", "csrf_token": late.value("csrf_token")}
    assert clerk.post(office.root, fields, headers=JSON).status_code == 403
    assert note_of(owner, office.check_id, HOUSING) == ""


def test_another_self_check_is_out_of_reach(app: Flask, visitor: Callable[[], Visitor], clerk: Visitor) -> None:
    other = ask_office(app, begin(visitor()), HOUSING)
    clerk.open(other.root, 404)
    csrf = clerk.open("/selbstcheck/neu").value("csrf_token")
    assert clerk.post(other.root, {"csrf_token": csrf, f"{HOUSING}.note": "x"}).status_code == 404


def test_a_withdrawn_link_opens_nothing_any_more(clerk: Visitor, office: Office) -> None:
    late = clerk.open(office.root)
    office.withdraw()
    clerk.open(office.root, 410)
    clerk.open(f"{office.root}/abdruck", 410)
    refused = clerk.press(late, SAVE, {f"{HOUSING}.note": "zu spät getippt"}, 410)
    assert "zu spät getippt" in refused.text


def test_an_ended_link_opens_nothing_any_more(app: Flask, page: Visitor, check: str) -> None:
    yesterday = clock.today() - timedelta(days=1)
    office = ask_office(app, check, HOUSING, ends_on=yesterday)
    clerk = office.open(page)
    clerk.open(office.root, 410)
    csrf = clerk.open("/selbstcheck/neu").value("csrf_token")
    assert clerk.post(office.root, {"csrf_token": csrf, f"{HOUSING}.note": "x"}).status_code == 410


def add_piece(visitor: Visitor, shown: Page, question: str, title: str) -> None:
    page = visitor.open(shown.link(f"Eigenen Beleg hinzufügen zu Frage {QUESTION[question].number}"))
    name = next(name for name, _ in page.form(ADD).fields if name.startswith(f"{question}.e.n"))
    visitor.press(page, ADD, {f"{name.rpartition('.')[0]}.title": title})


def find_piece(shown: Page, title: str) -> str:
    """The beginning of the names of the fields of a piece of evidence."""
    row = next(each for each in shown.all(".//li[@class='evidence']") if title in text_of(each))
    names = (each.get("name", "") for each in row.iter("input"))
    return next(name.removesuffix(".version") for name in names if name.endswith(".version"))


def test_an_office_takes_away_what_it_brought(clerk: Visitor, office: Office) -> None:
    add_piece(clerk, clerk.open(office.root), HOUSING, "Unsere Liste")
    shown = clerk.open(office.root)
    piece = find_piece(shown, "Unsere Liste")
    page = clerk.open(shown.link(f"Fundstelle ergänzen, Unsere Liste, Frage {QUESTION[HOUSING].number}"))
    assert "Unsere Liste" not in clerk.press(page, ADD, {f"{piece}.remove": "y"}).main
    assert clerk.press(page, ADD, {f"{piece}.remove": "y"}).status == 200


@pytest.mark.parametrize("headers", [{}, JSON])
def test_an_office_does_not_take_away_what_others_brought(
    owner: Visitor, clerk: Visitor, office: Office, headers: dict[str, str]
) -> None:
    add_piece(owner, seen_by_owner(owner, office.check_id, HOUSING), HOUSING, "Ratsbeschluss")
    shown = clerk.open(office.root)
    piece = find_piece(shown, "Ratsbeschluss")
    assert not shown.all(f".//input[@name='{piece}.remove']")
    forged = dict(shown.form(SAVE).fields) | {f"{piece}.remove": "y", f"{EVENTS}.note": "nebenbei"}
    assert clerk.post(office.root, forged, headers=headers).status_code == 403
    found = clerk.open(office.root)
    assert find_piece(found, "Ratsbeschluss")
    assert found.value(f"{EVENTS}.note") == ""


@pytest.mark.parametrize("version", ["1", "0", "7"])
def test_evidence_of_other_questions_is_neither_removed_nor_shown(
    owner: Visitor, clerk: Visitor, office: Office, version: str
) -> None:
    add_piece(owner, seen_by_owner(owner, office.check_id, FOREIGN), FOREIGN, "GEHEIM")
    number = find_piece(seen_by_owner(owner, office.check_id, FOREIGN), "GEHEIM").rpartition(".")[2]
    shown = clerk.open(office.root)
    for state, remove in (("missing", "y"), ("available", "")):
        prefix = f"{HOUSING}.e.{number}"
        forged = {f"{prefix}.state": state, f"{prefix}.title": "meins", f"{prefix}.version": version}
        forged |= {f"{prefix}.base": "", f"{prefix}.remove": remove}
        for headers in ({}, JSON):
            answer = clerk.post(office.root, dict(shown.form(SAVE).fields) | forged, headers=headers)
            assert "GEHEIM" not in answer.get_data(as_text=True)
    assert find_piece(seen_by_owner(owner, office.check_id, FOREIGN), "GEHEIM")


def test_a_question_goes_back_and_comes_again(owner: Visitor, clerk: Visitor, office: Office) -> None:
    shown = clerk.press(clerk.open(office.root), decline(HOUSING), {f"{HOUSING}.note": "Das weiß die Kämmerei"})
    assert shown.h1 == "2 Fragen an das Bauamt"
    assert "Weiter mit Frage" in shown.main
    given_back = text_of(shown.one(".//section[@id='zurueckgegeben']"))
    assert "Zurückgegeben an die Koordination" in given_back
    assert QUESTION[HOUSING].text in given_back
    assert "Das weiß die Kämmerei" not in shown.text
    assert note_of(owner, office.check_id, HOUSING) == "Das weiß die Kämmerei"
    again = clerk.press(shown, take(HOUSING))
    assert again.h1 == "3 Fragen an das Bauamt"
    assert again.value(f"{HOUSING}.note") == "Das weiß die Kämmerei"
    history = owner.open(f"/selbstcheck/{office.check_id}/verlauf").main
    assert "Nicht unsere Zuständigkeit" in history
    assert "Doch zuständig" in history


def test_a_question_with_a_mistake_in_it_stays_until_it_is_put_right(clerk: Visitor, office: Office) -> None:
    shown = clerk.press(clerk.open(office.root), decline(EVENTS), {f"{EVENTS}.value": "viele"}, 422)
    assert shown.value(f"{EVENTS}.value") == "viele"
    assert shown.h1 == "3 Fragen an das Bauamt"


def test_only_own_questions_are_declined(owner: Visitor, clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    for button in ("decline", "take"):
        for question in (FOREIGN, "keine", ""):
            fields = dict(shown.form(SAVE).fields) | {button: question}
            assert clerk.post(office.root, fields).status_code == 303
    assert clerk.open(office.root).h1 == "3 Fragen an das Bauamt"
    assert "Zuständigkeit" not in owner.open(f"/selbstcheck/{office.check_id}/verlauf").main


def test_what_others_are_asked_now_is_gone_from_the_page(app: Flask, clerk: Visitor, office: Office) -> None:
    shown = clerk.press(clerk.open(office.root), decline(HOUSING))
    ask_office(app, office.check_id, HOUSING, label="Kämmerei")
    assert QUESTION[HOUSING].text not in clerk.open(office.root).text
    assert clerk.press(shown, take(HOUSING)).h1 == "2 Fragen an das Bauamt"


def test_an_office_that_gave_everything_back_has_nothing_to_do(clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    for question in (EVENTS, HOUSING, KINDS):
        shown = clerk.press(shown, decline(question))
    assert shown.h1 == "Keine Fragen an das Bauamt"
    assert "nichts zu tun" in shown.main
    assert "Zurückgegeben am" in clerk.press(shown, DONE).main


def test_the_message_is_saved_like_everything_else(clerk: Visitor, office: Office) -> None:
    shown = clerk.press(clerk.open(office.root), SAVE, {MESSAGE: "Der Plan kommt im Januar.\nBitte anrufen."})
    assert shown.value(MESSAGE) == "Der Plan kommt im Januar.\nBitte anrufen."
    answer = send(clerk, shown, {MESSAGE: "Der Plan ist da."})
    assert answer["parts"][MESSAGE]["state"] == "saved"
    assert clerk.open(office.root).value(MESSAGE) == "Der Plan ist da."


@pytest.mark.parametrize(("button", "kept"), [(MINE, "zweite"), (THEIRS, "erste")])
def test_two_people_of_one_office_do_not_write_over_each_other(
    visitor: Callable[[], Visitor], clerk: Visitor, office: Office, button: str, kept: str
) -> None:
    other = office.open(visitor(), "Ute Plan")
    late = other.open(office.root)
    clerk.press(clerk.open(office.root), SAVE, {MESSAGE: "erste"})
    answer = send(other, late, {MESSAGE: "zweite"}, 409)
    assert answer["parts"][MESSAGE] == {"state": "conflict"}
    assert "Udo Bau (Bauamt)" in answer["html"]["#konflikte-an_koordination"]
    met = other.press(late, SAVE, {MESSAGE: "zweite"}, 409)
    assert met.value(MESSAGE) == "zweite"
    other.press(met, button)
    assert clerk.open(office.root).value(MESSAGE) == kept


def test_a_message_that_is_too_long_is_kept_and_not_saved(clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    answer = send(clerk, shown, {MESSAGE: "ä" * 2001}, 422)
    assert "2.000 Zeichen" in answer["parts"][MESSAGE]["errors"]["message"]
    refused = clerk.press(shown, DONE, {MESSAGE: "ä" * 2001}, 422)
    assert refused.value(MESSAGE) == "ä" * 2001
    found = clerk.open(office.root)
    assert found.value(MESSAGE) == ""
    assert "Zurückgegeben am" not in found.main


def test_handing_back_is_possible_with_open_questions_and_not_the_end(
    owner: Visitor, clerk: Visitor, office: Office
) -> None:
    ends = clock.today() + timedelta(days=50)
    shown = clerk.open(office.root)
    assert "Noch ist keine der 3 Fragen beantwortet." in shown.main
    done = clerk.press(shown, DONE, {f"{HOUSING}.note": "zuletzt noch"})
    assert re.search(r"Zurückgegeben am \d\d\.\d\d\.\d{4}, \d\d:\d\d", done.main)
    assert f"Sie können bis {ends:%d.%m.%Y} noch ändern" in done.main
    assert note_of(owner, office.check_id, HOUSING) == "zuletzt noch"
    assert "An die Koordination zurückgegeben" in owner.open(f"/selbstcheck/{office.check_id}/verlauf").main


def test_the_coordination_sees_that_something_was_changed_afterwards(
    owner: Visitor, clerk: Visitor, office: Office
) -> None:
    team = f"/selbstcheck/{office.check_id}/team"
    done = clerk.press(clerk.open(office.root), DONE, {f"{HOUSING}.note": "zuletzt noch"})
    assert "danach geändert" not in owner.open(team).main
    assert "seitdem etwas geändert" in clerk.press(done, SAVE, {f"{HOUSING}.note": "Nachtrag"}).main
    assert "danach geändert" in owner.open(team).main


def test_nothing_is_handed_back_while_something_could_not_be_saved(clerk: Visitor, office: Office) -> None:
    clerk.press(clerk.open(office.root), DONE, {f"{EVENTS}.value": "viele", f"{EVENTS}.choice": "open"}, 422)
    assert "Zurückgegeben am" not in clerk.open(office.root).main


def test_the_copy_shows_what_was_answered(clerk: Visitor, office: Office) -> None:
    answers = {f"{HOUSING}.choice": "option:nein", f"{HOUSING}.note": "Nur <auf> Anfrage", MESSAGE: "Danke"}
    clerk.press(clerk.press(clerk.open(office.root), SAVE, answers), decline(KINDS))
    copy = clerk.open(f"{office.root}/abdruck")
    assert copy.h1 == "Bauamt"
    for text in (QUESTION[HOUSING].text, "Nein", "Nur <auf> Anfrage", "Danke", "offen", QUESTION[KINDS].text):
        assert text in copy.main
    assert QUESTION[FOREIGN].text not in copy.text


def test_the_enter_key_saves_and_does_nothing_else(clerk: Visitor, office: Office) -> None:
    clerk.press(clerk.open(office.root), decline(KINDS))
    first = clerk.open(office.root).all(".//form//button")[0]
    assert (text_of(first), first.get("name")) == (SAVE, None)


def test_pages_and_saves_take_few_statements(app: Flask, clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    with listen(app) as sent:
        clerk.open(office.root)
    assert len(sent) <= MOST_FOR_PAGE
    for changes in ({f"{HOUSING}.note": "neu"}, {MESSAGE: "neu"}, {f"{EVENTS}.value": "2", f"{EVENTS}.choice": None}):
        with listen(app) as sent:
            send(clerk, shown, changes)
        assert len(sent) <= MOST_FOR_SAVE, changes


def join(visitor: Visitor, office: Office) -> Page:
    """Opens the link of an office in this browser."""
    return visitor.press(visitor.open(f"/zugang/{office.token}"), "Öffnen", {"name": "Udo Bau"})


def test_who_opened_two_offices_goes_from_one_to_the_other(
    app: Flask, visitor: Callable[[], Visitor], check: str, office: Office
) -> None:
    treasury = ask_office(app, check, FOREIGN, label="Kasse")
    both = visitor()
    first = join(both, office)
    assert "Auf diesem Gerät auch geöffnet" not in first.main
    second = join(both, treasury)
    assert second.h1 == "1 Frage an die Kasse"
    back = both.press(second, "Fragen an das Bauamt")
    assert back.h1 == "3 Fragen an das Bauamt"
    send(both, back, {f"{EVENTS}.note": "vom Bauamt"})
    again = both.press(both.open(office.root), "Fragen an die Kasse")
    assert again.h1 == "1 Frage an die Kasse"
    assert "vom Bauamt" not in again.main
    assert "vom Bauamt" in both.press(again, "Fragen an das Bauamt").source
    with both.client.session_transaction() as session:
        assert len(session["grants"]) == 2


def test_nobody_goes_over_to_an_office_that_is_not_theirs_or_closed(
    app: Flask, visitor: Callable[[], Visitor], check: str, office: Office, clerk: Visitor
) -> None:
    treasury = ask_office(app, check, FOREIGN, label="Kasse")
    csrf = clerk.open(office.root).value("csrf_token")
    for place in (treasury.place_id, office.place_id + "x", "%00", "ä" * 300, ""):
        clerk.send(f"{office.root}/wechseln", {"csrf_token": csrf, "stelle": place}, 404)
    join(clerk, treasury)
    office.withdraw()
    closed = clerk.open(office.root)
    assert closed.h1 == "1 Frage an die Kasse"
    assert "Auf diesem Gerät auch geöffnet" not in closed.main
    clerk.send(f"{office.root}/wechseln", {"csrf_token": csrf, "stelle": office.place_id}, 404)
