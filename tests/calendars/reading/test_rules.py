"""Rules that may be expanded, and those that may not."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dayloom.calendars.reading.rules import NoRule, first_in_bounds, read_rule

START = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def written(text: str, start: date = START) -> str:
    return ";".join(f"{name}={value}" for name, value in read_rule(text, start).items())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY"),
        (" freq=weekly; byday = mo ", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=DAILY;INTERVAL=1000", "FREQ=DAILY;INTERVAL=1000"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+2TU", "FREQ=MONTHLY;BYDAY=-1FR,+2TU"),
        ("FREQ=YEARLY;BYDAY=53MO", "FREQ=YEARLY;BYDAY=53MO"),
        ("FREQ=YEARLY;BYMONTHDAY=-31;BYMONTH=12", "FREQ=YEARLY;BYMONTHDAY=-31;BYMONTH=12"),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=30;BYSECOND=0", "FREQ=DAILY"),
        ("FREQ=DAILY;COUNT=-1", "FREQ=DAILY"),
        ("FREQ=DAILY;X-NOTE=HELLO;RSCALE=GREGORIAN;SKIP=OMIT", "FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20261203", "FREQ=DAILY;UNTIL=20261203T225959Z"),
        ("FREQ=DAILY;UNTIL=20261203T093000", "FREQ=DAILY;UNTIL=20261203T083000Z"),
        ("FREQ=DAILY;UNTIL=20261203T083000Z;COUNT=9", "FREQ=DAILY;UNTIL=20261203T083000Z"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20261201T082959Z", ""),
    ],
)
def test_what_has_a_meaning_is_kept(given: str, kept: str) -> None:
    assert written(given) == kept


def test_an_until_for_days_is_a_day() -> None:
    assert written("FREQ=DAILY;UNTIL=20261203T230000Z", date(2026, 12, 1)).endswith("=20261203")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "none that can be read"),
        ("every day", "none that can be read"),
        ("FREQ=FORTNIGHTLY", "none that can be read"),
        ("FREQ=YEARLY;BYEASTER=0", "none that can be read"),
        ("FREQ=YEARLY;RSCALE=CHINESE", "none that can be read"),
        ("FREQ=HOURLY", "within a day"),
        ("FREQ=MINUTELY", "within a day"),
        ("FREQ=SECONDLY", "within a day"),
        ("FREQ=DAILY;BYHOUR=9,15", "within a day"),
        ("FREQ=DAILY;BYMINUTE=0", "within a day"),
        ("FREQ=DAILY;INTERVAL=0", "interval"),
        ("FREQ=DAILY;INTERVAL=-1", "interval"),
        ("FREQ=DAILY;INTERVAL=1001", "interval"),
        ("FREQ=DAILY;INTERVAL=1e3", "interval"),
        ("FREQ=DAILY;INTERVAL=10000000001", "interval"),
        ("FREQ=MONTHLY;BYDAY=0TH", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=54MO", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=XX", "BYDAY"),
        ("FREQ=MONTHLY;BYDAY=", "BYDAY"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"),
        ("FREQ=YEARLY;BYMONTHDAY=32", "BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTHDAY=0", "BYMONTHDAY"),
        ("FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO"),
        ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY"),
        ("FREQ=YEARLY;BYSETPOS=" + ",".join(["1"] * 401), "BYSETPOS"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=many", "COUNT"),
        ("FREQ=DAILY;UNTIL=tomorrow", "UNTIL"),
        ("FREQ=DAILY;UNTIL=20261301", "UNTIL"),
        ("FREQ=WEEKLY;WKST=2MO", "WKST"),
        ("FREQ=WEEKLY;WKST=", "WKST"),
    ],
)
def test_what_has_none_is_refused_with_the_reason(given: str, words: str) -> None:
    with pytest.raises(NoRule, match=words):
        read_rule(given, START)


@pytest.mark.parametrize(
    ("start", "rule", "first"),
    [
        (date(1604, 2, 29), "FREQ=YEARLY", date(1972, 2, 29)),
        (date(1969, 12, 31), "FREQ=YEARLY", date(1973, 12, 31)),
        (date(1965, 1, 4), "FREQ=WEEKLY;INTERVAL=2", date(1970, 1, 12)),
        (date(1969, 12, 29), "FREQ=DAILY;INTERVAL=2", date(1970, 1, 2)),
        (date(1968, 5, 31), "FREQ=MONTHLY;INTERVAL=3", date(1980, 5, 31)),
        (date(1968, 5, 31), "FREQ=DAILY;COUNT=3", date(1968, 5, 31)),
        (date(1970, 1, 1), "FREQ=DAILY", date(1970, 1, 1)),
    ],
)
def test_a_start_long_ago_moves_to_an_instance_of_its_rule(
    start: date, rule: str, first: date
) -> None:
    assert first_in_bounds(start, [read_rule(rule, start)]) == first


def test_a_moment_long_ago_keeps_its_time_of_day() -> None:
    start = datetime(1950, 7, 1, 8, 15, tzinfo=UTC)
    assert first_in_bounds(start, [read_rule("FREQ=YEARLY", start)]) == start.replace(year=1970)
