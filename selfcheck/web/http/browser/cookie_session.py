"""The one cookie: signed, and never lost because of a clock that was wrong for a while."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

OLD_NAME = "selfcheck"
"""What the cookie is called where there is no https, and was called everywhere. Signed as it was then it is taken
still; one signed as today is not, so that nobody plants their own in the place of a cookie that only we can set."""


class CookieSession(SecureCookieSession):
    """`kept`: the browser has one of ours that cannot be read now, because of its time; it is not written over.

    `renamed`: it came under the old name or signature.
    """

    kept = False
    renamed = False


class CookieSessions(SecureCookieSessionInterface):
    """Signs with SHA-256. A cookie from the future is read: some clock was wrong, and the database decides anyway."""

    session_class = CookieSession
    digest_method = staticmethod(hashlib.sha256)

    def open_session(self, app: Flask, request: Request) -> CookieSession:
        """The session of this browser; an empty one where it has none of ours, or one whose time is over."""
        found = self._read(app, request.cookies.get(self.get_cookie_name(app)), self.get_signing_serializer(app))
        if found is not None:
            return found
        found = self._read(app, request.cookies.get(OLD_NAME), self._old_serializer(app))
        if found is None:
            return CookieSession()
        found.renamed = found.modified = not found.kept
        return found

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Writes what changed. What came under an old name goes on under the new one only."""
        if isinstance(session, CookieSession) and session.kept:
            response.vary.add("Cookie")
            return
        super().save_session(app, session, response)
        name = self.get_cookie_name(app)
        if isinstance(session, CookieSession) and session.renamed and name != OLD_NAME:
            response.delete_cookie(OLD_NAME, secure=self.get_cookie_secure(app), httponly=True, samesite="Lax")

    def _read(self, app: Flask, value: str | None, serializer: URLSafeTimedSerializer | None) -> CookieSession | None:
        if not value or serializer is None:
            return None
        try:
            data, signed_at = serializer.loads(value, return_timestamp=True)
        except BadSignature:
            return None
        if time.time() - signed_at.timestamp() > app.permanent_session_lifetime.total_seconds():
            late = CookieSession()
            late.kept = True
            return late
        return CookieSession(data)

    def _old_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """As before SHA-256: a browser brings such a cookie once, within 90 days."""
        if not app.secret_key:
            return None
        signed: dict[str, Any] = {"key_derivation": self.key_derivation, "digest_method": hashlib.sha1}
        return URLSafeTimedSerializer(app.secret_key, salt=self.salt, serializer=self.serializer, signer_kwargs=signed)
