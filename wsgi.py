"""The application for any WSGI server."""

import gc

from selfcheck.app import create_app

app = create_app()
# What is there now stays as long as the process: without this, every page pays 0.4 ms for looking through it again.
gc.collect()
gc.freeze()
# A page makes some thousand values and keeps none: looking for circles among them once a page is often enough.
gc.set_threshold(10_000, 10, 10)
