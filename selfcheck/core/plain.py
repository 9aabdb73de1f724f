"""Frozen values to and from plain data by their fields: numbers, days and names as text, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")
_Read = Callable[[Any], Any]

LARGEST = Decimal(1_000_000)
"""No questionnaire gives more points; beyond it the data is damaged."""


def to_plain(value: Any) -> Any:
    """Only dicts, lists, texts, truth values, None and whole numbers."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    kind: Any = type(value)
    if fields := _fields(kind):
        return {name: to_plain(getattr(value, name)) for name in fields}
    return [to_plain(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]


def from_plain(kind: type[_Value], plain: object) -> _Value:
    """The value of this class that was made `plain`; raises KeyError, TypeError or ValueError for anything else.

    What may be None may be missing: data from before there was such a field has none. Numbers are points: at least 0.
    """
    hinted: Any = kind
    value: _Value = _reader(hinted)(plain)
    return value


@lru_cache(maxsize=256)
def _reader(kind: Any) -> _Read:
    """How values of this type are read: worked out once, since a Stand holds hundreds of some."""
    inner = tuple(_reader(each) for each in get_args(kind) if each is not NoneType and each is not ...)
    if NoneType in get_args(kind):
        return lambda plain: None if plain is None else inner[0](plain)
    if get_origin(kind) is tuple:
        return lambda plain: tuple(map(inner[0], _take(list, plain)))
    if inner:
        return lambda plain: {inner[0](key): inner[1](each) for key, each in _take(dict, plain).items()}
    kind = getattr(kind, "__supertype__", kind)
    if kind in _READERS:
        return _READERS[kind]
    return kind if issubclass(kind, StrEnum) else _record_reader(kind)


def _record_reader(kind: Any) -> _Read:
    fields = _fields(kind)
    readers = [(name, _reader(inside), NoneType in get_args(inside)) for name, inside in fields.items()]

    def read(plain: Any) -> Any:
        facts = _take(dict, plain)
        return kind(*(reader(facts.get(name) if optional else facts[name]) for name, reader, optional in readers))

    return read


def _take(kind: type[_Value], plain: Any) -> _Value:
    if type(plain) is not kind:
        raise TypeError(plain)
    return plain


def _read_number(plain: Any) -> Decimal:
    try:
        number = Decimal(_take(str, plain))
    except ArithmeticError as error:
        raise ValueError(plain) from error
    if not number.is_finite() or not 0 <= number <= LARGEST:
        raise ValueError(plain)
    return number


@lru_cache(maxsize=256)
def _fields(kind: Any) -> dict[str, Any]:
    """Names and types of a class of frozen values, in their order; none for any other."""
    return get_type_hints(kind) if is_dataclass(kind) or hasattr(kind, "_fields") else {}


_READERS: dict[Any, _Read] = {
    str: lambda plain: _take(str, plain),
    int: lambda plain: _take(int, plain),
    bool: lambda plain: _take(bool, plain),
    date: lambda plain: date.fromisoformat(_take(str, plain)),
    Decimal: _read_number,
}
