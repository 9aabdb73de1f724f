"""An office takes away only the evidence that it brought itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import abort

from selfcheck.core.permissions import may_remove_evidence
from selfcheck.store.access import self_checks
from selfcheck.store.access.grants import Access
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.store.parts.values import StoredEvidence
from selfcheck.store.parts.writes import EvidenceRemoval
from selfcheck.web.questions.reading import Part, Submitted


def check_removals(submitted: Sequence[Submitted], access: Access, prepared: Prepared) -> tuple[Submitted, ...]:
    """`submitted` without removals of what does not stand at its question; 403 for those of what others brought."""
    if not any(isinstance(part.write, EvidenceRemoval) for question in submitted for part in question.parts):
        return tuple(submitted)
    stored = self_checks.load(access.check, prepared.questionnaire).evidence
    return tuple(_check_question(each, stored.get(each.question.id, ()), access) for each in submitted)


def _check_question(question: Submitted, stored: Sequence[StoredEvidence], access: Access) -> Submitted:
    pieces = {piece.id: piece for piece in stored}
    return replace(question, parts=tuple(_check_part(part, pieces, access) for part in question.parts))


def _check_part(part: Part, stored: Mapping[int, StoredEvidence], access: Access) -> Part:
    if not isinstance(part.write, EvidenceRemoval):
        return part
    piece = stored.get(part.write.id)
    if piece is None:
        return replace(part, write=None)
    if not may_remove_evidence(access.role, access.place_id, piece.place_id):
        abort(403)
    return part
