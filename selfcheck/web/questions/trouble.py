"""What of a submitted question could not be written, kept for the page that says so."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from selfcheck.store.parts.values import StoredEvidence
from selfcheck.web.evidence.pieces import EVIDENCE, USUAL, EvidenceShown
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import OWN
from selfcheck.web.questions.reading import Submitted


@dataclass(frozen=True, slots=True)
class Trouble:
    """Errors by part and field, conflicts, and the version and base that came with each part."""

    submitted: Submitted
    errors: Mapping[str, Mapping[str, str]]
    conflicts: tuple[ConflictShown, ...] = ()
    versions: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(self.errors) | {conflict.part for conflict in self.conflicts}


def find_trouble(submitted: Sequence[Submitted], saving: Saving) -> dict[str, Trouble]:
    """What could not be written, by question: for a page that is drawn anew, so pieces of evidence are named as that
    page names them.

    A usual piece that somebody else stored has a number by now, and one that came without its title has the stored
    one; an own piece that somebody else took away stands among the new ones.
    """
    found: dict[str, Trouble] = {}
    wrong = saving.errors
    for question in submitted:
        id, names = question.question.id, [part.name for part in question.parts]
        errors = {name: wrong[name] for name in names if name in wrong}
        conflicts = saving.list_conflicts(*names)
        if errors or conflicts:
            seen = {name: saving.parts[name].seen for name in names}
            found[id] = _name_pieces(Trouble(question, errors, conflicts, seen), saving.loaded.evidence.get(id, ()))
    return found


def _name_pieces(trouble: Trouble, stored: Sequence[StoredEvidence]) -> Trouble:
    for name in sorted(name for name in trouble.parts if f".{EVIDENCE}" in name):
        key = name.partition(f".{EVIDENCE}")[2]
        piece = _find_stored(trouble.submitted.evidence[key], key, stored)
        if piece is not None:
            title = "" if "title" in trouble.errors.get(name, {}) else piece.title
            trouble = _rename(trouble, name, str(piece.id), title)
        elif key.isdigit():
            trouble = _rename(trouble, name, f"{OWN}{secrets.token_hex(8)}", "")
    return trouble


def _find_stored(shown: EvidenceShown, key: str, stored: Sequence[StoredEvidence]) -> StoredEvidence | None:
    if key.startswith(USUAL):
        return next((piece for piece in stored if piece.usual and piece.title == shown.title), None)
    return next((piece for piece in stored if str(piece.id) == key), None)


def _rename(trouble: Trouble, name: str, key: str, title: str) -> Trouble:
    """One piece of evidence under another key; `title` where it came without one."""
    question, _, before = name.partition(f".{EVIDENCE}")
    named = {name: f"{question}.{EVIDENCE}{key}"}
    piece = trouble.submitted.evidence[before]
    evidence = {**trouble.submitted.evidence, key: piece._replace(title=piece.title or title)}
    return Trouble(
        replace(trouble.submitted, evidence=evidence),
        {named.get(part, part): errors for part, errors in trouble.errors.items()},
        tuple(replace(each, part=named.get(each.part, each.part)) for each in trouble.conflicts),
        {named.get(part, part): seen for part, seen in trouble.versions.items()},
    )
