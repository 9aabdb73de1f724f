"""With which chamber a municipality can share, and what still stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selfcheck.core.permissions import MEMBER
from selfcheck.core.questionnaire.chambers import Chamber
from selfcheck.core.review.case import Sender
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.telling import find_staffed
from selfcheck.store.parts.values import Check
from selfcheck.web.http.browser import signed_in
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.check_page import CheckPage


class Obstacle(StrEnum):
    """Why nothing can be shared with a chamber now."""

    NO_CHAMBER = "no chamber"
    """None of ours is responsible."""
    NOBODY_THERE = "nobody there"
    """Nobody of the chamber advises here."""
    NO_ACCOUNT = "no account"
    """Whoever looks coordinates without an account."""
    ON_DUTY = "on duty"
    """The account advises itself or operates the server: it is none of the town's."""
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    """The chamber refused this account as sender."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """`options` are the chambers that may be responsible, the likeliest first; `staffed` those where somebody advises.

    `account` is that of whoever looks, if the self-check belongs to it.
    """

    options: tuple[Chamber, ...]
    staffed: frozenset[str]
    account: SignedIn | None
    obstacle: Obstacle | None

    @property
    def must_choose(self) -> bool:
        return len(self.options) > 1

    def find(self, chamber_id: str | None) -> Chamber | None:
        """The chamber that was chosen; where there is no choice, the only one."""
        if self.must_choose:
            return next((each for each in self.options if each.id == chamber_id), None)
        return self.options[0] if self.options else None


def find_recipients(page: CheckPage, cases: list[Case]) -> Recipients:
    """One statement where there is a chamber."""
    options = list_options(page.check)
    staffed = find_staffed([each.id for each in options])
    account = signed_in.account()
    mine = account if account is not None and page.access.account_id == account.id else None
    return Recipients(options, staffed, mine, _find_obstacle(options, staffed, mine, cases))


def list_options(check: Check) -> tuple[Chamber, ...]:
    """The chamber of the municipality; where its district belongs to several, all that are ours. Empty where the
    chamber is none of ours.
    """
    chambers = catalogue().chambers
    likeliest = chambers.responsible(check.district, check.municipality)
    if likeliest is None or not likeliest.id:
        return ()
    elsewhere = (chambers.named(note.elsewhere) for note in chambers.notes_for(check.district) if note.elsewhere)
    found = (likeliest, chambers.chamber_of(check.district), *elsewhere)
    return tuple({each.id: each for each in found if each is not None}.values())


def _find_obstacle(
    options: tuple[Chamber, ...], staffed: frozenset[str], account: SignedIn | None, cases: list[Case]
) -> Obstacle | None:
    if not options:
        return Obstacle.NO_CHAMBER
    if not staffed:
        return Obstacle.NOBODY_THERE
    if account is None:
        return Obstacle.NO_ACCOUNT
    if account.position != MEMBER:
        return Obstacle.ON_DUTY
    if not account.confirmed:
        return Obstacle.UNCONFIRMED
    refusing = {case.chamber for case in cases if case.sender is Sender.REFUSED and case.sender_id == account.id}
    return Obstacle.REFUSED if refusing >= {each.id for each in options} else None
