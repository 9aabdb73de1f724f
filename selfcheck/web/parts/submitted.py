"""What came with a form, part by part: what its page was built from, and what is to be written.

A part comes with the version that its page showed and with a base, a short mark of what stood there then; both are
hidden fields, `<part>-version` or, where the part has several fields, `<part>.version`. Only what came with a version
and differs from its base is written, so a page left open over lunch harms nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from selfcheck.core.text.contents import MOST, clean
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import Conflict, Write
from selfcheck.web.parts.conflicts import ConflictShown

MINE, THEIRS, BOTH, REMOVE = "mine", "theirs", "both", "remove"
LONGEST = {"note": limits.NOTE, "message": limits.MESSAGE}
"""Texts of which both can be kept, one after the other, by the last part of their name."""
OWN = "n"
"""Begins the key of an entry that is not stored yet."""
LONGEST_KEY = 41


@dataclass(frozen=True, slots=True)
class Resolution:
    """What somebody decided about a conflict: `mine` writes over `version`, `theirs` drops it, `both` writes
    both over it, `remove` takes away."""

    part: str
    decision: str
    version: int


@dataclass(frozen=True, slots=True)
class SubmittedPart:
    """One part as it came. `write` is None where nothing changed or something is wrong (`errors`, by field).

    `seen` are the version and the base that came with it, `base` is the mark of what it says now; `show` shows both
    values to somebody who was too late. `texts` are what its fields say otherwise than they were typed.
    """

    name: str
    seen: tuple[str, str] = ("", "")
    base: str = ""
    write: Write | None = None
    show: Callable[[Conflict], ConflictShown] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


class Submission:
    """The form of a request, with the decision about a conflict in it.

    `entered` are its fields: mine comes with the version that is written over and differs from any base, theirs leaves
    mine out. Both come like mine, unless they are too long together: then the form stays undecided.
    """

    def __init__(self, form: MultiDict[str, str]) -> None:
        self.form = form
        self.resolution = read_resolution(form)
        self.entered = _decide(form, self.resolution)
        self._listed = 0

    def __contains__(self, name: str) -> bool:
        """Whether the part came with its version."""
        return f"{name}{_joint(self.entered, name)}version" in self.entered

    def part(
        self,
        name: str,
        write: Write | None = None,
        show: Callable[[Conflict], ConflictShown] | None = None,
        *,
        base: str = "",
        errors: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> SubmittedPart:
        """The part `name`: `write` as the form means it, its version still unknown; None where it says nothing.

        `base` is the mark of what it says, where that is not the one of its content; `texts` are what stands in its
        fields, as they were read, by the names of the fields.
        """
        now = base or digest(write.content if write else None)
        came, (version, before) = _read_seen(self.form, name), self.seen(name)
        otherwise = {field: text for field, text in (texts or {}).items() if self._differs(field, text)}
        part = SubmittedPart(name, came, now, None, show, errors or {}, otherwise)
        if write is None or errors or now == before:
            return part
        decided = self.resolution is not None and self.resolution.part == name
        return replace(part, write=replace(write, seen_version=read_version(version), decided=decided))

    def _differs(self, field: str, text: str) -> bool:
        """Whether a field came with another text; browsers send line ends of their own."""
        return field in self.entered and self.entered[field].replace("\r\n", "\n") != text

    def keys(self, prefix: str) -> list[str]:
        """What stands between `prefix` and the next point in the names of the fields, each once.

        Raises `TooMany` before anybody makes a form for each.
        """
        names = (name.removeprefix(prefix) for name in self.entered if name.startswith(prefix))
        return self.keep_few(prefix, dict.fromkeys(name.partition(".")[0] for name in names))

    def keep_few(self, what: str, keys: Iterable[str]) -> list[str]:
        """`keys` of entries that were sent; raises `TooMany` for more than any page has."""
        kept = list(keys)
        self._listed += len(kept)
        limits.keep_few_sent(what, len(kept), self._listed)
        return kept

    @property
    def place(self) -> str:
        """The first part of the name of what somebody was at who added or decided something; empty for all others."""
        decided = self.resolution.part.partition(".")[0] if self.resolution else ""
        return self.form.get("stay") or decided

    def seen(self, name: str) -> tuple[str, str]:
        """Version and base of a part, as decided."""
        return _read_seen(self.entered, name)


def digest(*facts: object) -> str:
    """A short mark by which a part is recognised as unchanged."""
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()


def is_key(key: str, longest: int) -> bool:
    """Whether `key` is the number of an entry, of at most `longest` digits, or `n<random hex>` of a new one."""
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isalnum()):
        return False
    return len(key) <= longest and key[0] != "0" if key.isdigit() else key.startswith(OWN) and len(key) >= 9


def read_version(text: str | None) -> int:
    """A version as sent; anything that is none counts as „never seen“."""
    return int(text) if text and len(text) < 10 and text.isascii() and text.isdigit() else 0


def read_resolution(form: MultiDict[str, str]) -> Resolution | None:
    """The button of a conflict that was pressed: `<part>:<decision>:<version>`, or `remove:<part>:<version>`."""
    rest, _, version = form.get("resolve", "").rpartition(":")
    if rest.startswith("remove:"):
        return Resolution(rest.removeprefix("remove:"), REMOVE, read_version(version))
    name, _, decision = rest.rpartition(":")
    return Resolution(name, decision, read_version(version)) if decision in (MINE, THEIRS, BOTH) else None


def _decide(form: MultiDict[str, str], resolution: Resolution | None) -> MultiDict[str, str]:
    if resolution is None:
        return form
    name = resolution.part
    if resolution.decision == THEIRS:
        mine = (f"{name}.", f"{name}-")
        return MultiDict((field, value) for field, value in form.items(multi=True) if not field.startswith(mine))
    joint = _joint(form, name)
    if f"{name}{joint}version" not in form:
        return form
    decided = form.copy()
    if resolution.decision == BOTH:
        both, longest = form.get(f"{name}-both", "") + form.get(name, ""), LONGEST.get(name.rpartition(".")[2], 0)
        if len(both) > MOST or len(together := clean(both)) > longest:
            return form
        decided[name] = together
    decided[f"{name}{joint}version"] = str(resolution.version)
    decided[f"{name}{joint}base"] = ""
    if resolution.decision == REMOVE:
        decided[f"{name}.remove"] = "y"
    return decided


def _joint(form: MultiDict[str, str], name: str) -> str:
    """What stands between a part and its version; a part without a name is a form of its own."""
    if not name:
        return ""
    return "-" if f"{name}-version" in form else "."


def _read_seen(form: MultiDict[str, str], name: str) -> tuple[str, str]:
    joint = _joint(form, name)
    return form.get(f"{name}{joint}version", ""), form.get(f"{name}{joint}base", "")
