"""How a mail leaves the house: through a mail server, or for trying out into a file and the log."""

from __future__ import annotations

import logging
import smtplib
import ssl
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_mailman import EmailMessage
from flask_mailman.backends.base import BaseEmailBackend
from flask_mailman.backends.smtp import EmailBackend as SmtpBackend

log = logging.getLogger(__name__)
FOLDER = "mails"


class _Smtp(smtplib.SMTP):
    """Asks for a certificate that can be trusted; Python's own does so only from 3.13 on."""

    def starttls(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        return super().starttls(context=ssl.create_default_context())


class ServerBackend(SmtpBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return smtplib.SMTP_SSL if self.use_ssl else _Smtp


class LocalBackend(BaseEmailBackend):
    """Writes every mail into `mails/` of the data folder and into the log, links and all: for trying out only."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        folder = Path(current_app.config["DATA"]) / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        for message in messages:
            text = f"An: {', '.join(message.to)}\nBetreff: {message.subject}\n\n{message.body}\n"
            stamp = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S-%f")
            with tempfile.NamedTemporaryFile(
                "w", dir=folder, prefix=f"{stamp}-", suffix=".txt", encoding="utf-8", delete=False
            ) as file:
                file.write(text)
            log.warning("No mail server is set. This mail lies in %s:\n%s", file.name, text)
        return len(messages)
