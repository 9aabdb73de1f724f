"""The fonts of documents: Fira Sans whole, DejaVu Sans for what it lacks, and which characters both hold."""

from __future__ import annotations

import json
import logging
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

FIRA = ("Regular", "SemiBold", "Italic")
DEJAVU = ("DejaVuSans", "DejaVuSans-Bold")
COPYRIGHT, LICENCE, ADDRESS = 0, 13, 14
"""Of a font's own names."""
NEVER = frozenset({"Cc", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Kinds of characters that no document may hold, whatever a font draws for them."""


def provide_document_fonts(fira: Path, dejavu: Path, target: Path) -> None:
    """Fills `target` with the fonts as files that the typesetter reads, their licences, and `characters.json`."""
    target.mkdir(parents=True, exist_ok=True)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    held: set[int] = set()
    for style in FIRA:
        font = TTFont(fira / f"FiraSans-{style}.woff2", recalcTimestamp=False)
        font.flavor = None
        font.save(target / f"FiraSans-{style}.ttf")
        held |= font.getBestCmap().keys()
        _write_licence(font, target / "FiraSans-licence.txt")
    for name in DEJAVU:
        shutil.copyfile(dejavu / "ttf" / f"{name}.ttf", target / f"{name}.ttf")
        with TTFont(target / f"{name}.ttf", lazy=True) as font:
            held |= font.getBestCmap().keys()
    shutil.copyfile(dejavu / "LICENSE", target / "DejaVuSans-licence.txt")
    allowed = (code for code in held if unicodedata.category(chr(code)) not in NEVER)
    (target / "characters.json").write_text(json.dumps(list(_join(allowed))), encoding="ascii")


def _write_licence(font: TTFont, file: Path) -> None:
    names = (font["name"].getDebugName(number) for number in (COPYRIGHT, LICENCE, ADDRESS))
    file.write_text("\n".join(filter(None, names)) + "\n", encoding="utf-8")


def _join(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of characters as (first, last)."""
    first = last = -1
    for code in sorted(codes):
        if code != last + 1:
            if first >= 0:
                yield first, last
            first = code
        last = code
    if first >= 0:
        yield first, last
