"""Over many overloaded days: each repair that is offered does, when pressed, what it said."""

from datetime import timedelta
from random import Random

import pytest

from dayloom.planning.wording import say_length
from dayloom.plans.models import DiagnosisRow
from dayloom.preferences.models import PlanMode
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.overload import NINE
from tests.plans.test_repairing import places

MINUTE = timedelta(minutes=1)
DAYS = ("today", "tomorrow", "on Wednesday")


def overloaded(planner: Planner, seed: int) -> None:
    """Let two or three days hold more than fits, with pauses and a meeting."""
    chance = Random(seed)
    buffer = chance.choice((0, 10)) * MINUTE
    planner.write(lambda s: s.preferences.change({"buffer": buffer, "plan_mode": PlanMode.AUTO}))
    planner.meet(NINE + 2 * 60 * MINUTE, NINE + chance.choice((3, 4)) * 60 * MINUTE)
    for number in range(chance.randrange(11, 14)):
        hours, day = chance.choice((1, 2, 3, 4)), chance.choice(DAYS)
        date = chance.choice((f"due {day} 15:00", f"deadline {day} 17:00", ""))
        planner.add(f"Work {number} {hours} h {date} p{chance.randrange(1, 10)}")
    planner.replan()


def faults(planner: Planner, row: DiagnosisRow) -> list[str]:
    """Return the members of a conflict whose words do not say what the rows say."""
    preferences = planner.read(lambda s: s.preferences.require())
    clock = WallClock.of(preferences, planner.clock.now())
    rows = {task.id: task for task in planner.read(lambda s: s.tasks.unfinished())}
    rules = {
        "hours": {"its hours, “work”"},
        "one_piece": {"it is done in one piece", *map(_pieces, (30, 45, 60, 90))},
        "buffer": {f"the pause of {preferences.buffer // MINUTE} min between tasks"},
        "event": {
            f"“{one.summary}”, {clock.dated(one.start)} to {clock.time(one.end)}"
            for one in planner.look().busy
        },
        "deadline": {f"its {date}" for date in _dates(rows[row.task_id], clock)},
    }
    found = []
    for member in row.members:
        task = rows.get(member["id"]) if member["kind"] == "task" else None
        dates = _dates(task, clock) if task else []
        true = {f"“{task.title}”", *(f"“{task.title}”, {date}" for date in dates)} if task else ()
        if member["text"] not in (true or rules[member["kind"]]):
            found.append(member["text"])
    return found


def _dates(task: Task, clock: WallClock) -> list[str]:
    dates = (("due date", task.due), ("deadline", task.deadline))
    return [f"{name} {clock.dated(at)}" for name, at in dates if at]


def _pieces(minutes: int) -> str:
    return f"its pieces of {say_length(minutes * MINUTE)} or more"


def is_helped(planner: Planner, row: DiagnosisRow) -> bool:
    """Tell whether the task has a place, and, if it was late, one that is early enough."""
    ends = {task_id: max(end for _, end in at) for task_id, at in places(planner).items()}
    task = planner.read(lambda s: s.tasks.require(row.task_id))
    if row.task_id not in ends:
        return False
    dates = [task.deadline, task.due if row.late else None]
    return all(date is None or ends[row.task_id] <= date for date in dates)


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 6, 11])
def test_each_does_what_it_says_and_is_undone(planner: Planner, seed: int) -> None:
    overloaded(planner, seed)
    clock = WallClock.of(planner.read(lambda s: s.preferences.require()), planner.clock.now())
    before, pressed = places(planner), 0
    for task_id in [row.task_id for row in planner.diagnose()][:2]:
        row = next(one for one in planner.diagnose() if one.task_id == task_id)
        assert faults(planner, row) == []
        assert not is_helped(planner, row)
        for number in range(1, len(row.repairs) + 1):
            row = next(one for one in planner.diagnose() if one.task_id == task_id)
            said = row.repairs[number - 1]
            planner.run(planner.container.repairs.apply(task_id, number))
            after = places(planner)
            assert is_helped(planner, row)
            end = clock.dated(max(end for _, end in after[task_id]))
            assert said["effect"].startswith(f"It is done {end}")
            moved = {one["task_id"] for one in said["changes"]}
            lying = {id_ for id_ in {*before, *after} if before.get(id_) != after.get(id_)}
            assert lying == moved
            planner.run(planner.container.plans.undo())
            assert places(planner) == before
            pressed += 1
    assert pressed
