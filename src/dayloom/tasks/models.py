"""Tasks, what they wait for, and the time that went into them."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dayloom.infra.db import Row
from dayloom.journal.rows import Journaled, Part


class TaskStatus(StrEnum):
    """The life of a task; a stopped task is open again."""

    OPEN = "open"
    STARTED = "started"
    COMPLETED = "completed"
    MISSED = "missed"  # an occurrence of a recurring task whose successor has begun


class Task(Journaled, Row):
    """Something to do. `due` is soft, `deadline` hard; `priority` runs 0–10, 10 highest.

    `pins` are the pieces that the person has fixed, as pairs of RFC 3339 instants.
    `preferred` are local times of day, as `{"name", "start": "HH:MM", "end": "HH:MM"}`.
    `readings` tell which typed words gave which field: `{field: {"span": [a, b], "guess": x}}`.
    `edited` names the fields that the person has set themselves, which no model changes;
    `inferred` tells which call of a model set a field: `{field: execution id}`.
    `needs_reading` holds until a model has read the words, `needs_ranking` from the wish to rank
    all tasks anew until a model has ranked this one. `proposed_start_time` and
    `proposed_end_time` are where the model would put it; the planner honours them as a wish.
    `needs_scheduling` holds from the moment something changed until a plan has seen it.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint("priority BETWEEN 0 AND 10", name="priority"),
        CheckConstraint("duration BETWEEN 5 AND 2400", name="duration"),
        UniqueConstraint("series_id", "occurrence_on", "occurrence_number"),
        Index("ix_tasks_open", "account_id", "status", "deleted_at"),
    )
    journal_kind = "task"
    labelled_by = "title"
    gone_since = "deleted_at"
    told = (
        "title", "notes", "context", "duration", "release", "due", "deadline", "priority",
        "project", "tags", "hour_map", "preferred", "min_chunk", "max_chunk", "after", "pins",
        "status", "worked", "deleted_at",
    )  # fmt: skip
    beside = (
        "source", "readings", "edited", "inferred", "priority_reason", "actual_start_time",
        "actual_end_time",
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    title: Mapped[str]
    notes: Mapped[str] = mapped_column(default="")
    context: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    readings: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    edited: Mapped[list[str]] = mapped_column(JSON, default=list)
    inferred: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    needs_reading: Mapped[bool] = mapped_column(default=False)
    needs_ranking: Mapped[bool] = mapped_column(default=False)
    status: Mapped[TaskStatus] = mapped_column(default=TaskStatus.OPEN)
    duration: Mapped[timedelta]
    release: Mapped[datetime | None]
    due: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    priority: Mapped[float] = mapped_column(default=5.0)
    priority_reason: Mapped[str] = mapped_column(default="")
    project: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    hour_map: Mapped[str | None]
    preferred: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    min_chunk: Mapped[timedelta | None]
    max_chunk: Mapped[timedelta | None]
    pins: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    series_id: Mapped[int | None] = mapped_column(ForeignKey("task_series.id"), index=True)
    occurrence_on: Mapped[date | None]
    occurrence_number: Mapped[int | None]
    needs_scheduling: Mapped[bool] = mapped_column(default=True)
    proposed_start_time: Mapped[datetime | None]
    proposed_end_time: Mapped[datetime | None]
    proposed_reason: Mapped[str] = mapped_column(default="")
    scheduled_start_time: Mapped[datetime | None]
    scheduled_end_time: Mapped[datetime | None]
    reasoning: Mapped[str] = mapped_column(default="")
    actual_start_time: Mapped[datetime | None]
    actual_end_time: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    after: Mapped[list["TaskDependency"]] = relationship(
        foreign_keys="TaskDependency.task_id",
        order_by="TaskDependency.after_id",
        cascade="all, delete-orphan",
        lazy="selectin",
    )
    worked: Mapped[list["WorkedInterval"]] = relationship(
        order_by="WorkedInterval.start", cascade="all, delete-orphan", lazy="selectin"
    )
    series: Mapped["TaskSeries | None"] = relationship(lazy="joined")


class TaskDependency(Part, Row):
    """The task starts only `gap` after `after_id` is finished."""

    __tablename__ = "task_dependencies"
    told = ("after_id", "gap")

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    after_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True, index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    gap: Mapped[timedelta] = mapped_column(default=timedelta(0))


class WorkedInterval(Part, Row):
    """Time that went into a task. The open one, if any, is what the person does now.

    The partial unique index holds at most one open interval an account.
    """

    __tablename__ = "worked_intervals"
    __table_args__ = (
        Index(
            "ix_worked_intervals_running",
            "account_id",
            unique=True,
            sqlite_where=text('"end" IS NULL'),
            postgresql_where=text('"end" IS NULL'),
        ),
    )

    told = ("start", "end")

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    start: Mapped[datetime]
    end: Mapped[datetime | None]


class TaskSeries(Journaled, Row):
    """A recurring task: the pattern from which its occurrences are made.

    Either `rrule` (RFC 5545, without DTSTART) names the days, or `times_per_week` leaves them
    free. `starts_at` ("HH:MM", local) fixes the time of day. `template` holds the fields that
    every occurrence starts with. Occurrences exist up to and including `made_until`.
    """

    __tablename__ = "task_series"
    journal_kind = "series"
    told = ("ended_on",)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    rrule: Mapped[str | None]
    times_per_week: Mapped[int | None]
    starts_at: Mapped[str | None]
    starts_on: Mapped[date]
    made_until: Mapped[date | None]
    ended_on: Mapped[date | None]
    template: Mapped[dict[str, object]] = mapped_column(JSON)
    created_at: Mapped[datetime]
