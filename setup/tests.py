"""`make test`, `make check`, `make bench` and `make screenshots`: installs what they need, runs them, sums up.

What a machine cannot run is skipped by name; with SELFCHECK_NO_SKIPS=1 a skip counts as a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from environment import (
    BUILD,
    PYTHON,
    ROOT,
    SetupFailed,
    ensure_frontend,
    ensure_packages,
    install_program,
    may_install_programs,
    report_failure,
)

RESULTS = BUILD / "test-results"
RUNS = {
    "pytest": ["-n", "auto", "--dist", "worksteal"],
    "pytest-alone": ["--alone"],
}
"""Most tests share the processors; those marked `alone` come after them, with the machine to themselves."""
FAILED, FOUND_NONE = 1, 5
MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell first: it draws no window around a page, and opens one in a third of the time."""
# Not the command in .venv/bin: that breaks when the folder is moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "Import-Regeln": ["-c", LINT_IMPORTS, "--no-logo"],
    "djlint": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "Fragebögen": ["-m", "flask", "--app", "wsgi", "questionnaires", "check"],
}
BROWSER_WORK = {
    "bench": ["-m", "benchmarks"],
    "screenshots": ["-m", "tests.browser.screenshots"],
}


@dataclass
class Summary:
    """What ran, and how it ended."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def count(self, name: str, ended_well: bool) -> None:
        if ended_well:
            self.passed += 1
        else:
            self.failed.append(name)


def main(wanted: str, arguments: list[str]) -> int:
    started = time.monotonic()
    try:
        ensure_packages("requirements.txt", "requirements-test.txt")
        ensure_frontend(with_test_tools=True)
    except SetupFailed as failure:
        return report_failure(failure)
    missing = [] if wanted == "check" else install_programs()
    if wanted in BROWSER_WORK:
        return run([*BROWSER_WORK[wanted], *arguments])
    summary = Summary()
    for name, command in CHECKS.items():
        print(f"\n── {name}", flush=True)
        summary.count(name, run(command) == 0)
    if wanted == "test":
        run_tests(summary, arguments)
    return report(summary, missing, time.monotonic() - started)


def run(command: list[str], **environ: str) -> int:
    """Runs the Python of .venv; the exit status."""
    return subprocess.run([str(PYTHON), *command], cwd=ROOT, env=os.environ | environ, check=False).returncode


def install_programs() -> list[str]:
    """Installs Chromium and Java where they are missing and we may; what is still missing, with the way to get it."""
    missing = []
    if not _runs(*CHROMIUM_NAMES):
        missing += _install(("chromium-headless-shell", "chromium"), CHROMIUM_NAMES, "Browser-Tests")
    if not _runs("java"):
        missing += _install(("default-jre-headless",), ("java",), "Prüfung der HTML-Seiten")
    return missing


def _runs(*names: str) -> bool:
    """Whether one of these programs is there and starts: some packages bring a mere hint to another shop."""
    found = [path for path in map(shutil.which, names) if path]
    return any(subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0 for path in found)


def _install(packages: tuple[str, ...], names: tuple[str, ...], use: str) -> list[str]:
    """Installs the first of `packages` that brings one of `names`; what to say where none does."""
    for package in packages if may_install_programs() else ():
        try:
            install_program(package)
        except SetupFailed as failure:
            print(failure, file=sys.stderr)
        if _runs(*names):
            return []
    return [f"{use}: Es fehlt {packages[-1]}. Debian/Ubuntu: sudo apt-get install {packages[-1]}"]


def run_tests(summary: Summary, arguments: list[str]) -> None:
    """Runs pytest and counts each test. A run that breaks off has failed, and so have runs that find no test."""
    found = False
    for name, options in RUNS.items():
        print(f"\n── {name}", flush=True)
        file, failed_before = RESULTS / f"{name}.xml", len(summary.failed)
        file.unlink(missing_ok=True)
        settings = [f"--junitxml={file}", "-o", f"cache_dir={BUILD / 'pytest'}"]
        status = run(["-m", "pytest", *settings, *options, *arguments], **_in_memory())
        if file.exists():
            for case in ElementTree.parse(file).iter("testcase"):
                _count_case(summary, case)
        found = found or status != FOUND_NONE
        if status not in (0, FOUND_NONE) and len(summary.failed) == failed_before:
            summary.failed.append(f"{name} endete mit Status {status}")
        if status not in (0, FAILED, FOUND_NONE):
            return
    if not found:
        summary.failed.append("pytest fand keinen Test")


def _in_memory() -> dict[str, str]:
    """Databases of tests need no disk: each save would wait for it, and nothing of them is to last."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return {}
    return {"TMPDIR": str(MEMORY)}


def _count_case(summary: Summary, case: ElementTree.Element) -> None:
    name = f"{case.get('classname')}::{case.get('name')}"
    skip = case.find("skipped")
    if skip is not None and skip.get("type") != "pytest.xfail":
        summary.skipped.append(f"{name} – {skip.get('message')}")
    else:
        summary.count(name, case.find("failure") is None and case.find("error") is None)


def report(summary: Summary, missing: list[str], seconds: float) -> int:
    """Prints what failed, what was skipped and how to get it; the exit status."""
    print(f"\n── Ergebnis nach {seconds:.0f} Sekunden")
    for name in summary.failed:
        print(f"fehlgeschlagen: {name}")
    for name in summary.skipped:
        print(f"übersprungen: {name}")
    for advice in missing:
        print(advice)
    if summary.skipped and os.environ.get("SELFCHECK_NO_SKIPS") == "1":
        print("SELFCHECK_NO_SKIPS=1: Übersprungenes zählt hier als Fehler.")
        status = 1
    else:
        status = 1 if summary.failed else 0
    print(f"{summary.passed} passed, {len(summary.failed)} failed, {len(summary.skipped)} skipped")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
