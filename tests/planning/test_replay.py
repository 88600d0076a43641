"""Problems and plans survive a file exactly, and a bad file is refused with a sentence."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Plan
from dayloom.planning.problem import InvalidProblem, Problem
from dayloom.planning.replay import (
    dump_plan,
    dump_problem,
    load_plan,
    load_problem,
    plan_from_json,
    problem_from_json,
    problem_to_json,
)
from tests.planning.builders import at, office, task, week
from tests.planning.generators import problems, seeded_problem


@given(problems)
@settings(max_examples=60, deadline=None)
def test_a_problem_comes_back_as_it_was(problem: Problem) -> None:
    assert load_problem(dump_problem(problem)) == problem


def test_a_plan_comes_back_as_it_was_and_is_made_again_from_the_file() -> None:
    for seed in range(40):
        problem = seeded_problem(seed)
        plan = plan_earliest(problem)
        assert load_plan(dump_plan(plan)) == plan
        assert plan_earliest(load_problem(dump_problem(problem))) == plan


def test_hour_maps_keep_their_order() -> None:
    maps = {name: office() for name in ("zebra", "work", "any")}
    problem = load_problem(dump_problem(week(task(), hours=maps)))
    assert list(problem.hours) == ["zebra", "work", "any"]


def test_instants_are_the_same_in_any_zone_and_to_the_microsecond() -> None:
    now = datetime(2026, 3, 2, 1, 0, 0, 17, timezone(timedelta(hours=5, minutes=45)))
    loaded = load_problem(dump_problem(week(now=now)))
    assert loaded.now == now
    assert loaded.now.tzinfo is UTC


def test_odd_durations_are_exact() -> None:
    buffer = timedelta(minutes=7, microseconds=1)
    assert load_problem(dump_problem(week(buffer=buffer))).buffer == buffer


def test_a_file_is_plain_to_read() -> None:
    stored = problem_to_json(week(task(7, 90, deadline=at("tue 12:00")), hours={"work": ()}))
    assert stored["version"] == 1
    assert stored["tasks"] == [{"id": 7, "duration": 5400, "deadline": "2026-03-03T12:00:00Z"}]


def changed(path: str, value: object) -> dict[str, Any]:
    """Return a good file with the value at `path` replaced, or left out for `...`."""
    stored: dict[str, Any] = json.loads(dump_problem(week(task(7, deadline=at("tue 12:00")))))
    *way, last = path.split(".")
    spot: Any = stored
    for name in way:
        spot = spot[int(name)] if isinstance(spot, list) else spot[name]
    if value is ...:
        del spot[last]
    else:
        spot[last] = value
    return stored


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("format", "dayloom.plan", "this is no dayloom.problem file"),
        ("version", 2, "this file has version 2; version 1 can be read"),
        ("now", ..., "the problem: an object with 'now' is expected"),
        ("extra", 1, "the problem: an object without 'extra' is expected"),
        ("now", 5, "the problem.now: an instant such as 2026-03-02T09:00:00Z is expected"),
        ("now", "2026-03-02T09:00:00", "the problem.now: an instant with its offset from UTC"),
        ("now", "soon", "the problem.now: an instant such as"),
        ("now", "0001-01-01T00:00:00+14:00", "the problem.now: an instant such as"),
        ("horizon", ["2026-03-02T09:00:00Z"], "the problem.horizon: a pair of instants"),
        (
            "horizon",
            ["2026-03-03T00:00:00Z", "2026-03-02T00:00:00Z"],
            "the problem.horizon: an interval that does not end before it starts",
        ),
        ("tasks", {}, "the problem.tasks: a list is expected"),
        ("tasks.0.id", "7", "the problem.tasks[0].id: a whole number is expected"),
        ("tasks.0.id", True, "the problem.tasks[0].id: a whole number is expected"),
        ("tasks.0.duration", "1h", "the problem.tasks[0].duration: a number of seconds"),
        ("tasks.0.duration", float("nan"), "duration: a number of seconds is expected"),
        ("tasks.0.duration", 1e300, "duration: a number of seconds is expected"),
        ("tasks.0.duration", 301, "task 7: a duration is 5 minutes to 40 hours"),
        ("tasks.0.running", 1, "the problem.tasks[0].running: true or false is expected"),
        ("tasks.0.hours", None, "the problem.tasks[0].hours: a text is expected"),
        ("tasks.0.hours", "play", "task 7: there is no hour map named 'play'"),
        ("hours", [], "the problem.hours: an object is expected"),
        ("hours.work", None, "the problem.hours.work: a list is expected"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(path: str, value: object, sentence: str) -> None:
    with pytest.raises(InvalidProblem) as refusal:
        problem_from_json(changed(path, value))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b"[]", b"null", b"1"])
def test_what_is_no_file_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidProblem):
        load_problem(data)
    with pytest.raises(InvalidProblem):
        load_plan(data)


def test_an_unknown_status_names_the_known_ones() -> None:
    stored = json.loads(dump_plan(Plan())) | {"status": "perfect"}
    with pytest.raises(InvalidProblem, match="one of optimal, bounded, provisional"):
        plan_from_json(stored)
