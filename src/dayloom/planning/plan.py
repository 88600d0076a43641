"""The answer: which task lies where, what found no place and why, and how good the whole is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dayloom.planning.interval import Interval


class Status(StrEnum):
    """How much is known about a plan."""

    OPTIMAL = "optimal"  # proven: no plan of this problem has a lower objective
    BOUNDED = "bounded"  # searched, and the bound tells how far it can be from the best
    PROVISIONAL = "provisional"  # the instant answer, not yet improved


class Obstacle(StrEnum):
    """Why a task found no place. The codes are stable: the REST interface shows them."""

    NO_HOURS = "no_hours"  # its hour map opens nowhere between release and deadline
    EVENTS = "events"  # events take all of its hours between release and deadline
    TOO_LONG = "too_long"  # no free stretch is as long as its smallest piece
    NO_ROOM = "no_room"  # the time is there, but others need it
    DAILY_CAP = "daily_cap"  # only the daily limit stands in the way
    DEADLINE = "deadline"  # release plus duration lies after the deadline
    WAITS = "waits"  # a task before it has no place
    BEFORE_PINNED = "before_pinned"  # a pinned task after it leaves it no time


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One piece of a task in the plan."""

    interval: Interval
    task_id: int

    @property
    def start(self) -> datetime:
        return self.interval.start

    @property
    def end(self) -> datetime:
        return self.interval.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A task without a place. `missing` is the time it lacks; `because_of` names other tasks."""

    task_id: int
    obstacle: Obstacle
    missing: timedelta | None = None
    because_of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """The cost of a plan by terms, in weighted grid steps of delay; lower is better."""

    completion: int = 0
    tardiness: int = 0
    fragmentation: int = 0
    preference: int = 0
    movement: int = 0
    unplaced: int = 0

    @property
    def total(self) -> int:
        return (
            self.completion
            + self.tardiness
            + self.fragmentation
            + self.preference
            + self.movement
            + self.unplaced
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Slots in order of time. `bound` is a proven lower bound of any plan's objective."""

    slots: tuple[Slot, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    objective: Objective = field(default_factory=Objective)
    bound: int | None = None
    status: Status = Status.PROVISIONAL

    @property
    def gap(self) -> float | None:
        """How far the objective can be above the best one, as a share of it; None if unknown."""
        if self.bound is None:
            return None
        if self.objective.total <= self.bound:
            return 0.0
        return (self.objective.total - self.bound) / max(1, self.objective.total)

    def by_task(self) -> Mapping[int, tuple[Interval, ...]]:
        """Return each placed task's intervals in order of time."""
        found: dict[int, list[Interval]] = {}
        for slot in self.slots:
            found.setdefault(slot.task_id, []).append(slot.interval)
        return {task_id: tuple(intervals) for task_id, intervals in found.items()}
