"""The operator's own texts: they replace ours at once, and a bad file never breaks a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from selfcheck.web.site import legal
from tests import applications
from tests.web.accounts.registering import register
from tests.web.document import text_of
from tests.web.page import Visitor, begin

SCRIPTS = Path(__file__).parents[3] / "static" / "js"
PRODUCTION = {
    "SELFCHECK_SECRET_KEY": "k7Vq2mX9tRbL4wZc8nHj3pYd6sGf1uEo",
    "SELFCHECK_HOSTS": "rathaus.test",
    "SELFCHECK_MAIL_SERVER": "localhost",
    "SELFCHECK_MAIL_SENDER": "rathaus@stadt.test",
}
OURS = ("impressum", "datenschutz", "datenschutz-betreiber", "barrierefreiheit", "leichte-sprache", "hilfe")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    app = Flask(__name__)
    app.config["LEGAL"] = tmp_path
    with app.app_context():
        yield tmp_path


def test_without_a_folder_our_text_stands_and_names_the_missing_file() -> None:
    app = Flask(__name__)
    app.config["LEGAL"] = None
    with app.app_context():
        text, missing = legal.read_page("impressum")
    assert missing == "impressum.md"
    assert "Was in ein Impressum gehört" in text


def test_a_file_replaces_our_text_without_a_restart(folder: Path) -> None:
    assert legal.read_page("impressum")[1] == "impressum.md"
    (folder / "impressum.md").write_text("Stadt Musterstadt am Main, Rathausplatz 1", encoding="utf-8")
    text, missing = legal.read_page("impressum")
    assert missing == ""
    assert "Rathausplatz 1" in text
    assert "Was in ein Impressum gehört" not in text


@pytest.mark.parametrize("head", ["# Impressum\n\n", "\n\n# Impressum\n", "\N{ZERO WIDTH NO-BREAK SPACE}# Impressum\n"])
def test_a_title_in_the_file_does_not_stand_twice(folder: Path, head: str) -> None:
    (folder / "impressum.md").write_text(f"{head}## Anbieter\n\nStadt Musterstadt", encoding="utf-8")
    text, _ = legal.read_page("impressum")
    assert "Impressum" not in text
    assert "<h2>Anbieter</h2>" in text


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"# Impressum\n", b"\xff\xfe\x00kaputt"])
def test_a_file_without_a_readable_word_counts_as_missing(folder: Path, content: bytes) -> None:
    (folder / "impressum.md").write_bytes(content)
    assert legal.read_page("impressum")[1] == "impressum.md"


def test_a_folder_of_that_name_counts_as_missing(folder: Path) -> None:
    (folder / "impressum.md").mkdir()
    assert legal.read_page("impressum")[1] == "impressum.md"


def test_an_unreadable_file_is_named_in_the_log(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    (folder / "impressum.md").write_bytes(b"\xff\xfe\x00kaputt")
    legal.read_page("impressum")
    assert "impressum.md" in caplog.text


def test_scripts_in_the_operators_file_do_not_run(folder: Path) -> None:
    (folder / "impressum.md").write_text(
        '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick="x()">Amt</b>', encoding="utf-8"
    )
    text, _ = legal.read_page("impressum")
    assert "Amt" in text
    for danger in ("<script", "javascript:", "onclick"):
        assert danger not in text


def test_production_says_which_texts_are_missing_and_which_are_not_finished(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "impressum.md").write_text("Stadt Musterstadt am Main, Rathausplatz 1", encoding="utf-8")
    (folder / "barrierefreiheit.md").write_bytes((legal.CONTENT / "barrierefreiheit.md").read_bytes())
    legal.warn_of_missing()
    missing, unfinished = caplog.messages
    assert "datenschutz.md" in missing
    assert "impressum.md" not in missing + unfinished
    assert "barrierefreiheit.md" in unfinished
    assert "barrierefreiheit.md" not in missing


def test_with_all_texts_nothing_is_said(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in legal.DEMANDED:
        (folder / f"{name}.md").write_text("Stadt Musterstadt am Main", encoding="utf-8")
    legal.warn_of_missing()
    assert not caplog.messages


@pytest.mark.parametrize(("environment", "lines"), [("production", 1), ("development", 0)])
def test_the_server_says_it_at_its_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, environment: str, lines: int
) -> None:
    applications.make(tmp_path, PRODUCTION | {"SELFCHECK_ENV": environment})
    assert len([said for said in caplog.messages if "Es fehlen noch Texte des Betreibers" in said]) == lines


PARTS_OF_THE_MODEL = (
    "Stand der Vereinbarkeit mit den Anforderungen",
    "Nicht barrierefreie Inhalte",
    "Nicht mit den Anforderungen vereinbar",
    "Unverhältnismäßige Belastung",
    "Nicht im Anwendungsbereich der Vorschriften",
    "Erstellung dieser Erklärung",
    "Barriere melden",
    "Durchsetzungsverfahren",
    "Hessen",
    "Rheinland-Pfalz",
    "Bayern",
)
"""Of the annex of (EU) 2018/1523, and the bodies of the three Länder."""


def test_the_declaration_has_every_part_of_the_model(page: Visitor) -> None:
    found = page.open("/barrierefreiheit")
    assert found.h1 == "Erklärung zur Barrierefreiheit"
    heads = " ".join(text_of(head) for level in ("h2", "h3") for head in found.all(f".//{level}"))
    for part in PARTS_OF_THE_MODEL:
        assert part in heads, part
    assert "teilweise vereinbar [bitte prüfen]" in found.main


def test_what_is_said_of_the_cookie_is_so(page: Visitor, app: Flask) -> None:
    """Reading sets none, a form sets one until the browser is closed, beginning sets one for 90 days."""
    said = page.open("/datenschutz").main
    name = app.config["SESSION_COOKIE_NAME"]
    assert name in said
    for address in ("/", "/hilfe", "/fragen", "/datenschutz", "/impressum", "/barrierefreiheit", "/leichte-sprache"):
        assert "Set-Cookie" not in page.open(address).response.headers, address
    (until_closed,) = page.open("/selbstcheck/neu").response.headers.getlist("Set-Cookie")
    assert until_closed.startswith(f"{name}=")
    assert "Expires" not in until_closed
    assert "Max-Age" not in until_closed
    begin(page)
    cookie = page.client.get_cookie(name)
    assert cookie is not None
    assert cookie.expires is not None
    assert timedelta(days=89) < cookie.expires - datetime.now(UTC) < timedelta(days=91)
    assert "90 Tage" in said


def test_what_is_said_of_the_browsers_storage_is_all_of_it(page: Visitor) -> None:
    scripts = [file.read_text(encoding="utf-8") for file in SCRIPTS.rglob("*.js")]
    assert scripts
    users = [text for text in scripts if re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie", text)]
    prefixes = {prefix for text in users for prefix in re.findall(r'PREFIX = "([^"]+)"', text)}
    assert len(users) == 1
    assert prefixes == {"selbstcheck:"}
    assert not re.search(r"sessionStorage|indexedDB|document\.cookie", users[0])
    said = page.open("/datenschutz").main
    for word in ("localStorage", "selbstcheck:", "§ 25", "TDDDG"):
        assert word in said


def test_the_privacy_page_says_what_articles_13_and_14_ask_for(page: Visitor) -> None:
    said = page.open("/datenschutz").main
    for word in (
        "Wer verantwortlich ist",
        "Datenschutzbeauftragte",
        "Wozu und auf welcher Grundlage",
        "berechtigtes Interesse",
        "Wer die Daten bekommt",
        "Außerhalb der Europäischen Union",
        "Wie lange",
        "Artikel 20 DSGVO",
        "widerrufen",
        "beschweren",
        "Was Sie angeben müssen",
        "auch nicht automatisch",
        "Wenn andere etwas über Sie eingetragen haben",
    ):
        assert word in said, word


def test_what_is_said_of_what_must_be_given_is_so(page: Visitor) -> None:
    """An account needs no name."""
    assert "der Name ist auch dort freiwillig" in page.open("/datenschutz").main
    assert "sehen Sie in Ihr Postfach" in register(page, "erika@stadt.example").main


@pytest.mark.parametrize("address", ["/selbstcheck/neu", "/datenschutz"])
def test_nobody_is_promised_that_no_one_else_can_read(page: Visitor, address: str) -> None:
    said = page.open(address).main
    assert "kann technisch alles lesen" in said
    assert "Niemand außer Ihnen" not in said


def test_easy_language_keeps_its_rules() -> None:
    """One thought a line, no passive, no relative clause, the middle dot only where a word is long."""
    text = (legal.CONTENT / "leichte-sprache.md").read_text(encoding="utf-8")
    lines = [re.sub(r"\]\(.*?\)|[*<>\[#]|br>", "", line).strip(" -0123456789.") for line in text.splitlines()]
    long = [line for line in lines if len(line.split()) > 10]
    passive = [line for line in lines if re.search(r"\b(wird|werden|wurde|wurden|worden)\b", line)]
    relative = [line for line in lines if re.search(r", (der|die|das|den|dem|wer|was|welche\w*)\b", line)]
    dotted = {word for line in lines for word in re.findall(r"\w+(?:·\w+)+", line) if len(word) < 10}
    assert (long, passive, relative, dotted) == ([], [], [], set())
    assert "Kita ist kurz für" in text
    assert "](/barrierefreiheit)" in text


@pytest.mark.parametrize("name", OURS)
def test_our_own_texts_keep_their_headings_tables_and_links(name: str) -> None:
    source = (legal.CONTENT / f"{name}.md").read_text(encoding="utf-8")
    html = legal.read_own(name)
    assert html.count("<h2>") + html.count("<h3>") == sum(line.startswith("##") for line in source.splitlines())
    assert html.count("<a ") == source.count("](")
    assert "**" not in html
    assert "| ---" not in html
