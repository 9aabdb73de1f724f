"""What the first visitors of a process would wait for, done behind its start."""

from __future__ import annotations

import gc
import threading
from contextlib import suppress

from flask import Flask

from selfcheck.reporting.charts import figures


def begin(app: Flask) -> None:
    """Has the figure of the charts drawn and compiles the templates in a thread of this process; comes back at once."""
    threading.Thread(target=_prepare, args=(app,), name="warm-up", daemon=True).start()


def _prepare(app: Flask) -> None:
    with suppress(figures.NotDrawn):  # whoever opens a result tries again, and is told in the log
        figures.draw_empty()
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    # All this stays as long as the process: else every page pays 0.4 ms for looking through it again.
    gc.collect()
    gc.freeze()
