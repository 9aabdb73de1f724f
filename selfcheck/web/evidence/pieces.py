"""Pieces of evidence as entered: their fields, what is wrong with them, and what is to be written.

A question's card says of a piece only whether it is there; its own page says everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectMultipleField

from selfcheck.core.files.kinds import Refused
from selfcheck.core.files.names import read_name
from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import DOCUMENT_KINDS
from selfcheck.core.text.contents import MOST, is_blank
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import DOCUMENTS
from selfcheck.store.parts.values import EvidenceState, EvidenceText, StoredEvidence
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.layout.fields import DayField, LinkField, SentField, find_day, line, list_texts, list_wrong
from selfcheck.web.parts.conflicts import REMOVED, ConflictShown, show_part
from selfcheck.web.parts.submitted import OWN, Submission, SubmittedPart, digest, is_key

EVIDENCE = "e."
AVAILABLE = "available"
MISSING = "missing"
USUAL = "u"
BEFORE = "before"
"""Says what the page showed as its state."""
TITLE_OF_FILE = 100
LONGEST_NUMBER = 18
"""Digits of a stored piece, so that the database can be asked for it."""
ENDS_BEFORE = (
    "„gültig bis“ liegt vor dem Datum des Dokuments. Bitte prüfen Sie beide Tage, oder lassen Sie „gültig bis“ leer."
)
NO_QUESTION = "Bitte wählen Sie mindestens eine Frage."
OF_ITS_PAGE = ("title", "link", "file_number", "page", "valid_until", "name", "kind", "dated")
"""Fields that only the page of a piece has."""


class EvidenceForm(Form):
    state = SentField()
    title = line("Titel", 200, "den Titel")
    name = line("Titel", 200, "den Titel")
    kind = SentField()
    link = LinkField("Link")
    file_number = line("Aktenzeichen oder Ordner", 120, "das Aktenzeichen oder den Ordner")
    page = line("Seite", 40, "die Seite")
    dated = DayField("Datum des Dokuments")
    valid_until = DayField("gültig bis")
    questions = SelectMultipleField(validate_choice=False)
    remove = BooleanField()


class EvidenceShown(NamedTuple):
    """What stands in the fields of one piece, as text. `name` is what a usual piece is really called, `questions` are
    all that it belongs to.

    `brief`: it came from a card, which says only the state.
    """

    title: str
    state: str = MISSING
    link: str = ""
    file_number: str = ""
    page: str = ""
    valid_until: str = ""
    remove: bool = False
    name: str = ""
    kind: str = ""
    dated: str = ""
    questions: tuple[str, ...] = ()
    brief: bool = False

    @property
    def blank(self) -> bool:
        said = (self.title, self.link, self.file_number, self.page, self.valid_until, self.name, self.kind, self.dated)
        return not any(said)

    @property
    def called(self) -> str:
        """The name of the document, as long as there is none what the questionnaire calls it."""
        return self.name or self.title

    @property
    def day(self) -> date | None:
        """None also for what is no date: a piece that goes away is not checked."""
        return find_day(self.valid_until)


def shown_evidence(piece: StoredEvidence) -> EvidenceShown:
    """A stored piece as it stands in its fields."""
    return EvidenceShown(
        title=piece.title,
        state=AVAILABLE if piece.available else MISSING,
        link=piece.link,
        file_number=piece.file_number,
        page=piece.page,
        valid_until=german.day(piece.valid_until) if piece.valid_until else "",
        name=piece.name,
        kind=piece.kind,
        dated=german.day(piece.dated) if piece.dated else "",
        questions=piece.questions,
    )


def evidence_base(shown: EvidenceShown) -> str:
    """The mark of what stands in the fields of a piece."""
    if shown.brief:
        return digest(shown.state)
    return digest(shown._replace(remove=False, questions=tuple(sorted(shown.questions))))


def find_key(part: SubmittedPart) -> str:
    """The key of the piece that a part is."""
    return part.name.partition(f".{EVIDENCE}")[2]


def name_new_piece(form: MultiDict[str, str], question: Question, file_name: str) -> MultiDict[str, str]:
    """The form of one piece that a file comes with: it is there, unless somebody chose just now that it is not; and
    what has no title yet is called like its file.
    """
    named = form.copy()
    versions = [name for name in form if name.startswith(f"{question.id}.{EVIDENCE}") and name.endswith(".version")]
    for prefix in (name.removesuffix("version") for name in versions[:1]):
        if form.get(f"{prefix}{BEFORE}") != AVAILABLE:
            named[f"{prefix}state"] = AVAILABLE
        if prefix.startswith(f"{question.id}.{EVIDENCE}{OWN}") and is_blank(form.get(f"{prefix}title", "")[:MOST]):
            named[f"{prefix}title"] = name_piece(file_name)
    return named


def name_piece(file_name: str) -> str:
    """What a piece is called whose file is called so."""
    try:
        return read_name(file_name)[0][:TITLE_OF_FILE].rstrip()
    except Refused:  # nothing comes of it
        return file_name[:TITLE_OF_FILE]


def read_pieces(question: Question, submission: Submission) -> tuple[dict[str, EvidenceShown], list[SubmittedPart]]:
    """Every piece that was submitted for `question`: what stands in its fields by its key, and the parts.

    The key is `u<index>` of a usual piece, else one of those that `is_key` knows.
    """
    prefix = f"{question.id}.{EVIDENCE}"
    evidence: dict[str, EvidenceShown] = {}
    parts: list[SubmittedPart] = []
    usual = {f"{USUAL}{index}": title for index, title in enumerate(question.evidence)}
    for key in submission.keys(prefix):
        if key in usual or is_key(key, LONGEST_NUMBER):
            name = f"{prefix}{key}"
            brief = not key.startswith(OWN) and not any(
                f"{name}.{field}" in submission.entered for field in OF_ITS_PAGE
            )
            form = EvidenceForm(submission.entered, prefix=f"{name}.")
            evidence[key], errors = _read_fields(form, question, usual.get(key), brief)
            parts.append(_read_piece(question, key, evidence[key], errors, submission, list_texts(form)))
    return evidence, parts


def _read_fields(
    form: EvidenceForm, question: Question, title: str | None, brief: bool
) -> tuple[EvidenceShown, dict[str, str]]:
    """What was entered on a page of `question`, and what is wrong with it by field.

    `title` is that of a usual piece; None for an own one, which names itself.
    """
    form.validate()
    errors = list_wrong(form)
    kind, asked = form.kind.data or "", form.questions.data or [str(question.id)]
    questions = tuple(dict.fromkeys(id for id in asked if id))
    errors |= {} if questions else {"questions": NO_QUESTION}
    shown = EvidenceShown(
        title=title if title is not None else form.title.data or "",
        state=AVAILABLE if form.state.data == AVAILABLE else MISSING,
        link=form.link.data or "",
        file_number=form.file_number.data or "",
        page=form.page.data or "",
        valid_until=form.valid_until.data or "",
        remove=bool(form.remove.data),
        name=form.name.data or "",
        kind=kind if kind in DOCUMENT_KINDS else "",
        dated=form.dated.data or "",
        questions=questions,
        brief=brief,
    )
    if title is None and not shown.title and not shown.blank:
        errors = {"title": "Bitte geben Sie dem Beleg einen Titel.", **errors}
    if _ends_before_it_begins(shown):
        errors["valid_until"] = ENDS_BEFORE
    return shown, {} if shown.remove else errors


def _ends_before_it_begins(shown: EvidenceShown) -> bool:
    dated = find_day(shown.dated)
    return dated is not None and shown.day is not None and shown.day < dated


def _read_piece(
    question: Question,
    key: str,
    shown: EvidenceShown,
    errors: Mapping[str, str],
    submission: Submission,
    texts: Mapping[str, str],
) -> SubmittedPart:
    name = f"{question.id}.{EVIDENCE}{key}"
    id = key if key.isdigit() else None
    if id is None and (shown.remove or (key.startswith(OWN) and shown.blank)):
        return submission.part(name)
    content = _say(question, key.startswith(USUAL), shown)
    # a suggestion that is none of its question any more is a piece of its own
    made = f"{question.id}.{key}" if key.startswith(USUAL) and not content.usual else key if key.startswith(OWN) else ""
    return submission.part(
        name,
        Write(
            Part.EVIDENCE,
            id,
            0,
            None if shown.remove else content,
            made.removeprefix(OWN),
        ),
        lambda met: _show_conflict(name, shown, met),
        base="" if shown.remove else _find_base(question, shown, submission.seen(name)[1]),
        errors=errors,
        texts={} if shown.brief else texts,
    )


def _say(question: Question, usual: bool, shown: EvidenceShown) -> EvidenceState | EvidenceText:
    available = shown.state == AVAILABLE
    if shown.brief:
        return EvidenceState(question.id, usual, shown.title, available)
    first = question.id if question.id in shown.questions or not shown.questions else shown.questions[0]
    stays = usual and first == question.id
    return EvidenceText(
        question=first,
        usual=stays,
        title=shown.title if stays or not usual else shown.called,
        available=available,
        link=shown.link,
        file_number=shown.file_number,
        page=shown.page,
        valid_until=shown.day,
        name=shown.name,
        kind=shown.kind,
        dated=find_day(shown.dated),
        also=tuple(id for id in shown.questions if id != first),
    )


def _find_base(question: Question, shown: EvidenceShown, before: str) -> str:
    """The mark of a piece; one that came without a title has one of the usual titles."""
    titled = (shown._replace(title=title) for title in question.evidence if not shown.title)
    return next((base for each in titled if (base := evidence_base(each)) == before), evidence_base(shown))


def _show_conflict(name: str, mine: EvidenceShown, met: Conflict) -> ConflictShown:
    if met.theirs is None:
        return show_part(name, "Beleg", describe(mine), REMOVED, met)
    stored = shown_evidence(met.theirs)
    titled = stored._replace(state=mine.state) if mine.brief else mine._replace(title=mine.title or stored.title)
    return show_part(name, "Beleg", None if mine.remove else describe(titled), describe(stored), met)


def describe(shown: EvidenceShown) -> str:
    """One piece in words, for a conflict: `Leitbild 2030: liegt vor, Seite 4`."""
    facts = ["liegt vor" if shown.state == AVAILABLE else "fehlt noch", DOCUMENTS.get(shown.kind, "")]
    facts += [shown.link, shown.file_number, f"Seite {shown.page}" if shown.page else ""]
    facts.append(f"vom {shown.dated}" if shown.dated else "")
    facts.append(f"gültig bis {german.day(shown.day)}" if shown.day else shown.valid_until)
    return f"{shown.called}: {', '.join(fact for fact in facts if fact)}"
