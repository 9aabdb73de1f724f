"""What a file says as the fields of the form that every other answer comes with, and what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import OPEN, State, value_from_plain
from selfcheck.reporting.documents.excel import fit
from selfcheck.reporting.questions_sheet.layout import Asked, AskedPiece, Seen
from selfcheck.reporting.questions_sheet.piece_reading import SHEET
from selfcheck.reporting.questions_sheet.reading import Filled
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
        pairs = {
            "choice": each.choice,
            "value": each.value,
            "reason": each.reason if each.choice == State.NOT_APPLICABLE else "",
            "note": note if each.note == fit(note) else each.note,
            f"{CHOICE}-version": each.choice_seen.version,
            f"{CHOICE}-base": each.choice_seen.base,
            f"{NOTE}-version": each.note_seen.version,
            f"{NOTE}-base": each.note_seen.base,
        }
        for name, value in pairs.items():
            fields.add(f"{each.question}.{name}", value)
        for option in each.options:
            fields.add(f"{each.question}.options", option)
        for piece in each.pieces:
            for name, value in enter_piece(page, page.questionnaire.question[each.question], piece):
                fields.add(name, value)
    return fields


def keep_changed(page: CheckPage, fields: Fields, submitted: Sequence[Submitted]) -> list[tuple[str, str]]:
    """The fields of those questions of which something changes, to be sent again."""
    changed = {str(each.question.id) for each in submitted if any(_is_new(page, each, part) for part in each.parts)}
    return [(name, value) for name, value in fields.items(multi=True) if name.partition(".")[0] in changed]


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


def list_faults(filled: Iterable[Filled], submitted: Sequence[Submitted]) -> list[str]:
    """What no form would take, with its row."""
    lines = {str(each.question): f"Zeile {each.line}" for each in filled} | {
        f"{each.question}.{EVIDENCE}{piece.key}": f"{SHEET}, Zeile {piece.line}"
        for each in filled
        for piece in each.pieces
    }
    return [
        f"{lines.get(part.name) or lines[each.question.id]} (Frage {each.question.number}): {message}"
        for each in submitted
        for part in each.parts
        for message in part.errors.values()
    ]
