"""Where uploaded files have room, and who looks for viruses in them. docs/configuration.md explains each setting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selfcheck.config.unsafe import UnsafeSetting, read_number

MEGABYTE = 1024 * 1024
MOST = 10_000_000
LONGEST_SOCKET = 100
"""Bytes of the path of a socket; the kernel takes hardly more."""
INSIDE = re.compile(r"/([A-Za-z0-9_-]+/)+")


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Bytes of one self-check, of all, and that stay free on the disk; the socket of clamd, empty where nobody scans;
    the address under which a proxy hands files over by itself, empty where there is none.
    """

    per_check: int
    total: int
    reserve: int
    clamd: str
    handed_over: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> FileSettings:
        """Raises `UnsafeSetting` for a setting that is wrong."""
        return cls(
            per_check=_read_megabytes(environ, "SELFCHECK_FILES_PER_CHECK", 500, lowest=25),
            total=_read_megabytes(environ, "SELFCHECK_FILES_TOTAL", 20_000, lowest=0),
            reserve=_read_megabytes(environ, "SELFCHECK_FILES_RESERVE", 1_000, lowest=0),
            clamd=_read_socket(environ),
            handed_over=_read_address(environ),
        )

    def as_flask_config(self) -> dict[str, Any]:
        return {
            "FILES_PER_CHECK": self.per_check,
            "FILES_TOTAL": self.total,
            "FILES_RESERVE": self.reserve,
            "CLAMD": self.clamd,
            "FILES_HANDED_OVER": self.handed_over,
        }


def _read_megabytes(environ: Mapping[str, str], name: str, default: int, *, lowest: int) -> int:
    return read_number(environ, name, default=default, lowest=lowest, highest=MOST) * MEGABYTE


def _read_socket(environ: Mapping[str, str]) -> str:
    path = environ.get("SELFCHECK_CLAMD", "").strip()
    if path and (not path.startswith("/") or len(path.encode()) > LONGEST_SOCKET):
        raise UnsafeSetting(
            f"SELFCHECK_CLAMD ist „{path[:LONGEST_SOCKET]}“. Bitte den ganzen Pfad des Sockets von clamd eintragen, "
            "zum Beispiel /run/clamav/clamd.ctl."
        )
    return path


def _read_address(environ: Mapping[str, str]) -> str:
    address = environ.get("SELFCHECK_FILES_ACCEL", "").strip()
    if address and not INSIDE.fullmatch(address):
        raise UnsafeSetting(
            f"SELFCHECK_FILES_ACCEL ist „{address}“. Bitte die Adresse eintragen, unter der nur der Webserver selbst "
            "die Dateien findet, mit „/“ am Anfang und am Ende, zum Beispiel /dateien-intern/."
        )
    return address
