"""What stands around the main column of every page of one self-check; `templates/check.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from selfcheck.web.layout.pattern import draw


class NavOutline(NamedTuple):
    """`counted`: how much is done is known; `barred`: there is something to do, so a bar shows it."""

    title: str
    current: bool
    counted: bool
    barred: bool


class NavItem(NamedTuple):
    """One line of the navigation, with a progress bar where `done` and `total` are known."""

    title: str
    href: str
    current: bool
    done: int | None = None
    total: int | None = None

    def outline(self) -> NavOutline:
        return NavOutline(self.title, self.current, self.total is not None, bool(self.total))


class NavGroup(NamedTuple):
    """Lines under one heading; an empty `title` shows none."""

    title: str
    items: tuple[NavItem, ...]


class Navigation(NamedTuple):
    groups: tuple[NavGroup, ...]

    def __html__(self) -> str:
        """All lines; a text of the line at place 3 is called e.g. `href3`."""
        outline = tuple((group.title, tuple(item.outline() for item in group.items)) for group in self.groups)
        texts: dict[str, str] = {}
        for place, item in enumerate(self.items):
            done, total = item.done or 0, item.total or 0
            texts[f"href{place}"] = item.href
            if item.total is not None:
                texts[f"done{place}"], texts[f"total{place}"] = str(done), str(total)
                texts[f"share{place}"] = str(round(done * 100 / total, 1)) if total else "0"
        return draw("layout/nav.html", "lines", outline, texts)

    @property
    def items(self) -> tuple[NavItem, ...]:
        return tuple(chain.from_iterable(group.items for group in self.groups))


@dataclass(frozen=True, slots=True)
class Frame:
    """`audit` is its label („Erstauditierung“), `page` the title of the open page.

    `sign_out` takes a POST; `days_left` until the `interview` are below 0 when it is over.
    """

    municipality: str
    audit: str
    interview: date | None
    days_left: int | None
    navigation: Navigation
    sign_out: str
    page: str
