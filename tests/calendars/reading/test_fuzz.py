"""Broken copies of real files: whatever is in them, there is an answer, and it keeps its word."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import NotACalendar, Window

FILES = sorted((Path(__file__).parent.parent / "files").glob("*.ics"))
WINDOW = Window(
    start=datetime(2026, 11, 22, 23, tzinfo=UTC),
    end=datetime(2026, 12, 20, 23, tzinfo=UTC),
    zone="Europe/Berlin",
)
ODDITIES = (
    b"00010101T000000 99991231T235959Z 20261201T240000 ;TZID=Nowhere RRULE:FREQ=WEEKLY -P1D "
    b"BYSETPOS=366 BYWEEKNO=53 COUNT=99999999999 UNTIL=00010101 +2359 P99999999W BEGIN:VEVENT "
    b'END:VEVENT " : ; , \xff \x00'
).split(b" ")


def broken(random: Random) -> bytes:
    """Return a file with pieces lost, doubled, replaced, or taken from another one."""
    data = bytearray(random.choice(FILES).read_bytes())
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(data))
        end = start + random.randint(0, 30)
        data[start:end] = random.choice(
            (b"", data[start:end] * 2, random.choice(ODDITIES), _piece(random))
        )
    return bytes(data)


def mixed(random: Random) -> bytes:
    """Return a calendar whose events are made of lines of any events."""
    lines = [
        line
        for path in random.sample(FILES, 4)
        for line in path.read_bytes().splitlines()
        if not line.startswith((b"BEGIN", b"END"))
    ]
    made = [b"BEGIN:VCALENDAR"]
    for _ in range(6):
        own = (random.choice(lines) for _ in range(random.randint(1, 7)))
        made += [b"BEGIN:VEVENT", b"UID:%d" % random.randint(0, 2), *own, b"END:VEVENT"]
    return b"\r\n".join([*made, b"END:VCALENDAR"])


def _piece(random: Random) -> bytes:
    data = random.choice(FILES).read_bytes()
    start = random.randrange(len(data))
    return data[start : start + random.randint(1, 200)]


@pytest.mark.parametrize("make", [broken, mixed])
@pytest.mark.parametrize("seed", range(10))
def test_every_file_gets_an_answer(make: Callable[[Random], bytes], seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        data = make(random)
        try:
            feed = read_feed(data, WINDOW)
        except NotACalendar:
            continue
        keys = [occurrence.key for occurrence in feed.occurrences]
        assert len(set(keys)) == len(keys), data
        for occurrence in feed.occurrences:
            assert occurrence.start <= occurrence.end, data
            assert WINDOW.touches(occurrence.start, occurrence.end), data
            assert occurrence.summary, data
