"""A text as sentences, each with its place; what comes of splitting is never rejoined."""

import re
from collections.abc import Iterator

from dayloom.language.draft import Span
from dayloom.language.rules.phrases import word_set

LONGEST_SENTENCE = 300
MOST_SENTENCES = 200
_END = re.compile(r"(?<![.!?…])[.!?…]+[)\"”']*(?=\s)|[;\n\r\u2028\u2029]+")
_BULLET = re.compile(r"[\s>]*(?:[-*+•–]\s+|\(?[0-9]{1,2}[.)]\s+)?")
_LAST_WORD = re.compile(r"[\w.]+$")
_SHORT = word_set(
    "min mins hr hrs h max approx ca e.g i.e etc vs a.m p.m no mon tue wed thu fri sat sun"
)


def sentences_in(text: str) -> Iterator[Span]:
    """Yield where each sentence stands, without its bullet and the blanks around it."""
    start = 0
    for mark in _END.finditer(text):
        if _is_short(text, start, mark):
            continue
        yield from _tidy(text, start, mark.end())
        start = mark.end()
    yield from _tidy(text, start, len(text))


def _is_short(text: str, start: int, mark: re.Match[str]) -> bool:
    """Does the full stop belong to a word, as in "max. 2 h" and "10 a.m. on Fridays"?"""
    if mark[0] != ".":
        return False
    word = _LAST_WORD.search(text, max(start, mark.start() - 12), mark.start())
    following = text[mark.end() : mark.end() + 2].strip()
    shortened = word is not None and word[0].casefold() in _SHORT
    number = word is not None and word[0].isdecimal() and not text[start : word.start()].strip()
    return number or (shortened and not following[:1].isupper())


def _tidy(text: str, start: int, end: int) -> Iterator[Span]:
    bullet = _BULLET.match(text, start, end)
    begin = bullet.end() if bullet else start
    words = text[begin:end].rstrip()
    if any(char.isalnum() for char in words):
        yield Span(begin, begin + len(words))
