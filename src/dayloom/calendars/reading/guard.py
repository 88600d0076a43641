"""The guard before the parser: every event reduced to the lines that are needed and bounded.

Short rules can ask for endless work (FREQ=SECONDLY since 1970, INTERVAL=0), so what may be asked
is checked before anything is expanded. What is left out is told; the first instance stays.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from dayloom.calendars.reading.lines import Component, colon_of, property_name, value_of
from dayloom.calendars.reading.zones import Zones

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_DATES = 5_000
MOST_STEPS = 1_000
FIRST_YEAR, LAST_YEAR = 1970, 2100
LEAP_YEAR = 1972
LONGEST_TEXT = 1_000
LONGEST_DURATION_DAYS = 366
_TEXTS = (
    "SUMMARY", "LOCATION", "STATUS", "TRANSP", "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS",
)  # fmt: skip
_DATES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_PARTSTAT = re.compile(r";PARTSTAT=\"?([A-Za-z-]+)", re.IGNORECASE)
_DAY = re.compile(r"\d{8}(T\d{6}Z?)?")
_DURATION = re.compile(r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(frozen=True, slots=True)
class GuardedEvent:
    """An event that is safe to parse: content lines without VALARMs, zones by IANA name."""

    uid: str
    lines: tuple[str, ...]

    @property
    def recurs(self) -> bool:
        return any(
            property_name(line) in ("RRULE", "RDATE", "RECURRENCE-ID") for line in self.lines
        )

    def without_repetition(self) -> "GuardedEvent":
        kept = [x for x in self.lines if property_name(x) not in ("RRULE", "RDATE", "EXDATE")]
        return GuardedEvent(self.uid, tuple(kept))


class Refused(Exception):
    """The event cannot be read at all; the sentence says why."""


Warn = Callable[[str], None]


def guard(
    event: Component, zones: Zones, warn: Warn, *, addresses: Collection[str] = ()
) -> GuardedEvent:
    """Return what is safe of an event. Raises `Refused`; `warn` gets a sentence for the rest.

    The answer of one of the `addresses` to the invitation is kept as `X-DAYLOOM-PARTSTAT`.
    """
    uid = (event.value("UID") or event.value("SUMMARY") or "unnamed")[:LONGEST_TEXT]
    start = event.value("DTSTART")
    if start is None or not _DAY.fullmatch(start.strip()):
        raise Refused("it has no readable start")
    keeper = _Keeper(zones=zones, warn=warn, start=start.strip(), yearly=_is_yearly(event))
    lines = [f"UID:{uid}", *keeper.kept(event)]
    if answer := _answer(event, addresses):
        lines.append(f"X-DAYLOOM-PARTSTAT:{answer}")
    return GuardedEvent(uid, tuple(lines))


@dataclass(slots=True, kw_only=True)
class _Keeper:
    """Keeps what is safe of one event's lines."""

    zones: Zones
    warn: Warn
    start: str
    yearly: bool
    dates_left: int = MOST_DATES

    def kept(self, event: Component) -> Iterator[str]:
        seen: set[str] = set()
        for line in event.lines:
            name = property_name(line)
            if name not in seen or name in ("RDATE", "EXDATE"):
                yield from self._keep(name, line)
            seen.add(name)

    def _keep(self, name: str, line: str) -> Iterable[str]:
        if name in ("RDATE", "EXDATE"):
            return self._dates(name, line)
        if name in _DATES:
            return [_date_line(line, self.zones, self.warn, moved=self.yearly)]
        if name == "RRULE":
            return _rule(value_of(line), self.start, self.warn)
        if name == "DURATION":
            return [_duration(value_of(line))]
        if name == "EXRULE":
            self.warn("an exception rule (EXRULE) is ignored")
        return [f"{name}:{value_of(line)[:LONGEST_TEXT]}"] if name in _TEXTS else []

    def _dates(self, name: str, line: str) -> Iterator[str]:
        values = value_of(line).split(",", self.dates_left + 1)
        if len(values) > self.dates_left:
            self.warn(f"it lists more than {MOST_DATES:,} dates; the rest is ignored")
        kept = [value.strip() for value in values[: self.dates_left]]
        self.dates_left -= len(kept)
        for value in kept:
            first = value.split("/")[0]
            if _DAY.fullmatch(first) and FIRST_YEAR <= int(first[:4]) <= LAST_YEAR:
                period = ";VALUE=PERIOD" if "/" in value else ""
                yield f"{name}{period}{_parameters(line, first, self.zones, self.warn)}:{value}"


def _answer(event: Component, addresses: Collection[str]) -> str | None:
    """Return the person's own answer to an invitation (RFC 5545 PARTSTAT)."""
    for line in event.lines:
        if property_name(line) == "ATTENDEE" and any(
            f"mailto:{address}" in line.lower() for address in addresses
        ):
            found = _PARTSTAT.search(line[: colon_of(line)])
            return found.group(1).upper() if found else None
    return None


def _is_yearly(event: Component) -> bool:
    """Tell whether a start in the far past may be read as one in 1972: birthdays, mostly."""
    parts = _parts(event.value("RRULE") or "")
    return (
        parts.get("FREQ") == "YEARLY"
        and parts.get("INTERVAL", "1") == "1"
        and "COUNT" not in parts
    )


def _date_line(line: str, zones: Zones, warn: Warn, *, moved: bool) -> str:
    name, value = property_name(line), value_of(line).strip()
    if not _DAY.fullmatch(value):
        raise Refused(f"its {name} is no date")
    year = int(value[:4])
    if moved and year < FIRST_YEAR:
        value, year = f"{LEAP_YEAR}{value[4:]}", LEAP_YEAR
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(f"its {name} lies in the year {year}")
    return f"{name}{_parameters(line, value, zones, warn)}:{value}"


def _parameters(line: str, value: str, zones: Zones, warn: Warn) -> str:
    """Return the parameters that a date needs: whether it is a day, and its zone."""
    if "T" not in value:
        return ";VALUE=DATE"
    found = re.search(r';TZID=("[^"]*"|[^;:]*)', line[: colon_of(line)], re.IGNORECASE)
    if found is None or value.endswith("Z"):
        return ""
    zone = zones.find(found.group(1))
    if zone is None:
        warn(f"its time zone “{found.group(1)[:60]}” is unknown and read as {zones.floating}")
    return f";TZID={zone or zones.floating}"


def _rule(rule: str, start: str, warn: Warn) -> list[str]:
    parts = _parts(rule)
    interval = parts.get("INTERVAL", "1")
    for name, place in (("BYHOUR", 9), ("BYMINUTE", 11), ("BYSECOND", 13)):
        if name in parts and parts[name].zfill(2) == start[place : place + 2]:
            del parts[name]  # says again what the start says
    if parts.get("FREQ") not in FREQUENCIES or {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(parts):
        warn("it repeats within a day; only its first time is read")
        return []
    if not interval.isdecimal() or not 1 <= int(interval) <= MOST_STEPS:
        warn("it repeats at an impossible interval; only its first time is read")
        return []
    return ["RRULE:" + ";".join(f"{name}={value}" for name, value in parts.items())]


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.split("=", 1) for part in rule.strip().upper().split(";") if "=" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _duration(value: str) -> str:
    found = _DURATION.fullmatch(value.strip().upper())
    if found is None:
        raise Refused("its duration is unreadable")
    weeks, days, hours = (int(found.group(k) or 0) for k in (2, 3, 4))
    if found.group(1) == "-" or weeks * 7 + days + hours // 24 > LONGEST_DURATION_DAYS:
        raise Refused("its duration is impossible")
    return f"DURATION:{value.strip().upper()}"
