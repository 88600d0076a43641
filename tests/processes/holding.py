"""Whether a plan holds, reckoned from what the REST interface shows and from nothing else."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.processes.year import Busy

Json = dict[str, Any]
STEP = timedelta(minutes=5)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


class Picture:
    """The plan, the tasks and the settings at one moment, with the events that are known."""

    def __init__(self, *, plan: Json, tasks: Sequence[Json], settings: Json, hours: Json) -> None:
        self.plan = plan
        self.tasks = {task["id"]: task for task in tasks}
        self.buffer = timedelta(minutes=settings["buffer_minutes"])
        self.event_buffer = timedelta(minutes=settings["event_buffer_minutes"])
        self.maps: list[Json] = hours["hour_maps"]

    def slots(self, task_id: int) -> list[Json]:
        return [slot for slot in self.plan["slots"] if slot["task_id"] == task_id]

    def seen_places(self) -> list[tuple[int, datetime, datetime]]:
        return [(s["task_id"], *moments(s)) for s in self.plan["slots"] if s["seen"]]

    def complaints(self, events: Sequence[Busy]) -> list[str]:
        """Return every rule that is broken, in a few words each."""
        free = [slot for slot in self.plan["slots"] if not self._is_fact(slot)]
        return [
            *(f"no reason: {slot}" for slot in self.plan["slots"] if not slot["reason"]),
            *(f"no reason: {one}" for one in self.plan["unplaced"] if not one["reason"]),
            *(f"off the grid: {slot}" for slot in free if _is_off_grid(slot)),
            *(f"outside of hours: {slot}" for slot in free if not self._is_open(slot)),
            *(f"over {hit}: {slot}" for slot in free for hit in self._under(slot, events)),
            *self._too_close(),
            *(f"task {task['id']}: {said}" for task in self._open() for said in self._owed(task)),
        ]

    def _is_fact(self, slot: Json) -> bool:
        """Tell whether the person put it there: by a time of day, or by working now."""
        return bool(slot["pinned"]) or self.tasks[slot["task_id"]]["status"] == "started"

    def _is_open(self, slot: Json) -> bool:
        start, end = moments(slot)
        opened = (
            span
            for hour_map in self._maps_of(self.tasks[slot["task_id"]])
            for span in hour_map["weekly"][start.weekday()]
        )
        clock = f"{start:%H:%M}", f"{end:%H:%M}"
        same_day = start.date() == end.date()
        return same_day and any(span[0] <= clock[0] and clock[1] <= span[1] for span in opened)

    def _maps_of(self, task: Json) -> list[Json]:
        names = [task["hour_map"], *task["tags"]]
        named = [one for one in self.maps if one["name"] in names]
        elsewhere = task["preferred"] or not _opens_in_time(self.maps[0], task)
        return named or (self.maps if elsewhere else self.maps[:1])

    def _under(self, slot: Json, events: Sequence[Busy]) -> Iterator[Busy]:
        start, end = moments(slot)
        for event in events:
            if start < event[1] + self.event_buffer and event[0] - self.event_buffer < end:
                yield event

    def _too_close(self) -> Iterator[str]:
        for one, other in pairwise(sorted(self.plan["slots"], key=moments)):
            both_facts = self._is_fact(one) and self._is_fact(other)
            if not both_facts and moments(other)[0] < moments(one)[1] + self.buffer:
                yield f"too close: {one}, {other}"

    def _open(self) -> list[Json]:
        return [t for t in self.tasks.values() if t["status"] in ("open", "started")]

    def _owed(self, task: Json) -> Iterator[str]:
        """Yield what a task was promised and does not get."""
        slots = self.slots(task["id"])
        unplaced = [one for one in self.plan["unplaced"] if one["task_id"] == task["id"]]
        if bool(slots) == bool(unplaced):
            yield "either placed or named as not placed"
        if not slots or self._is_fact(slots[0]):
            return
        planned = sum((end - start for start, end in map(moments, slots)), timedelta())
        if not task["worked"] and planned != timedelta(minutes=task["duration_minutes"]):
            yield f"{planned} is planned"
        yield from self._in_time(task, moments(slots[0])[0], moments(slots[-1])[1])

    def _in_time(self, task: Json, start: datetime, end: datetime) -> Iterator[str]:
        if task["deadline"] and end > datetime.fromisoformat(task["deadline"]):
            yield "after its deadline"
        if task["release"] and start < datetime.fromisoformat(task["release"]):
            yield "before its release"
        for link in task["after"]:
            first = self.slots(link["task_id"])
            gap = timedelta(minutes=link["gap_minutes"])
            if first and start < moments(first[-1])[1] + gap:
                yield f"before task {link['task_id']} is over"


def moments(span: Json) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(span["start"]), datetime.fromisoformat(span["end"])


def _opens_in_time(hour_map: Json, task: Json) -> bool:
    """Tell whether these hours are ever open on the days that a task is meant for, if it is."""
    begin, end = task["release"], task["deadline"] or task["due"]
    if not begin or not end:
        return True
    first, last = datetime.fromisoformat(begin), datetime.fromisoformat(end)
    if last - first >= WEEK:
        return True
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (midnight + number * DAY for number in range(WEEK // DAY))
    return any(
        _at(day, span[0]) < last and first < _at(day, span[1])
        for day in days
        for span in hour_map["weekly"][day.weekday()]
    )


def _at(midnight: datetime, clock: str) -> datetime:
    hours, minutes = map(int, clock.split(":"))
    return midnight + timedelta(hours=hours, minutes=minutes)


def _is_off_grid(slot: Json) -> bool:
    return any(moment.timestamp() % STEP.total_seconds() for moment in moments(slot))
