"""`make demo`: sets up what is missing, fills a folder of its own with three towns, then becomes the server on it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from environment import PYTHON, ROOT, SetupFailed, ensure_frontend, ensure_packages, report_failure

OURS = ("SELFCHECK_", "FLASK_", "DATABASE_URL")
"""Settings that begin like this belong to another installation: the demo takes none but the folder."""


def main() -> int:
    try:
        ensure_packages("requirements.txt", "requirements-test.txt")
        ensure_frontend(with_test_tools=False)
    except SetupFailed as failure:
        return report_failure(failure)
    data = Path(os.environ.get("SELFCHECK_DATA") or ROOT / "instance-demo").expanduser().absolute()
    environ = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environ["SELFCHECK_DATA"] = str(data)
    filled = subprocess.run([str(PYTHON), "-m", "demo", "fill"], cwd=ROOT, env=environ, check=False)
    if filled.returncode != 0:
        return filled.returncode
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "selfcheck.serve"], environ)


if __name__ == "__main__":
    sys.exit(main())
