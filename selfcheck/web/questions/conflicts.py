"""Both values of a part that somebody else changed in the meantime, in words."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import Answer
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.reporting.words.text_difference import compare, is_telling
from selfcheck.reporting.words.together_text import NOBODY
from selfcheck.store.parts.records import StoredEvidence
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.questions.answers import choose
from selfcheck.web.questions.cards import shown_evidence
from selfcheck.web.questions.evidence import (
    OWN,
    USUAL,
    EvidenceShown,
    describe,
)
from selfcheck.web.questions.reading import (
    ASSIGNEE,
    CHOICE,
    EVIDENCE,
    LONGEST,
    NOTE,
    Submitted,
)
from selfcheck.web.questions.trouble import ConflictShown, Trouble

EMPTY = "(leer)"
REMOVED = "(entfernt)"
BETWEEN = "\n\n– – –\n\n"
"""What stands between two texts of which both were kept."""


@dataclass(frozen=True, slots=True)
class RemovalShown(ConflictShown):
    """A conflict in which mine is to take the part away; the button says so itself, for the tick may be gone."""

    removes: bool = True


def show_part(
    part: str, title: str, mine: str | None, theirs: str, met: Conflict, *, marked: bool = False
) -> ConflictShown:
    """The conflict of any part; `mine` is None where it was to be taken away. `marked`: a text, whose differences are
    pointed out where that helps.
    """
    if mine is None:
        return RemovalShown(part, title, REMOVED, theirs, met.who, met.at, met.version)
    shown = ConflictShown(part, title, mine, theirs, met.who, met.at, met.version)
    pieces = compare(mine, theirs) if marked else ()
    return replace(shown, pieces=pieces) if is_telling(pieces) else shown


def show_text(part: str, title: str, mine: str, theirs: str, met: Conflict) -> ConflictShown:
    """The conflict of a note or a message: both can be kept too, if there is room for both."""
    shown = show_part(part, title, mine or EMPTY, theirs or EMPTY, met, marked=True)
    if not (mine.strip() and theirs.strip()):
        return shown
    at_most = LONGEST[part.rpartition(".")[2]]
    before = f"{theirs.rstrip()}{BETWEEN}"
    if len(before) + len(mine) > at_most:
        return replace(shown, at_most=at_most)
    return replace(shown, before_mine=before)


def show_conflict(submitted: Submitted, part: str, conflict: Conflict) -> ConflictShown:
    """What stands in the conflict dialog for one part of one question."""
    key = part.removeprefix(f"{submitted.question.id}.")
    title, mine, theirs = _SHOW.get(key, _show_evidence)(submitted, key, conflict)
    if key == NOTE:
        return show_text(part, title, mine or "", theirs, conflict)
    return show_part(part, title, mine, theirs, conflict, marked=key == CHOICE and _is_long(submitted.question))


def _is_long(question: Question) -> bool:
    return question.kind in (Kind.MANY, Kind.TEXT)


def _show_choice(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str | None, str]:
    question = submitted.question
    choice = choose(question, submitted.shown)
    mine = Answer(choice.state, choice.value, choice.reason)
    return "Antwort", _say(question, mine), _say(question, conflict.theirs)


def _say(question: Question, answer: Answer) -> str:
    said = join_options(say_answer(question, answer))
    return f"{said}: {answer.reason}" if answer.reason else said


def _show_note(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str | None, str]:
    return "Erläuterung", submitted.shown.note, conflict.theirs.note


def _show_evidence(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str | None, str]:
    mine = submitted.evidence[key.removeprefix(EVIDENCE)]
    if conflict.theirs is None:
        return "Nachweis", describe(mine), REMOVED
    titled = mine._replace(title=mine.title or conflict.theirs.title)
    return "Nachweis", None if mine.remove else describe(titled), describe(shown_evidence(conflict.theirs))


def _show_assignee(submitted: Submitted, key: str, conflict: Conflict) -> tuple[str, str | None, str]:
    return "Zuständig", conflict.theirs.wanted or NOBODY, conflict.theirs.stands or NOBODY


_SHOW = {CHOICE: _show_choice, NOTE: _show_note, ASSIGNEE: _show_assignee}


def name_after_stored(trouble: Trouble, stored: Sequence[StoredEvidence]) -> Trouble:
    """`trouble` for a page that is drawn anew: its pieces of evidence named as that page names them.

    A usual piece that somebody else stored has a number by now, and one that came without its title has the stored
    one; an own piece that somebody else took away stands among the new ones.
    """
    for name in sorted(name for name in trouble.parts if f".{EVIDENCE}" in name):
        key = name.partition(f".{EVIDENCE}")[2]
        kept = _find_stored(trouble.submitted.evidence[key], key, stored)
        if kept is not None:
            title = "" if "title" in trouble.errors.get(name, {}) else kept.title
            trouble = _rename(trouble, name, str(kept.id), title)
        elif key.isdigit():
            trouble = _rename(trouble, name, f"{OWN}{secrets.token_hex(8)}", "")
    return trouble


def _find_stored(shown: EvidenceShown, key: str, stored: Sequence[StoredEvidence]) -> StoredEvidence | None:
    if key.startswith(USUAL):
        return next((piece for piece in stored if piece.usual and piece.title == shown.title), None)
    return next((piece for piece in stored if str(piece.id) == key), None)


def _rename(trouble: Trouble, name: str, key: str, title: str) -> Trouble:
    """One piece of evidence under another key; `title` where it came without one."""
    question, _, before = name.partition(f".{EVIDENCE}")
    named = {name: f"{question}.{EVIDENCE}{key}"}
    piece = trouble.submitted.evidence[before]
    evidence = {**trouble.submitted.evidence, key: piece._replace(title=piece.title or title)}
    return Trouble(
        replace(trouble.submitted, evidence=evidence),
        {named.get(part, part): errors for part, errors in trouble.errors.items()},
        tuple(replace(each, part=named.get(each.part, each.part)) for each in trouble.conflicts),
        {named.get(part, part): seen for part, seen in trouble.versions.items()},
    )
