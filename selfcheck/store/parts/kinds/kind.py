"""What a kind of part is: how a part is found, changed, told in the history and taken out. Nothing here names one.

A new kind is one class: its `part`, its `shelf` and what it says (`content`). Saving, conflicts, the history, taking
back, going back, redaction and export come with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Protocol, TypeVar, cast, get_args, get_origin, get_type_hints

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.removed import STAND_IN, Removed, fill_marks, make_mark
from selfcheck.store.database import limits
from selfcheck.store.database.rows import field_names
from selfcheck.store.parts.kinds.frozen_texts import Versions
from selfcheck.store.parts.shelf import Fields, Shelf, is_live, live
from selfcheck.store.parts.values import Text
from selfcheck.store.parts.work import NotAllowed, Work, hash_key
from selfcheck.store.parts.writes import Conflict, Current, Outcome, Saved, Unchanged, Write, settle

Row = TypeVar("Row")
Content = TypeVar("Content")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When something was written of which only the history knows."""


class Kind(Generic[Row, Content]):
    """One kind of part. What stands here fits a part with a row of its own, found by a key that its form made up;
    kinds say what is different with them."""

    part: ClassVar[str]
    shelf: Shelf[Row]
    content: type[Content]
    right: ClassVar[Right] = Right.ANSWER
    comes_back: ClassVar[bool] = True
    """Whether the history can bring it back; else it only tells what happened."""
    stamp: ClassVar[str] = ""
    """What stands before `version`, `by` and `at` in its row."""

    def __init__(self) -> None:
        self.names = field_names(self.content)
        self.texts = dict(_find_texts(self.content))
        hints = get_type_hints(self.content)
        self.days = {name for name, hint in hints.items() if hint == date | None}
        self.amounts = {name for name, hint in hints.items() if hint == Decimal | None}
        self.lists = {name for name, hint in hints.items() if hint == tuple[str, ...]}
        self.defaults = {name: to_plain(value) for name, value in find_defaults(self.content).items()}

    # Finding it

    def key(self, work: Work, write: Write) -> str:
        """What finds the row that a page means; a new part is found again by the key of its form."""
        if write.subject is not None:
            return write.subject
        return hash_key(self.part, write.creation_key or secrets.token_hex(16))

    def find(self, rows: Mapping[str, Row], subject: str) -> Row | None:
        """The row of what the history calls `subject`."""
        return rows.get(subject)

    def subject(self, row: Row) -> str:
        """What the history calls it."""
        return self.shelf.key_of(row)

    def id(self, row: Row) -> int | None:
        """What pages call a part that was just saved, where that is a number."""
        return None

    def question(self, row: Row | None, content: Content | None) -> str | None:
        """The question to which it belongs, if any."""
        return cast(str | None, getattr(content if row is None else row, "question", None))

    def blank(self, work: Work, key: str) -> Row | None:
        """The row of what always stands there, as long as nobody wrote it; None where a part has to be added."""
        return None

    def begin(self, work: Work, key: str, row: Row | None, content: Content) -> Row:
        """The row of a part where none stood; `row` is that of one that was taken away."""
        return row if row is not None else self.make(key, content)

    def make(self, key: str, content: Content) -> Row:
        """A row that was never stored."""
        known = {self.shelf.key: key, "version": 0, "by": "", "at": None, "removed_at": None}
        return self.shelf.row(**known, **self.fields(content))

    def fellows(self, work: Work, row: Row) -> tuple[str, int]:
        """How many stand where this one is to be added, and what that is called."""
        return self.part, len(live(work.rows(self.shelf).values()))

    # What it says

    def say(self, row: Row) -> Content:
        return self.content(*(getattr(row, name) for name in self.names))

    def put(self, row: Row, content: Content, **stamp: object) -> Row:
        """`row` with another content, and with what `stamp` says of its version."""
        return change(row, **self.fields(content), **stamp)

    def fields(self, content: Content) -> Fields:
        return {name: getattr(content, name) for name in self.names}

    def show(self, work: Work, row: Row) -> object:
        """What a conflict shows of it."""
        return row

    def keep(self, work: Work, content: Content, row: Row | None) -> Content:
        """`content` as it is stored. Raises `TooLong` and `DoesNotFit`."""
        kept = {name: text.keep(getattr(content, name), name) for name, text in self.texts.items()}
        return change(content, **kept)

    def nothing(self, subject: str) -> Content | None:
        """What is written where nothing shall stand; None where the row is taken away."""
        return None

    # Saving it

    def apply(self, work: Work, write: Write) -> Outcome:
        """Writes in memory what may be written. Raises `NotAllowed`, `TooLong`, `TooMany` and `DoesNotFit`."""
        key = self.key(work, write)
        stored = work.rows(self.shelf).get(key)
        row = stored if stored is not None else self.blank(work, key)
        if row is None and (write.subject is not None or write.content is None):
            return Unchanged(0) if write.content is None else Conflict(0, None, "", work.now)
        wanted = None if write.content is None else self.keep(work, cast(Content, write.content), row)
        self.check(work, row, wanted)
        return self.change(work, key, row, write.seen_version, wanted)

    def check(self, work: Work, row: Row | None, wanted: Content | None) -> None:
        """Raises `NotAllowed` where the author may not write it."""
        if not work.allowed.to_write(self.right, self.question(row, wanted)):
            raise NotAllowed(self.part)

    def change(self, work: Work, key: str, row: Row | None, seen: int, wanted: Content | None) -> Outcome:
        """Settles what is `wanted` with what stands there, and enters it in the history."""
        standing = row if row is not None and is_live(row) else None
        before = self.say(standing) if standing is not None else None
        shown = self.show(work, standing) if standing is not None else None
        current = Current(before, shown, *(self.version(row) if row is not None else (0, "", None)))
        outcome = settle(current, seen, wanted, work.now, self.id(row) if row is not None else None)
        if not isinstance(outcome, Saved):
            return outcome
        if standing is None and wanted is not None:
            row = self.begin(work, key, row, wanted)
            limits.keep_few(*self.fellows(work, row))
        if row is None:
            return Unchanged(0)
        laid = self.lay(work, row, self.say(row) if wanted is None else wanted, gone=wanted is None)
        work.enter(self.part, self.subject(laid), self.tell(before), self.tell(wanted))
        return replace(outcome, id=self.id(laid))

    def lay(self, work: Work, row: Row, content: Content, *, gone: bool = False) -> Row:
        """Has `row` put down with `content` and a new version."""
        stamp: Fields = {
            f"{self.stamp}version": self.version(row)[0] + 1,
            f"{self.stamp}by": work.by.label,
            f"{self.stamp}at": work.now,
        }
        if "removed_at" in field_names(type(row)):
            stamp["removed_at"] = work.now if gone else None
        laid = self.put(row, content, **stamp)
        work.keep(self.shelf, self.shelf.key_of(laid), laid)
        return laid

    def version(self, row: Row) -> tuple[int, str, datetime | None]:
        """The version, who made it, and when."""
        version, by, at = (getattr(row, f"{self.stamp}{name}") for name in ("version", "by", "at"))
        return version, by, at

    # The history

    def tell(self, content: Content | None) -> object:
        """As the history writes it: plain data, days as text; None where nothing stands."""
        if content is None:
            return None
        return {name: to_plain(value) for name, value in self.fields(content).items()}

    def read(self, told: object) -> Content:
        """The reverse. Raises `KeyError`, `TypeError` or `ValueError` for what nobody ever stored."""
        if not isinstance(told, Mapping):
            raise TypeError(told)
        full = {**self.defaults, **told}
        return self.content(**{name: self._read_one(name, full[name]) for name in self.names})

    def _read_one(self, name: str, told: object) -> object:
        if name in self.days:
            return to_day(told)
        if name in self.amounts:
            return Decimal(str(told)) if told is not None else None
        return tuple(cast(list[str], told)) if name in self.lists else told

    def settled(self, told: object) -> object:
        """A content of the history as it counts: removed texts are empty, what nobody could say then is as it is where
        nobody says it, and None is where nothing stands.
        """
        filled = fill_marks(told)
        if isinstance(filled, Mapping):
            filled = {**filled, **{name: said for name, said in self.defaults.items() if name not in filled}}
        return None if filled == "" or filled == self.tell(self.nothing("")) else filled

    def told(self, subject: str, settled: object) -> object:
        """The reverse of `settled`, as the history writes it."""
        return settled if settled is not None else self.tell(self.nothing(subject))

    def fit(self, work: Work, settled: object) -> object:
        """What of a settled content of the past can still be written."""
        return settled

    def write_back(self, work: Work, subject: str, settled: object, *, gone: bool) -> None:
        """Writes the settled content `settled` without a word in the history; `gone`: it is, or stays, removed."""
        rows = work.rows(self.shelf)
        row = self.find(rows, subject) or self.blank(work, subject)
        nothing = self.nothing(subject)
        content = nothing if settled is None else self.read(settled)
        if content is None and row is None:
            return
        if content is not None and (row is None or not (is_live(row) or gone)):
            row = self.bring_back(work, subject, row, content)
            limits.keep_few(*self.fellows(work, row))
        if row is not None:
            self.lay(work, row, self.say(row) if content is None else content, gone=gone and nothing is None)

    def bring_back(self, work: Work, subject: str, row: Row | None, content: Content) -> Row:
        """The row of what the history brings back, under the name that it had."""
        return row if row is not None else self.make(subject, content)

    def then(self, past: dict[str, Row], present: Mapping[str, Row], subject: str, settled: object) -> None:
        """Puts what stood there once into `past`; ids, keys and versions are those of `present`."""
        content = self.read(self.told(subject, settled))
        row = self.find(present, subject)
        base = row if row is not None else self.make(subject, content)
        laid = self.put(base, content, **({"removed_at": None} if "removed_at" in field_names(type(base)) else {}))
        past[self.shelf.key_of(laid)] = laid

    # Taking texts out

    def list_texts(self, questionnaire: Questionnaire, subject: str, told: object) -> Iterator[tuple[str, str]]:
        """The texts in a content of the history that people typed, each with the name of its field."""
        if isinstance(told, Mapping):
            for name in self.typed:
                for text in self.typed_in(questionnaire, subject, name, told):
                    yield name, text

    @property
    def typed(self) -> tuple[str, ...]:
        return tuple(name for name, text in self.texts.items() if text.typed)

    def typed_in(
        self, questionnaire: Questionnaire, subject: str, name: str, told: Mapping[str, object]
    ) -> tuple[str, ...]:
        """What somebody typed into one field."""
        value = told.get(name)
        listed = value if isinstance(value, list) else [value]
        return tuple(each for each in listed if isinstance(each, str) and each not in ("", STAND_IN))

    def take_out(self, questionnaire: Questionnaire, subject: str, told: object, removed: Removed) -> object:
        """A content of the history with a mark where a text was; earlier marks stay."""
        names = [name for name, _ in self.list_texts(questionnaire, subject, told)]
        if not names or not isinstance(told, Mapping):
            return told
        return {**told, **dict.fromkeys(names, make_mark(removed))}

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        """Takes the texts out of the plain content of a frozen Stand, in place. Whether anything was taken out."""
        return False

    # The data file

    def from_file(self, work: Work, said: Fields) -> tuple[str, Content] | None:
        """What an entry of the file says, and under which key it is kept; None where it says nothing."""
        return hash_key(secrets.token_hex(16)), self.content(**{name: said[name] for name in self.names})

    def take(self, work: Work, said: Fields) -> None:
        """Takes an entry of the file. Raises `TooMany`."""
        found = self.from_file(work, said)
        if found is None or said.get("removed_at") is not None:
            return
        key, content = found
        row = work.rows(self.shelf).get(key) or self.blank(work, key)
        before = self.say(row) if row is not None else None
        if row is None:
            row = self.arrive(work, key, content, said)
            limits.keep_few(*self.fellows(work, row))
        laid = self.lay(work, row, content)
        work.enter(self.part, self.subject(laid), self.tell(before), self.tell(content))

    def arrive(self, work: Work, key: str, content: Content, said: Fields) -> Row:
        """The row of a part that came with a file, where none stood."""
        return self.begin(work, key, None, content)


AnyKind = Kind[Any, Any]


class TextKind(Kind[Row, str]):
    """A part that is one text, in the column `column`."""

    content = str
    column: ClassVar[str]
    text: ClassVar[Text]

    def __init__(self) -> None:
        self.names, self.texts, self.defaults = (self.column,), {self.column: self.text}, {}

    def say(self, row: Row) -> str:
        return str(getattr(row, self.column))

    def fields(self, content: str) -> Fields:
        return {self.column: content}

    def keep(self, work: Work, content: str, row: Row | None) -> str:
        return self.text.keep(content, self.column)

    def nothing(self, subject: str) -> str | None:
        return ""

    def tell(self, content: str | None) -> object:
        return content or None

    def read(self, told: object) -> str:
        return str(told or "")

    def list_texts(self, questionnaire: Questionnaire, subject: str, told: object) -> Iterator[tuple[str, str]]:
        if isinstance(told, str) and told:
            yield "", told

    def take_out(self, questionnaire: Questionnaire, subject: str, told: object, removed: Removed) -> object:
        return make_mark(removed) if isinstance(told, str) and told else told


class _NamedTuple(Protocol):
    def _replace(self, **changes: object) -> object: ...


def change(record: Row, **changes: object) -> Row:
    """`record`, a named tuple or a dataclass, with other values in some fields."""
    if is_dataclass(record) and not isinstance(record, type):
        return cast(Row, replace(record, **changes))
    return cast(Row, cast(_NamedTuple, record)._replace(**changes))


def to_plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def find_defaults(content: type[object]) -> dict[str, object]:
    """What the fields of `content` say where nobody says anything."""
    known = fields(content) if is_dataclass(content) else ()
    return {field.name: field.default for field in known if field.default is not MISSING}


def to_day(told: object) -> date | None:
    return date.fromisoformat(cast(str, told)) if told else None


def _find_texts(content: type[object]) -> Iterator[tuple[str, Text]]:
    for name, hint in get_type_hints(content, include_extras=True).items():
        if get_origin(hint) is Annotated:
            for mark in get_args(hint)[1:]:
                if isinstance(mark, Text):
                    yield name, mark
