"""What a piece of evidence says of its document: a name, a kind, a day, several questions; and who may write that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.history.changes import Wanted, history
from selfcheck.store.history.put_back import Line, take_back
from selfcheck.store.history.redaction import Taken, find_texts, redact
from selfcheck.store.parts.values import EvidenceState, EvidenceText
from selfcheck.store.parts.work import DoesNotFit, NotAllowed
from selfcheck.store.parts.writes import Conflict, Part, Saved, Write
from tests.store.conftest import EVERYTHING, QUESTIONNAIRE, Store, yes

MINE, OTHER = QuestionId("leitbild"), QuestionId("strategie")
FULL = EvidenceText(
    MINE, True, "Leitbild", True, "", "10-4/2", "12", None, "Leitbild 2035", "concept", date(2022, 6, 23), (OTHER,)
)
OFFICE = Allowed(Role.OFFICE, frozenset({OTHER}))


def put(store: Store, content: EvidenceText | EvidenceState, id: int | None = None, seen: int = 0) -> Saved:
    saved = store.save_one(Write(Part.EVIDENCE, None if id is None else str(id), seen, content))
    assert isinstance(saved, Saved)
    return saved


def test_a_piece_stands_at_each_of_its_questions_and_counts_for_each(store: Store) -> None:
    store.save(yes(MINE), yes(OTHER))
    put(store, FULL)
    loaded = store.load()
    (piece,) = loaded.evidence[MINE]
    assert loaded.evidence[OTHER] == (piece,)
    assert piece.shown_title == "Leitbild 2035"
    for question in (MINE, OTHER):
        (known,) = loaded.answers[question].evidence
        assert (known.title, known.kind, known.dated) == ("Leitbild 2035", "concept", date(2022, 6, 23))
        assert known.questions == (MINE, OTHER)
        assert known.located


def test_what_a_card_says_changes_the_state_and_nothing_else(store: Store) -> None:
    saved = put(store, FULL)
    put(store, EvidenceState(OTHER, False, "", available=False), saved.id, 1)
    (piece,) = store.load().evidence[MINE]
    assert not piece.available
    assert (piece.name, piece.file_number, piece.also, piece.question) == ("Leitbild 2035", "10-4/2", (OTHER,), MINE)


def test_a_card_that_is_out_of_date_meets_a_conflict(store: Store) -> None:
    saved = put(store, FULL)
    put(store, replace(FULL, page="13"), saved.id, 1)
    met = store.save_one(Write(Part.EVIDENCE, str(saved.id), 1, EvidenceState(MINE, False, "", available=False)))
    assert isinstance(met, Conflict)


def test_unknown_questions_and_its_own_are_left_out(store: Store) -> None:
    put(store, replace(FULL, also=("gibt-es-nicht", MINE, OTHER, OTHER)))
    (piece,) = store.load().evidence[MINE]
    assert piece.also == (OTHER,)


def test_a_kind_that_there_is_not_is_refused(store: Store) -> None:
    with pytest.raises(DoesNotFit):
        put(store, replace(FULL, kind="quatsch"))


def test_an_office_changes_a_shared_piece_and_takes_it_from_nobody(store: Store) -> None:
    saved = put(store, FULL)
    mine = replace(FULL, question=OTHER, also=(), file_number="Ordner 7")
    store.save(Write(Part.EVIDENCE, str(saved.id), 1, mine), allowed=OFFICE)
    (piece,) = store.load().evidence[MINE]
    assert (piece.file_number, piece.question, piece.also) == ("Ordner 7", MINE, (OTHER,))
    with pytest.raises(NotAllowed):
        store.save(Write(Part.EVIDENCE, str(saved.id), 2, None), allowed=replace(OFFICE, place_id=piece.place_id))


def test_an_office_writes_no_piece_of_others_and_gives_none_to_them(store: Store) -> None:
    saved = put(store, replace(FULL, also=()))
    for id, content in ((str(saved.id), replace(FULL, also=())), (None, replace(FULL, question=OTHER, also=(MINE,)))):
        with pytest.raises(NotAllowed):
            store.save(Write(Part.EVIDENCE, id, 1 if id else 0, content), allowed=OFFICE)


def test_a_change_is_told_at_each_question_and_comes_back(store: Store) -> None:
    saved = put(store, FULL)
    put(store, replace(FULL, also=(), name="Anders"), saved.id, 1)
    (newest, _) = history(store.check.id, 10, wanted=Wanted(("evidence",), MINE))
    outcome = take_back(
        store.check, QUESTIONNAIRE, Line(newest.id, newest.id), store.who, store.now, allowed=EVERYTHING
    )
    assert outcome is not None
    (piece,) = store.load().evidence[OTHER]
    assert piece.name == "Leitbild 2035"
    assert history(store.check.id, 10, wanted=Wanted(("evidence",), OTHER))


def test_the_name_of_a_document_can_be_taken_out_everywhere(store: Store) -> None:
    put(store, FULL)
    (piece,) = store.load().evidence[MINE]
    found = find_texts(store.check, QUESTIONNAIRE, "evidence", piece.key)
    assert found is not None
    assert ("name", "Leitbild 2035") in found.texts
    assert ("title", "Leitbild") not in found.texts
    taken = Taken("Koordination", "entfernt", "Name genannt")
    redact(store.check, QUESTIONNAIRE, "evidence", piece.key, taken, store.who, store.now)
    (piece,) = store.load().evidence[MINE]
    assert (piece.name, piece.title) == ("", "Leitbild")
