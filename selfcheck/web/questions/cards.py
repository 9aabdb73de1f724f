"""The cards of a page: what stands in their fields, their points, their evidence, and what is wrong.

Built from what is stored; where a submitted part was refused or met a conflict, from what was submitted.
`templates/questions/card.html` draws them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import OPEN
from selfcheck.reporting.words.authors import Said, say_author, say_authors
from selfcheck.reporting.words.condition_text import only_if
from selfcheck.store.access.grants import Access
from selfcheck.store.parts.seats import Together
from selfcheck.store.parts.values import StoredAnswer, StoredEvidence
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.trial import trial_address
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import OWN, digest, read_version
from selfcheck.web.questions.answers import OPTION, STATE_WORDS, Shown, show
from selfcheck.web.questions.evidence import AVAILABLE, EVIDENCE, USUAL, EvidenceShown, evidence_base, shown_evidence
from selfcheck.web.questions.reading import CHOICE, NOTE, content_of
from selfcheck.web.questions.tags import Tag, has_work_left, make_tag
from selfcheck.web.questions.talk import ASSIGNEE, COMMENT
from selfcheck.web.questions.talk_card import TalkCard, show_talk
from selfcheck.web.questions.trouble import Trouble

SEVERAL = "Mehrere Antworten möglich."
LEAVE_OPEN = ("open", "offen lassen")


class EvidenceRow(NamedTuple):
    """One piece of evidence; `untouched`: nothing was ever said about it, so it looks the same for everybody.

    `author` is who wrote it last, and when; `errors` are by field, None where nothing was refused.
    """

    key: str
    fields: EvidenceShown
    base: str
    own: bool
    version: int = 0
    expired: bool = False
    removable: bool = False
    author: str = ""
    errors: Mapping[str, str] | None = None
    untouched: bool = False

    @property
    def available(self) -> bool:
        return self.fields.state == AVAILABLE

    @property
    def wrong(self) -> bool:
        return bool(self.errors)

    @property
    def location(self) -> str:
        """Where the piece is, in short."""
        fields = self.fields
        return ", ".join(filter(None, (fields.link, fields.file_number, fields.page and f"Seite {fields.page}")))


BLANK = EvidenceRow("n" + 16 * "0", EvidenceShown(""), evidence_base(EvidenceShown("")), own=True, untouched=True)
"""The fields for one more piece while they are empty; each page puts a key of its own in place of this one."""


class Card(NamedTuple):
    """`versions` and `bases` are those of choice and note, `errors` by field those of all but the evidence.

    `aside` is a value that is not asked for any more, `new_key` that of a new piece while its fields are empty.
    `own_part`: an office looks at what it is asked, and may say that it is not in charge; it has no `history`
    and no `trial`, which tries other answers out.
    """

    question: Question
    help_html: str
    department: str
    hint: str
    hidden: bool
    tag: Tag
    work_left: bool
    fields: Shown
    versions: Mapping[str, int]
    bases: Mapping[str, str]
    errors: Mapping[str, str]
    evidence: tuple[EvidenceRow, ...]
    new_evidence: EvidenceRow
    new_key: str
    saved: datetime | None
    authors: tuple[str, ...]
    conflicts: tuple[ConflictShown, ...]
    aside: str
    history: str
    trial: str
    own_part: bool
    talk: TalkCard | None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do: then note and evidence are folded."""
        rows = (*self.evidence, self.new_evidence)
        troubled = self.errors or self.conflicts or any(row.wrong for row in rows)
        return self.tag.kind == "done" and not troubled and all(row.available for row in self.evidence)

    @property
    def states(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen where there is no answer, with its words."""
        offered = {"none": self.question.kind is Kind.MANY, "not_applicable": self.question.not_applicable is not None}
        return (*(state for state in STATE_WORDS.items() if offered.get(state[0], True)), LEAVE_OPEN)

    @property
    def chosen(self) -> str:
        """The one option or state that is ticked; empty for what the question does not offer, whoever sent it."""
        choice, question = self.fields.choice, self.question
        offered = {state for state, _ in self.states} | {f"{OPTION}{option.id}" for option in question.options}
        return choice if choice in offered else ""


def build_cards(
    page: CheckPage, questions: Sequence[Question], trouble: Mapping[str, Trouble], together: Together | None = None
) -> tuple[Card, ...]:
    """The cards of `questions`; `trouble` by question id keeps what was submitted in vain.

    With `together` they show who is to answer and what colleagues ask each other: not for offices.
    """
    return tuple([_card(page, question, trouble.get(question.id), together) for question in questions])


def _card(page: CheckPage, question: Question, trouble: Trouble | None, together: Together | None) -> Card:
    stored = page.loaded.stored.get(question.id) or StoredAnswer.untouched(question.id)
    line = page.estimate.line[question.id]
    own_part = page.may(Right.OWN_PART)
    fields, versions, bases = _fields(page, stored, question, trouble)
    return Card(
        question=question,
        help_html=page.prepared.help[question.id],
        department="" if own_part else page.questionnaire.department[question.department].title,
        hint=_hint(page, question),
        hidden=page.hides(question),
        tag=make_tag(question, line),
        work_left=has_work_left(line),
        fields=fields,
        versions=versions,
        bases=bases,
        errors=_list_wrong(question, trouble) if trouble else {},
        evidence=_evidence(page, question, trouble),
        new_evidence=_new_evidence(page, question, trouble),
        new_key=f"{OWN}{secrets.token_hex(8)}",
        saved=saved_at(page, question),
        authors=say_answer_authors(page.access, stored),
        conflicts=trouble.conflicts if trouble else (),
        aside=stored.aside,
        history=find_history(page.access, question),
        trial="" if own_part or not question.scores else trial_address(page.check.public_id, {question.id: None}),
        own_part=own_part,
        talk=show_talk(page, together, question, trouble) if together else None,
    )


def _hint(page: CheckPage, question: Question) -> str:
    """How to answer, and when the question counts; an office reads nothing of questions that are not its own."""
    scope = None if page.may(Right.READ) else page.access.scope
    hints = (SEVERAL if question.kind is Kind.MANY else "", only_if(page.questionnaire, question, scope))
    return " ".join(hint for hint in hints if hint)


def find_history(access: Access, question: Question) -> str:
    """Where all that was said about a question stands; offices see none of it."""
    if not access.may(Right.STATES):
        return ""
    return url_for("history.changes", check_id=access.check.public_id, frage=question.id)


def say_answer_authors(access: Access, stored: StoredAnswer) -> tuple[str, ...]:
    """Who said what when about a question."""
    parts = (("Antwort", stored.choice_by, stored.choice_at), ("Erläuterung", stored.note_by, stored.note_at))
    authors = [Said(part, by, clock.local(at)) for part, by, at in parts if at is not None]
    return tuple(say_authors(authors, access.me))


def saved_at(page: CheckPage, question: Question) -> datetime | None:
    """When something was last said about a question or one of its pieces of evidence."""
    stored = page.loaded.stored.get(question.id)
    moments = (stored.choice_at, stored.note_at) if stored else ()
    pieces = (piece.at for piece in page.loaded.evidence.get(question.id, ()))
    return max((moment for moment in (*moments, *pieces) if moment is not None), default=None)


def _fields(
    page: CheckPage, stored: StoredAnswer, question: Question, trouble: Trouble | None
) -> tuple[Shown, dict[str, int], dict[str, str]]:
    """What stands in choice and note; what was submitted in vain stays, with the version and base that it came with."""
    answer = page.loaded.answers.get(question.id, OPEN)
    fields = show(question, answer)
    versions = {CHOICE: stored.choice_version, NOTE: stored.note_version}
    bases = {CHOICE: digest(content_of(answer)), NOTE: digest(answer.note)}
    for part in (CHOICE, NOTE):
        name = f"{question.id}.{part}"
        if trouble is not None and name in trouble.parts:
            seen, bases[part] = trouble.versions[name]
            versions[part] = read_version(seen)
            mine = trouble.submitted.shown
            fields = mine._replace(note=fields.note) if part == CHOICE else fields._replace(note=mine.note)
    return fields, versions, bases


def _list_wrong(question: Question, trouble: Trouble) -> dict[str, str]:
    parts = (trouble.errors.get(f"{question.id}.{part}", {}) for part in (CHOICE, NOTE, ASSIGNEE, COMMENT))
    return {field: message for errors in parts for field, message in errors.items()}


def _evidence(page: CheckPage, question: Question, trouble: Trouble | None) -> tuple[EvidenceRow, ...]:
    """Usual pieces in the questionnaire's order, stored or not, then own ones."""
    pieces = list(page.loaded.evidence.get(question.id, ()))
    rows = []
    for number, title in enumerate(question.evidence):
        piece = next((piece for piece in pieces if piece.usual and piece.title == title), None)
        rows.append(_stored_row(page, piece, own=False) if piece else _untouched_row(f"{USUAL}{number}", title))
        if piece:
            pieces.remove(piece)
    rows += [_stored_row(page, piece, own=True) for piece in pieces]
    return tuple([_keep_submitted(page, question, row, trouble) for row in rows] if trouble else rows)


def _new_evidence(page: CheckPage, question: Question, trouble: Trouble | None) -> EvidenceRow:
    """The empty fields for one more own piece, or the refused ones."""
    for key in trouble.submitted.evidence if trouble else ():
        if trouble and key.startswith(OWN) and f"{question.id}.{EVIDENCE}{key}" in trouble.parts:
            return _keep_submitted(page, question, BLANK._replace(key=key), trouble)
    return BLANK


@lru_cache(maxsize=1024)
def _untouched_row(key: str, title: str) -> EvidenceRow:
    """A piece about which nothing was said; `title` is the questionnaire's, or empty."""
    fields = EvidenceShown(title)
    return EvidenceRow(key, fields, evidence_base(fields), own=False, untouched=True)


def _stored_row(page: CheckPage, piece: StoredEvidence, *, own: bool) -> EvidenceRow:
    fields, access = shown_evidence(piece), page.access
    return EvidenceRow(
        key=str(piece.id),
        fields=fields,
        base=evidence_base(fields),
        own=own,
        version=piece.version,
        expired=piece.valid_until is not None and piece.valid_until < page.day,
        removable=own and access.allowed.to_remove(piece.place_id),
        author=say_author(piece.by, clock.local(piece.at), access.me),
    )


def _keep_submitted(page: CheckPage, question: Question, row: EvidenceRow, trouble: Trouble) -> EvidenceRow:
    """A piece that was submitted in vain stays as it came, with its version and base."""
    name = f"{question.id}.{EVIDENCE}{row.key}"
    if name not in trouble.parts:
        return row
    fields, (seen, base) = trouble.submitted.evidence[row.key], trouble.versions[name]
    errors = trouble.errors.get(name)
    return row._replace(
        fields=fields,
        base=base,
        version=read_version(seen),
        expired=not row.untouched and not errors and fields.day is not None and fields.day < page.day,
        errors=errors,
        untouched=False,
    )


def list_errors(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """Every error and conflict of the page with the field it belongs to, for the summary at the top."""
    listed = []
    for card in cards:
        id, number = card.question.id, card.question.number
        listed += [(f"{id}.{field}", f"{number}: {text}") for field, text in card.errors.items()]
        for row in (*card.evidence, card.new_evidence):
            for field, text in (row.errors or {}).items():
                nowhere = field == "title" and not row.own  # the title of a usual piece has no field
                address = f"frage-{id}" if nowhere else f"{id}.{EVIDENCE}{row.key}.{field}"
                listed.append((address, f"{number}, Nachweis: {text}"))
        if card.conflicts:
            listed.append((f"konflikt-{id}", f"{number}: Diese Angabe wurde zwischenzeitlich geändert."))
    return listed
