"""Nobody fills the disk: saves have a pace and a self-check a ceiling, and both are said without losing a text."""

from __future__ import annotations

import pytest

from selfcheck.store.database import limits
from selfcheck.web.http.load import pace
from tests import towns
from tests.web.forms import JSON, name_button
from tests.web.page import NewVisitor, Visitor, begin

CRITERION = towns.questionnaire().criteria[0]
NOTE = f"{CRITERION.questions[0].id}.note"


def save_note(visitor: Visitor, check_id: str, text: str, status: int = 200) -> str:
    page = visitor.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}")
    return visitor.press(page, "Speichern und weiter", {NOTE: text}, status).main


def test_whoever_saves_too_often_is_told_and_keeps_the_text(
    page: Visitor, check: str, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "SAVES", (2, 600))
    for text in ("eins", "zwei"):
        save_note(page, check, text)
    refused = save_note(page, check, "Der dritte Text", 429)
    assert "Das ging zu schnell" in refused
    assert "Der dritte Text" in refused
    assert "zwei" in page.open(f"/selbstcheck/{check}/fragen/{CRITERION.id}").value(NOTE)
    somebody = visitor()
    save_note(somebody, begin(somebody), "Andere stört das nicht")


def test_our_script_is_told_the_same(page: Visitor, check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page.open(f"/selbstcheck/{check}/fragen/{CRITERION.id}")
    monkeypatch.setattr(pace, "SAVES", (0, 600))
    answer = page.post(shown.address, shown.form("Speichern und weiter").fields, headers=JSON)
    assert answer.status_code == 429
    assert "Warten Sie einige Minuten" in answer.json["text"]


def test_time_that_has_passed_is_forgotten() -> None:
    counting = pace.Pace()
    assert [counting.count(1, 2, 600, moment) for moment in (0, 1, 2, 599, 600.5)] == [True, True, False, False, True]


def test_what_is_remembered_of_visitors_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_REMEMBERED", 2)
    counting = pace.Pace()
    assert all(counting.count(key, 1, 600, 0) for key in (1, 2, 3, 1))


def test_a_full_self_check_takes_nothing_more_and_says_so(
    page: Visitor, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_note(page, check, "Das steht da")
    monkeypatch.setattr(limits, "HISTORY", 1500)
    save_note(page, check, "x" * 900)
    refused = save_note(page, check, "y" * 900, 413)
    assert "Dieser Selbstcheck ist voll" in refused
    assert "y" * 900 in refused
    assert page.open(f"/selbstcheck/{check}/fragen/{CRITERION.id}").value(NOTE) == "x" * 900


def test_going_back_and_sharing_count_too(page: Visitor, check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    save_note(page, check, "x" * 900)
    monkeypatch.setattr(limits, "HISTORY", 1000)
    history = page.open(f"/selbstcheck/{check}/verlauf")
    refused = page.press(history, name_button(history, "Diese Änderung zurücknehmen"), status=413)
    assert "Dieser Selbstcheck ist voll" in refused.main
    refused = page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen", status=413)
    assert "Dieser Selbstcheck ist voll" in refused.main


def test_a_text_can_be_taken_out_of_a_full_self_check(
    page: Visitor, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_note(page, check, "Zu persönlich")
    monkeypatch.setattr(limits, "HISTORY", 1)
    where = f"/selbstcheck/{check}/verlauf/entfernen/erlaeuterung/{CRITERION.questions[0].id}"
    page.press(page.open(where), "Überall entfernen", {"reason": "Name"})
    assert "Zu persönlich" not in page.open(f"/selbstcheck/{check}/verlauf").source
