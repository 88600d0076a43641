"""What a plan says about tasks without a place is checked against the facts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dayloom.planning.leftover import forgotten
from dayloom.planning.plan import Obstacle, Plan, Unplaced
from dayloom.planning.problem import Cap, Precedence, Problem
from dayloom.planning.verify import Rule, verify
from tests.planning.builders import at, busy, office, plan_of, span, task, week

NINE = span("mon 09:00", "10:00")
MAPS = {"work": office(), "short": office("09:00", "09:30"), "never": ()}


def broken(problem: Problem, plan: Plan) -> list[Rule]:
    return [violation.rule for violation in verify(problem, plan)]


@pytest.mark.parametrize(
    ("obstacle", "true", "false"),
    [
        (Obstacle.NO_HOURS, {"hours": "never"}, {}),
        (Obstacle.NO_HOURS, {"deadline": at("mon 09:04")}, {"deadline": at("mon 09:05")}),
        (Obstacle.TOO_LONG, {"hours": "short"}, {}),
        (Obstacle.DEADLINE, {"deadline": at("mon 08:55")}, {"deadline": at("mon 09:00")}),
        (
            Obstacle.DEADLINE,
            {"release": at("mon 09:01"), "deadline": at("mon 10:04")},
            {"release": at("mon 09:00"), "deadline": at("mon 10:04")},
        ),
        (Obstacle.WAITS, {"after": (Precedence(task_id=2),)}, {"after": (Precedence(task_id=3),)}),
        (Obstacle.WAITS, {"after": (Precedence(task_id=2),)}, {}),
    ],
)
def test_an_obstacle_is_true(
    obstacle: Obstacle, true: dict[str, Any], false: dict[str, Any]
) -> None:
    others = (task(2), task(3))
    plan = plan_of(
        (3, NINE),
        unplaced=(
            Unplaced(task_id=1, obstacle=obstacle),
            Unplaced(task_id=2, obstacle=Obstacle.NO_ROOM),
        ),
    )
    assert broken(week(task(1, **true), *others, hours=MAPS), plan) == []
    assert broken(week(task(1, **false), *others, hours=MAPS), plan) == [Rule.REASON]


def test_a_cap_is_only_blamed_where_there_is_one() -> None:
    plan = Plan(unplaced=(Unplaced(task_id=1, obstacle=Obstacle.DAILY_CAP),))
    assert broken(week(task()), plan) == [Rule.REASON]
    assert broken(week(task(), caps=(Cap(limits=(timedelta(0),) * 7),)), plan) == []


def test_a_pinned_successor_is_only_blamed_where_there_is_one() -> None:
    gone = Unplaced(task_id=1, obstacle=Obstacle.BEFORE_PINNED, because_of=(2,))
    plan = plan_of((2, NINE), unplaced=(gone,))
    assert broken(week(task(1, 120), task(2)), plan) == [Rule.REASON]
    pinned = task(2, pinned=(NINE,), after=(Precedence(task_id=1),))
    assert broken(week(task(1, 120), pinned), plan) == []


def test_events_leave_nothing() -> None:
    plan = Plan(unplaced=(Unplaced(task_id=1, obstacle=Obstacle.EVENTS),))
    away = busy(9, "mon 00:00", "sun 00:00")
    assert broken(week(task(), busy=(away,)), plan) == []
    nearly = busy(9, "mon 09:05", "sun 00:00")
    assert broken(week(task(), busy=(nearly,)), plan) == [Rule.REASON]


def test_events_leave_too_little() -> None:
    plan = Plan(unplaced=(Unplaced(task_id=1, obstacle=Obstacle.TOO_LONG),))
    crowded = tuple(
        busy(k, f"{day} 09:55", "17:00") for k, day in enumerate(("mon", "tue", "wed"))
    )
    away = busy(9, "thu 00:00", "sun 00:00")
    assert broken(week(task(), busy=(*crowded, away)), plan) == []
    assert broken(week(task(1, 55), busy=(*crowded, away)), plan) == [Rule.REASON]


@pytest.mark.parametrize(
    "fields", [{"missing": timedelta(0)}, {"because_of": (1,)}, {"because_of": (5,)}]
)
def test_what_an_obstacle_names_makes_sense(fields: dict[str, Any]) -> None:
    gone = Unplaced(task_id=1, obstacle=Obstacle.NO_ROOM, **fields)
    assert broken(week(task()), Plan(unplaced=(gone,))) == [Rule.REASON]


def test_a_task_that_would_fit_is_forgotten() -> None:
    problem = week(task(1), task(2, 480), hours={"work": (span("mon 09:00", "17:00"),)})
    gone = Unplaced(task_id=1, obstacle=Obstacle.NO_ROOM)
    full = plan_of((2, span("mon 09:00", "17:00")), unplaced=(gone,))
    assert list(forgotten(problem, full)) == []
    roomy = replace(problem, tasks=(task(1), task(2, 420)))
    assert list(forgotten(roomy, plan_of((2, span("mon 09:00", "16:00")), unplaced=(gone,)))) == [
        1
    ]
