"""All forms of the product together: what is typed is read in one place, its length asked first, nothing cut."""

from __future__ import annotations

import pkgutil
import time
from collections.abc import Iterator
from importlib import import_module

import pytest
from flask import Flask
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.core import Field, UnboundField

import selfcheck
from selfcheck.core.text.contents import MOST
from selfcheck.web.accounts.forms import AskedPasswordField
from selfcheck.web.layout.amounts import AmountField, PercentField
from selfcheck.web.layout.fields import DayField, SentField, TypedField

CHOSEN = (BooleanField, FileField, RadioField, SelectField, SelectMultipleField)
"""What is compared with what the form offers, or asks for a file."""
LARGE = 2_000_000
PIECES = ("1", ".", "a.", "@", " ", "-", "\u200b", "\x01", "a\n", "a@b.")


def list_forms() -> list[type[Form]]:
    for module in pkgutil.walk_packages(selfcheck.__path__, "selfcheck."):
        if ".migrations" not in module.name:
            import_module(module.name)
    return sorted(_find_heirs(Form), key=lambda form: (form.__module__, form.__qualname__))


def _find_heirs(kind: type[Form]) -> Iterator[type[Form]]:
    for heir in kind.__subclasses__():
        if heir.__module__.startswith("selfcheck."):
            yield heir
        yield from _find_heirs(heir)


FIELDS: list[tuple[str, str, UnboundField[Field]]] = [
    (form.__qualname__, name, unbound)
    for form in list_forms()
    for name, unbound in sorted(vars(form).items())
    if isinstance(unbound, UnboundField)
]


def make(name: str, unbound: UnboundField[Field], typed: str | None) -> Field:
    """The field by itself, with what was typed into it."""
    one = type("One", (Form,), {name: unbound})
    field: Field = one(None if typed is None else MultiDict({name: typed}))[name]
    return field


@pytest.fixture(autouse=True)
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context(method="POST"):
        yield


def test_all_forms_are_looked_at() -> None:
    found = {form for form, _, _ in FIELDS}
    assert {"EntryForm", "StepForm", "EvidenceForm", "QuestionForm", "DetailsForm", "SignInForm", "ShareForm"} <= found


@pytest.mark.parametrize(("form", "name", "unbound"), FIELDS)
def test_every_field_is_of_the_kit(form: str, name: str, unbound: UnboundField[Field]) -> None:
    field = make(name, unbound, None)
    assert isinstance(field, (TypedField, SentField, AskedPasswordField, *CHOSEN)), f"{form}.{name} reads by itself"
    assert not field.filters
    if isinstance(field, TypedField):
        assert 0 < field.limit < MOST
        assert "„“" not in field.what


@pytest.mark.parametrize(("form", "name", "unbound"), FIELDS)
def test_no_browser_cuts_what_is_pasted(form: str, name: str, unbound: UnboundField[Field]) -> None:
    field = make(name, unbound, None)
    if not isinstance(field, CHOSEN):
        assert "maxlength" not in field()


TYPED = [each for each in FIELDS if isinstance(make(each[1], each[2], None), TypedField | SentField | PasswordField)]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize(("form", "name", "unbound"), TYPED)
def test_no_text_is_long_enough_to_stop_the_server(
    form: str, name: str, unbound: UnboundField[Field], piece: str
) -> None:
    began = time.process_time()
    field = make(name, unbound, piece * (LARGE // len(piece)))
    fine = field.validate(Form())
    assert time.process_time() - began < 1
    if isinstance(field, TypedField):
        assert not fine
        (message,) = field.errors
        assert field.what in message or isinstance(field, DayField | AmountField | PercentField) or "Link" in message
    assert len(field.data or "") <= MOST


@pytest.mark.parametrize(("form", "name", "unbound"), TYPED)
def test_text_that_is_too_long_is_refused_and_stays(form: str, name: str, unbound: UnboundField[Field]) -> None:
    field = make(name, unbound, "x" * 6000)
    if isinstance(field, TypedField):
        assert not field.validate(Form())
        assert field.data == "x" * 6000


@pytest.mark.parametrize("typed", ["\u200b", "\u3164 \u2800", "\u00ad\u2060\ufeff", "\v\x85\u2028"])
@pytest.mark.parametrize(("form", "name", "unbound"), TYPED)
def test_what_nobody_sees_fills_no_field(form: str, name: str, unbound: UnboundField[Field], typed: str) -> None:
    field = make(name, unbound, typed)
    if isinstance(field, TypedField):
        assert field.data == ""
        assert field.validate(Form()) is not bool(field.required)
