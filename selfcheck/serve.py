"""`python -m selfcheck.serve`: checks the settings, brings the database up to date and serves until it is stopped."""

from __future__ import annotations

import ctypes
import errno
import ipaddress
import logging
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from sqlalchemy.engine import make_url

from selfcheck.assets import Assets, MissingAssets
from selfcheck.config.settings import LONG_READERS, ROOT, Settings, name_host
from selfcheck.config.unsafe import UnsafeSetting
from selfcheck.store.database.sqlite_file import SqliteFile, empty_journal

LONGEST_START = 60
LONGEST_STOP = 5
"""Seconds that a worker has to end what it is doing; every answered save is committed by then."""
MOST_ARENAS = -8
"""`M_ARENA_MAX` of GNU's malloc.h."""
LAST_PATIENCE = 2.0
"""Seconds for which whoever still reads the database holds up the end."""
PROXY_NEEDED = (
    "Der Server nimmt Anfragen von anderen Rechnern an. Davor gehört ein Webserver mit https, der sie erst ganz "
    "annimmt und langsame abbricht (docs/configuration.md, „Im Betrieb“): Ohne ihn geht alles offen durch das Netz, "
    "und langsame Leitungen halten andere auf."
)


class CannotServe(Exception):
    """Something outside the settings keeps the server from starting; the message says what to do."""


def main() -> int:
    """Serves. Exit status 2 and one message without traceback where a setting or the machine forbids it."""
    os.umask(0o077)  # database and journal are for this user only
    try:
        settings = Settings.from_environment(os.environ)
        Assets(ROOT / "build", ROOT / "static")
        refuse_taken_port(settings.host, settings.port)
        refuse_missing_database(settings.database_url)
        migrate_database()
    except (UnsafeSetting, MissingAssets, CannotServe) as problem:
        click.echo(f"Der Server startet nicht. {problem}", err=True)
        return 2
    if not is_loopback(settings.host):
        click.echo(PROXY_NEEDED, err=True)
    share_freed_memory()
    logging.getLogger("_granian").addFilter(_is_news)
    threading.Thread(target=announce, args=(settings.host, settings.port), daemon=True).start()
    Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads + LONG_READERS,
        workers_kill_timeout=LONGEST_STOP,
        respawn_failed_workers=True,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        working_dir=ROOT,
    ).serve()
    empty_last_journal(settings.database_url)
    return 0


def _is_news(record: logging.LogRecord) -> bool:
    """Not the server's doubt about so many threads: `SELFCHECK_THREADS` is meant, docs/configuration.md says why."""
    return not record.getMessage().startswith("Configuration allows spawning up to")


def share_freed_memory() -> None:
    """Lets the threads of a worker reuse each other's freed memory; only one of them runs Python at a time.

    Told to the C library itself, for it reads `MALLOC_ARENA_MAX` only where a program begins, and workers are forks.
    """
    with suppress(AttributeError, OSError):  # a C library other than GNU's has no such thing
        ctypes.CDLL(None).mallopt(MOST_ARENAS, 1)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises `CannotServe` where the address is not free: the server itself would share it with another one."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except PermissionError:
        raise CannotServe(f"Port {port} ist nur für root. Bitte PORT auf eine Zahl ab 1024 setzen.") from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise CannotServe(f"HOST „{host}“ ist keine Adresse dieses Rechners ({error.strerror}).") from None
        raise CannotServe(
            f"Port {port} ist schon belegt, vielleicht läuft der Selbstcheck bereits. "
            f"Anderer Port: PORT={port + 1} make run"
        ) from None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_missing_database(url: str) -> None:
    """Raises `CannotServe` where a database was here once and its file is gone."""
    path = find_file(url)
    if path is not None and (missing := SqliteFile(path).explain_missing()):
        raise CannotServe(missing)


def find_file(url: str) -> Path | None:
    """The file of an SQLite database."""
    read = make_url(url)
    return Path(read.database) if read.get_backend_name() == "sqlite" and read.database else None


def empty_last_journal(url: str) -> None:
    """All workers have ended: what they wrote belongs into the one file that people copy."""
    path = find_file(url)
    if path is None or not path.exists():
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        empty_journal(connection, LAST_PATIENCE)


def migrate_database() -> None:
    """Brings the tables up to date. Raises `CannotServe` with the last lines of what went wrong."""
    command = [sys.executable, "-m", "selfcheck.migrate"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        reason = "\n".join(ended.stderr.strip().splitlines()[-8:])
        raise CannotServe(f"Die Datenbank lässt sich nicht vorbereiten. Bitte DATABASE_URL prüfen.\n{reason}")


def announce(host: str, port: int) -> None:
    """Prints the address as soon as the first page can be had there."""
    started = time.monotonic()
    while time.monotonic() - started < LONGEST_START:
        if _answers(name_host(host), port):
            click.echo(f"\nSelbstcheck läuft: http://{name_host(host)}:{port}\nBeenden mit Strg+C.")
            return
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(f"{host}:{port}", timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
