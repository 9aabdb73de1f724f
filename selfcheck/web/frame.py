"""What stands around the main column of every page of one self-check; `templates/check.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.web.pattern import draw


@dataclass(frozen=True, slots=True)
class NavOutline:
    """`counted`: how much is done is known; `barred`: there is something to do, so a bar shows it."""

    title: str
    current: bool
    counted: bool
    barred: bool
    begun: bool


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the navigation, with a progress bar where `done` and `total` are known."""

    title: str
    href: str
    current: bool
    done: int | None = None
    total: int | None = None

    def __html__(self) -> str:
        done, total = self.done or 0, self.total or 0
        outline = NavOutline(self.title, self.current, self.total is not None, total > 0, done > 0)
        share = str(round(done * 100 / total, 1)) if total else ""
        texts = {"href": self.href, "done": str(done), "total": str(total), "share": share}
        return draw("parts/nav.html", "item", outline, texts, {})


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
