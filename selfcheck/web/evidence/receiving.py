"""A file that was sent, on its way into the house: measured, judged, looked through for viruses; then it has a place.

Whatever is not taken leaves nothing behind, and says why.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from selfcheck.core.files.content import Accepted, judge
from selfcheck.core.files.kinds import LARGEST, Refused
from selfcheck.core.files.reasons import TOO_LARGE
from selfcheck.reporting.words.documents import say_size
from selfcheck.store.access.grants import Access
from selfcheck.store.database.limits import TooMany
from selfcheck.store.database.transactions import look_again, writing
from selfcheck.store.files import revisions, room, virus_scan
from selfcheck.store.files.depot import Received, TooLarge, open_depot
from selfcheck.store.files.revisions import StoredFile

log = logging.getLogger(__name__)
FIELD = "file"
SCANS = "scans"
PATIENCE = 0.5
"""Seconds that a file waits until another one was looked through."""
VIRUS = (
    "In dieser Datei hat der Virenscanner etwas gefunden. Sie wurde nicht gespeichert. Wenden Sie sich an Ihre IT, "
    "bevor Sie die Datei noch einmal öffnen."
)
SILENT = (
    "Die Virenprüfung antwortet gerade nicht; ohne sie nehmen wir keine Datei an. Versuchen Sie es in einigen Minuten "
    "noch einmal. Alles andere können Sie weiter speichern."
)
BUSY = (
    "Gerade werden viele Dateien auf Viren geprüft. Ihre wurde nicht gespeichert. Versuchen Sie es in einer Minute "
    "noch einmal."
)
NO_ROOM = (
    "Auf dem Server ist gerade kein Platz für weitere Dateien. Bitte sagen Sie dem Betreiber Bescheid (siehe "
    "Impressum), und tragen Sie solange ein, wo das Dokument liegt."
)
TOO_MANY = "Zu diesem Beleg gibt es schon 100 Fassungen. Legen Sie für weitere einen neuen Beleg an."


class NotTaken(Exception):
    """A file that has no place here: `text` says why and what helps, `status` goes with the page."""

    def __init__(self, text: str, status: int = 422) -> None:
        super().__init__(text)
        self.text, self.status = text, status


@dataclass(frozen=True, slots=True)
class Coming:
    """A file that may be kept: it lies under a temporary name as long as it is held."""

    received: Received
    accepted: Accepted
    scanned: bool

    def keep(self, access: Access, piece: int, now: datetime) -> StoredFile:
        """Makes it the newest file of a piece, in the open write transaction or one of its own. Raises `NotTaken`."""
        facts = (access.check.id, piece, self.received, self.accepted, access.who, now)
        try:
            with writing() as connection:
                return revisions.keep_file(connection, *facts, scanned=self.scanned, allowed=access.allowed)
        except TooMany as error:
            raise NotTaken(TOO_MANY) from error
        except room.CheckFull as full:
            raise NotTaken(_say_full(full)) from full
        except room.AllFull as full:
            log.error("There is no room for more files: SELFCHECK_FILES_TOTAL, SELFCHECK_FILES_RESERVE.")
            raise NotTaken(NO_ROOM, 503) from full


def find_sent() -> FileStorage | None:
    """The file that came with this form; None where nobody chose one."""
    sent = request.files.get(FIELD)
    return sent if sent is not None and sent.filename else None


@contextmanager
def receive(sent: FileStorage) -> Iterator[Coming]:
    """What was sent, as long as it is held. Raises `NotTaken`."""
    depot = open_depot()
    try:
        room.refuse_without_reserve(depot, request.content_length or 0)
        with depot.receive(sent.stream, LARGEST) as received:
            with received.path.open("rb") as file:
                accepted = judge(file, received.size, sent.filename or "")
            yield Coming(received, accepted, _scan(received))
    except TooLarge as error:
        raise NotTaken(TOO_LARGE, 413) from error
    except Refused as refused:
        raise NotTaken(str(refused)) from refused
    except room.AllFull as full:
        log.error("There is no room for more files: SELFCHECK_FILES_RESERVE.")
        raise NotTaken(NO_ROOM, 503) from full
    except OSError as error:  # the disk is full after all, or takes nothing any more
        log.error("A file could not be put down: %s", error.strerror)
        raise NotTaken(NO_ROOM, 503) from error


def _scan(received: Received) -> bool:
    """Whether somebody looked for viruses: nobody does where no scanner is set up. Raises `NotTaken`.

    Only some threads wait for a scanner at a time: one that hangs holds up no page.
    """
    clamd = current_app.config["CLAMD"]
    if not clamd:
        return False
    look_again()  # nobody's read stays open meanwhile
    turn: threading.BoundedSemaphore = current_app.extensions[SCANS]
    if not turn.acquire(timeout=PATIENCE):
        raise NotTaken(BUSY, 503)
    try:
        virus_scan.scan(clamd, received.path)
    except virus_scan.VirusFound as found:
        log.warning("A file was refused: %s", found)
        raise NotTaken(VIRUS) from found
    except virus_scan.ScannerSilent as silent:
        log.error("The virus scanner does not answer: %s", silent)
        raise NotTaken(SILENT, 503) from silent
    finally:
        turn.release()
    return True


def _say_full(full: room.CheckFull) -> str:
    return (
        f"Dieser Selbstcheck fasst {say_size(full.limit)} an Dateien, davon sind {say_size(full.used)} belegt. Bitten "
        "Sie die Koordination, Dateien zu entfernen, die niemand mehr braucht, oder tragen Sie ein, wo das Dokument "
        "liegt."
    )
