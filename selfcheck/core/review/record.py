"""What the record of an interview (Prüfprotokoll) says beside its rows, and how it becomes final."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What has a text of its own; some have one for each subject."""

    MINUTES = "minutes"
    """How many there are for the interview."""
    PLACE = "place"
    """Where and when it is."""
    WHO = "who"
    """Names of those who take part, by department or role."""
    PERIOD = "period"
    """The time that was reviewed."""
    METHOD = "method"
    """A `Method`, or empty."""
    CHECK_QUALITY = "check_quality"
    """How good the self-check is."""
    PAPER_QUALITY = "paper_quality"
    """How good its documents are."""
    GOOD = "good"
    """Good practice, by criterion."""
    BETTER = "better"
    """What is to be improved, by criterion."""
    SAID = "said"
    """What came out of a row of the agenda, by its key."""
    RESULT = "result"


BY_SUBJECT = frozenset((Field.WHO, Field.GOOD, Field.BETTER, Field.SAID))
"""Fields that stand there more than once."""


class Method(StrEnum):
    PAPERS = "papers"
    """Nach Unterlagen."""
    ON_SITE = "on site"
    """Vor Ort."""
    ONLINE = "online"


class RecordState(StrEnum):
    DRAFT = "draft"
    """Entwurf: nothing was finished yet."""
    FINISHED = "finished"
    """fertig: nobody writes until it is opened again."""
    OPEN_AGAIN = "open again"
    """wieder offen: the last version counts until the next one is finished."""
    FINAL = "final"
    """endgültig: it is read only from then on."""


class VersionState(StrEnum):
    CURRENT = "current"
    """aktuell."""
    REPLACED = "replaced"
    """ersetzt."""
    FINAL = "final"
    """endgültig."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What decides where a version stands: whether it was opened again, and whether it is final."""

    number: int
    reopened: bool = False
    final: bool = False


def find_state(versions: tuple[Ended, ...]) -> RecordState:
    """Where the record stands; `versions` from the first to the last."""
    if not versions:
        return RecordState.DRAFT
    last = versions[-1]
    if last.final:
        return RecordState.FINAL
    return RecordState.OPEN_AGAIN if last.reopened else RecordState.FINISHED


def find_version_state(version: Ended, last: int) -> VersionState:
    """Where one of its versions stands; `last` is the number of the newest."""
    if version.number != last:
        return VersionState.REPLACED
    return VersionState.FINAL if version.final else VersionState.CURRENT


def may_write(state: RecordState) -> bool:
    """Whether advisors write into agenda and record."""
    return state in (RecordState.DRAFT, RecordState.OPEN_AGAIN)
