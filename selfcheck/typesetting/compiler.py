"""One PDF, in a process of its own: `python -m selfcheck.typesetting.compiler FONTS`, the manuscript as JSON comes in,
the PDF goes out.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import typst

from selfcheck.typesetting.characters import Characters

TEMPLATES = Path(__file__).resolve().parents[1] / "reporting" / "documents" / "typst"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
MEMORY = 512 * 1024 * 1024
"""Bytes of addresses; the longest report takes less than half of it."""
CPU_SECONDS = 40
"""Of all cores together: a process whose parent is gone ends by itself."""
POLITE = 5
"""Whoever saves goes first."""


def set_pdf(template: str, day: date, data: object, fonts: Path) -> bytes:
    """The PDF/UA and PDF/A of `data` in one of our templates; what no font holds is there by its number.

    Raises `typst.TypstError` where the template or the data break a rule of these standards.
    """
    characters = Characters(json.loads((fonts / "characters.json").read_text(encoding="ascii")))
    made = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
        format="pdf",
        sys_inputs={"data": json.dumps(characters.replace_all(data))},
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(day, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def limit_process() -> None:
    """Keeps this process from taking more of the machine than one PDF may."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    os.nice(POLITE)


def main() -> int:
    limit_process()
    asked: dict[str, Any] = json.load(sys.stdin.buffer)
    try:
        made = set_pdf(asked["template"], date.fromisoformat(asked["day"]), asked["data"], Path(sys.argv[1]))
    except typst.TypstError as error:
        print(error.message, *error.hints, sep="\n", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
