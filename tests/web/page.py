"""What a visitor does without a browser: opens addresses, fills in forms, presses buttons.

Every page on the way is held to the house rules and kept for the check of its HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from selfcheck.core.rules.answers import Answers
from selfcheck.web.http.headers import POLICY
from tests import kept_pages, towns
from tests.web.document import Document, Malformed, Pairs, find_faults

MOST_REDIRECTS = 5
LINE_END = re.compile(r"\r?\n")  # browsers send all lines with both
PRIVATE = (
    "/konto",
    "/anmelden",
    "/registrieren",
    "/passwort-",
    "/selbstcheck/",
    "/selbstchecks",
    "/zugang/",
    "/bericht/",
    "/berichte/",
    "/einladung/",
    "/verwaltung",
)
PUBLIC = ("/selbstcheck/neu",)
BEGIN = {
    "municipality": "Musterstadt am Main",
    "district": "06411",
    "place": "mittelzentrum",
    "audit": "first",
    "interview": "",
}
Fields = Mapping[str, str | Sequence[str] | None]


class Page(Document):
    """A page with the address it was found at and how it came."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.address = urlsplit(response.request.url).path
        self.status = response.status_code
        super().__init__(response.get_data(as_text=True))


class Visitor:
    """One browser with its own cookies. `base` is the address of the server, as the visitor knows it."""

    def __init__(self, client: FlaskClient, base: str = "http://localhost") -> None:
        self.client = client
        self.base = base

    def open(self, address: str, status: int = 200, **options: object) -> Page:
        """Opens `address`, follows where it leads, and checks the page it ends at."""
        return self.arrive(self.client.get(address, base_url=self.base, **options), status)

    def send(self, address: str, fields: Pairs | Fields, status: int = 200, **options: object) -> Page:
        """Posts `fields` and checks the page it ends at."""
        return self.arrive(self.post(address, fields, **options), status)

    def press(self, page: Page, button: str, changes: Fields | None = None, status: int = 200) -> Page:
        """Presses the `button` of a form on `page` after entering `changes`; None takes a field out."""
        form = page.form(button)
        fields = change(form.fields, changes or {})
        if form.method == "get":
            return self.arrive(self._get(form.action or page.address, fields), status)
        return self.send(form.action or page.address, fields, status)

    def post(self, address: str, fields: Pairs | Fields, **options: object) -> TestResponse:
        """The bare answer to a form, unchecked; our own pages' address is the referrer, as browsers say it."""
        pairs = list(fields.items()) if isinstance(fields, Mapping) else fields
        data = MultiDict([(name, LINE_END.sub("\r\n", value)) for name, value in pairs if value is not None])
        headers = {"Referer": f"{self.base}{address}", **(options.pop("headers", None) or {})}
        return self.client.post(address, data=data, base_url=self.base, headers=headers, **options)

    def _get(self, address: str, fields: Pairs) -> TestResponse:
        return self.client.get(address, query_string=MultiDict(fields), base_url=self.base)

    def arrive(self, response: TestResponse, status: int = 200) -> Page:
        """Follows where `response` leads, and checks the page it ends at."""
        for _ in range(MOST_REDIRECTS):
            if response.status_code not in (301, 302, 303, 308):
                break
            response = self.client.get(response.headers["Location"], base_url=self.base)
        address = urlsplit(response.request.url).path
        assert response.status_code == status, f"{address}: {response.status} instead of {status}"
        return check(response)


NewVisitor = Callable[[], Visitor]


def check(response: TestResponse, *, wording: bool = True) -> Page:
    """The page in `response`; fails with every house rule that it breaks.

    Without `wording` the page says what a test typed: its words count for nothing, and no validator reads it.
    """
    address = urlsplit(response.request.url).path
    faults = list(_find_header_faults(response, address))
    try:
        page = Page(response)
    except Malformed as malformed:
        raise AssertionError(f"{address}: {malformed}") from None
    if wording:
        kept_pages.keep(page.shape, page.source)
    faults += find_faults(page, wording=wording)
    assert not faults, f"{address} ({response.status_code}):\n" + "\n".join(faults)
    return page


def _find_header_faults(response: TestResponse, address: str) -> Iterable[str]:
    wanted = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    if address.startswith(PRIVATE) and address not in PUBLIC:
        wanted |= {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    for name, value in wanted.items():
        if response.headers.get(name) != value:
            yield f"{name} is {response.headers.get(name)!r}, not {value!r}"


def change(fields: Pairs, changes: Fields) -> Pairs:
    """`fields` with other values; a list of values stands for several fields of one name."""
    kept = [(name, value) for name, value in fields if name not in changes]
    for name, value in changes.items():
        values = [] if value is None else [value] if isinstance(value, str) else value
        kept += [(name, each) for each in values]
    return kept


def begin(visitor: Visitor, **changes: str) -> str:
    """Begins a self-check through the form; its id as the addresses name it."""
    page = visitor.press(visitor.open("/selbstcheck/neu"), "Beginnen", BEGIN | changes)
    return page.address.split("/")[2]


def fill(visitor: Visitor, check_id: str, answers: Answers) -> None:
    """Enters `answers` into the form of every criterion and saves each, which leads to the next."""
    criteria = towns.questionnaire().criteria
    page = visitor.open(f"/selbstcheck/{check_id}/fragen/{criteria[0].id}")
    for criterion in criteria:
        assert page.address == f"/selbstcheck/{check_id}/fragen/{criterion.id}"
        page = visitor.press(page, "Speichern und weiter", _group(towns.enter_criterion(criterion, answers)))


def _group(pairs: Pairs) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped
