"""The operator's own texts: they replace ours at once, and a bad file never breaks a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from selfcheck.web.site import legal

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


@pytest.mark.parametrize("name", OURS)
def test_our_own_texts_keep_their_headings_tables_and_links(name: str) -> None:
    source = (legal.CONTENT / f"{name}.md").read_text(encoding="utf-8")
    html = legal.read_own(name)
    assert html.count("<h2>") + html.count("<h3>") == sum(line.startswith("##") for line in source.splitlines())
    assert html.count("<a ") == source.count("](/")
    assert "**" not in html
    assert "| ---" not in html
