"""Reads a whole feed: guarded event by event, so that one bad event never loses the others."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from dayloom.calendars.reading.expand import expand
from dayloom.calendars.reading.guard import GuardedEvent, Refused, guard
from dayloom.calendars.reading.lines import Component, components
from dayloom.calendars.reading.texts import unescape
from dayloom.calendars.reading.values import Feed, Occurrence, Window
from dayloom.calendars.reading.zones import Zones

MOST_OCCURRENCES = 10_000
MOST_WARNINGS = 100


def read_feed(data: bytes, window: Window) -> Feed:
    """Return the occurrences of a feed in a window. Raises `NotACalendar`."""
    calendars = components(data)
    warnings = _Warnings()
    found: list[Occurrence] = []
    for calendar in calendars:
        found += _occurrences(calendar, _own_addresses(calendar, window), warnings)
    found.sort(key=lambda occurrence: (occurrence.start, occurrence.end, occurrence.key))
    if len(found) > MOST_OCCURRENCES:
        warnings.add(f"There are more than {MOST_OCCURRENCES:,} events; the later are left out.")
    name = next((text for c in calendars if (text := _name(c))), None)
    return Feed(
        name=name,
        occurrences=tuple(_named_apart(found[:MOST_OCCURRENCES])),
        warnings=tuple(warnings.said),
    )


@dataclass(slots=True)
class _Warnings:
    said: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        if len(self.said) < MOST_WARNINGS and sentence not in self.said:
            self.said.append(sentence)

    def about(self, event: Component, what: str) -> None:
        title = unescape(event.value("SUMMARY") or event.value("UID") or "")[:80] or "An event"
        self.add(f"“{title}”: {what}.")


def _occurrences(calendar: Component, window: Window, warnings: _Warnings) -> Iterator[Occurrence]:
    zones = Zones(calendar, default=window.zone)
    series: dict[str, list[GuardedEvent]] = {}
    titles: dict[str, Component] = {}
    for event in calendar.parts:
        if event.name != "VEVENT":
            continue
        try:
            warn = partial(warnings.about, event)
            guarded = guard(event, zones, warn, addresses=window.addresses)
        except Refused as refused:
            warnings.about(event, f"left out, since {refused}")
            continue
        series.setdefault(guarded.uid, []).append(guarded)
        titles.setdefault(guarded.uid, event)
    for uid, events in series.items():
        warn = partial(warnings.about, titles[uid])
        yield from expand(events, window, floating=zones.floating, warn=warn)


def _own_addresses(calendar: Component, window: Window) -> Window:
    """Return the window with the owner's address, where the calendar is named after it."""
    name = _name(calendar) or ""
    if "@" not in name or " " in name:
        return window
    return replace(window, addresses=window.addresses | {name.lower()})


def _name(calendar: Component) -> str | None:
    name = calendar.value("X-WR-CALNAME") or calendar.value("NAME")
    return unescape(name).strip()[:100] if name else None


def _named_apart(occurrences: list[Occurrence]) -> Iterator[Occurrence]:
    """Yield the occurrences with keys that are different, the same in every reading."""
    seen: Counter[str] = Counter()
    for occurrence in occurrences:
        seen[occurrence.key] += 1
        number = seen[occurrence.key]
        yield occurrence if number == 1 else replace(occurrence, key=f"{occurrence.key}#{number}")
