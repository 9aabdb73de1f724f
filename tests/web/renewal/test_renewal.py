"""A renewal from a filled town of 2026-1 onto 2026-2; a running self-check onto the newer version; confirming."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask

from selfcheck.core.rules.answers import State
from tests import towns
from tests.conftest import MakeApp
from tests.web.clock import Clock
from tests.web.data.test_data import load_down
from tests.web.document import text_of
from tests.web.office.visits import ask_office
from tests.web.page import Page, Visitor, begin, fill

CRITERION = "strategische-zielsetzung"
GOAL = {"goal.n0123456789abcdef.title": "Radwege"}


@pytest.fixture
def now(make_app: MakeApp) -> Flask:
    return make_app(SELFCHECK_QUESTIONNAIRES=str(towns.SHIPPED))


@pytest.fixture
def old(page: Visitor) -> str:
    """A filled self-check of 2026-1."""
    check = begin(page, interview="2027-06-15")
    fill(page, check, towns.sample().answers)
    return check


@pytest.fixture
def there(page: Visitor, old: str, now: Flask) -> Visitor:
    """The same browser once the newer version is there."""
    visitor = Visitor(now.test_client())
    cookie = page.client.get_cookie("selfcheck")
    assert cookie is not None
    visitor.client.set_cookie("selfcheck", cookie.value)
    return visitor


def count(page: Page, title: str) -> int:
    """The number in the heading of a list of the plan."""
    (heading,) = [text_of(each) for each in page.all(".//main//h2") if text_of(each).startswith(f"{title} (")]
    return int(heading.rpartition("(")[2].rstrip(")"))


def renew(visitor: Visitor, check: str) -> Page:
    looked = visitor.open(visitor.open(f"/selbstcheck/{check}").link("Nächste Auditierung aus diesem Stand beginnen"))
    return visitor.press(looked, "Neuen Selbstcheck beginnen")


def test_the_screen_says_what_would_happen_and_changes_nothing(there: Visitor, old: str) -> None:
    before = load_down(there, old).json
    looked = there.open(f"/selbstcheck/{old}/neu-beginnen")
    assert "Der neue Selbstcheck hat die Fassung 2026-2 des Fragebogens, dieser die Fassung 2026-1." in looked.main
    counts = {title: count(looked, title) for title in ("Bitte prüfen", "Neu", "Entfallen", "Übernommen")}
    assert counts["Entfallen"] == 1
    assert all(counts.values())
    assert sum(counts.values()) <= 38 + 1
    assert "Wie ist verankert" not in looked.main  # lists have the short names
    assert "Sie ersetzt eine oder mehrere frühere Fragen." in looked.main
    after = load_down(there, old).json
    assert before["answers"] == after["answers"]
    assert before["history"] == after["history"]


def test_a_renewal_begins_confirms_and_compares(there: Visitor, old: str) -> None:
    started = renew(there, old)
    assert "Neuer Selbstcheck begonnen" in started.main
    new = started.address.split("/")[2]
    assert new != old
    assert "Re-Auditierung" in started.text
    assert "Noch zu bestätigen:" in started.main
    assert "aus dem letzten Stand übernommen und noch zu bestätigen; sie zählen mit" in started.main
    criterion = there.open(f"/selbstcheck/{new}/fragen/{CRITERION}")
    marked = len(criterion.all(".//input[@name='taken']"))
    assert marked > 1
    one = there.press(criterion, "Stimmt noch, Frage A1")
    assert len(one.all(".//input[@name='taken']")) == marked - 1
    done = there.press(one, "Alle bestätigen")
    assert not done.all(".//input[@name='taken']")
    assert "noch zu bestätigen" not in done.main
    there.press(there.open(f"/selbstcheck/{new}/verlauf"), "Stand benennen", {"name": "Zwischendurch"})
    compared = there.open(started.link("Mit dem letzten Stand vergleichen"))
    assert "Von Letzter Stand vom" in compared.main
    assert "nicht mehr gefragt" in compared.main
    assert "vorher nicht gefragt" in compared.main
    assert there.open(f"/selbstcheck/{old}/fragen/{CRITERION}").all(".//*[@id='frage-leitbild']")
    there.open(f"/selbstcheck/{old}/ergebnis")


def test_the_filter_shows_what_waits(there: Visitor, old: str) -> None:
    new = renew(there, old).address.split("/")[2]
    shown = there.open(f"/selbstcheck/{new}/fragen/{CRITERION}?zeige=zu-bestaetigen")
    cards = shown.all(".//*[@data-question]")
    assert len(cards) == len(shown.all(".//input[@name='taken']"))
    there.press(shown, "Alle bestätigen")
    empty = there.open(f"/selbstcheck/{new}/fragen/{CRITERION}?zeige=zu-bestaetigen")
    assert "Keine Frage dieses Kriteriums ist „noch zu bestätigen“" in empty.main
    chips = [text_of(chip) for chip in there.open(f"/selbstcheck/{new}/fragen/{CRITERION}").all(".//a[@class='chip']")]
    assert not any("bestätigen" in chip for chip in chips)


def test_saving_an_answer_confirms_it(there: Visitor, old: str) -> None:
    new = renew(there, old).address.split("/")[2]
    address = f"/selbstcheck/{new}/fragen/{CRITERION}?offen=alle"
    page = there.open(address)
    waiting = len(page.all(".//input[@name='taken']"))
    there.press(page, "Speichern und weiter", {"beschluss.choice": "option:nein"})
    assert len(there.open(address).all(".//input[@name='taken']")) == waiting - 1
    there.press(there.open(address), "Speichern und weiter")
    assert len(there.open(address).all(".//input[@name='taken']")) == waiting - 1


def test_what_somebody_answered_meanwhile_is_not_confirmed_unseen(there: Visitor, old: str) -> None:
    new = renew(there, old).address.split("/")[2]
    address = f"/selbstcheck/{new}/fragen/{CRITERION}?offen=alle"
    seen = there.open(address)
    there.press(there.open(address), "Speichern und weiter", {"beschluss.choice": "option:nein"})
    there.press(seen, "Alle bestätigen")
    again = there.open(address)
    assert not again.all(".//input[@name='taken']")
    assert again.all(".//input[@name='beschluss.choice'][@value='option:nein'][@checked]")


def test_the_decision_of_last_time_is_to_be_looked_at(there: Visitor, old: str) -> None:
    sentence = "Der Beschluss zur letzten Auditierung zählt nicht. Gefragt ist der Beschluss zur erneuten Teilnahme."
    looked = there.open(f"/selbstcheck/{old}/neu-beginnen")
    (to_check,) = looked.all(".//section[@aria-labelledby='pruefen']")
    assert sentence in text_of(to_check)
    new = renew(there, old).address.split("/")[2]
    card = there.open(f"/selbstcheck/{new}/fragen/{CRITERION}?offen=alle").one(".//*[@id='frage-beschluss']")
    assert f"Bitte prüfen: {sentence}" in text_of(card)
    assert sentence not in there.open(f"/selbstcheck/{old}/neue-fassung").main


def test_goals_of_last_time_are_judged(there: Visitor, page: Visitor, old: str) -> None:
    there.press(there.open(f"/selbstcheck/{old}/ziele"), "Speichern", GOAL | {"goal.n0123456789abcdef.version": "0"})
    new = renew(there, old).address.split("/")[2]
    goals = there.open(f"/selbstcheck/{new}/ziele")
    (named,) = goals.all(".//input[@value='Radwege']")
    assert str(named.get("name")).startswith("past_goal.")


def test_a_running_self_check_moves_after_a_look(there: Visitor, old: str) -> None:
    offered = there.open(f"/selbstcheck/{old}")
    assert "Neue Fassung des Fragebogens: 2026-2" in offered.main
    looked = there.open(offered.link("Ansehen, was sich ändern würde"))
    assert "Zurück auf die alte Fassung geht es nicht." in looked.main
    moved = there.press(looked, "Auf Fassung 2026-2 wechseln")
    assert "Auf die neue Fassung gewechselt" in moved.main
    assert "Neue Fassung des Fragebogens" not in moved.main
    assert there.open(f"/selbstcheck/{old}/fragen/{CRITERION}").all(".//*[@id='frage-verankerung']")
    history = there.open(f"/selbstcheck/{old}/verlauf")
    assert "Auf neuere Fassung des Fragebogens gebracht" in history.main
    assert "Diese Änderung zurücknehmen" not in history.main
    assert "Zu diesem Stand zurückgehen" not in history.main
    compared = there.open(f"/selbstcheck/{old}/verlauf/vergleich")
    assert "nicht mehr gefragt" in compared.main
    again = there.open(f"/selbstcheck/{old}/neue-fassung")
    assert "schon die neueste Fassung" in again.main


def test_what_was_typed_into_a_page_of_the_old_version_is_handed_back(there: Visitor, old: str) -> None:
    stale = there.open(f"/selbstcheck/{old}/fragen/{CRITERION}?offen=alle")
    there.press(there.open(f"/selbstcheck/{old}/neue-fassung"), "Auf Fassung 2026-2 wechseln")
    refused = there.press(stale, "Speichern und weiter", {"leitbild.note": "Gerade erst getippt"}, 409)
    assert "neuere Fassung des Fragebogens" in refused.main
    assert "Gerade erst getippt" in refused.main


def test_an_office_with_a_page_of_the_old_version_reads_why_and_gets_its_text_back(
    there: Visitor, now: Flask, old: str
) -> None:
    office = ask_office(now, old, "leitbild", "beschluss")
    clerk = office.open(Visitor(now.test_client()))
    stale = clerk.open(office.root)
    piece = clerk.open(f"{office.root}/nachweise/beschluss/neu")
    there.press(there.open(f"/selbstcheck/{old}/neue-fassung"), "Auf Fassung 2026-2 wechseln")
    typed = {"leitbild.note": "Im Bauamt getippt", "beschluss.note": "Auch das"}
    refused = clerk.press(stale, "Speichern", typed, 409)
    assert "Dieser Selbstcheck hat jetzt eine neuere Fassung des Fragebogens" in refused.main
    assert "Im Bauamt getippt" in refused.main
    assert "2026-1" not in refused.main
    (title,) = [name for name, _ in piece.form("Beleg speichern").fields if name.endswith(".title")]
    refused = clerk.press(piece, "Beleg speichern", {title: "Niederschrift von gestern"}, 409)
    assert "Niederschrift von gestern" in refused.main
    told = clerk.post(office.root, stale.form("Speichern").fields, headers={"Accept": "application/json"})
    assert (told.status_code, "neuere Fassung" in told.get_json()["error"]) == (409, True)
    fresh = clerk.open(office.root)
    saved = clerk.press(fresh, "Speichern", {"beschluss.note": "Im Bauamt neu getippt"})
    assert "Im Bauamt neu getippt" in saved.source
    assert "Im Bauamt getippt" not in saved.source


def test_questions_of_a_file_that_somebody_looked_at_before_the_move_are_not_written(there: Visitor, old: str) -> None:
    root = f"/selbstcheck/{old}/fragen-excel"
    fields = {"csrf_token": there.open(root).value("csrf_token"), "fassung": towns.questionnaire().name}
    fields |= {"beschluss.note": "Aus Excel", "beschluss.note-version": "1", "beschluss.note-base": ""}
    there.press(there.open(f"/selbstcheck/{old}/neue-fassung"), "Auf Fassung 2026-2 wechseln")
    refused = there.send(f"{root}/uebernehmen", fields, 409)
    assert "Aus Excel" in refused.main


def test_an_office_confirms_what_was_taken_over(there: Visitor, now: Flask, old: str) -> None:
    new = renew(there, old).address.split("/")[2]
    office = ask_office(now, new, "beschluss", "verankerung")
    clerk = office.open(Visitor(now.test_client()))
    shown = clerk.open(office.root)
    seen = {str(each.get("value")).partition(":")[0] for each in shown.all(".//input[@name='taken']")}
    assert seen == {"beschluss", "verankerung"}
    token = shown.value("csrf_token")
    taken = [str(each.get("value")) for each in shown.all(".//input[@name='taken']")]
    fields = [("csrf_token", token), *(("taken", each) for each in taken)]
    confirmed = clerk.send(office.root, [*fields, ("confirm", "beschluss")])
    (left,) = confirmed.all(".//input[@name='taken']")
    assert str(left.get("value")).startswith("verankerung:")
    chosen = confirmed.all(".//input[@name='beschluss.choice'][@checked]")
    assert [each.get("value") for each in chosen] == ["option:vorstand"]
    told = there.open(f"/selbstcheck/{new}/verlauf").main
    assert "Bauamt" in told


@pytest.mark.parametrize("named", ["verankerung", "nichts", "\x00", "alle", "beschluss:999", "9" * 5000])
def test_an_office_confirms_nothing_that_is_not_its_own(there: Visitor, now: Flask, old: str, named: str) -> None:
    new = renew(there, old).address.split("/")[2]
    address = f"/selbstcheck/{new}/fragen/{CRITERION}?offen=alle"
    waiting = [str(each.get("value")) for each in there.open(address).all(".//input[@name='taken']")]
    office = ask_office(now, new, "beschluss")
    clerk = office.open(Visitor(now.test_client()))
    token = clerk.open(office.root).value("csrf_token")
    seen = [each for each in waiting if not each.startswith("beschluss:")]
    fields = [("csrf_token", token), *(("taken", each) for each in [*seen, f"{named}:1", "beschluss:x"])]
    assert clerk.post(office.root, [*fields, ("confirm", named)]).status_code in (303, 400)
    assert [str(each.get("value")) for each in there.open(address).all(".//input[@name='taken']")] == waiting


@pytest.mark.parametrize("newest", ["", "-1", "0", "x", "٣", "9" * 18, "9" * 5000, "1e3", None])
def test_a_forged_newest_change_moves_nothing(there: Visitor, old: str, newest: str | None) -> None:
    looked = there.open(f"/selbstcheck/{old}/neue-fassung")
    stopped = there.press(looked, "Auf Fassung 2026-2 wechseln", {"newest": newest}, 409)
    assert "Inzwischen hat sich etwas geändert" in stopped.main
    assert "Neue Fassung des Fragebogens: 2026-2" in there.open(f"/selbstcheck/{old}").main


def test_the_newest_change_of_another_self_check_moves_nothing(there: Visitor, old: str) -> None:
    other = renew(there, old).address.split("/")[2]
    foreign = there.open(f"/selbstcheck/{other}/neue-fassung?erneuern=1").value("newest")
    looked = there.open(f"/selbstcheck/{old}/neue-fassung")
    there.press(looked, "Auf Fassung 2026-2 wechseln", {"newest": foreign}, 409)


@pytest.mark.parametrize("stand", ["stand-0", "stand-" + "9" * 40, "nichts", "\x00", "a" * 5000])
def test_a_stand_that_there_is_not_begins_from_now(there: Visitor, old: str, stand: str) -> None:
    looked = there.open(f"/selbstcheck/{old}/neu-beginnen")
    begun = there.press(looked, "Neuen Selbstcheck beginnen", {"stand": stand})
    assert begun.status == 200
    assert begun.address.split("/")[2] != old


def test_a_change_in_between_is_shown_before_anything_happens(there: Visitor, old: str) -> None:
    looked = there.open(f"/selbstcheck/{old}/neue-fassung")
    address = f"/selbstcheck/{old}/fragen/{CRITERION}?offen=alle"
    there.press(there.open(address), "Speichern und weiter", {"beschluss.note": "Neu gefasst"})
    stopped = there.press(looked, "Auf Fassung 2026-2 wechseln", status=409)
    assert "Inzwischen hat sich etwas geändert" in stopped.main
    assert "Auf die neue Fassung gewechselt" in there.press(stopped, "Auf Fassung 2026-2 wechseln").main


def test_a_renewal_begins_from_a_stand_with_a_name(there: Visitor, old: str) -> None:
    history = there.open(f"/selbstcheck/{old}/verlauf")
    there.press(history, "Stand benennen", {"name": "Zum Prüfgespräch"})
    address = f"/selbstcheck/{old}/fragen/{CRITERION}?offen=alle"
    there.press(there.open(address), "Speichern und weiter", {"beschluss.note": "Nach dem Gespräch"})
    named = there.open(
        there.open(f"/selbstcheck/{old}/verlauf").link("Neu beginnen aus diesem Stand: Zum Prüfgespräch")
    )
    new = there.press(named, "Neuen Selbstcheck beginnen").address.split("/")[2]
    assert "Letzter Stand: Zum Prüfgespräch" in there.open(f"/selbstcheck/{new}/verlauf").main
    assert "Nach dem Gespräch" not in there.open(f"/selbstcheck/{new}/fragen/{CRITERION}?offen=alle").source


def test_a_renewal_begins_from_a_file(there: Visitor, now: Flask, old: str) -> None:
    content = load_down(there, old).data
    other = Visitor(now.test_client())
    form = other.open("/selbstcheck/neu/aus-datei")
    fields = {name: form.value(name) for name in ("csrf_token", "key")} | {"renewal": "y"}
    sent = other.client.post(
        "/selbstcheck/neu/aus-datei",
        data=fields | {"file": (BytesIO(content), "alle-daten.json")},
        base_url=other.base,
        headers={"Referer": other.base},
    )
    looked = other.open(sent.headers["Location"])
    assert looked.h1 == "Daraus die nächste Auditierung beginnen"
    begun = other.press(looked, "Auditierung beginnen")
    assert "Neuer Selbstcheck begonnen" in begun.main
    assert "Noch zu bestätigen:" in begun.main


def test_how_long_the_label_is_valid_and_when_to_begin_again(page: Visitor, time: Clock) -> None:
    time.moment = datetime(2027, 3, 1, 10, tzinfo=UTC)
    check = begin(page)
    details = page.open(f"/selbstcheck/{check}/angaben")
    refused = page.press(details, "Speichern", {"awarded": "2027-03-02"}, 422)
    assert "Dieser Tag kommt erst noch" in refused.main
    page.press(details, "Speichern", {"awarded": "14.02.2027"})
    shown = page.open(f"/selbstcheck/{check}")
    assert "Ausgezeichnet am 14.02.2027, gültig bis 14.02.2030." in shown.main
    assert "Mit der nächsten Auditierung beginnen Sie am besten ab 14.05.2029." in shown.main
    assert "Zeit für die nächste Auditierung" not in shown.main
    assert "Auszeichnung bis" not in page.open("/selbstchecks").main
    time.moment = datetime(2029, 5, 14, 10, tzinfo=UTC)
    assert "Zeit für die nächste Auditierung" in page.open(f"/selbstcheck/{check}").main
    assert "Auszeichnung bis 14.02.2030: Zeit für die nächste Auditierung" in page.open("/selbstchecks").main


def test_the_same_version_takes_everything_over(page: Visitor, old: str) -> None:
    looked = page.open(f"/selbstcheck/{old}/neu-beginnen")
    assert (count(looked, "Neu"), count(looked, "Entfallen")) == (0, 0)
    answered = [answer for answer in towns.sample().answers.values() if answer.state is not State.OPEN]
    assert count(looked, "Übernommen") + count(looked, "Bitte prüfen") >= len(answered)
