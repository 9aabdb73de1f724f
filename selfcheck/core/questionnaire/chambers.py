"""The chambers of commerce (IHK) and the districts they are for. How they are read is `reading`'s business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from selfcheck.core.text.order import fold, split_words

KINDS = (
    "stadt",
    "kreisstadt",
    "universitätsstadt",
    "gemeinde",
    "marktgemeinde",
    "verbandsgemeinde",
    "verwaltungsgemeinschaft",
    "markt",
)
"""What may stand before the name of a municipality."""
OLD = timedelta(days=183)
"""Named people change; after half a year somebody should look again."""


@dataclass(frozen=True, slots=True)
class District:
    """A Landkreis or a kreisfreie Stadt by its official key of five digits; `land` is HE, RP or BY.

    `ours`: the source does not name it, we have added it.
    """

    key: str
    name: str
    kind: str
    land: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class ChamberNote:
    """An exception that people of these districts should know; `municipality` is empty if it is about all of them.

    `elsewhere` is the name of the chamber whose district the municipality belongs to, where that is another one.
    """

    districts: tuple[str, ...]
    municipality: str
    text: str
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Chamber:
    """`contact` is a person's name; `url`, `mail` and `switchboard` are empty where no public source gives them."""

    id: str
    name: str
    contact: str
    phone: str
    url: str
    districts: tuple[District, ...]
    notes: tuple[ChamberNote, ...]
    mail: str = ""
    switchboard: str = ""


@dataclass(frozen=True, slots=True)
class ChambersSource:
    title: str
    url: str


@dataclass(frozen=True)
class Chambers:
    """All chambers, as of a day and from a source; every district is in exactly one chamber."""

    as_of: date
    source: ChambersSource
    chambers: tuple[Chamber, ...]

    @cached_property
    def districts(self) -> tuple[District, ...]:
        """All districts, in the order of their keys."""
        return tuple(sorted((each for chamber in self.chambers for each in chamber.districts), key=lambda d: d.key))

    @cached_property
    def _chamber_of(self) -> dict[str, Chamber]:
        return {district.key: chamber for chamber in self.chambers for district in chamber.districts}

    def district(self, key: str) -> District | None:
        return next((district for district in self.districts if district.key == key), None)

    def chamber_of(self, key: str) -> Chamber | None:
        """The chamber of the district with this key; None if no chamber has it."""
        return self._chamber_of.get(key)

    def responsible(self, key: str, municipality: str) -> Chamber | None:
        """The chamber of a municipality in the district with this key, which may be another than the district's.

        Of a chamber that is not one of these nothing but its name is known. None if no chamber has the district.
        """
        elsewhere = next((note.elsewhere for note in self.notes_about(key, municipality) if note.elsewhere), "")
        if not elsewhere:
            return self.chamber_of(key)
        return self.named(elsewhere) or Chamber("", elsewhere, "", "", "", (), ())

    def named(self, name: str) -> Chamber | None:
        return next((chamber for chamber in self.chambers if chamber.name == name), None)

    def list_exceptions(self, key: str) -> tuple[str, ...]:
        """The municipalities in this district that belong to another chamber."""
        return tuple(note.municipality for note in self.notes_for(key) if note.elsewhere)

    def is_old(self, today: date) -> bool:
        """Whether somebody should see if all of it still holds."""
        return today - self.as_of > OLD

    def notes_for(self, key: str) -> tuple[ChamberNote, ...]:
        """The notes about this district, of whichever chamber."""
        return tuple(note for chamber in self.chambers for note in chamber.notes if key in note.districts)

    def notes_about(self, key: str, municipality: str) -> tuple[ChamberNote, ...]:
        """Those about this municipality by its name, however people write it: „Hochheim“, „Stadt Hochheim a. M.“."""
        kinds = {fold(kind) for kind in KINDS}
        said = next((word for word in split_words(municipality) if word not in kinds), None)
        return tuple(note for note in self.notes_for(key) if said in split_words(note.municipality)[:1])
