"""What one change disturbs: 200 random weeks that were seen, each with one change, planned again.

Against a full replan, which knows nothing of what was seen, and against the lowest price found of
the work itself, moves left out: `python -m bench.disturbance [weeks]`. Ends with an error if what
starts within the fence has moved without a hard rule named, or any plan breaks a rule.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from bench.planning.generate import Life, make_problem
from dayloom.planning.budget import Budget
from dayloom.planning.difference import difference
from dayloom.planning.explain import explain
from dayloom.planning.forced import is_near
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.planning.problem import GRID, Busy, Previous, Problem, Task
from dayloom.planning.reason import Code
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify

WEEKS = 200
TASKS, EVENTS = 40, 15
HOUR = timedelta(hours=1)
LATER = timedelta(hours=2)  # since the plan was seen
FENCE = timedelta(hours=4)
NEW = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a plan moves of the one that was seen, and the price of its work without moves."""

    blocks: int
    time: timedelta
    near: int
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One change, answered gently and anew; `forced` counts the near moves by their reasons."""

    kind: str
    seen: int
    gently: Answer
    anew: Answer
    forced: tuple[Code, ...]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else WEEKS
    weeks = [measured(seed) for seed in range(count)]
    for line in table(weeks):
        print(line, flush=True)


def measured(seed: int) -> Week:
    """Plan a week, let it be seen, change one thing, and plan it again in both ways.

    Raises `AssertionError` if a promise is broken.
    """
    chance = Random(seed)
    problem = make_problem(Life(tasks=TASKS, events=EVENTS, weeks=2, load=0.7, seed=seed))
    before = plan(problem, Budget.standard())
    kind, change = list(CHANGES.items())[seed % len(CHANGES)]
    changed = change(_later(problem, before), chance)
    gently = plan(changed, Budget.standard())
    anew = plan(replace(changed, previous=(), frozen_until=None), Budget.standard())
    assert not verify(changed, gently)
    return Week(
        kind=kind,
        seen=len(changed.previous),
        gently=_answer(changed, before, gently),
        anew=_answer(changed, before, anew),
        forced=tuple(_forced(changed, gently)),
    )


def _later(problem: Problem, before: Plan) -> Problem:
    """Return what is left of the problem some time later, all of the plan having been seen."""
    now = problem.now + 9 * HOUR + LATER
    gone = {id_ for id_, pieces in before.by_task().items() if min(pieces).start < now}
    tasks = tuple(
        replace(task, after=tuple(link for link in task.after if link.task_id not in gone))
        for task in problem.tasks
        if task.id not in gone
    )
    return replace(
        problem,
        now=now,
        horizon=Interval(now, problem.horizon.end),
        tasks=tasks,
        previous=tuple(
            Previous(task_id=id_, intervals=pieces, seen=True)
            for id_, pieces in before.by_task().items()
            if id_ not in gone
        ),
        frozen_until=now + FENCE,
    )


def new_task(problem: Problem, chance: Random) -> Problem:
    """An urgent task comes in, with a deadline tomorrow or the day after."""
    deadline = problem.now + chance.randrange(24, 60) * HOUR
    task = Task(id=NEW, duration=2 * HOUR, deadline=deadline, hours="work", weight=8)
    return replace(problem, tasks=(*problem.tasks, task))


def new_meeting(problem: Problem, chance: Random) -> Problem:
    """A meeting is put over something that is planned."""
    old = min(chance.choice(problem.previous).intervals)
    meeting = Interval(old.start, old.start + chance.choice((1, 2, 3)) * HOUR)
    return replace(problem, busy=(*problem.busy, Busy(interval=meeting, event_id=NEW)))


def longer_task(problem: Problem, chance: Random) -> Problem:
    """A task takes an hour more than was thought, so its own place does not hold any more."""
    free = [task for task in problem.tasks if not task.pinned]
    one = chance.choice(free)
    longer = replace(one, duration=one.duration + 12 * GRID)
    tasks = tuple(longer if task is one else task for task in problem.tasks)
    previous = tuple(seen for seen in problem.previous if seen.task_id != one.id)
    return replace(problem, tasks=tasks, previous=previous)


def earlier_deadline(problem: Problem, chance: Random) -> Problem:
    """A task has to be done before the end that is planned for it."""
    ends = {seen.task_id: max(seen.intervals).end for seen in problem.previous}
    free = [t for t in problem.tasks if not t.pinned and not t.after and t.id in ends]
    one = chance.choice(free)
    deadline = max(problem.now + one.duration + 4 * HOUR, ends[one.id] - 12 * HOUR)
    tasks = tuple(replace(t, deadline=deadline) if t is one else t for t in problem.tasks)
    return replace(problem, tasks=tasks)


def day_off(problem: Problem, chance: Random) -> Problem:
    """A whole day of the week is taken off."""
    day = problem.days[chance.randrange(1, 5)]
    return replace(problem, busy=(*problem.busy, Busy(interval=day, event_id=NEW)))


CHANGES: dict[str, Callable[[Problem, Random], Problem]] = {
    "an urgent task": new_task,
    "a meeting over a task": new_meeting,
    "a task takes longer": longer_task,
    "an earlier deadline": earlier_deadline,
    "a day off": day_off,
}


def _answer(problem: Problem, before: Plan, after: Plan) -> Answer:
    changes = difference(before, after).moved
    near = {one.task_id for one in problem.previous if is_near(one, problem)}
    return Answer(
        blocks=len(changes),
        time=sum((change.displaced for change in changes), timedelta(0)),
        near=sum(change.task_id in near for change in changes),
        price=after.objective.total - after.objective.movement,
    )


def _forced(problem: Problem, after: Plan) -> Iterator[Code]:
    """Yield why each near task has moved. Raises `AssertionError` if one has without a reason."""
    places, reasons = after.by_task(), explain(problem, after)
    for seen in problem.previous:
        now = places.get(seen.task_id)
        if now and is_near(seen, problem) and sorted(now) != sorted(seen.intervals):
            found = [one.code for one in reasons[seen.task_id] if one.code.startswith("moved_for")]
            assert len(found) == 1, (seen, reasons[seen.task_id])
            yield found[0]


def table(weeks: list[Week]) -> Iterator[str]:
    yield (
        "| change | weeks | moved blocks | anew | moved hours | anew | anew against it "
        "| price of the work against the best found | anew | near moved, anew |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for kind in CHANGES:
        if some := [week for week in weeks if week.kind == kind]:
            yield _row(kind, some)
    yield _row("all", weeks)
    codes = [code for week in weeks for code in week.forced]
    said = ", ".join(f"{code} {codes.count(code)}" for code in dict.fromkeys(sorted(codes)))
    yield ""
    yield f"{sum(w.seen for w in weeks)} tasks were seen. Near ones that moved: {said or 'none'}."


def _row(kind: str, weeks: list[Week]) -> str:
    gently, anew = _Side([w.gently for w in weeks]), _Side([w.anew for w in weeks])
    best = sum(min(w.gently.price, w.anew.price) for w in weeks)
    return (
        f"| {kind} | {len(weeks)} | {gently.blocks:.1f} | {anew.blocks:.1f} "
        f"| {gently.hours:.1f} | {anew.hours:.1f} | {anew.hours / gently.hours:.1f} × "
        f"| {gently.price / best:.3f} × | {anew.price / best:.3f} × | {gently.near}, {anew.near} |"
    )


class _Side:
    """One way of answering, over some weeks: means by week, but the price and the near in all."""

    def __init__(self, answers: list[Answer]) -> None:
        count = len(answers)
        self.blocks = sum(one.blocks for one in answers) / count
        self.hours = sum((one.time for one in answers), timedelta(0)) / HOUR / count
        self.price = sum(one.price for one in answers)
        self.near = sum(one.near for one in answers)


if __name__ == "__main__":
    main()
