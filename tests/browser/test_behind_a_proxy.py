"""As in production: https, one proxy in front, a secure cookie."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme
from playwright.sync_api import expect

from selfcheck.core.questionnaire.model import Kind, OptionId
from selfcheck.core.rules.answers import Answer, State
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.server import Server

PRODUCTION = {
    "SELFCHECK_ENV": "production",
    "SELFCHECK_SECRET_KEY": "Gx7-kQ9_vT2wLp4zRb8nYc1mJf6hDs3u",
    "SELFCHECK_PROXIES": "1",
    "SELFCHECK_HOSTS": "localhost 127.0.0.1",
    "SELFCHECK_MAIL_SERVER": "localhost",
    "SELFCHECK_MAIL_SENDER": "selbstcheck@localhost",
}
OWN_TO_THE_WAY = ("connection", "keep-alive", "transfer-encoding", "host")


def test_begin_save_and_share_over_https(own_server: Callable[..., Server], window: OpenWindow) -> None:
    server = own_server(**PRODUCTION)
    with serve_https(server.port) as address:
        town = window(address, ignore_https_errors=True)
        begun = journey.begin(town)
        question = next(
            each for each in towns.questionnaire().criteria[0].questions if each.kind in (Kind.YES_NO, Kind.ONE)
        )
        given = Answer(State.GIVEN, OptionId(question.options[0].id), note="Über https geschrieben")
        journey.answer_question(town, question, given)
        journey.go_on(town)
        town.open(f"{begun.root}/ergebnis")
        journey.expect_result(town.page, {question.id: given})
        assert all(cookie["secure"] for cookie in town.context.cookies())

        link = journey.share(town, begun)
        assert link.startswith(f"{address}/bericht/")
        report = journey.open_report(window(address, ignore_https_errors=True), link)
        expect(report.locator("main")).to_contain_text("Über https geschrieben")
        for page in (town.page, report):
            page.wait_for_load_state("networkidle")


@contextmanager
def serve_https(port: int) -> Iterator[str]:
    """The address of a proxy that speaks https and passes everything on to `port`."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), _make_handler(port))
    proxy.daemon_threads = True
    proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
    running = threading.Thread(target=proxy.serve_forever, daemon=True)
    running.start()
    try:
        yield f"https://localhost:{proxy.server_address[1]}"
    finally:
        proxy.shutdown()
        running.join()
        proxy.server_close()


def _make_handler(port: int) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Passes requests on, and says who asked, how, and for which host."""

        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            sent = {name: value for name, value in self.headers.items() if name.lower() not in OWN_TO_THE_WAY}
            sent |= {
                "Host": f"127.0.0.1:{port}",
                "X-Forwarded-For": self.client_address[0],
                "X-Forwarded-Proto": "https",
                "X-Forwarded-Host": self.headers["Host"],
            }
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                connection.request(self.command, self.path, body or None, sent)
                answer = connection.getresponse()
                self._answer(answer.status, answer.getheaders(), answer.read())
            finally:
                connection.close()

        def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in (*OWN_TO_THE_WAY, "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler
