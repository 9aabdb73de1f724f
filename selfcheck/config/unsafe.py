"""The one error that keeps the server from starting because of its settings."""

from __future__ import annotations

from collections.abc import Mapping

from click import ClickException

from selfcheck.core.rules.wording import listing


class UnsafeSetting(ClickException):
    """A setting with which nothing must start; the message names it and says what to do. Commands print it alone."""


def read_choice(environ: Mapping[str, str], name: str, *choices: str) -> str:
    """One of the `choices`, the first where nothing is entered. Raises `UnsafeSetting`."""
    entered = environ.get(name) or choices[0]
    if entered not in choices:
        offer = listing([f"„{choice}“" for choice in choices], "oder")
        raise UnsafeSetting(f"{name} ist „{entered}“. Bitte {offer} eintragen.")
    return entered


def read_number(environ: Mapping[str, str], name: str, *, default: int, lowest: int, highest: int) -> int:
    """A whole number within bounds. Raises `UnsafeSetting`."""
    entered = environ.get(name) or str(default)
    if not (entered.isascii() and entered.isdigit() and lowest <= int(entered) <= highest):
        raise UnsafeSetting(f"{name} ist „{entered}“. Bitte eine ganze Zahl von {lowest} bis {highest} eintragen.")
    return int(entered)
