"""`kill -9` of any process at any moment: no acknowledged write is lost, no plan is torn."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from threading import Timer

import pytest

from tests.processes import stored
from tests.processes.person import STARTED, Person, all_tasks
from tests.processes.serving import PATIENCE, Served, kill, serving
from tests.waiting import wait_until

Planning = tuple[str | None, int]

pytestmark = pytest.mark.processes
ROUNDS = 13
EACH_ROUND = ("web", "worker", "worker", "solver")
LONGEST_PEACE = 1.2  # seconds
MOST_ACTS = 4


def test_killed_processes_lose_nothing_and_tear_no_plan(tmp_path: Path) -> None:
    chance = Random(20261123)
    with serving(tmp_path) as served:
        person = Person(served, chance)
        person.add()
        served.wait_until_solved()  # the solver has compiled itself, whatever is killed later
        for number in range(ROUNDS):
            for victim in chance.sample(EACH_ROUND, k=len(EACH_ROUND)):
                kill_some_time(served, victim, person, chance)
                assert stored.torn(served.database) == []
            wait_until(
                lambda: stored.planning(served.database)[1] > number + 1,  # noqa: B023
                "the planner keeps up",
                patience=PATIENCE,
            )
        assert person.repeated > 0
        assert_nothing_lost(served, person)
        assert_still_planning(served, person)
    assert stored.integrity(served.database) == ("ok", [])
    assert stored.torn(served.database) == []
    assert stored.broken_plans(served.database) == {}
    assert_no_plan_twice(served.database)


def kill_some_time(served: Served, victim: str, person: Person, chance: Random) -> None:
    """Kill after a random moment: in the middle of many acts, or while one is planned for."""
    is_aimed = chance.random() < 0.5
    if is_aimed:
        before = stored.planning(served.database)
        person.add()  # stopping what rests, for one, would change nothing
        wait_until(
            lambda: has_moved_on(before, stored.planning(served.database)),
            "a plan is begun",
            patience=PATIENCE,
        )
    timer = Timer(chance.uniform(0, LONGEST_PEACE), STRIKES[victim], (served,))
    timer.start()
    pause = LONGEST_PEACE if is_aimed else LONGEST_PEACE / MOST_ACTS
    while timer.is_alive():
        timer.join(pause)
        person.act()
        pause *= 1.5


def has_moved_on(before: Planning, now: Planning) -> bool:
    """Tell whether another claim is held than before, or another plan is stored."""
    return now[1] > before[1] or now[0] not in (None, before[0])


def strike_web(served: Served) -> None:
    served.kill_web()
    served.start()


def strike_worker(served: Served) -> None:
    wait_until(
        lambda: (worker := served.worker) and kill(worker), "a worker dies", patience=PATIENCE
    )


def strike_solver(served: Served) -> None:
    wait_until(
        lambda: (solver := served.solver) and kill(solver), "a solver dies", patience=PATIENCE
    )


STRIKES: dict[str, Callable[[Served], None]] = {
    "web": strike_web,
    "worker": strike_worker,
    "solver": strike_solver,
}


def assert_nothing_lost(served: Served, person: Person) -> None:
    """Everything that was acknowledged is there once, and nothing else is."""
    tasks = all_tasks(served)
    assert {task["id"]: task["title"] for task in tasks} == person.titles
    assert {task["id"]: task["status"] for task in tasks} == person.statuses
    assert Counter({t["id"]: len(t["worked"]) for t in tasks if t["worked"]}) == person.starts
    running = {t["id"] for t in tasks if any(one["end"] is None for one in t["worked"])}
    assert running == {task for task, status in person.statuses.items() if status == STARTED}


def assert_still_planning(served: Served, person: Person) -> None:
    """A task that comes now finds its place in the next plan, beside all the others."""
    served.wait_until_ready()
    last = person.add()

    def is_planned() -> bool:
        tasks = all_tasks(served)
        waiting = [t for t in tasks if t["needs_scheduling"]]
        provisional = [slot for t in tasks for slot in t["slots"] if slot["provisional"]]
        return not waiting and not provisional

    wait_until(is_planned, "everything is planned", patience=2 * PATIENCE)
    task = served.get(f"/tasks/{last}")
    assert task["slots"] or task["reasoning"]
    served.post("/plan/proposals?wait_seconds=60", status=201)
    assert served.get("/work") == {"parked": []}


def assert_no_plan_twice(database: Path) -> None:
    """Plans are numbered one after the other, and each came of one proposal."""
    versions = stored.versions(database)
    assert versions == list(range(versions[0], versions[-1] + 1))
    applied = stored.applied_versions(database)
    assert sorted(set(applied)) == sorted(applied)
    assert set(versions) <= set(applied)
