"""How a chamber works, as its advisors set it."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from selfcheck.store.chamber.result.settings import Settings, read_settings, save_settings
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import frame, pages
from selfcheck.web.http import clock, guards
from selfcheck.web.layout.fields import PageForm, SentHiddenField
from selfcheck.web.parts.submitted import read_version

ROOT = "/beratung/einstellungen"


class SettingsForm(PageForm):
    second_reader = BooleanField("Vor dem Freigeben liest jemand anders gegen")
    version = SentHiddenField()


@pages.get(ROOT)
def settings() -> str:
    stored = read_settings(guards.advise().chamber)
    form = SettingsForm({"second_reader": stored.second_reader, "version": str(stored.version)}, unread=True)
    return _show(form, stored)


@pages.post(ROOT)
def save_settings_of() -> ResponseReturnValue:
    advisor, form = guards.advise(), SettingsForm()
    seen = read_version(form.version.data)
    met = save_settings(advisor, seen, bool(form.second_reader.data), clock.now())
    if not isinstance(met, Conflict):
        return redirect(url_for("chamber.settings", gespeichert=1), 303)
    form.version.data = str(met.version)
    return _show(form, read_settings(advisor.chamber), met=True), 409


def _show(form: SettingsForm, stored: Settings, *, met: bool = False) -> str:
    saved = "gespeichert" in request.args
    return frame.render("chamber/result/settings.html", None, form=form, stored=stored, met=met, saved=saved)
