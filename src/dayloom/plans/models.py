"""Stored plans, the slots of the current one, and proposals to change it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dayloom.infra.db import Row


class ProposalState(StrEnum):
    """What became of a proposal."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Cause(StrEnum):
    """What made the planner think again."""

    CHANGE = "change"  # a task, a calendar or a preference changed
    REQUEST = "request"  # the person asked for a plan
    PLACED = "placed"  # the person put a task somewhere themselves
    WHAT_IF = "what_if"  # the person kept a scenario
    REPAIR = "repair"  # the person let a late task, or one without a place, be helped
    UNDO = "undo"
    CAUGHT_UP = "caught_up"  # all that was overdue got a place anew
    RESTORED = "restored"  # a past plan, as far as it can still be had


class Made(StrEnum):
    """How a plan came about, and so whether its input alone gives it again."""

    SOLVED = "solved"  # from its whole input: a replay gives the same, bit for bit
    INSTANT = "instant"  # the earliest places, as no solver was ready: a replay gives the same
    ARRANGED = "arranged"  # around what the person decided, at once, moving as little as can be
    TAKEN_OVER = "taken_over"  # accepted as it was shown; checked against its input, not solved


class PlanVersion(Row):
    """One plan as it was stored; history, undo and replay read it.

    `content` holds slots and unplaced tasks with their reasons, `problem` the whole input,
    `answer` the plan as the planner made it, `account` what it costs, by terms.
    `moves` counts the tasks that had a slot before and got another.
    """

    __tablename__ = "plans"
    __table_args__ = (UniqueConstraint("account_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    version: Mapped[int]
    cause: Mapped[Cause]
    moves: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    status: Mapped[str]
    objective: Mapped[dict[str, object]] = mapped_column(JSON)
    bound: Mapped[int | None]
    content: Mapped[dict[str, object]] = mapped_column(JSON, deferred=True)
    problem: Mapped[bytes | None]
    answer: Mapped[bytes | None] = mapped_column(deferred=True)
    made: Mapped[Made] = mapped_column(server_default=Made.SOLVED.value)
    account: Mapped[list[dict[str, object]]] = mapped_column(JSON, server_default="[]")
    created_at: Mapped[datetime]


class SlotRow(Row):
    """Where a task lies now. A provisional slot was given at capture, before any plan."""

    __tablename__ = "slots"
    __table_args__ = (Index("ix_slots_account_start", "account_id", "start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    start: Mapped[datetime]
    end: Mapped[datetime]
    pinned: Mapped[bool] = mapped_column(default=False)
    provisional: Mapped[bool] = mapped_column(default=False)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    seen_at: Mapped[datetime | None]


class UnplacedRow(Row):
    """A task that the current plan could not place, and the sentence that says why."""

    __tablename__ = "unplaced"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    obstacle: Mapped[str]
    missing_minutes: Mapped[int | None]
    reason: Mapped[str]


class Proposal(Row):
    """A plan that would change the current one, with its difference.

    `revision` counts the account's changes that the plan knew of; `base_version` is the plan
    it was compared with; `totals` are what the changes come to. At most one proposal of an
    account is pending, and only that one needs its `content`, `problem` and `answer`. `memo`
    keeps what an undo needs besides the changes: the pins that were replaced.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        Index("ix_proposals_account_created", "account_id", "created_at"),
        Index(
            "ix_proposals_pending",
            "account_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    cause: Mapped[Cause]
    state: Mapped[ProposalState]
    by_mode: Mapped[bool] = mapped_column(default=False)
    base_version: Mapped[int]
    applied_version: Mapped[int | None]
    revision: Mapped[int]
    changes: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    totals: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    status: Mapped[str]
    objective: Mapped[dict[str, object]] = mapped_column(JSON)
    bound: Mapped[int | None]
    content: Mapped[dict[str, object]] = mapped_column(JSON, deferred=True)
    problem: Mapped[bytes | None] = mapped_column(deferred=True)
    answer: Mapped[bytes | None] = mapped_column(deferred=True)
    made: Mapped[Made] = mapped_column(server_default=Made.SOLVED.value)
    account: Mapped[list[dict[str, object]]] = mapped_column(JSON, server_default="[]")
    memo: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class BegunRow(Row):
    """A piece of a task as the plan had it when its time came; it stands, whatever came after."""

    __tablename__ = "begun_slots"
    __table_args__ = (Index("ix_begun_slots_account_start", "account_id", "start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), index=True)
    start: Mapped[datetime]
    end: Mapped[datetime]


class ChurnRow(Row):
    """What plans moved of what was planned before, on one day of the person's calendar.

    `unasked` is what the planner did by itself, the rest is what the person asked for or agreed
    to. Counted in tasks and in whole minutes that lie elsewhere, once for every plan.
    """

    __tablename__ = "churn"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    unasked: Mapped[bool] = mapped_column(primary_key=True)
    plans: Mapped[int]
    tasks: Mapped[int]
    minutes: Mapped[int]


class DiagnosisRow(Row):
    """Why a task is late or has no place in the plan `version`, and what would help.

    It holds until something changes: `revision` counts the changes that it knew of. `members`
    are the fewest things that forbid it. `repairs` say what would help and what it would do;
    `plans` holds, in the same order, the plans that show it.
    """

    __tablename__ = "diagnoses"

    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    version: Mapped[int]
    revision: Mapped[int]
    late: Mapped[bool]
    finding: Mapped[str]
    minimal: Mapped[bool]
    missing_minutes: Mapped[int | None]
    sentence: Mapped[str]
    members: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    repairs: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    plans: Mapped[list[dict[str, Any]]] = mapped_column(JSON, deferred=True)
    created_at: Mapped[datetime]
