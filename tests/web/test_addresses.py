"""What is put into an address is encoded there: a stored text must not add a recipient, a field or a path to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").rglob("*.html"))
ADDRESS = re.compile(r"""\b(?:href|action|formaction|src)="((?:\{\{.*?\}\}|[^"])*)\"""", re.S)
PRINTED = re.compile(r"\{\{(.*?)\}\}", re.S)
MARK = re.compile(r"#[^{]*\{\{.*", re.S)
"""Whatever follows stays in the browser, and only names a place on the page."""
ENCODED = ("asked.without",)
"""A query that `urlencode` has made already."""
BEGINS = re.compile(r"""\s*(?:\{% block \w+ %\})?\{\{""")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_template_encodes_what_it_puts_into_an_address(file: Path) -> None:
    bare = []
    for address in ADDRESS.findall(file.read_text(encoding="utf-8")):
        inside = PRINTED.findall(MARK.sub("", address))
        whole = BEGINS.match(address)  # an address of ours begins with what makes it, and needs no more than that
        bare += [each.strip() for each in inside[bool(whole) :] if not each.strip().endswith("urlencode")]
    assert [each for each in bare if each not in ENCODED] == []
