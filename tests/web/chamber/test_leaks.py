"""What one side writes for itself never reaches the other: on no page, in no document, export or mail."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator

from selfcheck.web.http import clock
from tests.web.page import Visitor
from tests.web.routes import ROUTES, address_of
from tests.web.world import CRITERION, EXAMPLE, QUESTION, World

MARK = "Streng-vertraulich-"
NOT_SECRET = (".minutes.", ".method.", ".place.")
"""Fields of the interview that are no text, or stand in the agenda for the town."""
WITH_LINK = ("/verwaltung", "/zugang/", "/bericht/")
"""Where the operator, and whoever has the link, reads how the town is called now."""
TOWN = ("owner", "colleague", "office", "reader")
DOCUMENTS = {
    "chamber.interview_file": ("agenda.docx", "mitschreiben.pdf", "protokoll.docx", "protokoll.xlsx"),
    "documents.download": ("bericht.docx", "kurzfassung.pdf"),
}


def test_what_advisors_write_for_themselves_reaches_nobody_else(world: World) -> None:
    advisor, case = world.visit("advisor"), f"/beratung/{world.case_id}"
    advisor.press(advisor.open(case), "Übernehmen")
    judged = {f"{EXAMPLE}.points": "0", f"{EXAMPLE}.reason": f"{MARK}1", "note": f"{MARK}2"}
    advisor.press(advisor.open(f"{case}/fragen/{EXAMPLE}"), "Speichern", judged)
    words = {"about": f"frage:{QUESTION}", "title": f"{MARK}3", "text": f"{MARK}4", "priority": "high"}
    advisor.press(advisor.open(f"{case}/empfehlungen/neu"), "Empfehlung speichern", words)
    goal = next(name for name, _ in advisor.open(f"{case}/ergebnis").form("Speichern").fields if name.endswith("title"))
    advisor.press(advisor.open(f"{case}/ergebnis"), "Speichern", {"next_steps": f"{MARK}5", goal: f"{MARK}6"})
    page = advisor.open(f"{case}/gespraech")
    texts = [name for name, _ in page.form("Speichern").fields if name.endswith((".good.text", ".whole.text"))]
    texts += [name for name, _ in page.form("Speichern").fields if ".said." in name and name.endswith(".text")]
    said = {name: f"{MARK}7" for name in texts if not any(part in name for part in NOT_SECRET)}
    assert said
    advisor.press(page, "Speichern", said)
    advisor.press(
        advisor.open(f"{case}/erinnern"), "Speichern", {"due": f"{clock.today():%d.%m.%Y}", "text": f"{MARK}8"}
    )
    advisor.press(advisor.open("/beratung/textbausteine"), "Hinzufügen", {"title": f"{MARK}9", "text": f"{MARK}10"})
    for name in (*TOWN, "advisor of another", "operator", "nobody"):
        for address, text in look_everywhere(world, world.join(name)):
            assert MARK not in text, f"{name}: {address}"
    assert MARK not in dump(world, "mail")
    shown = [address for address, text in look_everywhere(world, advisor) if MARK in text]
    assert len(shown) > 5, "the advisor sees it"
    agenda = unpack(advisor.client.get(f"{case}/gespraech/agenda.docx").get_data())
    assert "Agenda" in agenda
    assert MARK not in agenda, "the town gets the agenda"


def test_what_a_town_writes_after_sharing_reaches_no_advisor(world: World) -> None:
    owner = world.visit("owner")
    page = owner.open(f"/selbstcheck/{world.check_id}/fragen/{CRITERION}?offen={QUESTION}")
    owner.press(page, "Speichern und weiter", {f"{QUESTION}.note": f"{MARK}1", f"{QUESTION}.comment": f"{MARK}2"})
    reply = owner.open(f"/selbstcheck/{world.check_id}/ihk/empfehlungen/{world.recommendation_id}")
    owner.press(reply, "Speichern", {"decision": "yes", "reason": f"{MARK}3", "person": f"{MARK}4"})
    owner.press(owner.open(f"/selbstcheck/{world.check_id}/angaben"), "Speichern", {"municipality": f"{MARK}5"})
    for name in ("advisor", "advisor of another", "operator"):
        for address, text in look_everywhere(world, world.join(name)):
            names_town = address.startswith(WITH_LINK)
            assert MARK not in (text.replace(f"{MARK}5", "") if names_town else text), f"{name}: {address}"


def look_everywhere(world: World, visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Every address that can be opened, with what comes from there; packed documents are unpacked."""
    for method, endpoint in ROUTES:
        if method == "GET":
            for document in DOCUMENTS.get(endpoint, ("",)):
                address = address_of(world, endpoint, **({"address": document} if document else {}))
                response = visitor.client.get(address)
                yield address, unpack(response.get_data()) + str(response.headers)


def unpack(body: bytes) -> str:
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def dump(world: World, table: str) -> str:
    database = sqlite3.connect(world.folder / "selfcheck.sqlite3")
    try:
        return str(database.execute(f"SELECT * FROM {table}").fetchall())  # the name is one of ours
    finally:
        database.close()
