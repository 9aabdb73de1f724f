"""A place in a document against its keys: the checked values, or every fault with its line, in German."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from selfcheck.core.reading.faults import quote
from selfcheck.core.reading.values import Expects, describe
from selfcheck.core.reading.yaml_lines import Document, Path

_Model = TypeVar("_Model", bound=BaseModel)


def check(document: Document, path: Path, model: type[_Model]) -> _Model | None:
    """What stands at `path` as a `model`; None if anything is wrong there, with the faults in the document."""
    # also what YAML makes of `{value: 38,5}`: 38, and a key 5 with nothing under it
    unknown = [place for place in document.empty if _is_unknown(model, path, place)]
    for place in unknown:
        document.complain(place, _unknown_key(str(place[-1]), _model_at(model, place[len(path) : -1]) or model))
    try:
        checked = model.model_validate(document.at(path))
        return None if unknown else checked
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = (*path, *detail["loc"])
            if not document.is_broken(place):
                document.complain(place, _message(model, detail))
    return None


def duplicates(values: list[Any]) -> list[int]:
    """The places of values that stood in the list before."""
    return [place for place, value in enumerate(values) if value in values[:place]]


def _message(model: type[BaseModel], detail: ErrorDetails) -> str:
    *around, key = detail["loc"] or ("",)
    name = quote(str(key))
    match detail["type"]:
        case "missing":
            field = _fields(_model_at(model, tuple(around)) or model)[str(key)]
            return f"{name} fehlt, erwartet {_expected(field)}"
        case "extra_forbidden":
            return _unknown_key(str(key), _model_at(model, tuple(around)) or model)
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


def _is_unknown(model: type[BaseModel], path: Path, place: Path) -> bool:
    """Whether `place`, a key without a value, is below `path` in a block that has no such key."""
    if len(place) <= len(path) or place[: len(path)] != path:
        return False
    around = _model_at(model, place[len(path) : -1])
    if around is None or around.model_config.get("extra") != "forbid":
        return False
    return place[-1] not in _fields(around)


def _unknown_key(key: str, model: type[BaseModel]) -> str:
    known = list(_fields(model))
    similar = get_close_matches(key, known, n=1, cutoff=0.7)
    meant = f" (gemeint vielleicht „{similar[0]}“)" if similar else ""
    return f"unbekannter Schlüssel {quote(key)}, erwartet einer von: {', '.join(known)}{meant}"


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(model: type[BaseModel], keys: Path) -> type[BaseModel] | None:
    """The model that stands under `keys`, through lists and blocks; None where there is none."""
    found: Any = model
    for key in keys:
        if isinstance(key, int):
            found = next(iter(get_args(found)), None)
        else:
            field = _fields(found).get(key) if _is_model(found) else None
            found = field.annotation if field else None
    return found if _is_model(found) else None


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


def _expected(field: FieldInfo) -> str:
    words = next((each.words for each in field.metadata if isinstance(each, Expects)), field.description)
    if words:
        return words
    return "ein Block mit Schlüsseln" if isinstance(field.annotation, type) else "eine Liste"
