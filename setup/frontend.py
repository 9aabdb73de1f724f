"""Builds the front-end files: `python setup/frontend.py NODE_MODULES BUILD` fills BUILD/static and BUILD/manifest.json.

Every file gets a name with a hash of its content, so browsers may keep it for good; compressed twins lie beside it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli
import document_fonts
import fonts
import stylesheets

ROOT = Path(__file__).resolve().parent.parent
COMPRESSED = {".css", ".js", ".svg", ".txt", ".json", ".webmanifest"}
_IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*\(?\s*)(["'])(\.{1,2}/[^"']+)\2""")


class Build:
    """The files made so far: plain name -> hashed name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """Writes `content` under the hashed form of `name`, with its compressed twins."""
        stem, ending = posixpath.splitext(name)
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{ending}"
        file = self.folder / hashed
        self.names[name] = hashed
        if file.exists():
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        if ending in COMPRESSED:
            _write(file.with_name(f"{file.name}.br"), brotli.compress(content))
            _write(file.with_name(f"{file.name}.gz"), gzip.compress(content, mtime=0))
        _write(file, content)  # last, so that it stands for the whole set

    def relative(self, name: str, user: str) -> str:
        """The hashed name of `name` as seen from the file `user`."""
        return posixpath.relpath(self.names[name], posixpath.dirname(user) or ".")

    def remove_others(self) -> None:
        """Removes what earlier builds left behind."""
        kept = {self.folder / f"{hashed}{twin}" for hashed in self.names.values() for twin in ("", ".br", ".gz")}
        for file in [file for file in self.folder.rglob("*") if file.is_file() and file not in kept]:
            file.unlink()


def build_frontend(modules: Path, target: Path) -> None:
    """Builds everything from the installed packages in `modules` and our own files into `target`."""
    build = Build(target / "static")
    fira = modules / "@kern-ux/native/dist/fonts/fira-sans"
    add_fonts(build, fira, target / "fonts")
    document_fonts.provide_document_fonts(fira, modules / "dejavu-fonts-ttf", target / "document-fonts")
    add_kern(build, modules / "@kern-ux/native")
    add_plotly(build, modules / "plotly.js")
    add_own_files(build, ROOT / "static")
    provide_test_tools(modules, target / "test-tools")
    manifest = target / "manifest.json.new"
    manifest.write_text(json.dumps(build.names, indent=1, sort_keys=True), encoding="utf-8")
    manifest.replace(target / "manifest.json")
    build.remove_others()


def add_fonts(build: Build, source: Path, kept: Path) -> None:
    for name, file in fonts.cut_fonts(source, kept).items():
        build.add(f"fonts/{name}", file.read_bytes())


def add_kern(build: Build, package: Path) -> None:
    """KERN's style sheet after our fonts, its icons as files: the content policy forbids data addresses."""
    sheet = "kern/kern.css"

    def keep_icon(svg: str) -> str:
        name = f"kern/icons/{hashlib.sha256(svg.encode()).hexdigest()[:8]}.svg"
        build.add(name, svg.encode())
        return build.relative(name, sheet)

    licence = "/*! KERN UX (@kern-ux/native), EUPL-1.2; Fira Sans, SIL Open Font License 1.1. See licenses/. */\n"
    faces = fonts.font_faces(
        {weight: build.relative(f"fonts/fira-sans-{weight}.woff2", sheet) for weight in fonts.WEIGHTS}
    )
    names = stylesheets.Names.found_in(read_own_texts())
    css = stylesheets.cut_to_used((package / "dist/kern.min.css").read_text(encoding="utf-8"), names)
    build.add(sheet, (licence + faces + fonts.stand_in_faces() + stylesheets.extract_icons(css, keep_icon)).encode())
    build.add("licenses/kern.txt", (package / "LICENSE.md").read_bytes())


def read_own_texts() -> Iterator[str]:
    """Everything in which a class name of KERN may stand."""
    for folder, endings in (("templates", ("html",)), ("static", ("css", "js")), ("selfcheck", ("py",))):
        for ending in endings:
            for file in sorted((ROOT / folder).rglob(f"*.{ending}")):
                yield file.read_text(encoding="utf-8")


def add_plotly(build: Build, package: Path) -> None:
    for name, source in (
        ("plotly/plotly.js", "dist/plotly-basic.min.js"),
        ("plotly/plotly.css", "dist/plotly.css"),
        ("plotly/locale-de.js", "dist/plotly-locale-de.js"),
        ("licenses/plotly.txt", "LICENSE"),
    ):
        build.add(name, (package / source).read_bytes())


def add_own_files(build: Build, folder: Path) -> None:
    """Our own files: first those that name no others, then style sheets, then scripts after what they import."""
    names = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    for name, file in names.items():
        if file.suffix not in {".css", ".js"}:
            build.add(name, file.read_bytes())
    for name in names:
        if name.endswith(".css"):
            add_sheet(build, folder, name)
    for name in names:
        if name.endswith(".js"):
            add_script(build, folder, name, ())


def add_sheet(build: Build, folder: Path, name: str) -> None:
    """A style sheet, with the sheets it imports in place of the imports."""

    def read(sheet: str) -> str:
        css = stylesheets.strip_comments((folder / sheet).read_text(encoding="utf-8"))
        css = stylesheets.rewrite_addresses(css, lambda other: build.relative(_beside(sheet, other), name))
        return stylesheets.put_imports_in_place(css, lambda other: read(_beside(sheet, other)))

    build.add(name, read(name).encode())


def add_script(build: Build, folder: Path, name: str, users: tuple[str, ...]) -> None:
    """A module, after the modules it imports: their hashed names stand in its imports."""
    if name in build.names:
        return
    if name in users:
        raise SystemExit(f"static/{name} imports itself by way of {', '.join(users)}: hashed names cannot be given.")

    def hashed_import(found: re.Match[str]) -> str:
        imported = _beside(name, found[3])
        add_script(build, folder, imported, (*users, name))
        address = build.relative(imported, name)
        return f"{found[1]}{found[2]}{address if address.startswith('.') else './' + address}{found[2]}"

    script = (folder / name).read_text(encoding="utf-8")
    build.add(name, _IMPORT.sub(hashed_import, script).encode())


def provide_test_tools(modules: Path, target: Path) -> None:
    """Puts the tools of the tests where these look for them, if they were installed."""
    tools = ("axe-core/axe.min.js", "accessibility-checker-engine/ace.js", "vnu-jar/build/dist/vnu.jar")
    for source, name in ((tool, posixpath.basename(tool)) for tool in tools):
        if (modules / source).exists():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / source, target / name)


def _beside(user: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(user), address))


def _write(file: Path, content: bytes) -> None:
    half = file.with_name(f"{file.name}.new")
    half.write_bytes(content)
    half.replace(file)


if __name__ == "__main__":
    build_frontend(Path(sys.argv[1]), Path(sys.argv[2]))
