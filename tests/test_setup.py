"""Setting up and starting: what is locked, what a person reads when something is missing, how fast it starts."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.txt": ("project", "dependencies"),
    "requirements-setup.txt": ("dependency-groups", "setup"),
    "setup/requirements-node.txt": ("dependency-groups", "node"),
    "requirements-test.txt": ("dependency-groups", "test"),
}


def pins(file: str) -> dict[str, str]:
    """{package: version} of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / file).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("file", LOCKS)
def test_lock_names_every_direct_dependency_with_checksums(file: str) -> None:
    table, group = LOCKS[file]
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[table][group]
    names = {re.match(r"[a-z0-9-]+", dependency)[0] for dependency in wanted}
    assert sorted(names - set(pins(file))) == []
    entries = re.findall(r"^[a-z0-9-]+==(?:.*\\\n)+.*", (ROOT / file).read_text("utf-8"), re.MULTILINE)
    assert len(entries) == len(pins(file))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_tools_never_change_the_versions_the_server_runs_on() -> None:
    server = pins("requirements.txt")
    for file in ("requirements-setup.txt", "requirements-test.txt"):
        assert {name: version for name, version in pins(file).items() if server.get(name, version) != version} == {}


def test_locks_name_no_registry() -> None:
    for file in [*LOCKS, "frontend/package.json", "frontend/.npmrc"]:
        assert "://" not in (ROOT / file).read_text("utf-8"), file
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))["packages"]
    installed = {place: package for place, package in packages.items() if place}
    assert len(installed) > 100
    assert [place for place, package in installed.items() if "resolved" in package] == []
    assert [place for place, package in installed.items() if not package["integrity"].startswith("sha512-")] == []


def test_every_direct_dependency_is_explained() -> None:
    rows = "\n".join(
        line for line in (ROOT / "docs/dependencies.md").read_text("utf-8").splitlines() if line.startswith("|")
    )
    explained = set(re.findall(r"[\w@./-]+", rows))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    python = project["project"]["dependencies"] + [
        name for group in project["dependency-groups"].values() for name in group
    ]
    npm = json.loads((ROOT / "frontend/package.json").read_text("utf-8"))
    wanted = {re.match(r"[a-z0-9-]+", name)[0] for name in python} | {*npm["dependencies"], *npm["devDependencies"]}
    assert sorted(wanted - explained) == []
    packages = re.findall(r"^\| ([a-z@][^|]*) \|", rows, re.MULTILINE)
    named = {name for cell in packages if cell != "package" for name in cell.split(", ")}
    assert sorted(named - wanted) == []


def make(target: str, path: Path) -> subprocess.CompletedProcess[str]:
    command = [shutil.which("make"), "--no-print-directory", target]
    return subprocess.run(command, cwd=ROOT, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("target", ["run", "test"])
def test_too_old_python_is_said_plainly(tmp_path: Path, target: str) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")  # what `sys.exit(sys.version_info < (3, 11))` does on an old one
    old.chmod(0o755)
    ended = make(target, tmp_path)
    assert ended.returncode != 0
    assert "Python 3.11 oder neuer fehlt" in ended.stderr
    assert "apt-get install python3" in ended.stderr


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "setup")
    return importlib.import_module("environment")


def test_missing_venv_module_names_the_package(
    environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    with pytest.raises(environment.SetupFailed, match=rf"apt-get install python{version}-venv"):
        environment.ensure_environment()


def test_missing_network_is_told_apart_from_other_faults(environment: ModuleType) -> None:
    speak = "import sys; print(sys.argv[1]); sys.exit(1)"
    with pytest.raises(environment.SetupFailed, match=r"(?s)fehlgeschlagen.*Das Netz wird nur beim ersten Start"):
        environment.run_step("Pakete holen", [sys.executable, "-c", speak, "Temporary failure in name resolution"])
    with pytest.raises(environment.SetupFailed, match=r"(?s)„Pakete holen“ ist fehlgeschlagen:\nkein Platz$"):
        environment.run_step("Pakete holen", [sys.executable, "-c", speak, "kein Platz"])


def test_packages_are_installed_only_when_their_lock_changed(
    environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "ensure_environment", lambda: None)
    monkeypatch.setattr(environment, "run_step", lambda title, command: ran.append(title))
    lock = tmp_path / "requirements.txt"
    for content in ("flask==1", "flask==1", "flask==2"):
        lock.write_text(content)
        environment.ensure_packages("requirements.txt")
    assert len(ran) == 2


RESULTS = """<testsuites><testsuite>
<testcase classname="tests.core" name="good"/>
<testcase classname="tests.core" name="bad"><failure message="no"/></testcase>
<testcase classname="tests.web" name="broken"><error message="no"/></testcase>
<testcase classname="tests.browser" name="walk"><skipped type="pytest.skip" message="kein Chromium"/></testcase>
</testsuite></testsuites>"""


def report_of(
    results: str,
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    alone: str = "",
) -> tuple[int, str]:
    """Exit status and words of the summary after runs of pytest that wrote `results` and ended with `status`."""
    monkeypatch.syspath_prepend(ROOT / "setup")
    spec = importlib.util.spec_from_file_location("setup_tests", ROOT / "setup" / "tests.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "setup_tests", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "RESULTS", tmp_path)

    def run(command: list[str], **environ: str) -> int:
        """The first run has `results` and `status`, the second `alone`; without any, both end with `status`."""
        second = "--alone" in command
        file = next(Path(each.partition("=")[2]) for each in command if each.startswith("--junitxml="))
        if written := alone if second else results:
            file.write_text(written)
            return 0 if second else status
        return 5 if results or alone else status

    monkeypatch.setattr(module, "run", run)
    summary = module.Summary()
    module.run_tests(summary, [])
    ended = module.report(summary, ["Browser-Tests: Es fehlt chromium."], 1)
    return ended, capsys.readouterr().out


def test_summary_counts_and_names_what_failed_and_what_was_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, words = report_of(RESULTS, 1, tmp_path, monkeypatch, capsys)
    assert status == 1
    assert "fehlgeschlagen: tests.core::bad" in words
    assert "übersprungen: tests.browser::walk – kein Chromium" in words
    assert "Es fehlt chromium" in words
    assert words.splitlines()[-1] == "1 passed, 2 failed, 1 skipped"


def test_tests_that_ran_alone_count_with_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = '<testsuites><testsuite><testcase classname="tests.load" name="many"/></testsuite></testsuites>'
    _, words = report_of(RESULTS, 1, tmp_path, monkeypatch, capsys, alone=good)
    assert words.splitlines()[-1] == "2 passed, 2 failed, 1 skipped"
    status, words = report_of("", 0, tmp_path, monkeypatch, capsys, alone=good)
    assert (status, words.splitlines()[-1]) == (0, "1 passed, 0 failed, 0 skipped")


@pytest.mark.parametrize(("no_skips", "expected"), [("1", 1), ("", 0)])
def test_skips_fail_where_nothing_may_be_skipped(
    no_skips: str,
    expected: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SELFCHECK_NO_SKIPS", no_skips)
    only_skips = re.sub(r"<testcase[^>]*><(failure|error).*", "", RESULTS)
    assert report_of(only_skips, 0, tmp_path, monkeypatch, capsys)[0] == expected


@pytest.mark.parametrize("status", [2, 5])
def test_a_run_without_results_has_failed(
    status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, words = report_of("", status, tmp_path, monkeypatch, capsys)
    assert ended == 1
    assert words.splitlines()[-1] == "0 passed, 1 failed, 0 skipped"


def serve(folder: Path, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "selfcheck.serve"],
        cwd=ROOT,
        env={**os.environ, "SELFCHECK_DATA": str(folder), "SELFCHECK_WORKERS": "1", **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_taken_port_is_said_without_traceback(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        words, _ = (server := serve(tmp_path, PORT=str(number))).communicate(timeout=30)
    assert server.returncode == 2
    assert f"Port {number} ist schon belegt" in words
    assert "Traceback" not in words


def test_unsafe_setting_is_said_without_traceback(tmp_path: Path, port: int) -> None:
    server = serve(tmp_path, PORT=str(port), SELFCHECK_ENV="production", SELFCHECK_SECRET_KEY="")
    words, _ = server.communicate(timeout=30)
    assert server.returncode == 2
    assert words.startswith("Der Server startet nicht. SELFCHECK_SECRET_KEY fehlt.")
    assert "Traceback" not in words


def test_commands_say_an_unsafe_setting_without_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "data", "purge"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SELFCHECK_", "FLASK_"))}
    unsafe = {"SELFCHECK_ENV": "production", "SELFCHECK_SECRET_KEY": "", "SELFCHECK_DATA": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=kept | unsafe, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.startswith("Error: SELFCHECK_SECRET_KEY fehlt.")
    assert "Traceback" not in done.stderr


def test_server_says_its_address_and_can_be_started_again(tmp_path: Path, port: int) -> None:
    for _ in range(2):
        server = serve(tmp_path, PORT=str(port))
        try:
            said = [line for _, line in zip(range(3), server.stdout, strict=False)]
        finally:
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=30)
        assert "".join(said) == f"\nSelbstcheck läuft: http://127.0.0.1:{port}\nBeenden mit Strg+C.\n"
