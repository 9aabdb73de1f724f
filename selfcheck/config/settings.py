"""Settings from the environment, and the refusal to start with unsafe ones. docs/configuration.md explains each."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from selfcheck.config.files import FileSettings
from selfcheck.config.mail import MailSettings
from selfcheck.config.unsafe import UnsafeSetting, read_choice, read_number

ROOT = Path(__file__).resolve().parents[2]
KEY_FILE = "secret-key"
SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 10
PLACEHOLDERS = (
    "changeme",
    "secret",
    "password",
    "passwort",
    "geheim",
    "example",
    "beispiel",
    "selfcheck",
    "selbstcheck",
)
MEGABYTE = 1024 * 1024
LONG_READERS = 10
"""Threads that a worker has beside the others, each for somebody who reads a long file slowly."""


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    environment: Environment
    secret_key: str = field(repr=False)
    data: Path
    database_url: str = field(repr=False)
    host: str
    port: int
    workers: int
    threads: int
    proxies: int
    hosts: tuple[str, ...]
    throttle: bool
    questionnaires: Path
    legal: Path | None
    mail: MailSettings
    files: FileSettings

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Reads every setting; makes the data folder and, outside production, the secret key where missing.

        Raises `UnsafeSetting` for a setting that is wrong, or unsafe in production.
        """
        environment = _read_environment(environ)
        data = _read_data_folder(environ)
        return cls(
            environment=environment,
            secret_key=_read_secret(environ, environment, data),
            data=data,
            database_url=_read_database_url(environ, data),
            host=environ.get("HOST") or "127.0.0.1",
            port=read_number(environ, "PORT", default=8000, lowest=1, highest=65535),
            workers=read_number(environ, "SELFCHECK_WORKERS", default=2, lowest=1, highest=64),
            threads=read_number(environ, "SELFCHECK_THREADS", default=16, lowest=1, highest=64),
            proxies=read_number(environ, "SELFCHECK_PROXIES", default=0, lowest=0, highest=10),
            hosts=_read_hosts(environ, environment),
            throttle=_read_throttle(environ, environment),
            questionnaires=_read_folder(environ, "SELFCHECK_QUESTIONNAIRES") or ROOT / "questionnaires",
            legal=_read_folder(environ, "SELFCHECK_LEGAL"),
            mail=MailSettings.from_environment(environ, production=environment is Environment.PRODUCTION),
            files=FileSettings.from_environment(environ),
        )

    @property
    def base_url(self) -> str:
        """Where links in mails lead, whoever asked for them: the first name in `SELFCHECK_HOSTS`, with its port if it
        has one."""
        if self.hosts:
            secure = self.environment is Environment.PRODUCTION
            return f"{'https' if secure else 'http'}://{self.hosts[0].removeprefix('.')}"
        return f"http://{name_host(self.host)}:{self.port}"

    def as_flask_config(self) -> dict[str, Any]:
        """These settings, and what follows from them, under the names that Flask and its extensions know."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # only we can set a cookie of this name, and only for this very host and over https
            "SESSION_COOKIE_NAME": "__Host-selfcheck" if self.environment is Environment.PRODUCTION else "selfcheck",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.environment is Environment.PRODUCTION,
            "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
            # else a late answer to an earlier request would put back an older cookie
            "SESSION_REFRESH_EACH_REQUEST": False,
            "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch is still saved
            # web/http/forms asks instead, and takes what else a browser says than the referrer
            "WTF_CSRF_CHECK_DEFAULT": False,
            "WTF_CSRF_SSL_STRICT": False,
            "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
            "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,  # ten notes of 5,000 characters, with the values they were built from
            "MAX_FORM_PARTS": 2000,
            "TEMPLATES_AUTO_RELOAD": False,
            "ENVIRONMENT": self.environment.value,
            "PROXIES": self.proxies,
            "TRUSTED_HOSTS": list(self.hosts) or None,  # what a shown link may begin with
            "THROTTLE": self.throttle,
            "THREADS": self.threads,
            "LONG_READERS": LONG_READERS,
            "DATA": self.data,
            "QUESTIONNAIRES": self.questionnaires,
            "LEGAL": self.legal,
            "BASE_URL": self.base_url,
            "ASSETS": ROOT / "build",
            "DOCUMENT_FONTS": ROOT / "build" / "document-fonts",
            **self.mail.as_flask_config(),
            **self.files.as_flask_config(),
        }


def name_host(host: str) -> str:
    """How somebody on this machine calls `host` in an address."""
    with suppress(ValueError):  # a name
        if ipaddress.ip_address(host).is_unspecified:
            return "localhost"
    return f"[{host}]" if ":" in host else host


def _read_environment(environ: Mapping[str, str]) -> Environment:
    environment = Environment(read_choice(environ, "SELFCHECK_ENV", *Environment))
    debug = environ.get("FLASK_DEBUG", "")
    if environment is Environment.PRODUCTION and debug.lower() not in {"", "0", "false", "no"}:
        raise UnsafeSetting(
            f"FLASK_DEBUG ist „{debug}“: Damit zeigt der Server Fremden sein Inneres. "
            "Bitte FLASK_DEBUG entfernen (auch „--debug“ beim Aufruf von flask)."
        )
    return environment


def _read_hosts(environ: Mapping[str, str], environment: Environment) -> tuple[str, ...]:
    hosts = tuple(environ.get("SELFCHECK_HOSTS", "").replace(",", " ").split())
    if environment is Environment.PRODUCTION and not hosts:
        raise UnsafeSetting(
            "SELFCHECK_HOSTS fehlt: Damit könnten Fremde ihre eigene Adresse in die Links unserer Mails setzen. "
            "Bitte den Namen eintragen, unter dem der Server erreichbar ist, zum Beispiel selbstcheck.example.de."
        )
    return hosts


def _read_throttle(environ: Mapping[str, str], environment: Environment) -> bool:
    throttle = read_choice(environ, "SELFCHECK_THROTTLE", "1", "0") == "1"
    if not throttle and environment is Environment.PRODUCTION:
        raise UnsafeSetting(
            "SELFCHECK_THROTTLE ist „0“: Damit können Fremde Links ohne Ende durchprobieren. Bitte entfernen."
        )
    return throttle


def _read_data_folder(environ: Mapping[str, str]) -> Path:
    folder = Path(environ.get("SELFCHECK_DATA") or ROOT / "instance").expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise UnsafeSetting(
            f"In den Ordner {folder} kann nicht geschrieben werden ({error.strerror}). "
            "Bitte SELFCHECK_DATA auf einen beschreibbaren Ordner setzen oder die Rechte dieses Ordners ändern."
        ) from None


def _read_database_url(environ: Mapping[str, str], data: Path) -> str:
    """PostgreSQL where `DATABASE_URL` says so (however it spells the driver), else SQLite in the data folder."""
    url = environ.get("DATABASE_URL") or f"sqlite:///{data / 'selfcheck.sqlite3'}"
    kind, parted, place = url.partition("://")
    if parted and kind in {"postgres", "postgresql"}:
        return f"postgresql+psycopg://{place}"
    if not parted or kind not in {"sqlite", "postgresql+psycopg"}:
        raise UnsafeSetting(
            f"DATABASE_URL beginnt mit „{kind[:20]}“. Möglich sind postgresql://… und sqlite:///…; "
            "ohne DATABASE_URL wird SQLite im Datenordner benutzt."
        )
    return url


def _read_folder(environ: Mapping[str, str], name: str) -> Path | None:
    entered = environ.get(name)
    if not entered:
        return None
    folder = Path(entered).expanduser().absolute()
    if not folder.is_dir():
        raise UnsafeSetting(f"{name} nennt {folder}: Diesen Ordner gibt es nicht. Bitte den Pfad prüfen.")
    return folder


def _read_secret(environ: Mapping[str, str], environment: Environment, data: Path) -> str:
    secret = environ.get("SELFCHECK_SECRET_KEY", "").strip()
    if environment is not Environment.PRODUCTION:
        return secret or _keep_secret(data / KEY_FILE)
    advice = (
        "Bitte einen zufälligen Schlüssel eintragen, zum Beispiel aus: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    )
    if not secret:
        raise UnsafeSetting(f"SELFCHECK_SECRET_KEY fehlt. {advice}")
    if len(secret) < SHORTEST_SECRET:
        raise UnsafeSetting(f"SELFCHECK_SECRET_KEY hat weniger als {SHORTEST_SECRET} Zeichen. {advice}")
    repeats = secret in (secret + secret)[1:-1]
    if repeats or len(set(secret)) < FEWEST_CHARACTERS:
        raise UnsafeSetting(f"SELFCHECK_SECRET_KEY ist zu leicht zu erraten: Die Zeichen wiederholen sich. {advice}")
    letters = re.sub("[^a-z]", "", secret.lower())
    if word := next((word for word in PLACEHOLDERS if word in letters), None):
        raise UnsafeSetting(f"SELFCHECK_SECRET_KEY ist zu leicht zu erraten: Darin steht „{word}“. {advice}")
    return secret


def _keep_secret(file: Path) -> str:
    """The secret in `file`, made on the first call. Linking a whole file lets one of several workers win."""
    if not file.exists():
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=f".{KEY_FILE}-") as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):  # another worker was first: its secret counts
                os.link(made.name, file)
    try:
        secret = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        raise UnsafeSetting(
            f"{file} ist nicht lesbar oder leer. Bitte die Datei löschen (alle müssen dann ihren Link neu öffnen) "
            "oder SELFCHECK_SECRET_KEY setzen."
        )
    return secret
