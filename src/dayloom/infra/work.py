"""What needs doing, as rows: wishes grow `want`, a finished claim sets `done`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from dayloom.infra.rows import Row


class Work(Row):
    """One thing to keep done. It is due while `want` is above `done`."""

    __tablename__ = "work"
    __table_args__ = (
        Index(
            "ix_work_due",
            "due",
            sqlite_where=text("want > done"),
            postgresql_where=text("want > done"),
        ),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    want: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime]
    first_due: Mapped[datetime | None]
    owner: Mapped[str | None]
    lease: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    parked_at: Mapped[datetime | None]
    error: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do one piece of work, as it was wished for when claimed."""

    kind: str
    key: str
    want: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The end of a job: `unit` runs in the transaction that marks the work done.

    `again_at` makes the work periodic: it is due again then.
    """

    unit: Callable[[Session], None] | None = None
    again_at: datetime | None = None


Handler = Callable[[Claim], Awaitable[Finish | None]]
NO_TIME = timedelta(0)


def request(
    session: Session,
    kind: str,
    key: str,
    *,
    now: datetime,
    debounce: timedelta = NO_TIME,
    max_wait: timedelta = NO_TIME,
) -> int:
    """Wish for work in the caller's transaction and return the number of the wish.

    A burst of wishes is one piece of work: each moves the due time by `debounce`, but never
    more than `max_wait` past the first one.
    """
    row = session.get(Work, (kind, key), with_for_update=True)
    if row is None:
        row = Work(kind=kind, key=key, want=0, done=0, due=now)
        session.add(row)
    waiting = row.want > row.done
    first = row.first_due if waiting and row.first_due else now
    row.want += 1
    row.first_due = first
    row.due = min(now + debounce, first + max(max_wait, debounce))
    row.attempts = 0
    row.parked_at = None
    session.flush()
    return row.want


def wanted(session: Session, kind: str, key: str) -> int:
    """Return how often the work was wished for, 0 if never."""
    return session.scalar(select(Work.want).where(Work.kind == kind, Work.key == key)) or 0
