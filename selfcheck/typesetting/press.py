"""Has a PDF set by another process: a few at once on this machine, none for longer than some seconds."""

from __future__ import annotations

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore

from selfcheck.reporting.documents.manuscript import Manuscript

COMPILER = (sys.executable, "-m", "selfcheck.typesetting.compiler")
ROOT = Path(__file__).resolve().parents[2]
LONGEST = 20.0
"""Seconds; a long report takes one."""
AT_ONCE = 2
PATIENCE = 15.0
"""Seconds that somebody waits for their turn."""
MOST = 8
"""Threads of a process that have a PDF set, or wait for it."""
LOOK_AGAIN = 0.05
MOST_SAID = 500
CHARACTERS = "characters.json"


class NotSet(Exception):
    """There is no PDF; the message is for the log and holds nothing that somebody typed."""


class MissingFonts(NotSet):
    """The fonts of documents were not made."""


class TooSlow(NotSet):
    """It took too long and was stopped."""


class Crowded(NotSet):
    """So many PDFs are being set that none could be begun."""


@dataclass(frozen=True, slots=True)
class Press:
    """`fonts` is the folder that set-up made, `turns` one in which all workers of this machine may write;
    `here` lets some threads of this process in, so that the others answer pages.
    """

    fonts: Path
    turns: Path
    command: tuple[str, ...] = COMPILER
    longest: float = LONGEST
    at_once: int = AT_ONCE
    patience: float = PATIENCE
    here: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST))

    def set_pdf(self, manuscript: Manuscript, whose: str) -> bytes:
        """The PDF of `manuscript`; what belongs to one self-check (`whose`) is set one after the other, so that nobody
        takes all turns. Raises `NotSet`: `MissingFonts`, `Crowded`, `TooSlow`, or what the compiler said.
        """
        if not (self.fonts / CHARACTERS).exists():
            raise MissingFonts(f"In {self.fonts} liegen keine Schriften für Dokumente. „make run“ legt sie an.")
        asked = {"template": manuscript.template, "day": manuscript.day.isoformat(), "data": manuscript.data}
        if not self.here.acquire(blocking=False):
            raise Crowded("So many of this process wait already.")
        try:
            until = time.monotonic() + self.patience
            own = f"own-{hashlib.sha256(whose.encode()).hexdigest()[:2]}"
            with self._take_turn([own], until), self._take_turn(range(1, self.at_once + 1), until):
                return self._run(json.dumps(asked).encode("ascii"))
        finally:
            self.here.release()

    def _run(self, asked: bytes) -> bytes:
        # Without our environment: nothing secret goes along.
        environment = {"LANG": "C.UTF-8"}
        command = [*self.command, str(self.fonts)]
        try:
            ended = subprocess.run(
                command,
                input=asked,
                capture_output=True,
                timeout=self.longest,
                cwd=ROOT,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TooSlow(f"A PDF took longer than {self.longest:g} seconds and was stopped.") from None
        if ended.returncode or not ended.stdout:
            said = ended.stderr.decode("utf-8", "replace")[-MOST_SAID:].strip()
            raise NotSet(f"The typesetter ended with {ended.returncode}: {said}")
        return ended.stdout

    @contextmanager
    def _take_turn(self, names: Sequence[object], until: float) -> Iterator[None]:
        """One of these turns, which all processes of this machine share; the system gives it back if one of them dies.

        Raises `Crowded` where none is free `until` then.
        """
        while True:
            for name in names:
                with (self.turns / f"typesetting-{name}.lock").open("ab") as turn:
                    try:
                        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        continue
                    yield
                    return
            if time.monotonic() >= until:
                raise Crowded("Others are having PDFs set.")
            time.sleep(LOOK_AGAIN)
