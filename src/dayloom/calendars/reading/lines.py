"""Content lines (RFC 5545 §3.1): decoded, unfolded, cut into components, all within bounds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dayloom.calendars.reading.values import NotACalendar

LARGEST = 10 * 1024 * 1024
LONGEST_LINE = 64 * 1024
LONGEST_LIST = 256 * 1024  # RDATE and EXDATE have a bound of their own
DEEPEST = 4
MOST_EVENTS = 20_000
COMPONENTS = frozenset(("VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"))
PROPERTIES = frozenset(
    (
        "ATTENDEE", "DTEND", "DTSTART", "DURATION", "EXDATE", "EXRULE", "LOCATION", "METHOD",
        "NAME", "RDATE", "RECURRENCE-ID", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP",
        "TZID", "TZOFFSETFROM", "TZOFFSETTO", "UID", "X-LIC-LOCATION",
        "X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-CDO-BUSYSTATUS", "X-WR-CALNAME",
        "X-WR-TIMEZONE",
    )
)  # fmt: skip
_NAME = re.compile(r"\s*([A-Za-z0-9-]+)(?=[;:])")
# No possessive quantifiers, which go on too far in Python 3.11.0 to 3.11.3.
_PARAMETERS = re.compile(r'(?:;(?:[^":]|"[^"]*"|:(?=//))*)?:')  # TZID=tzone://Microsoft/Utc


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: what stands before its colon, and the value behind it."""

    parameters: str
    value: str

    def parameter(self, name: str) -> str | None:
        """Return the value of a parameter, without quotes."""
        found = re.search(rf';{name}=("[^"]*"|[^;]*)', self.parameters, re.IGNORECASE)
        return found[1].strip('" ') if found else None


@dataclass(slots=True)
class Component:
    """A component with those of its properties that matter; those inside it are in `parts`."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return self.properties.get(name, [])

    def first(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str | None:
        """Return the value of the first property of this name."""
        found = self.first(name)
        return found.value if found else None


@dataclass(slots=True)
class Source:
    """The calendars of a feed, and whether its end was there."""

    calendars: list[Component] = field(default_factory=list)
    whole: bool = True


def components(data: bytes) -> Source:
    """Cut a feed into its calendars. Raises `NotACalendar` beyond the bounds."""
    if len(data) > LARGEST:
        raise NotACalendar(f"The calendar is larger than {LARGEST >> 20} MB.")
    text = _decoded(data)
    reader = _Reader()
    for line in _unfolded(text):
        reader.take(line)
    source = reader.finish()
    if not source.calendars:
        raise NotACalendar(_what_instead(text))
    return source


class _Reader:
    """Puts components into each other as BEGIN and END say, forgiving where they lie."""

    def __init__(self) -> None:
        self._source = Source()
        self._open: list[Component] = []
        self._too_deep = 0
        self._events = 0

    def take(self, line: str) -> None:
        found = _NAME.match(line)
        if found is None:
            return
        name = found[1].upper()
        if name == "BEGIN":
            self._begin(line[found.end() + 1 :].strip().upper())
        elif name == "END":
            self._end(line[found.end() + 1 :].strip().upper())
        elif name in PROPERTIES and not self._too_deep:
            self._keep(name, line[found.end() :])

    def finish(self) -> Source:
        """Return what was read; an event that is still open was cut off and is left out."""
        self._source.whole = not self._open
        if self._open and self._open[-1].name == "VEVENT":
            self._open[-2].parts.pop()
        return self._source

    def _begin(self, name: str) -> None:
        if name == "VCALENDAR":
            self._open.clear()
            self._too_deep = 0
        elif not self._open:
            return
        elif name == "VEVENT":
            self._begin_event()
        if self._too_deep or len(self._open) == DEEPEST:
            self._too_deep += 1
            return
        component = Component(name)
        (self._open[-1].parts if self._open else self._source.calendars).append(component)
        self._open.append(component)

    def _begin_event(self) -> None:
        """Close what was not closed: events never lie inside anything but a calendar."""
        del self._open[1:]
        self._too_deep = 0
        self._events += 1
        if self._events > MOST_EVENTS:
            raise NotACalendar(f"The calendar has more than {MOST_EVENTS:,} events.")

    def _end(self, name: str) -> None:
        """Close the innermost component of that name; an END without its BEGIN is ignored."""
        if self._too_deep:
            self._too_deep -= 1
            return
        for depth in range(len(self._open), 0, -1):
            if self._open[depth - 1].name == name:
                del self._open[depth - 1 :]
                return

    def _keep(self, name: str, rest: str) -> None:
        if not self._open or self._open[-1].name not in COMPONENTS:
            return
        found = _PARAMETERS.match(rest)
        colon = found.end() - 1 if found else rest.find(":")
        if colon >= 0:
            line = Property(rest[:colon], rest[colon + 1 :])
            self._open[-1].properties.setdefault(name, []).append(line)


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _unfolded(text: str) -> Iterator[str]:
    """Yield logical lines; a line beyond the bound is cut."""
    pieces: list[str] = []
    length = 0
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if raw[:1] in (" ", "\t"):
            if length < LONGEST_LIST:
                pieces.append(raw[1:])
            length += len(raw) - 1
        elif raw:
            yield _bounded(pieces)
            pieces, length = [raw], len(raw)
    yield _bounded(pieces)


def _bounded(pieces: list[str]) -> str:
    line = "".join(pieces)
    is_list = line[:6].upper() in ("EXDATE", "RDATE;", "RDATE:")
    return line[: LONGEST_LIST if is_list else LONGEST_LINE]


def _what_instead(text: str) -> str:
    head = text.lstrip()[:1]
    if not head:
        return "There is nothing in it: an empty file is no calendar."
    if head == "<":
        return "This is a web page, not a calendar: look for an address that ends in .ics."
    return "This is not a calendar: there is no BEGIN:VCALENDAR in it."
