"""Wall-clock hours to instants, around every change of the clocks from 2024 to 2027."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from dayloom.planning.availability import (
    WeeklyHours,
    instant,
    local_days,
    open_intervals,
    parse_clock,
)
from dayloom.planning.interval import Interval

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # in Berlin: no 02:30, and 02:30 twice


@dataclass(frozen=True)
class Transition:
    """Clocks of `zone` change at the instant `at` by these offsets from UTC."""

    zone: ZoneInfo
    at: datetime
    before: timedelta
    after: timedelta

    def __str__(self) -> str:
        return f"{self.zone.key} {self.at:%Y-%m-%d}"

    @property
    def wall(self) -> datetime:
        """What the clocks show when they change."""
        return (self.at + self.before).replace(tzinfo=None)

    @property
    def midnight(self) -> date:
        return self.wall.date()

    def instant_of(self, wall: datetime) -> datetime:
        """Return the first instant at which they show `wall`, or the change if they skip it."""
        naive = self.at.replace(tzinfo=None)
        if wall < naive + self.before:
            return (wall - self.before).replace(tzinfo=UTC)
        return max(self.at, (wall - self.after).replace(tzinfo=UTC))


def zones() -> Iterator[ZoneInfo]:
    """Yield every zone of the installed tzdata package, whatever the machine's own data say."""
    package = resources.files("tzdata")
    for key in package.joinpath("zones").read_text().split():
        with package.joinpath("zoneinfo", *key.split("/")).open("rb") as file:
            yield ZoneInfo.from_file(file, key=key)


def transitions_of(zone: ZoneInfo) -> Iterator[Transition]:
    days = [FIRST + k * DAY for k in range((LAST - FIRST) // DAY + 1)]
    offsets = [day.astimezone(zone).utcoffset() or timedelta(0) for day in days]
    for k, (before, after) in enumerate(pairwise(offsets)):
        if before != after:
            minutes = (days[k] + m * timedelta(minutes=1) for m in range(24 * 60 + 1))
            at = next(m for m in minutes if m.astimezone(zone).utcoffset() == after)
            yield Transition(zone, at, before, after)


@pytest.fixture(scope="module")
def transitions() -> list[Transition]:
    return [transition for zone in zones() for transition in transitions_of(zone)]


def clocks(*spans: tuple[str, str]) -> tuple[tuple[int, int], ...]:
    return tuple((parse_clock(start), parse_clock(end)) for start, end in spans)


def daily(*spans: tuple[str, str]) -> WeeklyHours:
    return WeeklyHours(weekly=(clocks(*spans),) * 7)


def around(zone: ZoneInfo, day: date) -> Interval:
    """Return the local day, the one before and the two after it."""
    return Interval(instant(zone, day - DAY), instant(zone, day + 3 * DAY))


def lengths(intervals: tuple[Interval, ...]) -> list[timedelta]:
    return [interval.duration for interval in intervals]


def test_every_change_of_the_clocks_is_there(transitions: list[Transition]) -> None:
    assert 195 <= len({t.zone.key for t in transitions}) <= 215
    assert 1500 <= len(transitions) <= 1700
    assert any(abs(t.after - t.before) == HOUR / 2 for t in transitions)
    assert any(abs(t.after - t.before) == 2 * HOUR for t in transitions)


def test_a_wall_time_is_its_first_instant_or_the_next_there_is(
    transitions: list[Transition],
) -> None:
    wrong = []
    for transition in transitions:
        midnight = transition.midnight
        for quarter in range(-96, 192):
            wall = datetime.combine(midnight, time()) + quarter * HOUR / 4
            minutes = (quarter % 96) * 15
            if instant(transition.zone, wall.date(), minutes) != transition.instant_of(wall):
                wrong.append(f"{transition}: {wall}")
    assert wrong == []


def test_hours_keep_their_wall_time(transitions: list[Transition]) -> None:
    weekly = daily(("09:00", "12:30"), ("13:15", "18:00"))
    wrong = []
    for transition in transitions:
        horizon = around(transition.zone, transition.midnight)
        walls = [
            f"{i.start.astimezone(transition.zone):%H:%M}–{i.end.astimezone(transition.zone):%H:%M}"
            for i in open_intervals(weekly, transition.zone, horizon)
        ]
        if walls != ["09:00–12:30", "13:15–18:00"] * 4:
            wrong.append(f"{transition}: {walls}")
    assert wrong == []


def test_no_capacity_is_lost_or_doubled(transitions: list[Transition]) -> None:
    """Hours that cover the day in two halves cover every instant of it exactly once."""
    early, late = daily(("00:00", "02:30")), daily(("02:30", "24:00"))
    wrong = []
    for transition in transitions:
        horizon = around(transition.zone, transition.midnight)
        first = open_intervals(early, transition.zone, horizon)
        second = open_intervals(late, transition.zone, horizon)
        in_order = sorted((*first, *second))
        gapless = all(a.end == b.start for a, b in pairwise(in_order))
        ends = in_order[0].start == horizon.start and in_order[-1].end == horizon.end
        change = horizon.duration - 4 * DAY
        if not gapless or not ends or change != transition.before - transition.after:
            wrong.append(str(transition))
    assert wrong == []


def test_nights_lose_and_gain_what_the_clocks_take_and_give(transitions: list[Transition]) -> None:
    night = daily(("18:00", "12:00"))
    wrong = []
    for transition in transitions:
        horizon = around(transition.zone, transition.midnight)
        total = sum(lengths(open_intervals(night, transition.zone, horizon)), timedelta(0))
        by_day = 12 <= transition.wall.hour < 18
        change = timedelta(0) if by_day else transition.before - transition.after
        if total != 4 * 18 * HOUR + change:
            wrong.append(f"{transition}: {total}")
    assert wrong == []


def test_local_days_follow_each_other(transitions: list[Transition]) -> None:
    wrong = []
    for transition in transitions:
        horizon = around(transition.zone, transition.midnight)
        days = local_days(transition.zone, horizon)
        touching = all(a.end == b.start for a, b in pairwise(days))
        if len(days) != 4 or not touching or days[0].start != horizon.start:
            wrong.append(str(transition))
    assert wrong == []


def test_a_day_is_whole_even_when_the_horizon_starts_at_noon() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=BERLIN)
    days = local_days(BERLIN, Interval(noon, noon + DAY))
    assert [day.start.astimezone(BERLIN).isoformat()[:16] for day in days] == [
        "2026-11-24T00:00",
        "2026-11-25T00:00",
    ]
    assert lengths(days) == [DAY, DAY]


def test_an_hour_that_does_not_exist_is_not_open() -> None:
    horizon = around(BERLIN, SPRING)
    assert lengths(open_intervals(daily(("02:00", "03:00")), BERLIN, horizon)) == [HOUR] * 3
    assert lengths(open_intervals(daily(("02:30", "04:00")), BERLIN, horizon)) == [
        1.5 * HOUR,
        HOUR,
        1.5 * HOUR,
        1.5 * HOUR,
    ]


def test_an_hour_that_comes_twice_is_open_until_its_end() -> None:
    horizon = around(BERLIN, AUTUMN)
    assert lengths(open_intervals(daily(("02:00", "03:00")), BERLIN, horizon)) == [
        HOUR,
        2 * HOUR,
        HOUR,
        HOUR,
    ]
    assert lengths(open_intervals(daily(("01:00", "02:30")), BERLIN, horizon)) == [1.5 * HOUR] * 4


def test_overnight_hours_belong_to_the_day_they_start_on() -> None:
    friday = WeeklyHours(weekly=((),) * 4 + (clocks(("22:00", "02:00")),) + ((),) * 2)
    saturday = Interval(
        datetime(2026, 11, 28, tzinfo=BERLIN), datetime(2026, 11, 30, tzinfo=BERLIN)
    )
    assert open_intervals(friday, BERLIN, saturday) == (
        Interval(datetime(2026, 11, 28, tzinfo=BERLIN), datetime(2026, 11, 28, 2, tzinfo=BERLIN)),
    )


def test_overnight_hours_until_midnight_and_from_it_are_one_interval() -> None:
    horizon = Interval(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC))
    found = open_intervals(daily(("00:00", "04:00"), ("22:00", "24:00")), ZoneInfo("UTC"), horizon)
    assert lengths(found) == [4 * HOUR, 6 * HOUR, 2 * HOUR]


@pytest.mark.parametrize("end", ["24:00", "00:00"])
def test_midnight_can_be_written_both_ways(end: str) -> None:
    horizon = Interval(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))
    found = open_intervals(daily(("22:00", end)), ZoneInfo("UTC"), horizon)
    assert found == (Interval(datetime(2026, 11, 24, 22, tzinfo=UTC), horizon.end),)


def test_an_exception_replaces_the_hours_of_its_day_alone() -> None:
    weekly = WeeklyHours(
        weekly=(clocks(("09:00", "17:00")),) * 7,
        exceptions={date(2026, 12, 24): clocks(("10:00", "12:00")), date(2026, 12, 25): ()},
    )
    horizon = around(BERLIN, date(2026, 12, 24))
    assert lengths(open_intervals(weekly, BERLIN, horizon)) == [8 * HOUR, 2 * HOUR, 8 * HOUR]


def test_hours_are_cut_to_the_horizon() -> None:
    horizon = Interval(
        datetime(2026, 11, 24, 10, tzinfo=UTC), datetime(2026, 11, 24, 11, tzinfo=UTC)
    )
    assert open_intervals(daily(("09:00", "17:00")), ZoneInfo("UTC"), horizon) == (horizon,)


def test_a_whole_day_that_the_clocks_skip_is_no_day() -> None:
    """Samoa went from Thursday the 29th to Saturday the 31st of December 2011."""
    zone = ZoneInfo("Pacific/Apia")
    horizon = Interval(
        datetime(2011, 12, 29, 12, tzinfo=zone), datetime(2011, 12, 31, 12, tzinfo=zone)
    )
    assert lengths(local_days(zone, horizon)) == [DAY, DAY]
    assert lengths(open_intervals(daily(("09:00", "17:00")), zone, horizon)) == [
        5 * HOUR,
        3 * HOUR,
    ]


@pytest.mark.parametrize("span", [(540, 540), (-5, 60), (1440, 60), (60, 1441)])
def test_a_span_outside_the_day_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a span of minutes"):
        WeeklyHours(weekly=((span,), *((),) * 6))


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="seven days"):
        WeeklyHours(weekly=((),) * 6)


@pytest.mark.parametrize(("text", "minutes"), [("00:00", 0), ("09:05", 545), ("24:00", 1440)])
def test_clocks_are_read_as_minutes(text: str, minutes: int) -> None:
    assert parse_clock(text) == minutes
