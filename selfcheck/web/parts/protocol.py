"""Saving what came with a form: every part of a request in one transaction, and what became of each.

Parts whose author was too late change nothing and let the others through; both values are shown then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from flask import jsonify
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german
from selfcheck.store.access.grants import Access
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import SaveResult
from selfcheck.store.parts.values import Loaded
from selfcheck.store.parts.writes import Conflict, NoPlace, NoRoom, Outcome, Part, Saved, Unchanged
from selfcheck.web.http import clock, copies
from selfcheck.web.http.errors import wants_json
from selfcheck.web.parts.conflicts import ConflictShown, name_author
from selfcheck.web.parts.submitted import SubmittedPart, read_version

REFUSED: Mapping[type[Outcome], str] = {
    NoPlace: "Diesen Platz gibt es nicht mehr. Bitte wählen Sie jemand anders.",
    NoRoom: "Zu dieser Frage stehen schon 100 Rückfragen. Bitte entfernen Sie eigene, die Sie nicht mehr brauchen.",
}
"""What only the store knows, in the words of the field."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the parts of a request, all by their names."""

    parts: Mapping[str, SubmittedPart]
    outcomes: Mapping[str, Outcome]
    conflicts: Mapping[str, ConflictShown]

    def brought(self, *kinds: Part) -> bool:
        """Whether a part of these kinds came with something to write."""
        return any(part.write is not None and part.write.part in kinds for part in self.parts.values())

    @property
    def took_away(self) -> bool:
        """Whether a part was to be removed."""
        return any(part.write is not None and part.write.content is None for part in self.parts.values())

    @property
    def made(self) -> tuple[str, ...]:
        """The creation keys of what is new and stored now, also if it was before."""
        stored = [name for name, outcome in self.outcomes.items() if isinstance(outcome, Saved | Unchanged)]
        writes = [self.parts[name].write for name in stored]
        return tuple(write.creation_key for write in writes if write is not None and write.creation_key)

    @property
    def errors(self) -> dict[str, Mapping[str, str]]:
        """What is wrong, by part and field."""
        return {name: part.errors for name, part in self.parts.items() if part.errors}

    @property
    def status(self) -> int:
        """200 where everything is saved."""
        return 409 if self.conflicts else 422 if self.errors else 200

    def list_conflicts(self, *names: str) -> tuple[ConflictShown, ...]:
        """Those of some parts."""
        return tuple(self.conflicts[name] for name in names if name in self.conflicts)

    def describe(self, name: str) -> dict[str, object]:
        """One part for our script: the version and the base with which it goes on, and under which name; `texts` are
        what was stored otherwise than it was typed.
        """
        described = self._describe_state(name)
        texts = self.parts[name].texts
        return {**described, "texts": dict(texts)} if texts and described["state"] == "saved" else described

    def _describe_state(self, name: str) -> dict[str, object]:
        part, outcome = self.parts[name], self.outcomes.get(name)
        if part.errors:
            return {"state": "error", "errors": dict(part.errors)}
        if name in self.conflicts:
            return {"state": "conflict"}
        if outcome is None or part.write is None or isinstance(outcome, NoPlace | NoRoom):
            version, base = part.seen
            return {"state": "saved", "version": read_version(version), "base": base}
        if part.write.content is None:
            return {"state": "saved", "version": 0, "base": ""}
        renamed = {"name": f"{name.rpartition('.')[0]}.{outcome.id}"} if outcome.id is not None else {}
        return {"state": "saved", "version": outcome.version, "base": part.base, **renamed}


@dataclass(frozen=True, slots=True)
class Saving(Settled):
    """The same in a self-check; `pressed` is what `press` returned.

    `loaded` is the self-check as it is afterwards: it is read when it is asked for.
    """

    result: SaveResult
    pressed: str | None = None

    @property
    def loaded(self) -> Loaded:
        return self.result.loaded


def save(
    access: Access,
    questionnaire: Questionnaire,
    parts: Sequence[SubmittedPart],
    press: Callable[[Saving], str | None] | None = None,
) -> Saving:
    """Writes the parts that have something to write.

    `press` is what the button of the form does beside saving: in the same transaction, once it is known what became of
    the parts. Raises what `store.parts.saving.save` raises; then nothing at all is written.
    """
    written = {part.name: part.write for part in parts if part.write is not None}
    with writing() if press else nullcontext():
        writes = tuple(written.values())
        result = saving.save(access.check, questionnaire, writes, access.who, clock.now(), allowed=access.allowed)
        settled = settle_parts(parts, dict(zip(written, result.outcomes, strict=True)), access.me)
        saved = Saving(settled.parts, settled.outcomes, settled.conflicts, result)
        saved = replace(saved, pressed=press(saved)) if press else saved
    if not wants_json():  # our script hears of each part by its name
        copies.note_stored(saved.made)
    return saved


def settle_parts(parts: Sequence[SubmittedPart], outcomes: Mapping[str, Outcome], me: str = "") -> Settled:
    """`parts` with the `outcomes` of what was written, in the words of their fields, for whoever is called `me`."""
    settled: dict[str, SubmittedPart] = {}
    conflicts: dict[str, ConflictShown] = {}
    for part in parts:
        outcome, settled[part.name] = outcomes.get(part.name), part
        if isinstance(outcome, Conflict) and part.show is not None:
            conflicts[part.name] = part.show(name_author(outcome, me))
        elif outcome is not None and type(outcome) in REFUSED:
            field = part.name.rpartition(".")[2]
            settled[part.name] = replace(part, errors={field: REFUSED[type(outcome)]})
    return Settled(settled, outcomes, conflicts)


def answer_script(saving: Saving, html: Mapping[str, str], **more: object) -> ResponseReturnValue:
    """JSON with `at` (local time), `parts` by name, and `html` by selector: what the page draws anew.

    Answers may overtake each other: `moment` says which one knows more.
    """
    return tell_script(saving, saving.result.moment, html, **more)


def tell_script(settled: Settled, moment: int, html: Mapping[str, str], **more: object) -> ResponseReturnValue:
    """The same for what is no part of a self-check."""
    at = german.clock(clock.local(clock.now()))
    parts = {name: settled.describe(name) for name in settled.parts}
    return jsonify(at=at, moment=moment, parts=parts, html=html, **more), settled.status
