"""The record of calls: looking through it, and what they came to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from dayloom.inferences.chosen import Chosen
from dayloom.inferences.models import ExecutionRow
from dayloom.inferences.repository import Figures, InferenceRepository
from dayloom.infra.errors import NotFound
from dayloom.language.program.execution import Module

MOST_AT_ONCE = 200
EVERY = Chosen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Some calls, the newest first; `next` continues with older ones, None at the end."""

    rows: Sequence[ExecutionRow]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the calls of one module to one model came to.

    Latencies are those of answers; None without any. `cost` is None where no server said it.
    """

    module: Module
    model: str
    calls: int
    failures: int
    p50_ms: int | None
    p95_ms: int | None
    tokens_in: int
    tokens_out: int
    cost: float | None


class ExecutionService:
    def __init__(self, rows: InferenceRepository) -> None:
        self._rows = rows

    def require(self, execution_id: int) -> ExecutionRow:
        found = self._rows.execution(execution_id)
        if found is None:
            raise NotFound(f"There is no call #{execution_id}, or no longer.")
        return found

    def page(
        self,
        chosen: Chosen = EVERY,
        *,
        before_id: int | None = None,
        limit: int = 50,
        whole: bool = False,
    ) -> Calls:
        """Return calls before one, without what was asked and answered unless `whole`."""
        wanted = min(limit, MOST_AT_ONCE)
        found = self._rows.executions(chosen, before_id=before_id, limit=wanted + 1, whole=whole)
        rows = found[:wanted]
        return Calls(rows=rows, next=rows[-1].id if len(found) > wanted else None)

    def totals(self, chosen: Chosen = EVERY) -> list[Total]:
        """Return what calls came to, by module and model."""
        grouped: defaultdict[tuple[Module, str], list[Figures]] = defaultdict(list)
        for row in self._rows.figures(chosen):
            grouped[row.module, row.model].append(row)
        return [_total(*key, rows) for key, rows in sorted(grouped.items())]


def _total(module: Module, model: str, rows: Sequence[Figures]) -> Total:
    answered = sorted(row.duration_ms for row in rows if row.failure is None)
    return Total(
        module=module,
        model=model,
        calls=len(rows),
        failures=len(rows) - len(answered),
        p50_ms=percentile(answered, 0.5),
        p95_ms=percentile(answered, 0.95),
        tokens_in=sum(row.tokens_in for row in rows),
        tokens_out=sum(row.tokens_out for row in rows),
        cost=add_costs(row.cost for row in rows),
    )


def percentile(ordered: Sequence[int], share: float) -> int | None:
    """Return the smallest value that `share` of all do not exceed."""
    return ordered[ceil(share * len(ordered)) - 1] if ordered else None


def add_costs(costs: Iterable[float | None]) -> float | None:
    """Return the sum of those that are known; None where none is."""
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known else None
