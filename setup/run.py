"""`make run`: sets up what is missing, then becomes the server."""

from __future__ import annotations

import os
import sys

from environment import PYTHON, ROOT, SetupFailed, ensure_frontend, ensure_packages, report_failure


def main() -> int:
    try:
        ensure_packages("requirements.txt")
        ensure_frontend(with_test_tools=False)
    except SetupFailed as failure:
        return report_failure(failure)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "selfcheck.serve"])


if __name__ == "__main__":
    sys.exit(main())
