"""How far each kind of rule pushes the start of a piece: hours, events, other tasks, full days."""

from dataclasses import dataclass

from dayloom.planning.grid import Range, bits, lowest, starts_of_runs, to_ranges
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.obstruction import FullDays
from dayloom.planning.work import Link, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The earliest step at which a piece could start, each layer added to those before it."""

    low: int  # after release and everything that it waits for
    opened: int  # within hours
    clear: int  # clear of events
    free: int  # clear of other slots
    allowed: int  # within daily caps
    full: int  # the last start before that which only caps forbid; `free` if there is none


class Layering:
    """Finds the layers of the first pieces of one plan, and remembers what they share."""

    def __init__(self, instance: Instance, placements: Placements) -> None:
        self._instance, self._placements = instance, placements
        self._room = _room_left(instance, placements)
        self._full_days = FullDays(instance, placements)
        self._starts: dict[tuple[bool, int, int], int] = {}

    def of(self, work: Work, piece: Range, after: int = -1) -> Layers | None:
        """Return the layers for a piece of a plan, of starts later than `after`.

        There are none if it does not lie in free time.
        """
        low, length = max(self._low(work), after + 1), piece[1] - piece[0]
        opened = _first(self._fitting(work, length, events=False), low)
        clear = _first(self._fitting(work, length, events=True), low)
        starts = self._free(work, piece) >> low << low
        if opened is None or clear is None or not starts:
            return None
        free, allowed = lowest(starts), self._full_days.first_start(work, piece, starts)
        full = _last(starts, allowed) if allowed > free else free
        return Layers(low=low, opened=opened, clear=clear, free=free, allowed=allowed, full=full)

    def stretches(self, work: Work, piece: Range, until: int) -> list[int]:
        """Return how long each free stretch up to `until` is, that of the piece first."""
        room = starts_of_runs(self._room_of(piece), 1 + self._instance.buffer)
        free = self._instance.open[work.hours] & room
        found = list(to_ranges(free & bits(self._low(work), until)))
        mine = [end - start for start, end in found if start <= piece[0] < end]
        return mine + [end - start for start, end in found if not start <= piece[0] < end]

    def is_free_before(self, work: Work, piece: Range, window: int) -> bool:
        """Say whether the piece could lie wholly in the window and start before it does."""
        length, low = piece[1] - piece[0], self._low(work)
        starts = self._free(work, piece) & starts_of_runs(window, length)
        starts = (starts & bits(low, piece[0])) | bits(piece[0], piece[0] + 1)
        return self._full_days.first_start(work, piece, starts) < piece[0]

    def same_day(self, step: int, other: int) -> bool:
        """Say whether the caps count both steps on one day."""
        return self._full_days.day_of(step) == self._full_days.day_of(other)

    def ready(self, link: Link) -> int:
        """Return the step from which a task may start after the one at the end of `link`."""
        return self._placements[link.index][-1][1] + max(link.gap, self._instance.buffer)

    def last_in_hours(self, work: Work, length: int, before: int) -> int:
        """Return the last start before that step which hours alone would allow."""
        return _last(self._fitting(work, length, events=False), before)

    def last_clear(self, work: Work, length: int, before: int) -> int:
        """Return the last start before that step which hours and events would allow."""
        return _last(self._fitting(work, length, events=True), before)

    def _low(self, work: Work) -> int:
        ready = (self.ready(link) for link in work.before if self._placements[link.index])
        return max([work.release, *ready])

    def _fitting(self, work: Work, length: int, *, events: bool) -> int:
        """Return the starts within hours, and clear of `events`."""
        key = (events, work.hours, length)
        if key not in self._starts:
            masks = self._instance.open if events else self._instance.hours
            self._starts[key] = starts_of_runs(masks[work.hours], length)
        return self._starts[key]

    def _free(self, work: Work, piece: Range) -> int:
        """Return the starts up to its own that events and all other slots leave."""
        start, end = piece[0], piece[1] + self._instance.buffer
        clear = self._fitting(work, piece[1] - start, events=True)
        return clear & starts_of_runs(self._room_of(piece) & bits(0, end), end - start)

    def _room_of(self, piece: Range) -> int:
        """Return the room that other slots leave to the piece, and to the buffer behind it."""
        return self._room | bits(piece[0], piece[1] + self._instance.buffer)


def _room_left(instance: Instance, placements: Placements) -> int:
    room = instance.room
    for work, pieces in zip(instance.works, placements, strict=True):
        for start, end in () if work.fixed else pieces:
            room &= ~bits(start, end + instance.buffer)
    return room


def _first(mask: int, low: int) -> int | None:
    rest = mask >> low
    return low + lowest(rest) if rest else None


def _last(mask: int, end: int) -> int:
    return (mask & ((1 << end) - 1)).bit_length() - 1
