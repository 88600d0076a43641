"""Where moments stand on days on which clocks are changed."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dayloom.preferences.wallclock import WallClock
from dayloom.web.ruler import Change, Ruler
from dayloom.web.words import Words
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.web.visiting import Visitor

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
SPRING, AUTUMN, PLAIN = date(2026, 3, 29), date(2026, 10, 25), date(2026, 5, 5)


def ruler(*, alone: bool, zone: str = "Europe/Berlin") -> Ruler:
    return Ruler(Words(WallClock(ZoneInfo(zone), 24, NOW)), alone)


@pytest.mark.parametrize(
    ("day", "zone", "length", "change"),
    [
        (PLAIN, "Europe/Berlin", 1440, None),
        (SPRING, "Europe/Berlin", 1380, Change(minute=120, by=60)),
        (AUTUMN, "Europe/Berlin", 1500, Change(minute=180, by=-60)),
        (date(2026, 10, 4), "Australia/Lord_Howe", 1410, Change(minute=120, by=30)),
        (date(2026, 3, 8), "America/Havana", 1380, Change(minute=0, by=60)),
    ],
)
def test_a_day_alone_is_as_long_as_it_is(
    day: date, zone: str, length: int, change: Change | None
) -> None:
    alone = ruler(alone=True, zone=zone)
    assert alone.length(day) == length
    assert alone.change(day) == change


@pytest.mark.parametrize("day", [PLAIN, SPRING, AUTUMN])
@pytest.mark.parametrize("alone", [True, False])
def test_what_stands_somewhere_is_found_there(day: date, *, alone: bool) -> None:
    one = ruler(alone=alone)
    skipped = range(120, 180) if day == SPRING and not alone else ()
    for minute in set(range(0, one.length(day), 5)) - set(skipped):
        assert one.minute_of(one.at(day, minute), day) == minute


def test_the_hour_that_comes_twice_stands_twice() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in summer time
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 an hour later
    alone, beside = ruler(alone=True), ruler(alone=False)
    assert [alone.minute_of(at, AUTUMN) for at in (first, second)] == [150, 210]
    assert [beside.minute_of(at, AUTUMN) for at in (first, second)] == [150, 150]
    labels = [alone.label(AUTUMN, hour * 60) for hour in range(5)]
    assert labels == ["00:00", "01:00", "02:00", "02:00", "03:00"]


def test_the_hour_that_is_left_out_is_not_there() -> None:
    labels = [ruler(alone=True).label(SPRING, hour * 60) for hour in range(4)]
    assert labels == ["00:00", "01:00", "03:00", "04:00"]


def test_moments_of_other_days_stand_at_the_ends() -> None:
    alone = ruler(alone=True)
    assert alone.minute_of(datetime(2026, 10, 24, 9, tzinfo=UTC), AUTUMN) == 0
    assert alone.minute_of(datetime(2026, 10, 26, 9, tzinfo=UTC), AUTUMN) == 1500


class TestPage:
    def test_the_hour_that_comes_twice_is_drawn_twice(
        self, visitor: Visitor, clock: FakeClock
    ) -> None:
        clock.moment = datetime(2026, 10, 24, 9, tzinfo=UTC)
        for number, minute in enumerate((120, 180), start=1):
            visitor.send("/tasks", {"text": "Watch the deployment 1 h"})
            drop = {"day": "2026-10-25", "minute": minute, "alone": "true"}
            visitor.send(f"/tasks/{number}/pin", drop)
        day = visitor.look("/week?days=1&on=2026-10-25")
        assert 'data-change="180 -60"' in day
        assert starts(day) == ["120", "180"]
        week = visitor.look("/week?days=7&on=2026-10-25")
        assert "data-change" not in week
        assert starts(week) == ["120", "120"]

    def test_a_drop_counts_as_the_day_is_drawn(self, visitor: Visitor, desk: Desk) -> None:
        visitor.send("/tasks", {"text": "Write report 1 h"})
        drop = {"day": "2027-10-31", "minute": 600}
        visitor.send("/tasks/1/pin", drop)
        assert pinned(desk) == datetime(2027, 10, 31, 9, 0, tzinfo=UTC)
        visitor.send("/tasks/1/pin", drop | {"alone": "true"})
        assert pinned(desk) == datetime(2027, 10, 31, 8, 0, tzinfo=UTC)

    def test_a_second_zone_stands_beside_the_hours(self, visitor: Visitor, desk: Desk) -> None:
        assert "Kolkata" not in visitor.look("/week")
        desk.write(lambda s: s.change_preferences({"second_zone": "Asia/Kolkata"}))
        for page in (visitor.look("/week"), visitor.look("/")):
            assert "Kolkata" in page
            assert "<small>17:30</small>" in page  # 13:00 in Berlin


def starts(page: str) -> list[str]:
    return re.findall(r'class="blk [^>]* data-start="(\d+)"', page)


def pinned(desk: Desk) -> datetime:
    (pin,) = desk.read(lambda s: s.tasks.require(1).pins)
    return datetime.fromisoformat(str(pin[0]))
