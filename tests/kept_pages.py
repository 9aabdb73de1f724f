"""One page of each shape that any test has opened, for the validator in tests/web/test_validity.py."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "build" / "test-pages"


def forget() -> None:
    """Before a run: pages of earlier ones count no more."""
    shutil.rmtree(FOLDER, ignore_errors=True)


def keep(shape: str, source: str) -> None:
    """Keeps the page if there is none of this `shape`; several processes may do so at once."""
    file = FOLDER / f"{hashlib.sha256(shape.encode()).hexdigest()[:24]}.html"
    if file.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), file.open("x", encoding="utf-8", errors="replace") as kept:
        kept.write(source)
