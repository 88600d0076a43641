"""How one person wants to be planned."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row


class PlanMode(StrEnum):
    """Who decides when a new plan would change the old one."""

    AUTO = "auto"  # every plan is applied
    ASK = "ask"  # new things are placed at once; moving what was seen waits for consent
    MANUAL = "manual"  # nothing is planned until the person asks


class Preferences(Row):
    """One row an account. Durations are whole minutes; `daily_cap` None means no limit."""

    __tablename__ = "preferences"
    __table_args__ = (
        CheckConstraint("week_start BETWEEN 0 AND 6", name="week_start"),
        CheckConstraint("hour_cycle IN (12, 24)", name="hour_cycle"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    time_zone: Mapped[str]
    week_start: Mapped[int] = mapped_column(default=0)
    hour_cycle: Mapped[int] = mapped_column(default=24)
    date_order: Mapped[str] = mapped_column(default="dmy")
    default_duration: Mapped[timedelta] = mapped_column(default=timedelta(minutes=30))
    buffer: Mapped[timedelta] = mapped_column(default=timedelta(0))
    event_buffer: Mapped[timedelta] = mapped_column(default=timedelta(0))
    daily_cap: Mapped[timedelta | None]
    freeze: Mapped[timedelta] = mapped_column(default=timedelta(hours=2))
    plan_mode: Mapped[PlanMode] = mapped_column(default=PlanMode.ASK)
    context: Mapped[str] = mapped_column(default="")


class HourMap(Row):
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

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    weekly: Mapped[list[list[list[str]]]] = mapped_column(JSON)
    exceptions: Mapped[dict[str, list[list[str]]]] = mapped_column(JSON)
    daily_cap: Mapped[timedelta | None]
    is_default: Mapped[bool] = mapped_column(default=False)
