"""Hours over midnight are one stretch, and their work counts on the days on which it is done."""

from dataclasses import replace
from datetime import date, timedelta

from dayloom.planning.problem import Cap, Task
from tests.planning.builders import HOUR
from tests.planning.scenarios.conftest import Planner
from tests.planning.scenarios.nights import BERLIN, night

FRIDAY = date(2026, 11, 27)


def test_a_task_runs_through_midnight_in_one_piece(planned: Planner) -> None:
    problem = night(FRIDAY, Task(id=1, duration=4 * HOUR), days=2, hours=(22, 2))
    (slot,) = planned(problem).slots
    assert [f"{t.astimezone(BERLIN):%a %H:%M}" for t in (slot.start, slot.end)] == [
        "Fri 22:00",
        "Sat 02:00",
    ]


def test_the_night_before_belongs_to_the_first_day(planned: Planner) -> None:
    problem = night(FRIDAY, Task(id=1, duration=HOUR), days=2, hours=(22, 2))
    (slot,) = planned(problem).slots
    assert f"{slot.start.astimezone(BERLIN):%a %H:%M}" == "Fri 00:00"


def test_each_day_pays_for_its_own_part_of_the_night(planned: Planner) -> None:
    problem = night(FRIDAY, Task(id=1, duration=4 * HOUR), days=3, hours=(22, 2))
    tight = Cap(limits=(4 * HOUR, HOUR, 4 * HOUR))
    assert planned(replace(problem, caps=(tight,))).slots == ()
    enough = Cap(limits=(2 * HOUR, 2 * HOUR, timedelta(0)))
    assert len(planned(replace(problem, caps=(enough,))).slots) == 1
