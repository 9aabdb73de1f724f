"""A place in a document against its keys: the checked values, or every fault with its line, in German."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from selfcheck.core.reading.document.faults import quote
from selfcheck.core.reading.document.values import Expects, describe
from selfcheck.core.reading.document.yaml_lines import Document, Path
from selfcheck.core.text.contents import clean_paragraph

_Model = TypeVar("_Model", bound=BaseModel)


def check(document: Document, path: Path, model: type[_Model]) -> _Model | None:
    """What stands at `path` as a `model`; None if anything is wrong there or the document cannot be read.

    The faults are then in the document.
    """
    if not document.readable:
        return None
    before = len(document.faults)
    # also what YAML makes of `{value: 38,5}`: 38, and a key 5 with nothing under it
    for *around, key in document.empty if model.model_config.get("extra") == "forbid" else ():
        fields = _fields(model, around[len(path) :]) if tuple(around[: len(path)]) == path else {}
        if fields and key not in fields:
            document.complain((*around, key), _unknown_key(key, fields))
    try:
        values = model.model_validate(document.at(path))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            document.complain((*path, *detail["loc"]), _message(model, detail))
        return None
    return values if len(document.faults) == before else None


def repeats(document: Document, paths: Iterable[Path]) -> Iterator[tuple[Path, str, Path]]:
    """Each of `paths` whose text stood at one before: where, the text, and where it stood first."""
    first: dict[str, Path] = {}
    for path in paths:
        text = clean_paragraph(document.text(path) or "")
        if text and first.setdefault(text, path) != path:
            yield path, text, first[text]


def refuse_repeats(document: Document, paths: Iterable[Path], what: str = "") -> None:
    """A fault for every text that stood at one of `paths` before; `what` says in German what it names."""
    for path, text, _ in repeats(document, paths):
        document.complain(path, f"{what} {quote(text)} steht doppelt, erwartet nur einmal".lstrip())


def _message(model: type[BaseModel], detail: ErrorDetails) -> str:
    *around, key = detail["loc"] or ("",)
    name = quote(str(key))
    match detail["type"]:
        case "missing":
            return f"{name} fehlt, erwartet {_expected(_fields(model, around)[str(key)])}"
        case "extra_forbidden":
            return _unknown_key(key, _fields(model, around))
        case "too_short":
            context = detail["ctx"]
            found, least = context["actual_length"], context["min_length"]
            entries = "Eintrag" if least == 1 else "Einträge"
            return f"{name} hat {found or 'keine'} Einträge, erwartet mindestens {least} {entries}".replace(
                "hat 1 Einträge", "hat 1 Eintrag"
            )
        case "list_type":
            return f"{_subject(detail)}{describe(detail['input'])}, erwartet eine Liste"
        case "model_type":
            return f"{_subject(detail)}{describe(detail['input'])}, erwartet ein Block mit Schlüsseln"
        case _:
            return f"{_subject(detail)}{detail['msg']}"


def _subject(detail: ErrorDetails) -> str:
    """`„points“: `, or for an entry of a list `„criteria“, 2. Eintrag: `."""
    keys = detail["loc"]
    if not keys:
        return ""
    if isinstance(keys[-1], str):
        return f"{quote(keys[-1])}: "
    entry = f"{keys[-1] + 1}. Eintrag: "
    return f"{quote(str(keys[-2]))}, {entry}" if len(keys) > 1 else entry


def _unknown_key(key: str | int, fields: dict[str, FieldInfo]) -> str:
    similar = get_close_matches(str(key), fields, n=1, cutoff=0.7)
    meant = f" (gemeint vielleicht „{similar[0]}“)" if similar else ""
    return f"unbekannter Schlüssel {quote(str(key))}, erwartet einer von: {', '.join(fields)}{meant}"


def _fields(kind: Any, keys: Sequence[str | int] = ()) -> dict[str, FieldInfo]:
    """The fields, by their keys in files, of the model that stands in `kind` under `keys`; none where no model does."""
    if keys and isinstance(keys[0], int):
        return _fields(next(iter(get_args(kind)), None), keys[1:])
    if isinstance(kind, UnionType):
        kind = next(each for each in get_args(kind) if each is not NoneType)
    model = isinstance(kind, type) and issubclass(kind, BaseModel)
    fields = {field.alias or name: field for name, field in kind.model_fields.items()} if model else {}
    if not keys:
        return fields
    return _fields(fields[keys[0]].annotation, keys[1:]) if keys[0] in fields else {}


def _expected(field: FieldInfo) -> str:
    words = next((each.words for each in field.metadata if isinstance(each, Expects)), field.description)
    if words:
        return words
    return "ein Block mit Schlüsseln" if isinstance(field.annotation, type) else "eine Liste"
