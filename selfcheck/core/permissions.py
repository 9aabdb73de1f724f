"""Who may do what in a self-check, decided from plain facts: role, scope, end, withdrawal.

The table is that of „Who is there“: the coordination may do everything; a colleague answers all, but does not share,
delete or decide who takes part; an office answers its questions and sees nothing else; a reader reads one report.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selfcheck.core.questionnaire.model import QuestionId

MEMBER, ADVISOR, OPERATOR = "member", "advisor", "operator"
"""What an account is there for, its position: self-checks, the cases of a chamber, or the server."""


class Role(StrEnum):
    """What a visitor is in one self-check."""

    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"
    OFFICE = "office"
    READER = "reader"


class Right(StrEnum):
    """What can be done in a self-check; pages name the one they need."""

    READ = "read"
    """See all questions, answers, points, the checklist and goals."""
    ANSWER = "answer"
    """Answer any question; change the checklist, goals and projects."""
    COMMENT = "comment"
    """Read and write comments between colleagues, mark changes as seen."""
    DETAILS = "details"
    """Change what is said about the municipality."""
    OWN_PART = "own part"
    """Answer the questions of one's scope on one page, decline them, hand them back."""
    STATES = "states"
    """Read the history, name a Stand and compare two."""
    TAKE_BACK = "take back"
    """Take a change back, go back to a Stand."""
    REDACT = "redact"
    TEAM = "team"
    """Invite, assign, extend, withdraw, hand over."""
    SHARE = "share"
    EXPORT = "export"
    VERSION = "version"
    """Move it to a newer version of the questionnaire."""
    DELETE = "delete"
    LEAVE = "leave"
    """Sign out on this device."""
    REPORT = "report"
    """Read the report of a shared Stand."""


_COLLEAGUE = frozenset(
    {Right.READ, Right.ANSWER, Right.COMMENT, Right.STATES, Right.TAKE_BACK, Right.EXPORT, Right.LEAVE, Right.REPORT}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.COORDINATOR: frozenset(Right) - {Right.OWN_PART},
    Role.COLLEAGUE: _COLLEAGUE,
    Role.OFFICE: frozenset({Right.OWN_PART, Right.LEAVE}),
    Role.READER: frozenset({Right.REPORT, Right.LEAVE}),
}
LOOKING = frozenset({Right.READ})
"""What everybody may do in the sample town, whoever they are."""


def may_send_files(role: Role, *, own_account: bool, coordinated: bool) -> bool:
    """Whether somebody who may write a piece of evidence may send a file for it: with an account whose address is
    confirmed (`own_account`). Offices, who have none, may where an account coordinates the self-check (`coordinated`).
    """
    return coordinated if role is Role.OFFICE else own_account and Right.ANSWER in RIGHTS[role]


class Verdict(StrEnum):
    """What a visitor gets: the page, or a refusal of one kind."""

    GRANTED = "granted"
    UNKNOWN = "unknown"
    """As if there were nothing (404): whoever has no place here may not learn that it exists."""
    REFUSED = "refused"
    """There is a place, but it does not reach so far (403)."""
    ENDED = "ended"
    """There was a place (410)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The place of a visitor in one self-check.

    `ends_on` is its last day; `withdrawn`, `deleted`: the place or the self-check was; `left`: signed out here.
    """

    role: Role
    ends_on: date | None = None
    withdrawn: bool = False
    deleted: bool = False
    left: bool = False


def decide(standing: Standing | None, right: Right, today: date, *, even_deleted: bool = False) -> Verdict:
    """Whether a visitor may; `even_deleted` for what is still possible in a deleted self-check."""
    if standing is None or standing.left:
        return Verdict.UNKNOWN
    over = standing.ends_on is not None and standing.ends_on < today
    if over or standing.withdrawn or (standing.deleted and not even_deleted):
        return Verdict.ENDED
    return Verdict.GRANTED if right in RIGHTS[standing.role] else Verdict.REFUSED


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may write: by their role, for an office by its questions, and by its own place."""

    role: Role
    scope: Collection[QuestionId] = frozenset()
    place_id: int | None = None

    def to_write(self, right: Right, question: str | None = None) -> bool:
        """Whether a part may be written that takes this right; an office answers the questions of its scope."""
        rights = RIGHTS[self.role]
        scoped = right is Right.ANSWER and Right.OWN_PART in rights and question is not None
        return right in rights or (scoped and question in self.scope)

    def to_prove(self, before: Collection[str], after: Collection[str]) -> bool:
        """Whether a piece of evidence may belong to the questions `after` where it belonged to `before`.

        An office changes what belongs to one of its questions; for those of others everything stays as it is.
        """
        if Right.ANSWER in RIGHTS[self.role]:
            return True
        own = frozenset(question for question in (*before, *after) if self.to_write(Right.ANSWER, question))
        reached = own.intersection(before) if before else own.intersection(after)
        return bool(reached) and set(before) - own == set(after) - own

    def to_remove(self, made_by: int | None) -> bool:
        """Whether a piece of evidence may be taken away: an office removes only what it brought itself."""
        return Right.ANSWER in RIGHTS[self.role] or (made_by is not None and made_by == self.place_id)
