"""The rules stand alone: whoever imports them loads the standard library, and for reading what reads files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIST_LOADED = """
import sys
before = set(sys.modules)
import {modules}
names = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print(*sorted(name for name in names - sys.stdlib_module_names if not name.startswith("_")))
"""
YAML = {"cython_runtime", "yaml"}
PYDANTIC = {"annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection"}

MAIL = {"email_validator", "idna"}


def modules_of(*rooms: str) -> list[str]:
    paths = [path for room in rooms for path in (ROOT / "selfcheck" / room).rglob("*.py")]
    return [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]


def loaded_by(modules: list[str]) -> set[str]:
    """What beside the standard library a new process has loaded that imports these modules."""
    script = LIST_LOADED.format(modules=", ".join(modules))
    command = [sys.executable, "-c", script]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize(
    "modules",
    [
        ["selfcheck.core.rules.estimate"],
        ["selfcheck.core.permissions"],
        modules_of("core/questionnaire", "core/rules"),
        modules_of("reporting/words", "reporting/charts", "reporting/letters"),
    ],
    ids=["estimate", "permissions", "rules", "reporting"],
)
def test_rules_and_words_load_nothing_but_themselves(modules: list[str]) -> None:
    assert loaded_by(modules) == {"selfcheck"}


def test_all_of_core_loads_nothing_but_what_reads_files() -> None:
    assert loaded_by(modules_of("core")) <= {"selfcheck"} | YAML | PYDANTIC | MAIL
