"""Reading questionnaires: every feature gives its points, every fault its message, and no text breaks the reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import (
    All,
    Any,
    Contradiction,
    Effort,
    Example,
    Need,
    Not,
    NotApplicable,
    NoteAsked,
    NumberWithin,
    Origin,
    ProfileIs,
    QuestionIs,
    Questionnaire,
    Source,
    Status,
)
from selfcheck.core.reading import examples
from selfcheck.core.reading.chambers import parse_chambers
from selfcheck.core.reading.document.faults import Fault, Faults
from selfcheck.core.reading.published import parse_published
from selfcheck.core.reading.questionnaire import parse
from selfcheck.core.reading.rules_hash import rules_hash

FOLDER = Path(__file__).parents[2] / "questionnaires"
FEATURES = sorted(path.name for path in (FOLDER / "features").iterdir())
FAULTS = sorted(path.name for path in (FOLDER / "faults").iterdir())


def read_texts(kind: str, name: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / kind / name).glob("*.yaml")}


def faults_of(files: dict[str, str], name: str | None = None) -> list[str]:
    with pytest.raises(Faults) as caught:
        parse(files, name)
    return [str(fault) for fault in caught.value.faults]


def read_feature(name: str, change: Callable[[str], str] = str) -> Questionnaire:
    files = read_texts("features", name)
    return parse({**files, "kinder.yaml": change(files["kinder.yaml"])})


@pytest.mark.parametrize("name", FEATURES)
def test_feature_gives_its_points(name: str) -> None:
    files = read_texts("features", name)
    assert examples.check(parse(files), files["examples.yaml"], "examples.yaml") == []


@pytest.mark.parametrize("name", FAULTS)
def test_fault_gives_its_message(name: str) -> None:
    expected = (FOLDER / "faults" / name / "expected.txt").read_text(encoding="utf-8")
    assert faults_of(read_texts("faults", name)) == expected.splitlines()


def test_everything_in_the_main_file_arrives() -> None:
    questionnaire = read_feature("yes_no")
    assert (questionnaire.name, questionnaire.title, questionnaire.official) == ("tiny/1", "Kleiner Fragebogen", False)
    assert questionnaire.sources[0].date == date(2025, 3, 1)
    assert (questionnaire.pass_mark, questionnaire.goal_margin, questionnaire.goals) == (70, 1, 1)
    assert (questionnaire.bonus.at_most, questionnaire.bonus.per_project, questionnaire.bonus.per_goal) == (2, 1, 1)
    assert (questionnaire.validity.first, questionnaire.validity.renewal) == (3, 5)
    assert [department.title for department in questionnaire.departments] == ["Jugendamt"]


def test_everything_in_a_question_arrives() -> None:
    question = read_feature("one").questions[0]
    assert (question.number, question.criterion, question.department) == ("A1", "kinder", "jugend")
    assert (question.source, question.evidence) == (Source.NAMED, ("Übersicht der Zeiten",))
    assert [(option.id, option.text, option.points) for option in question.options] == [
        ("kurz", "bis 14 Uhr", 1),
        ("lang", "bis 17 Uhr", 3),
    ]
    measure = question.measures[0]
    assert (measure.id, measure.text, measure.leads_to) == ("laenger", "Länger öffnen", "lang")
    assert (measure.effort, measure.months, measure.needs) == (Effort.LARGE, 12, (Need.COUNCIL, Need.BUDGET))


def test_keys_of_the_wording_arrive_and_may_be_missing() -> None:
    questionnaire = read_feature("wording_keys")
    named, plain = questionnaire.questions
    assert (named.name, named.references) == ("Öffnungszeiten", ("merkblatt", "seite"))
    assert named.example == Example("Ein Haus hat bis 18 Uhr offen.", "seite")
    assert named.measures[0].needs == (Need.COUNCIL, Need.STAFF)
    assert (plain.name, plain.references, plain.example) == (plain.text, (), None)
    first, second = questionnaire.sources
    assert (first.id, first.retrieved) == ("merkblatt", None)
    assert (second.id, second.retrieved) == ("seite", date(2026, 11, 22))
    assert questionnaire.council == QuestionIs("zeiten", ("lang",))
    assert read_feature("yes_no").council is None
    assert named.note == NoteAsked("Name des Hauses", ("lang",))
    assert plain.note is None
    assert (named.anew, plain.anew) == ("Die Zeiten sind jedes Mal neu zu prüfen.", "")
    both = All((QuestionIs("zeiten", ("kurz",)), QuestionIs("geschwister", ("ja",))))
    text = "Ein Haus, das um 14 Uhr schließt, gibt Geschwistern keine Zusage."
    assert questionnaire.contradictions == (Contradiction(both, text),)


def test_what_a_question_replaces_arrives() -> None:
    assert read_feature("origins").origins == {
        "zeiten": Origin(("dauer", "ende"), {"dauer": {"ganztags": ("lang",), "gar-nicht": ()}}, "ende")
    }
    assert read_feature("one").origins == {}


def test_yes_no_offers_partly_only_with_points_for_it() -> None:
    assert list(read_feature("yes_no").questions[0].option) == ["ja", "nein"]
    points = {option.text: option.points for option in read_feature("yes_no_partly").questions[0].options}
    assert points == {"Ja": 4, "Teilweise": Decimal("1.5"), "Nein": 0}


def test_measures_lead_to_values_of_the_kind() -> None:
    assert read_feature("many").questions[0].measures[0].leads_to == {"fahrplan", "stadtplan"}
    assert read_feature("number_up").questions[0].measures[0].leads_to == Decimal(40)


def test_conditions_arrive_as_written() -> None:
    questions = read_feature("condition_nested").questions
    assert questions[2].applies_if == Any((QuestionIs("zeiten", ("lang",)), ProfileIs("land", ("BY",))))
    assert questions[3].applies_if == All((QuestionIs("kita-zentral", ("ja",)), Not(QuestionIs("zeiten", ("kurz",)))))
    assert read_feature("condition_number").questions[1].applies_if == NumberWithin("quote", 30, Decimal("50.5"))


def test_not_applicable_is_offered_where_written() -> None:
    assert read_feature("not_applicable_excluded").questions[0].not_applicable is NotApplicable.EXCLUDED
    assert read_feature("yes_no").questions[0].not_applicable is None


def test_text_that_looks_like_something_else_is_text_when_quoted() -> None:
    question = read_feature("yes_no", lambda text: text.replace("Eine Seite anlegen", '"no"')).questions[0]
    assert question.measures[0].text == "no"


def test_numbers_are_plain_decimals_even_with_zeros_around() -> None:
    assert read_feature("yes_no", lambda text: text.replace("points: 4", "points: 010.50")).possible == Decimal("10.5")


def test_dates_and_times_are_text_where_text_stands() -> None:
    assert read_feature("yes_no", lambda text: text.replace("[Adresse der Seite]", "[12:30, 2026-01-01]")).questions[
        0
    ].evidence == ("12:30", "2026-01-01")


def test_folder_names_must_be_id_and_version() -> None:
    assert faults_of(read_texts("features", "yes_no"), "klein/2") == [
        "questionnaire.yaml:1: „id“: „tiny“, erwartet der Name des Ordners: „klein“",
        "questionnaire.yaml:2: „version“: „1“, erwartet der Name des Ordners: „2“",
    ]


def test_windows_line_ends_and_byte_order_mark_change_nothing() -> None:
    files = read_texts("features", "condition_nested")
    windows = {name: "\ufeff" + text.replace("\n", "\r\n") for name, text in files.items()}
    assert parse(windows) == parse(files)


def test_an_unreadable_file_hides_no_fault_of_the_others_and_adds_none() -> None:
    files = read_texts("features", "two_criteria")
    broken = {
        **files,
        "kinder.yaml": "id: kinder\nletter: [A\n",
        "alter.yaml": files["alter.yaml"].replace("points: 3", "points: drei"),
    }
    assert faults_of(broken) == [
        "alter.yaml:12: „points“: Text „drei“, erwartet eine Zahl wie 3 oder 2.5",
        "kinder.yaml:2: eine Liste ohne Ende, erwartet „,“ oder „]“",
    ]


def test_a_condition_may_name_a_question_of_an_earlier_file_only() -> None:
    files = read_texts("features", "two_criteria")
    turned = {**files, "questionnaire.yaml": files["questionnaire.yaml"].replace("[kinder, alter]", "[alter, kinder]")}
    (fault,) = faults_of(turned)
    assert fault.startswith("alter.yaml:18: Bedingung: die Frage „kita-zentral“ kommt erst später")


@pytest.mark.parametrize(
    "change",
    [
        ("points: 4", "points: 5"),
        ("kita-zentral", "kita-online"),
        ("[Adresse der Seite]", "[]"),
        ("effort: small", "effort: medium"),
        ("months: 2", "months: 3"),
        ("needs: []", "needs: [budget]"),
        ("    source: own", "    source: own\n    not_applicable: zero"),
        ("    source: own", "    source: own\n    applies_if: {profile: audit, is: first}"),
        ("    points: 4", "    points: 4\n    partly: 1"),
    ],
)
def test_rules_hash_changes_with_what_counts(change: tuple[str, str]) -> None:
    changed = read_feature("yes_no", lambda text: text.replace(*change))
    assert rules_hash(changed) != rules_hash(read_feature("yes_no"))


@pytest.mark.parametrize(
    "change",
    [
        ("Gibt es eine zentrale Anmeldung?", "Haben Sie eine zentrale Anmeldung?"),
        ("Eine Seite anlegen", "Seite anlegen"),
        ("    source: own", "    source: own\n    short: Zentrale Anmeldung"),
        ("[Adresse der Seite]", "[Bildschirmfoto, Adresse]"),
        ("points: 4", "points: 4.00"),
        ("source: own", "source: named"),
    ],
)
def test_rules_hash_stays_with_the_wording(change: tuple[str, str]) -> None:
    changed = read_feature("yes_no", lambda text: text.replace(*change))
    assert rules_hash(changed) == rules_hash(read_feature("yes_no"))


def test_rules_hash_tells_all_features_apart() -> None:
    assert len({rules_hash(read_feature(name)) for name in FEATURES}) == len(FEATURES)


def test_published_file_gives_status_and_hash() -> None:
    text = f'tiny:\n  "1": {{status: published, rules: {"a" * 64}}}\n  "2":\n    status: draft\n'
    releases = parse_published(text)
    assert {name: release.status for name, release in releases.items()} == {
        "tiny/1": Status.PUBLISHED,
        "tiny/2": Status.DRAFT,
    }
    assert (releases["tiny/1"].rules, releases["tiny/2"].line) == ("a" * 64, 3)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            'tiny:\n  "1": {status: offen}\n',
            "2: „status“: Text „offen“, erwartet einer der Werte draft, ",
        ),
        ('tiny:\n  "1": {status: retired}\n', "2: „rules“ fehlt"),
        ('tiny:\n  "1": {status: draft, rules: abc}\n', "2: „rules“: Text „abc“, erwartet 64 Zeichen aus 0–9 und a–f"),
        ("tiny:\n", "1: nichts, erwartet ein Block mit Schlüsseln"),
        ("- tiny\n", "1: eine Liste, erwartet ein Block mit Schlüsseln"),
    ],
)
def test_published_file_with_a_fault(text: str, fault: str) -> None:
    with pytest.raises(Faults) as caught:
        parse_published(text)
    assert str(caught.value.faults[0]).startswith(f"published.yaml:{fault}")


CHAMBERS = """as_of: 2026-11-22
source: {title: Liste der Kammern, url: "https://liste.example"}
chambers:
  - id: nord
    name: IHK Nord
    contact: Kim Beispiel
    phone: "01 23"
    districts:
      - {key: "06431", name: Nordkreis, kind: landkreis, land: HE}
    notes:
      - {districts: ["06431"], municipality: Waldheim, text: Waldheim gehört zur IHK Süd.}
  - id: sued
    name: IHK Süd
    contact: Ada Beispiel
    phone: 01 24
    url: https://sued.example
    districts:
      - {key: "07111", name: Südstadt, kind: kreisfrei, land: RP}
"""


def test_chambers_are_found_by_district() -> None:
    chambers = parse_chambers(CHAMBERS)
    assert [district.name for district in chambers.districts] == ["Nordkreis", "Südstadt"]
    chamber, district = chambers.chamber_of("07111"), chambers.district("06431")
    assert chamber is not None
    assert (chamber.name, chamber.url, chambers.as_of) == ("IHK Süd", "https://sued.example", date(2026, 11, 22))
    assert district is not None
    assert (district.kind, district.land) == ("landkreis", "HE")
    assert [note.municipality for note in chambers.notes_for("06431")] == ["Waldheim"]
    assert (chambers.chamber_of("99999"), chambers.district("99999"), chambers.notes_for("07111")) == (None, None, ())


@pytest.mark.parametrize(
    ("key", "municipality", "found"),
    [
        ("06431", "Waldheim", ["Waldheim"]),
        ("06431", "Gemeinde WALDHEIM (Odenwald)", ["Waldheim"]),
        ("06431", "Waldheimer Land", []),
        ("06431", "Lindenfels bei Waldheim", []),
        ("06431", "", []),
        ("07111", "Waldheim", []),
    ],
)
def test_exceptions_are_found_by_the_name_as_people_write_it(key: str, municipality: str, found: list[str]) -> None:
    assert [note.municipality for note in parse_chambers(CHAMBERS).notes_about(key, municipality)] == found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"06431", name', "06431, name", "9: „key“: Zahl 6431 ohne Anführungszeichen, erwartet fünf Ziffern"),
        ('key: "07111"', 'key: "06431"', "18: der Kreis „06431“ steht schon in Zeile 9, erwartet nur einmal"),
        ("id: sued", "id: nord", "12: die Kammer „nord“ steht schon in Zeile 4, erwartet nur einmal"),
        ('districts: ["06431"]', 'districts: ["06999"]', "11: der Kreis „06999“ hat keine Kammer"),
        ("land: RP", "land: NW", "18: „land“: Text „NW“, erwartet einer der Werte HE, RP, BY"),
        (
            "municipality: Waldheim, text",
            "elsewhere: IHK Süd, text",
            "11: „elsewhere“ ohne „municipality“, erwartet die Kommune, die zu einer anderen IHK gehört",
        ),
        ("https://sued.example", "javascript:1", "16: „url“: Text „javascript:1“, erwartet eine Adresse"),
    ],
)
def test_chambers_file_with_a_fault(old: str, new: str, fault: str) -> None:
    with pytest.raises(Faults) as caught:
        parse_chambers(CHAMBERS.replace(old, new))
    assert str(caught.value.faults[0]).startswith(f"chambers.yaml:{fault}")


PIECES = st.sampled_from(
    [
        *"\t:[]{}!|>\"'#?~@%\\\0\ud800\u2028\ufeff\x85",
        "\n",
        "  ",
        "- ",
        "&a ",
        "*a",
        "!!str ",
        "---\n",
        "<<: ",
        "no",
        "0x1F",
        "1e9999",
        "9" * 60,
        "-0",
    ]
)
"""What has a meaning in YAML, and what should never be in a file."""


@st.composite
def damaged_files(draw: st.DrawFn) -> dict[str, str]:
    """A sound questionnaire with pieces cut out, doubled, moved or put in anywhere."""
    files = read_texts("features", draw(st.sampled_from(["condition_nested", "condition_number", "two_criteria"])))
    name = draw(st.sampled_from(["questionnaire.yaml", "kinder.yaml"]))
    text = files[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 60)))
        piece = draw(st.one_of(PIECES, st.text(max_size=8), st.sampled_from([text[start:end] * 2, text[end:][:40]])))
        text = text[:start] + piece + text[end:]
    return {**files, name: text}


def check_readable_or_faulty(files: dict[str, str]) -> None:
    try:
        assert parse(files).questions
        faults: tuple[Fault, ...] = ()
    except Faults as caught:
        faults = caught.faults or (Fault("none", 0, "no fault named"),)
    for fault in faults:
        lines = re.split("\r\n|\n|\r", files[fault.file])
        assert 1 <= fault.line <= len(lines), fault
        assert ", erwartet " in fault.message, fault
        assert "\n" not in fault.message, fault


@settings(max_examples=400, deadline=None)
@given(damaged_files())
def test_damaged_text_is_readable_or_faulty_and_nothing_else(files: dict[str, str]) -> None:
    check_readable_or_faulty(files)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_is_readable_or_faulty_and_nothing_else(text: str) -> None:
    files = read_texts("features", "yes_no")
    check_readable_or_faulty({**files, "kinder.yaml": text})
    check_readable_or_faulty({**files, "questionnaire.yaml": text})


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? "])
def test_text_nested_without_end_is_a_fault(sign: str) -> None:
    faults = faults_of({**read_texts("features", "yes_no"), "kinder.yaml": sign * 100_000})
    assert any("Ebenen" in fault or "Schlüssel" in fault for fault in faults)


def test_a_huge_file_is_a_fault() -> None:
    text = read_texts("features", "yes_no")["kinder.yaml"] + "# lang\n" * 200_000
    assert faults_of({**read_texts("features", "yes_no"), "kinder.yaml": text}) == [
        "kinder.yaml:1: die Datei hat mehr als 1000000 Zeichen, erwartet eine kürzere"
    ]
