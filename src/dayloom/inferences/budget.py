"""What calls have cost in the person's day and month, and whether more may be spent."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from dayloom.inferences.models import ModelSettings
from dayloom.inferences.repository import InferenceRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """US dollars, since midnight and since the first of the month where the person is."""

    today: float
    this_month: float


def spent(rows: InferenceRepository, *, now: datetime, zone: ZoneInfo) -> Spent:
    """Return what the account's calls have cost."""
    today = now.astimezone(zone).date()
    midnight, first = (
        datetime.combine(day, time(), zone) for day in (today, today.replace(day=1))
    )
    return Spent(today=rows.spent_since(midnight), this_month=rows.spent_since(first))


def complaint(settings: ModelSettings, so_far: Spent) -> str:
    """Return a sentence where nothing is left to spend, else an empty one."""
    limits = (
        (settings.daily_cap, so_far.today, "today"),
        (settings.monthly_cap, so_far.this_month, "this month"),
    )
    for cap, amount, words in limits:
        if cap is not None and amount >= cap:
            return f"The model has cost ${amount:.2f} {words}; the limit is ${cap:g}."
    return ""
