"""„Alle Daten (JSON)“ as people load it down, and a new self-check from it."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from selfcheck.reporting.words import german
from selfcheck.store.data.models import COMPLETE
from selfcheck.web.http import attempts
from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin, check, fill
from tests.web.world import World

ADDRESS = "/selbstcheck/neu/aus-datei"


def load_down(visitor: Visitor, check_id: str, link: str = "Alle Daten (JSON)") -> TestResponse:
    return visitor.client.get(visitor.open(f"/selbstcheck/{check_id}").link(link), base_url=visitor.base)


def send(visitor: Visitor, content: bytes, *, key: str = "") -> TestResponse:
    form = visitor.open(ADDRESS)
    fields: dict[str, Any] = {name: form.value(name) for name in ("csrf_token", "key")}
    fields |= {"key": key or fields["key"], "file": (BytesIO(content), "alle-daten.json")}
    return visitor.client.post(ADDRESS, data=fields, base_url=visitor.base, headers={"Referer": visitor.base + ADDRESS})


def bring(visitor: Visitor, content: bytes) -> Page:
    answer = send(visitor, content)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return visitor.open(answer.headers["Location"])


def refuse(visitor: Visitor, content: bytes, status: int = 422) -> str:
    page = check(send(visitor, content))
    assert page.status == status
    assert "Aus dieser Datei geht es nicht" in page.main
    assert page.all(".//input[@type='file'][@aria-invalid='true']")
    return page.main


def test_the_file_is_handed_over_to_be_kept_and_stored_nowhere_else(page: Visitor, time: Clock) -> None:
    answer = load_down(page, begin(page, municipality="Musterstadt"))
    day = german.day(time.moment.date())
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="Alle Daten Musterstadt, {day}.json"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    COMPLETE.model_validate(answer.json)


def test_a_town_comes_back_with_the_same_points_in_another_browser(page: Visitor, visitor: NewVisitor) -> None:
    check_id = begin(page, interview="2027-06-15")
    fill(page, check_id, towns.sample().answers)
    other = visitor()
    taken = bring(other, load_down(page, check_id, "Ohne Verlauf (JSON)").data)
    assert "Aus Datei übernommen" in taken.main
    assert taken.address != f"/selbstcheck/{check_id}"
    mine, theirs = (
        each.open(f"{address}/ergebnis")
        for each, address in ((page, f"/selbstcheck/{check_id}"), (other, taken.address))
    )
    assert [text_of(table) for table in theirs.all(".//main//table")] == [
        text_of(table) for table in mine.all(".//main//table")
    ]
    assert "Aus Datei übernommen" in other.open(f"{taken.address}/verlauf?was=angaben").main
    assert "Aus Datei übernommen" not in other.open(taken.address).main
    page.open(taken.address, 404)


def test_the_file_without_history_is_small_and_has_no_shares(page: Visitor) -> None:
    check_id = begin(page)
    page.press(page.open(f"/selbstcheck/{check_id}/teilen"), "Link erstellen", {"label": "IHK"})
    whole, part = load_down(page, check_id).json, load_down(page, check_id, "Ohne Verlauf (JSON)").json
    assert whole is not None
    assert part is not None
    assert [share["label"] for share in whole["shares"]] == ["IHK"]
    assert whole["history"]
    assert (part["shares"], part["history"]) == ([], [])


def test_colleagues_get_the_content_but_not_who_takes_part(world: World) -> None:
    address = f"/selbstcheck/{world.check_id}/dokumente/alle-daten.json"
    answer = world.visit("colleague").client.get(address)
    assert answer.json is not None
    assert answer.json["answers"]
    assert (answer.json["places"], answer.json["shares"]) == ([], [])
    assert world.visit("coordinator").client.get(address).json["places"]
    office = world.visit("office").client.get(address)
    assert office.status_code == 403


def test_an_account_keeps_what_it_brings(world: World) -> None:
    coordinator = world.visit("coordinator")
    address = f"/selbstcheck/{world.check_id}/dokumente/alle-daten.json"
    taken = bring(coordinator, coordinator.client.get(address).data)
    assert "grants" not in dict(_session(coordinator))
    assert "Musterstadt am Main" in coordinator.open(taken.address).source


def _session(visitor: Visitor) -> Any:
    with visitor.client.session_transaction() as session:
        return dict(session)


def test_answers_that_do_not_fit_are_named_with_the_way_to_them(page: Visitor) -> None:
    check_id = begin(page)
    fill(page, check_id, towns.sample().answers)
    file = load_down(page, check_id).json
    assert file is not None
    asked = towns.questionnaire().questions[0]
    answer = next(each for each in file["answers"] if each["question"] == asked.id)
    answer["choice"] |= {"state": "given", "value": "Zukunftsbild 2040"}
    taken = bring(page, json.dumps(file).encode())
    assert "stehen auf „noch unklar“" in taken.main
    there = page.open(taken.link(asked.number).partition("#")[0])
    assert "Zukunftsbild 2040" in there.main


def test_another_questionnaire_is_refused(page: Visitor) -> None:
    file = load_down(page, begin(page)).json
    assert file is not None
    file["self_check"]["questionnaire"]["version"] = "1999-1"
    said = refuse(page, json.dumps(file).encode())
    assert "Den Fragebogen „ausgezeichneter-wohnort/1999-1“ gibt es hier nicht." in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "kein lesbares JSON"),
        (b'{"a": NaN}', "ist keine Zahl"),
        (b"[" * 200_000, "tiefer verschachtelt"),
        (b'{"format": "selbstcheck-alle-daten", "version": 1, "answers": 3}', "„answers“: erwartet eine Liste"),
    ],
)
def test_files_that_are_none_are_refused_kindly(page: Visitor, content: bytes, said: str) -> None:
    assert said in refuse(page, content)


def test_more_than_two_megabytes_are_refused_kindly(app: Flask, page: Visitor) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] == 2 * 1024 * 1024
    app.config["MAX_CONTENT_LENGTH"] = 1024  # the client of the tests keeps long bodies in files that it never closes
    assert "größer als 2 MB" in refuse(page, b" " * 1025, 413)


def test_without_a_file_the_page_asks_for_one(page: Visitor) -> None:
    sent = page.press(page.open(ADDRESS), "Aus Datei beginnen", status=422)
    assert "Bitte wählen Sie eine Datei aus." in sent.main


def test_a_double_click_begins_one_self_check(page: Visitor) -> None:
    content, key = load_down(page, begin(page)).data, "a" * 32
    first, second = (send(page, content, key=key).headers["Location"] for _ in range(2))
    assert first == second


def test_too_many_files_from_one_address_have_to_wait(page: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    content = load_down(page, begin(page)).data
    monkeypatch.setitem(attempts.OF_ONE_ADDRESS, "begin", (1, 3600))
    assert send(page, content).status_code == 429


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "javascript:alert(1)", "{{ 7*7 }}", '"><b>'])
def test_what_a_file_says_is_only_ever_text(page: Visitor, text: str) -> None:
    check_id = begin(page)
    fill(page, check_id, towns.sample().answers)
    said = json.loads(load_down(page, check_id).data)
    said["self_check"]["municipality"] = text
    said["answers"][0]["choice"] |= {"state": "given", "value": text}
    for piece in said["evidence"]:
        piece |= {"title": text, "link": text, "usual": False}
    own = {"key": text, "own": True, "first_seen": "2027-01-01", "done": False, "person": text, "note": text}
    step = own | {
        "title": text,
        "due": "2200-12-31",
        "group": text,
        "version": 1,
        "by": text,
        "at": None,
        "removed_at": None,
    }
    said["steps"] = [step, step | {"own": False}]
    address = send(page, json.dumps(said).encode()).headers["Location"].partition("?")[0]
    criteria = [f"/fragen/{criterion.id}" for criterion in towns.questionnaire().criteria]
    for name in ("", *criteria, "/checkliste", "/ziele", "/ergebnis", "/verlauf", "/teilen/vorschau", "/angaben"):
        answer = page.client.get(address + name)
        assert answer.status_code == 200, name
        source = answer.get_data(as_text=True)
        assert "<script>alert" not in source
        assert 'href="javascript' not in source
