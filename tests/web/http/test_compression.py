"""Pages come compressed to browsers that can read it, and the same to all."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "way"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip", "gzip"),
    ],
)
def test_a_page_is_packed_as_the_browser_likes_it(client: FlaskClient, accepted: str, way: str) -> None:
    plain = client.get("/fragen")
    packed = client.get("/fragen", headers={"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == way
    assert UNPACK[way](packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 3
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("accepted", ["", "identity", "zstd", "br;q=0, gzip;q=0", "äöü;;;"])
def test_who_cannot_unpack_gets_it_plain(client: FlaskClient, accepted: str) -> None:
    answer = client.get("/fragen", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"<!doctype html>")


def test_error_pages_are_packed_too(client: FlaskClient) -> None:
    answer = client.get("/nirgends", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 404
    assert b"<h1" in brotli.decompress(answer.data)
