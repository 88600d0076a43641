"""One block of a timeline: a piece of a task, an event, or something done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dayloom.calendars.models import Event
from dayloom.planning.interval import Interval
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.board import Board
from dayloom.web.ruler import Ruler
from dayloom.web.words import Words, band, duration, number, utc

NOTED = 240  # characters of notes fill the tallest block


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A priority: its number, the colour band it lies in, and why it was given, if known."""

    number: str
    band: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Stands at `start` for `length` minutes of its day, `width` of `lanes` wide.

    `kind` is plan, live, event, soft (an event that takes no time) or done. `piece` names the
    piece of the task that a move is about, `notes` are shown where there is room. `clash` marks a
    task that an event lies over.
    """

    key: str
    kind: str
    title: str
    start: int
    length: int
    span: str
    taking: str
    task_id: int | None = None
    piece: str = ""
    note: str = ""
    why: str = ""
    notes: str = ""
    priority: Mark | None = None
    pinned: bool = False
    provisional: bool = False
    recurring: bool = False
    left: str = ""
    clash: bool = False
    lane: int = 0
    lanes: int = 1
    width: int = 1
    size: str = "md"

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def is_event(self) -> bool:
        return self.kind in ("event", "soft")

    @property
    def locked(self) -> bool:
        return self.kind != "plan"


def mark(task: Task) -> Mark:
    return Mark(number=number(task.priority), band=band(task.priority), why=task.priority_reason)


def is_late(task: Task, end: datetime) -> bool:
    """Tell whether work that ends at `end` is later than the task is due."""
    until = task.deadline or task.due
    return until is not None and end > until


def note_of(task: Task, words: Words) -> str:
    """Return what else to know of a task: its tags, and by when it must end."""
    return " · ".join(filter(None, [*(f"#{tag}" for tag in task.tags), words.until(task)]))


def blocks_on(board: Board, day: date) -> list[Block]:
    """Return everything on a local day, in order of time."""
    found = [*_planned(board, day), *_events(board, day), *_done(board, day)]
    return sorted(found, key=lambda block: (block.start, -block.length, block.key))


def _planned(board: Board, day: date) -> Iterator[Block]:
    numbers: dict[int, int] = {}
    for slot in board.slots:
        piece = numbers[slot.task_id] = numbers.get(slot.task_id, -1) + 1
        if minutes := minutes_on(board.ruler, slot.start, slot.end, day):
            yield _of_slot(board, slot, piece, minutes)


def _of_slot(board: Board, slot: SlotRow, piece: int, minutes: tuple[int, int]) -> Block:
    words, task = board.words, board.tasks[slot.task_id]
    live = task.status is TaskStatus.STARTED and slot.start <= words.now
    event = "" if live else board.over(slot)
    note = [note_of(task, words), f"under “{event}”" if event else ""]
    left = max(slot.end - words.now, slot.end - slot.end)
    return Block(
        key=f"slot-{slot.task_id}-{piece}",
        kind="live" if live else "plan",
        title=task.title,
        start=minutes[0],
        length=minutes[1],
        span=words.span(slot.start, slot.end),
        taking=duration(slot.end - slot.start),
        task_id=task.id,
        piece=utc(slot.start),
        note=" · ".join(filter(None, note)),
        clash=bool(event),
        why=slot.reasons[0] if slot.reasons else "",
        notes=task.notes[:NOTED],
        priority=mark(task),
        pinned=bool(task.pins) and not live,
        provisional=slot.provisional,
        recurring=task.series_id is not None,
        left=f"{duration(left)} left" if live and left else "",
    )


def _events(board: Board, day: date) -> Iterator[Block]:
    for event in board.events:
        if event.all_day or event.status == "CANCELLED":
            continue
        if minutes := minutes_on(board.ruler, event.start, event.end, day):
            yield _of_event(board.words, event, minutes)


def _of_event(words: Words, event: Event, minutes: tuple[int, int]) -> Block:
    return Block(
        key=f"event-{event.id}",
        kind="event" if event.busy else "soft",
        title=event.summary or "Busy",
        start=minutes[0],
        length=minutes[1],
        span=words.span(event.start, event.end),
        taking=duration(event.end - event.start),
        note=event.location or "calendar",
    )


def _done(board: Board, day: date) -> Iterator[Block]:
    for task in board.finished:
        interval = when_done(task)
        if minutes := minutes_on(board.ruler, interval.start, interval.end, day):
            yield Block(
                key=f"done-{task.id}",
                kind="done",
                title=task.title,
                start=minutes[0],
                length=minutes[1],
                span=board.words.span(interval.start, interval.end),
                taking=duration(interval.duration),
                task_id=task.id,
            )


def when_done(task: Task) -> Interval:
    """Return when the last work on a finished task was; its whole length if none was noted."""
    end = task.actual_end_time or task.updated_at
    worked = [one for one in task.worked if one.end and one.end > one.start]
    return Interval(worked[-1].start if worked else end - task.duration, end)


def minutes_on(ruler: Ruler, start: datetime, end: datetime, day: date) -> tuple[int, int] | None:
    """Return where `[start, end)` stands on a day, and for how long; None if elsewhere."""
    first, last = ruler.minute_of(start, day), ruler.minute_of(end, day)
    local = ruler.words.local
    if local(start).date() == local(end).date() == day and last <= first:
        last = first + max(1, int((end - start).total_seconds()) // 60)  # clocks set back
    return (first, last - first) if last > first else None
