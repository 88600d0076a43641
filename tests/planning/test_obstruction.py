"""What reaches furthest into a moment is found among many, as by looking at each."""

from datetime import timedelta
from random import Random

from dayloom.planning.interval import Interval
from dayloom.planning.obstruction import Obstruction, Obstructions
from tests.planning.builders import MINUTE, MONDAY


def test_it_finds_what_looking_at_each_finds() -> None:
    chance = Random(7)
    for _ in range(200):
        items = []
        for id_ in range(chance.randrange(12)):
            start = MONDAY + chance.randrange(100) * MINUTE
            end = start + chance.choice((1, 5, 90)) * MINUTE
            items.append(Obstruction(Interval(start, end), id_, timedelta(0)))
        found = Obstructions(items)
        for minute in range(-1, 102, 7):
            at = MONDAY + minute * MINUTE
            ends = [item.interval.end for item in items if item.interval.start < at]
            last = found.before(at)
            assert (last.interval.end if last else None) == max(ends, default=None)
