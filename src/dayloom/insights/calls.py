"""What the model cost and how long it took, by local day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from dayloom.inferences.executions import add_costs, percentile
from dayloom.inferences.repository import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfCalls:
    """Latencies are those of answers; None without any. `cost`, in US dollars, is None where no
    server said it."""

    on: date
    calls: int
    failures: int
    cost: float | None
    p50_ms: int | None
    p95_ms: int | None


def tell_calls(
    figures: Iterable[Figures], zone: ZoneInfo, days: Sequence[date]
) -> tuple[DayOfCalls, ...]:
    """Return these days, in the same order."""
    found: dict[date, list[Figures]] = {day: [] for day in days}
    for call in figures:
        found.get(call.started_at.astimezone(zone).date(), []).append(call)
    return tuple(_day(day, own) for day, own in found.items())


def _day(day: date, calls: Sequence[Figures]) -> DayOfCalls:
    answered = sorted(call.duration_ms for call in calls if call.failure is None)
    return DayOfCalls(
        on=day,
        calls=len(calls),
        failures=len(calls) - len(answered),
        cost=add_costs(call.cost for call in calls),
        p50_ms=percentile(answered, 0.5),
        p95_ms=percentile(answered, 0.95),
    )
