"""Free places that a model may choose from: each keeps the hard rules beside what lies already."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import chain, zip_longest

from dayloom.planning.beside import place_beside
from dayloom.planning.instance import Fact
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Problem, Task
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.problem import build_problem
from dayloom.tasks import models
from dayloom.tasks.models import TaskStatus

MOST = 8
DAYS = 7  # with room, on which places are looked for
REACH = timedelta(days=21)
PARTS = (time(0), time(12), time(17))  # a place is looked for in each part of a day
LONG = timedelta(hours=3)  # longer work is looked for in whole days

Intervals = tuple[Interval, ...]


def candidates(inputs: PlanInputs, task: models.Task) -> Intervals:
    """Return up to `MOST` places in order of time, spread over days and parts of them.

    The place that the task has is among them. There are none for a task that is pinned, begun,
    comes in pieces, or has no room in the times that the person prefers for it.
    """
    if task.status is not TaskStatus.OPEN or task.pins:
        return ()
    whole = build_problem(inputs)
    work = next((one for one in whole.tasks if one.id == task.id), None)
    if work is None or (work.max_chunk and work.duration > work.max_chunk):
        return ()
    search = _Search(inputs, whole, work)
    return tuple(sorted(search.chosen()))


class _Search:
    """Looks for places of one task while everything else stays where it lies."""

    def __init__(self, inputs: PlanInputs, whole: Problem, work: Task) -> None:
        self._inputs, self._whole = inputs, whole
        self._work = replace(
            work, after=(), preferred=tuple(p for p in work.preferred if not p.proposed)
        )
        hours = {one.id: one.hours for one in whole.tasks}
        self._beside = [
            (hours.get(slot.task_id, ""), Interval(slot.start, slot.end))
            for slot in inputs.slots
            if slot.task_id != work.id
        ]
        running = (one for one in whole.tasks if one.running)
        self._beside += [(one.hours, piece) for one in running for piece in one.pinned]
        self._clocks = PARTS if work.duration <= LONG else PARTS[:1]
        self._reach = Interval(*self._ends(work))

    def chosen(self) -> Intervals:
        """Return the present place, then the first of each day, then the later ones."""
        present = [place for place in self._present() if self._is_wanted(place)]
        in_turn = chain.from_iterable(zip_longest(*self._by_day()))
        found = dict.fromkeys([*present, *(place for place in in_turn if place)])
        return tuple(found)[:MOST]

    def _ends(self, work: Task) -> tuple[datetime, datetime]:
        """Return from when to when a place is of use: up to a due time that can still be met."""
        now = max(self._inputs.now, work.release or self._inputs.now)
        ends = {slot.task_id: slot.end for slot in self._inputs.slots}
        waits = (ends[p.task_id] + p.gap for p in work.after if p.task_id in ends)
        start = max([now, *waits])
        until = min(filter(None, (start + REACH, self._whole.horizon.end, work.deadline)))
        if work.due and start + work.duration <= work.due < until:
            until = work.due
        return start, max(start, until)

    def _present(self) -> list[Interval]:
        slots = self._inputs.pieces().get(self._work.id, [])
        places = [Interval(slot.start, slot.end) for slot in slots]
        usable = len(places) == 1 and places[0].duration == self._work.duration
        return places if usable and self._reach.covers(places[0]) else []

    def _by_day(self) -> list[Intervals]:
        days: list[Intervals] = []
        for day in self._whole.days:
            if len(days) == DAYS or day.start >= self._reach.end:
                break
            if found := tuple(filter(self._is_wanted, self._on(day))):
                days.append(found)
        return days

    def _on(self, day: Interval) -> Iterator[Interval]:
        for part in self._parts(day):
            yield from place_beside(self._within(part), self._facts(part))

    def _parts(self, day: Interval) -> Iterator[Interval]:
        zone = self._inputs.zone
        date = (day.start + day.duration / 2).astimezone(zone).date()
        starts = [datetime.combine(date, clock, zone) for clock in self._clocks]
        for start, end in zip(starts, [*starts[1:], day.end], strict=True):
            if part := Interval(start, end).intersection(self._reach):
                yield part

    def _within(self, part: Interval) -> Problem:
        """Return the problem of the one task within a part of a day."""
        whole, around = self._whole, self._whole.event_buffer
        wide = Interval(part.start - around, part.end + around)
        return replace(
            whole,
            horizon=part,
            tasks=(replace(self._work, release=part.start),),
            hours={self._work.hours: _clipped(whole.hours[self._work.hours], part)},
            windows={
                p.window: _clipped(whole.windows[p.window], part) for p in self._work.preferred
            },
            busy=tuple(busy for busy in whole.busy if busy.interval.overlaps(wide)),
            caps=tuple(cap for cap in whole.caps if cap.counts(self._work.hours)),
            previous=(),
        )

    def _facts(self, part: Interval) -> list[Fact]:
        day = Interval(part.start - timedelta(days=1), part.end + timedelta(days=1))
        return [fact for fact in self._beside if fact[1].overlaps(day)]

    def _is_wanted(self, place: Interval) -> bool:
        """Tell whether the place lies in the times that the person prefers, if any."""
        names = [preference.window for preference in self._work.preferred]
        windows = (window for name in names for window in self._whole.windows[name])
        return not names or any(window.covers(place) for window in windows)


def _clipped(intervals: Sequence[Interval], part: Interval) -> Intervals:
    return tuple(found for one in intervals if (found := one.intersection(part)))
