"""The folder of questionnaires on disk: reads versions, chambers and releases, and checks all of it for faults.

<folder>/published.yaml, <folder>/chambers.yaml, <folder>/<id>/<version>/*.yaml
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from selfcheck.core.questionnaire.chambers import Chambers
from selfcheck.core.questionnaire.model import Questionnaire, Status
from selfcheck.core.reading import examples
from selfcheck.core.reading.chambers import CHAMBERS_FILE, parse_chambers
from selfcheck.core.reading.completeness import check_complete
from selfcheck.core.reading.document.faults import Fault, Faults, quote
from selfcheck.core.reading.document.yaml_lines import read_yaml
from selfcheck.core.reading.mentions import check_origins
from selfcheck.core.reading.published import PUBLISHED_FILE, Release, parse_published
from selfcheck.core.reading.questionnaire import CARRY_OVER_FILE, EXAMPLES_FILE, MAIN_FILE, parse
from selfcheck.core.reading.rules_hash import rules_hash


def read_questionnaire(folder: Path, name: str) -> Questionnaire:
    """The version in `folder`, whose folders say that it is `name`; raises `Faults` with paths that begin with it."""
    try:
        return parse(_read_texts(folder), name)
    except Faults as faults:
        raise Faults(_in_folder(folder, faults.faults)) from None


def read_releases(folder: Path) -> Mapping[str, Release]:
    """What `published.yaml` in `folder` says; raises `Faults`."""
    path = folder / PUBLISHED_FILE
    return parse_published(_read_text(path), str(path))


def read_chambers(folder: Path) -> Chambers:
    """What `chambers.yaml` in `folder` says; raises `Faults`."""
    path = folder / CHAMBERS_FILE
    return parse_chambers(_read_text(path), str(path))


def check_rules(folder: Path, questionnaire: Questionnaire, release: Release) -> list[Fault]:
    """The fault of a published or retired version whose rules are no longer those that were published."""
    found = rules_hash(questionnaire)
    if release.status is Status.DRAFT or release.rules == found:
        return []
    message = (
        f"„rules“ von {questionnaire.name} ist {release.rules}, erwartet {found}; "
        "was zählt, ändert sich nur in einer neuen Fassung"
    )
    return [Fault(str(folder / PUBLISHED_FILE), release.rules_line, message)]


def check_wording(folder: Path, questionnaire: Questionnaire, release: Release | None) -> list[Fault]:
    """What is missing or too long in a version of ours; a retired one keeps what it has."""
    if questionnaire.official or (release is not None and release.status is Status.RETIRED):
        return []
    return _in_folder(folder, check_complete(_read_texts(folder)))


def check(folders: Iterable[Path]) -> list[Fault]:
    """Every fault in the folders, each of which holds all questionnaires, the versions of one, or one version."""
    faults = (fault for folder in folders for fault in _check_folder(folder))
    return sorted(set(faults))


def _check_folder(folder: Path) -> Iterator[Fault]:
    if not folder.is_dir():
        yield Fault(str(folder), 1, "den Ordner gibt es nicht, erwartet ein Ordner mit Fragebögen")
    elif _is_version(folder):
        yield from _check_version(folder, _releases_above(folder.resolve().parent.parent))
    elif any((child / MAIN_FILE).exists() for child in _entries(folder)):
        yield from _check_versions(folder, _releases_above(folder.resolve().parent))
    else:
        yield from _check_all(folder)


def _is_version(folder: Path) -> bool:
    """Also one whose main file is missing: neither folders nor the files of a whole collection are in it."""
    entries = _entries(folder)
    if any(path.name == MAIN_FILE for path in entries):
        return True
    others = (path for path in entries if path.is_dir() or path.name in (PUBLISHED_FILE, CHAMBERS_FILE))
    return bool(entries) and next(others, None) is None


def _releases_above(folder: Path) -> Mapping[str, Release]:
    """The releases for a version that is checked alone; a fault in that file is told when all are checked."""
    try:
        return read_releases(folder) if (folder / PUBLISHED_FILE).exists() else {}
    except Faults:
        return {}


def _check_all(folder: Path) -> Iterator[Fault]:
    releases: Mapping[str, Release] | None = None
    try:
        releases = read_releases(folder)
    except Faults as faults:
        yield from faults.faults
    try:
        read_chambers(folder)
    except Faults as faults:
        yield from faults.faults
    for path in _entries(folder):
        if path.is_dir():
            yield from _check_versions(path, releases or {})
        elif path.name not in (PUBLISHED_FILE, CHAMBERS_FILE):
            yield Fault(str(path), 1, f"hier nicht vorgesehen, erwartet {PUBLISHED_FILE}, {CHAMBERS_FILE} und Ordner")
    if releases is not None:
        yield from _compare_with_folders(folder, releases)


def _compare_with_folders(folder: Path, releases: Mapping[str, Release]) -> Iterator[Fault]:
    """`published.yaml` names exactly the versions that there are."""
    published = str(folder / PUBLISHED_FILE)
    there = {f"{path.parent.name}/{path.name}" for path in folder.glob("*/*") if path.is_dir() and _counts(path)}
    for name in sorted(releases.keys() - there):
        yield Fault(published, releases[name].line, f"für {name} gibt es keinen Ordner, erwartet {folder / name}")
    for name in sorted(there - releases.keys()):
        questionnaire, _, version = name.partition("/")
        expected = f"ein Eintrag „{version}“ unter „{questionnaire}“ mit „status“"
        yield Fault(published, 1, f"die Fassung {name} fehlt, erwartet {expected}")


def _check_versions(folder: Path, releases: Mapping[str, Release]) -> Iterator[Fault]:
    for path in _entries(folder):
        if path.is_dir():
            yield from _check_version(path, releases)
        else:
            yield Fault(str(path), 1, "hier nicht vorgesehen, erwartet nur Ordner, je Fassung einer")


def _check_version(folder: Path, releases: Mapping[str, Release]) -> Iterator[Fault]:
    for path in _entries(folder):
        if path.suffix != ".yaml" or not path.is_file():
            expected = f"{MAIN_FILE}, {EXAMPLES_FILE}, {CARRY_OVER_FILE} und Kriterien"
            yield Fault(str(path), 1, f"hier nicht vorgesehen, erwartet {expected}")
    version, with_examples = folder.resolve(), folder / EXAMPLES_FILE
    name = f"{version.parent.name}/{version.name}"
    try:
        questionnaire = read_questionnaire(folder, name)
        if name in releases:
            yield from check_rules(folder.parent.parent, questionnaire, releases[name])
        yield from check_wording(folder, questionnaire, releases.get(name))
        if with_examples.exists():
            yield from examples.check(questionnaire, _read_text(with_examples), str(with_examples))
        yield from _check_origins(folder)
    except Faults as faults:
        yield from faults.faults


def _check_origins(folder: Path) -> Iterator[Fault]:
    """What a version says about the one before; that one's own faults are told at itself."""
    path = folder / CARRY_OVER_FILE
    if not path.exists():
        return
    document = read_yaml(str(path), _read_text(path))
    version = document.text(("version",)) or ""
    before = folder.resolve().parent / version
    if not (before / MAIN_FILE).is_file() or before == folder.resolve():
        yield Fault(str(path), 1, f"die Fassung {quote(version)} gibt es nicht, erwartet die vorige")
        return
    try:
        check_origins(document, read_questionnaire(before, f"{before.parent.name}/{version}"))
    except Faults:
        return
    yield from document.faults


def _read_texts(folder: Path) -> dict[str, str]:
    """The YAML files in `folder` by their names."""
    return {path.name: _read_text(path) for path in _entries(folder) if path.suffix == ".yaml" and path.is_file()}


def _in_folder(folder: Path, faults: Iterable[Fault]) -> list[Fault]:
    """The faults with paths that begin with `folder`."""
    return [replace(fault, file=str(folder / fault.file)) for fault in faults]


def _read_text(path: Path) -> str:
    """The text of a file, with bytes that are not UTF-8 as surrogates; raises `Faults` if it cannot be read."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        raise Faults([Fault(str(path), 1, "die Datei fehlt oder ist nicht lesbar, erwartet eine YAML-Datei")]) from None


def _entries(folder: Path) -> list[Path]:
    """What is in the folder, in order of names; names that begin with a dot are passed over."""
    return sorted(path for path in folder.iterdir() if _counts(path)) if folder.is_dir() else []


def _counts(path: Path) -> bool:
    return not path.name.startswith(".")
