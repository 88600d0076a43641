"""What is found out about a task that has no place, or a late one."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dayloom.planning.edits import Edit
from dayloom.planning.plan import Plan
from dayloom.planning.why_not.member import Member


class Finding(StrEnum):
    """The codes are stable: the REST interface shows them."""

    IMPOSSIBLE = "impossible"  # proven: the members forbid it
    POSSIBLE = "possible"  # there is a plan with it in time, the first repair: at its price
    UNKNOWN = "unknown"  # neither could be shown with the effort that was allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Changes that let the task be done in time, and the verified plan that shows it.

    `plan` is one of the problem after `edits`. `price` is what it costs against the plan that
    there is, in weighted steps of delay (see `price`). Without edits others move, no more.
    """

    edits: tuple[Edit, ...]
    plan: Plan
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why the task is not done in time, and what would help, the cheapest first.

    `minimal` is proven: without any one of `members` there would be a way. `missing` is the
    least by which the task would have to be shorter; None if that is not known.
    """

    task_id: int
    late: bool
    finding: Finding
    members: tuple[Member, ...] = ()
    minimal: bool = False
    missing: timedelta | None = None
    repairs: tuple[Repair, ...] = ()
