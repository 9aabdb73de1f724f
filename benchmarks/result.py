"""One measured thing beside its target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """`met` is None for what is only told, and for what this machine cannot measure."""

    name: str
    measured: str
    target: str
    met: bool | None


def at_least(name: str, measured: float, target: float, form: str = "{:.2f}") -> Result:
    return Result(name, form.format(measured), f"≥ {form.format(target)}", measured >= target)


def at_most(name: str, measured: float, target: float, form: str = "{:.0f}") -> Result:
    return Result(name, form.format(measured), f"≤ {form.format(target)}", measured <= target)


def only_told(name: str, measured: str) -> Result:
    return Result(name, measured, "", None)
