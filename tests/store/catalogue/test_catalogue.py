"""The folder of questionnaires: what is found there, what is offered, what is refused, what the commands say."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from selfcheck.commands.questionnaires import questionnaires
from selfcheck.core.questionnaire.model import Status
from selfcheck.core.reading.document.faults import Faults
from selfcheck.core.reading.questionnaire import parse
from selfcheck.core.reading.rules_hash import rules_hash
from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire, render_markdown
from selfcheck.store.catalogue.folders import check
from selfcheck.web.http import clock

TINY = Path(__file__).parents[2] / "questionnaires" / "features" / "yes_no"
SHIPPED = Path(__file__).parents[3] / "questionnaires"
CHAMBERS = """as_of: 2026-11-22
source: {title: Liste der Kammern, url: "https://liste.example"}
chambers:
  - id: nord
    name: IHK Nord
    contact: Kim Beispiel
    phone: 01 23
    districts: [{key: "06431", name: Nordkreis, kind: landkreis, land: HE}]
"""

Publish = Callable[..., Path]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Lays out versions of the tiny questionnaire; `publish({"1": "draft"})` gives the folder of it all."""

    def lay_out(versions: dict[str, str]) -> Path:
        releases = ["tiny:"]
        for version, status in versions.items():
            folder = tmp_path / "tiny" / version
            shutil.copytree(TINY, folder)
            main = folder / "questionnaire.yaml"
            told = main.read_text().replace('version: "1"', f'version: "{version}"')
            main.write_text(told.replace("official: false", "official: true"))
            rules = rules_hash(parse({path.name: path.read_text() for path in folder.iterdir()}))
            releases.append(f'  "{version}": {{status: {status}, rules: {rules}}}')
        (tmp_path / "published.yaml").write_text("\n".join(releases) + "\n")
        (tmp_path / "chambers.yaml").write_text(CHAMBERS)
        return tmp_path

    return lay_out


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def check_said(folder: Path) -> list[str]:
    return [str(fault).removeprefix(f"{folder}/") for fault in check([folder])]


def test_what_is_shipped_has_no_fault() -> None:
    assert [str(fault) for fault in check([SHIPPED])] == []


def test_newest_is_the_published_version_with_the_highest_number(publish: Publish) -> None:
    folder = publish({"2026-9": "published", "2026-10": "published", "2026-11": "draft", "2027-1": "retired"})
    catalogue = Catalogue(folder)
    assert catalogue.newest().name == "tiny/2026-10"
    assert catalogue.status("tiny/2027-1") is Status.RETIRED
    assert catalogue.questionnaire("tiny/2026-11").version == "2026-11"
    assert len(catalogue.chambers.districts) == 1


def test_a_version_is_read_once(publish: Publish) -> None:
    folder = publish({"1": "published"})
    catalogue = Catalogue(folder)
    first = catalogue.prepared("tiny/1")
    shutil.rmtree(folder / "tiny")
    assert catalogue.prepared("tiny/1") is first


@pytest.mark.parametrize("name", ["tiny/2", "tiny", "", "../tiny/1", "tiny/1/"])
def test_an_unknown_version_is_refused_by_name(publish: Publish, name: str) -> None:
    catalogue = Catalogue(publish({"1": "published"}))
    with pytest.raises(UnknownQuestionnaire):
        catalogue.prepared(name)
    with pytest.raises(UnknownQuestionnaire):
        catalogue.status(name)


def test_nothing_published_is_no_newest(publish: Publish) -> None:
    with pytest.raises(UnknownQuestionnaire):
        Catalogue(publish({"1": "draft"})).newest()


def test_a_published_version_whose_rules_changed_is_not_offered(publish: Publish) -> None:
    folder = publish({"1": "published"})
    edit(folder / "tiny" / "1" / "kinder.yaml", "points: 4", "points: 3")
    with pytest.raises(Faults, match="„rules“ von tiny/1"):
        Catalogue(folder).newest()


def test_wording_is_rendered(publish: Publish) -> None:
    folder = publish({"1": "published"})
    edit(folder / "tiny" / "1" / "kinder.yaml", "help: Eine Seite", "help: Eine **gute** Seite")
    edit(folder / "tiny" / "1" / "kinder.yaml", 'intro: ""', "intro: Für _alle_.")
    prepared = Catalogue(folder).prepared("tiny/1")
    assert prepared.help[prepared.questionnaire.questions[0].id].startswith("<p>Eine <strong>gute</strong> Seite")
    assert list(prepared.intro.values()) == ["<p>Für <em>alle</em>.</p>"]
    assert prepared.assumptions == "<p>Alle Gewichte sind erfunden.</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[mehr](https://a.example/)", '<p><a href="https://a.example/" rel="noopener">mehr</a></p>'),
        ("[mehr](javascript:alert)", '<p><a rel="noopener">mehr</a></p>'),
        ('<p style="color:red" onclick="x()" class="y">rot</p>', "<p>rot</p>"),
        ("<script>alert(1)</script>", ""),
        ("![Bild](https://a.example/b.png)", "<p></p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
    ],
)
def test_rendered_wording_is_harmless(text: str, html: str) -> None:
    assert render_markdown(text) == html


def test_a_sound_folder_has_no_fault(publish: Publish) -> None:
    folder = publish({"1": "published", "2": "draft"})
    (folder / ".notes").write_text("passed over")
    (folder / "tiny" / "1" / ".kinder.yaml.swp").write_bytes(b"\xff")
    assert check_said(folder) == []
    assert check_said(folder / "tiny") == []
    assert check_said(folder / "tiny" / "1") == []


def test_changed_rules_are_found_in_a_published_version_only(publish: Publish) -> None:
    folder = publish({"1": "published", "2": "draft", "3": "retired"})
    for version in ("1", "2", "3"):
        edit(folder / "tiny" / version / "kinder.yaml", "evidence: [Adresse der Seite]", "evidence: []")
        (folder / "tiny" / version / "examples.yaml").unlink()
    first, second = check_said(folder)
    assert first.startswith("published.yaml:2: „rules“ von tiny/1 ist ")
    assert second.startswith("published.yaml:4: „rules“ von tiny/3 ist ")
    assert "erwartet " + rules_hash(Catalogue(folder).questionnaire("tiny/2")) in first
    assert "„rules“ von tiny/1" in str(check([folder / "tiny" / "1"])[0])


def test_folders_and_published_versions_must_agree(publish: Publish) -> None:
    folder = publish({"1": "published", "2": "draft"})
    (folder / "tiny" / "2").rename(folder / "tiny" / "3")
    assert check_said(folder) == [
        "published.yaml:1: die Fassung tiny/3 fehlt, erwartet ein Eintrag „3“ unter „tiny“ mit „status“",
        f"published.yaml:3: für tiny/2 gibt es keinen Ordner, erwartet {folder}/tiny/2",
        "tiny/3/questionnaire.yaml:2: „version“: „2“, erwartet der Name des Ordners: „3“",
    ]


def test_faults_of_all_files_are_told_at_once(publish: Publish) -> None:
    folder = publish({"1": "draft"})
    version = folder / "tiny" / "1"
    (version / "kinder.yaml").write_bytes("id: kinder\ntitle: Für Mütter\n".encode("latin-1"))
    edit(version / "questionnaire.yaml", "pass_mark: 70", "pass_mark: 700")
    (version / "notes.txt").write_text("?")
    (version / "bilder").mkdir()
    (folder / "tiny" / "README.md").write_text("?")
    (folder / "chambers.yaml").unlink()
    (folder / "published.yaml").write_text("tiny: [1]\n")
    said = check_said(folder)
    assert [fault.split(": ")[0] for fault in said] == [
        "chambers.yaml:1",
        "published.yaml:1",
        "tiny/1/bilder:1",
        "tiny/1/kinder.yaml:2",
        "tiny/1/notes.txt:1",
        "tiny/1/questionnaire.yaml:9",
        "tiny/README.md:1",
    ]
    assert said[3].endswith("das Byte 0xfc ist kein UTF-8, erwartet Text in UTF-8")


def test_an_example_that_does_not_give_its_points_is_a_fault(publish: Publish) -> None:
    folder = publish({"1": "published"})
    edit(folder / "tiny" / "1" / "examples.yaml", "documented: 4", "documented: 3")
    (fault,) = check_said(folder)
    assert fault.startswith("tiny/1/examples.yaml:4: ")


def test_what_a_version_replaces_must_be_in_the_version_before(publish: Publish) -> None:
    folder = publish({"1": "published", "2": "draft"})
    file = folder / "tiny" / "2" / "carry_over.yaml"
    begin = "questions:\n  - id: kita-zentral\n    from: "
    file.write_text(
        f'version: "1"\n{begin}[kita-zentral]\n    options: [{{of: kita-zentral, is: "ja", became: ["ja"]}}]\n'
    )
    assert check_said(folder) == []
    file.write_text(f'version: "1"\n{begin}[kita]\n')
    assert check_said(folder) == ["tiny/2/carry_over.yaml:4: die Frage „kita“ gibt es in 1 nicht"]
    file.write_text(f'version: "1"\n{begin}[kita-zentral]\n    options: [{{of: kita-zentral, is: halb, became: []}}]\n')
    assert check_said(folder) == ["tiny/2/carry_over.yaml:5: die Antwort „halb“ gibt es in 1 nicht"]
    file.write_text(f'version: "0"\n{begin}[kita-zentral]\n')
    assert check_said(folder) == ["tiny/2/carry_over.yaml:1: die Fassung „0“ gibt es nicht, erwartet die vorige"]


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    (fault,) = check([tmp_path / "nirgends"])
    assert str(fault).endswith("nirgends:1: den Ordner gibt es nicht, erwartet ein Ordner mit Fragebögen")


def test_a_version_without_its_main_file_is_still_taken_for_a_version(publish: Publish) -> None:
    version = publish({"1": "draft"}) / "tiny" / "1"
    (version / "questionnaire.yaml").unlink()
    said = [fault.replace(f"{version}/", "") for fault in map(str, check([version]))]
    assert said[0].startswith("questionnaire.yaml:1: die Datei fehlt")
    assert not any("chambers.yaml" in fault or "published.yaml" in fault for fault in said)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    app = Flask("trial")
    app.config["QUESTIONNAIRES"] = folder
    app.extensions["catalogue"] = Catalogue(folder)
    app.cli.add_command(questionnaires)
    result = app.test_cli_runner().invoke(args=["questionnaires", *arguments])
    return result.exit_code, result.output


def test_check_command_prints_every_fault_and_ends_with_1(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish({"1": "draft"})
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 29))
    assert run(folder, "check") == (0, "Keine Fehler gefunden.\n")
    edit(folder / "tiny" / "1" / "kinder.yaml", "points: 4", "points: vier")
    edit(folder / "tiny" / "1" / "questionnaire.yaml", "goals: 1", "goals: ein")
    monkeypatch.chdir(folder)
    said = (
        "tiny/1/kinder.yaml:10: „points“: Text „vier“, erwartet eine Zahl wie 3 oder 2.5\n"
        "tiny/1/questionnaire.yaml:15: „goals“: Text „ein“, erwartet eine Zahl wie 3 oder 2.5\n"
    )
    assert run(folder, "check") == (1, said)
    assert run(SHIPPED, "check", "tiny/1") == (1, said)
    assert run(SHIPPED, "check", "tiny/1", "nirgends")[1].count("\n") == 3


def test_check_command_reminds_of_chambers_that_nobody_looked_at_for_long(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = publish({"1": "draft"})
    monkeypatch.setattr(clock, "today", lambda: date(2027, 7, 1))
    status, said = run(folder, "check")
    assert status == 0
    assert said.startswith("Keine Fehler gefunden.\nBitte prüfen: Die IHKs in chambers.yaml sind zuletzt am 22.11.2026")
    assert run(folder, "check", str(folder / "tiny" / "1")) == (0, "Keine Fehler gefunden.\n")


def test_list_command_names_every_version(publish: Publish) -> None:
    folder = publish({"1": "published", "2": "draft"})
    assert run(folder, "list") == (
        0,
        "tiny  1  veröffentlicht  1 Frage  4 Punkte\ntiny  2  Entwurf  1 Frage  4 Punkte\n",
    )
    edit(folder / "tiny" / "2" / "kinder.yaml", "points: 4", "points: vier")
    code, output = run(folder, "list")
    assert (code, "2/kinder.yaml:10: " in output) == (1, True)
    shutil.rmtree(folder / "tiny" / "1")
    code, output = run(folder, "list")
    assert (code, "für tiny/1 gibt es keinen Ordner" in output) == (1, True)


def test_a_version_of_ours_says_what_it_rests_on_unless_it_is_retired(publish: Publish) -> None:
    folder = publish({"1": "published", "2": "draft", "3": "retired"})
    for version in "123":
        edit(folder / "tiny" / version / "questionnaire.yaml", "official: true", "official: false")
    assert {fault.partition(":")[0] for fault in check_said(folder)} == {"tiny/1/kinder.yaml", "tiny/2/kinder.yaml"}
    assert [fault for fault in check_said(folder) if "„references“ fehlt" in fault]
    alone = [str(fault) for fault in check([folder / "tiny" / "3"])]
    assert alone == []
