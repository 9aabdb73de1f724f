"""The kinds of entries of lists: goals, goals of the last audit, projects, steps of the checklist; and what stands in
the chamber's Prüfbogen.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, TypeVar

from selfcheck.core.goals.interim import Reached
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.removed import Removed
from selfcheck.core.text.number import tidy_number
from selfcheck.store.database import limits
from selfcheck.store.database.times import local_day
from selfcheck.store.parts.kinds import frozen_texts
from selfcheck.store.parts.kinds.frozen_texts import Versions
from selfcheck.store.parts.kinds.kind import NEVER, Kind, change
from selfcheck.store.parts.loading import GOALS, INTERIMS, ONLY_THERE, PAST_GOALS, PROJECTS, SHEET, SHEET_MARK, STEPS
from selfcheck.store.parts.shelf import Fields, live
from selfcheck.store.parts.values import (
    Entry,
    EntryText,
    GoalText,
    InterimText,
    OnlyThereText,
    PastGoalText,
    ProjectText,
    SheetMarkText,
    SheetText,
    StepText,
    StoredInterim,
    StoredSheetLine,
    StoredSheetMark,
    StoredStep,
)
from selfcheck.store.parts.work import DoesNotFit, Work, hash_key
from selfcheck.store.parts.writes import Part, Write

Said = TypeVar("Said", bound=EntryText | OnlyThereText)
OWN = "own:"
"""What the key of an own step begins with."""
PLACE = "place_id"
"""What means nothing outside of this database."""
DIGITS = frozenset("0123456789abcdef")
LONGEST_NUMBER = 6
"""Digits of the number of a goal, or of a year."""
WHOLE = 100
"""Per cent."""


def is_own_key(key: str) -> bool:
    """Whether `key` is one that an own step can have: `own:` and 32 hexadecimal digits."""
    return len(key) == len(OWN) + 32 and key.startswith(OWN) and DIGITS.issuperset(key.removeprefix(OWN))


class StepKind(Kind[StoredStep, StepText]):
    """A step of the checklist always stands there; own ones are added."""

    part = Part.STEP
    shelf = STEPS
    content = StepText

    def key(self, work: Work, write: Write) -> str:
        if write.subject is None:
            return OWN + hash_key(write.creation_key or secrets.token_hex(16))[:32]
        kept = limits.keep_line(write.subject, "key", limits.KEY)
        if kept != write.subject or (kept.startswith(OWN) and not is_own_key(kept)):
            raise DoesNotFit(kept)  # two spellings of one key would pass by the version of the step
        return kept

    def blank(self, work: Work, key: str) -> StoredStep | None:
        return None if key.startswith(OWN) else StoredStep(key, local_day(work.now))

    def make(self, key: str, content: StepText) -> StoredStep:
        return StoredStep(key, local_day(NEVER), **self.fields(content))

    def begin(self, work: Work, key: str, row: StoredStep | None, content: StepText) -> StoredStep:
        return row or self.make(key, content)._replace(first_seen=local_day(work.now))

    def bring_back(self, work: Work, subject: str, row: StoredStep | None, content: StepText) -> StoredStep:
        return self.begin(work, subject, row, content)

    def fellows(self, work: Work, row: StoredStep) -> tuple[str, int]:
        return "own steps", sum(step.own for step in live(work.rows(STEPS).values())) if row.own else 0

    def keep(self, work: Work, content: StepText, row: StoredStep | None) -> StepText:
        own = row is None or row.own
        kept = super().keep(work, replace(content, own=own), row)
        return kept if own else replace(kept, title="", group="")

    def check(self, work: Work, row: StoredStep | None, wanted: StepText | None) -> None:
        """A place that stands already may have ended since."""
        super().check(work, row, wanted)
        place = wanted.place_id if wanted is not None else None
        stands = row.place_id if row is not None else None
        if place is not None and place != stands and work.together().seat(place) is None:
            raise DoesNotFit(place)

    def fit(self, work: Work, settled: object) -> object:
        """Without a place that has ended since; who sat there is told all the same."""
        place = settled.get(PLACE) if isinstance(settled, Mapping) else None
        if isinstance(place, int) and work.together().seat(place) is not None:
            return settled
        return _without_place(settled)

    def take_out(self, questionnaire: Questionnaire, subject: str, told: object, removed: Removed) -> object:
        """With the name goes the place that has it."""
        return _without_place(super().take_out(questionnaire, subject, told, removed))

    def nothing(self, subject: str) -> StepText | None:
        return None if subject.startswith(OWN) else StepText()

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_step(stand, versions)

    def from_file(self, work: Work, said: Fields) -> tuple[str, StepText] | None:
        """Steps that somebody touched; all others come up by themselves."""
        if said["version"] == 0 and not said["own"]:
            return None
        content = self.content(**{name: said[name] for name in self.names if name != PLACE})
        if content.own:
            return OWN + secrets.token_hex(16), content
        return str(said["key"]).removeprefix(OWN), replace(content, title="", group="")


def _without_place(told: object) -> object:
    return {name: each for name, each in told.items() if name != PLACE} if isinstance(told, Mapping) else told


class _EntryKind(Kind[Entry[Said], Said]):
    """An entry of a list; its number is its own for life: rows of removed ones are kept."""

    frozen: ClassVar[Mapping[str, str]]
    """How a frozen entry calls the fields of a stored one."""

    def key(self, work: Work, write: Write) -> str:
        if write.subject is None:
            return hash_key(write.creation_key or secrets.token_hex(16))
        return work.find_key(self.shelf, "number", write.subject)

    def find(self, rows: Mapping[str, Entry[Said]], subject: str) -> Entry[Said] | None:
        return next((row for row in rows.values() if str(row.number) == subject), None)

    def subject(self, row: Entry[Said]) -> str:
        return str(row.number)

    def id(self, row: Entry[Said]) -> int | None:
        return row.number

    def say(self, row: Entry[Said]) -> Said:
        return row.text

    def put(self, row: Entry[Said], content: Said, **stamp: object) -> Entry[Said]:
        return change(row, text=content, **stamp)

    def begin(self, work: Work, key: str, row: Entry[Said] | None, content: Said) -> Entry[Said]:
        numbers = [entry.number for entry in work.rows(self.shelf).values()]
        return row or Entry(1 + max(numbers, default=0), key, content, 0, "", NEVER)

    def arrive(self, work: Work, key: str, content: Said, said: Fields) -> Entry[Said]:
        """With the number that it had, where it can have it: others call it by that."""
        entry, number = self.begin(work, key, None, content), said["number"]
        free = number not in {row.number for row in work.rows(self.shelf).values()}
        return replace(entry, number=number) if free and 0 < number <= limits.NUMBER_KEPT else entry

    def make(self, key: str, content: Said) -> Entry[Said]:
        """`key` is the number that the history knows."""
        return Entry(int(key), hash_key("put back", self.part, key), content, 0, "", NEVER)

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_entry(stand, versions, self.shelf.section, self.frozen)


class GoalKind(_EntryKind[GoalText]):
    part, shelf, content = Part.GOAL, GOALS, GoalText
    frozen: ClassVar[Mapping[str, str]] = {
        "start": "start",
        "measure": "measure",
        "metric": "metric",
        "metric_now": "now",
        "metric_target": "target",
        "person": "person",
    }


class PastGoalKind(_EntryKind[PastGoalText]):
    part, shelf, content = Part.PAST_GOAL, PAST_GOALS, PastGoalText
    frozen: ClassVar[Mapping[str, str]] = {"evidence": "evidence", "location": "location", "outcome": "outcome"}


class ProjectKind(_EntryKind[ProjectText]):
    part, shelf, content = Part.PROJECT, PROJECTS, ProjectText
    frozen: ClassVar[Mapping[str, str]] = {"description": "description", "effect": "effect", "evidence": "evidence"}


class OnlyThereKind(_EntryKind[OnlyThereText]):
    part, shelf, content = Part.ONLY_THERE, ONLY_THERE, OnlyThereText

    def keep(self, work: Work, content: OnlyThereText, row: Entry[OnlyThereText] | None) -> OnlyThereText:
        return super().keep(work, replace(content, points=_keep_points(content.points)), row)

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        """No Stand has any: only sums of it."""
        return False


class InterimKind(Kind[StoredInterim, InterimText]):
    """It always stands there, for each goal in each year of the label; it is called `<year>-<number of the goal>`."""

    part, shelf, content = Part.INTERIM, INTERIMS, InterimText

    def key(self, work: Work, write: Write) -> str:
        year, goal = read_interim_key(write.subject or "")
        if not 0 < year <= limits.YEARS or not any(row.number == goal for row in work.rows(GOALS).values()):
            raise DoesNotFit(write.subject)
        return f"{year}-{goal}"

    def blank(self, work: Work, key: str) -> StoredInterim | None:
        return StoredInterim(*read_interim_key(key))

    def make(self, key: str, content: InterimText) -> StoredInterim:
        return StoredInterim(*read_interim_key(key))

    def nothing(self, subject: str) -> InterimText | None:
        return InterimText()

    def keep(self, work: Work, content: InterimText, row: StoredInterim | None) -> InterimText:
        if content.reached not in tuple(Reached):
            raise DoesNotFit(content.reached)
        return super().keep(work, content, row)

    def from_file(self, work: Work, said: Fields) -> tuple[str, InterimText] | None:
        """Of goals that are not there any more nothing is taken."""
        content = self.content(**{name: said[name] for name in self.names})
        known = any(row.number == said["goal"] for row in work.rows(GOALS).values())
        return (f"{said['year']}-{said['goal']}", content) if known and content != InterimText() else None


def read_interim_key(key: str) -> tuple[int, int]:
    """Year and number of the goal. Raises `DoesNotFit` for what nothing is called."""
    year, _, goal = key.partition("-")
    if not all(each.isascii() and each.isdigit() and len(each) <= LONGEST_NUMBER for each in (year, goal)):
        raise DoesNotFit(key)
    return int(year), int(goal)


class SheetKind(Kind[StoredSheetLine, SheetText]):
    """It always stands there, for each question. Whoever answers all of them lays the Prüfbogen beside, no office."""

    part, shelf, content = Part.SHEET, SHEET, SheetText

    def key(self, work: Work, write: Write) -> str:
        return work.question(write.subject).id

    def question(self, row: StoredSheetLine | None, content: SheetText | None) -> str | None:
        return None

    def blank(self, work: Work, key: str) -> StoredSheetLine | None:
        return StoredSheetLine(key)

    def make(self, key: str, content: SheetText) -> StoredSheetLine:
        return StoredSheetLine(key)

    def nothing(self, subject: str) -> SheetText | None:
        return SheetText()

    def keep(self, work: Work, content: SheetText, row: StoredSheetLine | None) -> SheetText:
        if content.absent and content.points is not None:
            raise DoesNotFit(content.points)
        return super().keep(work, replace(content, points=_keep_points(content.points)), row)

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_number(stand, versions)

    def from_file(self, work: Work, said: Fields) -> tuple[str, SheetText] | None:
        content = self.content(**{name: said[name] for name in self.names})
        kept = replace(content, points=None if content.absent else content.points)
        return (str(said["question"]), kept) if kept != SheetText() else None


class SheetMarkKind(Kind[StoredSheetMark, SheetMarkText]):
    """It always stands there, and is called by nothing."""

    part, shelf, content = Part.SHEET_MARK, SHEET_MARK, SheetMarkText

    def key(self, work: Work, write: Write) -> str:
        return ""

    def blank(self, work: Work, key: str) -> StoredSheetMark | None:
        return StoredSheetMark()

    def make(self, key: str, content: SheetMarkText) -> StoredSheetMark:
        return StoredSheetMark()

    def nothing(self, subject: str) -> SheetMarkText | None:
        return SheetMarkText()

    def keep(self, work: Work, content: SheetMarkText, row: StoredSheetMark | None) -> SheetMarkText:
        percent = content.percent
        if percent is not None and not (0 < percent <= WHOLE and _has_few_decimals(percent)):
            raise DoesNotFit(percent)
        return SheetMarkText(tidy_number(percent) if percent is not None else None)

    def from_file(self, work: Work, said: Fields) -> tuple[str, SheetMarkText] | None:
        return ("", SheetMarkText(said["percent"])) if said["percent"] is not None else None


def _keep_points(points: Decimal | None) -> Decimal | None:
    """Raises `DoesNotFit`."""
    if points is None:
        return None
    if not (0 <= points <= limits.MOST_POINTS and _has_few_decimals(points)):
        raise DoesNotFit(points)
    return tidy_number(points)


def _has_few_decimals(amount: Decimal) -> bool:
    return round(amount, limits.DECIMALS) == amount
