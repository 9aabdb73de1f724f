"""Sentences that the rules write themselves."""

from __future__ import annotations

from selfcheck.core.rules.answers import PastGoal, Project
from selfcheck.core.rules.to_do.step_texts import prove_goal, prove_project


def test_quotes_inside_quotes_are_the_inner_ones() -> None:
    project = Project(1, "„Probewohnen am Main“: vier Wochen", documented=False)
    assert prove_project(project) == "Projekt belegen: „‚Probewohnen am Main‘: vier Wochen“"
    goal = PastGoal(1, "Rubrik „Neu hier”", achieved=True, documented=False)
    assert prove_goal(goal) == "Erreichtes Ziel belegen: „Rubrik ‚Neu hier‘“"
