"""Recurring tasks: a series makes its occurrences ahead of time, each a task of its own."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dayloom.accounts.changes import Changes, Topic
from dayloom.infra.errors import Invalid, NotFound
from dayloom.journal.rows import Image
from dayloom.planning.interval import Interval
from dayloom.tasks.dependencies import check_dependencies
from dayloom.tasks.fields import TaskFields, check_together
from dayloom.tasks.models import Task, TaskDependency, TaskSeries, TaskStatus
from dayloom.tasks.pins import store_pins
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.rule import Occurrence, check_rule, check_times, occurrences, rest_between
from dayloom.tasks.template import from_template, to_template

AHEAD = timedelta(days=14)


class SeriesService:
    """Makes the occurrences of recurring tasks and lets the missed ones go."""

    def __init__(
        self, rows: TaskRepository, changes: Changes, *, now: datetime, zone: ZoneInfo
    ) -> None:
        self._rows = rows
        self._changes = changes
        self._now = now
        self._zone = zone

    def add(self, fields: TaskFields) -> list[Task]:
        """Start a series and return its first occurrences. Raises `Invalid` for a bad rule."""
        pattern = Task(after=[], **from_template(to_template(fields, self._zone)).plain)
        check_together(pattern)
        check_dependencies(self._rows, pattern, fields.get("after", []))
        series = TaskSeries(
            account_id=self._rows.account_id,
            rrule=check_rule(fields.get("rrule")),
            times_per_week=check_times(fields.get("times_per_week")),
            starts_at=self._fixed_time(fields),
            starts_on=self._first_day(fields),
            template=to_template(fields, self._zone),
            created_at=self._now,
        )
        self._rows.add(series)
        made = self.top_up(series)
        if not made:
            raise Invalid("This rule never happens in the next years.", field="rrule")
        return made

    def top_up_all(self) -> int:
        """Make what is due of every living series; return how many tasks changed."""
        changed = 0
        for series in self._rows.living_series():
            changed += self._lapse(series) + len(self.top_up(series))
        return changed

    def top_up(self, series: TaskSeries) -> list[Task]:
        """Make the occurrences of the next two weeks, at least one, that are not made yet."""
        today = self._today
        begin = max(series.starts_on, today)
        if series.made_until is not None:
            begin = max(begin, series.made_until + timedelta(days=1))
        made: list[Task] = []
        for occurrence in occurrences(
            series.rrule, series.times_per_week, since=series.starts_on, begin=begin
        ):
            beyond = occurrence.first > today + AHEAD
            if beyond and (made or self._has_open(series)):
                break
            made.append(self._make(series, occurrence, before=made[-1] if made else None))
            series.made_until = occurrence.until - timedelta(days=1)
        if made:
            self._changes.replan(Topic.TASKS)
        return made

    def move_from(self, zone: ZoneInfo) -> None:
        """Let what was made in another `zone` happen at the same times of day in this one.

        What the person has changed about an occurrence, or begun, stays as it is.
        """
        there = SeriesService(self._rows, self._changes, now=self._now, zone=zone)
        for series in self._rows.living_series():
            for task in self._rows.open_occurrences(series.id):
                turn = _turn_of(series, task)
                if turn is None or turn.first <= self._today or task.worked:
                    continue
                old, new = (each._times(series, turn, task.duration) for each in (there, self))
                for name, value in new.items():
                    if getattr(task, name) == old[name] != value:
                        setattr(task, name, value)
                        task.needs_scheduling, task.updated_at = True, self._now
        self._rows.flush()

    def end(self, series_id: int) -> None:
        """Make no more occurrences, and take the future ones away."""
        series = self._rows.series(series_id)
        if series is None:
            raise NotFound(f"There is no recurring task {series_id}.")
        series.ended_on = self._today
        for task in self._rows.open_occurrences(series_id):
            if task.status is TaskStatus.OPEN and not task.worked:
                task.deleted_at = self._now
        self._rows.flush()
        self._changes.replan(Topic.TASKS)

    def settle(self, series: TaskSeries, was: Image) -> None:
        """Let what an undo has put back count."""
        self._changes.recur()
        self._changes.replan(Topic.TASKS)

    def take_away(self, series: TaskSeries) -> None:
        """Undo that the series was begun."""
        self.end(series.id)

    def _make(self, series: TaskSeries, occurrence: Occurrence, *, before: Task | None) -> Task:
        template = from_template(series.template)
        task = Task(
            account_id=self._rows.account_id,
            series=series,
            after=[],
            worked=[],
            occurrence_on=occurrence.first,
            occurrence_number=occurrence.number,
            created_at=self._now,
            updated_at=self._now,
            **template.plain,
        )
        for name, value in self._times(series, occurrence, task.duration).items():
            setattr(task, name, value)
        gaps = {i: gap for i, gap in template.after.items() if i in self._rows.known([i])}
        if occurrence.number and before is not None and before.occurrence_on == occurrence.first:
            gaps[before.id] = rest_between(occurrence, series.times_per_week or 1)
        task.after = [
            TaskDependency(account_id=task.account_id, after_id=after_id, gap=gap)
            for after_id, gap in gaps.items()
        ]
        self._rows.add(task)
        return task

    def _times(
        self, series: TaskSeries, occurrence: Occurrence, duration: timedelta
    ) -> dict[str, object]:
        """Return when an occurrence may be, must be and is fixed to be, in the person's zone."""
        template = from_template(series.template)
        times: dict[str, object] = {
            "release": max(self._midnight(occurrence.first), self._now),
            "due": self._by(occurrence, template.due_at),
            "deadline": template.deadline_at and self._by(occurrence, template.deadline_at),
            "pins": [],
        }
        if series.starts_at is not None:
            clock = time.fromisoformat(series.starts_at)
            start = datetime.combine(occurrence.first, clock, self._zone).astimezone(UTC)
            times["pins"] = store_pins([Interval(start, start + duration)])
        return times

    def _lapse(self, series: TaskSeries) -> int:
        """Mark the open occurrences whose successor has begun as missed."""
        last = self._rows.last_begun(series.id, self._now) or date.min
        lapsed = 0
        for task in self._rows.open_occurrences(series.id):
            over = task.due is not None and task.due <= self._now
            succeeded = last > (task.occurrence_on or date.min)
            if task.status is TaskStatus.OPEN and over and succeeded:
                task.status = TaskStatus.MISSED
                task.needs_scheduling = False
                lapsed += 1
        if lapsed:
            self._rows.flush()
            self._changes.replan(Topic.TASKS)
        return lapsed

    @property
    def _today(self) -> date:
        return self._now.astimezone(self._zone).date()

    def _has_open(self, series: TaskSeries) -> bool:
        return bool(self._rows.open_occurrences(series.id))

    def _first_day(self, fields: TaskFields) -> date:
        start = fields.get("pinned_start") or fields.get("release") or self._now
        return max(start, self._now).astimezone(self._zone).date()

    def _fixed_time(self, fields: TaskFields) -> str | None:
        start = fields.get("pinned_start")
        return start.astimezone(self._zone).strftime("%H:%M") if start else None

    def _by(self, occurrence: Occurrence, clock: str | None) -> datetime:
        """Return that time of the last day of a turn, or the end of the day."""
        if clock is None or clock == "00:00":
            return self._midnight(occurrence.until)
        last = occurrence.until - timedelta(days=1)
        return datetime.combine(last, time.fromisoformat(clock), self._zone).astimezone(UTC)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)


def _turn_of(series: TaskSeries, task: Task) -> Occurrence | None:
    """Return the days on which an occurrence may be done; None for one of a series no more."""
    if task.occurrence_on is None:
        return None
    days = 7 - task.occurrence_on.weekday() if series.times_per_week else 1
    until = task.occurrence_on + timedelta(days=days)
    return Occurrence(first=task.occurrence_on, until=until, number=task.occurrence_number or 0)
