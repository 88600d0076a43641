"""How one person wants to be planned."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row
from dayloom.journal.rows import Journaled


class PlanMode(StrEnum):
    """Who decides when a new plan would change the old one."""

    AUTO = "auto"  # every plan is applied
    ASK = "ask"  # new things are placed at once; moving what was seen waits for consent
    MANUAL = "manual"  # nothing is planned until the person asks


class Preferences(Journaled, Row):
    """One row an account. Durations are whole minutes; `daily_cap` None means no limit; an empty
    `language` is that of the browser.

    `second_zone` is shown beside `time_zone`, empty for none. `plan_mode` holds for every kind of
    change that has no mode of its own.
    """

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint("week_start BETWEEN 0 AND 6", name="week_start"),
        CheckConstraint("hour_cycle IN (12, 24)", name="hour_cycle"),
    )
    journal_kind = "preferences"
    told = (
        "language", "time_zone", "second_zone", "week_start", "hour_cycle", "date_order",
        "default_duration",
        "buffer", "event_buffer", "daily_cap", "freeze", "plan_mode", "tasks_mode",
        "calendars_mode", "overdue_mode", "context_mode", "context",
    )  # fmt: skip

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    language: Mapped[str] = mapped_column(default="", server_default="")
    time_zone: Mapped[str]
    second_zone: Mapped[str] = mapped_column(default="")
    week_start: Mapped[int] = mapped_column(default=0)
    hour_cycle: Mapped[int] = mapped_column(default=24)
    date_order: Mapped[str] = mapped_column(default="dmy")
    default_duration: Mapped[timedelta] = mapped_column(default=timedelta(minutes=30))
    buffer: Mapped[timedelta] = mapped_column(default=timedelta(0))
    event_buffer: Mapped[timedelta] = mapped_column(default=timedelta(0))
    daily_cap: Mapped[timedelta | None]
    freeze: Mapped[timedelta] = mapped_column(default=timedelta(hours=2))
    plan_mode: Mapped[PlanMode] = mapped_column(default=PlanMode.ASK)
    tasks_mode: Mapped[PlanMode | None]
    calendars_mode: Mapped[PlanMode | None]
    overdue_mode: Mapped[PlanMode | None]
    context_mode: Mapped[PlanMode | None]
    context: Mapped[str] = mapped_column(default="")


class HourMap(Journaled, Row):
    """Named hours, such as work or personal, in which tasks may lie.

    `weekly` holds seven lists, Monday first, of `["HH:MM", "HH:MM"]` in local wall time, where
    an end of 24:00 is midnight and an end before its start belongs to the next day.
    `exceptions` replaces the hours of single dates: `{"2026-12-24": []}`.
    """

    __tablename__ = "hour_maps"
    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        Index(
            "ix_hour_maps_default",
            "account_id",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )
    journal_kind = "hours"
    labelled_by = "name"
    told = ("name", "weekly", "exceptions", "daily_cap", "is_default")

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    weekly: Mapped[list[list[list[str]]]] = mapped_column(JSON)
    exceptions: Mapped[dict[str, list[list[str]]]] = mapped_column(JSON)
    daily_cap: Mapped[timedelta | None]
    is_default: Mapped[bool] = mapped_column(default=False)


class RuleKind(StrEnum):
    """What a sentence of the context asks for."""

    HOURS = "hours"  # an hour map's days and times
    NO_GO = "no_go"  # times without tasks, or without tasks of a kind
    PREFER = "prefer"  # times that a kind of task likes
    BUFFER = "buffer"  # pauses between tasks or around events
    DAILY_LIMIT = "daily_limit"  # at most so much a day
    ROUTINE = "routine"  # a protected habit, so often a week
    NOT_UNDERSTOOD = "not_understood"


class RuleOrigin(StrEnum):
    """Who read the sentence."""

    GRAMMAR = "grammar"
    MODEL = "model"
    PERSON = "person"


class PlanRule(Journaled, Row):
    """One rule in plain words, as typed facts.

    `sentence` is the source, word by word. `values` depend on the kind: `days` (0 for Monday),
    `start` and `end` ("HH:MM"), `minutes`, `times_per_week`, `subject` (a tag or a word of
    titles), `hour_map`, `around_events`, `days_off`. `complaint` says what it contradicts. A
    routine keeps its recurring task in `series_id`. `execution_id` is the call of a model that
    read the sentence, or could not. A removed one stays for an undo.
    """

    __tablename__ = "plan_rules"
    journal_kind = "rule"
    labelled_by = "sentence"
    gone_since = "removed_at"
    told = ("sentence", "kind", "values", "enabled", "removed_at")
    beside = ("position", "origin", "complaint", "execution_id", "series_id", "created_at")

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    position: Mapped[int]
    kind: Mapped[RuleKind]
    sentence: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    enabled: Mapped[bool] = mapped_column(default=True)
    origin: Mapped[RuleOrigin]
    complaint: Mapped[str] = mapped_column(default="")
    execution_id: Mapped[int | None]
    series_id: Mapped[int | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
