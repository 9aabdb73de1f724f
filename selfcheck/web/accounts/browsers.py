"""Which browser it is, in words: by what it says about itself."""

from __future__ import annotations

LONGEST = 400
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""The first that fits: most say that they are several."""
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
UNKNOWN = "Unbekannter Browser"


def describe(agent: str) -> str:
    """For example „Firefox auf Windows“."""
    said = agent[:LONGEST]
    browser = next((name for sign, name in BROWSERS if sign in said), UNKNOWN)
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    return f"{browser} auf {system}" if system else browser
