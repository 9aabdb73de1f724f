"""The chamber's Prüfbogen laid beside: entered question by question, counted, and shown as a second estimate."""

from __future__ import annotations

import pytest

from tests import towns
from tests.web.document import text_of
from tests.web.page import Fields, NewVisitor, Page, Visitor, begin, fill

QUESTIONS = towns.questionnaire().questions
FIRST, SECOND = QUESTIONS[0], QUESTIONS[1]
LINE = f"sheet.{FIRST.id}"
MARK = "sheet_mark.whole.percent"
MINE, THEIRS = "Meine Angabe übernehmen", "Andere Angabe behalten"
BESIDE = "Nach Ihren Angaben aus dem Prüfbogen der IHK"
OURS = "Nach unserer Gewichtung"


def _open(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/pruefbogen")


def _save(page: Visitor, check_id: str, fields: Fields, status: int = 200) -> Page:
    return page.press(_open(page, check_id), "Speichern", fields, status)


def _new(found: Page) -> str:
    """How the fields of the empty entry begin."""
    names = (str(each.get("name")) for each in found.controls)
    return next(name for name in names if name.startswith("only_there.n")).rpartition(".")[0]


def _add(page: Visitor, check_id: str, status: int = 200, **fields: str) -> Page:
    opened = _open(page, check_id)
    return page.press(opened, "Speichern", {f"{_new(opened)}.{name}": said for name, said in fields.items()}, status)


def test_every_question_has_its_line_with_what_it_gives_here(page: Visitor, check: str) -> None:
    found = _open(page, check)
    assert found.h1 == "Prüfbogen danebenlegen"
    lines = found.all(".//li/div[@data-part]")
    assert len(lines) == len(QUESTIONS)
    said = text_of(lines[0])
    assert FIRST.number in said
    assert FIRST.name in said
    assert "bei uns" in said
    assert f"0 von {len(QUESTIONS)} Fragen zugeordnet" in found.main


def test_a_line_comes_back_with_all_it_says(page: Visitor, check: str) -> None:
    said = {f"{LINE}.number_there": "1.2", f"{LINE}.points": "2,5", f"{LINE}.remark": "heißt dort\r\nStadtleitbild"}
    found = _save(page, check, said)
    assert "Ihre Angaben zum Prüfbogen sind gespeichert" in found.main
    assert [found.value(name) for name in said] == ["1.2", "2,5", "heißt dort\nStadtleitbild"]
    assert f"1 von {len(QUESTIONS)} Fragen zugeordnet" in found.main
    told = page.open(f"/selbstcheck/{check}/verlauf").main
    assert f"Prüfbogen zu {FIRST.number}" in told
    assert "Punkte im Prüfbogen: 2,5" in told
    assert "Stadtleitbild" in told


def test_what_does_not_stand_there_is_placed_too(page: Visitor, check: str) -> None:
    found = _save(page, check, {f"{LINE}.absent": "y", f"sheet.{SECOND.id}.number_there": "7"})
    assert f"1 von {len(QUESTIONS)} Fragen zugeordnet" in found.main
    assert "steht nicht im Prüfbogen" in page.open(f"/selbstcheck/{check}/verlauf").main


def test_saving_without_a_change_writes_nothing(page: Visitor, check: str) -> None:
    _save(page, check, {f"{LINE}.points": "2,50", f"{LINE}.remark": "a\r\nb", MARK: "70,0 %"})
    page.press(_open(page, check), "Speichern")
    headings = [text_of(each) for each in page.open(f"/selbstcheck/{check}/verlauf").all(".//ol//h3")]
    assert sum("Prüfbogen" in heading for heading in headings) == 2


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("points", "viele", "als Zahl"),
        ("points", "-1", "Weniger als 0 Punkte"),
        ("points", "10000", "höchstens 1.000 Punkte"),
        ("points", "1e9", "als Zahl"),
        ("points", "9" * 300, "als Zahl"),
        ("points", "2,555", "zwei Stellen nach dem Komma"),
        ("points", "NaN", "als Zahl"),
        ("points", "٣", "als Zahl"),
        ("number_there", "1" * 13, "höchstens 12 Zeichen"),
        ("remark", "x" * 501, "höchstens 500 Zeichen"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_rest_is_saved(
    page: Visitor, check: str, field: str, typed: str, said: str
) -> None:
    name = f"{LINE}.{field}"
    found = _save(page, check, {name: typed, f"sheet.{SECOND.id}.points": "3"}, 422)
    assert said in text_of(found.one(f".//*[@id='{name}-fehler']"))
    assert FIRST.number in text_of(found.one(f".//a[@href='#{name}']"))
    assert found.value(name) == typed
    again = _open(page, check)
    assert (again.value(name), again.value(f"sheet.{SECOND.id}.points")) == ("", "3")


def test_a_number_stands_there_as_it_was_read(page: Visitor, check: str) -> None:
    found = _save(page, check, {f"{LINE}.points": "10.000"}, 422)
    assert "höchstens 1.000 Punkte" in text_of(found.one(f".//*[@id='{LINE}.points-fehler']"))
    assert found.value(f"{LINE}.points") == "10000"


def test_points_and_not_there_at_once_are_told_with_both_names(page: Visitor, check: str) -> None:
    found = _save(page, check, {f"{LINE}.points": "2", f"{LINE}.absent": "y"}, 422)
    assert "Punkte oder „steht nicht darin“" in text_of(found.one(f".//*[@id='{LINE}.points-fehler']"))
    assert found.value(f"{LINE}.points") == "2"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "über 0 und bis 100"),
        ("-70", "über 0 und bis 100"),
        ("101", "über 0 und bis 100"),
        ("siebzig", "als Zahl"),
        ("66,666", "zwei Stellen"),
        ("7" * 99, "als Zahl"),
    ],
)
def test_a_pass_mark_that_is_none_is_told_at_its_field(page: Visitor, check: str, typed: str, said: str) -> None:
    found = _save(page, check, {MARK: typed}, 422)
    assert said in text_of(found.one(f".//*[@id='{MARK}-fehler']"))
    assert found.value(MARK) == typed


def test_a_pass_mark_comes_back_as_it_is_written_and_goes_again(page: Visitor, check: str) -> None:
    assert _save(page, check, {MARK: "66.50 %"}).value(MARK) == "66,5"
    assert _save(page, check, {MARK: ""}).value(MARK) == ""


def test_what_only_the_sheet_asks_is_added_changed_and_removed(page: Visitor, check: str) -> None:
    found = _add(page, check, title="Leerstandskataster?", number_there="5.7", points="2")
    assert [found.value(f"only_there.1.{name}") for name in ("title", "number_there", "points")] == [
        "Leerstandskataster?",
        "5.7",
        "2",
    ]
    found = _save(page, check, {"only_there.1.points": "1,5"})
    asked = page.press(found, "Entfernen: Leerstandskataster?")
    assert asked.h1 == "Diesen Eintrag entfernen?"
    assert "1,5" in asked.main
    found = page.press(asked, "Eintrag entfernen")
    assert "Im Verlauf können Sie den Eintrag zurückholen." in found.main
    assert "Leerstandskataster" not in found.source
    assert _add(page, check, title="Marketing?").value("only_there.2.title") == "Marketing?"


def test_something_without_words_is_refused_and_stays(page: Visitor, check: str) -> None:
    found = _add(page, check, 422, points="2")
    name = f"{_new(found)}.title"
    assert "was der Prüfbogen fragt" in text_of(found.one(f".//*[@id='{name}-fehler']"))
    assert found.value(f"{_new(found)}.points") == "2"


def test_a_double_click_adds_one_entry(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    for _ in range(2):
        found = page.press(opened, "Speichern", {f"{_new(opened)}.title": "Marketing?"})
    assert len(found.all(".//div[@class='beside beside--only']")) == 1


def test_an_endless_list_is_refused_before_anybody_reads_it(page: Visitor, check: str) -> None:
    token = _open(page, check).value("csrf_token")
    fields = {f"only_there.n{number:032x}.title": "Frage" for number in range(200)}
    answer = page.post(f"/selbstcheck/{check}/pruefbogen", {"csrf_token": token, **fields})
    assert answer.status_code == 413
    assert "only_there.1." not in _open(page, check).source


@pytest.mark.parametrize("name", ["sheet.gibt-es-nicht", "sheet.", "only_there.x", "only_there.0", "sheet_mark.other"])
def test_names_that_no_page_has_change_nothing(page: Visitor, check: str, name: str) -> None:
    fields = {f"{name}.version": "0", f"{name}.base": "", f"{name}.points": "3", f"{name}.title": "x"}
    token = _open(page, check).value("csrf_token")
    assert page.post(f"/selbstcheck/{check}/pruefbogen", {"csrf_token": token, **fields}).status_code == 303
    assert "Prüfbogen" not in text_of(page.open(f"/selbstcheck/{check}/verlauf").one(".//main//ol"))


def test_two_who_enter_the_same_line_decide(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    _save(page, check, {f"{LINE}.points": "3"})
    met = page.press(opened, "Speichern", {f"{LINE}.points": "2", f"sheet.{SECOND.id}.points": "1"}, 409)
    shown = text_of(met.one(f".//*[@id='konflikte-{LINE.replace('.', '-')}']"))
    assert "Punkte: 2" in shown
    assert "Punkte: 3" in shown
    assert _open(page, check).value(f"sheet.{SECOND.id}.points") == "1"
    page.press(met, MINE)
    assert _open(page, check).value(f"{LINE}.points") == "2"


def test_two_who_change_the_pass_mark_decide(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    _save(page, check, {MARK: "60"})
    met = page.press(opened, "Speichern", {MARK: "75"}, 409)
    assert "Bestehensgrenze: 60 %" in met.main
    page.press(met, THEIRS)
    assert _open(page, check).value(MARK) == "60"


def test_our_script_hears_of_its_part_and_of_the_count(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    fields = {name: said for name, said in opened.form("Speichern").fields if name.startswith((LINE, "csrf"))}
    fields[f"{LINE}.points"] = "2.50"
    answer = page.post(opened.address, fields, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    said = answer.get_json()
    assert said["parts"][LINE]["state"] == "saved"
    assert said["parts"][LINE]["texts"] == {f"{LINE}.points": "2,5"}
    assert f"1 von {len(QUESTIONS)} Fragen zugeordnet" in said["html"]["#stand"]


@pytest.fixture
def laid(page: Visitor) -> str:
    """A filled self-check beside a Prüfbogen with 31 questions of ours."""
    check_id = begin(page)
    fill(page, check_id, towns.sample().answers)
    points: dict[str, str | None] = {f"sheet.{question.id}.points": "2" for question in QUESTIONS[:31]}
    _save(page, check_id, points)
    return check_id


def test_the_result_shows_both_and_hides_ours_never(page: Visitor, laid: str) -> None:
    found = page.open(f"/selbstcheck/{laid}/ergebnis")
    headings = [text_of(each) for each in found.all(".//h3")]
    assert headings.index(OURS) < headings.index(BESIDE)
    assert f"31 von {len(QUESTIONS)} Fragen zugeordnet" in found.main
    assert "von 62 Punkten" in found.main
    assert "von 118 Punkten" in found.main
    assert "gerechnet ist mit unserer von 70" in found.main
    assert len(found.all(".//dl[@class='numbers']")) == 2


def test_what_only_the_sheet_asks_and_its_mark_count(page: Visitor, laid: str) -> None:
    _add(page, laid, title="Leerstandskataster?", points="8")
    _save(page, laid, {MARK: "60"})
    found = page.open(f"/selbstcheck/{laid}/ergebnis").main
    assert "Marke: 42 von 70 Punkten" in found
    assert "Was nur der Prüfbogen fragt (8 Punkte), zählt als offen." in found
    assert "gerechnet ist mit unserer" not in found


def test_with_our_own_points_both_say_the_same(page: Visitor) -> None:
    check_id = begin(page)
    fill(page, check_id, towns.sample().answers)
    said = {f"sheet.{each.id}.points": str(each.possible).replace(".", ",") for each in QUESTIONS if each.possible} | {
        f"sheet.{each.id}.absent": "y" for each in QUESTIONS if not each.possible
    }
    _save(page, check_id, said)
    first, second = page.open(f"/selbstcheck/{check_id}/ergebnis").all(".//dl[@class='numbers']")
    shares = [[text_of(each) for each in numbers.iter("dd")][::3] for numbers in (first, second)]
    assert shares[0] == shares[1]


def test_before_there_are_points_the_result_leads_there(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/ergebnis")
    assert BESIDE not in found.main
    assert OURS not in found.main
    assert found.link("Prüfbogen danebenlegen") == f"/selbstcheck/{check}/pruefbogen"
    step = page.open(f"/selbstcheck/{check}/checkliste").one(".//li[@data-part='team:chamber']")
    assert f"/selbstcheck/{check}/pruefbogen" in [each.get("href") for each in step.iter("a")]


def test_a_shared_report_has_it_without_what_was_typed(page: Visitor, laid: str, visitor: NewVisitor) -> None:
    _save(page, laid, {f"{LINE}.remark": "streng vertraulich", f"{LINE}.number_there": "1.2"})
    shared = page.press(page.open(f"/selbstcheck/{laid}/teilen"), "Link erstellen")
    link = shared.one(".//input[@id='link']").get("value", "").removeprefix("http://localhost")
    reader = visitor()
    report = reader.press(reader.open(link), "Öffnen")
    assert OURS in report.main
    assert "Nach den Angaben der Kommune aus dem Prüfbogen der IHK" in report.main
    assert f"31 von {len(QUESTIONS)} Fragen zugeordnet" in report.main
    assert "streng vertraulich" not in report.source
    _save(page, laid, {f"{LINE}.points": "9"})
    assert "von 62 Punkten" in reader.open(report.address).main, "a Stand stays as it was"


def test_its_texts_can_be_taken_out_of_everything(page: Visitor, check: str) -> None:
    _save(page, check, {f"{LINE}.remark": "Anruf bei Frau Beispiel"})
    history = page.open(f"/selbstcheck/{check}/verlauf")
    address = next(
        each.get("href", "")
        for each in history.all(".//a")
        if f"/entfernen/pruefbogen/{FIRST.id}" in each.get("href", "")
    )
    asked = page.open(address)
    assert "Anruf bei Frau Beispiel" in asked.main
    page.press(asked, "Überall entfernen")
    assert "Frau Beispiel" not in page.open(f"/selbstcheck/{check}/verlauf").source
    assert _open(page, check).value(f"{LINE}.remark") == ""


def test_the_sample_can_be_looked_at_and_not_changed(page: Visitor) -> None:
    found = page.open("/selbstcheck/beispiel/pruefbogen")
    assert found.all(".//fieldset[@disabled]")
    assert not found.all(".//form[@method='post']")
    token = page.open("/selbstcheck/neu").value("csrf_token")
    answer = page.post("/selbstcheck/beispiel/pruefbogen", {"csrf_token": token, f"{LINE}.version": "0"})
    assert answer.status_code == 403


def test_the_blank_form_is_for_everybody_and_names_every_question(page: Visitor) -> None:
    found = page.open("/pruefbogen")
    rows = [text_of(each) for each in found.all(".//tbody//th")]
    assert rows == [f"{question.number} {question.name}" for question in QUESTIONS]
    assert "Zum Bestehen nötig" in found.main
    assert page.open("/hilfe").all(".//a[@href='/pruefbogen']")


@pytest.mark.parametrize("version", ["gibt-es-nicht", "", "x" * 3000, "../2026-1"])
def test_a_version_that_there_is_not_leads_to_the_newest(page: Visitor, version: str) -> None:
    found = page.open(f"/pruefbogen?fassung={version}")
    assert f"Fragebogen Version {towns.questionnaire().version}" in found.main
