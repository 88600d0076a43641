"""The entries of the journal."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row


class Origin(StrEnum):
    """Where the person made a change."""

    PAGE = "page"
    CHAT = "chat"
    API = "api"
    CLI = "cli"


class Entry(Row):
    """What one action changed, all of it in the transaction of the action.

    `edits` are the rows, each `{"kind", "id", "label", "before", "after"}` as `Edit` has them.
    `plan_version` is the plan that the action made, which changed `plan_changed` tasks for the
    reason `plan_cause`. An entry that takes another back names it in `undoes`; the other one is
    `undone_at` then.
    """

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_newest", "account_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    origin: Mapped[Origin]
    edits: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    plan_version: Mapped[int | None]
    plan_cause: Mapped[str | None]
    plan_changed: Mapped[int] = mapped_column(default=0)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("journal.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]
