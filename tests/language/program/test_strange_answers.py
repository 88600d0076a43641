"""JSON that no server should send: every shape of it ends in an answer or in one sentence."""

import json
import logging
from typing import Any

import pytest

from dayloom.language.program.execution import Failure
from tests.language.program.asking import GOOD
from tests.language.program.taped import Taped

TEXT = json.dumps(GOOD)
MESSAGE = {"role": "assistant", "content": TEXT}


def envelope(**changes: Any) -> dict[str, Any]:
    choice = {"index": 0, "message": MESSAGE, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return {"id": "x", "model": "m", "choices": [choice], "usage": usage, **changes}


def choosing(**changes: Any) -> dict[str, Any]:
    return envelope(choices=[{"index": 0, "finish_reason": "stop", **changes}])


CALLED = {"id": "1", "type": "function", "function": {"name": "x", "arguments": "{"}}
STRANGE: list[Any] = [
    None,
    7,
    "yes",
    [],
    {},
    {"error": None},
    {"error": "x"},
    envelope(choices="x"),
    envelope(choices=[None]),
    envelope(choices=[{}]),
    choosing(message=None),
    choosing(message={"content": 123}),
    choosing(message={"content": None, "tool_calls": [CALLED]}),
    choosing(message={"content": "", "refusal": "no"}),
    choosing(message={"content": "\x00"}),
    envelope(usage="x"),
    envelope(usage={"prompt_tokens": "9", "completion_tokens": -1}),
]
PRICED: list[Any] = ["1", True, -1, 1e300, None, [], {}]


@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_strange_json_is_unreadable(body: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    error, execution = Taped(200, json.dumps(body).encode()).fail()
    assert error.failure is Failure.UNREADABLE
    assert all(attempt.status == 200 for attempt in execution.attempts)
    assert caplog.records == []


@pytest.mark.parametrize("body", STRANGE[:7], ids=range(7))
@pytest.mark.parametrize("status", [400, 418, 500])
def test_strange_errors_are_errors(body: Any, status: int) -> None:
    error, _ = Taped(status, json.dumps(body).encode()).fail()
    assert error.failure in (Failure.REFUSED, Failure.SERVER_ERROR)
    assert f"({status})" in str(error)


@pytest.mark.parametrize("cost", PRICED)
def test_a_price_that_is_none_is_not_believed(cost: Any) -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2, "cost": cost}
    execution = Taped(200, json.dumps(envelope(usage=usage)).encode()).ask()
    assert (execution.tokens_in, execution.tokens_out, execution.cost) == (1, 1, None)


def test_more_tokens_than_there_are_are_not_believed() -> None:
    usage = {"prompt_tokens": 10**30, "completion_tokens": 3, "total_tokens": 3}
    execution = Taped(200, json.dumps(envelope(usage=usage)).encode()).ask()
    assert (execution.tokens_in, execution.tokens_out) == (0, 3)
