"""How much plans moved, week by week, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile

from dayloom.plans.churn import Moved, WeekOfChurn
from dayloom.web.words import duration

DAYS = timedelta(days=6)
NONE = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """One week; the shares are per cent of the most that any week moved."""

    name: str
    unasked: str
    agreed: str
    unasked_share: float
    agreed_share: float
    told: str


def view_weeks(churn: Sequence[WeekOfChurn]) -> tuple[WeekView, ...]:
    """Return the weeks since something was moved, the present one first."""
    most = max(one.unasked.minutes + one.agreed.minutes for one in churn) or 1
    since = list(dropwhile(lambda one: not (one.unasked.tasks or one.agreed.tasks), churn))
    return tuple(_week(one, most=most, present=one is churn[-1]) for one in reversed(since))


def _week(week: WeekOfChurn, *, most: int, present: bool) -> WeekView:
    unasked, agreed = _say(week.unasked), _say(week.agreed)
    return WeekView(
        name="This week" if present else f"{_day(week.first)} – {_day(week.first + DAYS)}",
        unasked=unasked,
        agreed=agreed,
        unasked_share=round(100 * week.unasked.minutes / most, 1),
        agreed_share=round(100 * week.agreed.minutes / most, 1),
        told=f"By itself {unasked}, with you {agreed}",
    )


def say_week(week: WeekOfChurn) -> str:
    """Say what the present week came to."""
    if not week.unasked.tasks and not week.agreed.tasks:
        return "Nothing that was planned has moved this week."
    return (
        f"This week the planner moved {_say(week.unasked)} by itself, and {_say(week.agreed)} "
        "with your word."
    )


def _say(moved: Moved) -> str:
    if not moved.tasks:
        return NONE
    many = f"{moved.tasks} task{'s' if moved.tasks > 1 else ''}"
    return f"{many} ({duration(timedelta(minutes=moved.minutes))})" if moved.minutes else many


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
