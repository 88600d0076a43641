"""The last resort: `dateparser` for a date that the rules did not see. Always a guess."""

import re
from datetime import datetime, timedelta

from dayloom.language.draft import Span
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.moments import Moment
from dayloom.language.rules.names import MONTHS, WEEKDAYS
from dayloom.language.rules.period import one_day
from dayloom.language.rules.scan import Phrase
from dayloom.language.rules.tokens import Line

LONGEST = 200
FARTHEST = timedelta(days=730)
_NAMED = frozenset({*MONTHS, *WEEKDAYS})


def read_fallback(line: Line, phrases: list[Phrase]) -> Phrase | None:
    """Return the day that `dateparser` finds, only for text with a number and a name of a day.

    Everything else is a word of the title more often than a date.
    """
    taken = {index for phrase in phrases for index in range(phrase.start, phrase.end)}
    free = [word for index, word in enumerate(line.words) if index not in taken]
    if not any(word in _NAMED for word in free) or not any(w.isdecimal() for w in free):
        return None
    for text, found in _search(line.source[:LONGEST], line.now):
        place = _place(line, text)
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


def _place(line: Line, text: str) -> tuple[int, int] | None:
    """Return the tokens that the found text covers, when it begins and ends with them."""
    start = line.source.find(text)
    span = Span(start, start + len(text))
    inside = [
        index
        for index, token in enumerate(line.tokens)
        if token.start >= span.start and token.end <= span.end
    ]
    if start < 0 or not inside or any(line.tokens[index].opaque for index in inside):
        return None
    return inside[0], inside[-1] + 1


def _is_credible(line: Line, place: tuple[int, int], found: datetime) -> bool:
    words = line.words[place[0] : place[1]]
    named = any(word in _NAMED and len(word) >= 3 for word in words)
    numbered = any(word.isdecimal() for word in words)
    day = found.date()
    whole = line.fresh(place[0]) and line.closed(place[1])
    return named and numbered and whole and line.today < day <= line.today + FARTHEST
