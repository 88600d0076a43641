"""Planned time as it went: never two things at once, and nothing that was not said."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayloom.insights.pieces import Piece, day_of, in_turn, total, within
from dayloom.planning.interval import Interval, merge
from tests.insights.building import MINUTE, MONDAY, piece

BERLIN = ZoneInfo("Europe/Berlin")
PIECES = st.lists(
    st.builds(
        lambda task_id, start, length: Piece(
            task_id=task_id,
            title=f"Task {task_id}",
            interval=Interval(MONDAY + start * MINUTE, MONDAY + (start + length) * MINUTE),
        ),
        st.integers(1, 3),
        st.integers(0, 300),
        st.integers(1, 120),
    ),
    max_size=8,
)


def spans(pieces: tuple[Piece, ...]) -> list[tuple[int, str, str]]:
    return [
        (one.task_id, f"{one.interval.start:%H:%M}", f"{one.interval.end:%H:%M}") for one in pieces
    ]


def test_where_the_next_piece_begins_the_one_before_it_ends() -> None:
    found = in_turn([piece(2, "10:30", "11:30"), piece(1, "9:00", "11:00")])
    assert spans(found) == [(1, "09:00", "10:30"), (2, "10:30", "11:30")]


def test_a_task_that_is_put_off_again_and_again_is_one_piece() -> None:
    found = in_turn(
        [piece(1, "9:00", "10:00"), piece(1, "9:15", "10:15"), piece(1, "9:30", "10:30")]
    )
    assert spans(found) == [(1, "09:00", "10:30")]


def test_two_pieces_that_begin_together_are_the_later_noted_one() -> None:
    found = in_turn([piece(1, "9:00", "10:00"), piece(2, "9:00", "11:00")])
    assert spans(found) == [(2, "09:00", "11:00")]


@given(PIECES)
def test_nothing_lies_over_anything_and_all_of_it_was_said(pieces: list[Piece]) -> None:
    found = in_turn(pieces)
    assert all(a.interval.end <= b.interval.start for a, b in pairwise(found))
    assert all(one.interval.duration > timedelta(0) for one in found)
    said = merge(one.interval for one in pieces)
    assert all(any(whole.covers(one.interval) for whole in said) for one in found)
    for one in found:
        own = merge(p.interval for p in pieces if p.task_id == one.task_id)
        assert any(whole.covers(one.interval) for whole in own)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)]
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    assert day_of(BERLIN, day).duration == timedelta(hours=hours)


@given(PIECES, st.integers(0, 400), st.integers(0, 400))
def test_cutting_at_a_moment_loses_nothing(pieces: list[Piece], a: int, b: int) -> None:
    first, last = MONDAY, MONDAY + timedelta(days=1)
    cut = MONDAY + min(a, b) * MINUTE
    left, right = within(pieces, Interval(first, cut)), within(pieces, Interval(cut, last))
    assert total(left) + total(right) == total(pieces)
