"""A stand-in for clamd: it listens at a socket, takes INSTREAM and knows one virus."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = b"MADE-UP-VIRUS"


@contextmanager
def listening(path: Path, answer: bytes = b"") -> Iterator[list[bytes]]:
    """What was sent to it; `answer` is said instead of what it finds."""
    met: list[bytes] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()
        server.settimeout(20)
        thread = threading.Thread(target=_serve, args=(server, met, answer), daemon=True)
        thread.start()
        try:
            yield met
        finally:
            server.shutdown(socket.SHUT_RDWR)
    thread.join()


def _serve(server: socket.socket, met: list[bytes], answer: bytes) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        with line, line.makefile("rb") as source:
            command = source.read(len(b"zINSTREAM\0"))
            content = b""
            while length := int.from_bytes(source.read(4), "big"):
                content += source.read(length)
            met.append(content)
            found = b"stream: Made.Up FOUND\0" if VIRUS in content else b"stream: OK\0"
            line.sendall(answer or (found if command == b"zINSTREAM\0" else b"UNKNOWN COMMAND\0"))


@contextmanager
def dripping(path: Path) -> Iterator[None]:
    """One that takes everything and answers a letter at a time, without an end."""
    over = threading.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()
        thread = threading.Thread(target=_drip, args=(server, over), daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _drip(server: socket.socket, over: threading.Event) -> None:
    line, _ = server.accept()
    line.settimeout(0.01)
    with line:
        while not over.wait(0.05):
            try:
                while line.recv(65536):
                    pass
            except TimeoutError:
                line.sendall(b"x")
            except OSError:
                return
