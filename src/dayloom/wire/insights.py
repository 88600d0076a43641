"""What the records tell about planning, on the wire."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from dayloom.plans.churn import Moved, WeekOfChurn
from dayloom.wire.scalars import Shown


class MovedShown(Shown):
    """Tasks that got another place, once for every plan, and the minutes that lie elsewhere."""

    plans: int
    tasks: int
    minutes: int


class WeekShown(Shown):
    first: date = Field(description="The first day of the week.")
    unasked: MovedShown = Field(description="What the planner moved by itself.")
    agreed: MovedShown = Field(description="What the person asked for or agreed to.")


class ChurnShown(Shown):
    weeks: list[WeekShown] = Field(description="The present week is the last.")


def show_churn(weeks: Sequence[WeekOfChurn]) -> ChurnShown:
    return ChurnShown(
        weeks=[
            WeekShown(first=one.first, unasked=_show(one.unasked), agreed=_show(one.agreed))
            for one in weeks
        ]
    )


def _show(moved: Moved) -> MovedShown:
    return MovedShown(plans=moved.plans, tasks=moved.tasks, minutes=moved.minutes)
