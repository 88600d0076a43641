"""Words that mean something only beside what was read: "25m afternoon", "every Monday 10-11"."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from dayloom.language.rules.clock import Clock, ClockRange, read_clock, read_range
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.moment import Moment
from dayloom.language.rules.parts import read_bare_part
from dayloom.language.rules.phrases import word_set
from dayloom.language.rules.plausibility import LOOSE_WORDS, is_counted
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.scan import Phrase, phrase_of
from dayloom.language.rules.tokens import Found, Line

_OWNERS = word_set("the a an this that every each of good my our next last")
_AT = frozenset({"at", "@"})
_RANGE_LENGTH = 3


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the phrases of a line begin and end, and the tokens inside of them."""

    begins: Set[int]
    ends: Set[int]
    taken: Set[int]

    def free(self, start: int, end: int) -> bool:
        return self.taken.isdisjoint(range(start, end))


def read_leftovers(line: Line, phrases: list[Phrase]) -> Iterator[Phrase]:
    """Yield the parts of the day and the hours that stand bare beside the phrases."""
    places = _Places(
        begins={phrase.start for phrase in phrases},
        ends={phrase.end for phrase in phrases},
        taken={index for phrase in phrases for index in range(phrase.start, phrase.end)},
    )
    past = 0
    for at in range(1, len(line.tokens)):
        part = _bare_part(line, at, places) if at >= past else None
        if part:
            past = part.end
            yield part
    hours = (_bare_hours(line, phrase, places) for phrase in phrases if _is_clockless(phrase))
    yield from filter(None, [next(filter(None, hours), None)])


def _bare_part(line: Line, at: int, places: _Places) -> Phrase | None:
    """Return "afternoon" in "25m afternoon": behind what was read, no title goes on."""
    part = read_bare_part(line, at) if line.fresh(at) else None
    if part is None or not places.free(at, part.end) or not line.closed(part.end):
        return None
    behind = at in places.ends or (line.word(at - 1) == "," and at - 1 in places.ends)
    loose = part.value.loose and line.word(at - 1) not in _OWNERS
    if not (behind or loose) or _goes_on(line, part.end, places):
        return None
    mention = Mention(moment=Moment(part=part.value.part))
    return phrase_of(line, at, Found(mention, part.end, guess=not behind))


def _bare_hours(line: Line, phrase: Phrase, places: _Places) -> Phrase | None:
    """Return "10-11" in "every Monday 10-11", "12-1 tomorrow" and "every day at 9 stretch"."""
    if line.word(phrase.end) in _AT and places.free(phrase.end, phrase.end + 2):
        clock = read_clock(line, phrase.end)
        return phrase_of(line, phrase.end, _at_clock(clock)) if clock else None
    after = read_range(line, phrase.end, lenient=True)
    if after and places.free(phrase.end, after.end) and line.closed(after.end):
        going = _goes_on(line, after.end, places)
        return None if going else phrase_of(line, phrase.end, _at_hours(after))
    start = phrase.start - _RANGE_LENGTH
    before = read_range(line, start, lenient=True) if start > 0 and line.fresh(start) else None
    if before is None or before.end != phrase.start or not places.free(start, before.end):
        return None
    return None if is_counted(line, start) else phrase_of(line, start, _at_hours(before))


def _at_clock(clock: Found[Clock]) -> Found[Mention]:
    return Found(Mention(moment=Moment(clock=clock.value)), clock.end, guess=True)


def _at_hours(hours: Found[ClockRange]) -> Found[Mention]:
    return Found(Mention(moment=Moment(hours=hours.value)), hours.end, guess=True)


def _is_clockless(phrase: Phrase) -> bool:
    """Is it a day or a repetition without a time?"""
    mention = phrase.value
    if isinstance(mention, Repetition):
        return True
    return isinstance(mention, Mention) and mention.moment == Moment(period=mention.moment.period)


def _goes_on(line: Line, at: int, places: _Places) -> bool:
    """Does a word follow that nothing was read from?"""
    word = line.word(at)
    return at not in places.begins and word[:1].isalnum() and word not in LOOSE_WORDS
