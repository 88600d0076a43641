"""The plans that were: what each changed, and whether it holds, was taken back, or is past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dayloom.plans.models import Cause
from dayloom.plans.repository import PlanRepository
from dayloom.plans.totals import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One stored plan; `by_mode` if no one was asked, `changed` is how many tasks it changed."""

    version: int
    current: bool
    cause: Cause
    by_mode: bool
    changed: int
    totals: Totals
    created_at: datetime
    undone_at: datetime | None


def past_plans(plans: PlanRepository) -> Sequence[Past]:
    """Return the plans that are kept, newest first."""
    records = {row.applied_version: row for row in plans.applied()}
    current = plans.version()
    return [
        Past(
            version=row.version,
            current=row.version == current,
            cause=row.cause,
            by_mode=bool(record and record.by_mode),
            changed=len(record.changes) if record else 0,
            totals=Totals.from_json(record.totals) if record else Totals(),
            created_at=row.created_at,
            undone_at=row.undone_at,
        )
        for row in plans.versions()
        for record in [records.get(row.version)]
    ]
