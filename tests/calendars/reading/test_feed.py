"""A whole feed: what cannot be read is counted and told, and costs nothing else."""

from datetime import UTC, datetime, timedelta

from dayloom.calendars.reading.feed import MOST_WARNINGS, read_feed
from dayloom.calendars.reading.values import Feed, Window
from tests.calendars.feeds import calendar, meeting

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
GOOD = meeting(NINE, uid="good", summary="Good")
WINDOW = Window(start=NINE, end=NINE + timedelta(days=30), zone="Europe/Berlin")


def bad(number: int) -> str:
    return f"BEGIN:VEVENT\r\nUID:b{number}\r\nSUMMARY:Bad {number}\r\nDTSTART:soon\r\nEND:VEVENT"


def read(*events: str) -> Feed:
    return read_feed(calendar(*events), WINDOW)


def test_what_cannot_be_read_is_counted_and_named() -> None:
    feed = read(bad(1), GOOD, bad(2))
    assert [found.summary for found in feed.occurrences] == ["Good"]
    assert feed.unread == 2
    assert feed.warnings == (
        "“Bad 1”: left out, since it has no readable start.",
        "“Bad 2”: left out, since it has no readable start.",
    )


def test_events_of_the_same_title_all_count() -> None:
    feed = read(bad(1), bad(1), bad(1), GOOD)
    assert (feed.unread, len(feed.warnings), len(feed.occurrences)) == (3, 1, 1)


def test_what_is_only_altered_is_no_loss() -> None:
    feed = read(meeting(NINE, "RRULE:FREQ=SECONDLY"))
    assert (feed.unread, len(feed.warnings), len(feed.occurrences)) == (0, 1, 1)


def test_beyond_some_warnings_the_rest_is_a_number() -> None:
    feed = read(*(bad(number) for number in range(MOST_WARNINGS + 50)), GOOD)
    assert (feed.unread, len(feed.warnings)) == (MOST_WARNINGS + 50, MOST_WARNINGS + 1)
    assert feed.warnings[-1] == "And 50 more warnings."
