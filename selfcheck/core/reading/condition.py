"""Conditions in a criterion's file: data -> Condition, or every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import (
    AUDITS,
    CENTRALITIES,
    LANDS,
    All,
    Any,
    Condition,
    Kind,
    Not,
    NumberWithin,
    OptionId,
    ProfileIs,
    Question,
    QuestionIs,
)
from selfcheck.core.reading.document.check import check, refuse_repeats
from selfcheck.core.reading.document.faults import quote
from selfcheck.core.reading.document.keys import AllKeys, AnyKeys, ComparisonKeys, NotKeys, ProfileKeys
from selfcheck.core.reading.document.values import describe, describe_range
from selfcheck.core.reading.document.yaml_lines import Document, Path
from selfcheck.core.rules.answers import fits

_PROFILE = {"place": CENTRALITIES, "audit": AUDITS, "land": LANDS}
_FORMS = ("question", "profile", "all", "any", "not")
_ONE_FORM = f"ein Block mit genau einem von: {', '.join(_FORMS)}"


@dataclass(frozen=True)
class Surroundings:
    """What a condition of the question `asking` may be about; where it is of no question, `asking` is empty.

    `questions` holds every id of the questionnaire in its order, with None for a question that has faults itself;
    `texts` are those of kind `text`. It is `complete` if no file is missing or unreadable, `ordered` if the order of
    the files is known. `asking` is not among the `questions` where its id is faulty.
    """

    asking: str
    questions: Mapping[str, Question | None]
    texts: Set[str]
    complete: bool
    ordered: bool

    def comes_later(self, name: str) -> bool:
        ids = list(self.questions)
        return self.ordered and self.asking in ids and ids.index(name) > ids.index(self.asking)


def read_condition(document: Document, path: Path, around: Surroundings) -> Condition | None:
    """The condition at `path`; None if it is faulty, with the faults in the document."""
    raw = document.at(path)
    if not isinstance(raw, dict):
        document.complain(path, f"Bedingung: {describe(raw)}, erwartet {_ONE_FORM}")
        return None
    match [form for form in _FORMS if form in raw]:
        case ["question"]:
            return _read_comparison(document, path, around)
        case ["profile"]:
            return _read_profile(document, path)
        case ["not"]:
            return _read_not(document, path, around)
        case ["all" | "any" as form]:
            return _read_group(document, path, form, around)
        case _:
            keys = ", ".join(quote(key) for key in raw) or "keinem Schlüssel"
            document.complain(path, f"Bedingung mit {keys}, erwartet {_ONE_FORM}")
            return None


def _read_group(document: Document, path: Path, form: str, around: Surroundings) -> Condition | None:
    model: type[AllKeys | AnyKeys] = AllKeys if form == "all" else AnyKeys
    if check(document, path, model) is None:
        return None
    parts = [read_condition(document, entry, around) for entry in document.entries((*path, form))]
    sound = tuple(part for part in parts if part is not None)
    if len(sound) < len(parts):
        return None
    return All(sound) if form == "all" else Any(sound)


def _read_not(document: Document, path: Path, around: Surroundings) -> Condition | None:
    if check(document, path, NotKeys) is None:
        return None
    part = read_condition(document, (*path, "not"), around)
    return None if part is None else Not(part)


def _read_profile(document: Document, path: Path) -> Condition | None:
    keys = check(document, path, ProfileKeys)
    if keys is None:
        return None
    if keys.profile not in _PROFILE:
        fields = ", ".join(_PROFILE)
        document.complain((*path, "profile"), f"„profile“: {describe(keys.profile)}, erwartet einer von: {fields}")
        return None
    known = [value for value in _PROFILE[keys.profile] if value != "unknown"]
    chosen = _chosen(document, path, keys, known)
    return ProfileIs(keys.profile, chosen) if chosen else None


def _read_comparison(document: Document, path: Path, around: Surroundings) -> Condition | None:
    keys = check(document, path, ComparisonKeys)
    if keys is None or not _may_be_named(document, (*path, "question"), keys.question, around):
        return None
    question = around.questions.get(keys.question)
    if question is None:
        return None
    if question.kind is Kind.NUMBER:
        return _read_bounds(document, path, keys, question)
    for name in _bounds(keys):
        document.complain((*path, name), f"„{name}“ bei einer Frage mit Auswahl, erwartet „is“ oder „any_of“")
    if _bounds(keys):
        return None
    chosen = _chosen(document, path, keys, list(question.option))
    return QuestionIs(question.id, tuple(OptionId(value) for value in chosen)) if chosen else None


def _may_be_named(document: Document, path: Path, name: str, around: Surroundings) -> bool:
    fault = None
    if name == around.asking:
        fault = "ist die Frage selbst"
    elif name not in around.questions:
        fault = "gibt es nicht" if around.complete else None
    elif around.comes_later(name):
        fault = "kommt erst später"
    elif name in around.texts:
        fault = "fragt nach einem Text"
    if fault:
        expected = f"eine {'frühere ' if around.asking else ''}Frage mit Auswahl oder Zahl"
        document.complain(path, f"Bedingung: die Frage {quote(name)} {fault}, erwartet {expected}")
    return fault is None


def _chosen(
    document: Document, path: Path, keys: ComparisonKeys | ProfileKeys, known: Sequence[str]
) -> tuple[str, ...]:
    """The values of `is` or `any_of`; none if any is wrong or not exactly one of the two keys is there."""
    if bool(keys.value) == bool(keys.any_of):
        found = "„is“ und „any_of“ zugleich" if keys.value else "ein Vergleich ohne Wert"
        document.complain(path, f"{found}, erwartet entweder „is“ oder „any_of“")
        return ()
    if keys.value:
        values: dict[Path, str] = {(*path, "is"): keys.value}
    else:
        values = dict(zip(document.entries((*path, "any_of")), keys.any_of, strict=True))
    before = len(document.faults)
    for entry, value in values.items():
        if value not in known:
            document.complain(entry, f"Bedingung: {describe(value)}, erwartet einer von: {', '.join(known)}")
    refuse_repeats(document, document.entries((*path, "any_of")))
    return tuple(values.values()) if len(document.faults) == before else ()


def _bounds(keys: ComparisonKeys) -> dict[str, Decimal]:
    bounds = {"at_least": keys.at_least, "at_most": keys.at_most}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _read_bounds(document: Document, path: Path, keys: ComparisonKeys, question: Question) -> Condition | None:
    before = len(document.faults)
    bounds = _bounds(keys)
    chosen = [name for name, value in (("is", keys.value), ("any_of", keys.any_of)) if value]
    for name in chosen:
        expected = "„at_least“ oder „at_most“"
        document.complain((*path, name), f"„{name}“ bei einer Frage nach einer Zahl, erwartet {expected}")
    if not bounds and not chosen:
        document.complain(path, "ein Vergleich ohne Wert, erwartet „at_least“, „at_most“ oder beide")
    for name, bound in bounds.items():
        if not fits(question, bound):
            document.complain((*path, name), f"„{name}“: Zahl {bound}, erwartet {describe_range(question)}")
    least, most = keys.at_least, keys.at_most
    if least is not None and most is not None and least > most:
        document.complain((*path, "at_least"), f"„at_least“: {least} liegt über „at_most“, erwartet höchstens {most}")
    return NumberWithin(question.id, least, most) if len(document.faults) == before else None
