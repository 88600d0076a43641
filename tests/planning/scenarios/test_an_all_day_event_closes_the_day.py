"""A day off blocks the whole local day and not a minute of its neighbours."""

from dayloom.planning.explain import explain
from dayloom.planning.reason import Code
from tests.planning.builders import busy, span, task, week
from tests.planning.scenarios.conftest import Planner

DAY_OFF = busy(7, "mon 00:00", "tue 00:00")


def test_work_starts_the_next_morning_and_says_why(planned: Planner) -> None:
    problem = week(task(), busy=(DAY_OFF,))
    plan = planned(problem)
    assert plan.by_task()[1] == (span("tue 09:00", "10:00"),)
    reasons = {reason.code: reason for reason in explain(problem, plan)[1]}
    assert reasons[Code.NOT_BEFORE_EVENT].event_id == 7


def test_two_events_at_one_time_block_once(planned: Planner) -> None:
    double = (busy(7, "mon 09:00", "11:00"), busy(8, "mon 10:00", "10:30"))
    assert planned(week(task(), busy=double)).by_task()[1] == (span("mon 11:00", "12:00"),)


def test_an_event_without_duration_blocks_nothing(planned: Planner) -> None:
    reminder = busy(7, "mon 09:32", "09:32")
    assert planned(week(task(), busy=(reminder,))).by_task()[1] == (span("mon 09:00", "10:00"),)
