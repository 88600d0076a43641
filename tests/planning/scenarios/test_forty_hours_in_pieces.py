"""A thesis of forty hours: it lies around the meetings, in pieces neither tiny nor endless."""

from datetime import timedelta

from dayloom.planning.plan import Obstacle
from tests.planning.builders import DAYS, HOUR, at, busy, office, task, week
from tests.planning.scenarios.conftest import Planner

THESIS = {"min_chunk": HOUR, "max_chunk": 4 * HOUR}


def test_forty_hours_fill_a_week_of_forty(planned: Planner) -> None:
    pieces = planned(week(task(1, 2400, **THESIS))).by_task()[1]
    assert sum((piece.duration for piece in pieces), timedelta(0)) == 40 * HOUR
    assert all(HOUR <= piece.duration <= 4 * HOUR for piece in pieces)


def test_it_lies_around_the_meetings(planned: Planner) -> None:
    daily = tuple(busy(k, f"{day} 10:30", "11:00") for k, day in enumerate(DAYS[:5]))
    pieces = planned(week(task(1, 2100, **THESIS), busy=daily)).by_task()[1]
    assert sum((piece.duration for piece in pieces), timedelta(0)) == 35 * HOUR
    assert not any(piece.overlaps(entry.interval) for piece in pieces for entry in daily)


def test_it_is_planned_wholly_or_not_at_all(planned: Planner) -> None:
    plan = planned(week(task(1, 2400, **THESIS), busy=(busy(7, "wed 09:00", "09:30"),)))
    (missed,) = plan.unplaced
    assert missed.obstacle is Obstacle.NO_ROOM
    assert missed.missing == HOUR / 2
    assert plan.slots == ()


def test_gaps_below_the_smallest_piece_are_left_alone(planned: Planner) -> None:
    """Twenty minutes between two meetings are no place for a piece of an hour."""
    crowded = (busy(7, "mon 09:00", "11:00"), busy(8, "mon 11:20", "13:00"))
    pieces = planned(week(task(1, 300, **THESIS), busy=crowded)).by_task()[1]
    assert pieces[0].start == at("mon 13:00")


def test_no_piece_crosses_the_night(planned: Planner) -> None:
    pieces = planned(week(task(1, 1200, **THESIS))).by_task()[1]
    assert all(any(day.covers(piece) for day in office()) for piece in pieces)
