"""Calendars, the bytes they were last read from, and their occurrences around now."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row
from dayloom.journal.rows import Journaled

REMEMBERED = timedelta(days=1)


class CalendarKind(StrEnum):
    """Where a calendar comes from."""

    FILE = "file"
    URL = "url"


class AllDayRule(StrEnum):
    """What all-day events do to the day. As marked: only those explicitly marked busy count."""

    AS_MARKED = "as_marked"
    BUSY = "busy"
    FREE = "free"


class Calendar(Journaled, Row):
    """A calendar that is read. `error` says why the last refresh failed; events then stay.

    `stale` holds from the first failure to the next success. `shrunk` means that the feed
    suddenly had far fewer events: the old ones stay until the person has agreed to lose them.
    A removed calendar is kept until `REMEMBERED` has passed since `deleted_at`.
    `own_address` is the person's e-mail address in it, by which their answer is found.
    `unread` counts the events that could not be read; `warnings` say which and why.
    `refreshed_at` is when the events were last known to be right, `read_at` when they were
    last worked out from the bytes; None asks for that.
    """

    __tablename__ = "calendars"
    journal_kind = "calendar"
    labelled_by = "name"
    gone_since = "deleted_at"
    told = (
        "name", "color", "enabled", "all_day", "free_busy", "tentative_busy", "declined_busy",
        "own_address", "refresh_every", "deleted_at",
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    kind: Mapped[CalendarKind]
    url: Mapped[str | None]
    color: Mapped[int] = mapped_column(default=0)
    enabled: Mapped[bool] = mapped_column(default=True)
    all_day: Mapped[AllDayRule] = mapped_column(default=AllDayRule.AS_MARKED)
    free_busy: Mapped[bool] = mapped_column(default=False)
    tentative_busy: Mapped[bool] = mapped_column(default=True)
    declined_busy: Mapped[bool] = mapped_column(default=False)
    own_address: Mapped[str] = mapped_column(default="")
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    refresh_every: Mapped[timedelta] = mapped_column(default=timedelta(minutes=15))
    refreshed_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    stale: Mapped[bool] = mapped_column(default=False)
    shrunk: Mapped[bool] = mapped_column(default=False)
    shrink_agreed: Mapped[bool] = mapped_column(default=False)
    error: Mapped[str | None]
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)
    unread: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class CalendarSource(Row):
    """The bytes of the last good reading, from which the window of events moves on in time."""

    __tablename__ = "calendar_sources"

    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    content: Mapped[bytes] = mapped_column(deferred=True)


class Event(Row):
    """One occurrence. `key` names it within its calendar across refreshes."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("calendar_id", "key"),
        Index("ix_events_account_start", "account_id", "start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendars.id"))
    key: Mapped[str]
    uid: Mapped[str]
    start: Mapped[datetime]
    end: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False)
    summary: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    transp: Mapped[str | None]
    status: Mapped[str | None]
    partstat: Mapped[str | None]
    busy: Mapped[bool] = mapped_column(default=True)
