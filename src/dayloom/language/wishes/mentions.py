"""Which times and numbers a sentence names at all, whatever it says about them."""

import re
from dataclasses import dataclass

from dayloom.language.rules.clock import NOON
from dayloom.language.rules.numbers import SMALL
from dayloom.language.wishes.facts import At, Days, Length, Stretch, Times
from dayloom.language.wishes.skeleton import parts_of

LONGEST = 300
_NUMBER = re.compile(r"[0-9]{1,4}")
_TIMES = {"once": 1, "twice": 2, "thrice": 3}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Minutes of the day, lengths in minutes, bare numbers, and how often a week."""

    clocks: frozenset[int]
    lengths: frozenset[int]
    numbers: frozenset[int]
    often: frozenset[int]

    def has_clock(self, clock: str) -> bool:
        """Is the time named, if only by its hour, in either half of the day?"""
        hour, minute = map(int, clock.split(":"))
        halves = {hour * 60 + minute, (hour * 60 + minute + NOON) % (2 * NOON)}
        bare = {hour, hour % 12, hour % 12 + 12} & self.numbers and (
            not minute or minute in self.numbers
        )
        return bool(halves & self.clocks) or bool(bare)

    def has_length(self, minutes: int) -> bool:
        return minutes in self.lengths or bool({minutes, minutes / 60} & self.numbers)

    def has_count(self, count: int) -> bool:
        return count in self.numbers | self.often


def mentioned(sentence: str) -> Mentioned:
    clocks: set[int] = set()
    lengths: set[int] = set()
    often: set[int] = set()
    words = sentence[:LONGEST].casefold()
    numbers = {int(found) for found in _NUMBER.findall(words)}
    numbers |= {value for word, value in (SMALL | _TIMES).items() if word in words.split()}
    for part in parts_of(sentence[:LONGEST]):
        match part:
            case Stretch(start, end):
                clocks |= {side for side in (start, end) if side is not None}
            case At(minutes):
                clocks.add(minutes)
            case Length(minutes):
                lengths.add(minutes)
            case Times(count):
                often.add(count)
            case Days(days):
                often.add(len(days))
            case _:
                pass
    return Mentioned(frozenset(clocks), frozenset(lengths), frozenset(numbers), frozenset(often))
