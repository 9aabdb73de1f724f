"""Word and Excel files opened by LibreOffice, where this machine has it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from selfcheck.reporting.documents.file import File

PROGRAM = shutil.which("soffice")
LONGEST = 240
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1"
"""Separated by tabs, in quotes, UTF-8, all sheets; each becomes a file of its own."""


def convert(files: Mapping[str, File], kind: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of `files`, named as they are called here; the files it wrote, in order of their names."""
    sources = []
    folder.mkdir()
    for name, file in files.items():
        source = folder / f"{name}.{file.name.rpartition('.')[2]}"
        source.write_bytes(file.content)
        sources.append(source)
    made = folder / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(PROGRAM), profile, "--headless", "--convert-to", kind, "--outdir", str(made), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    return sorted(made.iterdir())
