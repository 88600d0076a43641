"""Planned against worked by local day: what the plan said when its time came, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.insights.pieces import NOTHING, Finished, Piece, by_task, day_of, total, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One local day; pieces that cross midnight are cut there.

    `recorded` tells whether it is known what was planned. `done` is what was completed, `ticked`
    of that what never had a clock: how long it took is not known.
    """

    on: date
    recorded: bool
    planned: tuple[Piece, ...] = ()
    worked: tuple[Piece, ...] = ()
    done: tuple[Finished, ...] = ()

    @property
    def planned_for(self) -> timedelta | None:
        """Return how much was planned; None if there is no record."""
        return total(self.planned) if self.recorded else None

    @property
    def worked_for(self) -> timedelta:
        return total(self.worked)

    @property
    def ticked(self) -> tuple[Finished, ...]:
        return tuple(task for task in self.done if not task.clocked)

    @property
    def empty(self) -> bool:
        return not (self.planned or self.worked or self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """Of the time that was planned, how much went into the very task on the very day."""

    planned: timedelta
    kept: timedelta

    @property
    def share(self) -> float:
        return self.kept / self.planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What is kept of the past; `since` says from when on it is known what was planned."""

    planned: tuple[Piece, ...]
    worked: tuple[Piece, ...]
    done: tuple[Finished, ...]
    since: datetime | None


def tell_days(records: Records, zone: ZoneInfo, days: Sequence[date]) -> tuple[Day, ...]:
    """Return these days, in the same order."""
    return tuple(_day(records, zone, day) for day in days)


def measure_adherence(days: Sequence[Day]) -> Adherence | None:
    """Return how much of what was planned on these days was done as planned.

    A task counts by day: the smaller of what was planned and what was worked is kept. One that
    was ticked off that day without a clock says nothing, and is left out. None if nothing counts.
    """
    planned = kept = NOTHING
    for day in days:
        worked, ticked = by_task(day.worked), {task.task_id for task in day.ticked}
        for task_id, amount in by_task(day.planned).items():
            if task_id not in ticked:
                planned += amount
                kept += min(amount, worked.get(task_id, NOTHING))
    return Adherence(planned=planned, kept=kept) if planned else None


def _day(records: Records, zone: ZoneInfo, day: date) -> Day:
    window = day_of(zone, day)
    return Day(
        on=day,
        recorded=records.since is not None and records.since < window.end,
        planned=within(records.planned, window),
        worked=within(records.worked, window),
        done=tuple(task for task in records.done if window.start <= task.at < window.end),
    )
