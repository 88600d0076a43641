"""What a model understands of tasks, as REST shows and asks it."""

import pytest

from dayloom.accounts.changes import PRIORITIES, READING
from dayloom.bootstrap import Services
from dayloom.infra import work
from tests.api.conftest import Api
from tests.conftest import Desk
from tests.plans.reader import connect


@pytest.fixture
def model(desk: Desk) -> Desk:
    desk.write(connect)
    return desk


def wanted(desk: Desk, kind: str) -> int:
    key = str(desk.container.account_id)
    return desk.read(lambda s: work.wanted(s.session, kind, key))


def test_it_is_shown_whose_a_field_is(api: Api, model: Desk) -> None:
    task = api.post("/tasks", {"text": "Write report 2h", "notes": "short"}, status=201)
    assert (task["edited"], task["inferred"]) == (["notes"], {})
    assert task["needs_reading"]
    assert (task["proposed_start_time"], task["priority_reason"]) == (None, "")
    assert wanted(model, READING) == 1


def test_without_a_model_nothing_waits_for_one(api: Api, desk: Desk) -> None:
    task = api.add("Write")
    assert not task["needs_reading"]
    assert wanted(desk, READING) == 0
    problem = api.post(f"/tasks/{task['id']}/reading", status=409)
    assert problem["detail"] == "No model is connected; Settings has a place for one."


def test_a_task_can_be_read_again(api: Api, model: Desk) -> None:
    task = api.add("Write")

    def done(s: Services) -> None:
        s.tasks.require(task["id"]).needs_reading = False

    model.write(done)
    assert api.post(f"/tasks/{task['id']}/reading", status=202)["needs_reading"]
    assert wanted(model, READING) == 2


def test_all_open_tasks_can_be_read_once_a_model_is_connected(api: Api, desk: Desk) -> None:
    task = api.add("Write")
    problem = api.post("/tasks/reading", status=409)
    assert problem["detail"] == "No model is connected; Settings has a place for one."
    desk.write(connect)
    assert api.post("/tasks/reading", status=202) == {"tasks": 1}
    assert api.get(f"/tasks/{task['id']}")["needs_reading"]
    assert wanted(desk, READING) == 1


def test_what_a_model_does_is_no_change_of_yours(api: Api, model: Desk) -> None:
    response = api.client.post("/api/v1/tasks", json={"title": "Write"})
    number, tag = response.json()["id"], response.headers["ETag"]

    def understand(s: Services) -> None:
        task = s.tasks.require(number)
        task.inferred, task.needs_reading, task.proposed_reason = {"proposed": 1}, False, "Why."

    model.write(understand)
    api.ask("PATCH", f"/tasks/{number}", {"notes": "n"}, headers={"If-Match": tag})


def test_all_can_be_ranked_with_and_without_a_model(api: Api, desk: Desk) -> None:
    assert api.post("/tasks/prioritization", status=202) == {"by_model": False}
    desk.write(connect)
    assert api.post("/tasks/prioritization", status=202) == {"by_model": True}
    assert wanted(desk, PRIORITIES) == 2
