"""Whether a password is easily guessed: by lists of usual ones, keyboards, dates, and what is known of its owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selfcheck.store.access import grants
from selfcheck.web.http import clock
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout.catalogue import name_places

HOUSE = (
    *("selbstcheck", "selfcheck", "wohnort", "ausgezeichnet", "ausgezeichneter", "fachkräfte", "audit"),
    *("passwort", "kennwort", "login"),
    *("rathaus", "bürgermeister", "gemeinde", "verwaltung", "kommune", "stadt", "land", "landkreis", "kreis", "markt"),
    *("hauptamt", "bauamt", "personalamt", "ordnungsamt", "sozialamt", "standesamt", "amt", "büro", "dorf", "ort"),
    *("willkommen", "hallo", "neues", "mein", "mein passwort", "ich bin", "ichbin", "heimat", "zuhause"),
    *("hessen", "rheinland-pfalz", "bayern", "deutschland", "ihk", "industrie", "handelskammer"),
    *("frühling", "frühjahr", "sommer", "herbst", "winter", "ostern", "pfingsten", "weihnachten", "advent", "urlaub"),
    *("januar", "februar", "märz", "april", "juni", "juli", "august", "september", "oktober", "november", "dezember"),
    *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
)
"""What comes to mind in a town hall, on this site, and whenever a new password is asked for."""
SHORTEST_WORD = 4
YEARS = 5
"""Before this year and after it: what stands behind a word to make it long enough."""
BETWEEN = ("", " ", "-", "_", ".", "@")
"""What stands between two words that are written as one."""
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
WITHOUT_DOTS = str.maketrans("äöü", "aou")
ASKED, ASKED_OF_SIGNS = 40, 16
"""How much of a password is looked at: whoever begins well has chosen well. Signs like letters cost time."""
SIGNS = frozenset("4@8({[<369!1|0$5+7%2")
MANY_SIGNS = 6
FEWEST_GUESSES = 10**9
"""Of somebody who knows the words and puts them together in any order, with what usually stands beside them."""


def is_easy(password: str, known: Iterable[str]) -> bool:
    """Whether somebody who tries usual passwords, and words that are `known`, finds it soon; case says nothing."""
    # Not at the top: twelve megabytes of lists for the few who choose a password.
    from zxcvbn import matching, scoring

    text = password.casefold()
    asked = text[: ASKED_OF_SIGNS if len(SIGNS.intersection(text[:ASKED])) > MANY_SIGNS else ASKED]
    words = dict.fromkeys(spelling for word in _list_words(known) for spelling in _spell(word))
    lists = {**matching.RANKED_DICTIONARIES, "user_inputs": matching.build_ranked_dict(list(words))}
    # not `zxcvbn` itself: it takes three words in a row for good, whatever they are, and keeps ours for the next one
    found = scoring.most_guessable_match_sequence(asked, matching.omnimatch(asked, lists), _exclude_additive=True)
    return bool(found["guesses"] < FEWEST_GUESSES)


def known_towns() -> list[str]:
    """The towns of the self-checks that this visitor opens."""
    mine = grants.my_checks(cookie.grants(), clock.now(), signed_in.account_id())
    return [each.check.municipality for each in mine]


def _list_words(known: Iterable[str]) -> Iterator[str]:
    """The nearest first: who it is, then the house, the year, and where all of this is."""
    for text in known:
        yield from _split(text)
    yield from HOUSE
    this = clock.today().year
    yield from map(str, range(this - YEARS, this + YEARS))
    for name in name_places():
        yield from _split(name)


def _split(text: str) -> Iterator[str]:
    """The text, what stands before and behind an @ in it, their words, and these written as one."""
    whole = text.casefold()[:200]
    for part in (whole, *whole.split("@", 1)):
        words = re.findall(r"[^\W\d_]+", part)
        together = (sign.join(words) for sign in BETWEEN)
        yield from (word for word in (part, *words, *together) if len(word) >= SHORTEST_WORD)


def _spell(word: str) -> Iterator[str]:
    plain = word.casefold()
    yield from (plain, plain.translate(SPELLED), plain.translate(WITHOUT_DOTS))
