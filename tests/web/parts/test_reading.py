"""A submitted page taken apart: decisions about conflicts, and names of fields that nobody sends by hand."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.parts.writes import Part, Write
from selfcheck.web.parts.submitted import Resolution, Submission, SubmittedPart, digest, read_resolution, read_version
from selfcheck.web.questions.reading import read_question
from tests import towns

LEITBILD = towns.questionnaire().question[QuestionId("leitbild")]


@pytest.mark.parametrize(
    ("sent", "decided"),
    [
        ("leitbild.note:mine:3", Resolution("leitbild.note", "mine", 3)),
        ("leitbild.e.u0:theirs:1", Resolution("leitbild.e.u0", "theirs", 1)),
        ("steps.team:contact:mine:2", Resolution("steps.team:contact", "mine", 2)),
        ("steps.evidence:goal:1:theirs:2", Resolution("steps.evidence:goal:1", "theirs", 2)),
        ("remove:leitbild.e.5:2", Resolution("leitbild.e.5", "remove", 2)),
        ("leitbild.note:mine:viele", Resolution("leitbild.note", "mine", 0)),
        ("leitbild.note:ours:3", None),
        ("leitbild.note", None),
        ("", None),
    ],
)
def test_the_button_of_a_conflict_says_what_was_decided(sent: str, decided: Resolution | None) -> None:
    assert read_resolution(MultiDict({"resolve": sent})) == decided


@pytest.mark.parametrize(
    ("sent", "version"), [("3", 3), ("", 0), (None, 0), ("-1", 0), ("3.5", 0), ("٣", 0), ("9" * 30, 0)]
)
def test_a_version_that_is_none_counts_as_never_seen(sent: str | None, version: int) -> None:
    assert read_version(sent) == version


def _form(**changes: str) -> MultiDict[str, str]:
    fields = {"note": "neu", "note-version": "1", "note-base": digest("alt")}
    piece = {"e.5.title": "Beschluss", "e.5.state": "missing", "e.5.version": "1", "e.5.base": "anders"}
    data = MultiDict({f"leitbild.{name}": value for name, value in (fields | piece).items()})
    for name, value in changes.items():
        data[name] = value
    return data


def _read(form: MultiDict[str, str]) -> tuple[SubmittedPart, ...]:
    return read_question(LEITBILD, Submission(form)).parts


def test_a_decision_for_mine_is_written_over_the_version_that_was_shown() -> None:
    parts = _read(_form(resolve="leitbild.note:mine:7"))
    assert parts[0].write == Write(Part.NOTE, LEITBILD.id, 7, "neu", decided=True)
    assert parts[0].seen == ("1", digest("alt"))
    assert [part.write.decided for part in parts if part.write] == [True, False]


def test_a_decision_for_theirs_leaves_mine_out_and_the_rest_in() -> None:
    parts = _read(_form(resolve="leitbild.note:theirs:7"))
    assert [part.name for part in parts] == ["leitbild.e.5"]
    assert parts[0].write is not None


def test_a_decision_to_take_away_needs_no_tick() -> None:
    parts = _read(_form(resolve="remove:leitbild.e.5:7"))
    assert parts[-1].write == Write(Part.EVIDENCE, "5", 7, None, decided=True)


def test_a_decision_about_a_part_that_did_not_come_changes_nothing() -> None:
    form = _form(resolve="leitbild.e.6:mine:7")
    assert Submission(form).entered == form


def test_what_stands_as_its_page_was_built_has_nothing_to_write() -> None:
    fields = {"note": "alt", "note-version": "4", "note-base": digest("alt")}
    (note,) = _read(MultiDict({f"leitbild.{name}": value for name, value in fields.items()}))
    assert (note.write, note.seen) == (None, ("4", digest("alt")))


@pytest.mark.parametrize("key", ["u2", "u", "u99999", "n", "nxyz", "n/../../1", "-1", "٣", "1e3", "x" * 20, "9" * 19])
def test_pieces_with_names_of_no_page_are_not_read(key: str) -> None:
    data = MultiDict({f"leitbild.e.{key}.title": "x", f"leitbild.e.{key}.version": "0"})
    assert _read(data) == ()


def test_parts_without_a_version_are_not_written() -> None:
    data = MultiDict({"leitbild.note": "ohne Stand", "leitbild.choice": "option:ja"})
    assert _read(data) == ()
