"""Every kind of part. Saving, the history, redaction and the data file loop over `KINDS`; none of them names one."""

from __future__ import annotations

from selfcheck.store.parts.kinds.answers import ChoiceKind, EvidenceKind, NoteKind
from selfcheck.store.parts.kinds.details import ChamberKind, DetailsKind
from selfcheck.store.parts.kinds.kind import AnyKind
from selfcheck.store.parts.kinds.lists import (
    GoalKind,
    InterimKind,
    OnlyThereKind,
    PastGoalKind,
    ProjectKind,
    SheetKind,
    SheetMarkKind,
    StepKind,
)
from selfcheck.store.parts.kinds.talk import AssignmentKind, CommentKind, MessageKind
from selfcheck.store.parts.shelf import AnyShelf

KINDS: dict[str, AnyKind] = {
    kind.part: kind
    for kind in (
        DetailsKind(),
        ChamberKind(),
        ChoiceKind(),
        NoteKind(),
        EvidenceKind(),
        StepKind(),
        GoalKind(),
        PastGoalKind(),
        ProjectKind(),
        InterimKind(),
        SheetKind(),
        OnlyThereKind(),
        SheetMarkKind(),
        AssignmentKind(),
        CommentKind(),
        MessageKind(),
    )
}


def returning() -> list[AnyKind]:
    """Those that the history can bring back."""
    return [kind for kind in KINDS.values() if kind.comes_back]


def shelves() -> list[AnyShelf]:
    """Where parts lie, each once."""
    return list({kind.shelf.section: kind.shelf for kind in KINDS.values()}.values())
