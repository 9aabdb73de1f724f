"""Front-end files: their hashed addresses, and how they are served. setup/frontend.py builds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/static/"
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


class MissingAssets(Exception):
    """The front-end files were not built, or before one of them was added: a page would ask for it in vain."""


class Assets:
    """The front-end files in `folder`, built from those in `sources`.

    Raises `MissingAssets` where there are none, or one of `sources` is not among them: then pages would fail later.
    """

    def __init__(self, folder: Path, sources: Path) -> None:
        try:
            names = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            fault = f"In {folder} liegen keine Oberflächen-Dateien. „make run“ holt und baut sie."
            raise MissingAssets(fault) from None
        if added := sorted(_names_below(sources) - names.keys()):
            fault = f"Die Oberflächen-Dateien in {folder} sind älter als das Programm, es fehlt „{added[0]}“."
            raise MissingAssets(f"{fault} „make run“ baut sie neu.")
        self.folder = folder / "static"
        self._names: dict[str, str] = names

    def url(self, name: str) -> str:
        """The address of `css/app.css`, and so on. Raises `MissingAssets` for a name that was not built."""
        try:
            return PREFIX + self._names[name]
        except KeyError:
            raise MissingAssets(f"„{name}“ gehört nicht zu den gebauten Oberflächen-Dateien.") from None

    def serve(self, inside: WSGIApplication, headers: Mapping[str, str]) -> WSGIApplication:
        """`inside` with these files before it, below `/static/`: compressed, kept for good, each saying `headers`."""

        def add_headers(file: Headers, path: str, url: str) -> None:
            for name, value in headers.items():
                file[name] = value

        files: WSGIApplication = WhiteNoise(
            inside,
            root=self.folder,
            prefix=PREFIX,
            allow_all_origins=False,
            immutable_file_test=lambda path, url: _HASHED.search(url) is not None,
            add_headers_function=add_headers,
        )

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            try:
                return files(environ, start_response)
            except FileNotFoundError:  # they were built anew, and a page of before asks for one
                return inside(environ, start_response)

        return answer


def _names_below(sources: Path) -> set[str]:
    return {file.relative_to(sources).as_posix() for file in sources.rglob("*") if file.is_file()}
