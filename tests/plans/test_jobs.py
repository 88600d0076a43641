"""The replan job: what it is asked for is answered by a plan that knows of every change."""

import asyncio

from dayloom.accounts.changes import REPLAN, REQUEST
from dayloom.infra.runner import Runner
from dayloom.infra.work import Work
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.plans.jobs import ReplanJob
from dayloom.plans.requests import RequestState
from tests.plans.conftest import Planner, solve
from tests.plans.test_requests import PATIENT
from tests.waiting import run


def test_a_request_that_a_change_overtook_is_answered_by_the_next_plan(planner: Planner) -> None:
    container, solved = planner.container, list[Problem]()
    first = planner.add("Write 1h")

    async def interrupted(problem: Problem) -> Plan:
        solved.append(problem)
        if len(solved) == 1:
            await container.write(lambda s: s.capture.add_lines("Call 30m"))
        return await solve(problem)

    async def main() -> RequestState:
        stop = asyncio.Event()
        jobs = {REQUEST: ReplanJob(container.db, planner.clock, interrupted)}
        signs = container.settings.signs_of_life
        runner = Runner(container.db, jobs, clock=planner.clock, signs=signs)
        working = asyncio.create_task(runner.run(stop))
        state = await container.requests.wait(await container.requests.ask(), longest=PATIENT)
        stop.set()
        await working
        return state

    assert run(main()) is RequestState.ANSWERED
    assert [len(problem.tasks) for problem in solved] == [1, 2]
    [proposal] = run(container.plans.proposals())
    assert {change["task_id"] for change in proposal.changes} == {first.id, first.id + 1}


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
