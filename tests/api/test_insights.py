"""History and insights over REST."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from dayloom.bootstrap import Container
from dayloom.chat.retention import forget_old
from tests.conftest import MONDAY_MORNING
from tests.fakes import FakeClock
from tests.plans.conftest import Planner

MINUTE = timedelta(minutes=1)


@pytest.fixture
def planner(container: Container, clock: FakeClock) -> Planner:
    return Planner(container, clock)


def test_a_day_tells_what_was_planned_and_what_was_worked(
    client: TestClient, planner: Planner
) -> None:
    report = planner.add("Write the report 1h, due today")
    call = planner.add("Call mum tomorrow 30 min")
    planner.replan()
    start = planner.start_of(report)
    planner.clock.moment = start
    planner.write(lambda s: s.tracking.start(report.id))
    planner.replan()
    planner.clock.moment = start + 50 * MINUTE
    planner.write(lambda s: s.tracking.complete(report.id))
    planner.write(lambda s: s.tracking.complete(call.id))
    planner.clock.moment = start + 80 * MINUTE
    planner.replan()
    today, yesterday = client.get("/api/v1/history?days=2").json()["days"]
    assert (today["on"], yesterday["on"]) == ("2026-11-23", "2026-11-22")
    assert (today["planned_minutes"], today["worked_minutes"]) == (60, 50)
    assert yesterday["planned_minutes"] is None
    assert [one["title"] for one in today["planned"]] == ["Write the report"]
    assert {(one["title"], one["worked_minutes"]) for one in today["done"]} == {
        ("Write the report", 50),
        ("Call mum", 0),
    }
    told = client.get("/api/v1/insights?days=7").json()
    assert told["promises"]["kept"] == 2
    assert told["promises"]["promises"][0]["slack_minutes"] > 0
    assert told["estimates"] | {"tasks": []} == {"factor": None, "missing": 4, "tasks": []}
    assert told["focus"]["minutes"] == 50
    assert told["days"][-1] == {
        "on": "2026-11-23",
        "planned_minutes": 60,
        "worked_minutes": 50,
        "ticked": 1,
    }
    assert len(told["days"]) == len(told["calls"]) == 7
    assert len(told["room"]) == 28
    assert told["has_model"] is False


def test_a_date_that_went_by_is_no_kept_promise(client: TestClient, planner: Planner) -> None:
    planner.add("Write the report 1h, due today")
    planner.clock.advance(timedelta(days=1))
    promises = client.get("/api/v1/insights?days=7").json()["promises"]
    assert promises["kept"] == 0
    assert [(one["done_at"], one["slack_minutes"]) for one in promises["promises"]] == [
        (None, None)
    ]


def test_adherence_is_told_of_days_that_are_over(client: TestClient, planner: Planner) -> None:
    task = planner.add("Write the report 1h")
    planner.replan()
    planner.clock.moment = planner.start_of(task)
    planner.write(lambda s: s.tracking.start(task.id))
    planner.replan()
    planner.clock.advance(30 * MINUTE)
    planner.write(lambda s: s.tracking.stop(task.id))
    assert client.get("/api/v1/insights").json()["adherence"] is None
    planner.clock.advance(timedelta(days=1))
    adherence = client.get("/api/v1/insights").json()["adherence"]
    assert adherence["kept_minutes"] == 30
    assert 0 < adherence["share"] <= 0.5


def test_what_was_removed_counts_nowhere(client: TestClient, planner: Planner) -> None:
    task = planner.add("Write the report 1h")
    planner.replan()
    planner.clock.moment = planner.start_of(task)
    planner.write(lambda s: s.tracking.start(task.id))
    planner.clock.advance(30 * MINUTE)
    planner.replan()
    planner.write(lambda s: s.tracking.complete(task.id))
    planner.write(lambda s: s.tasks.delete(task.id))
    (today,) = client.get("/api/v1/history?days=1").json()["days"]
    assert (today["planned_minutes"], today["worked_minutes"], today["done"]) == (0, 0, [])


def test_the_record_goes_with_all_that_is_old(client: TestClient, planner: Planner) -> None:
    task = planner.add("Write the report 1h")
    planner.replan()
    planner.clock.moment = planner.start_of(task) + 2 * MINUTE
    planner.replan()
    assert client.get("/api/v1/history?days=1").json()["days"][0]["planned_minutes"] == 2
    old = planner.clock.now() + timedelta(days=1)
    planner.write(
        lambda s: forget_old(s.session, account_id=s.account_id, before=old, month=MONDAY_MORNING)
    )
    assert client.get("/api/v1/history?days=1").json()["days"][0]["planned_minutes"] is None


def test_any_day_is_an_answer_and_what_is_none_is_refused(client: TestClient) -> None:
    for day in ("0001-01-01", "9999-12-31", "2026-11-20"):
        answer = client.get(f"/api/v1/history?last={day}&days=3")
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["days"]) == 3
    assert client.get("/api/v1/history?last=9999-12-31").json()["days"][0]["on"] == "2026-11-23"
    for query in ("history?last=soon", "history?days=0", "insights?days=93", "insights?days=x"):
        assert client.get(f"/api/v1/{query}").status_code == 422
