"""What needs doing, kept as rows: asked for in the transaction of the change that causes it.

A row says how often its work was wanted and which want is done. Wanting more than is done makes
it due; any number of wants are one run. Losing a wake-up loses nothing: the row stays.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Index, bindparam, case, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from dayloom.infra.columns import UtcDateTime
from dayloom.infra.db import Row, dialect_of, insert_into


class Work(Row):
    """One thing to keep done. `owner` holds a claim until `lease`; `latest` ends the debounce."""

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
    want: Mapped[int]
    done: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime]
    latest: Mapped[datetime | None]
    owner: Mapped[str | None]
    lease: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    parked_at: Mapped[datetime | None]
    error: Mapped[str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to do a piece of work, up to the want that was seen when it was taken."""

    kind: str
    key: str
    want: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """How work ends: `unit` is stored with the end itself, once, and only if the claim holds.

    `again_at` makes the work due once more at that moment, unless it is wanted before.
    """

    unit: Callable[[Session], object] | None = None
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How often work was wanted, up to which want it is done, and whether it was given up."""

    want: int
    done: int
    parked: bool


class Overtaken(Exception):
    """What the work was made from has changed: nothing of it is stored, and it starts again."""


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
    """Want the work once more and return the number of the want.

    It starts `debounce` after the last request, but `max_wait` after the first at the latest.
    After a failure, no request shortens the back-off.
    """
    values = {
        "of_kind": kind,
        "of_key": key,
        "due_at": now + debounce,
        "due_by": now + max(debounce, max_wait),
    }
    wanted_once_more = _wanted_once_more(dialect_of(session))
    return session.execute(wanted_once_more, values).scalar_one()


@cache
def _wanted_once_more(dialect: str) -> ReturningInsert[int]:
    """Return the statement of `request`, built once: it is part of every change."""
    due, latest = bindparam("due_at", type_=UtcDateTime), bindparam("due_by", type_=UtcDateTime)
    backing_off = (Work.attempts > 0) & (Work.due > due)
    too_late = (Work.want > Work.done) & (Work.latest < due)
    first = insert_into(Work, dialect).values(
        kind=bindparam("of_kind"),
        key=bindparam("of_key"),
        want=1,
        done=0,
        due=due,
        latest=latest,
        attempts=0,
    )
    again = first.on_conflict_do_update(
        index_elements=["kind", "key"],
        set_={
            "want": Work.want + 1,
            "due": case((backing_off, Work.due), (too_late, Work.latest), else_=due),
            "latest": func.coalesce(Work.latest, latest),
            "parked_at": None,
        },
    )
    return again.returning(Work.want)


def wanted(session: Session, kind: str, key: str) -> int:
    """Return the number of the newest want, 0 if there was none."""
    newest = select(Work.want).where(Work.kind == kind, Work.key == key)
    return session.scalar(newest) or 0


def progress(session: Session, kind: str, key: str) -> Progress | None:
    """Return how far the work is, None if it was never wanted."""
    columns = select(Work.want, Work.done, Work.parked_at.is_not(None))
    row = session.execute(columns.where(Work.kind == kind, Work.key == key)).one_or_none()
    return None if row is None else Progress(want=row[0], done=row[1], parked=row[2])


def ensure(session: Session, kind: str, key: str, *, now: datetime) -> None:
    """Want the work now unless it is waiting, running or backing off already."""
    row = session.get(Work, (kind, key))
    if row is None or row.want == row.done or row.parked_at is not None:
        request(session, kind, key, now=now)


def parked(session: Session) -> Sequence[Work]:
    """Return the work that failed too often and waits for a new request, with its error."""
    rows = select(Work).where(Work.parked_at.is_not(None)).order_by(Work.kind, Work.key)
    return session.scalars(rows).all()
