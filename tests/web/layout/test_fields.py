"""Days and addresses as forms take them, and the key that a form brings."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from selfcheck.web.layout.fields import DayField, KeyField, NamedMailField, PageForm


class DayForm(PageForm):
    day = DayField("Tag")


@pytest.mark.parametrize("typed", ["2027-02-01", "1.2.2027", "01.02.2027", "1.2.27", " 01.02.27 "])
def test_a_day_may_be_typed_in_any_usual_way(app: Flask, typed: str) -> None:
    with app.test_request_context(method="POST", data={"day": typed}):
        form = DayForm()
        assert form.validate_on_submit()
        assert form.day.day == date(2027, 2, 1)


def test_nothing_is_no_day_and_nothing_wrong(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"day": " "}):
        form = DayForm()
        assert form.validate_on_submit()
        assert form.day.day is None


@pytest.mark.parametrize(
    "typed",
    ["1.2.", "1.2.027", "2.2027", "1/2/2027", "bald", "1.2.1027", "1.2.0027", "01.02.2027 10:00", "¹.2.27"],
)
def test_what_is_no_day_is_refused_and_stays_as_it_was_typed(app: Flask, typed: str) -> None:
    with app.test_request_context(method="POST", data={"day": typed}):
        form = DayForm()
        assert not form.validate_on_submit()
        assert form.listed_errors == [("day", "Bitte geben Sie „Tag“ als Datum an, zum Beispiel 30.06.2027.")]
        assert form.day.data == typed


@pytest.mark.parametrize("typed", ["31.6.2027", "29.02.2027", "1.13.2027", "2027-02-30"])
def test_a_day_that_no_calendar_has_is_called_so(app: Flask, typed: str) -> None:
    with app.test_request_context(method="POST", data={"day": typed}):
        form = DayForm()
        assert not form.validate_on_submit()
        assert form.listed_errors == [("day", f"Bitte prüfen Sie „Tag“: Den Tag {typed} gibt es nicht.")]
        assert form.day.data == typed


class NamedForm(PageForm):
    mail = NamedMailField("E-Mail")


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("", True),
        ("eva.muster@rathaus.local", True),
        ("eva.muster@rathaus.internal", True),
        ("eva.muster@rathaus.test", True),
        ("eva.muster@stadt.invalid", True),
        ("eva.muster@gruenberg.de", True),
        ("eva.muster@rathaus", False),
        ("eva.muster, eva@gruenberg.de", False),
        ("eva.muster", False),
    ],
)
def test_an_address_may_be_one_of_a_network_of_its_own(app: Flask, typed: str, accepted: bool) -> None:
    with app.test_request_context(method="POST", data={"mail": typed}):
        form = NamedForm()
        assert form.validate_on_submit() is accepted
        assert form.mail.data == typed
        assert [id for id, _ in form.listed_errors] == ([] if accepted else ["mail"])
        assert all("erika.muster@stadt.de" in message for _, message in form.listed_errors)


class KeyForm(PageForm):
    key = KeyField()


@pytest.mark.parametrize("sent", [{"key": "1" * 31}, {"key": "G" * 32}, {"key": ""}, {"other": "x"}])
def test_a_wrong_key_is_refused_and_another_one_offered(app: Flask, sent: dict[str, str]) -> None:
    with app.test_request_context(method="POST", data=sent):
        form = KeyForm()
        assert not form.validate_on_submit()
        assert form.status == 422
        again = str(form.key.data)
    with app.test_request_context(method="POST", data={"key": again}):
        assert KeyForm().validate_on_submit()
