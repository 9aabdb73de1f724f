"""A submitted question page taken apart: which parts differ from what the page was built from, and what to write.

A part is what has a version of its own: the choice, the note, one piece of evidence. Only parts that came with
their version and differ from their base are written, so a page left open over lunch harms nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import value_to_plain
from selfcheck.core.text import clean
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import (
    ChoiceWrite,
    EvidenceRemoval,
    EvidenceWrite,
    NoteWrite,
    Write,
)
from selfcheck.store.team.assignments import AssignmentWrite
from selfcheck.store.team.comments import NewComment
from selfcheck.web.parts.protocol import digest, read_version
from selfcheck.web.questions.answers import (
    Choice,
    Refused,
    Shown,
    choose,
    read_form,
)
from selfcheck.web.questions.evidence import (
    AVAILABLE,
    OWN,
    USUAL,
    EvidenceShown,
    read_evidence,
)

CHOICE = "choice"
NOTE = "note"
EVIDENCE = "e."
ASSIGNEE = "assignee"
COMMENT = "comment"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
LONGEST = {"note": limits.NOTE, "message": limits.MESSAGE}
"""Texts of which both can be kept, one after the other, by the last part of their name."""
TOO_LONG = "Bitte kürzen Sie Ihren Text auf höchstens 2.000 Zeichen."


@dataclass(frozen=True, slots=True)
class Part:
    """One part as submitted; `write` is None where nothing changed or something is wrong with it."""

    name: str
    write: Write | AssignmentWrite | NewComment | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submitted:
    """One question as submitted: what stands in its fields, part by part.

    `assignee` and `comment` are what was chosen and typed for the others who work here.
    """

    question: Question
    shown: Shown
    evidence: Mapping[str, EvidenceShown]
    parts: tuple[Part, ...]
    assignee: str = ""
    comment: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.parts)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What somebody decided about a conflict: `mine` writes over `version`, `theirs` drops it, `both` writes
    both over it, `remove` takes away."""

    part: str
    decision: str
    version: int


def choice_base(choice: Choice) -> str:
    return digest(str(choice.state), value_to_plain(choice.value), choice.reason)


def evidence_base(shown: EvidenceShown) -> str:
    return digest(shown.title, shown.state, shown.link, shown.file_number, shown.page, shown.valid_until)


def read_resolution(data: MultiDict[str, str]) -> Resolution | None:
    """The button of a conflict that was pressed: `<part>:<decision>:<version>`, or `remove:<part>:<version>`."""
    rest, _, version = data.get("resolve", "").rpartition(":")
    if rest.startswith("remove:"):
        return Resolution(rest.removeprefix("remove:"), "remove", read_version(version))
    name, _, decision = rest.rpartition(":")
    return Resolution(name, decision, read_version(version)) if decision in (MINE, THEIRS, BOTH) else None


def has_decided(data: MultiDict[str, str]) -> bool:
    """Whether a form writes over what somebody else saved, after both values were shown."""
    resolution = read_resolution(data)
    return resolution is not None and resolution.decision != THEIRS


def decide(data: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form with the decision about a conflict in it: mine comes with the version that is written over and
    differs from any base, theirs leaves mine out. Both come like mine, unless they are too long together: then the
    form stays undecided."""
    resolution = read_resolution(data)
    if resolution is None:
        return data
    name = resolution.part
    if resolution.decision == THEIRS:
        mine = (f"{name}.", f"{name}-")
        return MultiDict((field, value) for field, value in data.items(multi=True) if not field.startswith(mine))
    joint = "-" if f"{name}-version" in data else "."
    if f"{name}{joint}version" not in data:
        return data
    decided = data.copy()
    if resolution.decision == BOTH:
        together = clean(data.get(f"{name}-both", "") + data.get(name, ""))
        if len(together) > LONGEST.get(name.rpartition(".")[2], 0):
            return data
        decided[name] = together
    decided[f"{name}{joint}version"] = str(resolution.version)
    decided[f"{name}{joint}base"] = ""
    if resolution.decision == "remove":
        decided[f"{name}.remove"] = "y"
    return decided


def read_question(question: Question, data: MultiDict[str, str], *, together: bool = False) -> Submitted:
    """Everything that was submitted for one question; with `together` also who is to answer it, and a comment."""
    shown, errors = read_form(question, data)
    evidence: dict[str, EvidenceShown] = {}
    parts = [*_read_choice(question, shown, errors, data), *_read_note(question, shown, errors, data)]
    for key in _evidence_keys(question, data):
        prefix = f"{question.id}.{EVIDENCE}{key}."
        title = _usual_title(question, key)
        shown_piece, piece_errors = read_evidence(prefix, data, title)
        evidence[key] = shown_piece
        parts.append(_read_piece(question, key, shown_piece, piece_errors, data))
    if not together:
        return Submitted(question, shown, evidence, tuple(parts))
    parts += [*_read_assignee(question, data), *_read_comment(question, data)]
    assignee, comment = (data.get(_name(question, part), "") for part in (ASSIGNEE, COMMENT))
    return Submitted(question, shown, evidence, tuple(parts), assignee, clean(comment))


def _read_assignee(question: Question, data: MultiDict[str, str]) -> Iterable[Part]:
    name = _name(question, ASSIGNEE)
    if f"{name}-version" not in data or name not in data:
        return
    if data[name] == data.get(f"{name}-base"):
        yield Part(name)
    else:
        seen, wanted = read_version(data[f"{name}-version"]), read_version(data[name])
        yield Part(name, AssignmentWrite(question.id, seen, wanted))


def _read_comment(question: Question, data: MultiDict[str, str]) -> Iterable[Part]:
    name = _name(question, COMMENT)
    text = clean(data.get(name, "")).strip()
    if len(text) > limits.COMMENT:
        yield Part(name, errors={COMMENT: TOO_LONG})
    elif text:
        yield Part(name, NewComment(question.id, text, data.get(f"{name}-key") or secrets.token_hex(16)))


def _name(question: Question, part: str) -> str:
    return f"{question.id}.{part}"


def _read_choice(
    question: Question, shown: Shown, errors: Mapping[str, str], data: MultiDict[str, str]
) -> Iterable[Part]:
    name = _name(question, CHOICE)
    if f"{name}-version" not in data:
        return
    wrong = {key: errors[key] for key in ("reason",) if key in errors}
    try:
        choice = choose(question, shown)
    except Refused as refused:
        yield Part(name, errors=wrong | {refused.field: refused.message})
        return
    if wrong or choice_base(choice) == data.get(f"{name}-base"):
        yield Part(name, errors=wrong)
        return
    seen = read_version(data.get(f"{name}-version"))
    yield Part(name, ChoiceWrite(question.id, seen, choice.state, choice.value, choice.reason))


def _read_note(
    question: Question, shown: Shown, errors: Mapping[str, str], data: MultiDict[str, str]
) -> Iterable[Part]:
    name = _name(question, NOTE)
    if f"{name}-version" not in data:
        return
    if NOTE in errors:
        yield Part(name, errors={NOTE: errors[NOTE]})
    elif digest(shown.note) == data.get(f"{name}-base"):
        yield Part(name)
    else:
        yield Part(name, NoteWrite(question.id, read_version(data.get(f"{name}-version")), shown.note))


def _evidence_keys(question: Question, data: MultiDict[str, str]) -> list[str]:
    prefix = f"{question.id}.{EVIDENCE}"
    keys = [name.removeprefix(prefix).partition(".")[0] for name in data if name.startswith(prefix)]
    return [key for key in dict.fromkeys(keys) if _known_key(question, key)]


def _known_key(question: Question, key: str) -> bool:
    """Keys: the number of a stored piece, `u<place>` of a usual one, `n<random hex>` of a new own one."""
    if key.startswith(USUAL):
        return _usual_title(question, key) is not None
    random = key.removeprefix(OWN)
    if not random.isascii() or not random.isalnum():
        return False
    return len(key) <= 18 if key.isdigit() else key != random and 8 <= len(random) <= 40


def _usual_title(question: Question, key: str) -> str | None:
    place = key.removeprefix(USUAL)
    if key == place or not (place.isascii() and place.isdigit() and len(place) < 4):
        return None
    return question.evidence[int(place)] if int(place) < len(question.evidence) else None


def _read_piece(
    question: Question, key: str, shown: EvidenceShown, errors: dict[str, str], data: MultiDict[str, str]
) -> Part:
    name = _name(question, f"{EVIDENCE}{key}")
    seen = read_version(data.get(f"{name}.version"))
    number = int(key) if key.isdigit() else None
    new_and_blank = key.startswith(OWN) and shown.blank
    if errors or new_and_blank or (not shown.remove and _is_base(question, shown, data.get(f"{name}.base", ""))):
        return Part(name, errors={} if new_and_blank else errors)
    if shown.remove:
        return Part(name, EvidenceRemoval(number, seen) if number is not None else None)
    write = EvidenceWrite(
        question=question.id,
        id=number,
        usual=key.startswith(USUAL),
        title=shown.title,
        available=shown.state == AVAILABLE,
        link=shown.link,
        file_number=shown.file_number,
        page=shown.page,
        valid_until=shown.day,
        seen_version=seen,
        creation_key=key.removeprefix(OWN) if key.startswith(OWN) else "",
    )
    return Part(name, write)


def _is_base(question: Question, shown: EvidenceShown, base: str) -> bool:
    """Whether a piece stands as the page was built; one without a title has one of the usual titles."""
    titles = (shown.title,) if shown.title else question.evidence
    return any(evidence_base(shown._replace(title=title)) == base for title in titles)
