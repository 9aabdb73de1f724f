"""What a file says as the fields of the form that every other answer comes with, and what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import OPEN, State, value_from_plain
from selfcheck.reporting.documents.excel import fit
from selfcheck.reporting.questions_sheet.cells import Fault
from selfcheck.reporting.questions_sheet.layout import Asked, AskedPiece, Seen
from selfcheck.reporting.questions_sheet.piece_reading import name_row as name_piece_row
from selfcheck.reporting.questions_sheet.reading import Filled, name_row
from selfcheck.reporting.words.answer_text import say_choice
from selfcheck.store.parts.values import ChoiceText, StoredAnswer
from selfcheck.store.parts.writes import Part
from selfcheck.web.evidence.pieces import EVIDENCE, EvidenceShown, describe, find_key
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.offline.pieces import ask_pieces, enter_piece, find_before, is_same
from selfcheck.web.parts.submitted import SubmittedPart, digest
from selfcheck.web.questions.reading import CHOICE, NOTE, Submitted, content_of

EMPTY, NOT_YET = "(leer)", "(noch nicht eingetragen)"
Fields = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One part that the file changes, in words."""

    number: str
    text: str
    what: str
    before: str
    after: str


def ask(page: CheckPage, questions: Sequence[Question]) -> list[Asked]:
    """The questions as they stand now, each with the versions that the file carries."""
    pieces = ask_pieces(page, questions)
    return [_ask(page, question, pieces[question.id]) for question in questions]


def _ask(page: CheckPage, question: Question, pieces: tuple[AskedPiece, ...]) -> Asked:
    stored = page.loaded.stored.get(question.id) or StoredAnswer.untouched(question.id)
    answer = page.loaded.answers.get(question.id, OPEN)
    choice = Seen(str(stored.choice_version), digest(content_of(answer)))
    return Asked(question, answer, choice, Seen(str(stored.note_version), digest(answer.note)), pieces)


def enter(page: CheckPage, filled: Iterable[Filled]) -> Fields:
    """The fields of a form in which somebody entered what the file says."""
    fields: Fields = MultiDict()
    for each in filled:
        note = page.loaded.answers.get(each.question, OPEN).note
        pairs = [
            ("note", note if each.note == fit(note) else each.note),
            (f"{NOTE}-version", each.note_seen.version),
            (f"{NOTE}-base", each.note_seen.base),
            *(_enter_choice(each, each.choice) if each.choice is not None else ()),
        ]
        for name, value in pairs:
            fields.add(f"{each.question}.{name}", value)
        for piece in each.pieces:
            for name, value in enter_piece(page, page.questionnaire.question[each.question], piece):
                fields.add(name, value)
    return fields


def _enter_choice(filled: Filled, choice: str) -> Iterator[tuple[str, str]]:
    yield "choice", choice
    yield "value", filled.value
    yield "reason", filled.reason if choice == State.NOT_APPLICABLE else ""
    yield f"{CHOICE}-version", filled.choice_seen.version
    yield f"{CHOICE}-base", filled.choice_seen.base
    yield from (("options", option) for option in filled.options)


def keep_changed(page: CheckPage, fields: Fields, submitted: Sequence[Submitted]) -> list[tuple[str, str]]:
    """The fields of those parts that change something, to be sent again."""
    changed = {part.name for each in submitted for part in each.parts if _is_new(page, each, part)}
    return [(name, value) for name, value in fields.items(multi=True) if _find_part(name) in changed]


def _find_part(field: str) -> str:
    """The part that a field belongs to; all of a question that is neither its note nor a document is its choice."""
    question, _, rest = field.partition(".")
    if rest.startswith(EVIDENCE):
        return f"{question}.{EVIDENCE}{rest.removeprefix(EVIDENCE).partition('.')[0]}"
    return f"{question}.{NOTE if rest.partition('-')[0] == NOTE else CHOICE}"


def list_changes(page: CheckPage, submitted: Sequence[Submitted]) -> list[Change]:
    """What would change, in the order of the questionnaire."""
    return [_say_change(page, each, part) for each in submitted for part in each.parts if _is_new(page, each, part)]


def _is_new(page: CheckPage, submitted: Submitted, part: SubmittedPart) -> bool:
    """Whether it says something that does not stand there already: a file can be brought twice."""
    if part.write is None:
        return False
    if part.write.part is Part.EVIDENCE:
        shown, before = _find_piece(page, submitted, part)
        return not is_same(before, shown)
    answer, content = page.loaded.answers.get(submitted.question.id, OPEN), part.write.content
    return content != (content_of(answer) if isinstance(content, ChoiceText) else answer.note)


def _say_change(page: CheckPage, submitted: Submitted, part: SubmittedPart) -> Change:
    question, content = submitted.question, part.write.content if part.write else None
    answer = page.loaded.answers.get(question.id, OPEN)
    if part.write is not None and part.write.part is Part.EVIDENCE:
        shown, stored = _find_piece(page, submitted, part)
        before = describe(stored) if stored is not None else NOT_YET
        return Change(question.number, question.name, "Beleg", before, describe(shown))
    if isinstance(content, ChoiceText):
        before = say_choice(question, answer.state, answer.value, answer.reason)
        after = _say_content(question, content)
        return Change(question.number, question.name, "Antwort", before, after)
    return Change(question.number, question.name, "Erläuterung", answer.note or EMPTY, str(content or "") or EMPTY)


def _find_piece(
    page: CheckPage, submitted: Submitted, part: SubmittedPart
) -> tuple[EvidenceShown, EvidenceShown | None]:
    """A piece as it was filled in, and as it stands there."""
    key = find_key(part)
    shown = submitted.evidence[key]
    return shown, find_before(page, submitted.question, key, shown)


def _say_content(question: Question, content: ChoiceText) -> str:
    value = value_from_plain(question, content.value)
    return say_choice(question, content.state, value, content.reason)


def list_faults(filled: Iterable[Filled], submitted: Sequence[Submitted]) -> list[Fault]:
    """What no form would take, with its row."""
    rows = {str(each.question): name_row(each.line) for each in filled} | {
        f"{each.question}.{EVIDENCE}{piece.key}": name_piece_row(piece.line) for each in filled for piece in each.pieces
    }
    found = (
        (rows.get(part.name) or rows[each.question.id], each.question.number, message)
        for each in submitted
        for part in each.parts
        for message in part.errors.values()
    )
    return [Fault(row, f"{row} (Frage {number}): {message}") for row, number, message in found]
