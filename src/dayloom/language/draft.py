"""What was understood of a sentence: typed values, each with the span that it came from."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `[start, end)` of the line as it was typed."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[T]):
    """A value with its source. `guess` marks a reading that the person should look at.

    `also` are further words that the value came from, as in "9am ... tomorrow".
    """

    value: T
    span: Span
    guess: bool = False
    also: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return all the words that the value came from."""
        return self.span, *self.also


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """A preferred stretch of the local day, such as the morning; `end` 00:00 is midnight."""

    name: str
    start: time
    end: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """ "after #12": the task `task_id` comes first; `gap` is the pause between the two."""

    task_id: int
    gap: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """One line read. All instants are aware and in the person's zone; durations are positive.

    `start` is a fixed time ("tomorrow at 14:00") which pins the task; `release` is "not before";
    `due` is the soft and `deadline` the hard end. A date without a time means the end of that
    local day for `due` and `deadline`, and its beginning for `release`. `rrule` is an RFC 5545
    recurrence rule without DTSTART ("FREQ=WEEKLY;BYDAY=MO"). `times_per_week` stands for habits
    such as "gym 3x a week", whose days are free. `priority` runs 0 to 10, 10 highest.
    """

    source: str
    title: str
    duration: Reading[timedelta] | None = None
    start: Reading[datetime] | None = None
    release: Reading[datetime] | None = None
    due: Reading[datetime] | None = None
    deadline: Reading[datetime] | None = None
    times_of_day: tuple[Reading[TimeOfDay], ...] = ()
    priority: Reading[float] | None = None
    project: Reading[str] | None = None
    tags: tuple[Reading[str], ...] = ()
    hour_map: Reading[str] | None = None
    rrule: Reading[str] | None = None
    times_per_week: Reading[int] | None = None
    after: tuple[Reading[Dependency], ...] = ()
    min_chunk: Reading[timedelta] | None = None
    max_chunk: Reading[timedelta] | None = None
