"""The front-end files as `make test` built them, and how they are served."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from flask import Flask
from fontTools.ttLib import TTFont
from werkzeug.test import Client

from selfcheck import assets
from selfcheck.web.http.headers import ALWAYS

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SOURCES = ROOT / "static"
FORBIDDEN = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xF900), *range(0xF0000, 0x110000)}
"""Control characters, ends of lines, and places that everybody may use as they like."""
WRITTEN_IN_GERMAN = "ÄÖÜäöüßẞ„“‚‘–…§€%→·áčğłøžŞ0123456789"


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    found: dict[str, str] = json.loads((BUILD / "manifest.json").read_text("utf-8"))
    return found


def text_of(hashed: str) -> str:
    return (BUILD / "static" / hashed).read_text("utf-8")


def test_nothing_lies_there_that_the_manifest_does_not_name(names: dict[str, str]) -> None:
    lying = {file.relative_to(BUILD / "static").as_posix() for file in (BUILD / "static").rglob("*") if file.is_file()}
    assert {name.removesuffix(".br").removesuffix(".gz") for name in lying} == set(names.values())


def test_compressed_twins_hold_the_same(names: dict[str, str]) -> None:
    for hashed in names.values():
        file = BUILD / "static" / hashed
        if file.suffix in {".css", ".js", ".svg", ".txt"}:
            assert brotli.decompress(Path(f"{file}.br").read_bytes()) == file.read_bytes()
            assert gzip.decompress(Path(f"{file}.gz").read_bytes()) == file.read_bytes()


def test_style_sheets_need_no_other_host_and_no_data_address(names: dict[str, str]) -> None:
    for hashed in (hashed for hashed in names.values() if hashed.endswith(".css") and not hashed.startswith("plotly/")):
        css = text_of(hashed)
        addresses = re.findall(r"""url\(\s*["']?([^"')]+)""", css)
        assert "@import" not in css
        for address in addresses:
            target = (BUILD / "static" / hashed).parent / address
            assert target.is_file() or address.startswith("#"), f"{hashed} names {address}"


def test_design_system_is_there_with_what_templates_use(names: dict[str, str]) -> None:
    css = text_of(names["kern/kern.css"])
    original = (BUILD / "npm/node_modules/@kern-ux/native/dist/kern.css").read_text("utf-8")
    used = {
        name
        for file in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"kern-[a-z][\w-]*[a-z0-9]", file.read_text("utf-8"))
    }
    known = {name for name in used if re.search(rf"\.{name}(?![\w-])", original)}
    assert "kern-btn" in known
    assert [name for name in sorted(known) if not re.search(rf"\.{name}(?![\w-])", css)] == []
    assert "--kern-color-action-default" in css
    assert ":has(.kern-dialog" in original
    assert ":has(.kern-dialog" not in css, "no page has one, and a browser would look for it after every change"
    assert len(css) < len(original) / 2


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_fonts_are_small_and_write_german(names: dict[str, str], weight: int) -> None:
    file = BUILD / "static" / names[f"fonts/fira-sans-{weight}.woff2"]
    assert file.stat().st_size < 20_000
    font = TTFont(file)
    assert font["OS/2"].usWeightClass == weight
    assert [letter for letter in WRITTEN_IN_GERMAN if ord(letter) not in font.getBestCmap()] == []
    assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert "Open Font License" in font["name"].getDebugName(13)


def test_scripts_import_each_other_by_hashed_names(names: dict[str, str]) -> None:
    imports = [
        (BUILD / "static" / hashed).parent / imported
        for name, hashed in names.items()
        if name.startswith("js/")
        for imported in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)""", text_of(hashed))
    ]
    assert imports
    assert [file.name for file in imports if not file.is_file()] == []


def test_licences_are_shipped(names: dict[str, str]) -> None:
    assert "EUPL" in text_of(names["licenses/kern.txt"])
    assert "Permission is hereby granted" in text_of(names["licenses/plotly.txt"])


def test_a_second_build_gives_the_same_files(names: dict[str, str], tmp_path: Path) -> None:
    builder = [sys.executable, str(ROOT / "setup" / "frontend.py"), str(BUILD / "npm" / "node_modules"), str(tmp_path)]
    subprocess.run(builder, check=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8")) == names


@pytest.fixture
def client() -> Client:
    app = Flask(__name__, static_folder=None)
    return Client(assets.Assets(BUILD, SOURCES).serve(app.wsgi_app, ALWAYS))


def test_files_are_kept_for_good_and_come_compressed(client: Client, names: dict[str, str]) -> None:
    address = f"/static/{names['kern/kern.css']}"
    response = client.get(address, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "br"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"].startswith("text/css")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert brotli.decompress(response.data) == client.get(address, buffered=True).data


@pytest.mark.parametrize("path", ["manifest.json", "../manifest.json", "kern/kern.css", "kern/", ""])
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(f"/static/{path}", buffered=True).status_code == 404


def test_what_was_built_anew_meanwhile_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "manifest.json").write_text('{"css/app.css": "app.css"}', "utf-8")
    (tmp_path / "static" / "app.css").write_text("body {}", "utf-8")
    built, app = assets.Assets(tmp_path, tmp_path / "sources"), Flask(__name__, static_folder=None)
    served = Client(built.serve(app.wsgi_app, ALWAYS))
    assert served.get("/static/app.css", buffered=True).status_code == 200
    (tmp_path / "static" / "app.css").unlink()
    assert served.get("/static/app.css", buffered=True).status_code == 404


def test_addresses_are_hashed_and_unknown_names_are_an_error(names: dict[str, str]) -> None:
    built = assets.Assets(BUILD, SOURCES)
    assert re.fullmatch(r"/static/kern/kern\.[0-9a-f]{12}\.css", built.url("kern/kern.css"))
    with pytest.raises(assets.MissingAssets, match=r"„css/gibt-es-nicht\.css“"):
        built.url("css/gibt-es-nicht.css")


def test_without_a_build_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(assets.MissingAssets, match="make run"):
        assets.Assets(tmp_path, tmp_path / "sources")


def test_files_built_before_another_was_added_are_refused_with_what_to_do(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    (sources / "css").mkdir(parents=True)
    (tmp_path / "manifest.json").write_text('{"css/app.css": "css/app.css"}', "utf-8")
    (sources / "css" / "app.css").write_text("body {}", "utf-8")
    assert assets.Assets(tmp_path, sources).url("css/app.css") == "/static/css/app.css"
    (sources / "css" / "new.css").write_text("body {}", "utf-8")
    with pytest.raises(assets.MissingAssets, match=r"„css/new\.css“.*make run"):
        assets.Assets(tmp_path, sources)


def test_documents_have_their_fonts_with_licences_and_what_these_hold() -> None:
    folder = BUILD / "document-fonts"
    runs = json.loads((folder / "characters.json").read_text("ascii"))
    held = {code for first, last in runs for code in range(first, last + 1)}
    assert set(map(ord, WRITTEN_IN_GERMAN)) <= held
    assert not held & {0x07, 0xE000, 0xD800, 0x4E2D}
    for name in ("FiraSans-Regular", "FiraSans-SemiBold", "FiraSans-Italic", "DejaVuSans", "DejaVuSans-Bold"):
        with TTFont(folder / f"{name}.ttf") as font:
            assert font.getBestCmap().keys() - FORBIDDEN <= held
    assert "Open Font License" in (folder / "FiraSans-licence.txt").read_text("utf-8")
    assert "Bitstream Vera" in (folder / "DejaVuSans-licence.txt").read_text("utf-8")
