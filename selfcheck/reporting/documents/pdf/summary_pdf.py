"""„Kurzfassung für die Leitung (PDF)“: one sheet of paper for whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, groupby

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.estimate import Line, Verdict
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf.plain import Plain, allow_breaks, draw_chart, frame, three_numbers
from selfcheck.reporting.documents.texts import CONTACT, VERSION, contact_facts
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.report import EntrySection, Report, RouteSection
from selfcheck.reporting.report.way import StepItem
from selfcheck.reporting.words import german

TITLE = "Kurzfassung für die Leitung"
FILE = "Kurzfassung"
MOST = 3
MOST_GOALS = 5
MOST_DATES = 6
LONGEST_LINE = 180
LONGEST_NAME = 120
LONGEST_TEXT = 420
CUT = " … siehe Bericht"
BY_NUMBER, FAR_AWAY = len("[U+1F600]"), 0x2E80
"""How long a number is, and where the characters begin that stand there by theirs."""
INTERVIEW = "Prüfgespräch"
GOAL_FACTS = ("Messgröße", "Ziel", "bis wann")
NO_STRENGTHS = "Noch bringt keine Antwort Punkte."
NOTHING_YET = "Noch ist keine Frage beantwortet."
NO_GAPS = "Wo Fragen beantwortet sind, fehlen keine Punkte."
NO_OPEN = "Alle Fragen, die zählen, sind beantwortet."
NO_EVIDENCE = "Für alles, was Punkte bringt, liegt ein Beleg vor oder ist keiner nötig."
NO_GOALS = "Noch sind keine Entwicklungsziele vorgeschlagen."


def write(report: Report) -> Manuscript:
    """What fits on two pages; what is cut says so and is found in the report."""
    cover, lines, nothing = report.cover, _Lines(report), report.estimate.verdict is Verdict.EMPTY
    data: Plain = {
        **_short_frame(report),
        "verdict": report.outcome.title,
        "sentence": shorten(report.outcome.sentence, LONGEST_TEXT),
        "numbers": three_numbers(report.estimate, report.mark),
        "mark": f"Marke: {report.outcome.mark}.",
        "chart": draw_chart(report.chart),
        "strengths": _count(_list(lines.strengths(), NO_STRENGTHS), "Stärke", "Stärken"),
        "gaps": _count(_list(lines.gaps(), NOTHING_YET if nothing else NO_GAPS), "Lücke", "Lücken"),
        "open": _list(lines.open(), NO_OPEN),
        "evidence": _list(lines.evidence(), NO_EVIDENCE if report.estimate.points.claimed else NO_STRENGTHS),
        "route": None if report.route is None else _route(report.route),
        "goals": _list(_goals(report.goals), NO_GOALS, MOST_GOALS),
        "dates": _list(_dates(report), "", MOST_DATES),
        "interview": f"{INTERVIEW}: {shorten(dict(cover.audit).get(INTERVIEW, '–'), LONGEST_NAME)}",
    }
    return Manuscript(name_file(FILE, cover.municipality, cover.stand, "pdf"), "summary", cover.frozen_on, data)


def shorten(text: str, longest: int) -> str:
    """`text` in one line with room for `longest` letters; what is cut ends with „… siehe Bericht“."""
    line = " ".join(text.split())
    if _room_of(line) <= longest:
        return allow_breaks(line)
    rooms = accumulate(map(_room_of, line))
    fitting = sum(room <= longest - len(CUT) for room in rooms)
    cut = line[:fitting].rpartition(" ")[0] or line[:fitting]
    return allow_breaks(cut.rstrip(" ,;.:–") + CUT)


def _room_of(text: str) -> int:
    """In letters; what our fonts hardly hold may be printed by its number."""
    return sum(BY_NUMBER if ord(character) >= FAR_AWAY else 1 for character in text)


class _Lines:
    """The questions of a report by what they bring or cost."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._names = {field.question: f"{field.number} {field.text}" for row in report.fields for field in row.fields}
        sections = (question for criterion in report.criteria for question in criterion.questions)
        self._sections = {QuestionId(question.id): question for question in sections}

    def strengths(self) -> Iterable[str]:
        best = self._sort((each.points.documented, each.points.claimed, each) for each in self._lines())
        for line in best:
            section = self._sections[line.question]
            yield f"{self._names[line.question]}: {section.points}{_say_proof(section)}"

    def gaps(self) -> Iterable[str]:
        for line in self._sort((each.points.lost, each.points.possible, each) for each in self._lines()):
            better = next((text.rstrip(" .") for text, _ in self._sections[line.question].better), "")
            missing = f"{self._names[line.question]}: {german.points_count(line.points.lost)} nicht erreicht"
            yield f"{missing}; noch möglich: {german.quoted(better)}" if better else missing

    def open(self) -> Iterable[str]:
        for line in self._sort((each.points.open, each.points.possible, each) for each in self._lines()):
            yield f"{self._names[line.question]}: bis zu {german.points_count(line.points.open)}"

    def evidence(self) -> Iterable[str]:
        for gap in self._report.missing:
            unit = "Punkt" if gap.points == "1" else "Punkte"
            yield f"{gap.number} {gap.text}, {gap.points} {unit}: {gap.missing}"

    def _lines(self) -> Iterable[Line]:
        lines = (line for criterion in self._report.estimate.criteria for line in criterion.lines)
        return (line for line in lines if line.question in self._sections and line.question in self._names)

    @staticmethod
    def _sort(found: Iterable[tuple[object, object, Line]]) -> list[Line]:
        """Those that have some of it, the most first, else in the order of the questionnaire."""
        weighed = [each for each in found if each[0]]
        return [line for *_, line in sorted(weighed, key=lambda each: each[:2], reverse=True)]


def _say_proof(section: QuestionSection) -> str:
    return f", {section.proof}" if section.proof else ""


def _short_frame(report: Report) -> Plain:
    """As every PDF has it, in lines that leave room for the rest."""
    whole = frame(report, TITLE)
    contact = [value for word, value in contact_facts(report) if word != VERSION]
    version = [value for word, value in report.cover.contact if word == VERSION]
    return whole | {
        "municipality": shorten(report.cover.municipality, LONGEST_NAME),
        "audience": "",
        "facts": [
            [CONTACT, shorten(", ".join(contact), LONGEST_LINE)],
            [VERSION, shorten(", ".join(version), LONGEST_NAME)],
            *([word, shorten(value, LONGEST_NAME)] for word, value in report.cover.audit if word == INTERVIEW),
        ],
        "notice": shorten(report.cover.notice, LONGEST_TEXT),
    }


def _list(found: Iterable[str], empty: str, most: int = MOST) -> Plain:
    """The first lines, and how many more there are."""
    lines = list(found)
    more = len(lines) - most
    return {
        "lines": [shorten(line, LONGEST_LINE) for line in lines[:most]],
        "more": f"und {more} weitere, siehe Bericht" if more > 0 else "",
        "empty": empty,
    }


def _count(found: Plain, one: str, many: str) -> Plain:
    """With a heading: `Drei Stärken`; `Stärken` where there are none."""
    lines = found["lines"]
    number = len(lines) if isinstance(lines, list) else 0
    heading = f"{german.in_words(number).capitalize()} {one if number == 1 else many}" if number else many
    return {"heading": heading, **found}


def _route(route: RouteSection) -> Plain:
    measures = (
        f"{item.number}: {item.text} (+{german.points_count(item.gain)}; "
        f"{', '.join(f'{word} {value}' for word, value in facts)})"
        for item, facts in route.measures
    )
    return {"sentence": shorten(route.sentence, LONGEST_TEXT), **_list(measures, "")}


def _goals(goals: Sequence[EntrySection]) -> Iterable[str]:
    for goal in goals:
        facts = dict(goal.facts)
        said = [f"{word} {facts[word]}" for word in GOAL_FACTS if facts.get(word)]
        title = goal.title or "ohne Titel"
        yield f"{title}: {', '.join(said)}" if said else title


def _dates(report: Report) -> Iterable[str]:
    """The days on which something is due, with what comes first on each."""
    steps = [step for _, group in report.checklist or () for step in group if step.due and not step.done]
    for day, found in groupby(sorted(steps, key=_day_of), key=_day_of):
        first, *others = found
        more = f" und {german.count(len(others), 'weiterer Schritt', 'weitere Schritte')}" if others else ""
        yield f"{german.day(day)}: {first.text}{more}"


def _day_of(step: StepItem) -> date:
    return step.due or date.max
