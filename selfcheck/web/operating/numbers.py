"""Was von selbst läuft, and Zahlen: how the server does, without any person or town."""

from __future__ import annotations

from flask import render_template

from selfcheck.store.database.times import RESTORABLE
from selfcheck.store.operating import figures
from selfcheck.web.http import clock, guards
from selfcheck.web.operating import pages
from selfcheck.web.operating.coordination import ROOT
from selfcheck.web.operating.worker import show_worker


@pages.get(f"{ROOT}/was-von-selbst-laeuft")
def running() -> str:
    guards.operate()
    return render_template("operating/running.html", worker=show_worker())


@pages.get(f"{ROOT}/zahlen")
def numbers() -> str:
    guards.operate()
    return render_template("operating/numbers.html", counted=figures.count_all(clock.now() - RESTORABLE))
