"""Saving a note, with new points, progress and history, against a bare view that saves one row on the same stack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.load import Line, get, post, repeat, run
from benchmarks.result import Result, at_least, at_most, only_told
from benchmarks.servers import BARE, OURS, serve
from benchmarks.town import QUESTIONS, Town, close, count_statements, fill_town, make_app
from selfcheck.core.questionnaire.model import QuestionId

TOWNS = 4
ROUNDS = 6
SECONDS = 0.75
CROWDED_ROUNDS = 5
CROWDED_SECONDS = 2.5


class Typist:
    """Somebody who changes one note again and again: each save carries the version of the one before."""

    def __init__(self, town: Town, question: QuestionId) -> None:
        self.town = town
        self.question = question
        self.version = town.note_versions[question]

    def save(self, turn: int) -> bytes:
        name = f"{self.question}.note"
        fields = {
            name: f"Leitbild liegt im Ordner 7, Stand {self.version + 1}",
            f"{name}-version": str(self.version),
            f"{name}-base": "",
        }
        self.version += 1
        spoken = {**self.town.headers, "Accept": "application/json", "X-CSRFToken": self.town.csrf}
        return post(self.town.questions, fields, spoken)


def make_bare_save(port: int) -> bytes:
    """The same note for the bare view, with the session and the mark that it wants to see."""
    line = Line(port)
    answer = line.ask(get("/mark"))
    line.close()
    cookie = answer.head.partition(b"set-cookie: ")[2].partition(b";")[0].decode()
    spoken = {"Cookie": cookie, "X-CSRFToken": answer.body.decode(), "Accept": "application/json"}
    return post("/", {"text": "Leitbild liegt im Ordner 7"}, spoken)


def measure(folder: Path) -> Iterator[Result]:
    """One connection first, in short turns with the bare view; then everybody at once."""
    app = make_app(folder / "ours")
    filled = [fill_town(app) for _ in range(TOWNS)]
    crowd = [Typist(town, question.id) for town in filled for question in QUESTIONS]
    counted = count_statements(app, crowd[0].save(0))
    close(app)
    with serve(BARE, folder / "bare", "/1") as bare, serve(OURS, folder / "ours", "/healthz") as ours:
        plain = repeat(make_bare_save(bare.port), 1)
        run(bare.port, plain, SECONDS)
        run(ours.port, [crowd[0].save], SECONDS)
        turns = [(run(bare.port, plain, SECONDS), run(ours.port, [crowd[0].save], SECONDS)) for _ in range(ROUNDS)]
        crowded = [run(ours.port, [typist.save for typist in crowd], CROWDED_SECONDS) for _ in range(CROWDED_ROUNDS)]
    lone = median(seconds for _, saves in turns for seconds in saves.seconds)
    yield only_told("bare save: per second", f"{median(bare.per_second for bare, _ in turns):.0f}")
    yield only_told("save: per second", f"{median(saves.per_second for _, saves in turns):.0f}")
    share = median(saves.per_second / bare.per_second for bare, saves in turns)
    yield at_least("save: share of the bare saves per second", share, 0.25)
    yield at_most("save: SQL statements", counted, 8)
    yield only_told(
        f"save: per second with {len(crowd)} connections", f"{median(each.per_second for each in crowded):.0f}"
    )
    name = f"save: 99th percentile with {len(crowd)} connections, times a lone save"
    yield at_most(name, median(each.p99 for each in crowded) / lone, 20, "{:.1f}")
