"""The days that were, on the wire."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.insights.days import Day
from dayloom.insights.pieces import Finished, Piece
from dayloom.wire.scalars import Shown, Span, minutes, minutes_or_none


class PieceShown(Span):
    """Time on a task."""

    task_id: int
    title: str


class DoneShown(Shown):
    """A completed task; `worked_minutes` is 0 if it was ticked off without a clock."""

    task_id: int
    title: str
    at: datetime
    estimated_minutes: int
    worked_minutes: int


class DayShown(Shown):
    on: date
    planned_minutes: int | None = Field(
        description="What the plan said when the time came; null where there is no record."
    )
    worked_minutes: int
    planned: list[PieceShown]
    worked: list[PieceShown]
    done: list[DoneShown]


class HistoryShown(Shown):
    days: list[DayShown] = Field(description="The newest first.")


def show_history(days: Sequence[Day], zone: ZoneInfo) -> HistoryShown:
    return HistoryShown(days=[show_day(day, zone) for day in days])


def show_day(day: Day, zone: ZoneInfo) -> DayShown:
    return DayShown(
        on=day.on,
        planned_minutes=minutes_or_none(day.planned_for),
        worked_minutes=minutes(day.worked_for),
        planned=_pieces(day.planned, zone),
        worked=_pieces(day.worked, zone),
        done=[show_done(task, zone) for task in day.done],
    )


def show_done(task: Finished, zone: ZoneInfo) -> DoneShown:
    return DoneShown(
        task_id=task.task_id,
        title=task.title,
        at=task.at.astimezone(zone),
        estimated_minutes=minutes(task.estimate),
        worked_minutes=minutes(task.worked),
    )


def _pieces(pieces: Iterable[Piece], zone: ZoneInfo) -> list[PieceShown]:
    return [
        PieceShown(
            task_id=piece.task_id,
            title=piece.title,
            start=piece.interval.start.astimezone(zone),
            end=piece.interval.end.astimezone(zone),
        )
        for piece in pieces
    ]
