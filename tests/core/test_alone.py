"""The rules stand alone: whoever imports them loads the standard library, and for reading what reads files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READING = {
    "annotated_types",
    "cython_runtime",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
    "yaml",
}
LIST_LOADED = """
import sys
before = set(sys.modules)
import {module}
names = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(name for name in names - sys.stdlib_module_names if not name.startswith("_")))
"""


@pytest.mark.parametrize(
    ("module", "loaded"),
    [
        ("selfcheck.core.rules.estimate", {"selfcheck"}),
        ("selfcheck.core.rules.situation", {"selfcheck"}),
        ("selfcheck.core.permissions", {"selfcheck"}),
        ("selfcheck.core.reading.questionnaire", {"selfcheck"} | READING),
    ],
)
def test_importing_the_rules_loads_neither_flask_nor_sqlalchemy(module: str, loaded: set[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", LIST_LOADED.format(module=module)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(ended.stdout.split()) <= loaded
