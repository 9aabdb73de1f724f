"""The file of an SQLite database: its owner's alone, never begun anew by mistake, and missed when it is taken away."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR
BESIDE = ("-wal", "-shm")
QUEUE, TURN = "-queue", "-turn"


class MissingDatabase(sqlite3.OperationalError):
    """The file of the database is gone, or another one lies there: an empty one would look as if all was lost."""


class SqliteFile:
    """The database at `path`. The queue of its writers, which the first write makes, tells that there was one."""

    def __init__(self, path: Path) -> None:
        self.path, self._trace = path, Path(f"{path}{QUEUE}")
        self._opened: tuple[int, int] | None = None

    def prepare(self) -> None:
        """Before it is opened: makes it where there never was one, and takes it from everybody but its owner.

        A process opens one file only: SQLite, closing a file that was replaced, would take away the journal of the
        new one. Raises `MissingDatabase`.
        """
        if not self.lies_there():
            raise MissingDatabase(f"{self.path} wurde entfernt oder ausgetauscht. Bitte den Server neu starten.")
        if not self.path.exists():
            if self._trace.exists():
                raise MissingDatabase(self.explain_missing())
            with suppress(OSError):  # the database says better what is wrong
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY))
        for file in (self.path, *(Path(f"{self.path}{ending}") for ending in BESIDE)):
            with suppress(OSError):  # of another owner, who has seen to it
                if file.stat().st_mode & OTHERS:
                    file.chmod(OWNER_ONLY)
        self._opened = self._read_stamp()

    def explain_missing(self) -> str:
        """Empty where the database is there, or never was."""
        if self.path.exists() or not self._trace.exists():
            return ""
        return (
            f"Die Datenbank {self.path} fehlt, obwohl es sie schon gab. Bitte die Datei zurücklegen, zum Beispiel aus "
            f"der Datensicherung. Soll der Selbstcheck wirklich leer beginnen, löschen Sie auch {self._trace}."
        )

    def lies_there(self) -> bool:
        """Whether the file that was opened, if any, is still the one at its path."""
        return self._opened in (None, self._read_stamp())

    def forget(self) -> None:
        """Nothing is open any more: the next one may be another file."""
        self._opened = None

    def _read_stamp(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def empty_journal(connection: sqlite3.Connection, patience: float) -> bool:
    """Puts what the journal holds into the file itself; False where somebody read or wrote all of `patience` seconds.

    Nobody else writes meanwhile.
    """
    (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
    try:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError:
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {before}")
