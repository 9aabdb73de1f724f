"""The Zwischenstand of agreed goals in German."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.core.goals.interim import Reached

REACHED: Mapping[str, str] = {
    str(Reached.REACHED): "erreicht",
    str(Reached.UNDER_WAY): "unterwegs",
    str(Reached.GIVEN_UP): "aufgegeben",
}
UNSAID = "noch keine Angabe"
"""What stands there as long as nobody says what became of a goal."""


def say_year(year: int) -> str:
    """A year of the label, as `1. Jahr`."""
    return f"{year}. Jahr"


def say_interim(subject: str, title: str = "") -> str:
    """What the history calls `1-3`: the goal by its title or else its number, and the year."""
    year, _, goal = subject.partition("-")
    return f"{title or f'Ziel {goal}'}, {year}. Jahr"
