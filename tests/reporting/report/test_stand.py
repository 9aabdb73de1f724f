"""A frozen Stand: nothing is lost on the way to plain data and back, and damage is noticed."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from selfcheck.reporting.report.report import build_report
from selfcheck.reporting.report.stand import DamagedStand, Stand, stand_from_plain, stand_to_plain
from tests.reporting.builders import stand
from tests.towns import questionnaire


def _kept(frozen: Stand) -> Any:
    """What comes back from a place that keeps JSON."""
    return json.loads(json.dumps(stand_to_plain(frozen)))


def test_what_is_frozen_comes_back_as_it_was() -> None:
    assert stand_from_plain(questionnaire(), _kept(stand())) == stand()


def test_without_route_and_checklist_the_stand_holds_neither() -> None:
    bare = replace(stand(), route=None, checklist=None, interview=None)
    back = stand_from_plain(questionnaire(), _kept(bare))
    assert back == bare
    report = build_report(questionnaire(), back)
    assert report.route is None
    assert report.checklist is None


def test_what_colleagues_asked_stands_at_its_question_where_it_was_shared() -> None:
    def remarks(frozen: Stand) -> list[tuple[str, str]]:
        report = build_report(questionnaire(), frozen)
        return [each for criterion in report.criteria for asked in criterion.questions for each in asked.remarks]

    shared = stand()
    assert [text for text, _ in remarks(shared)] == ["Wer hat den <b>Beschluss</b>?", "Liegt bei mir"]
    assert [author.endswith(", erledigt") for _, author in remarks(shared)] == [False, True]
    assert not remarks(replace(shared, remarks=None))


def test_a_stand_from_before_there_were_comments_opens() -> None:
    kept = _kept(stand())
    del kept["remarks"]
    assert stand_from_plain(questionnaire(), kept) == replace(stand(), remarks=None)


def test_an_old_stand_keeps_the_points_it_was_frozen_with() -> None:
    kept = _kept(replace(stand(), rules_version=0))
    for place in (kept["estimate"]["points"], kept["estimate"]["criteria"][0]["points"]):
        place["claimed"], place["lost"] = str(float(place["claimed"]) - 1), str(float(place["lost"]) + 1)
    report = build_report(questionnaire(), stand_from_plain(questionnaire(), kept))
    assert report.criteria[0].points.startswith("8 von")
    assert report.outcome.sentence.startswith("Nach den Angaben der Kommune sind 64,8")


def _paths(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every entry, the first two of each list standing for all."""
    if isinstance(plain, dict):
        found = [(*path, key) for key in plain]
        return found + [deeper for key, value in plain.items() for deeper in _paths(value, (*path, key))]
    if isinstance(plain, list):
        return [deeper for place, value in enumerate(plain[:2]) for deeper in _paths(value, (*path, place))]
    return []


def test_any_entry_that_is_missing_or_nonsense_is_damage_and_no_crash() -> None:
    whole = _kept(stand())
    before = copy.deepcopy(whole)
    for path in _paths(whole):
        for nonsense in (None, -5, "NaN", "1E+999999", [], {}, ["x"], "drop"):
            place = kept = copy.copy(whole)  # what is not on the way stays shared
            for step in path[:-1]:
                place[step] = copy.copy(place[step])
                place = place[step]
            if nonsense == "drop":
                del place[path[-1]]
            else:
                place[path[-1]] = nonsense
            try:
                build_report(questionnaire(), stand_from_plain(questionnaire(), kept))
            except DamagedStand:
                continue
    assert whole == before


@pytest.mark.parametrize("kept", [None, [], "", 5, {}, {"estimate": {}}])
def test_what_is_no_stand_at_all_is_damage(kept: object) -> None:
    with pytest.raises(DamagedStand):
        stand_from_plain(questionnaire(), kept)


def test_an_estimate_of_another_questionnaire_is_damage() -> None:
    kept = _kept(stand())
    kept["estimate"]["criteria"].pop()
    with pytest.raises(DamagedStand):
        stand_from_plain(questionnaire(), kept)
