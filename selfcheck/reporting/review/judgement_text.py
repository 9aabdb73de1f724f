"""Judgements, notes and what is left of a case, in German."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from selfcheck.core.review.judgement import Said, Sufficiency
from selfcheck.core.review.thread import ThreadState
from selfcheck.core.review.work import Left
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Line
from selfcheck.reporting.words import german

VERDICTS = {
    Sufficiency.ENOUGH: "reicht",
    Sufficiency.MISSING: "fehlt",
    Sufficiency.UNCLEAR: "unklar",
    Sufficiency.TO_DISCUSS: "im Gespräch klären",
}
NOTHING = "nichts eingetragen"


def say_said(said: Said) -> str:
    """A judgement in one line: `2,5 Punkte; im Gespräch klären; Begründung: Nur bis 14:30 Uhr`."""
    facts = (
        german.points_count(said.points) if said.points is not None else "",
        VERDICTS[said.verdict] if said.verdict else "",
        f"Begründung: {said.reason}" if said.reason else "",
    )
    return "; ".join(filter(None, facts)) or NOTHING


def say_left(left: Left, line: Line, since: int | None, threads: Collection[ThreadState]) -> str:
    """Why a question is not finished: `Beleg fehlt, Rückfrage offen`. `since`: the Stand after which it was changed."""
    waiting = ThreadState.ANSWERED in threads
    facts = (
        f"geändert seit Stand {since}" if left.changed and since else "",
        ("Antwort der Kommune da" if waiting else "Rückfrage offen") if left.asked else "",
        _say_lack(line) if left.unjudged else "",
    )
    return ", ".join(filter(None, facts))


def _say_lack(line: Line) -> str:
    """What the town has not said or documented, in two words."""
    if line.state is State.OPEN:
        return "von der Kommune noch offen"
    if line.state is State.UNCLEAR:
        return "von der Kommune noch unklar"
    return "Beleg fehlt" if line.points.unproven else ""


def say_judged(done: int, asked: int) -> str:
    """`12 von 38 eingeschätzt`."""
    return f"{done} von {asked} eingeschätzt"


def say_change(part: str, after: object) -> tuple[str, str]:
    """A line of the history: its title, and what was said then. `after` is the plain data that was kept."""
    told = after if isinstance(after, dict) else {}
    if part == "note":
        return "Interne Notiz", str(told.get("text") or "") or "(leer)"
    points = told.get("points")
    verdict = told.get("verdict")
    said = Said(
        Decimal(points) if isinstance(points, str) else None,
        Sufficiency(verdict) if isinstance(verdict, str) and verdict else None,
        str(told.get("reason") or ""),
    )
    return f"Einschätzung zum Stand {told.get('stand')}", say_said(said)
