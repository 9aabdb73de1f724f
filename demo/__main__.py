"""`python -m demo fill` makes the demo in SELFCHECK_DATA and says how to sign in; `python -m demo code MAIL` shows the
code of an advisor's second factor. Both know the folder of a demo by the file in it, and work in no other.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path

import flask_migrate
from flask import Flask

from demo import story
from demo.people import Person, make_code
from demo.story import Demo
from selfcheck.app import create_app
from selfcheck.config.settings import ROOT, Settings
from selfcheck.store.database.transactions import add_migrations, db
from tests import towns

MARK = "this-is-a-demo"
"""The file in a folder that says so."""
USAGE = "Aufruf: python -m demo fill oder python -m demo code MAIL"


def main(arguments: list[str]) -> int:
    os.umask(0o077)
    towns.use(towns.SHIPPED)
    folder = Path(os.environ.get("SELFCHECK_DATA") or ROOT / "instance-demo").expanduser().absolute()
    match arguments:
        case ["fill"]:
            return fill(folder)
        case ["code", mail]:
            return show_code(folder, mail)
    print(USAGE, file=sys.stderr)
    return 2


def fill(folder: Path) -> int:
    """Makes the demo where there is nothing; the exit status."""
    if (folder / MARK).exists():
        print(f"In {folder} liegt schon eine Demo; sie wird gestartet, wie sie ist. Die Passwörter standen beim ersten")
        print("Start da. Für neue löschen Sie den Ordner und rufen make demo noch einmal auf.")
        return 0
    if folder.exists() and any(folder.iterdir()):
        print(f"In {folder} liegen schon Daten. Die Demo braucht einen eigenen, leeren Ordner:", file=sys.stderr)
        print("SELFCHECK_DATA=anderer-ordner make demo", file=sys.stderr)
        return 1
    print("· Demo füllen …", flush=True)
    logging.getLogger("selfcheck.store.mail").setLevel(logging.ERROR)  # of each mail where it lies
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as made:
        whole = Path(made) / "data"  # what breaks off halfway leaves nothing behind
        demo = make(whole)
        whole.rename(folder)
    announce(demo, folder)
    return 0


def make(data: Path) -> Demo:
    """The demo in a new folder."""
    app = open_app(data, SELFCHECK_THROTTLE="0")
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
    demo = story.tell(app)
    close(app)
    (data / MARK).touch()
    return demo


def open_app(data: Path, **environ: str) -> Flask:
    """The application on the database in `data`, whatever else is set on this machine."""
    return create_app({"SELFCHECK_DATA": str(data), "SELFCHECK_QUESTIONNAIRES": str(towns.SHIPPED)} | environ)


def close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def announce(demo: Demo, folder: Path) -> None:
    base = Settings.from_environment(
        {name: os.environ.get(name, "") for name in ("HOST", "PORT")} | _in(folder)
    ).base_url
    print(f"\nDie Demo liegt in {folder}. Diese Passwörter stehen nur hier, einmal.")
    print(f"\nAnmelden: {base}/anmelden\n\nKommunen (Passwort genügt)")
    for town in demo.towns:
        print(f"  {town.name}: {_say(town.coordinator)}")
    print(f"\nFachbereich: ohne Konto, mit diesem Link\n  {base}{demo.office}")
    print("\nBeratende der IHK (Passwort und Code)")
    for person, chamber in zip(demo.advisors, ("IHK Darmstadt", "IHK Frankfurt am Main"), strict=True):
        print(f"  {chamber}: {_say(person)}")
        print(f"    Schlüssel für eine Authenticator-App: {person.key}")
        print(f"    oder den Code von jetzt: {_command(folder)} code {person.mail}")
    print(flush=True)


def show_code(folder: Path, mail: str) -> int:
    """Prints what the app of an advisor of the demo would show; the exit status."""
    if not (folder / MARK).exists():
        print(f"{folder} ist kein Ordner einer Demo.", file=sys.stderr)
        return 1
    app = open_app(folder)
    code = make_code(app, mail)
    close(app)
    if code is None:
        print(f"Mit {mail} gibt es in dieser Demo keinen zweiten Faktor.", file=sys.stderr)
        return 1
    print(f"{code[:3]} {code[3:]}")
    return 0


def _say(person: Person) -> str:
    return f"{person.name}, {person.mail}, Passwort {person.password}"


def _command(folder: Path) -> str:
    there = "" if folder == ROOT / "instance-demo" else f"SELFCHECK_DATA={folder} "
    return f"{there}.venv/bin/python -m demo"


def _in(folder: Path) -> dict[str, str]:
    return {"SELFCHECK_DATA": str(folder)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
