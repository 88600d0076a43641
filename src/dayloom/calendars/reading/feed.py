"""Reads a whole feed: guarded event by event, so that one bad event never loses the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from dayloom.calendars.reading.dates import Warn
from dayloom.calendars.reading.expand import UNTITLED, Patience, expand
from dayloom.calendars.reading.guard import GuardedEvent, Never, Refused, guard
from dayloom.calendars.reading.lines import Component, components
from dayloom.calendars.reading.texts import tidy
from dayloom.calendars.reading.values import Feed, Occurrence, Window
from dayloom.calendars.reading.zones import Zones

MOST_OCCURRENCES = 10_000
MOST_WARNINGS = 100
LONGEST_NAME = 100


def read_feed(data: bytes, window: Window, *, patience: Patience = nullcontext) -> Feed:
    """Return the occurrences of a feed in a window. Raises `NotACalendar`.

    `patience` makes a context around the expansion of each series, which may end it with
    `TooSlow`: then that series keeps its first instance.
    """
    source = components(data)
    warnings = _Warnings()
    if not source.whole:
        warnings.add("The file ends early: what came after its end is missing.")
    events = [event for part in source.calendars for event in _guarded(part, window, warnings)]
    found = _Nearest(window)
    for series in _series(events):
        warn = partial(warnings.about, series[0].summary or series[0].uid)
        found.add(expand(series, found.window, warn, patience=patience))
    if found.too_many:
        warnings.add(f"There are more than {MOST_OCCURRENCES:,} events: the latest are left out.")
    return Feed(
        name=next((name for part in source.calendars if (name := _name(part))), None),
        occurrences=tuple(_named_apart(found.occurrences())),
        warnings=warnings.told(),
        unread=warnings.unread,
    )


@dataclass(slots=True)
class _Warnings:
    said: dict[str, None] = field(default_factory=dict)
    unread: int = 0

    def add(self, sentence: str) -> None:
        self.said[sentence] = None

    def about(self, title: str, words: str) -> None:
        self.add(f"“{title[:80]}”: {words}.")

    def told(self) -> tuple[str, ...]:
        """Return the first of the sentences, and how many more there would be."""
        more = len(self.said) - MOST_WARNINGS
        tail = (f"And {more:,} more warnings.",) if more > 0 else ()
        return (*islice(self.said, MOST_WARNINGS), *tail)


class _Nearest:
    """Collects the earliest occurrences; when there are too many, the window ends sooner."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.too_many = False
        self._found: list[Occurrence] = []

    def add(self, occurrences: Sequence[Occurrence]) -> None:
        self._found += occurrences
        if len(self._found) > 2 * MOST_OCCURRENCES:
            self._cut()

    def occurrences(self) -> Sequence[Occurrence]:
        self._cut()
        return self._found

    def _cut(self) -> None:
        self._found.sort(key=lambda found: (found.start, found.end, found.key))
        if len(self._found) > MOST_OCCURRENCES:
            del self._found[MOST_OCCURRENCES:]
            self.too_many = True
            last = max(self._found[-1].start, self.window.start)
            self.window = replace(self.window, end=last)


def _guarded(calendar: Component, window: Window, warnings: _Warnings) -> Iterator[GuardedEvent]:
    zones = Zones(calendar, default=window.zone)
    addresses = window.addresses | _owner(calendar)
    cancelled = (calendar.value("METHOD") or "").strip().upper() == "CANCEL"
    for event in calendar.parts:
        if event.name != "VEVENT" or cancelled:
            continue
        warn: Warn = partial(warnings.about, _title(event))
        try:
            yield guard(event, zones, warn, addresses=addresses)
        except Never:
            continue
        except Refused as refused:
            warn(f"left out, since {refused}")
            warnings.unread += 1


def _series(events: Sequence[GuardedEvent]) -> Iterator[list[GuardedEvent]]:
    """Yield what belongs together: the events of one UID, apart where they are not one."""
    by_uid: dict[str, list[GuardedEvent]] = {}
    for event in events:
        by_uid.setdefault(event.uid, []).append(event)
    for group in by_uid.values():
        yield from _apart(group)


def _apart(group: list[GuardedEvent]) -> Iterator[list[GuardedEvent]]:
    """Yield one series, or several where a program gives different events the same UID.

    Of versions of one event the newest counts; exceptions belong to what recurs.
    """
    cores = [event for event in group if event.recurrence_id is None]
    newest = max((event.sequence for event in cores), default=0)
    by_start = {event.start: event for event in cores if event.sequence == newest}
    if len(by_start) < 2:
        yield [event for event in group if event.recurrence_id or event in by_start.values()]
        return
    owner = next((event for event in by_start.values() if event.recurs), None)
    exceptions = [event for event in group if event.recurrence_id]
    for event in by_start.values():
        uid = f"{event.uid}@{event.start.isoformat()}"
        yield [replace(event, uid=uid), *(exceptions if event is owner else ())]


def _owner(calendar: Component) -> frozenset[str]:
    """Return the address of the owner, where the calendar is named after it."""
    name = (_name(calendar) or "").lower()
    return frozenset([name]) if "@" in name and " " not in name else frozenset()


def _name(calendar: Component) -> str | None:
    return tidy(calendar.value("X-WR-CALNAME") or calendar.value("NAME") or "")[:LONGEST_NAME]


def _title(event: Component) -> str:
    return tidy(event.value("SUMMARY") or event.value("UID") or "") or UNTITLED


def _named_apart(occurrences: Sequence[Occurrence]) -> Iterator[Occurrence]:
    """Yield the occurrences with keys that are different, the same in every reading."""
    seen: Counter[str] = Counter()
    for occurrence in occurrences:
        seen[occurrence.key] += 1
        number = seen[occurrence.key]
        yield occurrence if number == 1 else replace(occurrence, key=f"{occurrence.key}#{number}")
