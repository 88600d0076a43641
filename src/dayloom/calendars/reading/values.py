"""What a feed says, as plain values."""

from dataclasses import dataclass
from datetime import datetime


class NotACalendar(Exception):
    """The bytes are no calendar, or one beyond all bounds; the sentence says which."""


class TooSlow(Exception):
    """Whoever limits the time of a series raises this in the middle of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One event at one time, `[start, end)` in UTC. `key` is the same in the next reading.

    `transp`, `status` and `partstat` are RFC 5545 values in capitals, None where the feed is
    silent; `transp` of an all-day event is None unless the feed marks it.
    """

    key: str
    uid: str
    start: datetime
    end: datetime
    all_day: bool
    summary: str
    location: str
    transp: str | None
    status: str | None
    partstat: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What was read: occurrences in order of time, and a sentence for each thing left out.

    `unread` counts the events of which nothing could be read.
    """

    name: str | None
    occurrences: tuple[Occurrence, ...]
    warnings: tuple[str, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What to read: occurrences that touch `[start, end)`, in the zone of the person.

    `addresses` are the person's own, to find their answer among the attendees.
    """

    start: datetime
    end: datetime
    zone: str
    addresses: frozenset[str] = frozenset()

    def touches(self, start: datetime, end: datetime) -> bool:
        """Tell whether `[start, end)` is inside in part; a moment without length, if within."""
        if start == end:
            return self.start <= start < self.end
        return start < self.end and end > self.start
