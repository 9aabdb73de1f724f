"""What people type, on its way through the product: read in one way, shown as it is kept, too large for nobody."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.document import text_of
from tests.web.forms import BUTTONS, WHO, find_form, open_form, visitor_for
from tests.web.page import Fields, Page, Visitor, begin, change
from tests.web.routes import address_of
from tests.web.team.test_hand_over import sign_in
from tests.web.test_bad_input import expect_no_crash, reset
from tests.web.world import World

ROOT = Path(__file__).resolve().parents[2]
LARGE = 1_900_000
PIECES = ("1", ".", "a.", "@", " ", "-")
READS_BY_ITSELF = {
    "assets": "names of files of our own",
    "web.layout.own_texts": "texts of our own",
    "web.goals.models": "texts of our own",
    "config.files": "settings from the environment",
    "config.mail": "settings from the environment",
    "config.settings": "settings from the environment",
    "core.files.pdfs": "what a PDF says to the program that opens it",
    "core.files.pieces": "bytes of a file, looked through piece by piece",
    "core.files.archives": "names of members of an archive, only to find them",
    "core.files.content": "bytes of files",
    "core.files.names": "names of files, after their length: systems allow less than a text may hold",
    "core.reading.questionnaire": "names of files",
    "core.reading.document.values": "ids and versions in files, after their length",
    "core.reading.document.yaml_lines": "the grammar of YAML",
    "reporting.charts.charts": "words of our own",
    "reporting.documents.binder.paths": "what Windows refuses in the name of a file",
    "reporting.documents.council_paper": "words of our own",
    "reporting.documents.dates": "words of our own",
    "reporting.documents.documentation_table": "words of our own",
    "reporting.documents.texts": "which characters Word and Excel can hold",
    "reporting.documents.word_report": "words of our own",
    "reporting.documents.file": "what Windows refuses in the name of a file",
    "reporting.documents.pdf.plain": "where a long word may break on paper",
    "reporting.documents.pdf.summary_pdf": "where a text is cut that has no room on paper",
    "reporting.report.goal_text": "a goal is compared with what answers say, never read",
    "reporting.report.difference_text": "words of our own",
    "reporting.report.office_paper": "paragraphs of the questionnaire",
    "reporting.review.topics": "letters of criteria",
    "reporting.words.names": "how a name is bent",
    "reporting.history.removed_text": "words of our own",
    "reporting.history.text_difference": "pieces of two texts, to mark where they differ",
    "typesetting.characters": "which characters a font can draw",
    "typesetting.press": "what a process of our own said",
    "reporting.questions_sheet.archive": "names of members of an archive, only to find them",
    "reporting.questions_sheet.bounds": "addresses of cells, before anybody reads them",
    "reporting.questions_sheet.piece_reading": "cells, after their length; what stands in them is read like a form",
    "reporting.questions_sheet.reading": "cells, after their length; what stands in them is read like a form",
    "serve": "what a process of our own said",
    "store.catalogue.catalogue": "versions of questionnaires",
    "store.database.damage": "what a database says of a broken value",
    "store.files.depot": "names of our own",
    "store.files.virus_scan": "what the scanner says",
    "store.mail.outbox": "names in mails, where nothing may look like a link",
    "web.accounts.forms": "a password is compared, never read",
    "web.accounts.factor": "codes of our own, after their length",
    "web.accounts.passwords": "a password is compared with usual ones, never read",
    "web.http.errors": "names of fields",
    "web.operating.coordination": "words of our own",
    "web.http.secrets_in_links": "secrets of our own, in what mail programs put around them",
    "web.site.legal": "texts of the operator",
}
"""What else takes texts apart; nobody types those."""
OF_TEXT = {"strip", "lower", "casefold", "splitlines"}
OF_THE_DATABASE = {"lower", "upper", "like", "ilike", "contains", "icontains", "startswith", "istartswith", "collate"}
NAMES = {"municipality", "label", "name", "title", "mail", "email", "person"}


def list_modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / "selfcheck").rglob("*.py")):
        name = ".".join(file.relative_to(ROOT / "selfcheck").with_suffix("").parts)
        if "migrations" not in name and not name.startswith("core.text."):
            yield name, ast.parse(file.read_text(encoding="utf-8"))


def list_calls(tree: ast.Module, names: set[str]) -> list[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    return [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in names]


def test_only_one_room_reads_what_people_type() -> None:
    found = set()
    for name, tree in list_modules():
        imports = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        if imports & {"re", "unicodedata"} or list_calls(tree, OF_TEXT):
            found.add(name)
    assert found == set(READS_BY_ITSELF), "ask selfcheck.core.text, or say here why nobody types that"


def test_no_database_compares_or_sorts_names() -> None:
    for name, tree in list_modules():
        if not name.startswith("store."):
            continue
        compared = [
            ast.unparse(call)
            for call in list_calls(tree, OF_THE_DATABASE)
            if any(isinstance(each, ast.Name) and each.id in ("func", "tables") for each in ast.walk(call.func))
        ]
        sorted_by = [
            ast.unparse(each)
            for call in list_calls(tree, {"order_by"})
            for argument in call.args
            for each in ast.walk(argument)
            if isinstance(each, ast.Attribute) and each.attr in NAMES
        ]
        assert not compared + sorted_by, f"{name}: sort_key and contains of core.text.order do that"


def send(page: Visitor, found: Page, button: str, changes: Fields) -> TestResponse:
    """The form of a page as our script sends it."""
    fields = change(found.form(button).fields, changes)
    return page.post(found.address, fields, headers={"Accept": "application/json"})


def test_line_ends_of_other_programs_stay_line_ends(page: Visitor, check: str) -> None:
    opened = page.open(f"/selbstcheck/{check}/fragen/lebensqualitaet")
    name = next(name for name, _ in opened.form("Speichern und weiter").fields if name.endswith(".note"))
    typed = "Zeile eins\u000bZeile zwei\u0085drei\u2029vier"
    answer = send(page, opened, "Speichern und weiter", {name: typed})
    kept = "Zeile eins\nZeile zwei\ndrei\nvier"
    assert answer.json["parts"][name]["texts"] == {name: kept}
    assert page.open(opened.address).value(name) == kept


def test_what_was_stored_as_it_was_typed_is_not_sent_back(page: Visitor, check: str) -> None:
    opened = page.open(f"/selbstcheck/{check}/fragen/lebensqualitaet")
    name = next(name for name, _ in opened.form("Speichern und weiter").fields if name.endswith(".note"))
    answer = send(page, opened, "Speichern und weiter", {name: "eins\r\nzwei "})
    assert answer.json["parts"][name]["state"] == "saved"
    assert "texts" not in answer.json["parts"][name]


def test_a_number_and_a_day_are_sent_back_as_they_are_kept(page: Visitor, check: str) -> None:
    opened = page.open(f"/selbstcheck/{check}/fragen/beruf-und-familie")
    answer = send(page, opened, "Speichern und weiter", {"quote-u3.value": "38.50\u202f%"})
    assert answer.json["parts"]["quote-u3.choice"]["texts"] == {"quote-u3.value": "38,5"}
    steps = page.open(f"/selbstcheck/{check}/checkliste")
    page.press(steps, "Schritt hinzufügen", {"steps.neu.title": "Pressetermin", "steps.neu.due": "1.3.27"})
    steps = page.open(f"/selbstcheck/{check}/checkliste")
    due = next(name for name, _ in steps.form("Speichern").fields if name.startswith("steps.own:") and ".due" in name)
    assert steps.value(due) == "01.03.2027"
    assert "Montag, 1. März 2027" in steps.main
    answer = send(page, steps, "Speichern", {due: "2.3.27"})
    assert answer.json["parts"][due.removesuffix(".due")]["texts"] == {due: "02.03.2027"}
    assert "Dienstag, 2. März 2027" in page.open(f"/selbstcheck/{check}/checkliste").main


def test_a_day_is_typed_as_text_and_said_in_words(page: Visitor) -> None:
    check = begin(page, interview="1.2.28")
    found = page.open(f"/selbstcheck/{check}/angaben")
    control = found.one(".//input[@name='interview']")
    assert (control.get("type"), control.get("value")) == ("text", "01.02.2028")
    assert "Dienstag, 1. Februar 2028" in found.main
    refused = page.press(found, "Speichern", {"interview": "2028-02-30", "name": "Erika"}, 422)
    assert refused.value("interview") == "2028-02-30"
    assert "„Geplantes Prüfgespräch“: Den Tag 2028-02-30 gibt es nicht." in refused.main
    assert refused.value("name") == "Erika"


def test_a_page_asks_for_no_day_in_the_order_of_the_browser(world: World) -> None:
    for endpoint in BUTTONS:
        page = visitor_for(world, endpoint).open(address_of(world, BUTTONS[endpoint][0]))
        for control in page.all(".//input"):
            assert control.get("type") != "date", f"{page.address}: {control.get('name')}"
            assert "maxlength" not in control.attrib, f"{page.address}: {control.get('name')}"


def test_a_link_that_is_too_long_stays_and_is_told(page: Visitor, check: str) -> None:
    opened = page.open(f"/selbstcheck/{check}/nachweise/leitbild/neu")
    name = next(name for name, _ in opened.form("Beleg speichern").fields if name.endswith(".link"))
    link = f"https://stadt.example/{'x' * 677}"
    answer = send(page, opened, "Beleg speichern", {name: link, name.replace(".link", ".title"): "Leitbild"})
    assert answer.status_code == 422
    (said,) = answer.json["parts"][name.removesuffix(".link")]["errors"].values()
    assert "länger als 500 Zeichen" in said
    assert page.press(opened, "Beleg speichern", {name: link}, 422).value(name) == link


def test_a_town_without_a_name_to_see_is_none(page: Visitor) -> None:
    found = page.open("/selbstcheck/neu")
    fields = {"municipality": "\u200b\u3164", "district": "06411", "place": "mittelzentrum"}
    assert "Bitte geben Sie den Namen Ihrer Kommune ein" in page.press(found, "Beginnen", fields, 422).main


def test_a_project_needs_a_title_to_see(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/ziele")
    names = [str(each.get("name")) for each in found.controls]
    title = next(name for name in names if name.startswith("project.n") and name.endswith(".title"))
    page.press(found, "Projekt hinzufügen", {title: "Lotsen"})
    found = page.open(f"/selbstcheck/{check}/ziele")
    refused = page.press(found, "Speichern", {"project.1.title": "\u200b"}, 422)
    assert "Titel: Bitte geben Sie einen Titel ein." in refused.main


def test_contacts_are_kept_as_they_are_read(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/angaben")
    typed = {"mail": "mailto:erika@stadt.example\u200b", "phone": "06151\u2011871–0", "name": "Erika\vMuster"}
    found = page.press(found, "Speichern", typed)
    kept = {"mail": "erika@stadt.example", "phone": "06151-871-0", "name": "Erika Muster"}
    assert {name: found.value(name) for name in kept} == kept
    refused = page.press(found, "Speichern", {"mail": "erika.müller@stadt.example"}, 422)
    assert "Ist erika.mueller@stadt.example gemeint?" in refused.main
    assert refused.value("mail") == "erika.müller@stadt.example"


@pytest.mark.parametrize("wanted", ["überwald", "ÜBERWALD", "u\u0308ber", "Uberwald"])
def test_the_operator_finds_a_town_however_it_is_typed(app: Flask, page: Visitor, wanted: str) -> None:
    begin(page, municipality="Gemeinde Überwald")
    begin(page, municipality="Gemeinde U\u0308berwald-Ost")
    begin(page)
    sign_in(app, page, "betrieb@example.org", "Oskar", "operator")
    found = page.client.get("/verwaltung", query_string={"suche": wanted}).text
    assert "Gemeinde Überwald" in found
    assert "berwald-Ost" in found
    assert "Musterstadt am Main" not in found


def test_another_spelling_of_a_key_changes_no_step(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/checkliste")
    found = page.press(found, "Schritt hinzufügen", {"steps.neu.title": "Pressetermin"})
    own = next(name for name, _ in found.form("Speichern").fields if name.startswith("steps.own:")).rpartition(".")[0]
    for other in (f"{own} ", f"{own}\u200b", f"steps.\u200b{own[6:]}", f"{own[:-1]}G", "steps.own:x"):
        fields = {f"{other}.version": "0", f"{other}.base": "", f"{other}.title": "Überschrieben"}
        page.press(found, "Speichern", fields)
    page.post(found.address, change(found.form("Speichern").fields, {}))
    said = page.open(f"/selbstcheck/{check}/checkliste").main
    assert "Pressetermin" in said
    assert "Überschrieben" not in said


@pytest.mark.parametrize("endpoint", BUTTONS)
def test_a_file_in_place_of_a_text_is_no_text(world: World, endpoint: str) -> None:
    visitor, address, fields = open_form(world, endpoint)
    csrf = world.people[WHO.get(endpoint, "owner")].csrf
    parts = {name: (BytesIO(b"x"), "x.txt") for name, _ in fields if name != "csrf_token"}
    response = visitor.client.post(
        address, data={"csrf_token": csrf, **parts}, content_type="multipart/form-data", headers={"X-CSRFToken": csrf}
    )
    expect_no_crash(response)


@pytest.mark.parametrize("endpoint", BUTTONS)
def test_no_form_takes_long_whatever_is_typed(world: World, endpoint: str) -> None:
    """Every field of the form gets its share of two megabytes; quadratic reading would take minutes of that."""
    visitor, form = visitor_for(world, endpoint), find_form(world, endpoint)
    seen = {name.rpartition(".")[2]: name for name, _ in form.fields if name not in form.hidden}
    for shift in range(len(PIECES) if seen else 0):
        reset(world, endpoint)
        share, typed = LARGE // len(seen), dict(form.fields)
        for number, name in enumerate(seen.values()):
            piece = PIECES[(number + shift) % len(PIECES)]
            typed[name] = piece * (share // len(piece))
        began = time.process_time()
        response = visitor.post(form.action, typed)
        spent = time.process_time() - began
        assert response.status_code < 500
        assert spent < 3


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize(
    "address",
    ["ergebnis/was-waere-wenn?frage=quote-u3&wert.quote-u3=1{}x1", "teilen?label={}&ends={}", "verlauf?was={}&vor={}"],
)
def test_no_address_takes_long(page: Visitor, check: str, address: str, piece: str) -> None:
    began = time.process_time()
    response = page.client.get(f"/selbstcheck/{check}/{address.replace('{}', piece * (200_000 // len(piece)))}")
    assert response.status_code < 500
    assert time.process_time() - began < 3


def test_error_summaries_name_their_field(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/angaben")
    wrong = {"municipality": "x" * 81, "name": "x" * 81, "office": "x" * 81, "phone": "1" * 41, "mail": "a@b..de"}
    refused = page.press(found, "Speichern", wrong, 422)
    listed = [text_of(each) for each in refused.all(".//div[@id='fehler']//li")]
    assert len(listed) == len(set(listed)) == len(wrong)
