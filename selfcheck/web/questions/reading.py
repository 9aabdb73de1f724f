"""A submitted question page taken apart: what was entered for each question, and what of it is to be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import Answer, value_to_plain
from selfcheck.core.text.contents import MOST, clean
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.store.database import limits
from selfcheck.store.parts.values import ChoiceText
from selfcheck.store.parts.writes import Part, Write
from selfcheck.web.evidence.pieces import EvidenceShown, read_pieces
from selfcheck.web.parts.conflicts import show_part, show_text
from selfcheck.web.parts.submitted import Submission, SubmittedPart
from selfcheck.web.questions.answers import Choice, Refused, Shown, choose, read_form, show
from selfcheck.web.questions.talk import ASSIGNEE, COMMENT, read_assignee, read_comment

CHOICE = "choice"
NOTE = "note"


@dataclass(frozen=True, slots=True)
class Submitted:
    """One question as submitted: what stands in its fields, part by part.

    `assignee` and `comment` are what was chosen and typed for the others who work here.
    """

    question: Question
    shown: Shown
    evidence: Mapping[str, EvidenceShown]
    parts: tuple[SubmittedPart, ...]
    assignee: str = ""
    comment: str = ""


def read_questions(
    questions: Sequence[Question], submission: Submission, *, together: bool = False
) -> tuple[Submitted, ...]:
    """Those of `questions` that the form names; with `together` also who is to answer them, and comments: not for
    offices.
    """
    named = {name.partition(".")[0] for name in submission.entered}
    return tuple(
        read_question(question, submission, together=together) for question in questions if question.id in named
    )


def list_parts(submitted: Iterable[Submitted]) -> list[SubmittedPart]:
    return [part for question in submitted for part in question.parts]


def read_question(question: Question, submission: Submission, *, together: bool = False) -> Submitted:
    """Everything that was submitted for one question."""
    entered = submission.entered
    shown, errors = read_form(question, entered)
    evidence, pieces = read_pieces(question, submission)
    parts = [
        *_read_choice(question, shown, errors, submission),
        *_read_note(question, shown, errors, submission),
        *pieces,
    ]
    if not together:
        return Submitted(question, shown, evidence, tuple(parts))
    parts += [*read_assignee(question, submission), *read_comment(question, submission)]
    assignee, comment = (entered.get(f"{question.id}.{part}", "") for part in (ASSIGNEE, COMMENT))
    return Submitted(question, shown, evidence, tuple(parts), assignee, clean(comment[:MOST]))


def content_of(choice: Choice | Answer) -> ChoiceText:
    """A choice as it is stored; its mark is the base of the part."""
    return ChoiceText(choice.state, value_to_plain(choice.value), choice.reason)


def _read_choice(
    question: Question, shown: Shown, errors: Mapping[str, str], submission: Submission
) -> Iterable[SubmittedPart]:
    name = f"{question.id}.{CHOICE}"
    if name not in submission:
        return
    wrong = {field: errors[field] for field in ("reason",) if field in errors}
    try:
        choice = choose(question, shown)
    except Refused as refused:
        yield submission.part(name, errors={refused.field: refused.message} | wrong)
        return
    yield submission.part(
        name,
        Write(Part.CHOICE, question.id, 0, content_of(choice)),
        lambda met: show_part(
            name,
            "Antwort",
            _say(question, Answer(choice.state, choice.value, choice.reason)),
            _say(question, met.theirs),
            met,
            marked=question.kind in (Kind.MANY, Kind.TEXT),
        ),
        errors=wrong,
        texts=_list_texts(question, shown, choice),
    )


def _list_texts(question: Question, shown: Shown, choice: Choice) -> dict[str, str]:
    """What stands in the fields of a choice, as its page shows it."""
    texts = {f"{question.id}.reason": shown.reason}
    if choice.value is not None and question.kind in (Kind.NUMBER, Kind.TEXT):
        stored = show(question, Answer(choice.state, choice.value))
        texts[f"{question.id}.value"] = stored.value
    return texts


def _say(question: Question, answer: Answer) -> str:
    said = join_options(say_answer(question, answer))
    return f"{said}: {answer.reason}" if answer.reason else said


def _read_note(
    question: Question, shown: Shown, errors: Mapping[str, str], submission: Submission
) -> Iterable[SubmittedPart]:
    name = f"{question.id}.{NOTE}"
    if name in submission:
        yield submission.part(
            name,
            Write(Part.NOTE, question.id, 0, shown.note),
            lambda met: show_text(name, "Erläuterung", shown.note, met.theirs.note, met, at_most=limits.NOTE),
            errors={NOTE: errors[NOTE]} if NOTE in errors else {},
            texts={name: shown.note},
        )
