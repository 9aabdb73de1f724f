"""Whether a password is easily guessed: by lists of usual ones, keyboards, dates, and what is known of its owner."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selfcheck.store.access import grants
from selfcheck.web.http import clock, cookie, signed_in

HOUSE = (
    *("selbstcheck", "selfcheck", "wohnort", "ausgezeichneter", "fachkräfte", "fachkraefte", "audit", "passwort"),
    *(
        "rathaus",
        "bürgermeister",
        "buergermeister",
        "gemeinde",
        "verwaltung",
        "stadtverwaltung",
        "kommune",
        "willkommen",
    ),
    *("frühling", "fruehling", "sommer", "herbst", "winter"),
)
"""What comes to mind in a town hall, on this site, and whenever a new password is asked for."""
SHORTEST_WORD = 4
ASKED, ASKED_OF_SIGNS = 40, 16
"""How much of a password is looked at: whoever begins well has chosen well. Signs like letters cost time."""
SIGNS = frozenset("4@8({[<369!1|0$5+7%2")
MANY_SIGNS = 6
GOOD = 3
"""Of zxcvbn's five grades: a hundred million guesses."""


def is_easy(password: str, known: Iterable[str]) -> bool:
    """Whether somebody who tries usual passwords, and words that are `known`, finds it soon; case says nothing."""
    # Not at the top: twelve megabytes of lists for the few who choose a password.
    from zxcvbn import zxcvbn

    text = password.casefold()
    asked = text[: ASKED_OF_SIGNS if len(SIGNS.intersection(text[:ASKED])) > MANY_SIGNS else ASKED]
    words = [word for text in known for word in _split(text)]
    return bool(zxcvbn(asked, user_inputs=[*HOUSE, *words])["score"] < GOOD)


def known_towns() -> list[str]:
    """The towns of the self-checks that this visitor opens."""
    mine = grants.my_checks(cookie.grants(), clock.now(), signed_in.account_id())
    return [each.check.municipality for each in mine]


def _split(text: str) -> set[str]:
    whole = text.casefold()[:200]
    together = re.sub(r"[\W_]+", "", whole.partition("@")[0])
    return {word for word in (whole, together, *re.split(r"[\W\d_]+", whole)) if len(word) >= SHORTEST_WORD}
