"""The account's model, and the record of every call."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row
from dayloom.journal.rows import Journaled
from dayloom.language.program.endpoint import OutputMode, Provider
from dayloom.language.program.execution import Failure, Module


class ModelSettings(Journaled, Row):
    """The model of one account; no row means rules only.

    A row `from_environment` follows the environment at each start, and its key stays there;
    `sealed_key` is encrypted and bound to this row. Caps and prices are US dollars, prices for
    a million tokens. The connection test fills `mode` to `test_error`; a change of where or what
    is asked empties them again. `offered` are the models that the server lists.
    """

    __tablename__ = "model_settings"
    journal_kind = "model"
    labelled_by = "model"
    told = (
        "enabled", "provider", "base_url", "model", "max_tokens", "timeout_seconds", "daily_cap",
        "monthly_cap", "price_in", "price_out",
    )  # fmt: skip
    beside = ("from_environment",)
    __table_args__ = (
        CheckConstraint("max_tokens BETWEEN 100 AND 10000", name="max_tokens"),
        CheckConstraint("timeout_seconds BETWEEN 5 AND 600", name="timeout"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    enabled: Mapped[bool] = mapped_column(default=True)
    from_environment: Mapped[bool] = mapped_column(default=False)
    provider: Mapped[Provider]
    base_url: Mapped[str]
    model: Mapped[str]
    sealed_key: Mapped[bytes | None]
    max_tokens: Mapped[int] = mapped_column(default=2000)
    timeout_seconds: Mapped[int] = mapped_column(default=45)
    daily_cap: Mapped[float | None]
    monthly_cap: Mapped[float | None]
    price_in: Mapped[float | None]
    price_out: Mapped[float | None]
    mode: Mapped[OutputMode | None]
    latency_ms: Mapped[int | None]
    offered: Mapped[list[str]] = mapped_column(JSON, default=list)
    tested_at: Mapped[datetime | None]
    test_error: Mapped[str | None]


class ExecutionRow(Row):
    """One call of a module, in plain JSON without secrets; `cost` is in US dollars.

    `facts` are what it set, newest last: `{"task": id, "field": name, "before": x, "after": y}`
    or `{"rule": id}`. `forgotten_at` says when the person took them back. No number is
    given twice: tasks and rules remember those of calls that are long gone.
    """

    __tablename__ = "executions"
    __table_args__ = (
        Index("ix_executions_newest", "account_id", "started_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    module: Mapped[Module]
    model: Mapped[str]
    base_url: Mapped[str]
    mode: Mapped[str]
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"), index=True)
    started_at: Mapped[datetime]
    duration_ms: Mapped[int]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    outputs: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    failure: Mapped[Failure | None]
    sentence: Mapped[str] = mapped_column(default="")
    attempts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    cost: Mapped[float | None]
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    forgotten_at: Mapped[datetime | None]
