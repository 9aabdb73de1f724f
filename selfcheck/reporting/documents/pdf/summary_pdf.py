"""„Kurzfassung für die Leitung (PDF)“: two pages for whoever decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate, groupby
from typing import NamedTuple

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.estimate import Line, Verdict
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf.plain import Plain, allow_breaks, draw_chart, frame, three_numbers
from selfcheck.reporting.documents.texts import CONTACT, PHONE, VERSION, contact_facts
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.report import EntrySection, Report, RouteSection
from selfcheck.reporting.report.way import ANSWERS, RouteItem
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import name_waiting
from selfcheck.reporting.words.documents import NOT_TO_BE_FOUND

TITLE = "Kurzfassung für die Leitung"
FILE = "Kurzfassung"
MOST = 3
MOST_GOALS = 5
MOST_DATES = 6
LONGEST_LINE = 180
LONGEST_NAME = 120
LONGEST_PAIR = 260
"""Of a line that has a name and facts."""
LONGEST_TEXT = 420
LONGEST_WAY = 600
"""What is said of the way to the mark, whose end says what can still bring a reserve."""
LONGEST_PHONE = 40
LEAST_NAME = 80
"""Of a measure, however much is said of what it takes."""
REPORT = "Bericht"
RESULT, CHECKLIST = "Ergebnis im Selbstcheck", "Checkliste im Selbstcheck"
"""Where the rest stands: way and steps are in a report only where they were ticked."""
MORE = "mehr im Bericht"
BY_NUMBER, FAR_AWAY = len("[U+1F600]"), 0x2E80
"""How long a number is, and where the characters begin that stand there by theirs."""
INTERVIEW = "Prüfgespräch"
GOAL_FACTS = ("Messgröße", "Ziel", "bis wann")
MOST_WANTED = ("bis wann", "Messgröße", "Ziel")
"""The same in the order in which they are kept where there is not room for all."""
BEGIN = "spätestens beginnen"
_BLANKS = re.compile(rf"[^\S{german.NO_BREAK}]+")
_SENTENCE_END = re.compile(r"(?<=\w{3})[.!?](?= [A-ZÄÖÜ])")
FURTHER = "und {} weitere, siehe {}"
NO_STRENGTHS = "Noch bringt keine Antwort Punkte."
NOTHING_WHOLE = "Noch bringt keine Antwort alle ihre Punkte."
NOTHING_YET = "Noch ist keine Frage beantwortet."
NO_GAPS = "Wo Fragen beantwortet sind, fehlen keine Punkte."
NO_OPEN = "Alle Fragen, die zählen, sind beantwortet."
NO_EVIDENCE = "Für alles, was Punkte bringt, liegt ein Beleg vor oder ist keiner nötig."
NO_GOALS = "Noch sind keine Entwicklungsziele vorgeschlagen."


class Words(NamedTuple):
    """What heads a list of questions and what is said of those left out of it, each for one and for more."""

    heading: tuple[str, str]
    rest: tuple[str, str]


STRENGTHS = Words(
    ("Stärke", "Stärken"),
    ("Punkte bringt auch 1 weitere Frage, siehe Bericht.", "Punkte bringen auch {} weitere Fragen, siehe Bericht."),
)
GAPS = Words(
    ("Lücke", "Lücken"),
    (
        "Punkte fehlen auch bei 1 weiteren Frage, siehe Bericht.",
        "Punkte fehlen auch bei {} weiteren Fragen; manche davon bringen einen Teil ihrer Punkte schon. Siehe Bericht.",
    ),
)


def write(report: Report) -> Manuscript:
    """What fits on two pages; what is cut says so and is found in the report."""
    cover, lines, nothing = report.cover, _Lines(report), report.estimate.verdict is Verdict.EMPTY
    no_strengths = NOTHING_WHOLE if report.estimate.points.claimed else NO_STRENGTHS
    data: Plain = {
        **_short_frame(report),
        "verdict": report.outcome.title,
        "sentence": shorten(report.outcome.sentence, LONGEST_TEXT),
        "numbers": three_numbers(report.estimate, report.mark),
        "quality": f"{report.quality}." if report.quality else "",
        "mark": f"Marke: {report.outcome.mark}.",
        "sums": " ".join(filter(None, (report.outcome.bonus, report.outcome.basis))),
        "chart": draw_chart(report.chart),
        "strengths": _list_best(lines.strengths(), lines.bringing, no_strengths, STRENGTHS),
        "gaps": _list_best(lines.gaps(), lines.lacking, NOTHING_YET if nothing else NO_GAPS, GAPS),
        "open": {"heading": lines.name_open(), **_list(lines.open(), NO_OPEN)},
        "evidence": _list(lines.evidence(), NO_EVIDENCE if report.estimate.points.claimed else NO_STRENGTHS),
        "route": None if report.route is None else _route(report.route),
        "goals": _list(_goals(report.goals), NO_GOALS, MOST_GOALS, LONGEST_PAIR),
        "dates": _list(_dates(report), "", MOST_DATES, where=CHECKLIST),
        "interview": f"{INTERVIEW}: {shorten(dict(cover.audit).get(INTERVIEW, '–'), LONGEST_NAME)}",
    }
    return Manuscript(name_file(FILE, cover.municipality, cover.stand, "pdf"), "summary", cover.frozen_on, data)


def shorten(text: str, longest: int, where: str = REPORT) -> str:
    """`text` in one line with room for `longest` letters. What is cut ends with a sentence, or where that would leave
    less than half with a word, and says `where` the whole stands: „… siehe Bericht“.
    """
    return allow_breaks(_cut(text, longest, where))


def _cut(text: str, longest: int, where: str = REPORT) -> str:
    end = f" … siehe {where}"
    line = _BLANKS.sub(" ", text).strip()
    if _room_of(line) <= longest:
        return line
    rooms = accumulate(map(_room_of, line))
    fitting = sum(room <= longest - len(end) for room in rooms)
    # One letter more than fits: a sentence that ends there is seen by what follows it.
    ends = [found.end() for found in _SENTENCE_END.finditer(line[: fitting + 2]) if found.end() <= fitting]
    if ends and ends[-1] * 2 >= fitting:
        return line[: ends[-1]] + end
    cut = line[:fitting].rpartition(" ")[0] or line[:fitting]
    return cut.rstrip(" ,;.:–") + end


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

    @property
    def bringing(self) -> int:
        """How many questions bring points, those among the gaps too."""
        return sum(bool(line.points.claimed) for line in self._lines())

    @property
    def lacking(self) -> int:
        return len(self._list_gaps())

    def strengths(self) -> Iterable[str]:
        """Questions that bring points and are not among the gaps shown: first those with all of them, among these the
        documented, and of these the ones whose documents can be found."""
        shown = self._list_gaps()[:MOST]
        best = self._sort((each.points.claimed, each.points.possible, each) for each in self._lines())
        for line in sorted((line for line in best if line not in shown), key=self._doubt):
            section = self._sections[line.question]
            yield f"{self._names[line.question]}: {section.points}{_say_proof(section)}"

    def _doubt(self, line: Line) -> tuple[bool, bool, bool]:
        """What makes a strength a lesser one, the worst first."""
        nowhere = self._sections[line.question].proof == NOT_TO_BE_FOUND
        return line.points.lost > 0, line.points.unproven > 0, nowhere

    def _list_gaps(self) -> list[Line]:
        return self._sort((each.points.lost, each.points.possible, each) for each in self._lines())

    def gaps(self) -> Iterable[str]:
        for line in self._list_gaps():
            better = next((text.rstrip(" .") for text, _ in self._sections[line.question].better), "")
            missing = f"{self._names[line.question]}: {german.points_count(line.points.lost)} nicht erreicht"
            yield f"{missing}; noch möglich: {german.quoted(better)}" if better else missing

    def name_open(self) -> str:
        """What heads them: `Offene und unklare Fragen, die am meisten bringen`."""
        words = name_waiting(line.state for line in self._lines() if line.points.open)
        return f"{words[0].upper()}{words[1:]} Fragen, die am meisten bringen"

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
    contact = [_keep_phone(word, value) for word, value in contact_facts(report) if word != VERSION]
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


def _keep_phone(word: str, value: str) -> str:
    """A phone number stays on its line."""
    return value.replace(" ", german.NO_BREAK) if word == PHONE and len(value) <= LONGEST_PHONE else value


def _list(
    found: Iterable[str], empty: str, most: int = MOST, longest: int = LONGEST_LINE, where: str = REPORT
) -> Plain:
    """The first lines, and how many more there are `where`."""
    lines = list(found)
    more = len(lines) - most
    return {
        "lines": [shorten(line, longest, where) for line in lines[:most]],
        "more": FURTHER.format(more, where) if more > 0 else "",
        "empty": empty,
    }


def _list_best(found: Iterable[str], all_of_them: int, empty: str, words: Words) -> Plain:
    """The first lines under a heading that counts them (`Drei Stärken`; `Stärken` where there are none), and how many
    more of `all_of_them` there are.
    """
    lines = list(found)[:MOST]
    number, more = len(lines), all_of_them - len(lines)
    heading = f"{german.in_words(number).capitalize()} {words.heading[number > 1]}" if number else words.heading[1]
    said = words.rest[more > 1].format(more) if lines and more else ""
    return {**_list(lines, empty), "heading": heading, "more": said}


def _route(route: RouteSection) -> Plain:
    measures = (_say_measure(item, dict(facts)) for item, facts in route.measures)
    listed = _list(measures, "", longest=LONGEST_PAIR, where=RESULT)
    return {"sentence": shorten(route.sentence, LONGEST_WAY, RESULT), **listed}


def _say_measure(item: RouteItem, facts: Mapping[str, str]) -> str:
    """What it is, what it brings, and first of what it takes the day on which it is to be begun."""
    ordered = sorted(facts.items(), key=lambda fact: fact[0] != BEGIN)
    takes = ", ".join(f"{word} {value}" for word, value in ordered)
    said = f"(+{german.points_count(item.gain)}; {takes})"
    room = max(LONGEST_PAIR - _room_of(said) - 1, LEAST_NAME)
    return f"{_cut(f'{item.number}: {item.text}', room, RESULT)} {said}"


def _goals(goals: Sequence[EntrySection]) -> Iterable[str]:
    """Each with what there is room for of its facts: half a fact says nothing."""
    for goal in goals:
        facts = {word: value for word, value in goal.facts if word in GOAL_FACTS and value}
        line = _cut(goal.title, LONGEST_LINE) or "ohne Titel"
        room, kept = LONGEST_PAIR - _room_of(line) - len(MORE), set[str]()
        for word in MOST_WANTED:
            needed = _room_of(f"; {word} {facts.get(word, '')}")
            if word in facts and needed <= room:
                kept.add(word)
                room -= needed
        said = [f"{word} {facts[word]}" for word in GOAL_FACTS if word in kept]
        said += [MORE] if len(kept) < len(facts) else []
        yield f"{line}: {'; '.join(said)}" if said else line


def _dates(report: Report) -> Iterable[str]:
    """The days on which something is due, with what comes first on each."""
    steps = (step for _, group in report.checklist or () for step in group)
    days = [(step.due, step.text) for step in steps if step.due and not step.done]
    days += [(report.answers_due_on, ANSWERS)] if report.answers_due_on else []
    for day, found in groupby(sorted(days, key=_day_of), key=_day_of):
        (_, first), *others = found
        more = f" und {german.count(len(others), 'weiterer Schritt', 'weitere Schritte')}" if others else ""
        yield f"{german.day(day)}: {first}{more}"


def _day_of(dated: tuple[date, str]) -> date:
    return dated[0]
