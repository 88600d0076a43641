"""TZID to zones that exist: by name, by Windows name, or by what its VTIMEZONE says."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from dayloom.calendars.reading.lines import Component

WINTER, SUMMER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?")
_LIKELY = (
    "Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Moscow", "America/New_York",
    "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
    "America/Anchorage", "America/Halifax", "America/Sao_Paulo", "America/Bogota",
    "Pacific/Honolulu", "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Asia/Dubai",
    "Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok", "Australia/Sydney", "Australia/Brisbane",
    "Australia/Adelaide", "Australia/Darwin", "Pacific/Auckland", "Africa/Lagos",
    "Africa/Johannesburg", "Africa/Nairobi", "Etc/UTC",
)  # fmt: skip


class Zones:
    """The zones that one calendar names, each resolved once and never by a path."""

    def __init__(self, calendar: Component, *, default: str) -> None:
        self._defined = {
            tzid: part
            for part in calendar.parts
            if part.name == "VTIMEZONE" and (tzid := part.value("TZID"))
        }
        named = calendar.value("X-WR-TIMEZONE")
        self.floating = (_known(named) if named else None) or default
        self._found: dict[str, str | None] = {}

    def find(self, tzid: str) -> str | None:
        """Return the IANA name for a TZID, None if nothing tells what it means."""
        name = tzid.strip().strip('"')
        if name not in self._found:
            self._found[name] = _known(name) or self._described(name)
        return self._found[name]

    def _described(self, tzid: str) -> str | None:
        part = self._defined.get(tzid)
        if part is None:
            return None
        location = part.value("X-LIC-LOCATION")
        return (_known(location) if location else None) or _by_offsets(part)


def _known(name: str) -> str | None:
    stripped = name.strip().strip('"')
    if stripped in available_zones():
        return stripped
    if stripped in WINDOWS_TO_OLSON:
        return WINDOWS_TO_OLSON[stripped]
    tail = "/".join(stripped.strip("/").split("/")[-2:])  # "/freeassociation…/Europe/Berlin"
    return tail if tail in available_zones() else None


def _by_offsets(part: Component) -> str | None:
    """Return a likely zone with the same standard and daylight offsets."""
    offsets: dict[str, int] = {}
    for rule in part.parts:
        found = _OFFSET.fullmatch((rule.value("TZOFFSETTO") or "").strip())
        if found:
            sign, hours, minutes, _ = found.groups()
            offsets[rule.name] = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    standard = offsets.get("STANDARD")
    if standard is None:
        return None
    wanted = (standard, offsets.get("DAYLIGHT", standard))
    return next((zone for zone in _LIKELY if _offsets_of()[zone] == wanted), None)


@cache
def available_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _offsets_of() -> Mapping[str, tuple[int, int]]:
    """Return the standard and daylight offsets in minutes of the likely zones."""
    found = {}
    for zone in _LIKELY:
        minutes = [_offset(zone, moment) for moment in (WINTER, SUMMER)]
        found[zone] = (min(minutes), max(minutes))
    return found


def _offset(zone: str, moment: datetime) -> int:
    return (moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)) // timedelta(minutes=1)
