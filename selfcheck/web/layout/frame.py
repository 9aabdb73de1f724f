"""What stands around the main column of every page of one self-check; `templates/layout/check.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Waiting(NamedTuple):
    """How much waits on a page for its visitor, and what of it, for readers: „warten“, „überfällig“."""

    number: int
    said: str


NOTHING = Waiting(0, "")


class NavItem(NamedTuple):
    """One line of the navigation, with a progress bar where `done` and `total` are known, and with what waits there."""

    title: str
    href: str
    current: bool
    done: int | None = None
    total: int | None = None
    waiting: Waiting = NOTHING


class NavGroup(NamedTuple):
    """Lines under one heading; an empty `title` shows none."""

    title: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """`audit` is its label („Erstauditierung“), `page` the title of the open page.

    `sign_out` takes a POST; `days_left` until the `interview` are below 0 when it is over.
    """

    municipality: str
    audit: str
    interview: date | None
    days_left: int | None
    navigation: tuple[NavGroup, ...]
    sign_out: str
    page: str
