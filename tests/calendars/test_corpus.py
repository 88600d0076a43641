"""Files with one trouble each, as real programs write them, and what must be read from them.

Beside each `.ics` stands a `.txt`: why it is there, the window and the zone of the person, then
a line for each occurrence (start, end, marks, summary, `@` location), `! summary ~ words` for a
warning about an event, and `= name` for the name of the calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dayloom.calendars.reading.feed import read_feed
from dayloom.calendars.reading.values import Feed, Occurrence, Window

FILES = Path(__file__).parent / "files"
CASES = sorted(path.stem for path in FILES.glob("*.ics"))


@dataclass
class Expected:
    """What a `.txt` file asks for."""

    window: Window
    occurrences: list[str] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    name: str | None = None


def expected(case: str) -> Expected:
    found: Expected | None = None
    for line in (FILES / f"{case}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if found is None:
            found = Expected(_window(*line.split()[1:]))
        elif line.startswith("! "):
            about, _, words = line[2:].partition("~")
            found.warnings.append((about.strip(), words.strip()))
        elif line.startswith("= "):
            found.name = line[2:]
        elif line:
            found.occurrences.append(line)
    assert found is not None
    return found


def _window(start: str, end: str, zone: str) -> Window:
    first, last = (
        datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        for day in (start, end)
    )
    return Window(start=first, end=last, zone=zone)


def told(occurrence: Occurrence) -> str:
    """Return the line that stands for an occurrence."""
    return " ".join(_parts(occurrence))


def _parts(occurrence: Occurrence) -> Iterator[str]:
    for moment in (occurrence.start, occurrence.end):
        yield moment.isoformat().replace("+00:00", "Z").replace(":00Z", "Z")
    if occurrence.all_day:
        yield "all-day"
    for mark in ("transp", "status", "partstat"):
        if value := getattr(occurrence, mark):
            yield f"{mark}={value}"
    yield occurrence.summary
    if occurrence.location:
        yield f"@ {occurrence.location}"


def about_all(feed: Feed, warnings: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the expected warnings that were not given."""
    return [
        (about, words)
        for about, words in warnings
        if not any(about in said and words.lower() in said.lower() for said in feed.warnings)
    ]


@pytest.mark.parametrize("case", CASES)
def test_a_real_file_is_read_as_it_is_meant(case: str) -> None:
    wanted = expected(case)
    feed = read_feed((FILES / f"{case}.ics").read_bytes(), wanted.window)
    assert [told(occurrence) for occurrence in feed.occurrences] == wanted.occurrences
    assert about_all(feed, wanted.warnings) == []
    assert len(feed.warnings) == len(wanted.warnings)
    assert feed.name == wanted.name


@pytest.mark.parametrize("case", CASES)
def test_a_second_reading_gives_the_same_keys(case: str) -> None:
    window = expected(case).window
    first, second = (
        read_feed((FILES / f"{case}.ics").read_bytes(), window).occurrences for _ in range(2)
    )
    keys = [occurrence.key for occurrence in first]
    assert len(set(keys)) == len(keys)
    assert keys == [occurrence.key for occurrence in second]
