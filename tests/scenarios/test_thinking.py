"""Planning a scenario through: beside the plan, without touching it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from dayloom.accounts.changes import SCENARIO, scenario_key
from dayloom.bootstrap import Services
from dayloom.infra import work
from dayloom.infra.errors import Conflict, NotFound
from dayloom.infra.work import Claim, Overtaken, Work
from dayloom.planning.difference import Kind
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.plans.jobs import BrokenPlan
from dayloom.plans.truth import FIRST_IMAGINED
from dayloom.scenarios.jobs import ScenarioJob
from dayloom.scenarios.models import Scenario
from dayloom.scenarios.service import State, Told
from tests.plans.conftest import solve
from tests.scenarios.conftest import BERLIN, Thinker
from tests.waiting import PATIENCE, run, until


def test_a_meeting_pushes_what_lies_there_and_nothing_is_stored(thinker: Thinker) -> None:
    task = thinker.add("Write the report 3h due today 12:00")
    thinker.replan()
    start = thinker.start_of(task)
    told = thinker.thought("board meeting today 9:00 2h")
    assert told.state is State.SOLVED
    assert told.outcome is not None
    (moved,) = [one for one in told.outcome.changes if one.task_id == task.id]
    assert (moved.kind, moved.before[0].start) == (Kind.MOVED, start)
    assert moved.after[0].start == thinker.at(0, "11:00")
    (risk,) = told.outcome.risks
    assert (risk.task_id, risk.late_before, risk.late_after) == (task.id, 0, 120)
    totals = told.outcome.totals
    assert (totals.at_risk_before, totals.at_risk_after) == (0, 1)
    assert (totals.late_minutes_before, totals.late_minutes_after) == (0, 120)
    assert (totals.moved_tasks, totals.moved_minutes) == (1, 120)
    assert thinker.start_of(task) == start
    assert len(thinker.look().slots) == 1


def test_a_day_off_empties_that_day(thinker: Thinker) -> None:
    for number in range(5):
        thinker.add(f"Part {number} 7h")
    thinker.replan()
    told = thinker.thought("take Wednesday off")
    assert told.outcome is not None
    wednesday = thinker.at(2, "00:00").date()
    after = {slot.start.astimezone(BERLIN).date() for slot in told.outcome.after.slots}
    assert wednesday not in after
    assert len(after) == 5


def test_extra_work_is_planned_in_pieces_by_its_date(thinker: Thinker) -> None:
    told = thinker.thought("client X adds 10 h by Thursday")
    assert told.outcome is not None
    slots = [s for s in told.outcome.after.slots if s.task_id == FIRST_IMAGINED]
    assert sum((s.end - s.start for s in slots), timedelta(0)) == timedelta(hours=10)
    assert max(slot.end for slot in slots) <= thinker.at(4, "00:00")
    assert told.outcome.risks == ()


def test_more_hours_make_room_in_time(thinker: Thinker) -> None:
    thinker.add("Write 10h due Tuesday in pieces of 1-2h")
    thinker.add("Pack 8h due Tuesday in pieces of 1-2h")
    thinker.replan()
    told = thinker.thought("work today 17:00-20:00")
    assert told.outcome is not None
    totals = told.outcome.totals
    assert (totals.at_risk_before, totals.at_risk_after) == (1, 0)
    assert totals.late_minutes_after == 0
    tonight = [s for s in told.outcome.after.slots if s.end.astimezone(BERLIN).hour > 17]
    assert {slot.end.astimezone(BERLIN).date() for slot in tonight} == {
        thinker.at(0, "00:00").date()
    }


def test_without_a_task_its_dependents_go_on(thinker: Thinker) -> None:
    first = thinker.add("Draft 2h")
    second = thinker.add(f"Send 1h after #{first.id}")
    thinker.replan()
    told = thinker.thought(f"without #{first.id}")
    assert told.outcome is not None
    assert {slot.task_id for slot in told.outcome.after.slots} == {second.id}
    assert {slot.task_id for slot in told.outcome.before.slots} == {first.id, second.id}


def test_several_things_at_once(thinker: Thinker) -> None:
    told = thinker.thought(
        "take Friday off\nclient X adds 10 h by Thursday; meeting Tuesday 14:00 2h"
    )
    assert len(told.suppositions) == 3
    assert told.outcome is not None
    numbers = {slot.task_id for slot in told.outcome.after.slots}
    assert numbers == {FIRST_IMAGINED + 1, FIRST_IMAGINED + 2}


def test_what_changes_meanwhile_overtakes_it(thinker: Thinker) -> None:
    scenario = thinker.say("take Friday off")
    with pytest.raises(Overtaken):
        thinker.think(scenario, meanwhile=lambda: thinker.add("Call 30 min"))
    assert thinker.told(scenario).state is State.WAITING
    assert thinker.think(scenario).state is State.SOLVED


def test_a_changed_world_makes_it_out_of_date_and_a_look_has_it_solved_again(
    thinker: Thinker,
) -> None:
    told = thinker.thought("take Friday off")
    thinker.add("Call 30 min")
    assert thinker.told(told.id).state is State.OUTDATED
    assert thinker.write(lambda s: s.scenarios.refresh()) is True
    assert thinker.write(lambda s: s.scenarios.refresh()) is False
    again = thinker.think(told.id)
    assert again.state is State.SOLVED
    assert again.outcome is not None
    assert len(again.outcome.after.slots) == 1


def test_a_new_plan_makes_it_out_of_date(thinker: Thinker) -> None:
    thinker.add("Call 30 min")
    told = thinker.thought("take Friday off")
    thinker.replan()
    assert thinker.told(told.id).state is State.OUTDATED


def test_time_that_goes_by_makes_it_out_of_date(thinker: Thinker) -> None:
    thinker.add("Call 30 min")
    thinker.replan()
    told = thinker.thought("take Friday off")
    thinker.clock.advance(timedelta(minutes=30))
    assert thinker.told(told.id).state is State.SOLVED
    thinker.clock.advance(timedelta(hours=2))
    assert thinker.told(told.id).state is State.OUTDATED


def test_a_task_that_is_gone_cannot_be_left_out_any_more(thinker: Thinker) -> None:
    task = thinker.add("Call 30 min")
    scenario = thinker.say(f"without #{task.id}")
    thinker.write(lambda s: s.tasks.delete(task.id))
    told = thinker.think(scenario)
    assert told.state is State.IMPOSSIBLE
    assert told.complaint == f"There is no open task #{task.id} any more."


def test_one_that_is_thrown_away_while_it_is_solved_is_not_missed(thinker: Thinker) -> None:
    scenario = thinker.say("take Friday off")
    with pytest.raises(NotFound):
        thinker.think(
            scenario, meanwhile=lambda: thinker.write(lambda s: s.scenarios.remove(scenario))
        )
    assert thinker.read(lambda s: s.scenarios.all()) == []


def test_what_need_not_move_stays_though_nobody_has_looked_yet(thinker: Thinker) -> None:
    for words in ("Write 3h due Thursday", "Call 30 min", "Sort 2h due Friday", "Read 2h"):
        thinker.add(words)
    thinker.replan()
    told = thinker.thought("dentist Friday 9:00 1h")
    assert told.outcome is not None
    assert [change.task_id for change in told.outcome.changes] == [FIRST_IMAGINED]


def test_they_take_turns(thinker: Thinker) -> None:
    scenarios = [thinker.say(f"take {day} off") for day in ("Wednesday", "Thursday", "Friday")]
    together = most = 0

    async def watched(problem: Problem) -> Plan:
        nonlocal together, most
        together += 1
        most = max(most, together)
        found = await solve(problem)
        await asyncio.sleep(0)
        together -= 1
        return found

    async def main() -> None:
        job = ScenarioJob(thinker.container.db, thinker.clock, watched)
        keys = [scenario_key(thinker.container.account_id, number) for number in scenarios]
        await asyncio.gather(*(job(Claim(kind=SCENARIO, key=key, want=1)) for key in keys))

    thinker.run(main())
    assert most == 1


def test_what_the_worker_has_given_up_says_so(thinker: Thinker) -> None:
    scenario = thinker.say("take Friday off")
    key = scenario_key(thinker.container.account_id, scenario)

    def park(session: Session) -> None:
        session.get_one(Work, (SCENARIO, key)).parked_at = thinker.clock.now()

    thinker.container.db.write_now(park)
    told = thinker.told(scenario)
    assert told.state is State.FAILED
    assert told.sentence == "The planner has failed at it; the log of the worker says why."
    with pytest.raises(Conflict, match="The planner has failed at this what-if"):
        thinker.keep(scenario)


def test_a_broken_plan_is_never_stored(thinker: Thinker) -> None:
    thinker.add("Write 2h")
    thinker.replan()
    scenario = thinker.say("take Friday off")

    async def broken(problem: Problem) -> Plan:
        assert problem.tasks
        return Plan()

    job = ScenarioJob(thinker.container.db, thinker.clock, broken)
    key = scenario_key(thinker.container.account_id, scenario)
    with pytest.raises(BrokenPlan):
        thinker.run(job(Claim(kind=SCENARIO, key=key, want=1)))
    assert thinker.told(scenario).outcome is None


def test_waiting_ends_with_the_answer_even_if_the_world_changes_twice(thinker: Thinker) -> None:
    told = thinker.thought("take Friday off")
    thinker.add("Call 30 min")
    thinker.clock.advance(timedelta(seconds=1))
    answers, key = thinker.container.scenario_answers, told.id

    async def main() -> Told:
        waiting = asyncio.create_task(answers.look(key, longest=timedelta(seconds=PATIENCE)))
        await until(lambda: wanted(thinker, key) == 2, "asked for once")
        await asyncio.to_thread(store_of_a_world_gone_by, thinker, key)
        await until(lambda: wanted(thinker, key) == 3, "asked for once more")
        await asyncio.to_thread(thinker.think, key)
        return await waiting

    assert run(main()).state is State.SOLVED


def wanted(thinker: Thinker, scenario: int) -> int:
    key = scenario_key(thinker.container.account_id, scenario)
    return thinker.read(lambda s: work.wanted(s.session, SCENARIO, key))


def store_of_a_world_gone_by(thinker: Thinker, scenario: int) -> None:
    """Let the worker answer, and the world move on before anybody could look."""

    def unit(s: Services) -> None:
        row = s.session.get_one(Scenario, scenario)
        row.solved_at = s.now
        s.session.get_one(Work, (SCENARIO, scenario_key(s.account_id, scenario))).done = 2

    thinker.write(unit)
