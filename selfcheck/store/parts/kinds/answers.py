"""The kinds of parts of an answer: what was chosen, the note, pieces of evidence."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal, InvalidOperation
from itertools import count
from operator import attrgetter
from typing import TypeVar, cast

from selfcheck.core.questionnaire.model import Kind as QuestionKind
from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.rules.answers import DOCUMENT_KINDS, State, is_reason, value_from_plain, value_to_plain
from selfcheck.core.text.contents import clean_paragraph
from selfcheck.store.database import limits
from selfcheck.store.parts import values
from selfcheck.store.parts.kinds import frozen_texts
from selfcheck.store.parts.kinds.frozen_texts import Versions
from selfcheck.store.parts.kinds.kind import NEVER, Kind, TextKind
from selfcheck.store.parts.loading import ANSWERS, EVIDENCE, read_answer
from selfcheck.store.parts.shelf import Fields, is_live
from selfcheck.store.parts.values import ChoiceText, EvidenceState, EvidenceText, StoredAnswer, StoredEvidence
from selfcheck.store.parts.work import DoesNotFit, NotAllowed, Work, hash_key
from selfcheck.store.parts.writes import Conflict, Outcome, Part, Write

Content = TypeVar("Content")


class _AnswerKind(Kind[StoredAnswer, Content]):
    """Two parts lie in the row of one question, so what stood there once is put together from both."""

    shelf = ANSWERS

    def key(self, work: Work, write: Write) -> str:
        return work.question(write.subject).id

    def blank(self, work: Work, key: str) -> StoredAnswer | None:
        return StoredAnswer(QuestionId(key))

    def show(self, work: Work, row: StoredAnswer) -> object:
        return read_answer(work.questionnaire, row, ())[0]

    def make(self, key: str, content: Content) -> StoredAnswer:
        return StoredAnswer(QuestionId(key))

    def then(
        self, past: dict[str, StoredAnswer], present: Mapping[str, StoredAnswer], subject: str, settled: object
    ) -> None:
        """Who and when are those of the present row, without what it says."""
        row = past.get(subject)
        if row is None:
            stored = present.get(subject) or StoredAnswer(QuestionId(subject))
            row = stored._replace(state=State.OPEN, value=None, reason="", note="", unconfirmed="")
        past[subject] = self.put(row, self.read(settled))


class ChoiceKind(_AnswerKind[ChoiceText]):
    part = Part.CHOICE
    content = ChoiceText
    stamp = "choice_"

    def keep(self, work: Work, content: ChoiceText, row: StoredAnswer | None) -> ChoiceText:
        """Only what belongs to its state is kept; whoever saves it says that it holds."""
        question = work.question(row.question if row else None)
        if content.state is State.GIVEN:
            value = value_from_plain(question, content.value)
            if value is None:
                raise DoesNotFit(question.id)
            plain = value_to_plain(value)
            text = limits.keep_text(plain, "value", limits.NOTE) if isinstance(plain, str) else plain
            return ChoiceText(State.GIVEN, text)
        if content.state is not State.NOT_APPLICABLE:
            return ChoiceText(content.state)
        reason = clean_paragraph(limits.keep_text(content.reason, "reason", limits.REASON))
        if question.not_applicable is None or not is_reason(reason):
            raise DoesNotFit(question.id)
        return ChoiceText(State.NOT_APPLICABLE, None, reason)

    def nothing(self, subject: str) -> ChoiceText | None:
        return ChoiceText()

    @property
    def typed(self) -> tuple[str, ...]:
        return "reason", "value"

    def typed_in(
        self, questionnaire: Questionnaire, subject: str, name: str, told: Mapping[str, object]
    ) -> tuple[str, ...]:
        """A value is the questionnaire's where it is an option or a number; a file can hold any words in its place."""
        texts = super().typed_in(questionnaire, subject, name, told)
        question = questionnaire.question.get(QuestionId(subject))
        if name != "value" or question is None:
            return texts
        number = question.kind is QuestionKind.NUMBER
        return tuple(text for text in texts if text not in question.option and not (number and _is_number(text)))

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_answer(stand, versions, tuple(versions.fields))

    def from_file(self, work: Work, said: Fields) -> tuple[str, ChoiceText] | None:
        """A value that the questionnaire does not know stays as it is: it counts as unclear, and its page tells it."""
        choice = said["choice"]
        state, value, reason = State(choice["state"]), choice["value"], clean_paragraph(choice["reason"])
        content = ChoiceText(state)
        if state is State.GIVEN:
            content = ChoiceText(state, value) if value is not None else ChoiceText(State.UNCLEAR)
        elif state is State.NOT_APPLICABLE:
            content = ChoiceText(state, None, reason) if reason else ChoiceText(State.UNCLEAR)
        if content.state is State.OPEN:
            return None
        return str(said["question"]), replace(content, unconfirmed=choice["unconfirmed"])


class NoteKind(_AnswerKind[str], TextKind[StoredAnswer]):
    part = Part.NOTE
    stamp = "note_"
    column = "note"
    text = values.NOTE

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_answer(stand, versions, ("note",))

    def from_file(self, work: Work, said: Fields) -> tuple[str, str] | None:
        text = said["note"]["text"]
        return (str(said["question"]), text) if text else None


class EvidenceKind(Kind[StoredEvidence, EvidenceText]):
    """Usual pieces, which the questionnaire names, and own ones. A stored piece stays what it is."""

    part = Part.EVIDENCE
    shelf = EVIDENCE
    content = EvidenceText

    def key(self, work: Work, write: Write) -> str:
        """What finds a piece again when its form is sent twice."""
        if write.subject is not None:
            return work.find_key(EVIDENCE, "id", write.subject)
        content = cast(EvidenceText, write.content)
        if content.usual:
            return self._find_usual(work, content)
        return hash_key(content.question, "own", write.creation_key or secrets.token_hex(16))

    def _find_usual(self, work: Work, content: EvidenceText) -> str:
        """A usual piece of a question is the one that still belongs to it; it can have gone to others."""
        for place in count():
            key = hash_key(content.question, "usual", content.title, *([str(place)] if place else []))
            row = work.rows(EVIDENCE).get(key)
            if row is None or not is_live(row) or content.question in row.questions:
                break
        return key

    def id(self, row: StoredEvidence) -> int | None:
        return row.id

    def apply(self, work: Work, write: Write) -> Outcome:
        stored = work.rows(EVIDENCE).get(self.key(work, write))
        content = cast(EvidenceText | EvidenceState | None, write.content)
        if content is not None:
            question = work.question(content.question).id
            if stored is not None and question not in stored.questions and not self._may_move(work, content, stored):
                return Conflict(0, None, "", work.now)
            if (
                stored is not None
                and stored.usual
                and not is_live(stored)
                and (write.subject, write.seen_version) == (None, 0)
            ):
                # a usual piece that was removed is offered afresh
                write = replace(write, seen_version=stored.version)
        return super().apply(work, write)

    def _may_move(self, work: Work, content: EvidenceText | EvidenceState, stored: StoredEvidence) -> bool:
        """Whether a piece of other questions may come to this one: by what says all of it, and whoever reaches it."""
        reached = any(work.allowed.to_write(self.right, QuestionId(id)) for id in stored.questions)
        return isinstance(content, EvidenceText) and reached

    def check(self, work: Work, row: StoredEvidence | None, wanted: EvidenceText | None) -> None:
        before = row.questions if row is not None and is_live(row) else ()
        after = (wanted.question, *wanted.also) if wanted is not None else ()
        if (before or after) and not work.allowed.to_prove(before, after):
            raise NotAllowed(self.part)
        if wanted is None and row is not None and not work.allowed.to_remove(row.place_id):
            raise NotAllowed(self.part)

    def keep(self, work: Work, content: EvidenceText | EvidenceState, row: StoredEvidence | None) -> EvidenceText:
        """The title of a usual piece is the questionnaire's; a stored piece stays first with the question that it has,
        as long as it belongs to it.
        """
        if isinstance(content, EvidenceState):
            return self._keep_state(work, content, row)
        if content.kind and content.kind not in DOCUMENT_KINDS:
            raise DoesNotFit(content.kind)
        usual = content.usual or (row is not None and row.usual)
        listed = self._list_questions(work, content, row)
        first = row.question if row is not None and row.question in listed else content.question
        kept = replace(
            content,
            question=first,
            title=row.title if row is not None and row.usual else content.title,
            usual=usual,
            name=content.name if usual else "",
            also=tuple(id for id in listed if id != first),
        )
        return super().keep(work, kept, row)

    def _keep_state(self, work: Work, content: EvidenceState, row: StoredEvidence | None) -> EvidenceText:
        if row is not None and (is_live(row) or row.usual):
            return replace(self.say(row), available=content.available)
        said = {field.name: getattr(content, field.name) for field in fields(content)}
        return super().keep(work, EvidenceText(**said), row)

    def _list_questions(self, work: Work, content: EvidenceText, row: StoredEvidence | None) -> tuple[str, ...]:
        """All that it belongs to, in the order of the questionnaire. What the author may not see stays with it."""
        known = work.questionnaire.question
        listed = {QuestionId(id) for id in (content.question, *content.also) if QuestionId(id) in known}
        stored = row.questions if row is not None and is_live(row) else ()
        listed |= {QuestionId(id) for id in stored if not work.allowed.to_write(self.right, id)}
        return tuple(question.id for question in work.questionnaire.questions if question.id in listed)

    def begin(self, work: Work, key: str, row: StoredEvidence | None, content: EvidenceText) -> StoredEvidence:
        made = row or self.make(key, content)._replace(id=-1 - len(work.rows(EVIDENCE)))
        return made._replace(place_id=work.by.place_id)

    def make(self, key: str, content: EvidenceText) -> StoredEvidence:
        return StoredEvidence(id=-1, key=key, version=0, by="", at=NEVER, **self.fields(content))

    def fellows(self, work: Work, row: StoredEvidence) -> tuple[str, int]:
        return row.question, work.count_live(EVIDENCE, attrgetter("question"), row.question)

    def bring_back(self, work: Work, subject: str, row: StoredEvidence | None, content: EvidenceText) -> StoredEvidence:
        return row or self.make(subject, content)._replace(id=-1 - len(work.rows(EVIDENCE)))

    def typed_in(
        self, questionnaire: Questionnaire, subject: str, name: str, told: Mapping[str, object]
    ) -> tuple[str, ...]:
        if name == "title" and told.get("usual"):
            return ()
        return super().typed_in(questionnaire, subject, name, told)

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_piece(stand, versions)

    def from_file(self, work: Work, said: Fields) -> tuple[str, EvidenceText] | None:
        """A usual piece is found by its title; what the questionnaire does not name, or a second one, is an own one."""
        content = self._read_said(work, said)
        question = work.questionnaire.question.get(QuestionId(content.question))
        key = hash_key(content.question, "usual", content.title)
        named = question is not None and content.title in question.evidence
        if content.usual and named and key not in work.rows(EVIDENCE):
            return key, content
        own = replace(content, usual=False, title=content.name or content.title, name="")
        return hash_key(content.question, "own", secrets.token_hex(16)), own

    def _read_said(self, work: Work, said: Fields) -> EvidenceText:
        """What a file says, without kinds and further questions that nobody knows."""
        content = self.content(**{name: said[name] for name in self.names})
        asked = [question.id for question in work.questionnaire.questions if question.id in content.also]
        kind = content.kind if content.kind in DOCUMENT_KINDS else ""
        name = content.name if content.usual else ""
        return replace(content, kind=kind, name=name, also=tuple(id for id in asked if id != content.question))


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
