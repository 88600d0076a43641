"""Thursday's run stays on Thursday, in the evening, and does not jump to a free Monday noon."""

from dayloom.planning.problem import Preference, Task
from tests.planning.builders import at, busy, office, span, task, week
from tests.planning.scenarios.conftest import Planner

WINDOWS = {"evening": office("18:00", "20:00")}
MAPS = {"work": office(), "any": office("07:00", "21:00")}


def run(day: str) -> Task:
    return task(
        1,
        45,
        hours="any",
        asap=False,
        release=at(f"{day} 00:00"),
        deadline=at(f"{day} 23:00"),
        preferred=(Preference(window="evening"),),
    )


def test_the_habit_lies_in_its_window_on_its_day(planned: Planner) -> None:
    (piece,) = planned(week(run("thu"), hours=MAPS, windows=WINDOWS)).by_task()[1]
    assert span("thu 18:00", "20:00").covers(piece)


def test_a_full_evening_moves_it_within_the_day(planned: Planner) -> None:
    party = busy(7, "thu 17:00", "21:00")
    problem = week(run("thu"), hours=MAPS, windows=WINDOWS, busy=(party,))
    (piece,) = planned(problem).by_task()[1]
    assert span("thu 07:00", "17:00").covers(piece)


def test_work_goes_on_around_it(planned: Planner) -> None:
    problem = week(run("mon"), task(2, 480), hours=MAPS, windows=WINDOWS)
    assert planned(problem).by_task()[2] == (span("mon 09:00", "17:00"),)
