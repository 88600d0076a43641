"""The difference between two plans as it is stored, shown and accepted piece by piece."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dayloom.planning.difference import Kind
from dayloom.planning.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One task's part of a difference; `id` is stable within its proposal."""

    id: int
    task_id: int
    kind: Kind
    before: tuple[Interval, ...]
    after: tuple[Interval, ...]
    reason: str

    def to_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "task_id": self.task_id,
            "kind": self.kind.value,
            "before": [_pair(interval) for interval in self.before],
            "after": [_pair(interval) for interval in self.after],
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Change":
        return cls(
            id=stored["id"],
            task_id=stored["task_id"],
            kind=Kind(stored["kind"]),
            before=tuple(_interval(pair) for pair in stored["before"]),
            after=tuple(_interval(pair) for pair in stored["after"]),
            reason=stored["reason"],
        )


def _pair(interval: Interval) -> list[str]:
    return [interval.start.isoformat(), interval.end.isoformat()]


def _interval(pair: Sequence[str]) -> Interval:
    return Interval(datetime.fromisoformat(pair[0]), datetime.fromisoformat(pair[1]))
