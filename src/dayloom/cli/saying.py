"""Times and lengths in a terminal, on the person's own clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dayloom.bootstrap import Services
from dayloom.preferences.wallclock import WallClock, say_duration
from dayloom.wire.scalars import Span

FEW_PIECES = 2


def clock_of(s: Services) -> WallClock:
    return WallClock.of(s.preferences.require(), s.now)


def length(minutes: int) -> str:
    return say_duration(timedelta(minutes=minutes))


def heading(clock: WallClock, moment: datetime) -> str:
    local = moment.astimezone(clock.zone)
    return f"{local:%A}, {local.day} {local:%B}"


def span(clock: WallClock, start: datetime, end: datetime) -> str:
    return f"{clock.time(start)}–{clock.time(end)}"


def when(clock: WallClock, start: datetime, end: datetime) -> str:
    return f"{clock.day(start)} {span(clock, start, end)}"


def stretch(clock: WallClock, pieces: Sequence[Span]) -> str:
    """Return when something lies: each of a few pieces, or the whole and how many they are."""
    if len(pieces) <= FEW_PIECES:
        return ", ".join(when(clock, piece.start, piece.end) for piece in pieces)
    first, last = pieces[0].start, pieces[-1].end
    return f"{at(clock, first)} to {at(clock, last)} in {len(pieces)} pieces"


def at(clock: WallClock, moment: datetime) -> str:
    return f"{clock.day(moment)} {clock.time(moment)}"


def until(clock: WallClock, moment: datetime) -> str:
    """Return a due moment; the end of a day is that day, without a time."""
    local = moment.astimezone(clock.zone)
    if (local.hour, local.minute) == (0, 0):
        return clock.day(moment - timedelta(minutes=1))
    return at(clock, moment)
