"""Splitting: "in 1h chunks", "split into 30-90 min blocks", "in 3 parts", "in one go"."""

from dataclasses import dataclass
from datetime import timedelta

from dayloom.language.rules.amounts import Amount, amount_of, read_amount, read_unit
from dayloom.language.rules.numbers import read_number, read_whole
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled, word_set
from dayloom.language.rules.tokens import Found, Line

MOST = timedelta(hours=40)
GRID = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How the work may be cut: by the length of the pieces, by their count, or not at all."""

    smallest: timedelta | None = None
    largest: timedelta | None = None
    pieces: int | None = None

    def limits(self, duration: timedelta | None) -> tuple[timedelta | None, timedelta | None]:
        """Return the least and the greatest length of a piece of a task of this duration."""
        if self.pieces == 1:
            return duration or MOST, duration or MOST
        if self.pieces:
            if duration is None:
                return None, None
            piece = -(-duration // (self.pieces * GRID)) * GRID
            uneven = duration % (self.pieces * GRID) != timedelta(0)
            return max(GRID, piece - uneven * (self.pieces - 1) * GRID), piece
        if self.smallest is None and self.largest and duration and duration % self.largest:
            return max(GRID, self.largest // 2 // GRID * GRID), self.largest
        exact = self.smallest is None and self.largest is not None
        return (self.largest if exact else self.smallest), self.largest


_WHOLE = phrase_table(
    dict.fromkeys(spelled("in|all in", "one go|one sitting|one piece|a single block|one block|"
                          "one session|a single session|a single sitting"), True)
    | dict.fromkeys(("don't split", "do not split", "unsplit", "nosplit", "no split",
                     "no splitting", "uninterrupted", "without interruption",
                     "without a break", "unsplittable"), True)
)  # fmt: skip
_LEADS = phrase_table(
    dict.fromkeys(spelled("split|split up|broken|break|divide|divided|cut|", "into|in"), True)
    | {"chunks of": True, "blocks of": True, "sessions of": True, "pieces of": True}
    | dict.fromkeys(spelled("in", "chunks|blocks|sessions|pieces|bits", "of"), True)
    | dict.fromkeys(spelled("split|broken", "into|in", "chunks|blocks|sessions", "of"), True)
)
_NOUNS = word_set(
    "chunk chunks block blocks session sessions piece pieces slot slots sprints "
                   "sitting sittings part parts bits"
)  # fmt: skip
_AT_A_TIME = phrase_table(
    dict.fromkeys(
        ("at a time", "at a stretch", "at one go", "in a row", "each", "per session", "a piece"),
        False,
    )
    | dict.fromkeys(("a day", "per day", "daily", "each day", "/ day"), True)
)
_BOUNDS = phrase_table(
    dict.fromkeys(("at least", "min", "minimum", "min ."), "min")
    | dict.fromkeys(("at most", "max", "maximum", "max .", "no more than", "up to"), "max")
)
_OF_PIECES = phrase_table(
    {
        phrase: bound
        for words, bound in (("at least|min|minimum", "min"), ("at most|max|maximum", "max"))
        for phrase in (
            *spelled("in|", "chunks|blocks|sessions|pieces", "of", words),
            *spelled(words, "chunk|block|session|piece", "of|size|:|"),
        )
    }
)
_RANGE_MARKS = frozenset({"-", "–", "—", "to"})
_TIGHT = frozenset({"-"})


def are_pieces(line: Line, at: int) -> bool:
    """Does "blocks" follow, as in "10h, 2h blocks"?"""
    return line.word(at) in _NOUNS and line.word(at).endswith("s")


def read_split(line: Line, at: int) -> Found[Split] | None:
    """Return how the task may be split."""
    if not line.fresh(at):
        return None
    whole = match_phrase(_WHOLE, line, at)
    if whole:
        return Found(Split(pieces=1), whole.end)
    found = _read_bound(line, at) or _read_pieces(line, at)
    return found if found and line.closed(found.end) else None


def _read_pieces(line: Line, at: int) -> Found[Split] | None:
    lead = match_phrase(_LEADS, line, at)
    if lead is None:
        return None
    sized = _read_lengths(line, lead.end)
    named_before = line.word(lead.end - 1) == "of"
    if sized:
        end = skip(line, sized.end, _TIGHT)
        after = skip(line, end, _NOUNS)
        return Found(sized.value, after) if named_before or after > end else None
    count = read_whole(line, lead.end)
    if count and line.word(count.end) in _NOUNS and 1 < count.value <= 40:
        return Found(Split(pieces=count.value), count.end + 1)
    return None


def _read_lengths(line: Line, at: int) -> Found[Split] | None:
    """Return the pieces of "1h", "30-90 min" or "30 min to 2h"."""
    first = read_amount(line, at)
    if first:
        longer = read_amount(line, first.end + 1) if _ranged(line, first.end) else None
        return _split(first.value, longer.value if longer else None, (longer or first).end)
    number = read_number(line, at)
    if number is None or not _ranged(line, number.end):
        return None
    second = read_amount(line, number.end + 1)
    unit = read_unit(line, second.end - 1) if second else None
    shorter = amount_of(number.value, unit.value) if unit else None
    return _split(shorter, second.value, second.end) if second and shorter else None


def _ranged(line: Line, at: int) -> bool:
    return line.word(at) in _RANGE_MARKS


def _split(first: Amount, second: Amount | None, end: int) -> Found[Split] | None:
    shortest = _length(first)
    longest = _length(second) if second else None
    if shortest is None or (second and longest is None):
        return None
    if longest is None:
        return Found(Split(largest=shortest), end)
    return Found(Split(smallest=min(shortest, longest), largest=max(shortest, longest)), end)


def _length(amount: Amount) -> timedelta | None:
    work = amount.as_work()
    return work if work and GRID <= work <= MOST else None


def _read_bound(line: Line, at: int) -> Found[Split] | None:
    """Return "at least 30 min at a time", "max 90 min per session" and "min chunk 1h".

    "At most 2h a day" is a guess: pieces are limited, and not the day.
    """
    pieces = match_phrase(_OF_PIECES, line, at)
    bound = pieces or match_phrase(_BOUNDS, line, at)
    amount = read_amount(line, bound.end) if bound else None
    length = _length(amount.value) if amount else None
    if bound is None or amount is None or length is None:
        return None
    tail = match_phrase(_AT_A_TIME, line, amount.end)
    if pieces is None and tail is None:
        return None
    end = tail.end if tail else amount.end
    a_day = tail is not None and tail.value
    if bound.value == "min":
        return Found(Split(smallest=length), end, guess=a_day)
    return Found(Split(smallest=min(length, 6 * GRID), largest=length), end, guess=a_day)
