"""The application for any WSGI server."""

import gc
import os

import click

from selfcheck import warm_up
from selfcheck.app import create_app
from selfcheck.assets import MissingAssets
from selfcheck.config.unsafe import UnsafeSetting

os.umask(0o077)  # whoever starts it, and however: what it writes is for this user only
is_command = click.get_current_context(silent=True) is not None
try:
    app = create_app()
except (UnsafeSetting, MissingAssets) as problem:
    if is_command:
        raise click.ClickException(str(problem)) from None
    raise
if not is_command:
    warm_up.begin(app)
# A page makes some thousand values and keeps none: looking for circles among them once a page is often enough.
gc.set_threshold(10_000, 10, 10)
