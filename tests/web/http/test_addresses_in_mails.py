"""Links in mails lead to the address of the settings, whatever name or port a request came with."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcheck.config.settings import Settings
from tests.conftest import MakeApp
from tests.web.accounts.registering import LINK, confirm, letters, register
from tests.web.page import Visitor

ROOT = Path(__file__).resolve().parents[3]
SHOWN = {"overview/page.py", "sharing/new_link.py", "team/place_link.py"}
"""What shows a link to whoever asked for it, where they asked; all other whole addresses are those of the settings."""
MAIL = "erika@stadt.example"


@pytest.mark.parametrize("name", ["stadt.example:9999", "andere.example", "stadt.example"])
def test_no_mail_names_the_host_that_a_request_came_with(make_app: MakeApp, name: str) -> None:
    app = make_app(SELFCHECK_HOSTS="stadt.example andere.example")
    visitor = Visitor(app.test_client(), f"http://{name}")
    register(visitor, MAIL)
    confirm(visitor, MAIL)
    visitor.press(visitor.open("/konto/abmelden"), "Abmelden")
    visitor.press(visitor.open("/passwort-vergessen"), "Link schicken", {"mail": MAIL})
    links = [link for letter in letters(app) for link in LINK.findall(letter.body)]
    assert len(links) >= 2
    assert all(link.startswith("http://stadt.example/") for link in links), links


def test_whole_addresses_of_requests_stand_in_no_mail() -> None:
    web = ROOT / "selfcheck" / "web"
    found = {
        str(file.relative_to(web)) for file in web.rglob("*.py") if "_external" in file.read_text(encoding="utf-8")
    }
    assert found == SHOWN


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({"SELFCHECK_HOSTS": "selbstcheck.example.de:8443 x.example"}, "http://selbstcheck.example.de:8443"),
        ({"SELFCHECK_HOSTS": ".example.de"}, "http://example.de"),
        ({"HOST": "0.0.0.0", "PORT": "8080"}, "http://localhost:8080"),
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({}, "http://127.0.0.1:8000"),
    ],
)
def test_the_address_in_mails_follows_from_the_settings(tmp_path: Path, environ: dict[str, str], address: str) -> None:
    assert Settings.from_environment({"SELFCHECK_DATA": str(tmp_path), **environ}).base_url == address
