"""TZID to zones that exist: by name, by Windows name, or by what its VTIMEZONE says."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from dayloom.calendars.reading.lines import Component
from dayloom.infra.zones import zone_names

MOST_OBSERVANCES = 50
TRIAL = datetime(2026, 7, 1)  # noqa: DTZ001 — a zone is asked for wall times
UTC_NAMES = ("UTC", "GMT", "Z", "TZONE://MICROSOFT/UTC", "COORDINATED UNIVERSAL TIME")
_YEARLY = re.compile(
    r"FREQ=YEARLY(?:;(?:INTERVAL=1|BYMONTH=(?:[1-9]|1[0-2])|WKST=[A-Z]{2}"
    r"|BYDAY=[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)|BYMONTHDAY=[1-9][0-9,]{0,80}"
    r"|UNTIL=[0-9]{8}(?:T[0-9]{6}Z?)?))*",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_NAMED_OFFSET = re.compile(r"(?:UTC|GMT)([+-])(\d\d):?(\d\d)", re.IGNORECASE)


class Zones:
    """The zones that one calendar names, each resolved once and never by a path.

    `floating` is the zone of times without one: the calendar's, or else the `default`.
    """

    def __init__(self, calendar: Component, *, default: str) -> None:
        self._defined = {
            tzid.strip('" '): part
            for part in calendar.parts
            if part.name == "VTIMEZONE" and (tzid := part.value("TZID"))
        }
        self._found: dict[str, tzinfo | None] = {}
        named = calendar.value("X-WR-TIMEZONE")
        self.floating = (self.find(named) if named else None) or ZoneInfo(default)

    def find(self, tzid: str) -> tzinfo | None:
        """Return the zone that a TZID means, None if nothing tells."""
        name = tzid.strip('" ')
        if name not in self._found:
            self._found[name] = _known(name) or self._described(name) or _fixed(name)
        return self._found[name]

    def _described(self, name: str) -> tzinfo | None:
        part = self._defined.get(name)
        if part is None:
            return None
        return _known(part.value("X-LIC-LOCATION") or "") or _by_rules(part)


def _known(name: str) -> ZoneInfo | None:
    """Return the zone of an IANA or Windows name, also behind a prefix: `/mozilla.org/…`."""
    if name.upper() in UTC_NAMES:
        return ZoneInfo("UTC")
    if name in WINDOWS_TO_OLSON:
        return ZoneInfo(WINDOWS_TO_OLSON[name])
    parts = name.lower().strip("/").split("/")
    tails = ("/".join(parts[-length:]) for length in (len(parts), 3, 2))
    found = next((_zone_names()[tail] for tail in tails if tail in _zone_names()), None)
    return ZoneInfo(found) if found else None


def _fixed(name: str) -> tzinfo | None:
    found = _NAMED_OFFSET.fullmatch(name)
    return timezone(_ahead(*found.groups())) if found else None


def _by_rules(part: Component) -> tzinfo | None:
    """Return a zone that does what a VTIMEZONE says."""
    observances = [inner for inner in part.parts if inner.name in ("STANDARD", "DAYLIGHT")]
    offsets = {inner.value("TZOFFSETTO") or "" for inner in observances}
    if len(offsets) == 1 and (found := _OFFSET.fullmatch(offsets.pop().strip())):
        return timezone(_ahead(*found.groups()[:3]))
    if not observances or len(observances) > MOST_OBSERVANCES:
        return None
    lines = [line for inner in observances for line in _observance(inner)]
    text = "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Described", *lines, "END:VTIMEZONE", ""))
    try:
        described = Timezone.from_ical(text)
        assert isinstance(described, Timezone)
        zone: tzinfo = described.to_tz(lookup_tzid=False)
        zone.utcoffset(TRIAL)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
        return None  # what icalendar and dateutil raise, undeclared, where a part is missing
    return zone


def _observance(part: Component) -> Iterator[str]:
    yield f"BEGIN:{part.name}"
    for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"):
        yield f"{name}:{(part.value(name) or '').strip()[:20]}"
    rule = (part.value("RRULE") or "").strip()
    if _YEARLY.fullmatch(rule):
        yield f"RRULE:{rule}"
    yield f"END:{part.name}"


def _ahead(sign: str, hours: str, minutes: str) -> timedelta:
    ahead = timedelta(hours=int(hours) % 24, minutes=int(minutes) % 60)
    return -ahead if sign == "-" else ahead


@cache
def _zone_names() -> dict[str, str]:
    return {name.lower(): name for name in zone_names()}
