from datetime import timedelta

import pytest

from dayloom.language.rules.chunks import Split

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("hours", [0.5, 1, 1.5, 2, 2.75, 3, 7.25, 13.5, 40])
@pytest.mark.parametrize(
    "split",
    [Split(largest=HOUR), Split(largest=90 * MINUTE), Split(pieces=3), Split(pieces=1)],
    ids=["1h", "90 min", "3 parts", "one go"],
)
def test_the_limits_leave_a_way_to_cut_the_work(split: Split, hours: float) -> None:
    work = timedelta(hours=hours)
    smallest, largest = split.limits(work)

    assert smallest is not None
    assert largest is not None
    pieces = -(-work // largest)
    assert pieces == 1 or smallest * pieces <= work <= largest * pieces


def test_exact_pieces_are_kept_exact() -> None:
    assert Split(largest=HOUR).limits(4 * HOUR) == (HOUR, HOUR)
    assert Split(pieces=3).limits(6 * HOUR) == (2 * HOUR, 2 * HOUR)


def test_one_go_without_a_duration_is_as_long_as_work_can_be() -> None:
    assert Split(pieces=1).limits(None) == (40 * HOUR, 40 * HOUR)


def test_a_count_without_a_duration_says_nothing() -> None:
    assert Split(pieces=3).limits(None) == (None, None)
