"""A town is carried from one browser into another as a file, by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests import towns
from tests.browser.prepared import INTERVIEW, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, Window


def test_a_town_is_carried_into_another_browser_as_a_file(
    server: Server, prepare: Preparing, window: Callable[..., Window], tmp_path: Path
) -> None:
    town = prepare(server, towns.sample().answers, municipality=towns.SAMPLE, interview=INTERVIEW)
    mine = town.hand_over(window())
    page = mine.open(town.begun.root)
    with page.expect_download() as found:
        page.get_by_role("link", name="Ohne Verlauf (JSON)").click()
    file = tmp_path / found.value.suggested_filename
    found.value.save_as(file)
    assert file.suffix == ".json"

    other = window(width=NARROW).open("/selbstcheck/neu")
    other.get_by_role("link", name="aus der Datei").click()
    other.get_by_label("Datei", exact=True).set_input_files(file)
    other.get_by_role("button", name="Aus Datei beginnen").click()
    expect(other.get_by_role("heading", name="Aus Datei übernommen")).to_be_visible()
    stands = [each.get_by_role("region", name="Ihr Stand").inner_text() for each in (page, other)]
    assert stands[0] == stands[1]
    assert town.begun.root not in other.url
