"""Taking texts out of the plain content of a frozen Stand. What stands there instead is said in words: reports print
what they find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfcheck.store.parts.writes import Part

PLACE = ("link", "file_number", "page")
PIECE = ("title", *PLACE, "available", "valid_until")
LISTS = {Part.GOAL: "goals", Part.PAST_GOAL: "past_goals", Part.PROJECT: "projects"}
ENTRY_FIELDS = {
    Part.GOAL: {
        "start": "start",
        "measure": "measure",
        "metric": "metric",
        "metric_now": "now",
        "metric_target": "target",
        "person": "person",
    },
    Part.PAST_GOAL: {"evidence": "evidence"},
    Part.PROJECT: {"description": "description", "effect": "effect", "evidence": "evidence"},
}
"""How a frozen entry calls the fields of a stored one."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Everything that ever stood at one place, as plain contents with their texts, and the words to stand there
    instead. `fields` are the names of the texts to take out, `texts` what these say."""

    part: Part
    subject: str
    contents: Sequence[Any]
    fields: frozenset[str]
    texts: frozenset[str]
    words: str


def clear_frozen(content: dict[str, Any], versions: Versions) -> bool:
    """Takes the texts out of `content`, in place. Whether anything was taken out."""
    clear = _CLEAR.get(versions.part)
    return clear is not None and clear(content, versions)


def _clear_answer(content: dict[str, Any], versions: Versions) -> bool:
    """Note, reason and a typed value; a chosen option stays."""
    answer = _mapping(_mapping(content.get("answers")).get(versions.subject))
    names = ("note",) if versions.part is Part.NOTE else tuple(versions.fields)
    said = {name: answer.get(name) for name in names}
    found = [name for name, text in said.items() if isinstance(text, str) and text in versions.texts]
    for name in found:
        answer[name] = versions.words
    return bool(found)


def _clear_piece(content: dict[str, Any], versions: Versions) -> bool:
    """A frozen piece has no key: it is ours where everything it says is one of our versions."""
    ours = [version for version in versions.contents if isinstance(version, Mapping)]
    questions = {str(version.get("question")) for version in ours}
    found = [
        piece
        for question in sorted(questions)
        for piece in _list(_mapping(_mapping(content.get("answers")).get(question)).get("evidence"))
        if any(all(piece.get(name) == version.get(name) for name in PIECE) for version in ours)
    ]
    cleared = [piece for piece in found if _clear_one_piece(piece, versions)]
    return bool(cleared)


def _clear_one_piece(piece: dict[str, Any], versions: Versions) -> bool:
    places = [name for name in PLACE if piece.get(name)]
    own = "title" in versions.fields
    if own:
        piece["title"] = versions.words
    for name in places:
        piece[name] = ""
    if places and not own:
        piece["link"] = versions.words
    return own or bool(places)


def _clear_entry(content: dict[str, Any], versions: Versions) -> bool:
    names = ENTRY_FIELDS[versions.part]
    found = [
        entry
        for entry in _list(content.get(LISTS[versions.part]))
        if any(_is_version(entry, version, names) for version in versions.contents if isinstance(version, Mapping))
    ]
    for entry in found:
        entry["title"] = versions.words
        entry["fields"] = {name: text for name, text in _mapping(entry.get("fields")).items() if name not in TEXTS}
    return bool(found)


TEXTS = frozenset(name for names in ENTRY_FIELDS.values() for name in names.values())


def _is_version(entry: Mapping[str, Any], version: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    fields = _mapping(entry.get("fields"))
    return entry.get("title") == version.get("title") and all(
        _says(str(fields.get(frozen) or ""), str(version.get(name) or ""), name) for name, frozen in names.items()
    )


def _says(frozen: str, stored: str, name: str) -> bool:
    """A frozen piece of evidence has its state in front: `liegt vor: Urkunde`."""
    if name != "evidence":
        return frozen == stored
    return frozen.endswith(f": {stored}") if stored else ": " not in frozen


def _clear_step(content: dict[str, Any], versions: Versions) -> bool:
    """Of a step only the title of an own one is frozen."""
    titles = {version.get("title") for version in versions.contents if isinstance(version, Mapping)} - {"", None}
    found = [step for step in _list(content.get("checklist")) if step.get("text") in titles]
    for step in found:
        step["text"] = versions.words
    return bool(found)


def _clear_contact(content: dict[str, Any], versions: Versions) -> bool:
    contact = _mapping(content.get("contact"))
    found = any(contact.values())
    for name in contact if found else ():
        contact[name] = versions.words if name == "name" else ""
    return found


def _clear_remark(content: dict[str, Any], versions: Versions) -> bool:
    """What colleagues asked each other stands in a Stand only where somebody chose to share it."""
    listed = _mapping(content.get("remarks")).values()
    found = [each for remarks in listed for each in _list(remarks) if each.get("key") == versions.subject]
    for remark in found:
        remark["text"] = versions.words
    return bool(found)


def _mapping(plain: Any) -> dict[str, Any]:
    return plain if isinstance(plain, dict) else {}


def _list(plain: Any) -> list[dict[str, Any]]:
    return [each for each in plain if isinstance(each, dict)] if isinstance(plain, list) else []


_CLEAR: dict[Part, Callable[[dict[str, Any], Versions], bool]] = {
    Part.NOTE: _clear_answer,
    Part.CHOICE: _clear_answer,
    Part.EVIDENCE: _clear_piece,
    Part.STEP: _clear_step,
    Part.DETAILS: _clear_contact,
    Part.COMMENT: _clear_remark,
    **dict.fromkeys(LISTS, _clear_entry),
}
