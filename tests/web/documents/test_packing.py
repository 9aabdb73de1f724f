"""A ZIP that goes out while it is written: whole, as long as was said, and never in memory."""

from __future__ import annotations

import io
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from selfcheck.web.documents.packing import AT_ONCE, Changed, Member, measure, pack

MOMENT = datetime(2027, 2, 8, 10, 42, 31, tzinfo=UTC)
MEGABYTE = 1024 * 1024
SHORT = Member("a", 3, b"abc")


def test_it_is_as_long_as_was_said(tmp_path: Path) -> None:
    (tmp_path / "lang").write_bytes(b"x" * (AT_ONCE + 1))
    members = [
        Member("Ä/größer.pdf", AT_ONCE + 1, tmp_path / "lang"),
        Member("leer.txt", 0, b""),
        Member("a", 3, b"abc"),
    ]
    made = b"".join(pack(members, MOMENT))
    assert measure(members) == len(made)
    read = ZipFile(io.BytesIO(made))
    assert read.testzip() is None
    assert read.namelist() == [member.path for member in members]
    assert read.read("a") == b"abc"
    assert {info.date_time for info in read.infolist()} == {(2027, 2, 8, 10, 42, 30)}


def test_two_hundred_megabytes_never_lie_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as sparse:
        sparse.truncate(200 * MEGABYTE)
    member = Member("groß.pdf", 200 * MEGABYTE, large)
    tracemalloc.start()
    longest = total = 0
    for piece in pack([member], MOMENT):
        longest, total = max(longest, len(piece)), total + len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total == measure([member])
    assert longest <= 2 * AT_ONCE
    assert peak < 4 * MEGABYTE


@pytest.mark.parametrize("content", [b"kurz", b"lang, viel zu lang"])
def test_a_file_that_changes_meanwhile_ends_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Changed):
        list(pack([Member("a", 10, tmp_path / "a")], MOMENT))


def test_one_that_is_gone_meanwhile_ends_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(pack([Member("a", 10, tmp_path / "a")], MOMENT))


def test_whoever_stops_reading_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(4 * AT_ONCE))
    going = pack([Member("a", 4 * AT_ONCE, tmp_path / "a")], MOMENT)
    next(going)
    going.close()


def test_what_is_longer_than_a_plain_zip_says_no_length() -> None:
    assert measure([Member("a", 2**31, Path("a"))]) is None
