"""Whatever stands behind the question mark of an address, a page comes at once."""

from __future__ import annotations

import ast
import time
from functools import cache
from pathlib import Path

import pytest

import selfcheck.web
from tests import towns
from tests.web.routes import PAGES, address_of, who_may_open
from tests.web.test_bad_input import FINE
from tests.web.world import World

LONGEST = 1.0
"""Seconds of the processor."""
TEXTS = ("1", ".", "a.", "@", " ", "-", "\u0661", "(", "\\")
ROOM = 60_000
"""Characters in an address; the server takes no longer ones."""
READ_BY_FORMS = {"label", "ends", "frage"}
"""Names that are asked for in another way than by `request.args.get`."""


@cache
def list_asked() -> list[str]:
    """Every name that any page looks for in its address."""
    calls = (
        node
        for file in Path(selfcheck.web.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "request.args.get"
    )
    found = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    return sorted({name for name in found if isinstance(name, str)} | READ_BY_FORMS)


def expect_at_once(world: World, endpoint: str, query: list[tuple[str, str]]) -> None:
    """What is slow is asked again: the first answer may load something."""
    visitor, address = world.join(who_may_open(endpoint)), address_of(world, endpoint)
    for _ in range(3):
        begun = time.thread_time()
        response = visitor.client.get(address, query_string=query)
        taken = time.thread_time() - begun
        assert response.status_code in FINE, (endpoint, response.status)
        if taken < LONGEST:
            return
    raise AssertionError(f"{endpoint}?{query[-1][0]}={query[-1][1][:5]}: {taken:.1f} s")


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_long_text_for_every_name_that_pages_ask_for(world: World, endpoint: str) -> None:
    world.visit(who_may_open(endpoint))
    names = list_asked()
    assert {"suche", "zeige", "weiter", "kreis", "vor"} <= set(names)
    for text in TEXTS:
        expect_at_once(world, endpoint, [(name, text * (ROOM // len(names) // len(text))) for name in names])


@pytest.mark.parametrize("text", TEXTS)
def test_a_long_text_for_every_question_of_what_if(world: World, text: str) -> None:
    world.visit("owner")
    for question in towns.questionnaire().questions:
        value = text * (ROOM // len(text))
        expect_at_once(world, "results.what_if", [("frage", str(question.id)), (f"wert.{question.id}", value)])


@pytest.mark.parametrize("name", ["frage", "suche", "zeige", "wert.quote-u3", ""])
def test_one_name_thousands_of_times(world: World, name: str) -> None:
    for endpoint in ("results.what_if", "sharing.preview", "operating.overview", "site.chambers"):
        world.visit(who_may_open(endpoint))
        expect_at_once(world, endpoint, [(name, "1")] * 6000)
