"""`make demo`: a folder of its own, filled once; what it prints is enough to sign in, and no other is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import __main__ as demo
from demo.people import make_code
from demo.story import CHECKED_LATER
from tests import applications, towns
from tests.web.page import Page, Visitor


@pytest.fixture(scope="module")
def shipped() -> Iterator[None]:
    """The demo answers the questionnaire that installations offer."""
    kept = towns.QUESTIONNAIRES
    towns.use(towns.SHIPPED)
    yield
    towns.use(kept)


@pytest.fixture(scope="module")
def filled(shipped: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder, and what was printed."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
        assert demo.fill(folder) == 0
    return folder, "\n".join(said)


def sign_in(folder: Path, said: str, mail: str) -> tuple[Visitor, Page]:
    """With nothing but what was printed, and the code that the command shows."""
    app = demo.open_app(folder)
    try:
        visitor = Visitor(app.test_client())
        password = re.search(rf"{re.escape(mail)}, Passwort (\S+)", said)
        assert password is not None
        page = visitor.press(visitor.open("/anmelden"), "Anmelden", {"mail": mail, "password": password[1]})
        if code := make_code(app, mail):
            page = visitor.press(page, "Anmelden", {"code": code})
        return visitor, page
    finally:
        applications.close(app)


def test_an_advisor_signs_in_and_finds_a_running_review(filled: tuple[Path, str]) -> None:
    petra, inbox = sign_in(*filled, "petra.weber@ihk-darmstadt.example")
    assert inbox.h1 == "Beratung"
    assert "Musterstadt am Main" in inbox.main
    assert "Gräfenhausen" in inbox.main
    assert "Musterauen" not in inbox.main
    case = next(str(each.get("href")) for each in inbox.all(".//main//a") if each.text == "Musterstadt am Main")
    table = petra.open(f"{case}/tabelle")
    left = [str(each.get("name")) for each in table.all(".//input[@checked]") if each.get("value") == "to discuss"]
    assert left == [f"{CHECKED_LATER}.verdict"], "one waits for the interview"


def test_the_other_chamber_has_a_finished_case(filled: tuple[Path, str]) -> None:
    _, inbox = sign_in(*filled, "bodo.frank@ihk-frankfurt.example")
    assert "Musterauen" in inbox.main
    assert "Abgeschlossen (1)" in inbox.main
    assert "Musterstadt" not in inbox.main


def test_a_town_finds_what_the_chamber_asks(filled: tuple[Path, str]) -> None:
    erika, page = sign_in(*filled, "erika.muster@musterstadt.example")
    home = next(str(each.get("href")) for each in page.all(".//main//a") if "/selbstcheck/" in str(each.get("href")))
    check = home.split("/")[2]
    asked = erika.open(f"/selbstcheck/{check}/ihk")
    assert "Eine Rückfrage wartet" in asked.main or "1 Rückfrage wartet" in asked.main


def test_a_folder_with_data_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "selfcheck.sqlite3").write_bytes(b"somebody's")
    assert demo.fill(tmp_path) == 1
    assert "liegen schon Daten" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["selfcheck.sqlite3"]


def test_a_demo_is_filled_once(filled: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    before = (filled[0] / applications.DATABASE).stat().st_size
    assert demo.fill(filled[0]) == 0
    assert "liegt schon eine Demo" in capsys.readouterr().out
    assert (filled[0] / applications.DATABASE).stat().st_size == before


def test_codes_are_shown_in_the_folder_of_a_demo_only(
    filled: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert demo.show_code(tmp_path, "petra.weber@ihk-darmstadt.example") == 1
    assert "kein Ordner einer Demo" in capsys.readouterr().err
    assert demo.show_code(filled[0], "erika.muster@musterstadt.example") == 1
    assert demo.show_code(filled[0], "petra.weber@ihk-darmstadt.example") == 0
    assert re.fullmatch(r"\d{3} \d{3}\n", capsys.readouterr().out)
