"""Runs after all others: a validator reads one page of each shape that any test has opened."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests import kept_pages
from tests.web.page import Visitor

VALIDATOR = kept_pages.FOLDER.parent / "test-tools" / "vnu.jar"
COMMAND = ["java", "-Xss2m", "-XX:+UseSerialGC", "-jar", str(VALIDATOR), "--errors-only", "--format", "json"]
"""Each reads with one processor and leaves the others alone."""


@pytest.mark.alone
def test_every_page_is_valid_html(page: Visitor) -> None:
    if shutil.which("java") is None:
        pytest.skip("Es fehlt java. Debian/Ubuntu: sudo apt-get install default-jre-headless")
    page.open("/")
    assert VALIDATOR.exists(), "`make test` puts the validator there"
    pages, number = sorted(kept_pages.FOLDER.iterdir()), os.cpu_count() or 1
    parts = [part for start in range(number) if (part := pages[start::number])]
    with ThreadPoolExecutor(number) as processors:
        found = [each for messages in processors.map(find_errors, parts) for each in messages]
    first = {each["message"]: each for each in reversed(found)}
    assert not first, "\n".join(
        f"{each['url'].rpartition('/')[2]}:{each.get('lastLine', '')} {message} … {each.get('extract', '')}"
        for message, each in first.items()
    )


def find_errors(pages: Sequence[Path]) -> list[dict[str, Any]]:
    """What the validator says of `pages`."""
    ended = subprocess.run([*COMMAND, *map(str, pages)], capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(ended.stderr)["messages"]
    return messages
