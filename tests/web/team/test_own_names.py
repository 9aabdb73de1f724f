"""A town calls its departments as it does, and makes one of several: every page and document follows."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from selfcheck.reporting.documents.file import File
from tests import towns
from tests.reporting.documents.readers import read_excel, read_word
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Page, Visitor
from tests.web.team.test_departments import ASK, address, only
from tests.web.team.test_team import ask_office

pytestmark = pytest.mark.usefixtures("time")
OWN = "Amt für Bildung & Familie"
GONE = ("Kita-Verwaltung", "Schule und Ganztag")
QUESTIONS = [each for each in towns.questionnaire().questions if each.department in ("kita", "schulamt")]
DOCUMENTS = ("dokumentationstabelle.xlsx", "beschlussvorlage.docx", "fachbereiche.pdf")


@pytest.fixture
def renamed(page: Visitor, check: str) -> str:
    """A self-check whose town asked one office for two departments."""
    ask_together(page, check)
    return f"/selbstcheck/{check}"


def ask_together(page: Visitor, check: str) -> None:
    changes = only("kita", "schulamt", kita__label=OWN, schulamt__joined="kita")
    page.press(page.open(address(check)), ASK, changes)


def _shows_own(shown: Page) -> bool:
    return OWN in shown.main and not any(title in shown.main for title in GONE)


def _read(page: Visitor, where: str) -> str:
    answer = page.client.get(where, base_url=page.base)
    assert answer.status_code == 200
    file = File(where, answer.mimetype, answer.data)
    if where.endswith(".pdf"):
        return "\n".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(BytesIO(answer.data)))
    return read_word(file) if where.endswith(".docx") else read_excel(file)


@pytest.mark.parametrize("where", ["/ergebnis", "/checkliste", "/team/fachbereich", "/team/fachbereiche"])
def test_pages_call_a_department_as_the_town_does(page: Visitor, renamed: str, where: str) -> None:
    assert _shows_own(page.open(renamed + where))


def test_decisive_questions_name_the_office_that_can_answer_them(page: Visitor, renamed: str) -> None:
    question = max(QUESTIONS, key=lambda each: each.possible)
    shown = page.open(f"{renamed}/ergebnis")
    (section,) = [each for each in shown.all(".//section") if each.get("aria-labelledby") == "entscheidet"]
    (row,) = [text_of(each) for each in section.findall(".//tr") if question.name in text_of(each)]
    assert OWN in row


def test_where_one_office_is_chosen_merged_ones_are_one(page: Visitor, renamed: str) -> None:
    chosen = page.open(f"{renamed}/team/fachbereich")
    (line,) = [text_of(each) for each in chosen.all(".//main//li") if OWN in text_of(each)]
    assert f"{len(QUESTIONS)} Fragen" in line
    form = page.open(chosen.link(OWN))
    assert form.value("label") == OWN
    assert len(form.all(".//input[@name='questions'][@checked]")) == len(QUESTIONS)


def test_an_office_that_was_asked_is_offered_once(page: Visitor, check: str) -> None:
    question = next(each for each in QUESTIONS if each.department == "kita")
    ask_office(page, check, "Kita-Verwaltung", questions=question.id)
    form = page.open(address(check))
    assert form.all(".//input[@name='kita.asked']")
    offered = [text_of(each) for each in form.all(".//select[@name='soziales.joined']/option")]
    assert [each for each in offered if "Kita-Verwaltung" in each] == ["Kita-Verwaltung (schon gefragt)"]


def test_the_file_of_an_office_has_the_questions_of_all_that_it_is(page: Visitor, renamed: str) -> None:
    offered = page.open(f"{renamed}/fragen-excel")
    assert _shows_own(offered)
    found = _read(page, offered.link(f"{OWN} (Excel)"))
    assert all(question.text in found for question in QUESTIONS)
    assert next(each.text for each in towns.questionnaire().questions if each not in QUESTIONS) not in found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_call_a_department_as_the_town_does(page: Visitor, renamed: str, name: str) -> None:
    said = " ".join(_read(page, f"{renamed}/dokumente/{name}").split())
    assert OWN in said
    assert not [title for title in GONE if title in said]


def test_the_checklist_of_a_shared_report_calls_it_so_too(page: Visitor, renamed: str) -> None:
    found = page.open(f"{renamed}/teilen/vorschau?checklist=1")
    assert f"Fachbereich einbinden: {OWN}" in found.main
    assert not [title for title in GONE if title in found.main]


def test_what_was_said_about_asking_it_goes_by_its_name_too(page: Visitor, check: str) -> None:
    steps = {f"steps.team:department:{id}.note": f"{id} am Montag" for id in ("kita", "schulamt")}
    page.press(page.open(f"/selbstcheck/{check}/checkliste"), "Speichern", dict(steps))
    ask_together(page, check)
    assert f"Fachbereich einbinden: {OWN}" in page.open(f"/selbstcheck/{check}/verlauf").main
    board = page.open(f"/selbstcheck/{check}/checkliste")
    assert not [note for note in steps.values() if note not in board.main]
    assert not [title for title in GONE if title in board.main]


def test_the_name_stays_when_the_link_has_ended(page: Visitor, renamed: str, time: Clock) -> None:
    time.wait(days=200)
    assert _shows_own(page.open(f"{renamed}/ergebnis"))


def test_the_preview_says_which_names_stand_in_documents(page: Visitor, renamed: str) -> None:
    assert f"die Namen, die Sie Fachbereichen gegeben haben: {OWN}." in page.open(f"{renamed}/teilen/vorschau").main


def test_a_preview_without_own_names_says_nothing_of_them(page: Visitor, check: str) -> None:
    assert "Namen, die Sie Fachbereichen" not in page.open(f"/selbstcheck/{check}/teilen/vorschau").main
