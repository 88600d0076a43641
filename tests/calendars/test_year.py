"""A year of a person's calendar: every busy minute of it, and the rules that change it."""

from collections.abc import Iterable

import pytest

from dayloom.calendars.busy import takes_time
from dayloom.calendars.models import AllDayRule, Calendar
from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import Feed, Window
from tests.calendars.year import DAY, FIRST, LAST, OWN, Busy, at, busy_times, year_ics

WINDOW = Window(
    start=at(FIRST, "00:00"),
    end=at(LAST + DAY, "00:00"),
    zone="Europe/Berlin",
    addresses=frozenset([OWN]),
)


@pytest.fixture(scope="module")
def feed() -> Feed:
    return read_feed(year_ics(), WINDOW)


def busy(feed: Feed, **rules: object) -> list[Busy]:
    """Return what takes time by the rules of a calendar, which are the usual ones."""
    usual = {
        "all_day": AllDayRule.AS_MARKED,
        "free_busy": False,
        "tentative_busy": True,
        "declined_busy": False,
    }
    ruled = Calendar(**{**usual, **rules})
    found = [
        (one.summary, one.start, one.end) for one in feed.occurrences if takes_time(one, ruled)
    ]
    return sorted(found, key=lambda one: (one[1], one[2], one[0]))


def titles(found: Iterable[Busy]) -> set[str]:
    return {title for title, _, _ in found}


def test_every_busy_time_of_the_year_is_right(feed: Feed) -> None:
    assert busy(feed) == busy_times()
    assert feed.warnings == ()


def test_the_same_by_hand_where_the_clocks_of_two_continents_differ(feed: Feed) -> None:
    calls = {
        start.date().isoformat(): start.hour
        for title, start, _ in busy(feed)
        if title == "New York"
    }
    berlin_on_winter_time, new_york_on_summer_time = calls["2026-10-29"], calls["2027-03-18"]
    assert (calls["2026-10-22"], berlin_on_winter_time, calls["2026-11-05"]) == (13, 13, 14)
    assert (calls["2027-03-11"], new_york_on_summer_time, calls["2027-04-01"]) == (14, 13, 13)


@pytest.mark.parametrize(
    ("rules", "more", "fewer"),
    [
        ({"tentative_busy": False}, set(), {"Dentist, perhaps"}),
        ({"declined_busy": True}, {"Ann cannot come"}, set()),
        ({"free_busy": True}, {"Reading group, if you like", "Bob's birthday"}, set()),
        ({"all_day": AllDayRule.BUSY}, {"Bob's birthday"}, set()),
        ({"all_day": AllDayRule.FREE}, set(), {"Vacation"}),
    ],
    ids=["tentative", "declined", "free", "all-day busy", "all-day free"],
)
def test_each_rule_changes_what_it_names(
    feed: Feed, rules: dict[str, object], more: set[str], fewer: set[str]
) -> None:
    usual, ruled = titles(busy_times()), titles(busy(feed, **rules))
    assert (ruled - usual, usual - ruled) == (more, fewer)
