"""Pieces and tasks in few words."""

from datetime import UTC, datetime, timedelta

from dayloom.insights.pieces import NOTHING, Finished, Piece
from dayloom.planning.interval import Interval

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(clock: str, *, day: int = 0) -> datetime:
    hours, minutes = clock.split(":")
    return MONDAY + timedelta(days=day, hours=int(hours), minutes=int(minutes))


def piece(task_id: int, start: str, end: str, *, day: int = 0) -> Piece:
    interval = Interval(at(start, day=day), at(end, day=day))
    return Piece(task_id=task_id, title=f"Task {task_id}", interval=interval)


def finished(
    task_id: int, *, worked: int = 0, estimate: int = 60, done_at: str = "12:00"
) -> Finished:
    return Finished(
        task_id=task_id,
        title=f"Task {task_id}",
        at=at(done_at),
        estimate=estimate * MINUTE,
        worked=worked * MINUTE if worked else NOTHING,
    )
