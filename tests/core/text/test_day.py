"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from selfcheck.core.text.day import NoDay, NoSuchDay, read_day, read_stored_day


@pytest.mark.parametrize(
    "typed",
    [
        "2027-02-01",
        "1.2.2027",
        "01.02.2027",
        "1.2.27",
        " 01. 02. 2027 ",
        "1 . 2 . 27",
        "01022027",
        "1.\u00a02.\u200b2027",
    ],
)
def test_the_day_stands_before_the_month(typed: str) -> None:
    assert read_day(typed) == date(2027, 2, 1)


@pytest.mark.parametrize("typed", ["", " ", "\u200b"])
def test_nothing_is_no_day(typed: str) -> None:
    assert read_day(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "31.2.27",
        "1.2.",
        "1.2.027",
        "1/2/2027",
        "02/01/2027",
        "2027-13-01",
        "20270201",
        "2027-W05-1",
        "010227",
        "1.2.1027",
        "¹.2.27",
        "bald",
        "1." * 500_000,
        "1" * 1_000_000,
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(NoDay):
        read_day(typed)


@pytest.mark.parametrize("typed", ["31.6.2027", "29.2.27", "2027-13-01", "00.00.2027"])
def test_what_is_written_like_a_day_that_there_is_not_is_told_apart(typed: str) -> None:
    with pytest.raises(NoSuchDay):
        read_day(typed)


@pytest.mark.parametrize("text", ["1.2.2027", "2027-2-1", "", "2027-02-30", "2" * 100])
def test_files_write_days_in_one_way(text: str) -> None:
    assert read_stored_day("2027-02-01") == date(2027, 2, 1)
    with pytest.raises(NoDay):
        read_stored_day(text)
