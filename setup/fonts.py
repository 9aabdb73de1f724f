"""Fira Sans cut down to what German pages write: three weights, Latin letters, no hinting."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
STAND_INS = {
    "Fira Sans Arial": (
        (400, ("Arial", "Liberation Sans", "Helvetica", "Roboto"), 1.02),
        (600, ("Arial Bold", "Liberation Sans Bold", "Helvetica Bold", "Roboto Bold"), 0.952),
    ),
    "Fira Sans DejaVu": (
        (400, ("DejaVu Sans", "Bitstream Vera Sans", "Verdana"), 0.9),
        (600, ("DejaVu Sans Bold", "Bitstream Vera Sans Bold", "Verdana Bold"), 0.798),
    ),
}
"""Fonts of the machine, for pages drawn before ours has come: weight, names, how much wider ours sets a German text."""
ASCENT, DESCENT = 0.935, 0.265
"""Of Fira Sans, in parts of the size."""
FEATURES = ["kern", "lnum", "tnum", "mark", "ccmp", "locl"]
LETTERS = (
    *range(0x20, 0x7F),  # ASCII
    *range(0xA0, 0x180),  # Western and Central European letters
    *range(0x218, 0x21C),  # Romanian
    0x1E9E,  # ẞ
    *range(0x2002, 0x200B),  # spaces of fixed width
    *range(0x2010, 0x2016),  # dashes
    *range(0x2018, 0x201F),  # quotation marks
    *(0x2020, 0x2021, 0x2022, 0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC),
    *range(0x2190, 0x2194),  # arrows
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713),
)


def cut_fonts(source: Path, target: Path) -> dict[str, Path]:
    """Writes each weight from `source` into `target`, unless it is there: {file name: file}."""
    target.mkdir(parents=True, exist_ok=True)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    made = {}
    for weight, name in WEIGHTS.items():
        original = source / f"FiraSans-{name}.woff2"
        recipe = hashlib.sha256(original.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:12]
        file = target / f"fira-sans-{weight}-{recipe}.woff2"
        if not file.exists():
            _cut(original, file)
        made[f"fira-sans-{weight}.woff2"] = file
    return made


def font_faces(addresses: dict[int, str]) -> str:
    """The `@font-face` rules for {weight: address}.

    A page whose font comes late keeps the stand-in, and the next page has ours: no text moves while somebody reads it.
    """
    return "".join(
        "@font-face{"
        f'font-family:"Fira Sans";font-weight:{weight};font-style:normal;font-display:optional;'
        f'src:url("{address}") format("woff2")'
        "}\n"
        for weight, address in addresses.items()
    )


def stand_in_faces() -> str:
    """The `@font-face` rules for fonts of the machine, as wide and as high as ours."""
    return "".join(
        "@font-face{"
        f'font-family:"{family}";font-weight:{weight};font-style:normal;size-adjust:{wider:.1%};'
        f"ascent-override:{ASCENT / wider:.1%};descent-override:{DESCENT / wider:.1%};line-gap-override:0%;"
        "src:" + ",".join(f'local("{name}")' for name in names) + "}\n"
        for family, faces in STAND_INS.items()
        for weight, names, wider in faces
    )


def _cut(original: Path, target: Path) -> None:
    options = subset.Options(
        layout_features=FEATURES,
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 4, 5, 6, 13, 14],  # 0, 13 and 14 carry copyright and licence
        flavor="woff2",
    )
    # Without this the file would differ with every build.
    font = TTFont(original, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)
