"""A line as tokens: words, numbers and marks with their places in the text as typed."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from dayloom.language.context import ReadingContext
from dayloom.language.draft import Span

T_co = TypeVar("T_co", covariant=True)

LONGEST_CHUNK = 64
HEAD, TAIL = 80, 40
OPENERS = frozenset("([{~,;:!@-–—\"“'=>")
CLOSERS = frozenset(".,;:!?)]}\"”'-–—…<")
_CHUNK = re.compile(r"\S+")
_PIECE = re.compile(r"[0-9]+|[¼½¾⅓⅔]|[^\W0-9_¼½¾⅓⅔]+(?:['’][^\W0-9_]+)*|.", re.DOTALL)
_ADDRESS = re.compile(r"(?=[^.]*[^\W\d_])(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#:].*)?")
_QUOTES = {'"': '"', "“": "”", "`": "`", "«": "»"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the line; `glued` when no blank is before it; `opaque` is never read."""

    text: str
    start: int
    end: int
    glued: bool
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """What a rule read, up to the token `end`."""

    value: T_co
    end: int
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its tokens. Indices beyond the ends are harmless: the word there is empty.

    `known` keeps what was already read at a place, for the many rules that look there.
    """

    source: str
    tokens: tuple[Token, ...]
    context: ReadingContext
    now: datetime
    words: tuple[str, ...]
    known: dict[tuple[str, int, bool], Any] = field(default_factory=dict, compare=False)

    @property
    def today(self) -> date:
        return self.now.date()

    def word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def number(self, at: int, *, digits: int = 4) -> int | None:
        """Return the whole number at `at` when it has at most so many digits."""
        word = self.word(at)
        return int(word) if word.isdecimal() and word.isascii() and len(word) <= digits else None

    def glued(self, at: int) -> bool:
        return 0 < at < len(self.tokens) and self.tokens[at].glued

    def typed(self, at: int) -> str:
        token = self.tokens[at]
        return self.source[token.start : token.end]

    def fresh(self, at: int) -> bool:
        """Is `at` the beginning of a word of its own, as "3" is not in "Q3"?"""
        return not self.glued(at) or (
            self.word(at - 1) in OPENERS
            and (not self.glued(at - 1) or self.word(at - 2) in OPENERS)
        )

    def closed(self, end: int) -> bool:
        """Does what was read end at `end`, and not go on as "2h" does in "2h-parser"?"""
        if not self.glued(end):
            return True
        return self.word(end) in CLOSERS and (
            not self.glued(end + 1) or self.word(end + 1) in CLOSERS
        )

    def span(self, start: int, end: int) -> Span:
        return Span(self.tokens[start].start, self.tokens[end - 1].end)


def build_line(source: str, context: ReadingContext, *, begin: int = 0) -> Line:
    """Return the tokens of `source` from the character `begin` on."""
    tokens = tuple(_hide_middle(_hide_quotes(_tokens(source, begin))))
    words = tuple("" if token.opaque else token.text for token in tokens)
    return Line(source, tokens, context, context.local_now, words)


def _tokens(source: str, begin: int) -> list[Token]:
    tokens: list[Token] = []
    for chunk in _CHUNK.finditer(source, begin):
        start, end = chunk.span()
        if _is_opaque(chunk[0]):
            tokens.append(Token(chunk[0], start, end, glued=False, opaque=True))
            continue
        for piece in _PIECE.finditer(source, start, end):
            text = piece[0].casefold().replace("’", "'")
            tokens.append(Token(text, piece.start(), piece.end(), piece.start() > start))
    return tokens


def _is_opaque(chunk: str) -> bool:
    """Addresses, file names and things far longer than words are never read."""
    if len(chunk) > LONGEST_CHUNK or "://" in chunk:
        return True
    inner = chunk.strip(".,;:!?()[]\"'")
    return "@" in inner[1:] or ("." in inner and _ADDRESS.fullmatch(inner) is not None)


def _hide_quotes(tokens: list[Token]) -> list[Token]:
    """Make what stands between a pair of quotation marks opaque."""
    closing: dict[str, list[int]] = {mark: [] for mark in _QUOTES.values()}
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].text in closing:
            closing[tokens[index].text].append(index)
    at = 0
    while at < len(tokens):
        ends = closing.get(_QUOTES.get(tokens[at].text, ""), [])
        while ends and ends[-1] <= at:
            ends.pop()
        if ends:
            for inside in range(at, ends[-1] + 1):
                tokens[inside] = replace(tokens[inside], opaque=True)
            at = ends[-1]
        at += 1
    return tokens


def _hide_middle(tokens: list[Token]) -> list[Token]:
    """Make the middle of a very long line opaque: when and how long stand at its ends."""
    for inside in range(HEAD, len(tokens) - TAIL):
        tokens[inside] = replace(tokens[inside], opaque=True)
    return tokens
