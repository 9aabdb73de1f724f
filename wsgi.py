"""The application for any WSGI server."""

from selfcheck import create_app

app = create_app()
