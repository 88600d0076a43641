"""The net below everything: what was forgotten is planned, once, and without a loop."""

from datetime import timedelta

from sqlalchemy import update

from dayloom.accounts.changes import REPLAN
from dayloom.infra import work
from dayloom.infra.work import Claim, Work
from dayloom.plans.sweep import EVERY, SWEEP, SweepJob
from dayloom.preferences.models import PlanMode
from tests.plans.conftest import Planner

MINUTE = timedelta(minutes=1)


def wanted(planner: Planner) -> int:
    return planner.read(lambda s: work.wanted(s.session, REPLAN, str(s.account_id)))


def settle(planner: Planner) -> None:
    """Have the worker end what it was asked for, or lose it."""
    done = update(Work).where(Work.kind == REPLAN).values(done=Work.want)
    planner.container.db.write_now(lambda session: session.execute(done))


def sweep(planner: Planner) -> int:
    """Sweep once, and return how many plans that asked for."""
    before = wanted(planner)
    job = SweepJob(planner.container.db, planner.clock)
    finish = planner.run(job(Claim(kind=SWEEP, key="all", want=1)))
    assert finish.again_at == planner.clock.now() + EVERY
    if finish.unit is not None:
        planner.container.db.write_now(finish.unit)
    return wanted(planner) - before


def test_a_quiet_day_is_left_alone(planner: Planner) -> None:
    planner.add("Write 1h")
    planner.replan()
    settle(planner)
    assert sweep(planner) == 0


def test_a_task_whose_plan_got_lost_is_found(planner: Planner) -> None:
    planner.replan()
    planner.add("Write 1h")
    settle(planner)  # and no plan was made
    assert sweep(planner) == 0
    planner.clock.advance(MINUTE)
    assert sweep(planner) == 1


def test_what_is_asked_for_already_is_not_asked_again(planner: Planner) -> None:
    planner.add("Write 1h")
    planner.clock.advance(MINUTE)
    assert sweep(planner) == 0


def test_what_was_given_up_is_not_tried_for_ever(planner: Planner) -> None:
    planner.add("Write 1h")
    planner.clock.advance(MINUTE)
    parked = update(Work).where(Work.kind == REPLAN).values(parked_at=planner.clock.now())
    planner.container.db.write_now(lambda session: session.execute(parked))
    assert sweep(planner) == 0


def test_an_unstarted_task_is_found_and_then_left_alone(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    settle(planner)
    planner.clock.moment = planner.start_of(task) + 20 * MINUTE
    assert sweep(planner) == 1
    planner.replan()
    settle(planner)
    assert sweep(planner) == 0


def test_an_old_plan_is_made_anew_twice_a_day(planner: Planner) -> None:
    planner.add("Write 1h not before 2026-11-30")
    planner.replan()
    settle(planner)
    planner.clock.advance(timedelta(hours=12))
    assert sweep(planner) == 1


def test_who_plans_by_hand_is_left_alone(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
    planner.add("Write 1h")
    settle(planner)
    planner.clock.advance(timedelta(days=1))
    assert sweep(planner) == 0
