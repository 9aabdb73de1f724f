"""Taking texts out of the plain content of a frozen Stand. What stands there instead is said in words: reports print
what they find."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PLACE = ("link", "file_number", "page")
PIECE = ("title", *PLACE, "available", "valid_until")


@dataclass(frozen=True, slots=True)
class Versions:
    """Everything that ever stood at one slot, as plain contents with their texts, and the words to stand there
    instead. `fields` are the names of the texts to take out, `texts` what these say."""

    subject: str
    contents: Sequence[object]
    fields: frozenset[str]
    texts: frozenset[str]
    words: str


def clear_answer(content: dict[str, object], versions: Versions, names: Sequence[str]) -> bool:
    """Note, reason and a typed value; a chosen option stays."""
    answer = _mapping(_mapping(content.get("answers")).get(versions.subject))
    said = {name: answer.get(name) for name in names}
    found = [name for name, text in said.items() if isinstance(text, str) and text in versions.texts]
    for name in found:
        answer[name] = versions.words
    return bool(found)


def clear_piece(content: dict[str, object], versions: Versions) -> bool:
    """A frozen piece has no key: it is ours where everything it says is one of our versions."""
    ours = [
        {**version, "title": version.get("name") or version.get("title")}
        for version in versions.contents
        if isinstance(version, Mapping)
    ]
    questions = {str(id) for version in ours for id in (version.get("question"), *(version.get("also") or ()))}
    found = [
        piece
        for question in sorted(questions)
        for piece in _list(_mapping(_mapping(content.get("answers")).get(question)).get("evidence"))
        if any(all(piece.get(name) == version.get(name) for name in PIECE) for version in ours)
    ]
    cleared = [piece for piece in found if _clear_one(piece, versions)]
    return bool(cleared)


def _clear_one(piece: dict[str, object], versions: Versions) -> bool:
    places = [name for name in PLACE if piece.get(name)]
    own = not versions.fields.isdisjoint(("title", "name")) and piece["title"] in versions.texts
    if own:
        piece["title"] = versions.words
    for name in places:
        piece[name] = ""
    if places and not own:
        piece["link"] = versions.words
    return own or bool(places)


def clear_file(content: dict[str, object], versions: Versions) -> bool:
    """Of a frozen piece its file, where that is one of those in `versions`: what a Stand says of it, as plain data."""
    answers = _mapping(content.get("answers")).values()
    frozen = [_mapping(piece.get("file")) for answer in answers for piece in _list(_mapping(answer).get("evidence"))]
    found = [file for file in frozen if file and file in versions.contents]
    for file in found:
        file.update(name=versions.words, size=0)
    return bool(found)


def clear_entry(content: dict[str, object], versions: Versions, section: str, names: Mapping[str, str]) -> bool:
    """`section` is where a Stand has the list, `names` how it calls the fields of a stored entry."""
    found = [
        entry
        for entry in _list(content.get(section))
        if any(_is_version(entry, version, names) for version in versions.contents if isinstance(version, Mapping))
    ]
    for entry in found:
        entry["title"] = versions.words
        entry["fields"] = {
            name: text for name, text in _mapping(entry.get("fields")).items() if name not in names.values()
        }
    return bool(found)


def _is_version(entry: Mapping[str, object], version: Mapping[str, object], names: Mapping[str, str]) -> bool:
    fields = _mapping(entry.get("fields"))
    return entry.get("title") == version.get("title") and all(
        _says(str(fields.get(frozen) or ""), str(version.get(name) or ""), name) for name, frozen in names.items()
    )


def _says(frozen: str, stored: str, name: str) -> bool:
    """A frozen piece of evidence has its state in front: `liegt vor: Urkunde`."""
    if name != "evidence":
        return frozen == stored
    return frozen.endswith(f": {stored}") if stored else ": " not in frozen


def clear_step(content: dict[str, object], versions: Versions) -> bool:
    """Of a step only the title of an own one is frozen."""
    titles = {version.get("title") for version in versions.contents if isinstance(version, Mapping)} - {"", None}
    found = [step for step in _list(content.get("checklist")) if step.get("text") in titles]
    for step in found:
        step["text"] = versions.words
    return bool(found)


def clear_number(content: dict[str, object], versions: Versions) -> bool:
    """Of what the Prüfbogen says about a question only its number there is frozen."""
    numbers = _mapping(content.get("numbers_there"))
    found = numbers.get(versions.subject) in versions.texts
    if found:
        del numbers[versions.subject]
    return found


def clear_contact(content: dict[str, object], versions: Versions) -> bool:
    contact = _mapping(content.get("contact"))
    found = any(contact.values())
    for name in contact if found else ():
        contact[name] = versions.words if name == "name" else ""
    return found


def clear_remark(content: dict[str, object], versions: Versions) -> bool:
    """What colleagues asked each other stands in a Stand only where somebody chose to share it."""
    listed = _mapping(content.get("remarks")).values()
    found = [each for remarks in listed for each in _list(remarks) if each.get("key") == versions.subject]
    for remark in found:
        remark["text"] = versions.words
    return bool(found)


def _mapping(plain: object) -> dict[str, object]:
    return plain if isinstance(plain, dict) else {}


def _list(plain: object) -> list[dict[str, object]]:
    return [each for each in plain if isinstance(each, dict)] if isinstance(plain, list) else []
