"""`published.yaml`: which versions there are, in which status, and the hash of their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Status
from selfcheck.core.reading.document.check import check
from selfcheck.core.reading.document.faults import Faults
from selfcheck.core.reading.document.keys import ReleaseKeys
from selfcheck.core.reading.document.values import describe
from selfcheck.core.reading.document.yaml_lines import Document, Path, read_yaml

PUBLISHED_FILE = "published.yaml"


@dataclass(frozen=True, slots=True)
class Release:
    """One version; `rules` is empty only for a draft. `line` is where it stands, `rules_line` where its hash does."""

    status: Status
    rules: str
    line: int
    rules_line: int


def parse_published(text: str, file: str = PUBLISHED_FILE) -> Mapping[str, Release]:
    """`{id/version: release}` in the order of the file; raises `Faults`.

    The file is `{<id>: {"<version>": {status: draft | published | retired, rules: <hash>}}}`.
    """
    document = read_yaml(file, text)
    releases: dict[str, Release] = {}
    for questionnaire in _keys_at(document, ()):
        for version in _keys_at(document, (questionnaire,)):
            release = _read_release(document, (questionnaire, version))
            if release is not None:
                releases[f"{questionnaire}/{version}"] = release
    if document.faults:
        raise Faults(document.faults)
    return releases


def _keys_at(document: Document, path: Path) -> list[str]:
    """The keys of the block at `path`; none, with the fault in the document, where there is no block."""
    block = document.at(path)
    if not isinstance(block, dict):
        if document.readable:
            document.complain(path, f"{describe(block)}, erwartet ein Block mit Schlüsseln")
        return []
    for key in document.empty_keys(path):
        document.complain((*path, key), "nichts, erwartet ein Block mit Schlüsseln")
    return list(block)


def _read_release(document: Document, path: Path) -> Release | None:
    keys = check(document, path, ReleaseKeys)
    if keys is None:
        return None
    if not keys.rules and keys.status is not Status.DRAFT:
        document.complain(path, f"„rules“ fehlt, erwartet die Prüfsumme der Regeln, weil „status“ {keys.status} ist")
    return Release(keys.status, keys.rules, document.line(path), document.line((*path, "rules")))
