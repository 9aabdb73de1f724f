"""Front-end files: their hashed addresses, and how they are served. setup/frontend.py builds them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

PREFIX = "/static/"
_HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


class MissingAssets(Exception):
    """The front-end files were not built, or a template asks for one that is not among them."""


class Assets:
    """The built front-end files in `folder`. Raises `MissingAssets` where there are none."""

    def __init__(self, folder: Path) -> None:
        try:
            names = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise MissingAssets(
                f"In {folder} liegen keine Oberflächen-Dateien. „make run“ holt und baut sie."
            ) from None
        self.folder = folder / "static"
        self._names: dict[str, str] = names

    def url(self, name: str) -> str:
        """The address of `css/app.css`, and so on. Raises `MissingAssets` for a name that was not built."""
        try:
            return PREFIX + self._names[name]
        except KeyError:
            raise MissingAssets(f"„{name}“ gehört nicht zu den gebauten Oberflächen-Dateien.") from None


def install(app: Flask, headers: Mapping[str, str]) -> None:
    """Gives templates `asset(name)` and serves the files below `/static/`, compressed and kept for good.

    Each of them says `headers`.
    """
    assets = Assets(Path(app.config["ASSETS"]))

    def add_headers(file: Headers, path: str, url: str) -> None:
        for name, value in headers.items():
            file[name] = value

    app.jinja_env.globals["asset"] = assets.url
    vars(app)["wsgi_app"] = WhiteNoise(
        app.wsgi_app,
        root=assets.folder,
        prefix=PREFIX,
        allow_all_origins=False,
        immutable_file_test=_is_hashed,
        add_headers_function=add_headers,
    )


def _is_hashed(path: str, url: str) -> bool:
    return _HASHED.search(url) is not None
