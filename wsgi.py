"""The application for any WSGI server."""

import gc
import os

import click

from selfcheck import warm_up
from selfcheck.app import create_app

os.umask(0o077)  # whoever starts it, and however: what it writes is for this user only
app = create_app()
if click.get_current_context(silent=True) is None:  # a server, not a command
    warm_up.begin(app)
# A page makes some thousand values and keeps none: looking for circles among them once a page is often enough.
gc.set_threshold(10_000, 10, 10)
