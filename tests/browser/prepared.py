"""Self-checks that are there before a browser opens: made through the real forms, on the data of a running server."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

from flask import Flask

from selfcheck.core.permissions import Role
from selfcheck.core.rules.answers import Answers
from tests import applications
from tests.browser.journey import Begun
from tests.browser.server import Server
from tests.browser.window import Window
from tests.web.page import Visitor, begin, fill
from tests.web.team.people import seat_account, sit_down
from tests.web.world import COOKIE

INTERVIEW = "2027-06-15"


@dataclass(frozen=True)
class Prepared:
    """A self-check, and somebody who coordinates it."""

    begun: Begun
    visitor: Visitor

    def hand_over(self, window: Window) -> Window:
        """Gives a browser the cookie of the one who coordinates, or was seated."""
        found = (self.visitor.client.get_cookie(COOKIE, domain=domain) for domain in ("127.0.0.1", "localhost"))
        cookie = next((cookie for cookie in found if cookie is not None), None)
        assert cookie is not None
        window.context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": window.address}])
        return window

    def seat(self, role: Role, label: str, name: str, question: str = "") -> Prepared:
        """The same self-check, and somebody on a new place in it."""
        return Prepared(
            self.begun, sit_down(self.visitor.client.application, self.begun.id, role, label, name, question)
        )

    def sign_in(self, mail: str = "erika@example.org") -> Prepared:
        """The same self-check, and somebody who coordinates it with an account."""
        return Prepared(self.begun, seat_account(self.visitor.client.application, self.begun.id, mail))

    def make_personal_link(self) -> str:
        page = self.visitor.open(f"{self.begun.root}/persoenlicher-link")
        shown = self.visitor.press(page, "Persönlichen Link anzeigen")
        return shown.one(".//input[@id='link']").get("value", "")

    def share(self) -> str:
        """The link to a report of the Stand as it is now."""
        page = self.visitor.open(f"{self.begun.root}/teilen")
        shown = self.visitor.press(page, "Link erstellen", {"route": "y", "checklist": "y"})
        return shown.one(".//input[@id='link']").get("value", "")


class Preparing:
    """Applications on the same data and with the same secrets as running servers; close them in the end."""

    def __init__(self) -> None:
        self._apps: dict[Path, Flask] = {}
        self._addresses = (str(each) for each in ip_network("10.0.0.0/16").hosts())

    def __call__(self, server: Server, answers: Answers | None = None, **changes: str) -> Prepared:
        """A self-check on `server`, with `answers` if there are any."""
        visitor = Visitor(self._beside(server.data).test_client(), server.address)
        visitor.client.environ_base["REMOTE_ADDR"] = next(self._addresses)  # one address begins only so many an hour
        check_id = begin(visitor, **{"interview": INTERVIEW} | changes)
        if answers:
            fill(visitor, check_id, answers)
        return Prepared(Begun(check_id), visitor)

    def close(self) -> None:
        for app in self._apps.values():
            applications.close(app)

    def _beside(self, data: Path) -> Flask:
        if data not in self._apps:
            self._apps[data] = applications.make(data, {})
        return self._apps[data]
