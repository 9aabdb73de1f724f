"""People who write to one self-check at the same time, as fast as the server answers."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Thread

from benchmarks.load import Line, post
from selfcheck.core.questionnaire.model import Question

TAGS = re.compile(r"<[^>]+>")
NEWEST = re.compile(r":mine:(\d+)")
WORD = re.compile(r"P\d\dT\d{4}")
BUSY = 503
PAUSE = 0.5
"""Seconds after which somebody who was told that nothing was saved sends it again, as our own script does."""
OPTIONS = {"ja": "Ja", "nein": "Nein"}


@dataclass(frozen=True)
class Saved:
    """A save that was answered with success: the part, its version, and what was sent."""

    part: str
    version: int
    value: str


@dataclass
class Person(Thread):
    """Writes notes and choices with the versions that they know; a refused save teaches them the newer one.

    Where the server says that it is busy and saved nothing, they send the same once more: most of them may have met
    the same worker, which lets only so many of its threads wait.
    """

    number: int
    port: int
    address: str
    headers: Mapping[str, str]
    questions: Sequence[Question]
    turns: int
    saved: list[Saved] = field(default_factory=list)
    refused: int = 0
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.random = random.Random(self.number)  # the same mix in every run
        self.versions: dict[str, int] = {}

    def __hash__(self) -> int:
        return self.number

    def run(self) -> None:
        line = Line(self.port)
        try:
            for turn in range(self.turns):
                self._save(line, turn)
        except Exception as failure:
            self.failures.append(repr(failure))
        finally:
            line.close()

    def _save(self, line: Line, turn: int) -> None:
        question = self.random.choice(self.questions)
        part = f"{question.id}.{self.random.choice(('note', 'choice'))}"
        noted = part.endswith("note")
        value = f"P{self.number:02d}T{turn:04d}" if noted else self.random.choice(sorted(OPTIONS))
        fields = {
            part: f"Erläuterung {value}" if noted else f"option:{value}",
            f"{part}-version": str(self.versions.get(part, 0)),
            f"{part}-base": "",
        }
        answer = line.ask(post(self.address, fields, self.headers))
        if answer.status == BUSY:
            time.sleep(PAUSE)
            answer = line.ask(post(self.address, fields, self.headers))
        if answer.status not in (200, 409):
            self.failures.append(f"{answer.status}: {answer.body[:300]!r}")
            return
        told = json.loads(answer.body)
        if told["parts"][part]["state"] == "saved":
            self.versions[part] = told["parts"][part]["version"]
            self.saved.append(Saved(part, self.versions[part], value))
        else:
            self._learn(part, value, told["html"][f"#konflikte-{question.id}"])

    def _learn(self, part: str, value: str, box: str) -> None:
        """A refused save shows both values, and the version that stands there now."""
        self.refused += 1
        self.versions[part] = max(int(version) for version in NEWEST.findall(box))
        shown = TAGS.sub(" ", box)
        if part.endswith("note"):
            both = set(WORD.findall(shown))
            complete = value in both and len(both) > 1
        else:
            complete = all(word in shown for word in OPTIONS.values())
        if not complete:
            self.failures.append(f"{part}: {value} was refused without both values: {shown!r}")
