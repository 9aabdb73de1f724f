"""How mails are sent, from the environment. docs/configuration.md explains each setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from selfcheck.config.unsafe import UnsafeSetting, read_choice, read_number
from selfcheck.core.text.mail import NoAddress, read_mail

PORTS = {"starttls": 587, "tls": 465, "none": 25}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
TIMEOUT = 15


class Encryption(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Without a `server` mails are not sent but written into files and the log."""

    server: str
    port: int
    user: str
    password: str = field(repr=False)
    encryption: Encryption
    sender: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, production: bool) -> MailSettings:
        """Raises `UnsafeSetting` for a setting that is wrong, or unsafe in production."""
        server = environ.get("SELFCHECK_MAIL_SERVER", "").strip()
        encryption = _read_encryption(environ, server, production)
        user, password = environ.get("SELFCHECK_MAIL_USER", ""), environ.get("SELFCHECK_MAIL_PASSWORD", "")
        sender = _read_sender(environ, server)
        port = read_number(environ, "SELFCHECK_MAIL_PORT", default=PORTS[encryption], lowest=1, highest=65535)
        if production and not server:
            raise UnsafeSetting(
                "SELFCHECK_MAIL_SERVER fehlt: Ohne Mailserver kann niemand ein Konto bestätigen, und Links aus Mails "
                "stünden im Protokoll. Bitte den Namen des Mailservers eintragen."
            )
        if bool(user) != bool(password):
            raise UnsafeSetting("SELFCHECK_MAIL_USER und SELFCHECK_MAIL_PASSWORD gehören zusammen. Bitte beide setzen.")
        return cls(server, port, user, password, encryption, sender)

    def as_flask_config(self) -> dict[str, Any]:
        return {
            "MAIL_SERVER": self.server,
            "MAIL_PORT": self.port,
            "MAIL_USERNAME": self.user or None,
            "MAIL_PASSWORD": self.password or None,
            "MAIL_USE_TLS": self.encryption is Encryption.STARTTLS,
            "MAIL_USE_SSL": self.encryption is Encryption.TLS,
            "MAIL_DEFAULT_SENDER": self.sender,
            "MAIL_TIMEOUT": TIMEOUT,
        }


def _read_encryption(environ: Mapping[str, str], server: str, production: bool) -> Encryption:
    encryption = Encryption(read_choice(environ, "SELFCHECK_MAIL_TLS", *Encryption))
    if production and encryption is Encryption.NONE and server not in THIS_MACHINE:
        raise UnsafeSetting(
            "SELFCHECK_MAIL_TLS ist „none“: Links und Passwort gingen offen durch das Netz. "
            "Das geht nur mit einem Mailserver auf demselben Rechner (localhost)."
        )
    return encryption


def _read_sender(environ: Mapping[str, str], server: str) -> str:
    sender = environ.get("SELFCHECK_MAIL_SENDER", "").strip()
    if not sender and not server:
        return "selbstcheck@localhost"
    try:
        read_mail(sender, anywhere=True, dotted=False)
    except NoAddress:
        raise UnsafeSetting(
            f"SELFCHECK_MAIL_SENDER ist „{sender}“. Bitte die Adresse eintragen, von der die Mails kommen, "
            "zum Beispiel selbstcheck@stadt.example."
        ) from None
    return sender
