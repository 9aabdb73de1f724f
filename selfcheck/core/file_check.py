"""A place in a document against its keys: the checked values, or every fault with its line, in German."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from selfcheck.core.faults import quote
from selfcheck.core.file_values import describe
from selfcheck.core.yaml_lines import Document, Path

_Model = TypeVar("_Model", bound=BaseModel)


def check(document: Document, path: Path, model: type[_Model]) -> _Model | None:
    """What stands at `path` as a `model`; None if anything is wrong there, with the faults in the document."""
    try:
        return model.model_validate(document.at(path))
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
            field = _fields(_model_at(model, tuple(around)))[str(key)]
            return f"{name} fehlt, erwartet {_expected(field)}"
        case "extra_forbidden":
            return f"unbekannter Schlüssel {name}, {_known_keys(str(key), _model_at(model, tuple(around)))}"
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


def _known_keys(key: str, model: type[BaseModel]) -> str:
    known = list(_fields(model))
    similar = get_close_matches(key, known, n=1, cutoff=0.7)
    meant = f" (gemeint vielleicht „{similar[0]}“)" if similar else ""
    return f"erwartet einer von: {', '.join(known)}{meant}"


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_at(model: type[BaseModel], keys: Path) -> type[BaseModel]:
    """The model that stands under `keys`, through lists and blocks."""
    found: Any = model
    for key in keys:
        found = get_args(found)[0] if isinstance(key, int) else _fields(found)[key].annotation
    return found if isinstance(found, type) and issubclass(found, BaseModel) else model


def _expected(field: FieldInfo) -> str:
    if field.description:
        return field.description
    return "ein Block mit Schlüsseln" if isinstance(field.annotation, type) else "eine Liste"
