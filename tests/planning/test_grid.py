from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayloom.planning.grid import (
    Grid,
    bits,
    longest_run,
    lowest,
    starts_of_runs,
    to_mask,
    to_ranges,
)
from dayloom.planning.interval import Interval

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
GRID = Grid(MIDNIGHT)


def clock(text: str) -> datetime:
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    return MIDNIGHT + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def test_the_origin_is_the_grid_instant_before_in_any_zone() -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    at = datetime(2026, 3, 2, 9, 3, 20, tzinfo=kathmandu)
    assert Grid.before(at).origin == datetime(2026, 3, 2, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "floor", "ceil"),
    [("00:00:00", 0, 0), ("00:05:00", 1, 1), ("00:05:01", 1, 2), ("01:59:59", 23, 24)],
)
def test_an_instant_rounds_down_and_up(text: str, floor: int, ceil: int) -> None:
    assert (GRID.floor(clock(text)), GRID.ceil(clock(text))) == (floor, ceil)


def test_an_instant_before_the_origin_has_a_negative_step() -> None:
    assert GRID.floor(MIDNIGHT - timedelta(minutes=7)) == -2
    assert GRID.ceil(MIDNIGHT - timedelta(minutes=7)) == -1


def test_hours_shrink_and_events_grow_to_the_grid() -> None:
    interval = Interval(clock("09:02:00"), clock("09:58:00"))
    assert GRID.inside(interval) == (109, 119)
    assert GRID.around(interval) == (108, 120)


def test_a_piece_turns_back_into_its_interval() -> None:
    assert GRID.interval((108, 120)) == Interval(clock("09:00:00"), clock("10:00:00"))


def test_what_lies_before_the_origin_is_cut_off() -> None:
    assert bits(-3, 2) == 0b11
    assert bits(-3, -1) == 0
    assert bits(4, 4) == 0


def test_runs_are_found_with_their_starts() -> None:
    mask = to_mask([(1, 4), (6, 11)])
    assert list(to_ranges(starts_of_runs(mask, 3))) == [(1, 2), (6, 9)]
    assert starts_of_runs(mask, 6) == 0
    assert lowest(mask) == 1
    assert longest_run(mask, 100) == 5
    assert longest_run(mask, 2) == 2


ranges = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 40)), max_size=8)


@given(ranges, st.integers(1, 50))
def test_a_start_is_a_step_from_which_every_bit_is_set(
    pairs: list[tuple[int, int]], length: int
) -> None:
    mask = to_mask((start, start + size) for start, size in pairs)
    found = starts_of_runs(mask, length)
    for start in range(350):
        free = all(mask >> step & 1 for step in range(start, start + length))
        assert bool(found >> start & 1) == free


@given(ranges)
def test_ranges_and_masks_turn_into_each_other(pairs: list[tuple[int, int]]) -> None:
    mask = to_mask((start, start + size) for start, size in pairs)
    assert to_mask(to_ranges(mask)) == mask
