"""The measures as charts: what stands where, and what is said of it."""

from collections.abc import Sequence
from datetime import date, timedelta

from dayloom.insights.calls import DayOfCalls
from dayloom.insights.capacity import Room
from dayloom.insights.days import Day
from dayloom.insights.estimates import Calibration
from dayloom.insights.focus import Focus
from dayloom.insights.pieces import NOTHING
from dayloom.web.charts import bars, curves, heat, scatter, stacks
from dayloom.web.numbers import say_seconds
from dayloom.web.shapes import Chart, Column, Table
from dayloom.web.words import Words, duration

FEW_DAYS = 8
DAY_HOURS = (8, 18)  # are shown whether or not there was work in them
MINUTE, HOUR, SECOND_MS = timedelta(minutes=1), 60, 1000
UNKNOWN = "no record"


def chart_days(days: Sequence[Day], week_start: int) -> Chart:
    """Return planned and worked time of each day."""
    worked = sum((day.worked_for for day in days), NOTHING)
    planned = sum((day.planned_for or NOTHING for day in days), NOTHING)
    names = names_of([day.on for day in days], week_start)
    return bars(
        [_day(day, name) for day, name in zip(days, names, strict=True)],
        label=f"Planned and worked time by day: {duration(planned)} planned in all, "
        f"{duration(worked)} worked",
        table=Table(
            caption="Planned and worked time by day",
            head=("Day", "Planned", "Worked"),
            rows=tuple(
                (say_day(day.on), say_planned(day), duration(day.worked_for)) for day in days
            ),
        ),
        say=_hours,
    )


def say_planned(day: Day) -> str:
    return UNKNOWN if day.planned_for is None else duration(day.planned_for)


def _day(day: Day, name: str) -> Column:
    said = say_day(day.on)
    worked = ("in", day.worked_for / MINUTE, f"{said}: {duration(day.worked_for)} worked")
    planned = (
        "out",
        (day.planned_for or NOTHING) / MINUTE,
        f"{said}: {say_planned(day)} planned",
    )
    return Column(label=name, parts=(planned, worked))


def chart_estimates(estimates: Calibration) -> Chart:
    """Return a dot a task, guess against reality."""
    tasks = estimates.tasks
    longer = sum(task.worked > task.estimate for task in tasks)
    return scatter(
        [
            (
                task.estimate / MINUTE,
                task.worked / MINUTE,
                f"{task.title}: {duration(task.worked)} instead of {duration(task.estimate)}",
            )
            for task in tasks
        ],
        estimates.factor,
        label=f"Estimated against worked minutes of {len(tasks)} tasks; {longer} took longer",
        table=Table(
            caption="Estimated and worked time",
            head=("Task", "Estimated", "Worked"),
            rows=tuple(
                (task.title, duration(task.estimate), duration(task.worked)) for task in tasks
            ),
        ),
    )


def chart_focus(focus: Focus, words: Words, week_start: int) -> Chart:
    """Return unbroken work by weekday and hour."""
    worked = [hour for _, hour in focus.cells]
    hours = range(min([DAY_HOURS[0], *worked]), max([DAY_HOURS[1], *(h + 1 for h in worked)]))
    weekdays = [(week_start + n) % 7 for n in range(7)]
    amounts = [
        (day, [focus.cells.get((day, hour), NOTHING) for hour in hours]) for day in weekdays
    ]
    most = "; none yet"
    if focus.cells:
        (day, hour), _ = max(focus.cells.items(), key=lambda item: item[1])
        most = f"; most on {_weekday(day, '%A')} at {words.hour(hour)}"
    return heat(
        [
            (
                _weekday(day, "%a"),
                [
                    (amount / MINUTE, f"{_weekday(day, '%A')} {words.hour(h)}: {duration(amount)}")
                    for h, amount in zip(hours, row, strict=True)
                ],
            )
            for day, row in amounts
        ],
        [f"{h}" for h in hours],
        label=f"Unbroken work by weekday and hour{most}",
        table=Table(
            caption="Unbroken work by weekday and hour",
            head=("Day", *(words.hour(h) for h in hours)),
            rows=tuple(
                (_weekday(day, "%A"), *(duration(amount) for amount in row))
                for day, row in amounts
            ),
        ),
    )


def chart_room(room: Sequence[Room], week_start: int) -> Chart:
    """Return what the coming days hold, and what is free of them."""
    free = sum((one.free for one in room), NOTHING)
    columns = [
        Column(
            label=f"{one.on.day} {one.on:%b}" if one.on.weekday() == week_start or not n else "",
            parts=(
                ("out", one.open / MINUTE, _say_room(one)),
                ("dim", one.events / MINUTE, _say_room(one)),
                ("in", one.planned / MINUTE, _say_room(one)),
            ),
        )
        for n, one in enumerate(room)
    ]
    return stacks(
        columns,
        label=f"Open, taken and planned time of the next {len(room)} days; {duration(free)} free",
        table=Table(
            caption="Room of the next four weeks",
            head=("Day", "Open", "Events", "Planned", "Free"),
            rows=tuple(
                (
                    say_day(one.on),
                    *map(duration, (one.open, one.events, one.planned, one.free)),
                )
                for one in room
            ),
        ),
        say=_hours,
    )


def chart_latency(calls: Sequence[DayOfCalls], week_start: int) -> Chart:
    """Return how long answers took: half of them, and 95 of a hundred."""
    slowest = max((day.p95_ms or 0 for day in calls), default=0)
    return curves(
        [("fit", [day.p50_ms for day in calls]), ("same", [day.p95_ms for day in calls])],
        names_of([day.on for day in calls], week_start),
        label=f"Latency of answers by day; the slowest 95th percentile is {say_seconds(slowest)}",
        table=Table(
            caption="Calls of models by day",
            head=("Day", "Calls", "Half within", "95 % within"),
            rows=tuple(
                (say_day(day.on), str(day.calls), _seconds(day.p50_ms), _seconds(day.p95_ms))
                for day in calls
            ),
        ),
        say=lambda value: f"{value / SECOND_MS:g} s",
    )


def names_of(days: Sequence[date], week_start: int) -> list[str]:
    """Return what stands under days: weekdays of a few, else the first days of weeks."""
    if len(days) <= FEW_DAYS:
        return [f"{day:%a}" for day in days]
    return [f"{day.day} {day:%b}" if day.weekday() == week_start else "" for day in days]


def say_day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _say_room(room: Room) -> str:
    return (
        f"{say_day(room.on)}: {duration(room.open)} open, {duration(room.events)} events, "
        f"{duration(room.planned)} planned, {duration(room.free)} free"
    )


def _weekday(weekday: int, form: str) -> str:
    return date(2024, 1, 1 + weekday).strftime(form)  # a Monday


def _hours(minutes: float) -> str:
    return f"{minutes / HOUR:g} h" if minutes >= HOUR else f"{minutes:g} min" if minutes else "0"


def _seconds(latency: int | None) -> str:
    return "" if latency is None else say_seconds(latency)
