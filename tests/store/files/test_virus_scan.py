"""The scanner is asked through its socket, and only a clear answer counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcheck.store.files.virus_scan import ScannerSilent, VirusFound, scan
from tests import clamd


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 200_000 + clamd.VIRUS)
    return path


def test_all_bytes_reach_the_scanner_and_it_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(range(256)) * 1000)
    with clamd.listening(tmp_path / "clamd") as met:
        scan(str(tmp_path / "clamd"), path)
    assert met == [path.read_bytes()]


def test_a_virus_is_found(tmp_path: Path, file: Path) -> None:
    with clamd.listening(tmp_path / "clamd"), pytest.raises(VirusFound, match=r"Made\.Up"):
        scan(str(tmp_path / "clamd"), file)


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"\0",
        b"x" * 5000,
        b"stream: NOT OK\0",
        b"OK\0",
        b"HTTP/1.1 200 OK\0",
        b"\xff\xfe",
    ],
)
def test_any_other_answer_is_none(tmp_path: Path, file: Path, answer: bytes) -> None:
    with clamd.listening(tmp_path / "clamd", answer), pytest.raises(ScannerSilent):
        scan(str(tmp_path / "clamd"), file)


def test_a_scanner_that_drips_is_silent_in_the_end(tmp_path: Path, file: Path) -> None:
    with clamd.dripping(tmp_path / "clamd"), pytest.raises(ScannerSilent):
        scan(str(tmp_path / "clamd"), file, patience=0.5)


def test_a_scanner_that_is_not_there_is_silent(tmp_path: Path, file: Path) -> None:
    with pytest.raises(ScannerSilent):
        scan(str(tmp_path / "nowhere"), file)
