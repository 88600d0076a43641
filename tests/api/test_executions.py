"""The record of calls over the REST interface."""

import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from dayloom.bootstrap import Services
from dayloom.inferences.models import ExecutionRow
from dayloom.language.program.execution import Failure, Module
from tests.api.conftest import Api
from tests.conftest import Desk

ATTEMPT = {"duration_ms": 90, "status": 200, "error": None, "tokens_in": 5, "tokens_out": 2}


def put(desk: Desk, **fields: Any) -> int:
    def store(s: Services) -> int:
        given: dict[str, Any] = {
            "account_id": s.account_id,
            "module": Module.TIME_SLOT,
            "model": "small",
            "base_url": "http://localhost/v1",
            "mode": "plain",
            "started_at": s.now,
            "duration_ms": 120,
            "inputs": {"task": {"text": "Call <b>Jonas</b>"}},
            "outputs": {"slot": 1},
            "attempts": [{**ATTEMPT, "cost": None, "streamed": False}],
        }
        row = ExecutionRow(**{**given, **fields})
        s.session.add(row)
        s.session.flush()
        return row.id

    return desk.write(store)


def test_calls_are_listed_in_pages(api: Api, desk: Desk) -> None:
    for _ in range(3):
        put(desk)
    first = api.get("/executions?limit=2")
    assert [one["id"] for one in first["executions"]] == [3, 2]
    rest = api.get(f"/executions?limit=2&before={first['next']}")
    assert ([one["id"] for one in rest["executions"]], rest["next"]) == ([1], None)


def test_filters_are_applied_to_list_and_totals(api: Api, desk: Desk) -> None:
    put(desk)
    put(desk, failure=Failure.DEADLINE, outputs=None, module=Module.CHAT)
    for query in ("failed=true", "module=ChatAssistantModule"):
        assert [one["id"] for one in api.get(f"/executions?{query}")["executions"]] == [2]
        [total] = api.get(f"/executions/totals?{query}")["totals"]
        assert (total["calls"], total["failures"], total["p95_ms"]) == (1, 1, None)


@pytest.mark.parametrize("query", ["module=Other", "failed=perhaps", "limit=0", "before=x"])
def test_a_filter_that_is_none_is_refused(api: Api, query: str) -> None:
    api.get(f"/executions?{query}", status=422)


def test_one_call_is_shown_with_question_and_answer(api: Api, desk: Desk) -> None:
    shown = api.get(f"/executions/{put(desk)}")
    assert shown["inputs"] == {"task": {"text": "Call <b>Jonas</b>"}}
    assert shown["outputs"] == {"slot": 1}
    assert shown["attempts"][0]["status"] == 200
    assert shown["started_at"] == "2026-11-23T08:00:00+01:00"


def test_a_call_that_is_not_there_is_told(api: Api) -> None:
    api.get("/executions/7", status=404)
    api.post("/executions/7/forgetting", status=404)


def test_a_call_is_forgotten_once(api: Api, desk: Desk) -> None:
    call = put(desk)
    assert api.post(f"/executions/{call}/forgetting") == {"taken_back": 0, "left": 0}
    assert api.get(f"/executions/{call}")["forgotten_at"]
    api.post(f"/executions/{call}/forgetting", status=409)


@pytest.mark.parametrize("count", [0, 1, 205])
def test_all_are_exported_as_one_array(desk: Desk, client: TestClient, count: int) -> None:
    for _ in range(count):
        put(desk, started_at=desk.container.clock.now() - timedelta(days=1))
    answer = client.get("/api/v1/executions/export")
    assert "attachment" in answer.headers["Content-Disposition"]
    exported = json.loads(answer.text)
    assert [one["id"] for one in exported] == list(range(count, 0, -1))
    assert all(one["inputs"] for one in exported)
