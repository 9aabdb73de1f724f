"""The cards of a page: what stands in their fields, their points, their evidence, and what is wrong.

Built from what is stored; where a submitted part was refused or met a conflict, from what was submitted.
`templates/questions/card.html` draws them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.review.thread import ThreadState
from selfcheck.core.rules.answers import OPEN, State
from selfcheck.core.rules.estimate import Applies, Line
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.reporting.words.authors import Said, say_authors
from selfcheck.reporting.words.condition_text import only_if
from selfcheck.reporting.words.origins import Origins, trace
from selfcheck.reporting.words.thread_text import tag_thread
from selfcheck.store.access.grants import Access
from selfcheck.store.chamber.talk.threads import StoredThread
from selfcheck.store.parts.seats import Together
from selfcheck.store.parts.values import StoredAnswer
from selfcheck.web.evidence.pieces import EVIDENCE, EvidenceShown
from selfcheck.web.evidence.rows import NEW, EvidenceRow, list_rows, piece_address
from selfcheck.web.http import clock
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.good_examples import TownExample, list_kept
from selfcheck.web.layout.trial import trial_address
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import OWN, digest, read_version
from selfcheck.web.questions.answers import OPTION, STATE_WORDS, Shown, show
from selfcheck.web.questions.confirming import say_taken
from selfcheck.web.questions.reading import CHOICE, NOTE, content_of
from selfcheck.web.questions.tags import Tag, has_work_left, tag_question
from selfcheck.web.questions.talk import ASSIGNEE, COMMENT
from selfcheck.web.questions.talk_card import TalkCard, show_talk
from selfcheck.web.questions.trouble import Trouble

SEVERAL = "Mehrere Antworten möglich."
LEAVE_OPEN = ("open", "offen lassen")
ALL = "alle"
"""Stands in an address for all questions of the page."""
NOTHING = EvidenceShown("")


class Taken(NamedTuple):
    """An answer that was taken over; `seen` is how its form names it, `may`: whoever looks may confirm it."""

    words: str
    seen: str
    may: bool


class Remark(NamedTuple):
    """What the chamber asks at a question, and what the town said last; `href` leads to where it is answered."""

    thread: StoredThread
    tag: tuple[str, str]
    chamber: str
    href: str


class Card(NamedTuple):
    """`versions` and `bases` are those of choice and note, `errors` by field those of all but the evidence.

    `department` usually knows, `in_charge` are those to whom it is given here. `aside` is a value that is not asked
    for any more; `said` is the answer in a line, and `open_href` opens a card that is `folded`: everything is said
    and documented; `sought`: the address names it. `add_href` is where a piece of evidence is added. `own_part`: an
    office looks at what it is asked, and may say that it is not in charge; it has no `history` and no `trial`, which
    tries other answers out. `taken` says of an answer that it was taken over, and waits for somebody to confirm it.
    `remarks` is what the chamber asks about it, `examples` are good ones of towns.
    """

    question: Question
    help_html: str
    origins: Origins
    department: str
    in_charge: str
    hint: str
    hidden: bool
    tag: Tag
    work_left: bool
    fields: Shown
    versions: Mapping[str, int]
    bases: Mapping[str, str]
    errors: Mapping[str, str]
    evidence: tuple[EvidenceRow, ...]
    add_href: str
    saved: datetime | None
    authors: tuple[str, ...]
    conflicts: tuple[ConflictShown, ...]
    aside: str
    history: str
    trial: str
    own_part: bool
    talk: TalkCard | None
    folded: bool
    said: str
    open_href: str
    open_word: str
    sought: bool
    taken: Taken | None
    remarks: tuple[Remark, ...]
    examples: tuple[TownExample, ...] = ()

    @property
    def noted(self) -> tuple[EvidenceRow, ...]:
        """Pieces about which something was said."""
        return tuple(row for row in self.evidence if not row.untouched)

    @property
    def present(self) -> tuple[EvidenceRow, ...]:
        """Those that are there."""
        return tuple(row for row in self.noted if row.available)

    @property
    def unplaced(self) -> int:
        """How many of these nobody could find."""
        return sum(not row.located for row in self.present)

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
    page: CheckPage,
    questions: Sequence[Question],
    trouble: Mapping[str, Trouble],
    together: Together | None = None,
    opened: Collection[str] | None = None,
) -> tuple[Card, ...]:
    """The cards of `questions`; `trouble` by question id keeps what was submitted in vain.

    With `together` they show who is to answer and what colleagues ask each other: not for offices. `opened` are ids of
    questions that are not folded, whatever is said about them; None for all of them.
    """
    return tuple([_card(page, question, trouble.get(question.id), together, opened) for question in questions])


def add_examples(cards: Sequence[Card], access: Access) -> tuple[Card, ...]:
    """The same cards with the good examples of towns."""
    found = list_kept(access.shown_examples, [card.question.id for card in cards])
    return tuple(card._replace(examples=found.get(card.question.id, ())) for card in cards)


def say_in_charge(together: Together, question: Question) -> str:
    """The places that a question is given to, by name."""
    return ", ".join(seat.name for seat in together.asked.get(question.id, ()))


def is_settled(line: Line) -> bool:
    """Whether everything is said about a question, and documented as far as it can need it."""
    answered = line.state in (State.GIVEN, State.NOT_APPLICABLE) and line.applies is not Applies.UNDECIDED
    return answered and not has_work_left(line)


def _card(
    page: CheckPage,
    question: Question,
    trouble: Trouble | None,
    together: Together | None,
    opened: Collection[str] | None,
) -> Card:
    stored = page.loaded.stored.get(question.id) or StoredAnswer.untouched(question.id)
    line = page.estimate.line[question.id]
    own_part = page.may(Right.OWN_PART)
    fields, versions, bases = _fields(page, stored, question, trouble)
    return Card(
        question=question,
        help_html=page.prepared.help[question.id],
        origins=trace(page.questionnaire, question),
        department="" if own_part else page.departments.title(question.department),
        in_charge=say_in_charge(together, question) if together else "",
        hint=_hint(page, question),
        hidden=page.hides(question),
        tag=tag_question(page, question),
        work_left=has_work_left(line),
        fields=fields,
        versions=versions,
        bases=bases,
        errors=_list_wrong(question, trouble) if trouble else {},
        evidence=_evidence(page, question, trouble),
        add_href=piece_address(page, question, NEW) if question.needs_evidence else "",
        saved=saved_at(page, question),
        authors=say_answer_authors(page.access, stored),
        conflicts=trouble.conflicts if trouble else (),
        aside=stored.aside,
        history=find_history(page.access, question),
        trial="" if own_part or not question.scores else trial_address(page.check.public_id, {question.id: None}),
        own_part=own_part,
        talk=show_talk(page, together, question, trouble) if together else None,
        folded=opened is not None and is_settled(line) and not trouble and not {question.id, ALL} & set(opened),
        said=join_options(say_answer(question, page.loaded.answers.get(question.id, OPEN))),
        open_href=_find_opening(page, question) if opened is not None else "",
        open_word="Ändern" if page.may(Right.ANSWER) else "Ansehen",
        sought=opened is not None and question.id in opened,
        taken=find_taken(page.access, question, stored),
        remarks=() if own_part else list_remarks(page, question),
    )


def list_remarks(page: CheckPage, question: Question) -> tuple[Remark, ...]:
    """The threads of the chamber that are not done."""
    return tuple(
        Remark(
            each.thread,
            tag_thread(each.thread.state, came_back=each.thread.came_back),
            name_chamber(each.chamber),
            url_for("reply.overview", check_id=page.check.public_id, _anchor=f"rueckfrage-{each.thread.id}"),
        )
        for each in page.asked.get(question.id, ())
        if each.thread.state is not ThreadState.DONE
    )


def find_taken(access: Access, question: Question, stored: StoredAnswer) -> Taken | None:
    """What a card says of an answer that waits to be confirmed."""
    words = say_taken(question, stored)
    may = access.allowed.to_write(Right.ANSWER, stored.question)
    return Taken(words, f"{stored.question}:{stored.choice_version}", may) if words else None


def _find_opening(page: CheckPage, question: Question) -> str:
    """The page with the card of a question open."""
    return url_for(
        "questions.criterion",
        check_id=page.check.public_id,
        criterion_id=question.criterion,
        offen=question.id,
        _anchor=f"frage-{question.id}",
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
    """What is stored or offered, and new pieces that were submitted in vain."""
    if not question.needs_evidence:
        return ()
    rows = list_rows(page, question)
    if trouble is None:
        return rows
    kept = [_keep_submitted(page, question, row, trouble) for row in rows]
    named = (key for key in trouble.submitted.evidence if f"{question.id}.{EVIDENCE}{key}" in trouble.parts)
    new = [
        EvidenceRow(key, NOTHING, "", own=key.startswith(OWN)) for key in named if key not in {row.key for row in rows}
    ]
    return (*kept, *(_keep_submitted(page, question, row, trouble) for row in new))


def _keep_submitted(page: CheckPage, question: Question, row: EvidenceRow, trouble: Trouble) -> EvidenceRow:
    """A piece that was submitted in vain stays as it came, with its version and base."""
    name = f"{question.id}.{EVIDENCE}{row.key}"
    if name not in trouble.parts:
        return row
    fields, (seen, base) = trouble.submitted.evidence[row.key], trouble.versions[name]
    errors = trouble.errors.get(name)
    if fields.brief:
        fields = row.fields._replace(state=fields.state)
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
        for row in card.evidence:
            for field, text in (row.errors or {}).items():
                nowhere = field == "title" and not row.own  # the title of a usual piece has no field
                address = f"frage-{id}" if nowhere else f"{id}.{EVIDENCE}{row.key}.{field}"
                listed.append((address, f"{number}, Beleg: {text}"))
        if card.conflicts:
            listed.append((f"konflikt-{id}", f"{number}: Diese Angabe wurde zwischenzeitlich geändert."))
    return listed
