"""The scanner is asked through its socket, and only a clear answer counts."""

from __future__ import annotations

import socket
import threading
import time
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
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"x" * 5000, b"stream: NOT OK\0", b"OK\0"]
)
def test_any_other_answer_is_none(tmp_path: Path, file: Path, answer: bytes) -> None:
    with clamd.listening(tmp_path / "clamd", answer), pytest.raises(ScannerSilent):
        scan(str(tmp_path / "clamd"), file)


def test_a_scanner_that_is_not_there_is_silent(tmp_path: Path, file: Path) -> None:
    with pytest.raises(ScannerSilent):
        scan(str(tmp_path / "nowhere"), file)


def test_an_answer_that_trickles_in_is_none(tmp_path: Path, file: Path) -> None:
    def trickle(server: socket.socket) -> None:
        line, _ = server.accept()
        with line:
            line.recv(65_536)
            for _ in range(100):
                try:
                    line.sendall(b"s")
                except OSError:
                    return
                time.sleep(0.05)

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "clamd"))
        server.listen()
        thread = threading.Thread(target=trickle, args=(server,), daemon=True)
        thread.start()
        began = time.monotonic()
        with pytest.raises(ScannerSilent):
            scan(str(tmp_path / "clamd"), file, patience=0.4)
        assert time.monotonic() - began < 3
    thread.join(5)
