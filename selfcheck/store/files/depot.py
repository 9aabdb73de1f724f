"""The folder with the bytes of all files, each once, under its SHA-256; no address of the web leads into it.

What comes in gets a temporary name first, and its own once all of it lies on the disk. Names are given and taken away
only inside of a write transaction that holds `turn`: so nothing goes that is about to be named.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import Connection

from selfcheck.store.database.transactions import take_turn

FOLDER, INCOMING = "files", "incoming"
PIECE = 256 * 1024
SHARD = 2
"""Letters of a name that name the folder it lies in: no folder gets too full to be listed."""
NAME = re.compile(r"[0-9a-f]{64}")
TURN = hashlib.sha256(b"files").hexdigest()


class TooLarge(ValueError):
    """More bytes came than one file may have."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in and lies under a temporary name."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Depot:
    """The files below `folder`."""

    folder: Path

    @contextmanager
    def receive(self, source: IO[bytes], most: int) -> Iterator[Received]:
        """Puts all of `source` down; what was not kept is gone afterwards. Raises `TooLarge` beyond `most` bytes."""
        incoming = self.folder / INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = incoming / secrets.token_hex(16)
        try:
            yield _write(source, path, most)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, received: Received) -> None:
        """Gives what came in its own name, if it is not there already. Only while the turn is held."""
        place = self.find(received.sha256)
        if place.exists():
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        received.path.rename(place)
        for folder in (place.parent, self.folder):
            _sync(folder)

    def find(self, sha256: str) -> Path:
        """Where the bytes lie. Raises `ValueError` for what is no such name."""
        if not NAME.fullmatch(sha256):
            raise ValueError(sha256)
        return self.folder / sha256[:SHARD] / sha256

    def drop(self, sha256: str) -> None:
        """Takes the bytes away. Only while the turn is held."""
        self.find(sha256).unlink(missing_ok=True)

    def list_names(self) -> Iterator[tuple[str, float]]:
        """Every name under which bytes lie, and when they came, in seconds."""
        for path in self.folder.glob(f"{'[0-9a-f]' * SHARD}/*"):
            with suppress(FileNotFoundError):
                if NAME.fullmatch(path.name):
                    yield path.name, path.stat().st_mtime

    def sweep_incoming(self, before: float) -> None:
        """Takes away what came in before then and was never kept: whoever brought it is gone."""
        for path in self.folder.glob(f"{INCOMING}/*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()

    @property
    def free(self) -> int:
        """Bytes that still have room on the disk."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return shutil.disk_usage(self.folder).free


def open_depot() -> Depot:
    """That of this application, in its data folder."""
    return Depot(Path(current_app.config["DATA"]) / FOLDER)


def hold_turn(connection: Connection) -> None:
    """Until this write transaction ends nobody else gives names to files, or takes them away."""
    take_turn(connection, TURN)


def _write(source: IO[bytes], path: Path, most: int) -> Received:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > most:
                raise TooLarge(size)
            digest.update(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return Received(path, size, digest.hexdigest())


def _sync(folder: Path) -> None:
    """Makes sure that the names in a folder outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
