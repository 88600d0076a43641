"""How much plans move, by week: the price that a person pays for a planner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from dayloom.plans.arranging import Arrangement
from dayloom.plans.models import ChurnRow

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Tasks that got another place, and the minutes of them that lie elsewhere."""

    plans: int = 0
    tasks: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfChurn:
    """The week from `first` on: what moved `unasked`, and what the person had a word in."""

    first: date
    unasked: Moved
    agreed: Moved


def count_churn(
    session: Session, arrangement: Arrangement, *, unasked: bool, now: datetime
) -> None:
    """Add what an applied plan moves to its day, in the caller's transaction."""
    totals, inputs = arrangement.totals, arrangement.inputs
    if not totals.moved_tasks:
        return
    key = (inputs.account_id, now.astimezone(inputs.zone).date(), unasked)
    row = session.get(ChurnRow, key)
    if row is None:
        account_id, on, _ = key
        row = ChurnRow(account_id=account_id, on=on, unasked=unasked, plans=0, tasks=0, minutes=0)
        session.add(row)
    row.plans += 1
    row.tasks += totals.moved_tasks
    row.minutes += totals.moved_minutes
    session.flush()


def churn_by_week(
    session: Session, account_id: int, *, today: date, week_start: int, weeks: int
) -> Sequence[WeekOfChurn]:
    """Return the last weeks, the present one last; `week_start` 0 is Monday."""
    present = today - timedelta(days=(today.weekday() - week_start) % 7)
    firsts = [present - WEEK * ago for ago in reversed(range(weeks))]
    query = select(ChurnRow).where(ChurnRow.account_id == account_id, ChurnRow.on >= firsts[0])
    rows = session.scalars(query).all()
    return [
        WeekOfChurn(
            first=first,
            unasked=_sum(rows, first, unasked=True),
            agreed=_sum(rows, first, unasked=False),
        )
        for first in firsts
    ]


def _sum(rows: Sequence[ChurnRow], first: date, *, unasked: bool) -> Moved:
    own = [one for one in rows if one.unasked is unasked and first <= one.on < first + WEEK]
    return Moved(
        plans=sum(one.plans for one in own),
        tasks=sum(one.tasks for one in own),
        minutes=sum(one.minutes for one in own),
    )
