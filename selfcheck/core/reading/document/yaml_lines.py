"""YAML text -> plain data that knows its lines, or the faults of the text. Knows no questionnaire.

Values are strict: a plain scalar is a number if it is a plain decimal, `true` or `false` if it is just that, nothing
if it is null, and text otherwise; what is quoted is text. Double keys, anchors, aliases and tags are faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from selfcheck.core.reading.document.faults import Fault, quote

Path = tuple[str | int, ...]
"""Where a value stands: keys and places in lists, `("questions", 3, "points")`."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_TEXT = 1_000_000
_DEEPEST = 25
_NUMBER = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")
_MOST_DIGITS, _MOST_DECIMALS = 9, 6
_NULL = {"", "~", "null", "Null", "NULL"}
_LOOSE_BOOLEAN = re.compile("yes|no|on|off|true|false", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_UNSUITABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_PROBLEMS = (
    ("mapping values are not allowed", "ein Doppelpunkt an falscher Stelle, erwartet Anführungszeichen um den Text"),
    ("could not find expected ':'", "eine Zeile ohne Doppelpunkt, erwartet „Schlüssel: Wert“"),
    ("unexpected end of stream", "ein Anführungszeichen ohne Ende, erwartet ein zweites"),
    ("',' or ']'", "eine Liste ohne Ende, erwartet „,“ oder „]“"),
    ("',' or '}'", "ein Block ohne Ende, erwartet „,“ oder „}“"),
    ("unknown escape character", "ein Rückstrich mit unbekanntem Zeichen, erwartet zwei Rückstriche"),
    ("cannot start any token", "ein Text, der mit einem Sonderzeichen beginnt, erwartet Anführungszeichen darum"),
)
_TABULATOR = "ein Tabulator am Anfang der Zeile, erwartet Leerzeichen"
_OTHER_PROBLEM = "kein lesbares YAML, erwartet gleichmäßig eingerückte Zeilen der Form „Schlüssel: Wert“"


@dataclass(frozen=True, slots=True)
class LooseBoolean:
    """A bare `no`, `on`, `Yes`: a truth value to YAML, though people mean a text."""

    word: str


@dataclass
class Document:
    """One file that was read: its data, the line of every value, and the faults found in it so far.

    There is data only if all of the text could be walked. A key with nothing under it is not in it but in `empty`.
    `broken` is where a fault is told already.
    """

    file: str
    data: object = None
    readable: bool = False
    lines: dict[Path, int] = field(default_factory=dict)
    broken: set[Path] = field(default_factory=set)
    empty: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of the value, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def complain(self, path: Path, message: str) -> None:
        """A fault of what stands there; not said where one is told already, or in what stands around it."""
        if not any(path[:length] in self.broken for length in range(len(path) + 1)):
            self.faults.append(Fault(self.file, self.line(path), message))

    def empty_keys(self, path: Path) -> list[str]:
        """The keys of the block at `path` under which nothing stands."""
        return [str(place[-1]) for place in self.empty if place[:-1] == path]

    def at(self, path: Path) -> object:
        """The value that stands there, None if nothing does."""
        value = self.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def text(self, path: Path) -> str | None:
        """The text that stands there; None if nothing or something else does."""
        value = self.at(path)
        return value if isinstance(value, str) else None

    def entries(self, path: Path) -> list[Path]:
        """Where the entries of the list at `path` stand; none if there is no list."""
        values = self.at(path)
        return [(*path, index) for index in range(len(values))] if isinstance(values, list) else []


def read_yaml(file: str, text: str) -> Document:
    """Any text in; the document out, with its faults. It is `readable` if all of the text could be walked.

    Bytes that are not UTF-8 may come as surrogates (`errors="surrogateescape"`); each line of them is a fault.
    """
    document = Document(file)
    text = text.removeprefix("\ufeff")
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if unsuitable := _UNSUITABLE.search(line):
            document.faults.append(Fault(file, number, _refuse_character(unsuitable.group())))
    if len(text) > _LONGEST_TEXT:
        document.complain((), f"die Datei hat mehr als {_LONGEST_TEXT} Zeichen, erwartet eine kürzere")
    if not document.faults:
        _walk(document, text)
    return document


def _refuse_character(character: str) -> str:
    """A byte that is not UTF-8 stands in the text as the surrogate that Python reads it as."""
    if "\udc80" <= character <= "\udcff":
        return f"das Byte {ord(character) - 0xDC00:#04x} ist kein UTF-8, erwartet Text in UTF-8"
    return f"unzulässiges Zeichen U+{ord(character):04X}, erwartet lesbarer Text"


class _Unwalkable(Exception):
    """Nothing after this line is read: (line, message)."""


def _walk(document: Document, text: str) -> None:
    try:
        _Walk(document, yaml.parse(text, Loader=_LOADER)).read()
    except yaml.MarkedYAMLError as error:
        document.faults.append(_syntax_fault(document.file, text, error))
    except yaml.YAMLError:
        document.complain((), _OTHER_PROBLEM)
    except _Unwalkable as end:
        document.faults.append(Fault(document.file, *end.args))


def _syntax_fault(file: str, text: str, error: yaml.MarkedYAMLError) -> Fault:
    problem = error.problem or ""
    never_ends = "unexpected end of stream" in problem and error.context_mark is not None
    mark = error.context_mark if never_ends else error.problem_mark
    lines = _LINE_END.split(text.rstrip())
    number = min(1 if mark is None else mark.line + 1, len(lines))
    line = lines[number - 1]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return Fault(file, number, _TABULATOR)
    return Fault(file, number, next((german for english, german in _PROBLEMS if english in problem), _OTHER_PROBLEM))


class _Walk:
    """One run over the parser's events, one call per value, never deeper than `_DEEPEST`.

    Composing nodes first would save little: nodes forget anchors and tags, and the C code that composes them calls
    itself, so that a text of very many brackets ends the process.
    """

    def __init__(self, document: Document, events: Iterator[Any]) -> None:
        self.document = document
        self.events = events

    def read(self) -> None:
        """All of the text into the document; raises `_Unwalkable` or an error of YAML."""
        data: object = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and self.document.lines:
                raise _Unwalkable(_line(event), "ein zweites Dokument beginnt mit „---“, erwartet genau eines je Datei")
            if isinstance(event, yaml.NodeEvent):
                data = self._value(event, (), _line(event))
        if self.document.lines:
            self.document.data, self.document.readable = data, True
        else:
            self.document.complain((), "die Datei ist leer, erwartet Zeilen der Form „Schlüssel: Wert“")

    def _value(self, event: Any, path: Path, line: int) -> object:
        """The value that begins with `event`; its place is in `line`, that of its key if it has one."""
        self.document.lines[path] = line
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._complain(event, f"Verweis {quote(sign + event.anchor)}, erwartet der Wert selbst")
        if isinstance(event, yaml.AliasEvent):
            self.document.broken.add(path)
            return None
        if event.tag is not None:
            self._complain(event, f"Typangabe {quote(event.tag)}, erwartet der Wert ohne sie")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if len(path) == _DEEPEST:
            raise _Unwalkable(_line(event), f"mehr als {_DEEPEST} Ebenen ineinander, erwartet weniger")
        return self._block(path) if isinstance(event, yaml.MappingStartEvent) else self._list(path)

    def _list(self, path: Path) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values)), _line(event)))
        return values

    def _block(self, path: Path) -> dict[str, object]:
        """The value of a double key is walked too, at a place that no key can have, but not kept."""
        values: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, line = self._key(event), _line(event)
            first = self.document.lines.get((*path, key))
            value = self._value(next(self.events), (*path, -line if first else key), line)
            if first:
                message = f"{quote(key)} steht schon in Zeile {first}, erwartet jeder Schlüssel nur einmal"
                self._complain(event, message)
            elif value is not None:
                values[key] = value
            elif (*path, key) not in self.document.broken:
                self.document.empty.append((*path, key))
        return values

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Unwalkable(_line(event), "ein Schlüssel, der kein einfacher Text ist, erwartet „Schlüssel: Wert“")
        key = str(event.value)
        if event.anchor is not None or event.tag is not None:
            self._complain(event, f"Verweis oder Typangabe an {quote(key)}, erwartet der Schlüssel ohne sie")
        return key

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        if found := _UNSUITABLE.search(event.value):
            self._complain(event, _refuse_character(found.group()))
            self.document.broken.add(path)
        if event.style:
            return event.value
        if event.value in _NULL:
            return None
        if event.value in ("true", "false"):
            return event.value == "true"
        if _LOOSE_BOOLEAN.fullmatch(event.value):
            return LooseBoolean(event.value)
        number = _NUMBER.fullmatch(event.value)
        return self._number(event, number, path) if number else event.value

    def _number(self, event: yaml.ScalarEvent, found: re.Match[str], path: Path) -> Decimal | None:
        whole, decimals = found.group(1).lstrip("0"), (found.group(2) or "").rstrip("0")
        if len(whole) > _MOST_DIGITS or len(decimals) > _MOST_DECIMALS:
            limits = f"höchstens {_MOST_DIGITS} Stellen vor und {_MOST_DECIMALS} nach dem Punkt"
            self._complain(event, f"eine zu lange Zahl, erwartet {limits}")
            self.document.broken.add(path)
            return None
        sign = "-" if found.group().startswith("-") and (whole or decimals) else ""
        return Decimal(f"{sign}{whole or 0}" + (f".{decimals}" if decimals else ""))

    def _complain(self, event: yaml.Event, message: str) -> None:
        self.document.faults.append(Fault(self.document.file, _line(event), message))


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1
