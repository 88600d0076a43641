"""What a place would cost, asked over REST."""

from typing import Any

import pytest

from tests.api.conftest import Api

AT_TWO = "2026-11-24T14:00:00+01:00"


def price(api: Api, task_id: int, start: str, **more: Any) -> dict[str, Any]:
    return api.get(f"/tasks/{task_id}/price", params={"start": start, **more})


def test_a_free_place_costs_nothing(api: Api) -> None:
    task = api.add("Write", duration_minutes=60)
    found = price(api, task["id"], AT_TWO)
    assert (found["is_free"], found["refused_by"], found["line"]) == (True, None, "costs nothing")
    assert found["slots"] == [{"start": AT_TWO, "end": "2026-11-24T15:00:00+01:00"}]


def test_says_who_moves_and_who_is_late_and_changes_nothing(api: Api) -> None:
    due = "2026-11-23T10:40:00+01:00"
    below = api.add("Below", duration_minutes=60, due=due)
    above = api.add("Above", duration_minutes=60)
    there = below["scheduled_start_time"]
    found = price(api, above["id"], there)
    assert found["moves"][0]["before"][0]["start"] == there == "2026-11-23T09:00:00+01:00"
    assert found["moves"][0]["after"][0]["start"] == "2026-11-23T10:00:00+01:00"
    late = {"task_id": below["id"], "title": "Below", "due": due}
    assert found["late"] == [{**late, "late_minutes": 20, "late_before_minutes": 0}]
    assert found["sentence"] == "Moves “Below” (#1) to 10:00, makes “Below” (#1) 20 min late."
    assert api.get(f"/tasks/{below['id']}")["scheduled_start_time"] == there
    assert api.get(f"/tasks/{above['id']}")["pinned_start"] is None


def test_rules_that_it_would_break_are_named(api: Api) -> None:
    first = api.add("First", duration_minutes=60)
    task = api.add(
        "Then",
        release="2026-11-24T09:00:00+01:00",
        deadline="2026-11-24T18:00:00+01:00",
        after=[{"task_id": first["id"]}],
    )
    early = price(api, task["id"], "2026-11-23T08:30:00+01:00")["breaks"]
    assert [one["rule"] for one in early] == ["hours", "release", "precedence"]
    late = price(api, task["id"], "2026-11-24T20:00:00+01:00")["breaks"]
    assert [one["rule"] for one in late] == ["hours", "deadline"]


def test_the_past_is_refused_as_a_pin_there_would_be(api: Api) -> None:
    task = api.add("Write")
    found = price(api, task["id"], "2026-11-20T14:00:00+01:00")
    assert (found["refused_by"], found["slots"], found["cost"]) == ("past", [], None)


def test_several_places_are_answered_in_their_order(api: Api) -> None:
    task = api.add("Write", duration_minutes=30)
    starts = [AT_TWO, "2026-11-23T09:00:00+01:00"]
    found = api.post(f"/tasks/{task['id']}/prices", {"starts": starts})["prices"]
    assert [one["start"] for one in found] == starts
    assert found[0]["cost"] > found[1]["cost"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"start": "14:00"}, 422),
        ({"start": "2026-11-24T14:00:00"}, 422),
        ({"start": AT_TWO, "duration_minutes": "7"}, 422),
        ({"start": AT_TWO, "duration_minutes": "99999"}, 422),
        ({"start": AT_TWO, "piece": "here"}, 422),
    ],
)
def test_bad_input_is_a_problem(api: Api, query: dict[str, str], status: int) -> None:
    task = api.add("Write")
    found = api.get(f"/tasks/{task['id']}/price", params=query, status=status)
    assert found["detail"]


def test_an_unknown_task_and_no_starts_are_problems(api: Api) -> None:
    assert api.get("/tasks/77/price", params={"start": AT_TWO}, status=404)["code"] == "not_found"
    task = api.add("Write")
    api.post(f"/tasks/{task['id']}/prices", {"starts": []}, status=422)
    api.post(f"/tasks/{task['id']}/prices", {"starts": [AT_TWO] * 21}, status=422)
