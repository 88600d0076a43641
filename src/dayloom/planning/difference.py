"""What changes between two plans, task by task, in a stable order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan

NOTHING = timedelta(0)
Pieces = tuple[Interval, ...]


class Kind(StrEnum):
    """What happens to a task. The codes are stable: the REST interface shows them."""

    MOVED = "moved"  # the same pieces at other times
    RECUT = "recut"  # the same time in other pieces
    RESIZED = "resized"  # more or less time than before
    ADDED = "added"  # it had no place and gets one
    DROPPED = "dropped"  # it had a place and loses it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One task whose intervals differ; `before` or `after` is empty where it has no place."""

    task_id: int
    kind: Kind
    before: Pieces
    after: Pieces

    @property
    def displaced(self) -> timedelta:
        """Return how much of its new time lies where it did not lie before."""
        return _total(self.after) - _common(self.before, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The changes in order of their new times, and the tasks that stay or are gone.

    A task that the new plan does not mention, because it is done or deleted, is `gone`: nothing
    was done to it by planning.
    """

    changes: tuple[Change, ...] = ()
    unchanged: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()

    def of_kind(self, *kinds: Kind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def moved(self) -> tuple[Change, ...]:
        """Return the tasks that have a place in both plans, but not the same one."""
        return self.of_kind(Kind.MOVED, Kind.RECUT, Kind.RESIZED)

    @property
    def moved_time(self) -> timedelta:
        """Return how much time of these tasks lies elsewhere than before: the churn."""
        return sum((change.displaced for change in self.moved), NOTHING)


def difference(before: Plan, after: Plan) -> Difference:
    """Return what `after` changes in `before`."""
    old, new = before.by_task(), after.by_task()
    known = {*new, *(item.task_id for item in after.unplaced)}
    pairs = [
        (id_, _sorted(old.get(id_, ())), _sorted(new.get(id_, ())))
        for id_ in sorted({*old, *new} & known)
    ]
    changes = [
        Change(task_id=id_, kind=_kind(was, is_), before=was, after=is_)
        for id_, was, is_ in pairs
        if was != is_
    ]
    return Difference(
        changes=tuple(sorted(changes, key=lambda c: (c.after or c.before, c.task_id))),
        unchanged=tuple(id_ for id_, was, is_ in pairs if was == is_),
        gone=tuple(sorted(set(old) - known)),
    )


def _kind(before: Pieces, after: Pieces) -> Kind:
    if not before or not after:
        return Kind.DROPPED if before else Kind.ADDED
    if _total(before) != _total(after):
        return Kind.RESIZED
    return Kind.MOVED if _lengths(before) == _lengths(after) else Kind.RECUT


def _lengths(pieces: Pieces) -> list[timedelta]:
    return sorted(piece.duration for piece in pieces)


def _total(pieces: Sequence[Interval]) -> timedelta:
    return sum((piece.duration for piece in pieces), NOTHING)


def _common(before: Pieces, after: Pieces) -> timedelta:
    parts = (old.intersection(new) for old in before for new in after)
    return _total([part for part in parts if part])


def _sorted(pieces: Pieces) -> Pieces:
    return tuple(sorted(pieces))
