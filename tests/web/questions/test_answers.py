"""What people type as an answer: how it is read, and what they are told where it is none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.text.number import read_number
from selfcheck.store.database import limits
from tests import towns
from tests.web.page import Page, Visitor

NUMBERS = {
    "38,5": "38.5",
    "38.5": "38.5",
    "38,5 %": "38.5",
    "38,5%": "38.5",
    "38,5\N{NO-BREAK SPACE}%": "38.5",
    "38,5\N{NARROW NO-BREAK SPACE}%": "38.5",
    "38,5 Prozent": "38.5",
    "38,5 % der Kinder": "38.5",
    "  38,5\t": "38.5",
    "38,50": "38.5",
    "038": "38",
    "1.234": "1234",
    "1 234": "1234",
    "1\N{NO-BREAK SPACE}234": "1234",
    "1.234,5": "1234.5",
    "1 234,5 %": "1234.5",
    "1.234.567": "1234567",
    "12.34": "12.34",
    "+5": "5",
    "-5": "-5",
    "\N{MINUS SIGN}5": "-5",
    "-0": "0",
    "": None,
    " ": None,
    "%": None,
    "abc": None,
    "fünf": None,
    "ca. 5": None,
    "5-7": None,
    "5,": None,
    ",5": None,
    "3 8": None,
    "1 2345": None,
    "12.34,5": None,
    "1.2.3": None,
    "1,2,3": None,
    "1,234.5": None,
    "1e3": None,
    "NaN": None,
    "Infinity": None,
    "٣٨": None,
    "38,5 Euro": None,
    "38,5 %%": None,
    "1" * 41: None,
}


def _address(check_id: str, criterion: str) -> str:
    return f"/selbstcheck/{check_id}/fragen/{criterion}"


def _enter(
    page: Visitor, check_id: str, question: str, fields: dict[str, str | list[str] | None], status: int = 200
) -> Page:
    """Enters fields of one question and saves; the page of the question afterwards."""
    address = _address(check_id, towns.questionnaire().question[QuestionId(question)].criterion)
    named = {f"{question}.{name}": value for name, value in fields.items()}
    found = page.press(page.open(address), "Speichern und weiter", named, status)
    return found if status != 200 else page.open(f"{address}?offen=alle")


def _chosen(found: Page, question: str) -> list[str]:
    """The values of the ticks and radios of a question that are set."""
    return [
        control.get("value", "")
        for control in found.controls
        if control.get("name") in (f"{question}.choice", f"{question}.options") and "checked" in control.attrib
    ]


def _message(found: Page, field: str) -> str:
    """The message at a field, without the word for screen readers."""
    return "".join(found.one(f".//*[@id='{field}-fehler']").itertext()).strip().removeprefix("Fehler: ")


@pytest.mark.parametrize(("entered", "number"), NUMBERS.items())
def test_numbers_are_read_as_germans_write_them(entered: str, number: str | None) -> None:
    assert read_number(entered, "% der Kinder unter drei Jahren", 1) == (number and Decimal(number))


def test_a_point_before_three_digits_is_a_comma_where_three_decimals_are_allowed() -> None:
    assert read_number("1.234", "km", 3) == Decimal("1.234")
    assert read_number("1.234", "km", 2) == Decimal(1234)


@pytest.mark.parametrize(("entered", "shown"), [("38,5 %", "38,5"), ("38.5", "38,5"), ("100,0", "100"), ("-0", "0")])
def test_a_number_is_shown_again_with_a_comma(page: Visitor, check: str, entered: str, shown: str) -> None:
    assert _enter(page, check, "quote-u3", {"value": entered}).value("quote-u3.value") == shown


@pytest.mark.parametrize("entered", ["viele", "-1", "101", "38,55", "1.234", "38,5 Euro", "9" * 60])
def test_a_number_that_is_none_keeps_its_text_and_says_what_is_wanted(page: Visitor, check: str, entered: str) -> None:
    found = _enter(page, check, "quote-u3", {"value": entered}, 422)
    assert found.value("quote-u3.value") == entered
    assert "von 0 bis 100" in _message(found, "quote-u3.value")
    assert found.link(f"C3: {_message(found, 'quote-u3.value')}") == "#quote-u3.value"


@pytest.mark.parametrize(
    ("question", "fields", "chosen"),
    [
        ("leitbild", {"choice": "option:teilweise"}, ["option:teilweise"]),
        ("leitbild", {"choice": "unclear"}, ["unclear"]),
        ("leitbild", {"choice": "open"}, ["open"]),
        ("leitbild", {"choice": None}, ["open"]),
        ("servicezeiten", {"options": ["abends", "mobil"], "choice": "open"}, ["abends", "mobil"]),
        ("servicezeiten", {"options": ["abends"], "choice": None}, ["abends"]),
        ("servicezeiten", {"choice": "none"}, ["none"]),
        ("servicezeiten", {"choice": "unclear"}, ["unclear"]),
        ("veranstaltungen", {"value": "3", "choice": "open"}, []),
        ("veranstaltungen", {"value": "", "choice": "unclear"}, ["unclear"]),
        ("bauvorhaben", {"value": "Zwölf Häuser", "choice": "open"}, []),
        ("bauvorhaben", {"value": "  ", "choice": "unclear"}, ["unclear"]),
    ],
)
def test_what_was_chosen_stands_there_again(
    page: Visitor, check: str, question: str, fields: dict[str, str | list[str] | None], chosen: list[str]
) -> None:
    assert _chosen(_enter(page, check, question, fields), question) == chosen


@pytest.mark.parametrize("state", ["none", "unclear"])
def test_ticks_and_a_state_contradict_each_other(page: Visitor, check: str, state: str) -> None:
    found = _enter(page, check, "servicezeiten", {"options": ["abends"], "choice": state}, 422)
    said = _message(found, "servicezeiten.choice")
    assert {"none": "„nichts davon“", "unclear": "„noch unklar“"}[state] in said
    option = found.one(".//label[@for='servicezeiten.options-abends']")
    assert f"„{''.join(option.itertext())}“" in said
    assert _chosen(found, "servicezeiten") == ["abends", state]


@pytest.mark.parametrize(("state", "word"), [("unclear", "noch unklar"), ("not_applicable", "trifft nicht zu")])
def test_a_number_and_a_state_contradict_each_other(page: Visitor, check: str, state: str, word: str) -> None:
    fields = {"value": "3", "choice": state, "reason": "gibt es nicht"}
    said = _message(_enter(page, check, "veranstaltungen", fields, 422), "veranstaltungen.value")
    assert "„3“" in said
    assert f"„{word}“" in said


def test_a_text_and_a_state_contradict_each_other(page: Visitor, check: str) -> None:
    found = _enter(page, check, "bauvorhaben", {"value": "Zwölf Häuser", "choice": "unclear"}, 422)
    said = _message(found, "bauvorhaben.value")
    assert "„Zwölf Häuser“" in said
    assert "„noch unklar“" in said


def test_a_question_that_does_not_apply_needs_a_reason(page: Visitor, check: str) -> None:
    for reason in ("", " ", "ja"):
        found = _enter(page, check, "veranstaltungen", {"choice": "not_applicable", "reason": reason}, 422)
        assert "begründen" in _message(found, "veranstaltungen.reason")
        assert _chosen(found, "veranstaltungen") == ["not_applicable"]
    found = _enter(page, check, "veranstaltungen", {"choice": "not_applicable", "reason": "Nur 400 Einwohner"})
    assert _chosen(found, "veranstaltungen") == ["not_applicable"]
    assert found.value("veranstaltungen.reason") == "Nur 400 Einwohner"
    assert "trifft nicht zu" in "".join(found.one(".//*[@id='stand-veranstaltungen']").itertext())


def test_a_reason_that_is_too_long_is_kept_and_refused(page: Visitor, check: str) -> None:
    reason = "r" * 1001
    found = _enter(page, check, "veranstaltungen", {"choice": "not_applicable", "reason": reason}, 422)
    assert "1.000 Zeichen" in _message(found, "veranstaltungen.reason")
    assert found.value("veranstaltungen.reason") == reason


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("leitbild", {"choice": "option:vielleicht"}),
        ("leitbild", {"choice": "not_applicable", "reason": "gibt es nicht"}),
        ("leitbild", {"choice": "irgendwas"}),
        ("leitbild", {"choice": "none"}),
        ("servicezeiten", {"options": ["abends", "nachts"]}),
    ],
)
def test_answers_that_are_not_offered_are_refused_in_words(
    page: Visitor, check: str, question: str, fields: dict[str, str | list[str] | None]
) -> None:
    assert _message(_enter(page, check, question, fields, 422), f"{question}.choice")


def test_a_note_of_5000_characters_counts_line_breaks_once(page: Visitor, check: str) -> None:
    line = "Zeile mit Umlauten äöü\r\n"
    sent = (line * 500)[: 5000 + 5000 // len(line.replace("\r\n", "\n"))]
    kept = sent.replace("\r\n", "\n")
    sent += "x" * (limits.NOTE - len(kept))
    kept += "x" * (limits.NOTE - len(kept))
    assert len(kept) == limits.NOTE < len(sent)
    assert _enter(page, check, "leitbild", {"note": sent}).value("leitbild.note") == kept


def test_a_longer_note_is_refused_and_kept(page: Visitor, check: str) -> None:
    found = _enter(page, check, "leitbild", {"note": "x" + "\n" * 5000, "choice": "option:ja"}, 422)
    assert "5.000 Zeichen" in _message(found, "leitbild.note")
    assert found.value("leitbild.note") == "x" + "\n" * 5000
    assert _chosen(found, "leitbild") == ["option:ja"]


def test_ten_full_notes_of_emoji_come_through(page: Visitor, check: str) -> None:
    note = "\N{PARTY POPPER}" * limits.NOTE
    address = _address(check, "zuzug-leicht-gemacht")
    opened = page.open(address)
    notes = {str(each.get("name")): note for each in opened.controls if str(each.get("name")).endswith(".note")}
    assert len(notes) == 10
    page.press(opened, "Speichern und weiter", notes)
    found = page.open(address)
    assert all(found.value(name) == note for name in notes)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Familie \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN} und Ä", "Familie \N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN} und Ä"),
        ("<script>alert(1)</script> &amp; <b>", "<script>alert(1)</script> &amp; <b>"),
        ("\nerste Zeile leer\n\n", "\nerste Zeile leer\n\n"),
        ("a\x00b\x07c\x1bd\x7fe\x85f", "abcde\nf"),
        ("mit\tTab\rund\r\nUmbruch", "mit\tTab\nund\nUmbruch"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
    ],
)
def test_a_note_is_kept_literally_without_control_characters(page: Visitor, check: str, sent: str, kept: str) -> None:
    found = _enter(page, check, "leitbild", {"note": sent})
    assert found.value("leitbild.note") == kept
    assert not found.all(".//textarea/*")
