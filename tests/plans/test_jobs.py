"""The replan job: what it is asked for is answered by a plan that knows of every change."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from dayloom.accounts.changes import REPLAN, REQUEST
from dayloom.infra import work
from dayloom.infra.runner import Duties, Runner
from dayloom.infra.work import Claim, Overtaken, Work
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.plans.jobs import ReplanJob, Solver
from dayloom.plans.models import ProposalState
from dayloom.plans.requests import RequestState
from dayloom.preferences.models import PlanMode
from tests.plans.conftest import Planner, solve
from tests.plans.test_requests import PATIENT
from tests.waiting import run


def work_with(planner: Planner, kind: str, solver: Solver) -> RequestState:
    """Ask for a plan, and have a worker answer with this solver."""
    container = planner.container

    async def main() -> RequestState:
        stop = asyncio.Event()
        jobs = {kind: ReplanJob(container.db, planner.clock, solver)}
        signs = container.settings.signs_of_life
        runner = Runner(container.db, Duties(handlers=jobs), clock=planner.clock, signs=signs)
        working = asyncio.create_task(runner.run(stop))
        state = await container.requests.wait(await container.requests.ask(), longest=PATIENT)
        stop.set()
        await working
        return state

    return run(main())


class Interrupted:
    """A solver during whose first solve something else happens; it counts the tasks it saw."""

    def __init__(self, planner: Planner, meanwhile: Callable[[], object]) -> None:
        self.planner = planner
        self.meanwhile = meanwhile
        self.solved: list[int] = []

    async def __call__(self, problem: Problem) -> Plan:
        self.solved.append(len(problem.tasks))
        if len(self.solved) == 1:
            await asyncio.to_thread(self.meanwhile)
        return await solve(problem)

    def replan(self) -> None:
        """Do the waiting work with this solver, and store it."""
        container, key = self.planner.container, str(self.planner.container.account_id)
        want = self.planner.read(lambda s: work.wanted(s.session, REPLAN, key))
        job = ReplanJob(container.db, self.planner.clock, self)
        finish = run(job(Claim(kind=REPLAN, key=key, want=want)))
        assert finish.unit is not None
        container.db.write_now(finish.unit)


def test_a_question_that_a_change_overtook_is_asked_about_everything(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
    first = planner.add("Huge 9h in one go")
    planner.write(lambda s: s.tasks.edit(first.id, {"duration": timedelta(hours=1)}))
    solver = Interrupted(planner, lambda: planner.add("Call 30m"))
    assert work_with(planner, REQUEST, solver) is RequestState.ANSWERED
    assert solver.solved == [1, 2]
    [proposal] = run(planner.container.plans.proposals())
    assert proposal.state is ProposalState.PENDING
    assert {change["task_id"] for change in proposal.changes} == {first.id, first.id + 1}


class TestOvertaken:
    def test_the_plan_holds_with_what_came_meanwhile(self, planner: Planner) -> None:
        first = planner.add("Sort the photos 2h p1")
        second = planner.add("Call the lawyer 2h p10")
        solver = Interrupted(planner, lambda: planner.add("One more 1h"))
        solver.replan()
        assert solver.solved == [2]
        slots = {slot.task_id: slot for slot in planner.look().slots}
        assert slots[second.id].start < slots[first.id].start
        assert "First free time." in slots[second.id].reasons
        assert len(slots) == 3
        assert not any(slot.provisional for slot in slots.values())

    def test_what_came_meanwhile_is_still_planned_well(self, planner: Planner) -> None:
        planner.add("Write 1h")
        solver = Interrupted(planner, lambda: planner.add("One more 1h"))
        solver.replan()
        solver.replan()
        assert solver.solved == [1, 2]

    def test_what_was_seen_meanwhile_stays(self, planner: Planner) -> None:
        tasks = [planner.add(f"Work {number} 2h p1") for number in range(3)]
        planner.replan()
        planner.add("Urgent fix 3h must be done by today 13:00 p10")
        before: list[datetime] = []
        solver = Interrupted(
            planner, lambda: before.extend(planner.start_of(task) for task in tasks)
        )
        solver.replan()
        assert [planner.start_of(task) for task in tasks] == before

    def test_what_was_changed_meanwhile_is_placed_anew(self, planner: Planner) -> None:
        task = planner.add("Write 1h")
        later = planner.clock.now() + timedelta(days=3)
        solver = Interrupted(
            planner, lambda: planner.write(lambda s: s.tasks.edit(task.id, {"release": later}))
        )
        with suppress(Overtaken):
            solver.replan()
        planner.replan()
        assert planner.start_of(task) >= later

    def test_what_was_finished_or_deleted_meanwhile_is_gone(self, planner: Planner) -> None:
        done, gone, left = (planner.add(f"Write {number} 1h") for number in range(3))

        def meanwhile() -> None:
            planner.write(lambda s: s.tracking.complete(done.id))
            planner.write(lambda s: s.tasks.delete(gone.id))

        Interrupted(planner, meanwhile).replan()
        assert [slot.task_id for slot in planner.look().slots] == [left.id]

    def test_what_was_started_meanwhile_runs_now(self, planner: Planner) -> None:
        planner.clock.advance(timedelta(hours=1, minutes=30))
        first, second = planner.add("Write 1h"), planner.add("Read 1h")
        Interrupted(planner, lambda: planner.write(lambda s: s.tracking.start(second.id))).replan()
        assert planner.start_of(second) == planner.clock.now()
        assert planner.start_of(first) >= planner.slots(second)[0].end


def test_what_was_asked_for_is_not_planned_once_more(planner: Planner) -> None:
    planner.add("Write 1h")
    planner.request()
    assert planner.work(REPLAN) is False
    planner.add("Call 30m")
    assert planner.work(REPLAN) is True
    assert planner.work(REPLAN) is False


def test_a_burst_of_tasks_is_one_plan(planner: Planner) -> None:
    for number in range(50):
        planner.add(f"Step {number} 30m")
    key = str(planner.container.account_id)
    [row] = planner.read(lambda s: [s.session.get_one(Work, (REPLAN, key))])
    assert (row.want, row.done) == (50, 0)
    planner.work(REPLAN)
    assert [p.version for p in [planner.look().version] if p] == [1]
    assert planner.work(REPLAN) is False
