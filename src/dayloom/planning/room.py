"""Making room: some tasks lie where they shall, and of all the others as few move as can be.

What lies under them moves, and what has to wait for them; a task that ends late by this, or finds
no place, may push others on. Everything else stays where it lies, as a fact.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dayloom.planning.answer import build_plan
from dayloom.planning.board import Board
from dayloom.planning.ejection import Chains, Turns
from dayloom.planning.instance import Instance, compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem
from dayloom.planning.work import Pieces, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The plan, and its problem: what stayed is a fact in it, what moved is not."""

    problem: Problem
    plan: Plan


def make_room(
    problem: Problem, lying: Sequence[Previous], *, wanted: Collection[int] = ()
) -> Room:
    """Return the plan of `problem` that leaves what is `lying` where it lies, if it can.

    Those of `lying` that are pinned there move only for those that are not, having lost their
    place, and for those `wanted`; so do not those that break a rule where they lie already.
    """
    facts: frozenset[int] = frozenset()
    pinned = {task.id for task in problem.tasks if task.pinned}
    while True:
        loose = {one.task_id: one for one in lying if one.task_id not in facts}
        attempt = _Attempt(problem, loose, pinned=pinned, wanted=wanted)
        if not attempt.stuck:
            return attempt.result()
        facts |= attempt.stuck


def released(problem: Problem, loose: Mapping[int, Previous]) -> Problem:
    """Return the problem without the pins of these tasks; moving them has its price."""
    tasks = (replace(t, pinned=()) if t.id in loose else t for t in problem.tasks)
    others = (one for one in problem.previous if one.task_id not in loose)
    return replace(problem, tasks=tuple(tasks), previous=(*others, *loose.values()))


class _Attempt:
    """One try: `stuck` are tasks that break a rule where they lie, and have to stay there."""

    def __init__(
        self,
        problem: Problem,
        loose: Mapping[int, Previous],
        *,
        pinned: Collection[int],
        wanted: Collection[int],
    ) -> None:
        self._problem, self._loose = problem, loose
        self._instance = compile_problem(released(problem, loose))
        self._board = Board(self._instance)
        index = self._instance.index
        self._staying = frozenset(index[task_id] for task_id in loose if task_id in pinned)
        self._apart: set[int] = set()
        self.stuck: set[int] = set()
        for work in _by_start(self._instance, self._staying):
            self._lay(work)
        if not self.stuck:
            self._place({index[task_id] for task_id in (*loose, *wanted)})

    def result(self) -> Room:
        """Return the plan and its problem, after an attempt in which nothing was stuck."""
        index, placements = self._instance.index, self._board.placements
        moved = {
            task_id: one
            for task_id, one in self._loose.items()
            if placements[index[task_id]] != self._instance.works[index[task_id]].previous
        }
        problem = released(self._problem, moved)
        plan = build_plan(problem, compile_problem(problem), placements)
        return Room(problem=problem, plan=plan)

    def _lay(self, work: Work) -> None:
        """Put a task where it lies, unless what it waits for was put after it."""
        pieces = work.previous
        if not pieces or not self._board.has_room(work, pieces):
            self.stuck.add(work.id)
        elif self._is_in_time(work, pieces):
            self._board.put(work, pieces)
        elif self._is_overtaken(work):
            self._apart.add(work.index)
        else:
            self.stuck.add(work.id)

    def _is_in_time(self, work: Work, pieces: Pieces) -> bool:
        """Say whether it lies within its dates, and after what is on the board and precedes it."""
        ready = [
            self._board.pieces[link.index][-1][1] + link.gap
            for link in work.before
            if self._board.pieces[link.index]
        ]
        return max([work.release, *ready]) <= pieces[0][0] and pieces[-1][1] <= work.deadline

    def _is_overtaken(self, work: Work) -> bool:
        works = self._instance.works
        return any(works[link.index].fixed or link.index in self._apart for link in work.before)

    def _place(self, important: set[int]) -> None:
        """Place what has lost its place or is wanted, then what never had one."""
        works = self._instance.works
        homeless = {work.index for work in works if not self._board.pieces[work.index]}
        before = tuple(work.fixed or work.previous for work in works)
        first = important & homeless
        turns = Turns(self._instance)
        chains = Chains(self._board, self._staying | first, before)
        for index in turns.of(first):
            chains.place(index)
        for index in turns.of(homeless - first):
            chains.place(index, depth=0)
        self.stuck |= {works[k].id for k in self._apart if not self._board.pieces[k]}


def _by_start(instance: Instance, indices: Iterable[int]) -> list[Work]:
    """Return tasks by where they lie, each after those it waits for at the same time."""
    place = {index: k for k, index in enumerate(instance.order)}
    works = [instance.works[index] for index in indices]
    return sorted(works, key=lambda work: (work.previous[:1], place[work.index]))
