"""Capture: typed lines become tasks with a time, in one short transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dayloom.accounts.changes import Changes
from dayloom.calendars.repository import CalendarRepository
from dayloom.inferences.presence import has_model
from dayloom.infra.errors import Invalid
from dayloom.language import ReadingContext, TextTooLong, read_lines
from dayloom.language.draft import TaskDraft
from dayloom.planning.interval import Interval
from dayloom.plans.inputs import load_inputs
from dayloom.plans.provisional import ProvisionalPlacer
from dayloom.plans.slots import SlotRepository
from dayloom.plans.truth import Truth, TruthTeller
from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.ruling import Ruling
from dayloom.tasks.drafting import to_fields
from dayloom.tasks.fields import TaskFields, check
from dayloom.tasks.models import Task, TaskDependency, TaskStatus
from dayloom.tasks.pins import pins_from
from dayloom.tasks.recurrence import SeriesService
from dayloom.tasks.repository import TaskRepository
from dayloom.tasks.service import TaskService


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What a capture made: for a recurring task, its first occurrences."""

    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A line as it was understood, with the time it would get; no intervals where none fits.

    `truth` says how it fits; None for a task without dates that has a place.
    """

    draft: TaskDraft
    intervals: tuple[Interval, ...]
    truth: Truth | None = None

    @property
    def spare(self) -> timedelta | None:
        """Return the time between its end and its due time, negative if it would be late."""
        until = self.draft.deadline or self.draft.due
        if until is None or not self.intervals:
            return None
        return until.value - self.intervals[-1].end


class CaptureService:
    """Adds tasks from words or from fields, and places each beside what lies already."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        self._session = session
        self._now = now
        self._preferences_rows = PreferencesRepository(session, account_id)
        changes = Changes(session, account_id, now)
        tasks = TaskRepository(session, account_id)
        self._tasks = TaskService(
            tasks, changes, now=now, has_model=partial(has_model, session, account_id)
        )
        self._task_rows = tasks
        self._changes = changes
        self._slots = SlotRepository(session, account_id)
        self._calendars = CalendarRepository(session, account_id)

    def read(self, text: str) -> tuple[TaskDraft, ...]:
        """Return what is understood of `text`, one draft a line, and store nothing.

        Raises `Invalid` for more text than is read at once.
        """
        try:
            return read_lines(text, self.context)
        except TextTooLong as error:
            raise Invalid(str(error), field="text") from error

    def fields_of(self, draft: TaskDraft) -> TaskFields:
        """Return the fields of the task that a draft would become."""
        return to_fields(draft, default_duration=self._preferences.default_duration)

    def preview(self, text: str) -> tuple[Preview, ...]:
        """Return what is understood, and where each line would lie if it were added now."""
        default = self._preferences.default_duration
        load = partial(
            load_inputs, self._session, account_id=self._slots.account_id, now=self._now
        )
        return tuple(_previews(self.read(text), self._placer, TruthTeller(load), default))

    def add_lines(self, text: str) -> Captured:
        """Add one task a line. Raises `Invalid` and adds nothing if one line cannot be."""
        drafts = self.read(text)
        if not drafts:
            raise Invalid("Say what there is to do.", field="text")
        made = [self._add(self.fields_of(draft)) for draft in drafts]
        return Captured(tasks=[task for tasks in made for task in tasks])

    def add_fields(self, fields: TaskFields, *, said: TaskFields | None = None) -> Captured:
        """Add one task, or the series that its `rrule` or `times_per_week` asks for.

        What words have `said` fills the fields that are not given.
        """
        given: TaskFields = {**(said or {}), **fields, "edited": sorted(fields)}
        return Captured(tasks=self._add(given))

    def _add(self, fields: TaskFields) -> list[Task]:
        preferences = self._preferences
        checked = check({"title": "", "duration": preferences.default_duration, **fields})
        if checked.get("rrule") or checked.get("times_per_week"):
            zone = ZoneInfo(preferences.time_zone)
            series = SeriesService(self._task_rows, self._changes, now=self._now, zone=zone)
            tasks = series.add(checked)
        else:
            default = preferences.default_duration
            tasks = [self._tasks.add(checked, default_duration=default)]
        for task in tasks:
            self._placer.place(task)
        return tasks

    @cached_property
    def _placer(self) -> ProvisionalPlacer:
        return ProvisionalPlacer(
            self._slots,
            self._calendars,
            preferences=self._preferences,
            hour_maps=self._hour_maps,
            ruling=Ruling.of(self._preferences_rows.rules.all()),
            now=self._now,
        )

    @property
    def context(self) -> ReadingContext:
        """Return what the reader must know of the person."""
        preferences = self._preferences
        return ReadingContext(
            now=self._now,
            zone=ZoneInfo(preferences.time_zone),
            week_start=preferences.week_start,
            date_order=preferences.date_order,
            hour_maps=tuple(hour_map.name for hour_map in self._hour_maps),
        )

    @cached_property
    def _preferences(self) -> Preferences:
        found = self._preferences_rows.get()
        if found is None:
            raise LookupError("the account was never set up")
        return found

    @cached_property
    def _hour_maps(self) -> Sequence[HourMap]:
        return self._preferences_rows.hour_maps()


def _previews(
    drafts: Sequence[TaskDraft],
    placer: ProvisionalPlacer,
    teller: TruthTeller,
    default: timedelta,
) -> Iterator[Preview]:
    for draft in drafts:
        task = _imagined(draft, default)
        intervals = placer.imagine(task)
        yield Preview(draft=draft, intervals=intervals, truth=teller.tell(task, intervals))


def _imagined(draft: TaskDraft, default: timedelta) -> Task:
    """Return the task that a draft would become, known to no database."""
    fields = to_fields(draft, default_duration=default)
    start = fields.get("pinned_start")
    return Task(
        title=fields["title"],
        status=TaskStatus.OPEN,
        duration=fields["duration"],
        priority=fields["priority"],
        release=fields["release"],
        due=fields["due"],
        deadline=fields["deadline"],
        project=fields["project"],
        tags=fields["tags"],
        hour_map=fields["hour_map"],
        preferred=fields["preferred"],
        min_chunk=fields["min_chunk"],
        max_chunk=fields["max_chunk"],
        pins=pins_from(start, fields["duration"]),
        after=[TaskDependency(after_id=d["task_id"], gap=d["gap"]) for d in fields["after"]],
    )
