"""Lines are typed, and a plan is made: does it hold, and does it stay?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dayloom.accounts.changes import PRIORITIES, READING, REPLAN
from dayloom.bootstrap import Services
from dayloom.evaluation.checking import broken_rules, stored_plan
from dayloom.evaluation.found import Found, Share
from dayloom.evaluation.stage import BUDGET, Stage
from dayloom.planning.interval import Interval
from dayloom.planning.solve import plan as solve

WORK = (READING, PRIORITIES, REPLAN)
A_LONG_TIME = timedelta(weeks=12)
Places = Mapping[int, Sequence[Interval]]


async def plan_day(stage: Stage) -> Found:
    """Add the lines and plan; then add one more task, and see what moves."""
    scenario = stage.scenario
    once = stage.write(lambda services: _add(services, scenario.say))
    await stage.settle(*WORK)
    before = _places(stage)
    steady = _is_steady(stage)
    if "after" in scenario.given:
        await _look_at_it(stage)
        stage.write(lambda services: _add(services, scenario.given["after"]))
        await stage.settle(*WORK)
    after = _places(stage)
    return Found(
        values=_counted(once, before),
        violations=broken_rules(stage),
        preferred=_preferred(scenario.given["expect"].get("prefer", ()), before, scenario.zone),
        moved=Share(hit=sum(after.get(n) != place for n, place in before.items()), of=len(before)),
        steady=steady,
        calls=stage.executions(),
    )


def _add(services: Services, lines: str) -> list[int]:
    """Add lines, and return the tasks among them that happen once."""
    tasks = services.capture.add_lines(lines).tasks
    return [task.id for task in tasks if task.series_id is None]


def _counted(once: Sequence[int], places: Places) -> dict[str, Any]:
    placed = sum(number in places for number in once)
    return {"placed": placed, "unplaced": len(once) - placed}


def _places(stage: Stage) -> Places:
    _, plan = stored_plan(stage)
    return plan.by_task()


def _is_steady(stage: Stage) -> bool:
    """Tell whether the last problem has the same plan when it is solved once more."""
    problem, plan = stage.solved[-1]
    return solve(problem, BUDGET).slots == plan.slots


async def _look_at_it(stage: Stage) -> None:
    now = stage.container.clock.now()
    await stage.container.plans.mark_seen(now, now + A_LONG_TIME)


def _preferred(wishes: Sequence[Mapping[str, Any]], places: Places, zone: ZoneInfo) -> Share:
    met = [_lies_in(places.get(wish["task"], ()), wish["window"], zone) for wish in wishes]
    return Share(hit=sum(met), of=len(met))


def _lies_in(place: Sequence[Interval], window: Sequence[str], zone: ZoneInfo) -> bool:
    return bool(place) and all(
        window[0] <= moment <= window[1] for piece in place for moment in _clocks(piece, zone)
    )


def _clocks(piece: Interval, zone: ZoneInfo) -> Iterator[str]:
    yield from (f"{moment.astimezone(zone):%H:%M}" for moment in (piece.start, piece.end))
