"""The page of one piece of evidence: what it says, what is refused, two windows, several questions, and offices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.office.visits import ask_office
from tests.web.page import Fields, Page, Visitor

SAVE, MINE, THEIRS = "Beleg speichern", "Meine Angabe übernehmen", "Andere Angabe behalten"
QUESTION = towns.questionnaire().question
LEITBILD = QUESTION[next(id for id in QUESTION if id == "leitbild")]
USUAL = LEITBILD.evidence[0]
ELSEWHERE = "beschluss"


@pytest.fixture
def piece(page: Visitor, check: str) -> Callable[[str], Page]:
    """Opens the page of a piece of the question `leitbild`."""
    return lambda key: page.open(f"/selbstcheck/{check}/nachweise/leitbild/{key}")


def name_of(found: Page, field: str) -> str:
    return next(name for name, _ in found.form(SAVE).fields if name.endswith(f".{field}"))


def said(found: Page, **fields: str | list[str] | None) -> Fields:
    prefix = name_of(found, "version").removesuffix("version")
    return {f"{prefix}{field}": value for field, value in fields.items()}


def card(page: Visitor, check: str) -> Page:
    return page.open(f"/selbstcheck/{check}/fragen/{LEITBILD.criterion}?offen=alle")


def lines(found: Page) -> list[str]:
    """What a card says of each piece of the question."""
    return [text_of(each) for each in found.all(".//section[@id='frage-leitbild']//li[@class='evidence']")]


def test_everything_said_of_a_piece_stands_there_again(page: Visitor, check: str, piece: Callable[[str], Page]) -> None:
    entered = {
        "title": "Leitbild 2035",
        "kind": "concept",
        "link": "https://www.musterstadt.de/leitbild",
        "file_number": "10-4/2",
        "page": "12",
        "dated": "23.06.2022",
        "valid_until": "31.12.2030",
    }
    opened = piece("neu")
    shown = page.press(opened, SAVE, said(opened, **entered))
    assert shown.address == f"/selbstcheck/{check}/fragen/{LEITBILD.criterion}"
    assert any("Leitbild 2035" in line and "10-4/2, Seite 12" in line for line in lines(shown))
    found = page.open(shown.link(f"Bearbeiten, Leitbild 2035, Frage {LEITBILD.number}"))
    for field in ("title", "link", "file_number", "page", "dated", "valid_until"):
        assert found.value(name_of(found, field)) == entered[field], field
    assert (name_of(found, "kind"), "concept") in found.form(SAVE).fields
    told = page.open(f"/selbstcheck/{check}/verlauf").main
    assert "Art: Konzept" in told
    assert "Datum des Dokuments: 23.06.2022" in told


def test_a_document_cannot_end_before_its_own_day(page: Visitor, check: str, piece: Callable[[str], Page]) -> None:
    opened = piece("neu")
    days = {"dated": "2026-05-03", "valid_until": "2026-05-02"}
    refused = page.press(opened, SAVE, said(opened, title="Ratsbrief", **days), 422)
    assert "„gültig bis“ liegt vor dem Datum des Dokuments." in refused.main
    page.press(refused, SAVE, said(refused, **days | {"valid_until": "2026-05-03"}))
    assert any("Ratsbrief" in line for line in lines(card(page, check)))


def test_a_suggestion_takes_the_name_of_the_document(page: Visitor, check: str, piece: Callable[[str], Page]) -> None:
    opened = piece("u0")
    assert USUAL in opened.main
    page.press(opened, SAVE, said(opened, name="Leitbild 2035", file_number="10-4/2"))
    shown = lines(card(page, check))
    assert len(shown) == 1, "what is only suggested gives way"
    assert "Leitbild 2035" in shown[0]
    assert piece("u0").value(name_of(piece("u0"), "name")) == "Leitbild 2035"


def test_a_tick_on_the_card_leaves_the_place_alone(page: Visitor, check: str, piece: Callable[[str], Page]) -> None:
    opened = piece("u0")
    page.press(opened, SAVE, said(opened, file_number="10-4/2", state="missing"))
    shown = card(page, check)
    names = [str(each.get("name")) for each in shown.controls]
    name = next(each for each in names if each.startswith("leitbild.e.") and each.endswith(".state"))
    page.press(shown, "Speichern und weiter", {name: "available"})
    found = piece("u0")
    assert found.value(name_of(found, "file_number")) == "10-4/2"
    assert (name_of(found, "state"), "available") in found.form(SAVE).fields


@pytest.mark.parametrize("place", [{}, {"page": "12"}])
def test_a_document_without_a_place_says_so_on_the_card(
    page: Visitor, check: str, piece: Callable[[str], Page], place: dict[str, str]
) -> None:
    opened = piece("neu")
    page.press(opened, SAVE, said(opened, title="Ratsbrief", **place))
    shown = card(page, check)
    assert any("Fundstelle fehlt" in line for line in lines(shown))
    found = page.open(shown.link(f"Fundstelle ergänzen, Ratsbrief, Frage {LEITBILD.number}"))
    page.press(found, SAVE, said(found, link="https://www.musterstadt.de/ratsbrief"))
    assert not any("Fundstelle fehlt" in line for line in lines(card(page, check)))


@pytest.mark.parametrize(
    ("field", "entered", "wanted"),
    [
        ("link", "javascript:alert(1)", "https://"),
        ("link", "ftp://www.musterstadt.de", "https://"),
        ("valid_until", "31.02.2027", "31.02.2027 gibt es nicht"),
        ("dated", "bald", "30.06.2027"),
        ("title", "", "Titel"),
        ("title", "t" * 201, "200"),
        ("page", "s" * 41, "40"),
        ("file_number", "a" * 121, "120"),
    ],
)
def test_a_mistake_is_refused_at_its_field_and_stays(
    page: Visitor, piece: Callable[[str], Page], field: str, entered: str, wanted: str
) -> None:
    opened = piece("neu")
    found = page.press(opened, SAVE, said(opened, **{"title": "Ratsbrief", "file_number": "1", field: entered}), 422)
    name = name_of(found, field)
    assert found.value(name) == entered
    assert wanted in text_of(found.one(f".//*[@id='{name}-fehler']"))
    assert found.all(f".//a[@href='#{name}']")


@pytest.mark.parametrize("kind", ["quatsch", "k" * 3000])
def test_a_kind_that_nobody_offers_is_none(page: Visitor, check: str, piece: Callable[[str], Page], kind: str) -> None:
    opened = piece("neu")
    page.press(opened, SAVE, said(opened, title="Ratsbrief", kind=kind, questions=["leitbild", "quatsch", "x" * 3000]))
    assert any("Ratsbrief" in line for line in lines(card(page, check)))


@pytest.mark.parametrize(("button", "kept"), [(MINE, "Ordner zwei"), (THEIRS, "Ordner eins")])
def test_a_suggestion_written_in_two_windows_is_decided(
    page: Visitor, piece: Callable[[str], Page], button: str, kept: str
) -> None:
    early, late = piece("u0"), piece("u0")
    page.press(early, SAVE, said(early, file_number="Ordner eins"))
    met = page.press(late, SAVE, said(late, state="missing", file_number="Ordner zwei"), 409)
    assert [text_of(each) for each in met.one(".//*[@id='konflikte-leitbild']").iter("dd")] == [
        f"{USUAL}: fehlt noch, Ordner zwei",
        f"{USUAL}: liegt vor, Ordner eins",
    ]
    met = page.press(met, SAVE, status=409)
    assert met.value(name_of(met, "file_number")) == "Ordner zwei"
    page.press(met, button)
    found = piece("u0")
    assert found.value(name_of(found, "file_number")) == kept


@pytest.mark.parametrize(("button", "there"), [(MINE, False), (THEIRS, True)])
def test_taking_away_what_somebody_changed_is_decided(
    page: Visitor, check: str, piece: Callable[[str], Page], button: str, there: bool
) -> None:
    opened = piece("neu")
    page.press(opened, SAVE, said(opened, title="Ratsbrief"))
    leads = card(page, check).link(f"Fundstelle ergänzen, Ratsbrief, Frage {LEITBILD.number}")
    early, late = page.open(leads), page.open(leads)
    page.press(early, SAVE, said(early, page="12"))
    met = page.press(late, SAVE, said(late, remove="y", valid_until="irgendwann"), 409)
    page.press(met, button)
    assert any("Ratsbrief" in line for line in lines(card(page, check))) is there


@pytest.mark.parametrize(("button", "there"), [(MINE, True), (THEIRS, False)])
def test_changing_what_somebody_took_away_is_decided(
    page: Visitor, check: str, piece: Callable[[str], Page], button: str, there: bool
) -> None:
    opened = piece("neu")
    page.press(opened, SAVE, said(opened, title="Ratsbrief"))
    leads = card(page, check).link(f"Fundstelle ergänzen, Ratsbrief, Frage {LEITBILD.number}")
    early, late = page.open(leads), page.open(leads)
    page.press(early, SAVE, said(early, remove="y"))
    met = page.press(late, SAVE, said(late, page="12"), 409)
    page.press(met, button)
    assert any("Seite 12" in line for line in lines(card(page, check))) is there


def test_the_same_form_sent_twice_adds_one_piece(page: Visitor, check: str, piece: Callable[[str], Page]) -> None:
    opened = piece("neu")
    for _ in range(2):
        page.press(opened, SAVE, said(opened, title="Ratsbrief"))
    assert sum("Ratsbrief" in line for line in lines(card(page, check))) == 1


def test_our_script_saves_a_piece_as_it_is_typed(page: Visitor, piece: Callable[[str], Page]) -> None:
    opened = piece("u0")
    fields = dict(opened.form(SAVE).fields) | {name_of(opened, "file_number"): "Ordner 3"}
    answer = page.post(opened.address, fields, headers={"Accept": "application/json"})
    (part,) = answer.json["parts"].values()
    assert (answer.status_code, part["state"], part["version"]) == (200, "saved", 1)
    assert part["name"] != "leitbild.e.u0"


def test_one_document_proves_several_questions_and_is_one_line(
    page: Visitor, check: str, piece: Callable[[str], Page]
) -> None:
    criterion = f"/selbstcheck/{check}/fragen/{LEITBILD.criterion}"
    answers = {"leitbild.choice": "option:ja", f"{ELSEWHERE}.choice": "option:vertretung"}
    page.press(page.open(criterion), "Speichern und weiter", answers)
    opened = piece("neu")
    page.press(
        opened, SAVE, said(opened, title="Ratsbeschluss", file_number="10-4/2", questions=["leitbild", ELSEWHERE])
    )
    found = page.open(criterion)
    for question in ("leitbild", ELSEWHERE):
        assert "belegt" in text_of(found.one(f".//*[@id='stand-{question}']"))
    register = page.open(f"/selbstcheck/{check}/nachweise")
    assert sum("Ratsbeschluss" in text_of(each) for each in register.all(".//li[@class='register__row']")) == 1
    assert f"auch für {QUESTION[next(id for id in QUESTION if id == ELSEWHERE)].number}" in register.main


def _wander(page: Visitor, piece: Callable[[str], Page], time: Clock, key: str, **entered: str) -> None:
    """Writes a piece of one question, and gives it to another one instead a while later."""
    opened = piece(key)
    found = page.press(opened, SAVE, said(opened, **entered))
    name = entered.get("title") or entered["name"]
    time.wait(minutes=20)
    change = page.open(found.link(f"Fundstelle ergänzen, {name}, Frage {LEITBILD.number}"))
    page.press(change, SAVE, said(change, questions=[ELSEWHERE]))


@pytest.mark.parametrize(("key", "field"), [("neu", "title"), ("u0", "name")])
def test_a_piece_can_belong_to_other_questions_than_its_first(
    page: Visitor, check: str, piece: Callable[[str], Page], time: Clock, key: str, field: str
) -> None:
    criterion = f"/selbstcheck/{check}/fragen/{LEITBILD.criterion}"
    answers = {"leitbild.choice": "option:ja", f"{ELSEWHERE}.choice": "option:vertretung"}
    page.press(page.open(criterion), "Speichern und weiter", answers)
    _wander(page, piece, time, key, **{field: "Ratsbeschluss"})
    found = page.open(f"{criterion}?offen=alle")
    assert "Beleg angegeben" in text_of(found.one(f".//*[@id='stand-{ELSEWHERE}']"))
    assert "Beleg fehlt" in text_of(found.one(".//*[@id='stand-leitbild']"))
    assert not any("Ratsbeschluss" in line for line in lines(found))
    assert "Ratsbeschluss" in text_of(found.one(f".//section[@id='frage-{ELSEWHERE}']"))
    told = page.open(f"/selbstcheck/{check}/verlauf").main
    assert f"gehört zu: {LEITBILD.number}" in told
    assert f"gehört zu: {next(each.number for id, each in QUESTION.items() if id == ELSEWHERE)}" in told
    opened = piece("u0")
    page.press(opened, SAVE, said(opened, name="Leitbild 2035"))
    assert any("Leitbild 2035" in line for line in lines(card(page, check)))
    assert "Ratsbeschluss" in text_of(card(page, check).one(f".//section[@id='frage-{ELSEWHERE}']"))


def test_a_suggestion_that_is_given_to_another_question_at_once_is_a_document_of_its_own(
    page: Visitor, check: str, piece: Callable[[str], Page]
) -> None:
    opened = piece("u0")
    page.press(opened, SAVE, said(opened, name="Ratsbeschluss", questions=[ELSEWHERE]))
    assert any(USUAL in line for line in lines(card(page, check))), "it is still what usually proves this question"
    found = page.open(f"/selbstcheck/{check}/fragen/{LEITBILD.criterion}?offen=alle")
    assert "Ratsbeschluss" in text_of(found.one(f".//section[@id='frage-{ELSEWHERE}']"))


def test_a_piece_belongs_to_at_least_one_question(page: Visitor, piece: Callable[[str], Page]) -> None:
    opened = piece("neu")
    found = page.press(opened, SAVE, said(opened, title="Ratsbrief", questions=[""]), 422)
    assert "Bitte wählen Sie mindestens eine Frage." in found.main
    assert found.value(name_of(found, "title")) == "Ratsbrief"


@pytest.mark.parametrize("key", ["0", "99999", "u7", "u", "x", "9" * 30, "u٣"])
def test_a_piece_that_there_is_not_is_a_page_that_is_not_there(page: Visitor, check: str, key: str) -> None:
    page.open(f"/selbstcheck/{check}/nachweise/leitbild/{key}", 404)


def test_an_office_opens_pieces_of_its_questions_only(
    app: Flask, page: Visitor, visitor: Callable[[], Visitor], check: str
) -> None:
    office = ask_office(app, check, ELSEWHERE)
    clerk = office.open(visitor())
    assert clerk.open(f"{office.root}/nachweise/{ELSEWHERE}/neu").form(SAVE)
    clerk.open(f"{office.root}/nachweise/leitbild/neu", 403)
    clerk.open(f"/selbstcheck/{check}/nachweise/{ELSEWHERE}/neu", 403)
    clerk.open(f"/selbstcheck/{check}/nachweise", 403)


def test_an_office_writes_a_shared_piece_and_leaves_other_questions_with_it(
    app: Flask, page: Visitor, visitor: Callable[[], Visitor], check: str, piece: Callable[[str], Page]
) -> None:
    opened = piece("neu")
    page.press(opened, SAVE, said(opened, title="Ratsbeschluss", questions=["leitbild", ELSEWHERE, "zustaendigkeit"]))
    office = ask_office(app, check, ELSEWHERE)
    clerk = office.open(visitor())
    shown = clerk.open(office.root)
    number = QUESTION[next(id for id in QUESTION if id == ELSEWHERE)].number
    found = clerk.open(shown.link(f"Fundstelle ergänzen, Ratsbeschluss, Frage {number}"))
    assert LEITBILD.number not in found.main
    assert not found.all(".//input[@value='leitbild']")
    clerk.press(found, SAVE, said(found, file_number="Ordner 7"))
    mine = page.open(card(page, check).link(f"Bearbeiten, Ratsbeschluss, Frage {LEITBILD.number}"))
    assert mine.value(name_of(mine, "file_number")) == "Ordner 7"
    ticked = [value for name, value in mine.form(SAVE).fields if name.endswith(".questions")]
    assert set(ticked) == {"", "leitbild", ELSEWHERE, "zustaendigkeit"}
