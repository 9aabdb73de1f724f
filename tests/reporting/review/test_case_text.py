"""Whatever can happen in a case has words."""

from __future__ import annotations

import pytest

from selfcheck.core.review.case import StepKind
from selfcheck.reporting.review.case_text import say_step


@pytest.mark.parametrize("kind", StepKind)
def test_every_step_is_said(kind: StepKind) -> None:
    assert say_step(kind, 2, "Petra Weber")
