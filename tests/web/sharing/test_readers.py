"""What a reader sees of the reports that they hold: which is which, for whom, and whether there is a newer one."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Visitor, begin
from tests.web.sharing.sharing import read, share

pytestmark = pytest.mark.usefixtures("time")
NEWER = "Neuere Fassung vorhanden"


def test_reports_of_one_day_are_told_apart(page: Visitor, visitor: NewVisitor, check: str, time: Clock) -> None:
    first = read(visitor(), share(page, check))
    time.wait(minutes=42)
    second = read(visitor(), share(page, check))
    for found, stand in ((first, "Stand 1 vom 08.02.2027, 12:00"), (second, "Stand 2 vom 08.02.2027, 12:42")):
        assert f"Bericht zum Selbstcheck, {stand}" in found.main
        assert stand in text_of(found.one(".//head/title"))
        assert f"Musterstadt am Main, {stand}" in text_of(found.one(".//p[@class='sheet__foot']"))
        assert stand in page.open(f"/selbstcheck/{check}/teilen").main


def test_the_letter_names_the_stand(page: Visitor, check: str) -> None:
    made = page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen")
    letter = unquote(made.link("Mit dem eigenen E-Mail-Programm verschicken"))
    assert "Hier ist unser Bericht, Stand 1 vom 08.02.2027, 12:00:" in letter


def test_each_self_check_counts_its_own(page: Visitor, visitor: NewVisitor, check: str) -> None:
    share(page, check)
    other = visitor()
    assert "Stand 1 vom" in read(visitor(), share(other, begin(other))).main


def test_a_report_says_for_whom_it_is(page: Visitor, visitor: NewVisitor, check: str) -> None:
    overview = page.open(f"/selbstcheck/{check}/teilen")
    preview = page.press(overview, "Vorschau ansehen", {"label": "Bürgermeisterin Kraft"})
    found = read(visitor(), share(page, check, label="Bürgermeisterin Kraft"))
    for shown in (preview, found):
        head = text_of(shown.one(".//p[@class='sheet__head']"))
        assert "Bericht für: Bürgermeisterin Kraft" in head
        assert "IHK" not in head
    assert "Bericht an die IHK Darmstadt" in read(visitor(), share(page, check, label="ihk darmstadt")).main


def test_who_holds_both_is_led_to_the_newer_one(page: Visitor, visitor: NewVisitor, check: str, time: Clock) -> None:
    reader = visitor()
    old = read(reader, share(page, check, label="IHK Darmstadt"))
    assert NEWER not in old.main
    time.wait(hours=1)
    new = read(reader, share(page, check, label="Frau Beispiel, IHK"))
    again = reader.open(old.address)
    assert NEWER in again.main
    assert again.link("Stand 2 vom 08.02.2027, 13:00 ansehen") == new.address
    assert NEWER not in reader.open(new.address).main


def test_who_was_sent_a_newer_one_hears_of_it(page: Visitor, visitor: NewVisitor, check: str, time: Clock) -> None:
    reader = visitor()
    old = read(reader, share(page, check))
    time.wait(hours=1)
    share(page, check)
    said = reader.open(old.address)
    assert "inzwischen Stand 2 vom 08.02.2027, 13:00 geteilt" in said.main
    assert "fragen Sie die Kommune danach" in said.main
    leads = [link.get("href", "") for link in said.all(".//main//a")]
    assert [lead for lead in leads if lead.startswith("/berichte/")] == [f"{old.address}/bericht.pdf"]
    assert "neuere Fassung vorhanden" in reader.open("/berichte").main


def test_what_others_were_sent_is_nobodys_business(page: Visitor, visitor: NewVisitor, check: str, time: Clock) -> None:
    reader = visitor()
    old = read(reader, share(page, check))
    time.wait(hours=1)
    other = read(visitor(), share(page, check, label="Bürgermeisterin Kraft"))
    for found in (reader.open(old.address), reader.open("/berichte")):
        assert "neuere fassung" not in found.main.lower()
        assert "Kraft" not in found.source
        assert other.address not in found.source


def test_a_newer_one_that_was_withdrawn_is_not_mentioned(
    page: Visitor, visitor: NewVisitor, check: str, time: Clock
) -> None:
    reader = visitor()
    old = read(reader, share(page, check))
    time.wait(hours=1)
    share(page, check)
    overview = page.open(f"/selbstcheck/{check}/teilen")
    asked = page.open(next(a.get("href", "") for a in overview.all(".//a") if text_of(a).startswith("Zurückziehen")))
    assert "Sie ziehen den Bericht mit Stand 2 vom 08.02.2027, 13:00 zurück." in asked.main
    page.press(asked, "Zurückziehen")
    assert NEWER not in reader.open(old.address).main


def test_a_reader_finds_all_that_they_hold(page: Visitor, visitor: NewVisitor, check: str, time: Clock) -> None:
    reader = visitor()
    first = read(reader, share(page, check))
    time.wait(hours=1)
    second = read(reader, share(page, check, label="Frau Beispiel", ends="31.03.2027"))
    mine = reader.open(second.link("Meine Berichte"))
    assert text_of(mine.one(".//h1")) == "Meine Berichte"
    listed = [(text_of(link), link.get("href")) for link in mine.all(".//main//a")]
    assert listed == [
        ("Bericht Musterstadt am Main, Stand 2 vom 08.02.2027, 13:00", second.address),
        ("Bericht Musterstadt am Main, Stand 1 vom 08.02.2027, 12:00", first.address),
    ]
    assert "Für: Frau Beispiel · der Link gilt bis 31.03.2027" in mine.main
    assert "neuer ist Stand 2 vom 08.02.2027, 13:00" in mine.main
    assert "Stand 1 vom 08.02.2027, 12:00" in reader.open("/selbstchecks").main


@pytest.mark.parametrize("address", ["/berichte", "/selbstchecks"])
def test_nobody_is_told_to_use_a_link_they_do_not_have(
    page: Visitor, visitor: NewVisitor, check: str, address: str
) -> None:
    reader = visitor()
    read(reader, share(page, check))
    found = reader.open(address).main
    assert "persönlichen Link" not in found
    assert "den Link, den Ihnen die Kommune geschickt hat" in found


def test_the_list_is_empty_for_all_others(page: Visitor, visitor: NewVisitor, check: str) -> None:
    share(page, check)
    for person in (page, visitor()):
        assert "In diesem Browser ist kein Bericht geöffnet." in person.open("/berichte").main
