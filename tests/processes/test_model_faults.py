"""A model that fails in every way we know: tasks come and are planned as if there were none."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.model_server import Fault, ModelServer, serving_models
from tests.processes import stored
from tests.processes.serving import Served, serving
from tests.waiting import wait_until

pytestmark = pytest.mark.processes
Json = dict[str, Any]
DEADLINE = 5
LINES = (
    "Write to Ada by Friday 40 min",
    "Think about the garden",
    "Tidy the cellar in the morning",
)
FAILURES = {
    Fault.RATE_LIMITED: "rate_limited",
    Fault.RATE_LIMITED_AN_HOUR: "rate_limited",
    Fault.SERVER_ERROR: "server_error",
    Fault.HANG: "deadline",
    Fault.DRIP: "deadline",
    Fault.CUT: "unreachable",
    Fault.GARBAGE: "unreadable",
    Fault.WRONG_SCHEMA: "unreadable",
    Fault.HUGE: "unreadable",
    Fault.TRUNCATED: "truncated",
    Fault.UNAUTHORIZED: "refused",
    Fault.BILLING: "billing",
    Fault.OTHER_IDS: None,  # of the right type: nothing of it is taken over
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("faults")) as opened:
        yield opened


@pytest.fixture(scope="module")
def models() -> Iterator[ModelServer]:
    with serving_models() as opened:
        yield opened


@pytest.mark.parametrize("fault", FAILURES)
def test_tasks_are_planned_and_the_log_says_what_happened(
    served: Served, models: ModelServer, fault: Fault
) -> None:
    models.fault = fault
    connect(served, models, f"fails-{fault}")
    tasks = [served.post("/tasks", {"text": line}, status=201) for line in LINES]

    assert [len(task["slots"]) for task in tasks] == [1, 1, 1]
    calls = heard(served, f"fails-{fault}")

    assert {call["failure"] for call in calls} == {FAILURES[fault]}
    assert all(bool(call["sentence"]) == bool(call["failure"]) for call in calls)
    assert all(call["duration_ms"] < 2 * DEADLINE * 1000 for call in calls)  # bench says exactly
    for task in tasks:
        read = served.get(f"/tasks/{task['id']}")
        assert read["inferred"] == {}
        assert (read["duration_minutes"], read["due"]) == (task["duration_minutes"], task["due"])


def test_every_plan_kept_every_rule_and_the_log_is_short(served: Served) -> None:
    wait_until(lambda: planned(served) == len(FAILURES) * len(LINES), "all tasks are planned")

    assert stored.broken_plans(served.database) == {}
    complaints = re.findall(r"WARNING +dayloom\.language\S*: (fails-\S+)", served.log.read_text())
    assert len(complaints) == len(set(complaints))


def connect(served: Served, models: ModelServer, model: str) -> None:
    """Connect another model of the same server."""
    given = {
        "provider": "openai",
        "base_url": models.url,
        "model": model,
        "timeout_seconds": DEADLINE,
    }
    answer = served.ask("PUT", "/api/v1/model", given)
    assert answer.status == 200, answer.body


def heard(served: Served, model: str) -> list[Json]:
    """Return the calls about tasks, once there are some."""
    found: list[Json] = []

    def some() -> bool:
        path = f"/executions?module=TimeSlotModule&model={model}"
        found[:] = served.get(path)["executions"]
        return bool(found)

    wait_until(some, f"{model} was asked")
    return found


def planned(served: Served) -> int:
    """Return how many tasks have a place that was planned, or a reason for none."""
    plan = served.get("/plan?start=2020-01-01T00:00:00Z&end=2020-03-01T00:00:00Z")
    tasks = served.get("/tasks?limit=500")["tasks"]
    placed = [task for task in tasks if any(not slot["provisional"] for slot in task["slots"])]
    return len(placed) + len(plan["unplaced"])
