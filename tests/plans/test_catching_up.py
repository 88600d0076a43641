"""After a bad day: all that is overdue gets a place anew in one go, and the rest stays."""

from datetime import timedelta

import pytest

from dayloom.infra.errors import Conflict
from dayloom.plans.models import Cause, ProposalState
from dayloom.plans.totals import Totals
from dayloom.preferences.models import PlanMode
from tests.plans.conftest import Planner
from tests.plans.test_modes import HOUR, seen_day


def test_a_day_that_went_by_is_put_into_the_days_to_come(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"overdue_mode": PlanMode.MANUAL}))
    tasks = seen_day(planner)
    later = planner.add("Later 1h not before Wednesday")
    planner.request()
    stays = planner.start_of(later)
    planner.clock.advance(timedelta(days=1))
    done = planner.run(planner.container.plans.catch_up())
    assert (done.state, done.cause) == (ProposalState.ACCEPTED, Cause.CAUGHT_UP)
    now = planner.clock.now()
    assert all(planner.start_of(task) >= now for task in tasks)
    assert planner.start_of(later) == stays
    totals = Totals.from_json(done.totals)
    assert (totals.at_risk_before, totals.at_risk_after) == (len(tasks), 0)


def test_with_nothing_overdue_it_says_so(planner: Planner) -> None:
    seen_day(planner)
    with pytest.raises(Conflict, match="Nothing is overdue"):
        planner.run(planner.container.plans.catch_up())


def test_a_date_that_is_over_makes_overdue_and_a_pin_ahead_does_not(planner: Planner) -> None:
    late, pinned = planner.add("Write 1h due today 10:00"), planner.add("Read 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(pinned.id, planner.clock.now() + 30 * HOUR))
    planner.clock.advance(4 * HOUR)
    done = planner.run(planner.container.plans.catch_up())
    assert {change["task_id"] for change in done.changes} == {late.id}
    assert planner.start_of(late) >= planner.clock.now()
    assert planner.slots(pinned)[0].pinned
