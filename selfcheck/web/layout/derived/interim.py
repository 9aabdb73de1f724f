"""The Zwischenstand of the agreed goals, fetched for whatever page asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfcheck.core.goals.interim import Times, find_times
from selfcheck.reporting.words import german
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import StoredInterim
from selfcheck.web.layout.check_page import CheckPage

Said = Mapping[tuple[int, int], StoredInterim]
"""What was said, by year and number of the goal."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How far the Zwischenstand of a year is: of `all` goals something was said about `done`."""

    times: Times
    done: int
    all: int

    @property
    def waits(self) -> bool:
        """It is due, and some goal waits for a word; not after the label has ended."""
        return self.times.is_due and not self.times.over and self.done < self.all

    @property
    def begins(self) -> str:
        """The sentence that asks: how long ago the award was."""
        years = german.in_words(self.times.year)
        return f"Seit der Auszeichnung {'ist ein Jahr' if self.times.year == 1 else f'sind {years} Jahre'} vergangen."

    @property
    def counted(self) -> str:
        return f"Zu {self.done} von {german.count(self.all, 'Ziel', 'Zielen')} ist gesagt, wie weit Sie sind."


def find_page_times(page: CheckPage) -> Times | None:
    """What is asked for now; None before the award."""
    check = page.check
    return find_times(check.awarded, check.profile.audit, page.questionnaire.validity, page.today)


def find_asked(page: CheckPage) -> Asked | None:
    """The Zwischenstand that the pages offer; None before the award, and where no goal was agreed. One statement after
    the award, none before. Raises `DamagedRow`."""
    times = find_page_times(page)
    if times is None or not page.loaded.goals:
        return None
    return count_said(page, times, load_said(page))


def load_said(page: CheckPage) -> Said:
    """With one statement, none for the sample town. Raises `DamagedRow`."""
    stored: Sequence[StoredInterim] = saving.load_interims(page.check.id) if page.access.sample is None else ()
    return {(each.year, each.goal): each for each in stored}


def count_said(page: CheckPage, times: Times, said: Said) -> Asked:
    """How far the year of `times` is."""
    rows = [said.get((times.year, goal.number)) for goal in page.loaded.goals]
    return Asked(times, sum(row is not None and bool(row.reached) for row in rows), len(rows))
