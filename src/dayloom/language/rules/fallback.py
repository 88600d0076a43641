"""The last resort: `dateparser` for a date that the rules did not see. Always a guess."""

import re
from datetime import datetime, timedelta

from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.moment import Moment
from dayloom.language.rules.names import MONTHS
from dayloom.language.rules.period import one_day
from dayloom.language.rules.plausibility import goes_on
from dayloom.language.rules.scan import Phrase
from dayloom.language.rules.tokens import Line

LONGEST = 60
AROUND = 4
_PARTS = frozenset({"st", "nd", "rd", "th", "the", "of", "day", ",", "/", "-", "."})
FARTHEST = timedelta(days=730)


def read_fallback(line: Line, phrases: list[Phrase]) -> Phrase | None:
    """Return the day that `dateparser` finds around a month's name with a number near it.

    Everything else is a word of the title more often than a date.
    """
    taken = {index for phrase in phrases for index in range(phrase.start, phrase.end)}
    named = next((i for i, word in enumerate(line.words) if word in MONTHS and i not in taken), -1)
    if named < 0:
        return None
    first, until = max(0, named - AROUND), min(len(line.tokens), named + AROUND + 1)
    near = range(first, until)
    if not any(line.words[index].isdecimal() and index not in taken for index in near):
        return None
    begin = line.tokens[first].start
    text = line.source[begin : line.tokens[until - 1].end]
    for words, found in _search(text[:LONGEST], line.now):
        place = _place(line, begin + text.find(words), words)
        if place and taken.isdisjoint(range(*place)) and _is_credible(line, place, found):
            moment = Moment(period=one_day(found.date()))
            return Phrase(Mention(moment=moment), *place, line.span(*place), guess=True)
    return None


def _search(text: str, now: datetime) -> list[tuple[str, datetime]]:
    # Imported here: loading it takes a third of a second and most lines never need it.
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    try:
        return search_dates(text, languages=["en"], settings=settings) or []
    except (ValueError, OverflowError, TypeError, AttributeError, re.error, RecursionError):
        return []


def _place(line: Line, start: int, words: str) -> tuple[int, int] | None:
    """Return the tokens that the found words cover."""
    end = start + len(words)
    inside = [
        index
        for index, token in enumerate(line.tokens)
        if token.start >= start and token.end <= end
    ]
    if not inside or any(line.tokens[index].opaque for index in inside):
        return None
    return inside[0], inside[-1] + 1


def _is_credible(line: Line, place: tuple[int, int], found: datetime) -> bool:
    words = line.words[place[0] : place[1]]
    named = any(word in MONTHS and len(word) >= 3 for word in words)
    tight = all(word in _PARTS or word in MONTHS or word.isdecimal() for word in words)
    numbered = any(word.isdecimal() for word in words)
    day = found.date()
    whole = line.fresh(place[0]) and line.closed(place[1]) and not goes_on(line, place[1])
    return named and tight and numbered and whole and line.today < day <= line.today + FARTHEST
