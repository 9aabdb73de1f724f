"""„Nachweisordner (ZIP)“ with all files that a self-check may have, against a ZIP written plainly onto the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from zipfile import ZIP_STORED, ZipFile

from benchmarks.load import LARGEST_READ, BadAnswer, Line, get
from benchmarks.result import Result, at_most, only_told
from benchmarks.servers import OURS, find_workers, read_highest_memory, read_memory, serve, start_highest_memory
from benchmarks.town import close, fill_town, make_app
from selfcheck.core.files.kinds import LARGEST
from tests.web.documents import sent_files

FILES = 20
"""Of 25 MB each: all that a self-check may keep."""
ROUNDS = 5
MOST_TIMES = 2.0
MOST_MEMORY = 60


def measure(folder: Path) -> Iterator[Result]:
    """Seconds from the first byte to the last: before it, two PDFs and a table are made, which `documents` measures."""
    app = make_app(folder / "ours")
    town = fill_town(app)
    for number, piece in enumerate(list(sent_files.pieces(app, town.check_id))[:FILES]):
        sent_files.send(app, piece, bytes([number]) * LARGEST, f"Konzept {number}.pdf")
    close(app)
    files = [file for file in (folder / "ours").rglob("*") if file.is_file() and file.stat().st_size == LARGEST]
    request = get(f"{town.home}/dokumente/nachweisordner.zip", {"Cookie": town.headers["Cookie"]})
    with serve(OURS, folder / "ours", "/healthz") as ours:
        begun = {worker: read_memory(worker) for worker in find_workers(ours.process)}
        for worker in begun:
            start_highest_memory(worker)
        turns = [(download(ours.port, request), write_plainly(files, folder / "bare.zip")) for _ in range(ROUNDS)]
        taken = max(read_highest_memory(worker) - before for worker, before in begun.items())
    yield only_told("ZIP: MB of files", f"{len(files) * LARGEST / 1024 / 1024:.0f}")
    yield only_told("ZIP: seconds from its first byte", f"{median(mine for mine, _ in turns):.2f}")
    times = median(mine / plain for mine, plain in turns)
    yield at_most("ZIP: times one that is written to the disk", times, MOST_TIMES, "{:.2f}")
    yield at_most("ZIP: MB that a worker takes for it", taken, MOST_MEMORY)


def download(port: int, request: bytes) -> float:
    """Raises `BadAnswer` where anything else than the whole folder comes."""
    line = Line(port)
    line.socket.sendall(request)
    head, _, body = line.socket.recv(LARGEST_READ).partition(b"\r\n\r\n")
    began, received = perf_counter(), len(body)
    if not head.startswith(b"HTTP/1.1 200"):
        raise BadAnswer(head.decode())
    while received < FILES * LARGEST and (piece := line.socket.recv(LARGEST_READ)):
        received += len(piece)
    seconds = perf_counter() - began
    line.close()
    if received < FILES * LARGEST:
        raise BadAnswer(f"after {received} bytes the server hung up")
    return seconds


def write_plainly(files: list[Path], target: Path) -> float:
    began = perf_counter()
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for file in files:
            packed.write(file, file.name)
    return perf_counter() - began
