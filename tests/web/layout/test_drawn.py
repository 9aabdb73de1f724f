"""What every page or field is drawn with."""

from __future__ import annotations

import json
from pathlib import Path

from selfcheck.core.questionnaire.model import Kind
from tests import towns
from tests.web.document import text_of
from tests.web.page import Visitor

BUILD = Path(__file__).resolve().parents[3] / "build"


def test_every_weight_of_the_font_is_asked_for_at_once(page: Visitor) -> None:
    names: dict[str, str] = json.loads((BUILD / "manifest.json").read_text("utf-8"))
    wanted = {f"/static/{hashed}" for name, hashed in names.items() if name.startswith("fonts/")}
    links = page.open("/").all(".//link[@rel='preload']")
    assert {link.get("href") for link in links} == wanted
    assert all("crossorigin" in link.attrib for link in links), "without it a browser fetches fonts twice"


def test_a_number_is_described_by_its_unit_also_beside_an_error(page: Visitor, check: str) -> None:
    question = next(each for each in towns.questionnaire().questions if each.kind is Kind.NUMBER and each.unit)
    address = f"/selbstcheck/{check}/fragen/{question.criterion}"
    name = f"{question.id}.value"
    opened = page.open(address)
    refused = page.press(opened, "Speichern und weiter", {name: "viele"}, 422)
    for shown, parts in ((opened, 1), (refused, 2)):
        field = shown.one(f".//input[@id='{name}']")
        described = field.get("aria-describedby", "").split()
        assert len(described) == parts
        assert text_of(shown.one(f".//*[@id='{described[0]}']")) == question.unit
