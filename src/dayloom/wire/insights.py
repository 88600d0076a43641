"""What the records tell about planning, on the wire."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from dayloom.insights.calls import DayOfCalls
from dayloom.insights.capacity import Room
from dayloom.insights.days import Adherence, Day
from dayloom.insights.estimates import Calibration
from dayloom.insights.focus import Focus
from dayloom.insights.promises import Promise, Promises
from dayloom.insights.service import Insights
from dayloom.plans.churn import Moved, WeekOfChurn
from dayloom.wire.history import DoneShown, show_done
from dayloom.wire.scalars import Shown, local, minutes, minutes_or_none


class MovedShown(Shown):
    """Tasks that got another place, once for every plan, and the minutes that lie elsewhere."""

    plans: int
    tasks: int
    minutes: int


class WeekShown(Shown):
    first: date = Field(description="The first day of the week.")
    unasked: MovedShown = Field(description="What the planner moved by itself.")
    agreed: MovedShown = Field(description="What the person asked for or agreed to.")


class ChurnShown(Shown):
    weeks: list[WeekShown] = Field(description="The present week is the last.")


def show_churn(weeks: Sequence[WeekOfChurn]) -> ChurnShown:
    return ChurnShown(
        weeks=[
            WeekShown(first=one.first, unasked=_show(one.unasked), agreed=_show(one.agreed))
            for one in weeks
        ]
    )


def _show(moved: Moved) -> MovedShown:
    return MovedShown(plans=moved.plans, tasks=moved.tasks, minutes=moved.minutes)


class DayTotalShown(Shown):
    on: date
    planned_minutes: int | None = Field(description="Null where there is no record.")
    worked_minutes: int
    ticked: int = Field(description="Tasks completed without a clock.")


class AdherenceShown(Shown):
    """Of the minutes planned for a task on a day, how many were worked on it that day."""

    planned_minutes: int
    kept_minutes: int
    share: float


class EstimatesShown(Shown):
    """The clocked tasks that are done; `factor` is the median of worked by estimated time."""

    factor: float | None = Field(description="Null while there are too few tasks.")
    missing: int = Field(description="So many more tasks it takes to say the factor.")
    tasks: list[DoneShown]


class FocusCellShown(Shown):
    weekday: int = Field(description="0 is Monday.")
    hour: int
    minutes: int


class FocusShown(Shown):
    """Unbroken work of 45 minutes or more, by hour of the wall clock."""

    minutes: int
    stretches: int
    cells: list[FocusCellShown]


class PromiseShown(Shown):
    """`slack_minutes` is the time left when the task was done, negative after its date."""

    task_id: int
    title: str
    until: datetime
    done_at: datetime | None = Field(description="Null if the task is still open.")
    kept: bool
    slack_minutes: int | None


class PromisesShown(Shown):
    kept: int
    promises: list[PromiseShown]


class RoomShown(Shown):
    """Usual hours of a day, and what takes of them; of today, what is left of it."""

    on: date
    open_minutes: int
    event_minutes: int
    planned_minutes: int
    free_minutes: int


class DayOfCallsShown(Shown):
    """Calls of a model; latencies are those of answers, `cost` is in US dollars."""

    on: date
    calls: int
    failures: int
    cost: float | None
    p50_ms: int | None
    p95_ms: int | None


class InsightsShown(Shown):
    days: list[DayTotalShown] = Field(description="Today is the last.")
    adherence: AdherenceShown | None
    estimates: EstimatesShown
    focus: FocusShown
    promises: PromisesShown
    room: list[RoomShown] = Field(description="Four weeks from today on.")
    churn: list[WeekShown] = Field(description="The present week is the last.")
    calls: list[DayOfCallsShown] = Field(description="What the log keeps; today is the last.")
    has_model: bool


def show_insights(told: Insights, zone: ZoneInfo) -> InsightsShown:
    return InsightsShown(
        days=[_show_day(day) for day in told.days],
        adherence=_show_adherence(told.adherence) if told.adherence else None,
        estimates=_show_estimates(told.estimates, zone),
        focus=_show_focus(told.focus),
        promises=_show_promises(told.promises, zone),
        room=[_show_room(one) for one in told.room],
        churn=show_churn(told.churn).weeks,
        calls=[_show_calls(one) for one in told.calls],
        has_model=told.has_model,
    )


def _show_day(day: Day) -> DayTotalShown:
    return DayTotalShown(
        on=day.on,
        planned_minutes=minutes_or_none(day.planned_for),
        worked_minutes=minutes(day.worked_for),
        ticked=len(day.ticked),
    )


def _show_adherence(adherence: Adherence) -> AdherenceShown:
    return AdherenceShown(
        planned_minutes=minutes(adherence.planned),
        kept_minutes=minutes(adherence.kept),
        share=round(adherence.share, 3),
    )


def _show_estimates(estimates: Calibration, zone: ZoneInfo) -> EstimatesShown:
    return EstimatesShown(
        factor=None if estimates.factor is None else round(estimates.factor, 3),
        missing=estimates.missing,
        tasks=[show_done(task, zone) for task in estimates.tasks],
    )


def _show_focus(focus: Focus) -> FocusShown:
    cells = sorted(focus.cells.items())
    return FocusShown(
        minutes=minutes(focus.total),
        stretches=len(focus.stretches),
        cells=[
            FocusCellShown(weekday=weekday, hour=hour, minutes=minutes(length))
            for (weekday, hour), length in cells
        ],
    )


def _show_promises(promises: Promises, zone: ZoneInfo) -> PromisesShown:
    shown = [_show_promise(one, zone) for one in promises.made]
    return PromisesShown(kept=promises.kept, promises=shown)


def _show_promise(promise: Promise, zone: ZoneInfo) -> PromiseShown:
    return PromiseShown(
        task_id=promise.task_id,
        title=promise.title,
        until=promise.until.astimezone(zone),
        done_at=local(promise.done_at, zone),
        kept=promise.kept,
        slack_minutes=minutes_or_none(promise.slack),
    )


def _show_room(room: Room) -> RoomShown:
    return RoomShown(
        on=room.on,
        open_minutes=minutes(room.open),
        event_minutes=minutes(room.events),
        planned_minutes=minutes(room.planned),
        free_minutes=minutes(room.free),
    )


def _show_calls(day: DayOfCalls) -> DayOfCallsShown:
    return DayOfCallsShown.model_validate(asdict(day))
