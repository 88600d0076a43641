"""Dates that were kept or not: by how much work was done before it had to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A task with a date; `done_at` is None if the date went by and the task is still open."""

    task_id: int
    title: str
    until: datetime
    done_at: datetime | None

    @property
    def kept(self) -> bool:
        return self.done_at is not None and self.done_at <= self.until

    @property
    def slack(self) -> timedelta | None:
        """Return how long before its date the task was done, negative after it."""
        return None if self.done_at is None else self.until - self.done_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """In the order of their dates."""

    made: tuple[Promise, ...]

    @property
    def kept(self) -> int:
        return sum(promise.kept for promise in self.made)


def judge(promises: Iterable[Promise]) -> Promises:
    return Promises(made=tuple(sorted(promises, key=lambda one: (one.until, one.task_id))))
