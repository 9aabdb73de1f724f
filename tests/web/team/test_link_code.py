"""A link on paper as a QR code."""

from __future__ import annotations

import re

import segno

from selfcheck.web.team.link_code import QUIET, draw_code

URL = "https://selbstcheck.example.org/zugang/Il0O1lIO0Il0O1lIO0Il0O1lIO0Il0O1"


def test_what_is_drawn_is_the_code_of_the_link_with_its_edge() -> None:
    code, matrix = draw_code(URL), segno.make(URL, error="m", micro=False).matrix
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    assert code.size == len(matrix) + 2 * QUIET
    assert drawn == {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert draw_code(f"{URL}x") != code
