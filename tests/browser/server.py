"""The real server on a free port with a data folder of its own, started the way `make run` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests import towns

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 40
LONGEST_STOP = 10


class Server:
    """Starts on creation; `environ` are further settings. Restarts keep port and data."""

    def __init__(self, data: Path, **environ: str) -> None:
        self.data = data
        self.port = _find_port()
        self.log = data / "server.log"
        place = {"HOST": "127.0.0.1", "PORT": str(self.port), "SELFCHECK_DATA": str(data)}
        self.environ = place | {"SELFCHECK_QUESTIONNAIRES": str(towns.QUESTIONNAIRES)} | environ
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Comes back when pages can be had."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SELFCHECK_", "FLASK_"))}
        kept.pop("DATABASE_URL", None)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "selfcheck.serve"],
                cwd=ROOT,
                env=kept | self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Ends it in good order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it and all its workers at once, as when the power goes."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def read_log(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _end(self, how: signal.Signals) -> None:
        assert self.process is not None
        ended = self.process.poll()
        assert ended is None, f"the server ended with status {ended}:\n{self.read_log()}"
        group = self.process.pid
        os.killpg(group, how) if how is signal.SIGKILL else self.process.send_signal(how)
        try:
            self.process.wait(LONGEST_STOP)
        finally:
            _kill_rest(group)
        self.process = None

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the server ended:\n{self.read_log()}"
            if self._is_healthy():
                return
            time.sleep(0.05)
        raise AssertionError(f"the server does not answer:\n{self.read_log()}")

    def _is_healthy(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def _kill_rest(group: int) -> None:
    """Workers that outlive their parent would keep the port."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _find_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
