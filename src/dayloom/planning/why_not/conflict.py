"""A smallest set of members that together forbid a task.

QuickXplain: Ulrich Junker, "QUICKXPLAIN: Preferred Explanations and Relaxations for
Over-Constrained Problems", AAAI 2004. Earlier members are preferred in the answer.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from dayloom.planning.grid import Range
from dayloom.planning.problem import Problem
from dayloom.planning.why_not.member import (
    EventMember,
    Member,
    TaskMember,
    members_of,
    without,
)
from dayloom.planning.why_not.oracle import Answer, Oracle


@dataclass(frozen=True, slots=True)
class Conflict:
    """These members together make it impossible.

    `minimal` is proven: without any one of them there is a plan, which was found.
    """

    members: tuple[Member, ...]
    minimal: bool


def find_conflict(required: Problem, subject_id: int, whole: Answer, oracle: Oracle) -> Conflict:
    """Return why not all tasks of `required` can be placed, which the oracle has said of them."""
    finder = _Finder(required, subject_id, oracle)
    near = finder.near(whole)
    start = near if finder.impossible(near) else finder.all
    found = quickxplain(start, finder.impossible)
    return _proven(found, _Finder(required, subject_id, oracle.patient()))


def quickxplain(
    members: Sequence[Member], impossible: Callable[[Sequence[Member]], bool]
) -> list[Member]:
    """Return a part of `members` that is impossible, and no smaller part of it is.

    `impossible` must be true of all of them, and never stop being true when members are added.
    """
    if impossible([]):
        return []
    return _explain([], [], members, impossible)


def _explain(
    kept: Sequence[Member],
    added: Sequence[Member],
    rest: Sequence[Member],
    impossible: Callable[[Sequence[Member]], bool],
) -> list[Member]:
    """Return what of `rest` is needed beside `kept`, to which `added` came last."""
    if added and impossible(kept):
        return []
    if len(rest) == 1:
        return list(rest)
    half = len(rest) // 2
    first, second = rest[:half], rest[half:]
    late = _explain([*kept, *first], first, second, impossible)
    early = _explain([*kept, *late], late, first, impossible)
    return [*early, *late]


def _proven(found: Sequence[Member], finder: "_Finder") -> Conflict:
    """Ask once more, with more effort, for each member whether it is needed."""
    kept, minimal = list(found), True
    for one in found:
        rest = [other for other in kept if other != one]
        if finder.impossible(rest):
            kept = rest
        elif not finder.possible(rest):
            minimal = False
    return Conflict(members=tuple(kept), minimal=minimal)


class _Finder:
    """Asks the oracle about parts of one problem, and about each part once."""

    def __init__(self, required: Problem, subject_id: int, oracle: Oracle) -> None:
        self._required, self._subject_id, self._oracle = required, subject_id, oracle
        subject = next(task for task in required.tasks if task.id == subject_id)
        self.all = members_of(required, subject)
        self._known: dict[frozenset[Member], bool | None] = {}

    def impossible(self, members: Collection[Member]) -> bool:
        return self._ask(members) is False

    def possible(self, members: Collection[Member]) -> bool:
        return self._ask(members) is True

    def near(self, whole: Answer) -> list[Member]:
        """Return what lies in the overloaded time, else in the time of the subject."""
        instance = whole.instance
        work = instance.works[instance.index[self._subject_id]]
        span, others = (work.release, work.deadline), set(range(len(instance.works)))
        if whole.overload:
            span, others = whole.overload.span, set(whole.overload.works)
        tasks = {
            other.id
            for other in instance.works
            if other.fixed
            or (other.index in others and _meet(span, other.release, other.deadline))
        }
        events = {
            event.event_id
            for event in self._required.busy
            if _meet(span, *instance.grid.around(event.interval))
        }
        return [member for member in self.all if _is_near(member, tasks, events)]

    def _ask(self, members: Collection[Member]) -> bool | None:
        key = frozenset(members)
        if key not in self._known:
            gone = [member for member in self.all if member not in key]
            problem = without(self._required, self._subject_id, gone)
            self._known[key] = self._oracle.ask(problem).possible
        return self._known[key]


def _meet(span: Range, start: int, end: int) -> bool:
    return start < span[1] and span[0] < end


def _is_near(member: Member, tasks: Collection[int], events: Collection[int]) -> bool:
    match member:
        case TaskMember(task_id=task_id):
            return task_id in tasks
        case EventMember(event_id=event_id):
            return event_id in events
        case _:
            return True
