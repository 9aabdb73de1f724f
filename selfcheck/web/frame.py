"""What stands around the main column of every page of one self-check; `templates/check.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the navigation, with a progress bar where `done` and `total` are known."""

    title: str
    href: str
    current: bool
    done: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Lines under one heading; an empty `title` shows none."""

    title: str
    items: tuple[NavItem, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """`audit` is its label („Erstauditierung“), `page` the title of the open page.

    `sign_out` takes a POST; `weeks_left` are whole weeks until the `interview`.
    """

    municipality: str
    audit: str
    interview: date | None
    weeks_left: int | None
    groups: tuple[NavGroup, ...]
    sign_out: str
    page: str
