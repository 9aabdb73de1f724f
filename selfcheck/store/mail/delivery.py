"""Sends what waits in the outbox. A mail server that is gone delays mails and nothing else."""

from __future__ import annotations

import logging
import smtplib
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from click import get_current_context
from flask import Flask, current_app, has_request_context
from flask_mailman import EmailMessage, Mail
from flask_mailman.backends.base import BaseEmailBackend
from sqlalchemy.exc import SQLAlchemyError

from selfcheck.store.database.write_queue import Busy
from selfcheck.store.mail import outbox
from selfcheck.store.mail.backends import LocalBackend, ServerBackend
from selfcheck.store.mail.outbox import DueMail, Fault

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
REFUSED = (smtplib.SMTPException, ValueError, TypeError, AttributeError, LookupError)
"""What a server, and Python's own reader of addresses, raise at an address that is none. Nothing that somebody typed
may end the thread that sends everybody's mails."""

PERMANENT = 500
"""From this code on a mail server means for good what it says."""


@dataclass(frozen=True, slots=True)
class Delivered:
    sent: int
    failed: int


def init(app: Flask, clock: Clock, take_turn: Callable[[Flask], object]) -> None:
    """Connects `app` to its mail server, and lets mails that a request puts out go soon after it; with the first
    request of a process also those that waited while none ran. `clock` says what time it is; `take_turn` is called
    again and again, beside requests, for whatever else is done without one.
    """
    app.config["MAIL_BACKEND"] = ServerBackend if app.config.get("MAIL_SERVER") else LocalBackend
    app.extensions["mail"] = Mail(app)
    courier = Courier(app, clock, take_turn)
    app.extensions[outbox.WAKE] = courier.wake
    app.before_request(courier.begin)


def send_due(clock: Clock) -> Delivered:
    """Sends everything that is due, from several processes at once if need be: each mail is claimed by one.

    Stops as soon as the mail server cannot be reached; what was claimed then waits for its next attempt.
    """
    sent = failed = 0
    while due := outbox.claim(clock()):
        server = current_app.extensions["mail"].get_connection()
        try:
            server.open()
            gone = sum(_send(server, mail, clock) for mail in due)
            sent, failed = sent + gone, failed + len(due) - gone
        except OSError as error:
            log.warning("The mail server cannot be reached (%s); mails wait.", type(error).__name__)
            outbox.note_faults(due, Fault.SERVER)
            return Delivered(sent, failed + len(due))
        finally:
            with suppress(OSError):
                server.close()
    return Delivered(sent, failed)


def _send(server: BaseEmailBackend, mail: DueMail, clock: Clock) -> bool:
    """Whether one mail went out; noted at once, so that a process that dies afterwards does not send it again."""
    head = {"Auto-Submitted": "auto-generated"}
    if mail.stop:
        head |= {"List-Unsubscribe": f"<{mail.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    try:
        server.send_messages([EmailMessage(mail.subject, mail.body, to=[mail.address], headers=head)])
    except smtplib.SMTPServerDisconnected:
        raise
    except REFUSED as error:  # the address stays out of the log
        log.warning("Mail %d was refused at attempt %d (%s).", mail.id, mail.attempts, type(error).__name__)
        if _is_final(error):
            outbox.note_refused(mail, clock(), _find_fault(error))
        else:
            outbox.note_faults([mail], _find_fault(error))
        return False
    outbox.note_sent(mail, clock())
    return True


def _is_final(error: Exception) -> bool:
    """Whether the same mail would be refused every time: for its recipient or its text (5xx), or because its address is
    none. What is wrong between the server and us is no fault of a mail: it waits.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= PERMANENT
    return not isinstance(error, smtplib.SMTPException)


def _find_fault(error: Exception) -> Fault:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return Fault.RECIPIENT
    if isinstance(error, smtplib.SMTPDataError):
        return Fault.CONTENT
    return Fault.OTHER if isinstance(error, smtplib.SMTPException) else Fault.ADDRESS


class Courier:
    """One thread per process, begun with its first request; it ends with the process.

    Outside of requests (commands) and in tests nothing begins by itself: there `send_due` is called.
    """

    def __init__(self, app: Flask, clock: Clock, take_turn: Callable[[Flask], object]) -> None:
        self._app, self._clock, self._take_turn = app, clock, take_turn
        self._called = threading.Event()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There is something to send."""
        if not has_request_context() or self._app.testing or get_current_context(silent=True) is not None:
            return
        self._called.set()
        with self._guard:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
                self._thread.start()

    def begin(self) -> None:
        """Before every request; the first one looks what waits."""
        if self._thread is None:
            self.wake()

    def _run(self) -> None:
        pause: float | None = None
        while True:
            self._called.wait(pause)
            self._called.clear()
            pause = self._go()
            self._take_turn(self._app)

    def _go(self) -> float:
        """Sends what is due; the seconds until it is time to look again."""
        try:
            with self._app.app_context():
                due = outbox.next_due(self._clock())
                if due is not None and due <= self._clock():
                    send_due(self._clock)
                    due = outbox.next_due(self._clock())
        except (SQLAlchemyError, Busy):
            log.exception("The database did not answer; mails wait")
            return LONGEST_PAUSE
        if due is None:
            return LONGEST_PAUSE
        return min(max((due - self._clock()).total_seconds(), SHORTEST_PAUSE), LONGEST_PAUSE)
