"""Two people, one answer: both values are shown, their differences marked, and each decision does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from selfcheck.core.questionnaire.model import Kind
from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor
from tests.web.world import CRITERION, QUESTION, World

GOALS = "strategische-zielsetzung"
SAVE, MINE, THEIRS, BOTH = "Speichern und weiter", "Meine Angabe übernehmen", "Andere Angabe behalten", "Beide behalten"
NOTE = "leitbild.note"


@pytest.fixture
def window(page: Visitor, check: str) -> Callable[[], Page]:
    """Opens the first criterion once more."""
    return lambda: page.open(f"/selbstcheck/{check}/fragen/{GOALS}?offen=alle")


@pytest.fixture
def collide(page: Visitor, window: Callable[[], Page]) -> Callable[[str, str], Page]:
    """One saves `theirs` as a note, then another `mine`: the page with the conflict."""

    def meet(mine: str, theirs: str) -> Page:
        early, late = window(), window()
        page.press(early, SAVE, {NOTE: theirs})
        return page.press(late, SAVE, {NOTE: mine}, 409)

    return meet


def _marked(met: Page, element: str) -> list[str]:
    """What is marked in the two values, without the example in the legend."""
    return [text_of(each) for each in met.all(f".//dd//{element}")]


def test_differences_of_notes_are_marked_for_eyes_and_ears(collide: Callable[[str, str], Page]) -> None:
    met = collide("Beschluss vom Juni 2027, Ordner 3", "Beschluss vom Mai 2027, Ordner 3")
    assert _marked(met, "ins") == ["nur in meiner Angabe: Juni Ende"]
    assert _marked(met, "del") == ["nur in der anderen Angabe: Mai Ende"]
    assert met.value(NOTE) == "Beschluss vom Juni 2027, Ordner 3"


def test_notes_with_nothing_in_common_are_not_marked(collide: Callable[[str, str], Page]) -> None:
    met = collide("Siehe Ordner 3", "Beschluss vom Mai")
    assert not _marked(met, "ins") + _marked(met, "del")


def test_both_notes_are_kept_one_after_the_other(
    page: Visitor, check: str, window: Callable[[], Page], collide: Callable[[str, str], Page]
) -> None:
    met = collide("meine\nzweite Zeile", "deren\nzweite Zeile")
    page.press(met, BOTH, {"beschluss.note": "gehört dazu"})
    assert window().value(NOTE) == "deren\nzweite Zeile\n\n– – –\n\nmeine\nzweite Zeile"
    assert window().value("beschluss.note") == "gehört dazu"
    told = [text_of(each) for each in page.open(f"/selbstcheck/{check}/verlauf").all(".//ol//dd")]
    assert "derenzweite Zeile" in told


def test_both_are_offered_only_where_they_fit_and_both_stay_visible(
    page: Visitor, window: Callable[[], Page], collide: Callable[[str, str], Page]
) -> None:
    mine, theirs = "m" * 2500, "t" * 2500
    met = collide(mine, theirs)
    said = text_of(met.one(".//*[@id='konflikte-leitbild']"))
    assert "länger als 5.000 Zeichen" in said
    assert mine in said
    assert theirs in said
    assert BOTH not in said
    met = page.press(met, SAVE, {NOTE: "kurz"}, 409)
    page.press(met, BOTH)
    assert window().value(NOTE) == f"{theirs}\n\n– – –\n\nkurz"


def test_both_that_became_too_long_meanwhile_change_nothing(
    page: Visitor, window: Callable[[], Page], collide: Callable[[str, str], Page]
) -> None:
    met = page.press(collide("kurz", "t" * 2500), BOTH, {NOTE: "m" * 2600}, 409)
    assert met.value(NOTE) == "m" * 2600
    assert "länger als 5.000 Zeichen" in met.main
    assert window().value(NOTE) == "t" * 2500


def test_both_with_somebody_who_was_faster_again_is_a_conflict_again(
    page: Visitor, window: Callable[[], Page], collide: Callable[[str, str], Page]
) -> None:
    met = collide("meine", "deren")
    page.press(window(), SAVE, {NOTE: "dritte"})
    met = page.press(met, BOTH, status=409)
    assert window().value(NOTE) == "dritte"
    page.press(met, THEIRS)
    assert window().value(NOTE) == "dritte"


@pytest.mark.parametrize(("theirs", "mine"), [("", "meine"), ("deren", "")])
def test_nothing_and_something_are_not_two_texts(
    page: Visitor, window: Callable[[], Page], theirs: str, mine: str
) -> None:
    page.press(window(), SAVE, {NOTE: "alt"})
    early, late = window(), window()
    page.press(early, SAVE, {NOTE: theirs})
    met = page.press(late, SAVE, {NOTE: mine}, 409)
    assert text_of(met.one(".//*[@data-save-all]")) == "Nicht alles gespeichert"
    assert "(leer)" in text_of(met.one(".//*[@id='konflikte-leitbild']"))
    assert BOTH not in met.main


def test_three_people_in_a_row_lose_nothing(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    opened = [window() for _ in range(3)]
    page.press(opened[0], SAVE, {NOTE: "eins"})
    page.press(page.press(opened[1], SAVE, {NOTE: "zwei"}, 409), MINE)
    page.press(page.press(opened[2], SAVE, {NOTE: "drei"}, 409), BOTH)
    assert window().value(NOTE) == "zwei\n\n– – –\n\ndrei"
    told = page.open(f"/selbstcheck/{check}/verlauf").main
    assert all(text in told for text in ("eins", "zwei", "drei"))


def test_both_is_for_texts_only(page: Visitor, window: Callable[[], Page]) -> None:
    early, late = window(), window()
    page.press(early, SAVE, {"leitbild.choice": "option:ja"})
    met = page.press(late, SAVE, {"leitbild.choice": "option:nein"}, 409)
    assert BOTH not in met.main
    page.press(met, SAVE, {"resolve": "leitbild.choice:both:1"}, 409)
    assert window().form(SAVE).fields.count(("leitbild.choice", "option:ja")) == 1


def test_who_answered_what_and_when_stands_at_the_answer(page: Visitor, check: str, window: Callable[[], Page]) -> None:
    page.press(window(), SAVE, {"leitbild.choice": "option:ja", NOTE: "Kapitel 3"})
    found = window()
    said = text_of(found.one(".//*[@id='wer-leitbild']"))
    assert said.startswith("Antwort und Erläuterung: Sie, ")
    assert text_of(found.one(".//*[@id='wer-beschluss']")) == ""


def test_one_s_own_words_are_said_to_be_one_s_own(world: World) -> None:
    office = world.visit("nobody")
    found = office.press(office.open(f"/zugang/{world.office_token}"), "Öffnen", {"name": "Erika Muster"})
    office.press(found, "Speichern", {f"{QUESTION}.note": "Vom Amt ergänzt"})
    said = text_of(office.open(found.address).one(f".//*[@id='wer-{QUESTION}']"))
    assert "Erläuterung: Sie, " in said
    seen = world.join("owner").open(f"/selbstcheck/{world.check_id}/fragen/{CRITERION}?offen=alle")
    assert re.search(
        r"Erläuterung: [^,]+ \([^)]+\), \d\d\.\d\d\.\d{4}", text_of(seen.one(f".//*[@id='wer-{QUESTION}']"))
    )


MANY = next(each for each in towns.questionnaire().questions if each.kind is Kind.MANY)


@pytest.mark.parametrize(("button", "kept"), [(MINE, [0, 2]), (THEIRS, [0, 1])])
def test_ticked_options_are_decided_as_a_whole(page: Visitor, check: str, button: str, kept: list[int]) -> None:
    address = f"/selbstcheck/{check}/fragen/{MANY.criterion}"
    early, late = page.open(address), page.open(address)
    name, options = f"{MANY.id}.options", [str(option.id) for option in MANY.options]
    page.press(early, SAVE, {name: options[:2], f"{MANY.id}.choice": None})
    met = page.press(late, SAVE, {name: [options[0], options[2]], f"{MANY.id}.choice": None}, 409)
    assert len(met.one(f".//*[@id='konflikte-{MANY.id}']").findall(".//dd")) == 2
    ticked = [value for field, value in met.form(SAVE).fields if field == name]
    assert ticked == [options[0], options[2]]
    page.press(met, button)
    found = page.open(f"{address}?offen=alle").form(SAVE).fields
    assert [value for field, value in found if field == name] == [options[place] for place in kept]


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("link", "https://www.musterstadt.de/a", "https://www.musterstadt.de/b"),
        ("file_number", "Ordner 3", "Ordner 4"),
        ("page", "12", "13"),
        ("valid_until", "31.12.2027", "31.12.2028"),
    ],
)
@pytest.mark.parametrize("button", [MINE, THEIRS])
def test_every_field_of_a_document_is_decided(
    page: Visitor, check: str, button: str, field: str, mine: str, theirs: str
) -> None:
    address, save = f"/selbstcheck/{check}/nachweise/leitbild/u0", "Beleg speichern"
    page.press(page.open(address), save, {"leitbild.e.u0.state": "available"})
    number = next(name for name, _ in page.open(address).form(save).fields if name.endswith(".state")).rpartition(".")[
        0
    ]
    early, late = page.open(address), page.open(address)
    page.press(early, save, {f"{number}.{field}": theirs})
    met = page.press(late, save, {f"{number}.{field}": mine}, 409)
    assert met.value(f"{number}.{field}") == mine
    page.press(met, button)
    assert page.open(address).value(f"{number}.{field}") == (mine if button == MINE else theirs)
