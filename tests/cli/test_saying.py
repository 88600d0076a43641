"""Times and lengths in a terminal."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dayloom.cli.saying import stretch, until
from dayloom.preferences.wallclock import WallClock
from dayloom.wire.scalars import Span

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
CLOCK = WallClock(ZoneInfo("Europe/Berlin"), 24, NOW)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def pieces(count: int) -> list[Span]:
    return [Span(start=NOW + k * DAY, end=NOW + k * DAY + HOUR) for k in range(count)]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "today 08:00–09:00"),
        (2, "today 08:00–09:00, tomorrow 08:00–09:00"),
        (5, "today 08:00 to Fri 09:00 in 5 pieces"),
    ],
)
def test_many_pieces_are_a_number(count: int, said: str) -> None:
    assert stretch(CLOCK, pieces(count)) == said


def test_the_end_of_a_day_is_that_day() -> None:
    midnight = datetime(2026, 11, 24, 23, tzinfo=UTC)
    assert until(CLOCK, midnight) == "tomorrow"
    assert until(CLOCK, midnight + HOUR) == "Wed 01:00"
