"""Why not at all, and what would help, over REST."""

import pytest

from dayloom.bootstrap import Container
from tests.api.conftest import Api, Body
from tests.fakes import FakeClock
from tests.plans.conftest import Planner
from tests.plans.overload import overload

BUDGET, SLIDES = 1, 2


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    """Return the worker, and the day on which the slides find no place."""
    planner = Planner(container, clock)
    overload(planner)
    return planner


def diagnosis(api: Api, task_id: int = SLIDES) -> Body:
    return api.get(f"/tasks/{task_id}/diagnosis")


def number_of(api: Api, start: str) -> str:
    repairs = diagnosis(api)["repairs"]
    return next(str(one["number"]) for one in repairs if one["sentence"].startswith(start))


def test_it_waits_for_the_worker(api: Api, planner: Planner) -> None:
    waiting = diagnosis(api)
    assert (waiting["knowledge"], waiting["sentence"]) == ("waiting", "It is being looked into.")
    assert (waiting["finding"], waiting["members"], waiting["repairs"]) == (None, [], [])
    planner.diagnose()
    assert diagnosis(api)["knowledge"] == "ready"


def test_the_conflict_and_the_repairs(api: Api, planner: Planner) -> None:
    planner.diagnose()
    found = diagnosis(api)
    assert (found["finding"], found["minimal"], found["missing_minutes"]) == (
        "impossible",
        True,
        60,
    )
    assert [(one["kind"], one["id"]) for one in found["members"]] == [
        ("deadline", None),
        ("hours", None),
        ("task", BUDGET),
    ]
    repair = found["repairs"][1]
    assert repair["sentence"] == "Move its deadline to Tue 12:00"
    assert [(one["task_id"], one["kind"]) for one in repair["changes"]] == [(SLIDES, "added")]


def test_what_fits_has_nothing_in_its_way(api: Api, planner: Planner) -> None:
    planner.diagnose()
    found = diagnosis(api, BUDGET)
    assert found["knowledge"] == "nothing"
    assert found["sentence"] == "Nothing is known that stands in its way."


def test_a_press_and_an_undo(api: Api, planner: Planner) -> None:
    planner.diagnose()
    made = api.post(f"/tasks/{SLIDES}/repairs/{number_of(api, 'Move its deadline')}")
    assert (made["cause"], made["state"]) == ("repair", "accepted")
    assert api.get(f"/tasks/{SLIDES}")["deadline"] == "2026-11-24T12:00:00+01:00"
    assert api.get("/plan")["unplaced"] == []
    api.post("/plan/undo")
    assert api.get(f"/tasks/{SLIDES}")["deadline"] == "2026-11-23T17:00:00+01:00"
    assert [one["task_id"] for one in api.get("/plan")["unplaced"]] == [SLIDES]


def test_two_who_press_at_once_do_not_both_get_it(api: Api, planner: Planner) -> None:
    planner.diagnose()
    path = f"/tasks/{SLIDES}/repairs/{number_of(api, 'Add 1 h')}"
    api.post(path)
    refused = api.post(path, status=409)
    assert refused["detail"].startswith("Something has changed since this was found out.")


def test_a_change_in_another_window_is_not_overwritten(api: Api, planner: Planner) -> None:
    planner.diagnose()
    path = f"/tasks/{SLIDES}/repairs/{number_of(api, 'Move its deadline')}"
    api.ask("PATCH", f"/tasks/{SLIDES}", {"deadline": "2026-11-26T12:00:00+01:00"})
    api.post(path, status=409)
    assert api.get(f"/tasks/{SLIDES}")["deadline"] == "2026-11-26T12:00:00+01:00"
    assert diagnosis(api)["knowledge"] == "waiting"


def test_what_is_not_there_is_told(api: Api, planner: Planner) -> None:
    planner.diagnose()
    assert "no task #99" in api.get("/tasks/99/diagnosis", status=404)["detail"]
    assert "no repair 9" in api.post(f"/tasks/{SLIDES}/repairs/9", status=404)["detail"]
    assert "no task #99" in api.post("/tasks/99/repairs/1", status=404)["detail"]
    api.post(f"/tasks/{SLIDES}/repairs/0", status=422)
    api.ask("DELETE", f"/tasks/{SLIDES}/repairs/1", status=405)
