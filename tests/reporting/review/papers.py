"""An agenda and a record in which nothing is empty, and the same with a marker in place of every text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from selfcheck.core.review.agenda import RowPlan, plan_agenda
from selfcheck.core.review.judgement import Said, Sufficiency
from selfcheck.core.review.record import Field
from selfcheck.reporting.report.stand import Stand
from selfcheck.reporting.review.paper import Paper, Stamp, draw_up, list_seats, topic_of
from selfcheck.reporting.review.topics import Advice, Material, list_topics
from tests.reporting.documents.markers import FILLER, NASTY
from tests.reporting.documents.sample import full_stand
from tests.towns import questionnaire

AT = datetime(2027, 6, 14, 9, 30, tzinfo=UTC)
STAMP = Stamp("Entwurf vom 14.06.2027, 09:30", AT)
OWN = "n0123456789abcdef"
QUESTION = questionnaire().questions[0]
CRITERION = questionnaire().criteria[0]
CHAMBER = "IHK Darmstadt"
TEXTS: Mapping[tuple[str, str], str] = {
    (Field.PLACE, ""): "Rathaus, Saal 2, 10 Uhr",
    (Field.WHO, "others"): "Frau Beispiel",
    (Field.PERIOD, ""): "2024 bis 2026",
    (Field.METHOD, ""): "on site",
    (Field.CHECK_QUALITY, ""): "Sorgfältig ausgefüllt.",
    (Field.PAPER_QUALITY, ""): "Zwei Belege fehlten.",
    (Field.GOOD, CRITERION.id): "Das Leitbild lebt.",
    (Field.BETTER, CRITERION.id): "Die Messgrößen.",
    (Field.SAID, QUESTION.id): "Der Beschluss liegt jetzt vor.",
    (Field.SAID, OWN): "Rundgang am Bahnhof.",
    (Field.RESULT, ""): "Bestanden.",
}


def material(stand: Stand | None = None) -> Material:
    """The sample town with a Rückfrage, a judgement and recommendations."""
    return Material(
        questionnaire(),
        stand or full_stand(),
        asked={QUESTION.id: ("Wann war der Beschluss?",)},
        said={QUESTION.id: Said(Decimal(0), Sufficiency.TO_DISCUSS, "Der Beschluss ist alt.")},
        advice=(
            Advice("A1-1", CRITERION.id, QUESTION.id, "Leitbild erneuern", sent=True),
            Advice("A-1", CRITERION.id, "", "Rubrik für Neue", sent=False),
        ),
    )


def paper(plans: Mapping[str, RowPlan] | None = None, texts: Mapping[tuple[str, str], str] = TEXTS) -> Paper:
    found = material()
    topics = {topic.key: topic for topic in list_topics(found)}
    matters = {key: topic.matter for key, topic in topics.items()}
    plans = {OWN: RowPlan(minutes=15, title="Rundgang")} if plans is None else plans
    agenda = plan_agenda(topics, matters, plans, (), 120)
    seats = list_seats(found, CHAMBER, [topic_of(row, topics) for row in agenda.kept], texts)
    stand, day = "Stand 3 vom 08.02.2027, 09:42", date(2027, 6, 15)
    return draw_up(found, topics, agenda, seats, texts, CHAMBER, stand, day)


def nasty_paper() -> Paper:
    """The same with everything that people type as bad and as long as it may be."""
    texts = {key: "online" if key[0] == Field.METHOD else f"{NASTY} {FILLER}" * 4 for key in TEXTS}
    return paper({OWN: RowPlan(minutes=15, title=f"{NASTY} {FILLER}")}, texts)


@dataclass
class MarkedPaper:
    """A paper, and its markers by class and field."""

    paper: Paper
    markers: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def mark(made: Paper, *, short: bool = False) -> MarkedPaper:
    marked = MarkedPaper(made)
    marked.paper = _walk(made, ("", ""), marked, short)
    return marked


def _walk(value: Any, owner: tuple[str, str], marked: MarkedPaper, short: bool) -> Any:
    if isinstance(value, str):
        number = sum(map(len, marked.markers.values())) + 1
        marker = f"M{number:05d}A" if short else f"M{number:05d}A {NASTY} M{number:05d}Z"
        marked.markers.setdefault(owner, []).append(marker)
        return marker
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        changed = {
            each.name: _walk(getattr(value, each.name), (name, each.name), marked, short)
            for each in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        assert value or owner in (("PaperRow", "reasons"), ("PaperRow", "inner"), ("Participant", "numbers")), (
            f"nothing looks for {owner}"
        )
        return tuple(_walk(each, owner, marked, short) for each in value)
    return value
