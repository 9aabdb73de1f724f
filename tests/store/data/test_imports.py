"""A new self-check from a file: the same content, by whoever brings the file, today; and every file that is refused."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.reading.document.yaml_lines import read_yaml
from selfcheck.core.rules.answers import OPEN, Contact, State
from selfcheck.store.access import self_checks
from selfcheck.store.data import imports, models
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.reading import BadFile, read_file
from selfcheck.store.database import limits, transactions
from selfcheck.store.database.limits import TooMany
from selfcheck.store.history import redaction
from selfcheck.store.history.changes import history
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import (
    COORDINATION,
    Check,
    Details,
    GoalText,
    PastGoalText,
    ProjectText,
    Who,
)
from selfcheck.store.parts.writes import Part, Write
from selfcheck.store.sharing import shares
from tests import towns, writes
from tests.store.conftest import EVERYTHING, NOON, PROFILE, QUESTIONNAIRE, Store, yes
from tests.store.data.test_exports import Marker, fill_everything
from tests.web.statements import listen

EXAMPLES = towns.QUESTIONNAIRES / towns.questionnaire().name / "examples.yaml"
TITLES = [case["title"] for case in read_yaml("examples", EXAMPLES.read_text(encoding="utf-8")).data]
NOT_CONTENT = {"version", "by", "at", "key", "first_seen", "created_at", "changed_at", "number"}
TAKEN = (
    "self_check",
    "answers",
    "evidence",
    "steps",
    "goals",
    "past_goals",
    "projects",
    "interims",
    "sheet",
    "only_there",
    "sheet_mark",
)
KEY = "a" * 32


def export(check: Check) -> bytes:
    transactions.look_again()
    file = BytesIO()
    write_export(check.id, file, NOON)
    return file.getvalue()


def content(exported: bytes) -> dict[str, Any]:
    """What was said, without who, when and how often; what was removed or never touched is no content."""
    found = json.loads(exported)
    models.COMPLETE.model_validate(found)
    return {name: _strip(found[name]) for name in TAKEN}


def _strip(value: Any) -> Any:
    if isinstance(value, list):
        kept = [_strip(each) for each in value if not (isinstance(each, dict) and _is_gone(each))]
        return sorted(kept, key=lambda each: json.dumps(each, sort_keys=True))
    if isinstance(value, dict):
        return {name: _strip(each) for name, each in value.items() if name not in NOT_CONTENT}
    return value


def _is_gone(entry: dict[str, Any]) -> bool:
    return entry.get("removed_at") is not None or entry.get("version") == 0


def take(exported: bytes, questionnaire: Questionnaire = QUESTIONNAIRE, key: str = KEY) -> Check:
    return imports.begin_from_file(read_file(exported), questionnaire, key, NOON)[0]


def enter_town(store: Store, title: str) -> Check:
    """The example town as a self-check."""
    town, questionnaire = towns.town(title), towns.questionnaire()
    details = Details(title[:80], "06411", town.file.profile, town.file.interview)
    check, _ = self_checks.begin(questionnaire.name, details, store.now)
    saving.save(
        check,
        questionnaire,
        list(_writes(questionnaire, town)),
        Who(None, "Erika (Amt)"),
        store.now,
        allowed=EVERYTHING,
    )
    return check


def _writes(questionnaire: Questionnaire, town: towns.Town) -> Iterator[Write]:
    for question in questionnaire.questions:
        answer = town.answers.get(question.id, OPEN)
        if answer.state is not State.OPEN:
            yield writes.choice(question.id, 0, answer.state, answer.value, answer.reason)
        yield writes.note(question.id, 0, answer.note)
        for place, piece in enumerate(answer.evidence):
            usual = piece.title in question.evidence
            dates = {"valid_until": piece.valid_until, "creation_key": str(place)}
            yield writes.evidence(question.id, None, usual, piece.title, piece.available, **dates)
    extras = town.extras
    lists = (
        *(GoalText(each.title, measure=each.measure, metric=each.metric) for each in extras.goals),
        *(PastGoalText(each.title, each.achieved, each.documented) for each in extras.past_goals),
        *(ProjectText(each.title, documented=each.documented) for each in extras.projects),
    )
    yield from (writes.entry(None, 0, text) for text in lists if text.title)


@pytest.mark.parametrize("title", TITLES)
def test_out_and_in_and_out_again_says_the_same(store: Store, title: str) -> None:
    first = export(enter_town(store, title))
    again = take(first, towns.questionnaire())
    second = export(again)
    assert content(second) == content(first)
    assert content(export(take(second, towns.questionnaire(), "b" * 32))) == content(first)


def test_every_field_comes_along(store: Store) -> None:
    fill_everything(store, Marker())
    first = export(store.check)
    assert content(export(take(first))) == content(first)


def test_persons_and_times_of_others_do_not_come_along(store: Store) -> None:
    fill_everything(store, Marker())
    changes = writes.step("team:contact", 0, True, "Kai Beispiel")
    store.save(changes, by=Who(None, "Vera Fremd (Kasse)"))
    taken = json.loads(export(take(export(store.check))))
    said = [taken[name] for name in TAKEN]
    assert "Vera Fremd" not in json.dumps(taken)
    authors = {each for part in said for each in _find(part, "by")}
    assert authors == {COORDINATION, ""}
    assert [place["role"] for place in taken["places"]] == ["coordinator"]
    assert (taken["shares"], taken["comments"], taken["named_states"], taken["redactions"]) == ([], [], [], [])


def _find(value: Any, name: str) -> Iterator[str]:
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and name in value:
        yield value[name]
    for entry in entries:
        yield from _find(entry, name)


def test_the_history_says_that_it_came_from_a_file(store: Store) -> None:
    store.save(writes.note(QuestionId("leitbild"), 0, "Notiz"))
    changes = history(take(export(store.check)).id, 10)
    assert [(change.part, change.after) for change in changes] == [("note", "Notiz"), ("check", "imported")]


def test_a_double_click_begins_one_self_check(store: Store) -> None:
    store.save(writes.note(QuestionId("leitbild"), 0, "Notiz"))
    first, second = take(export(store.check)), take(export(store.check))
    assert first.id == second.id
    assert take(export(store.check), key="b" * 32).id != first.id


def test_a_value_that_does_not_fit_counts_as_unclear_and_keeps_what_it_said(store: Store) -> None:
    store.save(writes.choice(QuestionId("leitbild"), 0, State.GIVEN, "ja"))
    file = json.loads(export(store.check))
    for value in ("vielleicht", ["ja", "nein"], None, "1e999", []):
        file["answers"][0]["choice"]["value"] = value
        check = take(json.dumps(file).encode(), key=repr(value))
        loaded = saving.load(check, QUESTIONNAIRE)
        assert loaded.answers[QuestionId("leitbild")].state is State.UNCLEAR
        if value:
            assert loaded.stored[QuestionId("leitbild")].aside in (value, "ja, nein")


def test_what_the_questionnaire_does_not_ask_is_kept(store: Store) -> None:
    file = json.loads(export(store.check))
    blank = {"version": 0, "by": "", "at": None}
    choice = blank | {"state": "given", "value": "ja", "reason": ""}
    file["answers"] = [{"question": "abgeschafft", "choice": choice, "note": blank | {"text": "Notiz"}}]
    assert content(export(take(json.dumps(file).encode())))["answers"][0]["note"] == {"text": "Notiz"}


def test_more_entries_than_a_self_check_holds_are_refused_and_nothing_is_left(store: Store) -> None:
    store.save(writes.entry(None, 0, ProjectText("Messe")))
    file = json.loads(export(store.check))
    file["projects"] *= limits.ENTRIES + 1
    with pytest.raises(TooMany):
        take(json.dumps(file).encode())
    assert store.count_rows("self_check") == 1


def broken(change: Any, store: Store) -> bytes:
    file = json.loads(export(store.check))
    change(file)
    return json.dumps(file).encode()


def test_faults_name_their_place(store: Store) -> None:
    store.save(writes.choice(QuestionId("leitbild"), 0, State.GIVEN, "ja"))

    def spoil(file: dict[str, Any]) -> None:
        file["answers"][0]["choice"]["state"] = "maybe"
        file["answers"][0]["note"]["text"] = "x" * 5001
        file["self_check"]["interview"] = "15.06.2027"
        del file["self_check"]["municipality"]
        file["extra"] = 1

    with pytest.raises(BadFile) as caught:
        read_file(broken(spoil, store))
    assert set(caught.value.faults) == {
        "„self_check“, „municipality“: fehlt",
        "„self_check“, „interview“: passt nicht",
        "„answers“, 1. Eintrag, „choice“, „state“: erwartet open, unclear, given oder not_applicable",
        "„answers“, 1. Eintrag, „note“, „text“: ist länger als 5000 Zeichen",
        "„extra“: gehört nicht in diese Datei",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kein lesbares JSON"),
        (b"\xff\xfe\x00", "kein lesbares JSON"),
        (b"PK\x03\x04", "kein lesbares JSON"),
        (b"{]", "Zeile 1"),
        (b"[]", "keine Datei „Alle Daten (JSON)“"),
        (b"null", "keine Datei „Alle Daten (JSON)“"),
        (b'{"format": "selbstcheck-alle-daten"}', "eine andere"),
        (b'{"format": "selbstcheck-alle-daten", "version": 2}', "die Fassung „2“"),
        (b'{"format": "selbstcheck-alle-daten", "version": true}', "die Fassung"),
        (b'{"format": "selbstcheck-alle-daten", "version": 1}', "„self_check“: fehlt"),
        (b'{"a": NaN}', "„NaN“ ist keine Zahl"),
        (b'{"a": -Infinity}', "„-Infinity“ ist keine Zahl"),
        (b'{"a": 1, "a": 2}', "„a“ steht zweimal"),
        (b"[" * 100_000, "tiefer verschachtelt"),
        (b'{"a":' * 100_000, "tiefer verschachtelt"),
        (b"1" * 10_000, "kein lesbares JSON"),
    ],
)
def test_no_file_breaks_the_reader(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said.replace("(", r"\(").replace(")", r"\)")):
        read_file(content)


@pytest.mark.parametrize("number", ["9" * 400, "1e999", "-1", "0.5", '"3"', "true", "[[[[[[]]]]]]"])
def test_huge_and_odd_numbers_are_refused(store: Store, number: str) -> None:
    text = export(store.check).decode().replace('"version":1,', f'"version":{number},', 1)
    assert f'"version":{number},' in text
    with pytest.raises(BadFile, match="„version“"):
        read_file(text.encode())


def test_half_characters_are_refused(store: Store) -> None:
    text = export(store.check).decode().replace('"Musterstadt"', r'"Muster\ud800stadt"')
    with pytest.raises(BadFile, match="Zeichen, die es nicht gibt"):
        read_file(text.encode())


def test_what_is_not_taken_is_not_looked_at(store: Store) -> None:
    file = json.loads(export(store.check))
    file |= {"history": {"nonsense": [1, 2]}, "shares": None}
    assert take(json.dumps(file).encode()).municipality == "Musterstadt"


def test_a_file_of_a_town_without_an_interview_and_with_one(store: Store) -> None:
    details = Details("Neustadt", "other", PROFILE, date(2027, 6, 15), Contact("Erika", "", "", "e@example.org"))
    store.save_one(writes.details(1, details))
    taken = take(export(store.check))
    assert taken.details == details
    assert taken.questionnaire == QUESTIONNAIRE.name
    assert Part.CHECK.value == history(taken.id, 1)[0].part


@pytest.mark.parametrize("nonsense", ["many keys in one block", "many keys in many blocks"])
def test_a_file_full_of_faults_costs_no_seconds(store: Store, nonsense: str) -> None:
    def spoil(file: dict[str, Any]) -> None:
        keys = {f"k{number}": 0 for number in range(25 if nonsense.endswith("blocks") else 100_000)}
        file |= {"evidence": [keys] * 8000} if nonsense.endswith("blocks") else keys

    content, begun = broken(spoil, store), time.process_time()
    with pytest.raises(BadFile):
        read_file(content)
    assert time.process_time() - begun < 0.5


def test_a_file_full_of_evidence_holds_up_the_others_only_shortly(store: Store) -> None:
    """Nobody else writes meanwhile: many pieces go in with one statement."""
    piece = {"question": "", "usual": False, "title": "Beschluss", "available": True, "link": "", "file_number": ""}
    piece |= {"page": "", "valid_until": None, "key": "", "version": 1, "by": "Amt", "at": None, "removed_at": None}
    found = json.loads(export(store.check))
    asked = [str(question.id) for question in QUESTIONNAIRE.questions]
    found["evidence"] = [{**piece, "question": question} for question in asked for _ in range(limits.ENTRIES)]
    taken = read_file(json.dumps(found).encode())
    with listen(store.app) as sent:
        check, _ = imports.begin_from_file(taken, QUESTIONNAIRE, KEY, NOON)
    assert len(sent) < 50
    assert sum(map(len, saving.load(check, QUESTIONNAIRE).evidence.values())) == len(found["evidence"])


def take_value(store: Store, question: str, value: str | list[str]) -> Check:
    """A self-check from a file that says `value` about one question."""
    file = json.loads(export(store.check))
    blank = {"version": 1, "by": "", "at": None}
    choice = blank | {"state": "given", "value": value, "reason": ""}
    file["answers"] = [{"question": question, "choice": choice, "note": blank | {"text": ""}}]
    return take(json.dumps(file).encode())


def redact_choice(check: Check, question: str) -> bool:
    taken = redaction.Taken("Koordination", "entfernt", "")
    return redaction.redact(check, QUESTIONNAIRE, Part.CHOICE, question, taken, Who(None, "Erika"), NOON)


@pytest.mark.parametrize("question", ["leitbild", "angebot", "quote", "sonstiges", "gibt-es-nicht"])
@pytest.mark.parametrize("value", ["Herr Geheim", ["Herr Geheim"], ["fahrplan", "Herr Geheim", "Frau Geheim"]])
def test_words_where_the_questionnaire_wants_an_option_or_a_number_can_be_taken_out(
    store: Store, question: str, value: str | list[str]
) -> None:
    check = take_value(store, question, value)
    found = redaction.find_texts(check, QUESTIONNAIRE, Part.CHOICE, question)
    assert found is not None
    assert ("value", "Herr Geheim") in found.texts
    assert redact_choice(check, question)
    assert "Geheim" not in export(check).decode()
    saving.load(check, QUESTIONNAIRE)
    assert not redact_choice(check, question)


def test_chosen_options_are_no_texts(store: Store) -> None:
    check = take_value(store, "angebot", ["fahrplan", "gutscheine"])
    found = redaction.find_texts(check, QUESTIONNAIRE, Part.CHOICE, "angebot")
    assert found is not None
    assert found.texts == ()
    assert not redact_choice(check, "angebot")


def test_an_option_in_a_shared_report_stays_where_other_words_are_taken_out(store: Store) -> None:
    check = take_value(store, "leitbild", "Herr Geheim")
    saving.save(check, QUESTIONNAIRE, [yes("leitbild", 1)], Who(None, "Erika"), NOON, allowed=EVERYTHING)
    content = {"answers": {"leitbild": {"state": "given", "value": "ja", "reason": "", "note": "", "evidence": []}}}
    shares.share(check.id, content, "IHK", None, Who(None, "Erika"), NOON)
    found = redaction.find_texts(check, QUESTIONNAIRE, Part.CHOICE, "leitbild")
    assert found is not None
    assert found.frozen == 0
    assert redact_choice(check, "leitbild")
    assert json.loads(export(check))["shares"][0]["content"] == content
