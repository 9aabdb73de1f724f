"""Old answers, old and new questionnaire -> a plan: what is taken over, new, gone, and what has to be looked at.

Nothing is lost silently: whatever was said is in the new answers, or a line of the plan tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Kind, OptionId, Origin, Question, QuestionId, Questionnaire, Value
from selfcheck.core.renewal.plan import Fate, Line, Lost, Plan, Why
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Evidence, State, fits, value_to_plain
from selfcheck.core.text.contents import is_blank

Said = Sequence[tuple[Question, Answer]]
"""The questions of the old version that an answer comes from, with what was said."""
NOWHERE = Origin((), {})
BETWEEN = "\n\n"
"""Stands between two notes that become one."""


def carry_over(
    old: Questionnaire, answers: Answers, new: Questionnaire, day: date, longest_note: int, *, renewal: bool = False
) -> Plan:
    """What becomes of `answers` to `old` in `new`; evidence counts on `day`, notes have `longest_note` characters.
    `renewal`: they are for the next audit.

    The result is always valid in `new`; onto the same version everything is taken over.
    """
    origins = new.origins if old.name != new.name else {}
    sources = {question.id: _find_sources(old, new, question, origins) for question in new.questions}
    homes: dict[QuestionId, list[QuestionId]] = {}
    for id, listed in sources.items():
        for source in listed:
            homes.setdefault(source, []).append(id)
    carried = [
        _Carried(
            question,
            [(old.question[id], answers.get(id, OPEN)) for id in sources[question.id]],
            origins.get(question.id, NOWHERE),
            longest_note,
        )
        for question in new.questions
    ]
    placed = {place for each in carried for place in each.placed}
    lines = [_make_line(each, placed, day) for each in carried]
    if renewal:
        lines = [_ask_anew(new.question[line.question], line) for line in lines]
    gone = (
        Line(question.id, Fate.GONE, answers.get(question.id, OPEN), (question.id,))
        for question in old.questions
        if question.id not in homes
    )
    return Plan((*lines, *gone), {source: tuple(ids) for source, ids in homes.items()})


def _find_sources(
    old: Questionnaire, new: Questionnaire, question: Question, origins: Mapping[QuestionId, Origin]
) -> list[QuestionId]:
    """The question itself, if it was asked, and those that it replaces."""
    named = origins.get(question.id, NOWHERE).sources
    replaced = (id for id in named if id in old.question and id not in new.question)
    return list(dict.fromkeys((*([question.id] if question.id in old.question else []), *replaced)))


@dataclass
class _Carried:
    """An answer that is put together; `placed` are the options of the old version that have found a place."""

    question: Question
    said: Said
    origin: Origin
    longest_note: int
    lost: list[Lost] = field(default_factory=list)
    placed: list[Lost] = field(default_factory=list)
    answer: Answer = OPEN

    def __post_init__(self) -> None:
        choice = self._choose()
        pieces = dict.fromkeys(piece for _, answer in self.said for piece in answer.evidence)
        self.answer = choice._replace(note=self._join_notes(), evidence=tuple(pieces))

    def _choose(self) -> Answer:
        given = [(source, answer) for source, answer in self.said if answer.state is State.GIVEN]
        value = self._find_value(given)
        if value is not None:
            self._lose_reasons(self.said)
            return Answer(State.GIVEN, value)
        reasons = [answer.reason for _, answer in self.said if answer.state is State.NOT_APPLICABLE]
        if len(reasons) == len(self.said) == 1 and self.question.not_applicable is not None:
            return Answer(State.NOT_APPLICABLE, reason=reasons[0])
        self._lose_reasons(self.said)
        said = any(answer.state is not State.OPEN for _, answer in self.said)
        return Answer(State.UNCLEAR) if said else OPEN

    def _lose_reasons(self, said: Said) -> None:
        self.lost += [Lost(source.id, text=answer.reason) for source, answer in said if answer.reason]

    def _find_value(self, given: Said) -> Value | None:
        """What fits of the values; what does not is lost."""
        if self.question.kind in (Kind.NUMBER, Kind.TEXT):
            return self._find_typed(given)
        chosen: set[OptionId] = set()
        told = False
        for source, answer in given:
            found = [self._place(source, option) for option in _list_options(source, answer.value)]
            known = [options for options in found if options is not None]
            told = told or bool(known) or answer.value == frozenset()
            chosen.update(option for options in known for option in options)
            if not source.option:
                self.lost.append(Lost(source.id, text=_say(answer.value)))
        if self.question.kind is Kind.MANY:
            return frozenset(chosen) if told else None
        if len(chosen) == 1:
            return chosen.pop()
        # several options, and only one can be chosen: none of them has found its place
        self.lost += [place for place in self.placed if chosen]
        self.placed.clear()
        return None

    def _place(self, source: Question, option: OptionId) -> tuple[OptionId, ...] | None:
        """What an option has become; None where it has no place."""
        became = _become(self.question, self.origin, source, option)
        (self.lost if became is None else self.placed).append(Lost(source.id, option))
        return became

    def _find_typed(self, given: Said) -> Value | None:
        """A number or a text, from the question itself or from the one that stands for it."""
        value: Value | None = None
        for source, answer in given:
            same = source.id in (self.question.id, self.origin.value_of) and source.unit == self.question.unit
            if value is None and same and answer.value is not None and fits(self.question, answer.value):
                value = answer.value
            else:
                options = _list_options(source, answer.value)
                self.lost += [Lost(source.id, option) for option in options]
                self.lost += [] if source.option else [Lost(source.id, text=_say(answer.value))]
        return value

    def _join_notes(self) -> str:
        note = ""
        for source, answer in self.said:
            joined = answer.note if is_blank(note) else f"{note}{BETWEEN}{answer.note}"
            if is_blank(answer.note):
                continue
            if len(joined) <= self.longest_note:
                note = joined
            else:
                self.lost.append(Lost(source.id, text=answer.note))
        return note


def _become(question: Question, origin: Origin, source: Question, option: OptionId) -> tuple[OptionId, ...] | None:
    mapped = origin.options.get(source.id, {})
    stays = source.id == question.id or source.id not in origin.options
    if stays and option in question.option:
        return (option,)
    return mapped.get(option)


def _list_options(source: Question, value: Value | None) -> list[OptionId]:
    """The options of a value in the order of the questionnaire."""
    chosen = value if isinstance(value, frozenset) else {value}
    return [option for option in source.option if option in chosen]


def _say(value: Value | None) -> str:
    plain = value_to_plain(value)
    return ", ".join(plain) if isinstance(plain, list) else plain or ""


def _make_line(carried: _Carried, placed: set[Lost], day: date) -> Line:
    """`placed` are the options that have found a place at any question."""
    question, answer = carried.question, carried.answer
    lost = tuple(dict.fromkeys(each for each in carried.lost if each not in placed))
    sources = tuple(source.id for source, _ in carried.said)
    said = answer != OPEN or bool(lost) or any(each != OPEN for _, each in carried.said)
    if not said:
        return Line(question.id, Fate.OPEN if question.id in sources else Fate.NEW, sources=sources)
    reasons = tuple(_find_reasons(carried, lost, day))
    return Line(question.id, Fate.CHECK if reasons else Fate.TAKEN, answer, sources, reasons, lost)


def _ask_anew(question: Question, line: Line) -> Line:
    """What is asked anew in every audit has to be looked at, even where nothing about it has changed."""
    if not question.anew or line.answer.state is State.OPEN:
        return line
    return replace(line, fate=Fate.CHECK, reasons=(*line.reasons, Why.ANEW))


def _find_reasons(carried: _Carried, lost: Iterable[Lost], day: date) -> Iterator[Why]:
    question, sources = carried.question, [source for source, _ in carried.said]
    for source in sources:
        if source.id == question.id:
            yield from _compare(source, question)
    if any(source.id != question.id for source in sources):
        yield Why.JOINED
    if any(lost):
        yield Why.LOST
    if any(_is_over(piece, day) for piece in carried.answer.evidence):
        yield Why.EXPIRED


def _compare(old: Question, new: Question) -> Iterator[Why]:
    """What is otherwise in one question of two versions."""
    if old.kind is not new.kind or old.unit != new.unit:
        yield Why.MEASURED
        return
    if old.text != new.text:
        yield Why.WORDING
    if _list_words(old) != _list_words(new):
        yield Why.OPTIONS
    elif _list_points(old) != _list_points(new):
        yield Why.POINTS


def _list_words(question: Question) -> object:
    """What can be answered."""
    bounds: tuple[Decimal | int | None, ...] = (question.minimum, question.maximum, question.decimals)
    return [(option.id, option.text) for option in question.options], bounds, question.not_applicable is None


def _list_points(question: Question) -> object:
    """What the answers are worth; the texts are compared before."""
    return [replace(option, text="") for option in question.options], question.steps, question.at_most


def _is_over(piece: Evidence, day: date) -> bool:
    return piece.available and piece.expired(day)
