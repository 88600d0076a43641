"""The worker's solver: nothing waits for it, and a plan comes whatever becomes of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Status
from dayloom.planning.problem import Problem, Task
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding
from dayloom.worker import Doctor, WarmSolver
from tests.infra.crew import ROOT
from tests.waiting import run, until

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = Interval(START, START + timedelta(days=1))
PROBLEM = Problem(
    now=START,
    horizon=DAY,
    tasks=(Task(id=1, duration=timedelta(hours=1)),),
    hours={"work": (DAY,)},
    days=(DAY,),
)


@dataclass
class Moody:
    """A solver, the file that says how it feels, and how often it became ready."""

    mood: Path
    ready: list[str] = field(default_factory=list)

    async def told(self) -> None:
        self.ready.append("ready")

    @asynccontextmanager
    async def solving(self) -> AsyncIterator[WarmSolver]:
        solver = WarmSolver(self.told, module="tests.moody_solver")
        try:
            yield solver
        finally:
            await solver.close()


@pytest.fixture
def moody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Moody:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("MOOD", str(tmp_path / "mood"))
    return Moody(tmp_path / "mood")


async def status(solver: WarmSolver) -> Status:
    plan = await solver(PROBLEM)
    assert len(plan.slots) == 1
    return plan.status


def test_what_comes_before_it_is_ready_is_planned_at_once(moody: Moody) -> None:
    async def main() -> None:
        moody.mood.write_text("well")
        async with moody.solving() as solver:
            assert await status(solver) is Status.PROVISIONAL
            await until(lambda: moody.ready, "it is ready")
            assert await status(solver) is Status.OPTIMAL

    run(main())


def test_one_that_cannot_start_is_tried_again_with_the_next_plan(moody: Moody) -> None:
    async def main() -> None:
        moody.mood.write_text("cold")
        async with moody.solving() as solver:
            for _ in range(3):
                assert await status(solver) is Status.PROVISIONAL
            assert not moody.ready
            moody.mood.write_text("well")
            while not moody.ready:
                await status(solver)
            assert await status(solver) is Status.OPTIMAL

    run(main())


def test_one_that_breaks_costs_no_plan(moody: Moody) -> None:
    async def main() -> None:
        moody.mood.write_text("well")
        async with moody.solving() as solver:
            await until(lambda: moody.ready, "it is ready")
            moody.mood.write_text("broken")
            assert await status(solver) is Status.PROVISIONAL
            moody.mood.write_text("well")
            await until(lambda: len(moody.ready) == 2, "it is ready again by itself")
            assert await status(solver) is Status.OPTIMAL

    run(main())


def test_a_look_that_breaks_tells_nothing_and_the_next_one_is_well(moody: Moody) -> None:
    async def main() -> None:
        moody.mood.write_text("broken")
        doctor, demand = Doctor(module="tests.moody_solver"), Demand(PROBLEM, Plan(), 1)
        nothing = Diagnosis(task_id=1, late=False, finding=Finding.UNKNOWN)
        assert await doctor(demand) == nothing
        moody.mood.write_text("well")
        assert (await doctor(demand)).finding is Finding.POSSIBLE
        await doctor.close()

    run(main())
