"""Runs after all others: a validator reads one page of each shape that any test has opened."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests import kept_pages
from tests.web.page import Visitor

VALIDATOR = kept_pages.FOLDER.parent / "test-tools" / "vnu.jar"


@pytest.mark.alone
def test_every_page_is_valid_html(page: Visitor) -> None:
    if shutil.which("java") is None:
        pytest.skip("Es fehlt java. Debian/Ubuntu: sudo apt-get install default-jre-headless")
    page.open("/")
    assert VALIDATOR.exists(), "`make test` puts the validator there"
    command = ["java", "-Xss2m", "-jar", str(VALIDATOR), "--errors-only", "--format", "json", str(kept_pages.FOLDER)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(ended.stderr)["messages"]
    first = {each["message"]: each for each in reversed(found)}
    assert not first, "\n".join(
        f"{each['url'].rpartition('/')[2]}:{each.get('lastLine', '')} {message} … {each.get('extract', '')}"
        for message, each in first.items()
    )
